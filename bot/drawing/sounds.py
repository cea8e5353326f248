"""What tracks sound like, on its way to the drawing process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self


class SoundingTrack(Protocol):
    """What is compared of a track."""

    @property
    def genre(self) -> str | None:
        """The one that is shown."""
        ...

    @property
    def tempo(self) -> float | None:
        """In beats per minute."""
        ...

    @property
    def energy(self) -> float | None:
        """Between 0 and 1."""
        ...

    @property
    def embedding(self) -> bytes | None:
        """float32, little-endian; None where the bot has not heard it."""
        ...


@dataclass(frozen=True, slots=True)
class Sounds:
    """Tracks in columns, which travel faster than rows.

    Parameters
    ----------
    genres, tempi, energies, embeddings
        As in `SoundingTrack`, one for each track.
    """

    genres: tuple[str | None, ...]
    tempi: tuple[float | None, ...]
    energies: tuple[float | None, ...]
    embeddings: tuple[bytes | None, ...]

    @classmethod
    def of(cls, tracks: Iterable[SoundingTrack]) -> Self:
        """Put tracks into columns.

        Parameters
        ----------
        tracks
            In order.

        Returns
        -------
        Sounds
        """
        rows = [(track.genre, track.tempo, track.energy, track.embedding) for track in tracks]
        genres, tempi, energies, embeddings = zip(*rows, strict=True) if rows else ((), (), (), ())
        return cls(genres, tempi, energies, embeddings)

    def __len__(self) -> int:
        return len(self.genres)
