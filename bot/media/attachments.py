"""From a Discord attachment to a private temporary file that is gone when its job is."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Final, Protocol

import aiohttp

from bot.errors import DownloadFailed
from classifier.errors import FileTooLarge

CHUNK_BYTES: Final = 256 << 10


class Attachment(Protocol):
    """The part of ``discord.Attachment`` that is needed."""

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
    with tempfile.NamedTemporaryFile(dir=folder, prefix="clip-") as file:
        received = 0
        # Closed at once, so that nothing more is transferred of a file that is refused.
        async with aclosing(fetch(attachment)) as chunks:
            async for chunk in chunks:
                received += len(chunk)
                if received > max_bytes:
                    raise FileTooLarge(max_bytes)
                await asyncio.to_thread(file.write, chunk)
        await asyncio.to_thread(file.flush)
        yield Path(file.name)
