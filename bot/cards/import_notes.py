"""What in a file could not be taken as it is."""

from __future__ import annotations

from typing import Final

from bot.cards.analysis import safe_name
from bot.playlists.formats.reading import ReadResult
from bot.texts.catalogue import ENGLISH, Texts

NOTES_NAME: Final = "notes.txt"
"""What the file with all notes is called."""

NOTES_SHOWN: Final = 5
"""Notes that stand in the message; all that were kept are in the file."""

NOTE_SHOWN: Final = 200
"""Characters of a note in the message."""


def notes_words(read: ReadResult, texts: Texts = ENGLISH) -> str:
    """Return the beginning of what is to be said about a file.

    Parameters
    ----------
    read
        What was read, with at least one note.
    texts
        The readers' language; the notes themselves are English.

    Returns
    -------
    str
    """
    lines = [texts("import-notes", count=len(read.notes) + read.more_notes)]
    lines += [f"• {safe_name(str(note), limit=NOTE_SHOWN)}" for note in read.notes[:NOTES_SHOWN]]
    if len(read.notes) > NOTES_SHOWN:
        lines.append(texts("import-more-notes", file=f"`{NOTES_NAME}`"))
    return "\n".join(lines)


def notes_text(read: ReadResult) -> str:
    """Return all notes that were kept, one a line, for a file."""
    return "\n".join(map(str, read.notes)) + "\n"
