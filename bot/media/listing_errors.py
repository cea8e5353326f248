"""What can go wrong with a link to a playlist or an album that is to be listed, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.media.link_errors import LinkError
from bot.media.site_names import site_title

SITES_NAMED: Final = 10
"""How many sites a sentence names: an operator's list may be longer than anybody reads."""


class NotImportable(LinkError):
    """The link does not lead to a playlist, an album or a track of a site that is on the list.

    Parameters
    ----------
    sites
        The list, by the names of yt-dlp.
    """

    def __init__(self, sites: Sequence[str]) -> None:
        super().__init__(sites)
        self.sites = sites

    def __str__(self) -> str:
        titles = list(dict.fromkeys(map(site_title, self.sites)))
        if not titles:
            return "I read no sites here, so there is no playlist that I could take in. Send files instead."
        named = titles[:SITES_NAMED] + ["others"] * (len(titles) > SITES_NAMED)
        choice = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
        return f"I cannot take in a playlist from there. Send a link to a playlist or an album at {choice}."


class PrivateListing(LinkError):
    """There is no playlist at the link for somebody who is not logged in."""

    def __str__(self) -> str:
        return (
            "There is no playlist for me at that link: it is private, removed, made for you alone or mistyped. "
            "Make it public or unlisted, and send the link again."
        )


class EmptyListing(LinkError):
    """There is not a single track in the playlist."""

    def __str__(self) -> str:
        return "There is no track in that playlist. Send the link of one that has some."


class NothingPlayable(LinkError):
    """Everything in the playlist was left out."""

    def __str__(self) -> str:
        return (
            "I can play nothing of what is in there: it is private, removed, live, a playlist itself or on another "
            "site. Send the link of a playlist or an album with tracks that anybody may play."
        )
