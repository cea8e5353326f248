"""Everything that can go wrong with a link, and the sentence that tells it."""

from __future__ import annotations

from bot.errors import RequestError


class LinkError(RequestError):
    """Nothing can be fetched from this link."""


class NotALink(LinkError):
    """The text is no address that is ever opened."""

    def __str__(self) -> str:
        return (
            "That is not a link that I can open. Send one that begins with https:// "
            "and has no user name, password or port in it."
        )


class AddressRefused(LinkError):
    """The link leads to an address that is not part of the public internet."""

    def __str__(self) -> str:
        return "That link leads into a private network, and I stay outside of those. Upload the file instead."


class RedirectRefused(LinkError):
    """The link is passed on to an address that is not opened, or too often."""

    def __str__(self) -> str:
        return (
            "That link is passed on too many times, or to an address that I do not open. "
            "Send the address where it ends, or upload the file instead."
        )


class LinkUnreachable(LinkError):
    """The server does not answer, or not with the file."""

    def __str__(self) -> str:
        return "I could not fetch anything from that link. Check it and try again later, or upload the file instead."


class LinkTimeout(LinkError):
    """Fetching took longer than the limit.

    Parameters
    ----------
    limit_seconds
        The limit, in seconds of wall time.
    """

    def __init__(self, limit_seconds: float) -> None:
        super().__init__(limit_seconds)
        self.limit_seconds = limit_seconds

    def __str__(self) -> str:
        return (
            f"Fetching that link took longer than {self.limit_seconds:g} s and was stopped. "
            "Try again later, or upload the file instead."
        )


class SiteNotListed(LinkError):
    """The link is a page of a site that is not on the list."""

    def __str__(self) -> str:
        return (
            "I do not take links to pages of that site. Send a link that leads straight to an audio file, "
            "or upload the file instead."
        )


class PrivateOrRemoved(LinkError):
    """There is nothing at the link for somebody who is not logged in."""

    def __str__(self) -> str:
        return (
            "There is nothing for me at that link: it is private, removed, only for members or mistyped. "
            "Check that it opens without logging in, or upload the file instead."
        )


class AgeRestricted(LinkError):
    """The site shows the track only to those who proved their age."""

    def __str__(self) -> str:
        return "That track is age-restricted, and I cannot prove mine. Send another one, or upload the file instead."


class RegionLocked(LinkError):
    """The site does not show the track in the country that the bot runs in."""

    def __str__(self) -> str:
        return (
            "That track is not available in the country that I run in. Send it from another site, "
            "or upload the file instead."
        )


class LiveStream(LinkError):
    """The link is a broadcast that is going on or has not begun."""

    def __str__(self) -> str:
        return "That is a live stream, and I only take what has an end. Send the recording once it is over."


class TrackTooLong(LinkError):
    """The track is longer than the limit.

    Parameters
    ----------
    limit_seconds
        The limit, in seconds of audio.
    """

    def __init__(self, limit_seconds: float) -> None:
        super().__init__(limit_seconds)
        self.limit_seconds = limit_seconds

    def __str__(self) -> str:
        return (
            f"That track is longer than {self.limit_seconds / 60:g} minutes. Send a shorter one, or an excerpt of it."
        )


class BotCheck(LinkError):
    """The site wants a human, or fewer requests from this address."""

    def __str__(self) -> str:
        return (
            'That site asks me to "confirm you\'re not a bot", and I am one. '
            "Try again later, send the track from another site, or upload the file instead."
        )


class SiteChanged(LinkError):
    """The site cannot be read with this version of yt-dlp."""

    def __str__(self) -> str:
        return (
            "That site has changed, and I need a newer yt-dlp to read it. "
            "Tell the people who run me, and upload the file instead."
        )


class RuntimeMissing(LinkError):
    """The site can only be read with a JavaScript runtime, and none was set or it does not work."""

    def __str__(self) -> str:
        return (
            "That site can only be read with a JavaScript runtime, and I have none that works. "
            "Tell the people who run me, and upload the file instead."
        )


class CookiesUnreadable(LinkError):
    """The operator's cookies file cannot be read."""

    def __str__(self) -> str:
        return (
            "The cookies that I was given for sites cannot be read. "
            "Tell the people who run me, and upload the file instead."
        )


class CopyProtected(LinkError):
    """The site only hands the track to players that keep it locked up."""

    def __str__(self) -> str:
        return "That track is copy-protected, so I cannot listen to it. Send another one, or upload the file instead."


class NoAudioThere(LinkError):
    """There is nothing to hear at the link."""

    def __str__(self) -> str:
        return "There is no sound to be had from that link. Send one that leads to a track, or upload the file instead."


class PlaylistLink(LinkError):
    """The link leads to more than one track."""

    def __str__(self) -> str:
        return (
            "That link leads to a playlist, an album or a channel, and I take one track at a time here. "
            "Send the link of one of its tracks, or use `/playlist import` for a whole playlist or album."
        )


class SiteFailed(LinkError):
    """Reading the site failed in a way that nobody has foreseen."""

    def __str__(self) -> str:
        return "Something went wrong while I read that site. Try again later, or upload the file instead."
