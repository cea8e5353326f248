"""The moving median is scipy's, bit by bit."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.ndimage
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from classifier.median import median_of_rows


@settings(max_examples=100, deadline=None)
@given(data=st.data(), rows=st.integers(1, 4), columns=st.integers(1, 40))
def test_equals_the_median_filter_of_scipy(data: st.DataObject, rows: int, columns: int) -> None:
    size = 2 * data.draw(st.integers(0, (columns - 1) // 2)) + 1
    # Few values, so that many are equal, and any.
    elements = data.draw(st.sampled_from([st.sampled_from([0.0, 1.0, 2.0]), st.floats(0, 1e6, width=32)]))
    matrix = data.draw(npst.arrays(np.float32, (rows, columns), elements=elements))
    expected = scipy.ndimage.median_filter(matrix, size=(1, size), mode="reflect")
    np.testing.assert_array_equal(median_of_rows(matrix, size), expected)


@pytest.mark.parametrize("size", [2, 7])
def test_a_window_that_does_not_fit_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match=f"a window of {size} does not fit rows of 5"):
        median_of_rows(np.zeros((2, 5), np.float32), size)
