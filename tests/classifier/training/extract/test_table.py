"""A table is read back as it was written."""

from __future__ import annotations

import shutil

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.measure import ROW_NAMES
from classifier.training.dataset import LEAST_CLIPS, LEAST_RMS, read_table
from classifier.training.extract.clips import ClipFile
from classifier.training.extract.part import Measured
from classifier.training.extract.table import write_table

LARGEST = float(np.finfo(np.float32).max)
"""Of the numbers that a table may hold."""

numbers = st.floats(-LARGEST, LARGEST)

NOT_NEGATIVE = np.array([name == "rms_mean" or name.endswith("_var") for name in ROW_NAMES])


def row_of(few: list[float]) -> npt.NDArray[np.float64]:
    row = np.resize(few, len(ROW_NAMES))
    row[NOT_NEGATIVE] = np.maximum(np.abs(row[NOT_NEGATIVE]), LEAST_RMS)
    return row


rows = st.lists(numbers, min_size=4, max_size=4).map(row_of)


@settings(max_examples=30, deadline=None)
@given(
    names=st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8)
        .map(str.strip)
        .filter(bool),
        min_size=LEAST_CLIPS,
        max_size=LEAST_CLIPS,
        unique=True,
    ),
    rows=st.lists(rows, min_size=2 * LEAST_CLIPS, max_size=2 * LEAST_CLIPS),
)
def test_any_name_and_any_number_is_read_back_from_the_table_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], rows: list[npt.NDArray[np.float64]]
) -> None:
    folder = tmp_path_factory.mktemp("table")
    genres = (names[0], f"{names[0]}!")
    files = [(f"{genre}/{name}", genre) for genre in genres for name in names]
    clips = [ClipFile(file, file, genre, 1, 1) for file, genre in files]
    write_table(folder / "t.csv", zip(clips, (Measured(1, row) for row in rows), strict=True))
    table = read_table(folder / "t.csv")
    assert list(zip(table.filenames, table.labels, strict=True)) == files
    np.testing.assert_array_equal(table.columns(ROW_NAMES), rows)
    shutil.rmtree(folder)
