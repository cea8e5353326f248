"""Where in a playlist somebody looks."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.playlists.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Place:
    """A page of those tracks that somebody wants to see.

    Parameters
    ----------
    wanted
        Which tracks, and in which order.
    page
        Which page of them; the first is 0.
    marked
        The track that they jumped to; None where they did not.
    """

    wanted: Wanted = field(default_factory=Wanted)
    page: int = 0
    marked: int | None = None
