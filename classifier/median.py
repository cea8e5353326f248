"""A moving median along rows, exact and fast: most of the cost of harmonic-percussive separation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit


def median_of_rows(matrix: npt.NDArray[np.float32], size: int) -> npt.NDArray[np.float32]:
    """Filter each row with a moving median.

    Parameters
    ----------
    matrix : ndarray of float32, shape (rows, columns)
        Finite values; at least `size` columns.
    size
        Window length, odd.

    Returns
    -------
    ndarray of float32, shape (rows, columns)
        Bit-equal to ``scipy.ndimage.median_filter(matrix, size=(1, size), mode="reflect")``.

    Raises
    ------
    ValueError
        If the window is even or longer than the rows.
    """
    if size % 2 == 0 or size > matrix.shape[1]:
        raise ValueError(f"a window of {size} does not fit rows of {matrix.shape[1]}")
    half = size // 2
    padded = np.pad(matrix, ((0, 0), (half, half)), mode="symmetric")
    return np.asarray(_filter(padded, size))


# The compiled code is kept beside the module, so that only the first run on a machine waits for it.
@njit(cache=True)
def _filter(padded: npt.NDArray[np.float32], size: int) -> npt.NDArray[np.float32]:
    rows, length = padded.shape
    columns = length - size + 1
    half = size // 2
    filtered = np.empty((rows, columns), dtype=np.float32)
    for row in range(rows):
        values = padded[row]
        ordered = np.sort(values[:size])
        filtered[row, 0] = ordered[half]
        for column in range(1, columns):
            leaving, entering = values[column - 1], values[column + size - 1]
            # Neighbouring windows differ in two values: only what lies between them in order moves.
            place = 0
            while ordered[place] != leaving:
                place += 1
            while place + 1 < size and ordered[place + 1] < entering:
                ordered[place] = ordered[place + 1]
                place += 1
            while place > 0 and ordered[place - 1] > entering:
                ordered[place] = ordered[place - 1]
                place -= 1
            ordered[place] = entering
            filtered[row, column] = ordered[half]
    return filtered
