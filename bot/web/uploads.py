"""A file that a browser sends: written to a private file as it comes, and counted on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from aiohttp import BodyPartReader, ClientError
from aiohttp.http_exceptions import HttpProcessingError

from bot.errors import ShuttingDown, UploadFailed
from bot.media.clip_file import CHUNK_BYTES, clip_file
from bot.services import Services

PATIENCE_SECONDS: Final = 30.0
"""How long a browser may send nothing in the middle of a form, in seconds."""

UPLOAD_SECONDS: Final = 600.0
"""How long a whole file may take, in seconds, whether it is taken or not."""

LOOK_EVERY_SECONDS: Final = 1.0
"""How often whoever waits for a browser looks whether the bot stops, in seconds."""

BROKEN_OFF: Final = (ClientError, HttpProcessingError, ConnectionError, TimeoutError, ValueError, AssertionError)
"""What aiohttp raises for a form that ends too early, or is none."""


class UploadedClip:
    """The clip that a part of a form holds; it can be brought onto the disk once.

    Parameters
    ----------
    part
        Not read yet.
    services
        Where the file goes, how large it may be, and whether the bot stops.
    """

    link = None

    def __init__(self, part: BodyPartReader, services: Services) -> None:
        self._part = part
        self._services = services
        self._max_bytes = services.settings.max_upload_bytes
        self._is_unwanted = False
        self._ends: float | None = None

    @property
    def name(self) -> str:
        """As the sender's machine calls the file."""
        return self._part.filename or "?"

    @asynccontextmanager
    async def on_disk(self) -> AsyncIterator[Path]:
        """Hold the file for as long as the context lasts.

        Yields
        ------
        Path
            A file with a name of ours, readable by nobody else.

        Raises
        ------
        FileTooLarge
            As soon as more came than is taken.
        UploadFailed
            If the browser stopped in the middle, sends nothing for `PATIENCE_SECONDS`, or takes `UPLOAD_SECONDS`.
        ShuttingDown
            If the bot stops meanwhile.
        """
        with clip_file(self._services.clip_folder, max_bytes=self._max_bytes) as file:
            try:
                await file.fill(self._chunks())
            except (asyncio.CancelledError, ShuttingDown, UploadFailed):
                self._is_unwanted = True
                raise
            yield file.path

    async def discard(self) -> bool:
        """Read what is left of a file that was refused, so that the browser comes to hear of that.

        Returns
        -------
        bool
            Whether that was all. False where it is more than any file that is taken, where nobody wants it any more, or
            where it does not come: then the sender is to be left.
        """
        left = 0 if self._is_unwanted else self._max_bytes
        try:
            while left > 0 and (chunk := await self._next()):
                left -= len(chunk)
        except (*BROKEN_OFF, ShuttingDown):
            return False
        return left > 0

    async def _chunks(self) -> AsyncGenerator[bytes, None]:
        try:
            while chunk := await self._next():
                yield chunk
        except BROKEN_OFF as error:
            raise UploadFailed from error

    async def _next(self) -> bytes:
        now = asyncio.get_running_loop().time()
        if self._ends is None:
            self._ends = now + UPLOAD_SECONDS
        if now > self._ends:
            raise TimeoutError
        reading = asyncio.ensure_future(self._part.read_chunk(CHUNK_BYTES))
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not (await asyncio.wait({reading}, timeout=LOOK_EVERY_SECONDS))[0]:
                    if not self._services.analyzer.is_admitting:
                        raise ShuttingDown
            return await reading
        finally:
            reading.cancel()
