"""Takes the loudness out of the features: the same song at another volume is the same song."""

from __future__ import annotations

from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin

from classifier.features import FEATURE_NAMES

LEVEL_FREE_NAMES: Final[tuple[str, ...]] = tuple(
    name for name in FEATURE_NAMES if name not in ("rms_mean", "harmony_mean", "perceptr_mean")
)
"""Columns that `LevelFree` returns: all but the level itself and the two waveform means (DC offsets)."""

POWER_SCALED: Final = ("rms_var", "harmony_var", "perceptr_var")
"""Columns that grow with the square of the gain."""

MFCC1_PER_DECIBEL: Final = np.sqrt(128.0)
"""Shift of the first MFCC mean for each dB of gain: its orthonormal DCT row over 128 mel bands is constant."""

VARIANCE_FLOOR: Final = 1e-12
"""Least variance that is told from none at all: its logarithm is finite."""


def log_variances(level_free: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Take the logarithm of the columns that are variances, which spread over many orders of magnitude.

    Parameters
    ----------
    level_free : ndarray of float64, shape (clips, 54)
        Columns in the order of `LEVEL_FREE_NAMES`.

    Returns
    -------
    ndarray of float64, shape (clips, 54)
        The other columns are as they were.
    """
    variances = np.asarray([name.endswith("_var") for name in LEVEL_FREE_NAMES])
    transformed = level_free.copy()
    transformed[:, variances] = np.log(np.maximum(level_free[:, variances], VARIANCE_FLOOR))
    return transformed


class LevelFree(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Divide the clip's level out of the columns that depend on it.

    With g the gain, amplitudes scale by g, variances by g² and ``mfcc1_mean`` shifts by
    20·log10(g)·√128; dividing by the mean power of the frames (rms_mean² + rms_var) cancels g.
    ``rms_mean`` itself goes, and so do ``harmony_mean`` and ``perceptr_mean``: the means of
    waveforms are DC offsets, which any codec erases.
    """

    def fit(self, X: npt.ArrayLike, y: Any = None) -> Self:
        """Remember the width of the table; nothing else is learnt.

        Parameters
        ----------
        X : array of shape (clips, 57)
            Columns in the order of `FEATURE_NAMES`.
        y : ignored

        Returns
        -------
        LevelFree
            Itself.

        Raises
        ------
        ValueError
            If the table has another width.
        """
        self.n_features_in_ = self._validated(X).shape[1]
        return self

    def transform(self, X: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return the level-free columns.

        Parameters
        ----------
        X : array of shape (clips, 57)
            Columns in the order of `FEATURE_NAMES`.

        Returns
        -------
        ndarray of float64, shape (clips, 54)
            Columns in the order of `LEVEL_FREE_NAMES`.
        """
        table = self._validated(X)
        column = {name: table[:, index] for index, name in enumerate(FEATURE_NAMES)}
        # Silence has no level to divide out; the floor only keeps the quotient finite.
        power = np.maximum(column["rms_mean"] ** 2 + column["rms_var"], np.finfo(np.float64).tiny)
        for name in POWER_SCALED:
            column[name] = column[name] / power
        column["mfcc1_mean"] = column["mfcc1_mean"] - 10.0 * np.log10(power) * MFCC1_PER_DECIBEL
        return np.stack([column[name] for name in LEVEL_FREE_NAMES], axis=1)

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """Return `LEVEL_FREE_NAMES`, as scikit-learn asks of a transformer.

        Parameters
        ----------
        input_features : ignored

        Returns
        -------
        ndarray of str, shape (54,)
        """
        return np.asarray(LEVEL_FREE_NAMES, dtype=object)

    @staticmethod
    def _validated(X: npt.ArrayLike) -> npt.NDArray[np.float64]:
        table = np.asarray(X, dtype=np.float64)
        if table.ndim != 2 or table.shape[1] != len(FEATURE_NAMES):
            raise ValueError(f"expected {len(FEATURE_NAMES)} feature columns, got an array of shape {table.shape}")
        return table
