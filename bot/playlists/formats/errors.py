"""Everything that can be wrong with a playlist file as a whole, and the sentence that tells it."""

from __future__ import annotations

from bot.errors import RequestError

OTHERS = "Send the list as M3U8, XSPF, JSPF, CSV or JSON Lines."


class PlaylistFileError(RequestError):
    """No list can be read from this file."""


class FileTooLarge(PlaylistFileError):
    """The file is larger than any list needs to be.

    Parameters
    ----------
    most_bytes
        The limit.
    """

    def __init__(self, most_bytes: int) -> None:
        super().__init__(most_bytes)
        self.most_bytes = most_bytes

    def __str__(self) -> str:
        megabytes = self.most_bytes // 1_000_000
        return f"That file is larger than the {megabytes} MB that I read of a list. Split it into smaller lists."


class TooMuchInside(PlaylistFileError):
    """The file has far more lines, elements or values than its tracks could need."""

    def __str__(self) -> str:
        return "There is far more in that file than a list needs. Split it into smaller lists, or export it again."


class Compressed(PlaylistFileError):
    """The file is an archive or a spreadsheet, not the list itself."""

    def __str__(self) -> str:
        return (
            "That file is compressed. Unpack it and send me the list that is inside; "
            "if it is a spreadsheet, save it as CSV first."
        )


class NotText(PlaylistFileError):
    """The file is not written in an encoding of text that can be told."""

    def __str__(self) -> str:
        return f"That is not a text file, so it is no list that I can read. Save the list as UTF-8. {OTHERS}"


class UnknownFormat(PlaylistFileError):
    """Neither the file's name nor its content tells what it is."""

    def __str__(self) -> str:
        return f"I cannot tell what kind of list that file is. {OTHERS}"


class Broken(PlaylistFileError):
    """The file breaks the rules of its format, so that nothing behind that place can be trusted.

    Parameters
    ----------
    kind
        The format, as people call it.
    place
        Where, such as ``line 7``.
    """

    def __init__(self, kind: str, place: str) -> None:
        super().__init__(kind, place)
        self.kind = kind
        self.place = place

    def __str__(self) -> str:
        return (
            f"I cannot read that as {self.kind}: {self.place} is damaged. "
            "Export the list again, or send it in another format."
        )


class NestedTooDeeply(PlaylistFileError):
    """The file holds values in values in values, deeper than any list."""

    def __str__(self) -> str:
        return f"That file is nested far deeper than any list. Export the list again. {OTHERS}"


class NoListInside(PlaylistFileError):
    """The file keeps the rules of its format, but holds no list.

    Parameters
    ----------
    kind
        The format, as people call it.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    def __str__(self) -> str:
        return f"There is no list in that file, as far as I understand {self.kind}. {OTHERS}"


class NoTitleColumn(PlaylistFileError):
    """The first line of a table names no column with titles or links."""

    def __str__(self) -> str:
        return (
            "I find no column with titles in that table. Its first line must name the columns; "
            "call one of them title or Track Name, or one of them link."
        )


class DocumentTypeRefused(PlaylistFileError):
    """An XML file declares a document type, which is where entities are defined."""

    def __str__(self) -> str:
        return (
            "That XML file declares a document type (DOCTYPE), and I open none that does, because it can make me fetch "
            "or unfold anything. Remove that line, or export the list again."
        )


class StreamNotList(PlaylistFileError):
    """The file is an index to the pieces of one stream (HLS), which shares the ending of M3U8."""

    def __str__(self) -> str:
        return (
            "That M3U8 file is an index to the pieces of a single stream, not a list of tracks. "
            f"Send the link of the page where you found it instead. {OTHERS}"
        )
