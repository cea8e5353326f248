"""Every button and menu of playlists that has to work after a restart."""

from __future__ import annotations

from bot.buttons.playlists.listing import LISTING_BUTTONS
from bot.buttons.playlists.pages import PAGE_ITEMS
from bot.buttons.playlists.track_card import VOTE_BUTTONS
from bot.buttons.playlists.track_changes import CHANGE_BUTTONS

PLAYLIST_BUTTONS = (*LISTING_BUTTONS, *PAGE_ITEMS, *VOTE_BUTTONS, *CHANGE_BUTTONS)
"""What the client has to know of."""
