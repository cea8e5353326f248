"""A private file that takes what a network sends, and no more of it than fits."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Final

from classifier.errors import FileTooLarge

CHUNK_BYTES: Final = 256 << 10
"""Bytes that are taken from a network at once: few enough that a thread writes them in a moment."""


class ClipFile:
    """A file that is being filled.

    Parameters
    ----------
    file
        Open for writing.
    max_bytes
        Most bytes that are taken.
    """

    def __init__(self, file: tempfile._TemporaryFileWrapper[bytes], max_bytes: int) -> None:
        self._file = file
        self._max_bytes = max_bytes

    @property
    def path(self) -> Path:
        """Where it lies, under a name of ours."""
        return Path(self._file.name)

    async def fill(self, chunks: AsyncGenerator[bytes, None]) -> None:
        """Write what comes, counting it whatever anybody declared.

        Parameters
        ----------
        chunks
            Closed in every case.

        Raises
        ------
        FileTooLarge
            As soon as more than `max_bytes` came.
        """
        received = 0
        # Closed at once, so that nothing more is transferred of a file that is refused.
        async with aclosing(chunks):
            async for chunk in chunks:
                received += len(chunk)
                if received > self._max_bytes:
                    raise FileTooLarge(self._max_bytes)
                await asyncio.to_thread(self._file.write, chunk)
        await asyncio.to_thread(self._file.flush)


@contextmanager
def clip_file(folder: Path, *, max_bytes: int) -> Iterator[ClipFile]:
    """Hold an empty file, readable by nobody else, for as long as the context lasts.

    Parameters
    ----------
    folder
        Private folder for the file.
    max_bytes
        Most bytes that are taken.

    Yields
    ------
    ClipFile
    """
    with tempfile.NamedTemporaryFile(dir=folder, prefix="clip-") as file:
        yield ClipFile(file, max_bytes)
