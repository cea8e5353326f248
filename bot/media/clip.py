"""What a member wants to know the genre of."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol


class Clip(Protocol):
    """A piece of music, wherever it comes from."""

    @property
    def name(self) -> str:
        """What to call it; written by strangers, and sometimes better once it was fetched."""
        ...

    @property
    def link(self) -> str | None:
        """Where it can be heard again; None for a file."""
        ...

    def on_disk(self) -> AbstractAsyncContextManager[Path]:
        """Hold it in a file for as long as the context lasts."""
        ...
