"""Finds what can be listened to in a message: its files, and the links in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

import discord

from bot.media.link_errors import NotALink
from bot.media.links import FILE_SUFFIXES, VIDEO_SUFFIXES, Link, parse_link

MOST_CLIPS: Final = 5
"""Clips of one message that are listened to."""

LINK: Final = re.compile(r"https://[^\s<>|`]+")

AROUND_A_LINK: Final = ".,;:!?'\"*_~)]}"
"""What may end a link in a sentence and hardly ever belongs to it."""

SOUND: Final = ("audio/", "video/")
UNTOLD: Final = frozenset({None, "application/octet-stream", "application/ogg"})
"""Content types that do not tell whether there is sound in a file."""


def files_in(message: discord.Message, *, audio_only: bool = False) -> tuple[discord.Attachment, ...]:
    """Return the attachments that may hold sound, those of a forwarded message too.

    Parameters
    ----------
    message
        As Discord lets the bot see it.
    audio_only
        Whether to leave out films, voice messages, and files of which nobody says what they are.

    Returns
    -------
    tuple of discord.Attachment
        In order; not limited in number.
    """
    wanted = is_audio if audio_only else may_have_sound
    forwarded = (attachment for snapshot in message.message_snapshots for attachment in snapshot.attachments)
    return tuple(attachment for attachment in (*message.attachments, *forwarded) if wanted(attachment))


def may_have_sound(attachment: discord.Attachment) -> bool:
    """Tell whether an attachment may hold sound, by what the sender's client says of it.

    Parameters
    ----------
    attachment
        Of a message.

    Returns
    -------
    bool
        True where nothing is said.
    """
    kind = attachment.content_type
    return _suffix(attachment) in FILE_SUFFIXES or kind in UNTOLD or (kind or "").startswith(SOUND)


def is_audio(attachment: discord.Attachment) -> bool:
    """Tell whether an attachment is said to be audio and nothing else.

    Parameters
    ----------
    attachment
        Of a message.

    Returns
    -------
    bool
        False for voice messages: they are somebody talking.
    """
    if attachment.is_voice_message():
        return False
    kind = attachment.content_type
    if kind not in UNTOLD:
        return (kind or "").startswith("audio/")
    return _suffix(attachment) in FILE_SUFFIXES - VIDEO_SUFFIXES


def _suffix(attachment: discord.Attachment) -> str:
    return PurePosixPath(attachment.filename).suffix.lower()


def links_in(message: discord.Message) -> tuple[Link, ...]:
    """Return the links in the text of a message, those of a forwarded message too.

    Parameters
    ----------
    message
        As Discord lets the bot see it.

    Returns
    -------
    tuple of Link
        In order, each once; not limited in number. What is not opened by anybody's wish is left out.
    """
    texts = (message.content, *(snapshot.content for snapshot in message.message_snapshots))
    return tuple(dict.fromkeys(link for text in texts for link in _links(text)))


def _links(text: str) -> Iterator[Link]:
    for match in LINK.finditer(text):
        try:
            yield parse_link(_without_the_sentence(match.group()))
        except NotALink:
            continue


def _without_the_sentence(link: str) -> str:
    """Take off the punctuation that follows a link, but no bracket that the link itself opened."""
    while link and link[-1] in AROUND_A_LINK:
        if link[-1] == ")" and link.count("(") >= link.count(")"):
            break
        link = link[:-1]
    return link
