"""Published tags are joined to the clips that they belong to, and faults are said in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classifier.errors import DatasetError
from classifier.measure import ROW_NAMES
from classifier.tag_statistics import TAG_STATISTIC_NAMES, summarize_tags
from classifier.training.dataset import read_table
from classifier.training.taggrams import join_taggrams


def write(path: Path, clips: list[str], patches: int = 3, **arrays: object) -> Path:
    tags = np.random.default_rng(len(clips)).uniform(size=(patches * len(clips), 50)).astype(np.float32)
    np.savez(path, **{"X": tags, "IDS": np.repeat(clips, patches), **arrays})  # type: ignore[arg-type]
    return path


def test_tags_are_joined_by_the_name_of_the_clip(table_path: Path, tmp_path: Path) -> None:
    table = read_table(table_path)
    archive = write(tmp_path / "tags.npz", ["drone/drone.00012.au", "ambient/ambient.00000.au"])
    joined = join_taggrams(table, [archive])
    with np.load(archive) as arrays:
        expected = summarize_tags(arrays["X"][:3])
    row = table.filenames.index("drone.00012.wav")
    np.testing.assert_array_equal(joined.columns(TAG_STATISTIC_NAMES)[row], expected)
    known = joined.measured(ROW_NAMES)
    assert known.filenames == ("ambient.00000.wav", "drone.00012.wav")
    # The table itself is as it was.
    assert np.isnan(table.tags).all()


@pytest.mark.parametrize(
    ("clips", "arrays", "sentence"),
    [
        (["x/soup.1.au"], {}, "has tags of soup.1, which features.csv does not have"),
        (["ambient.00000.au"], {"X": np.zeros((3, 49))}, "not (n, 50)"),
        (["ambient.00000.au"], {"X": np.zeros((2, 50))}, "not (n, 50)"),
        (["ambient.00000.au"], {"X": np.full((3, 50), 2.0)}, "values that are no probabilities"),
        (["ambient.00000.au"], {"IDS": np.array([object()] * 3, dtype=object)}, "is not an archive of tags"),
    ],
)
def test_archives_that_cannot_be_used(
    clips: list[str], arrays: dict[str, object], sentence: str, table_path: Path, tmp_path: Path
) -> None:
    with pytest.raises(DatasetError) as caught:
        join_taggrams(read_table(table_path), [write(tmp_path / "tags.npz", clips, **arrays)])
    assert sentence in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not an archive", b"\x93NUMPY\x01\x00"])
def test_files_that_are_no_archives(content: bytes, table_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "tags.npz"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match="is not an archive of tags"):
        join_taggrams(read_table(table_path), [path])
    with pytest.raises(DatasetError, match="cannot be read"):
        join_taggrams(read_table(table_path), [tmp_path / "missing.npz"])


def test_a_clip_in_two_archives(table_path: Path, tmp_path: Path) -> None:
    archives = [write(tmp_path / name, ["ambient.00000.au"]) for name in ("one.npz", "two.npz")]
    with pytest.raises(DatasetError, match=r"stands in .*two\.npz and before it in .*one\.npz"):
        join_taggrams(read_table(table_path), archives)
