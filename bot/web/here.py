"""Who and where the page is, in numbers that are no ids of Discord's.

Discord's ids hold the time in their upper bits and are far larger.
"""

from __future__ import annotations

from typing import Final

MEMBER: Final = 1
"""Whoever sits before the page; there is no telling who that is."""

SERVER: Final = 2
"""What the page's playlists belong to, and whose votes count there."""

CHANNEL: Final = 3
"""The one channel."""

PUBLISHED: Final = "p"
"""Where playlists lie that were published, on whichever page."""
