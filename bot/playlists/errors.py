"""What can be wrong with a request about playlists, each with a sentence for the member."""

from __future__ import annotations

from bot.errors import RequestError


class PlaylistError(RequestError):
    """Something about a playlist cannot be done."""


class NoSuchPlaylist(PlaylistError):
    """The server has no playlist of that name, or not any more."""

    def __str__(self) -> str:
        return "This server has no such playlist. `/playlist list` shows the ones there are."


class NoSuchTrack(PlaylistError):
    """The playlist has no such track, or not any more."""

    def __str__(self) -> str:
        return (
            "That track is not in the playlist. Begin to type its title and choose one of those that I suggest, or "
            "look it up with `/playlist open`."
        )


class TrackRemoved(NoSuchTrack):
    """A message still shows a track that was removed."""

    def __str__(self) -> str:
        return "That track was removed from the playlist meanwhile. `/playlist undo` brings back what was removed last."


class SeveralTracks(PlaylistError):
    """What was typed is in the titles of several tracks."""

    def __str__(self) -> str:
        return (
            "Several tracks of the playlist could be meant. Choose one of those that I suggest while you type, or type "
            "more of its title."
        )


class PlaylistExists(PlaylistError):
    """The server has a playlist of that name."""

    def __str__(self) -> str:
        return "There is a playlist of that name already. Choose another name, or open that one."


class TooManyPlaylists(PlaylistError):
    """The server has as many playlists as it may have.

    Parameters
    ----------
    limit
        How many that is.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return f"There are {self.limit} playlists here, which is as many as I keep. Delete one that nobody needs."


class PlaylistFull(PlaylistError):
    """The playlist has as many tracks as it may have.

    Parameters
    ----------
    limit
        How many that is.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return (
            f"This playlist has {self.limit:,} tracks, which is as many as I keep in one. Remove some, or begin "
            "another playlist."
        )


class BadPlaylistName(PlaylistError):
    """The name has no character that could be read, or too many."""

    def __str__(self) -> str:
        return "A playlist needs a name of 1 to 80 characters that can be read. Please choose another one."


class BadTrackTitle(PlaylistError):
    """The title has no character that could be read."""

    def __str__(self) -> str:
        return "A track needs a title that can be read. Please choose another one."


class NotYourPlaylist(PlaylistError):
    """Somebody wants to change what only the owner of a playlist may change."""

    def __str__(self) -> str:
        return "Only the owner of this playlist, or a member with the permission Manage Server, can do that."


class NotACollaborator(PlaylistError):
    """Somebody wants to add to a playlist that is not shared with them."""

    def __str__(self) -> str:
        return "This playlist is not shared with you. Ask its owner to add you with `/playlist share`."


class NothingToAddTo(PlaylistError):
    """The server has no playlist that the member may add to."""

    def __str__(self) -> str:
        return (
            "This server has no playlist that you may add to. Make one with `/playlist create`, or ask the owner of "
            "another one to share it with you."
        )


class NotYourRemoval(PlaylistError):
    """Somebody wants to undo what somebody else removed."""

    def __str__(self) -> str:
        return (
            "Only the one who removed that track, the owner of the playlist, or a member with the permission Manage "
            "Server can bring it back."
        )


class NotYourTrack(PlaylistError):
    """Somebody wants to change a track that somebody else added."""

    def __str__(self) -> str:
        return "Only the one who added this track, the owner of the playlist, or a moderator can do that."


class NoPublicPage(PlaylistError):
    """A playlist should be published, and there is no page that others could open."""

    def __str__(self) -> str:
        return (
            "I have no page yet on which others could read a playlist. Ask whoever runs me to set it up: that takes "
            "`GENREBOT_WEB=1`, `GENREBOT_WEB_URL` with the address at which others reach it, and "
            "`GENREBOT_WEB_PASSWORD` for all that is not published."
        )


class CannotListen(PlaylistError):
    """Discord does not show the bot what is written in channels."""

    def __str__(self) -> str:
        return (
            "Discord does not let me see what is shared in channels. Whoever runs me has to switch on the Message "
            "Content intent; until then, tracks are added with `/playlist add` or the button under an answer."
        )


class NotHeardYet(PlaylistError):
    """Somebody wants to vote on a track whose sound nobody knows."""

    def __str__(self) -> str:
        return (
            "I have not listened to this track yet, and votes belong to what is heard. `/playlist retag` lets me "
            "listen to it."
        )


class PageForgotten(PlaylistError):
    """The buttons are under a page that is not remembered any more."""

    def __str__(self) -> str:
        return "I do not remember this page any more. Open the playlist anew with `/playlist open`."


class NothingToUndo(PlaylistError):
    """Nothing was removed lately, or it is there again."""

    def __str__(self) -> str:
        return "There is no removal that I could undo in this playlist."


class IsThereAgain(PlaylistError):
    """What was removed was added anew meanwhile."""

    def __str__(self) -> str:
        return "The track that was removed last is in the playlist again already."


class NoTracksInFile(PlaylistError):
    """A file is a list, but nothing in it is a track."""

    def __str__(self) -> str:
        return "There is no track in that file that I could take. Each needs a title or a link."


class FileOrLinkToImport(PlaylistError):
    """An import was asked for without saying of what, or of two things at once."""

    def __str__(self) -> str:
        return "Give me one thing to import: either a link to a playlist or an album, or a file with a list."


class ExportTooLarge(PlaylistError):
    """A playlist makes a larger file than can be sent.

    Parameters
    ----------
    kind
        The format, as people call it.
    size
        Of the file, in bytes.
    limit
        Most bytes that can be.
    fitting
        Formats in which the playlist makes a file that is small enough.
    """

    def __init__(self, kind: str, size: int, limit: int, fitting: tuple[str, ...]) -> None:
        super().__init__(kind, size, limit, fitting)
        self.kind = kind
        self.size = size
        self.limit = limit
        self.fitting = fitting

    def __str__(self) -> str:
        what = (
            f"As {self.kind}, this playlist takes {self.size / 1e6:.1f} MB, and I can send {self.limit / 1e6:.1f} here."
        )
        if self.fitting:
            return f"{what} It fits as {' or '.join(self.fitting)}: choose that format."
        return f"{what} It fits in no other format either. Ask where larger files are allowed, or split the playlist."
