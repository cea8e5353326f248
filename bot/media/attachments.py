"""From a Discord attachment to a private temporary file that is gone when its job is."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import aiohttp

from bot.errors import DownloadFailed
from bot.media.clip_file import CHUNK_BYTES, clip_file
from classifier.errors import FileTooLarge


class Attachment(Protocol):
    """The part of ``discord.Attachment`` that is needed to fetch it."""

    @property
    def size(self) -> int:
        """Bytes, as the sender's client declared them."""
        ...

    @property
    def url(self) -> str:
        """Where Discord serves it."""
        ...


Fetch = Callable[[Attachment], AsyncGenerator[bytes, None]]
"""Yields an attachment's bytes in chunks."""


def fetch_over(session: aiohttp.ClientSession, *, timeout: float) -> Fetch:
    """Return a `Fetch` that streams from Discord's file server.

    Parameters
    ----------
    session
        HTTP session; stays the caller's.
    timeout
        Most wall time of one download, in seconds.

    Returns
    -------
    Fetch
        Raises `DownloadFailed` where the server cannot be reached or refuses.
    """

    async def fetch(attachment: Attachment) -> AsyncGenerator[bytes, None]:
        try:
            async with session.get(attachment.url, timeout=aiohttp.ClientTimeout(total=timeout)) as response:
                response.raise_for_status()
                async for chunk in response.content.iter_chunked(CHUNK_BYTES):
                    yield chunk
        except (aiohttp.ClientError, TimeoutError) as error:
            raise DownloadFailed from error

    return fetch


@asynccontextmanager
async def on_disk(attachment: Attachment, *, fetch: Fetch, folder: Path, max_bytes: int) -> AsyncIterator[Path]:
    """Hold an attachment in a file for as long as the context lasts.

    Parameters
    ----------
    attachment
        What was sent; nothing that it says of itself is believed.
    fetch
        Where its bytes come from.
    folder
        Private folder for the file.
    max_bytes
        Most bytes that are taken.

    Yields
    ------
    Path
        A file with a name of ours, readable by nobody else.

    Raises
    ------
    FileTooLarge
        If the declared or the real size passes `max_bytes`.
    DownloadFailed
        If it cannot be fetched.
    """
    if attachment.size > max_bytes:
        raise FileTooLarge(max_bytes)
    with clip_file(folder, max_bytes=max_bytes) as file:
        await file.fill(fetch(attachment))
        yield file.path


class NamedAttachment(Attachment, Protocol):
    """The part of ``discord.Attachment`` that is needed to fetch and to show it."""

    @property
    def filename(self) -> str:
        """As the sender called it."""
        ...


class AttachedClip:
    """The clip that an attachment is.

    Parameters
    ----------
    attachment
        What was sent.
    fetch, folder, max_bytes
        As for `on_disk`.
    """

    def __init__(self, attachment: NamedAttachment, *, fetch: Fetch, folder: Path, max_bytes: int) -> None:
        self._attachment = attachment
        self._fetch = fetch
        self._folder = folder
        self._max_bytes = max_bytes

    @property
    def name(self) -> str:
        """The file's name."""
        return self._attachment.filename

    @property
    def link(self) -> None:
        """None: Discord's addresses of files soon end."""
        return

    def on_disk(self) -> AbstractAsyncContextManager[Path]:
        """Hold the attachment in a file for as long as the context lasts; see `on_disk`."""
        return on_disk(self._attachment, fetch=self._fetch, folder=self._folder, max_bytes=self._max_bytes)
