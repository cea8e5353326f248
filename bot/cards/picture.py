"""A picture that goes with a card."""

from __future__ import annotations

import io
from dataclasses import dataclass

import discord


@dataclass(frozen=True, slots=True)
class Picture:
    """A file to attach, which can be sent again where the first time failed: discord.py closes what it sent.

    Parameters
    ----------
    name
        Of the file.
    data
        Its content.
    description
        What it shows, for those who do not see it.
    """

    name: str
    data: bytes
    description: str

    @property
    def url(self) -> str:
        """What a card shows it by, in the same message."""
        return f"attachment://{self.name}"

    def as_file(self) -> discord.File:
        """Return it as discord.py takes it."""
        return discord.File(io.BytesIO(self.data), self.name, description=self.description)
