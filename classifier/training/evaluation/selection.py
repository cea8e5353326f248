"""The clips that everything may be chosen on, and what is fitted on them and nothing else.

Features, parameters, blending, calibration and gate are chosen by artist-grouped folds inside the
training clips. What chooses takes `TrainingClips`, which hold no other clip; the test list is sealed in
`classifier.training.evaluation.sealed`, which takes only what is fitted already.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from classifier.training.dataset import FeatureTable
from classifier.training.fit import Fitted, fit_and_hold_out
from classifier.training.recipes import Recipe


@dataclass(frozen=True, slots=True, eq=False)
class TrainingClips:
    """All that may be looked at before a model is finished.

    Parameters
    ----------
    table
        The clips of the train list.
    groups : ndarray of int, shape (clips,)
        Clips of one number share an artist or are copies of each other.
    """

    table: FeatureTable
    groups: npt.NDArray[np.intp]

    def take(self, indices: npt.ArrayLike) -> Self:
        """Return some of the clips.

        Parameters
        ----------
        indices : array of int
            Positions in the table.

        Returns
        -------
        TrainingClips
        """
        chosen = np.asarray(indices, dtype=np.intp)
        return type(self)(self.table.take(chosen), self.groups[chosen])

    def without(self, genre: str) -> Self:
        """Return the clips of all other genres."""
        return self.take(np.flatnonzero(self.table.labels != genre))

    def only(self, genre: str) -> Self:
        """Return the clips of one genre."""
        return self.take(np.flatnonzero(self.table.labels == genre))


def fit_inside(recipe: Recipe, clips: TrainingClips, seed: int) -> Fitted:
    """Fit a recipe and its gate, both on the same folds of the training clips.

    Parameters
    ----------
    recipe
        What to fit.
    clips
        All that it may learn from.
    seed
        Of the folds and the trees.

    Returns
    -------
    Fitted

    Raises
    ------
    DatasetError
        If a genre has too few groups.
    """
    return fit_and_hold_out(recipe, clips.table, clips.groups, seed=seed)
