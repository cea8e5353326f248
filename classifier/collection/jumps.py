"""How large the jump from one track to another is, in genre, tempo, energy and sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist

from classifier.collection.space import sound_space

GENRE_WEIGHT: Final = 1.0
TEMPO_WEIGHT: Final = 1.0
ENERGY_WEIGHT: Final = 1.0
SOUND_WEIGHT: Final = 0.5
"""What a jump of each kind counts for; the sound less, as it says much of the genre again."""

UNKNOWN: Final = 0.5
"""A jump from or to what is not known: half of the largest. Two of them cost no less than the jump that they would
hide, so no order becomes smoother by putting an unknown track between two that do not go together."""

SAME_SOUND: Final = 1e-9
"""Square of a distance below which two sounds are the same: less than an embedding's last digit makes of it, and more
than rounding does."""

_WEIGHTS: Final = np.array([GENRE_WEIGHT, TEMPO_WEIGHT, ENERGY_WEIGHT, SOUND_WEIGHT])
_FARTHEST: Final = np.sqrt(2.0)
"""Distance in the sound space of two tracks that share no tag, and have one each; beyond it, all is equally far."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Jumps:
    """Tracks, ready to be compared.

    Parameters
    ----------
    genres : ndarray of float64, shape (n, genres)
        Probabilities.
    octaves : ndarray of float64, shape (n,)
        Log to the base 2 of the tempo.
    energy : ndarray of float64, shape (n,)
        Between 0 and 1.
    sounds : ndarray of float64, shape (n, tags)
        Points of the sound space.
    lengths : ndarray of float64, shape (n,)
        The square of how far each of them is from the origin: kept, as a long order compares each track often.

    Notes
    -----
    A row of NaN is not known.
    """

    genres: Numbers
    octaves: Numbers
    energy: Numbers
    sounds: Numbers
    lengths: Numbers

    @classmethod
    def of(
        cls,
        genres: npt.NDArray[np.integer] | npt.NDArray[np.floating],
        tempo: npt.NDArray[np.floating],
        energy: npt.NDArray[np.floating],
        embeddings: npt.NDArray[np.floating],
    ) -> Self:
        """Make tracks of what is known of them.

        Parameters
        ----------
        genres, tempo, energy, embeddings
            As in `classifier.collection.ordering.smooth_order`.

        Returns
        -------
        Jumps

        Raises
        ------
        ValueError
            As there.
        """
        count = len(tempo)
        if not (tempo.shape == energy.shape == (count,) and len(genres) == len(embeddings) == count):
            raise ValueError(
                f"expected as many genres, tempi, energies and embeddings, got the shapes {genres.shape}, "
                f"{tempo.shape}, {energy.shape} and {embeddings.shape}"
            )
        if (tempo <= 0.0).any() or np.isinf(tempo).any() or (energy < 0.0).any() or (energy > 1.0).any():
            raise ValueError("expected tempi above 0 and energies between 0 and 1, or NaN where they are not known")
        heard = ~np.isnan(embeddings).any(axis=1)
        sounds = np.full(embeddings.shape, np.nan)
        sounds[heard] = sound_space(embeddings[heard])
        return cls(
            _probabilities(genres),
            np.log2(tempo.astype(np.float64)),
            energy.astype(np.float64),
            sounds,
            np.sum(sounds**2, axis=1),
        )

    def __len__(self) -> int:
        return len(self.octaves)

    def take(self, tracks: npt.NDArray[np.integer]) -> Jumps:
        """Return some of the tracks, in another order if wished.

        Parameters
        ----------
        tracks : ndarray of int, shape (m,)
            Which.

        Returns
        -------
        Jumps
        """
        return Jumps(
            self.genres[tracks], self.octaves[tracks], self.energy[tracks], self.sounds[tracks], self.lengths[tracks]
        )

    def between(self, others: Jumps) -> Numbers:
        """Compare each of these tracks with each of others.

        Parameters
        ----------
        others
            The other tracks, m of them.

        Returns
        -------
        ndarray of float64, shape (n, m)
            From 0, no jump, to 1, the largest in everything.
        """
        return self._sum(
            cdist(self.genres, others.genres, "cityblock"),
            np.subtract.outer(self.octaves, others.octaves),
            np.subtract.outer(self.energy, others.energy),
            self.lengths[:, np.newaxis] + others.lengths - 2.0 * (self.sounds @ others.sounds.T),
        )

    def along(self) -> Numbers:
        """Compare each track with the next.

        Returns
        -------
        ndarray of float64, shape (n - 1,)
            As `between`.
        """
        return self._sum(
            np.abs(np.diff(self.genres, axis=0)).sum(axis=1),
            np.diff(self.octaves),
            np.diff(self.energy),
            np.sum(np.diff(self.sounds, axis=0) ** 2, axis=1),
        )

    @staticmethod
    def _sum(genres: Numbers, octaves: Numbers, energy: Numbers, squared_sound: Numbers) -> Numbers:
        jumps = (
            genres / 2.0,
            2.0 * np.abs(octaves - np.rint(octaves)),
            np.abs(energy),
            np.minimum(np.sqrt(np.where(squared_sound < SAME_SOUND, 0.0, squared_sound)) / _FARTHEST, 1.0),
        )
        total = np.zeros_like(energy)
        for weight, jump in zip(_WEIGHTS / _WEIGHTS.sum(), jumps, strict=True):
            total += weight * np.where(np.isnan(jump), UNKNOWN, jump)
        return total


def _probabilities(genres: npt.NDArray[np.integer] | npt.NDArray[np.floating]) -> Numbers:
    if genres.ndim == 1 and np.issubdtype(genres.dtype, np.integer):
        names, numbers = np.unique(genres, return_inverse=True)
        certain = np.eye(len(names))[numbers]
        certain[genres < 0] = np.nan
        return certain
    if genres.ndim != 2 or (genres < 0.0).any() or (genres.sum(axis=1) > 1.0 + 1e-3).any():
        raise ValueError("expected the number of each track's genre, or a row of its genres' probabilities")
    return genres.astype(np.float64)
