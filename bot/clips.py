"""From what a member hands over to clips that can be brought onto the disk."""

from __future__ import annotations

import discord

from bot.errors import FileOrLink
from bot.media.attachments import AttachedClip
from bot.media.clip import Clip
from bot.media.in_message import MOST_CLIPS, files_in, links_in
from bot.media.linked_clip import LinkedClip
from bot.media.links import Link, parse_link
from bot.media.site_names import may_belong
from bot.services import Services


def attached(attachment: discord.Attachment, services: Services) -> Clip:
    """Return the clip that an attachment is.

    Parameters
    ----------
    attachment
        What was sent.
    services
        What it is fetched with.

    Returns
    -------
    Clip
    """
    return AttachedClip(
        attachment,
        fetch=services.fetch,
        folder=services.clip_folder,
        max_bytes=services.settings.max_upload_bytes,
    )


def linked(link: Link, services: Services) -> Clip:
    """Return the clip that a link leads to.

    Parameters
    ----------
    link
        What was sent.
    services
        What it is read with.

    Returns
    -------
    Clip
    """
    return LinkedClip(link, services.links)


def asked_clip(file: discord.Attachment | None, link: str | None, services: Services) -> Clip:
    """Return the clip of a command that takes a file or a link.

    Parameters
    ----------
    file, link
        What was given.
    services
        What it is fetched with.

    Returns
    -------
    Clip

    Raises
    ------
    FileOrLink
        If both were given, or neither.
    NotALink
        If the link is none.
    """
    if file is not None and link is None:
        return attached(file, services)
    if link is not None and file is None:
        return linked(parse_link(link), services)
    raise FileOrLink


def clips_in(message: discord.Message, services: Services, *, links: bool = True) -> tuple[Clip, ...]:
    """Return what can be listened to in a message that somebody asks about.

    Parameters
    ----------
    message
        As Discord lets the bot see it.
    services
        What the clips are fetched with.
    links
        Whether links count, too.

    Returns
    -------
    tuple of Clip
        Files first; at most `MOST_CLIPS`.
    """
    files = [attached(attachment, services) for attachment in files_in(message)]
    others = [linked(link, services) for link in links_in(message)] if links else []
    return tuple((files + others)[:MOST_CLIPS])


def dropped_clips(message: discord.Message, services: Services, *, links: bool) -> tuple[Clip, ...]:
    """Return what is certainly meant to be heard in a message that nobody asks about.

    Parameters
    ----------
    message
        As Discord lets the bot see it.
    services
        What the clips are fetched with.
    links
        Whether links count, too: those to audio files, and to the sites that links may lead to. No other is opened.

    Returns
    -------
    tuple of Clip
        Files first; at most `MOST_CLIPS`.
    """
    files = [attached(attachment, services) for attachment in files_in(message, audio_only=True)]
    sites = services.settings.sites
    others = [
        LinkedClip(link, services.links, site_only=not link.names_audio)
        for link in links_in(message)
        if links and (link.names_audio or may_belong(link.host, sites))
    ]
    return tuple((files + others)[:MOST_CLIPS])
