"""Tables, artist lists and split lists: what is read, and the sentence for each fault."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.errors import DatasetError
from classifier.features import FEATURE_NAMES
from classifier.training.dataset import TABLE_COLUMNS, read_artists, read_split, read_table
from classifier.training.groups import LeftOut, artist_groups, drop_faults, row_groups

Write = Callable[..., Path]
Change = Callable[[pd.DataFrame], pd.DataFrame]


def put(column: str, row: int, value: object) -> Change:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        changed = frame.astype({column: object})
        changed.loc[row, column] = value
        return changed

    return change


def test_read_table(frame: pd.DataFrame, table_path: Path) -> None:
    table = read_table(table_path)
    assert table.source == "features.csv"
    assert table.sha256 == hashlib.sha256(table_path.read_bytes()).hexdigest()
    assert table.filenames == tuple(frame["filename"])
    assert table.genres == ("ambient", "drone", "noise", "polka")
    # Exact, as the numbers are written so that they can be read back.
    np.testing.assert_array_equal(table.rows, frame[list(TABLE_COLUMNS)].to_numpy())
    np.testing.assert_array_equal(table.columns(["tempo"])[:, 0], frame["tempo"])


def test_columns_may_stand_in_any_order(frame: pd.DataFrame, write: Write) -> None:
    shuffled = read_table(write(frame[list(reversed(frame.columns))], "shuffled.csv"))
    np.testing.assert_array_equal(shuffled.rows, frame[list(TABLE_COLUMNS)].to_numpy())


def test_take(table_path: Path) -> None:
    table = read_table(table_path)
    taken = table.take([3, 1])
    assert len(taken) == 2
    assert taken.filenames == (table.filenames[3], table.filenames[1])
    np.testing.assert_array_equal(taken.rows, table.rows[[3, 1]])
    assert taken.sha256 == table.sha256


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda f: f.drop(columns=["tempo"]), "lacks the column tempo"),
        (lambda f: f.drop(columns=list(FEATURE_NAMES)), "chroma_stft_mean, .* and 52 more"),
        (lambda f: f.drop(columns=["label"]), "lacks the column label"),
        (lambda f: f.assign(mood="sad"), "no part of a feature table: mood"),
        (lambda f: f.assign(**{"Unnamed: 0": 1}), "no part of a feature table: Unnamed: 0"),
        (put("tempo", 2, "fast"), r"Row 3 of .* \(ambient.00002.wav\) has 'fast' in the column tempo"),
        (put("tempo", 2, "nan"), "has 'nan' in the column tempo"),
        (put("tempo", 2, "-inf"), "has '-inf' in the column tempo"),
        (put("tempo", 2, "1e300"), r"has '1e300' in the column tempo. .* at most 3\.4e\+38; measure the clip anew, or"),
        (put("rms_mean", 2, "0"), r"has 0 in the column rms_mean, which is silence. Measure"),
        (put("mfcc3_var", 2, "-0.5"), r"has -0\.5 in the column mfcc3_var, which cannot be. Measure"),
        (put("tempo", 2, "-3.41e38"), "has '-3.41e38' in the column tempo"),
        (put("tempo", 2, None), "has nothing in the column tempo"),
        (put("filename", 4, " "), "Row 5 of .* has no filename"),
        (put("label", 4, None), "Row 5 of .* has no label"),
        (put("filename", 4, "ambient.00000.wav"), "names ambient.00000.wav in row 1 and again in row 5"),
        (lambda f: f[f["label"] == "polka"], "has only the genre polka. At least two"),
        (lambda f: f.iloc[:16], "has 4 clips of drone. At least 5"),
        (lambda f: f.iloc[:13], "has 1 clip of drone. At least 5"),
        (lambda f: f.iloc[:0], "has no rows"),
    ],
)
def test_bad_table_is_refused_in_words(frame: pd.DataFrame, write: Write, change: Change, sentence: str) -> None:
    path = write(change(frame), "bad.csv")
    with pytest.raises(DatasetError, match=sentence) as caught:
        read_table(path)
    assert str(path) in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is not a table of comma-separated values"),
        (b"\xff\xfe\x00", "is not a table of comma-separated values"),
        (b'a,b\n1,2\n3,4,5\n6,"', "is not a table of comma-separated values"),
        (b"filename,length\na.wav,1,2\n", "more cells than its header has names"),
    ],
)
def test_file_that_is_no_table(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=sentence):
        read_table(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"nowhere.csv cannot be read \(No such file"):
        read_table(tmp_path / "nowhere.csv")
    with pytest.raises(DatasetError, match=r"cannot be read \(Is a directory"):
        read_artists(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(content=st.one_of(st.binary(max_size=300), st.text("a,\"\n\r\0 1;'é", max_size=80).map(str.encode)))
def test_parsers_fail_in_words_only(tmp_path: Path, content: bytes) -> None:
    for name in ("table.csv", "train_filtered.txt", "valid_filtered.txt", "test_filtered.txt"):
        (tmp_path / name).write_bytes(content)
    for read, path in ((read_table, tmp_path / "table.csv"), (read_split, tmp_path)):
        with pytest.raises(DatasetError):
            read(path)
    # Two columns are easily met by chance; whatever else is raised fails the test.
    with contextlib.suppress(DatasetError):
        read_artists(tmp_path / "table.csv")


FILENAMES = st.lists(
    st.from_regex(re.compile(r"[a-z]{1,5}\.[0-9]{5}\.wav", re.ASCII), fullmatch=True),
    min_size=3,
    max_size=12,
    unique=True,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    filenames=FILENAMES, artists=st.lists(st.sampled_from(["", "Blank, the", 'The "Quotes"', " Édith "]), min_size=12)
)
def test_artists_are_read_back(tmp_path: Path, filenames: list[str], artists: list[str]) -> None:
    path = tmp_path / "artists.csv"
    written = dict(zip(filenames, artists, strict=False))
    pd.DataFrame({"artist": written.values(), "title": "x", "filename": written.keys()}).to_csv(path, index=False)
    assert read_artists(path) == {filename: artist.strip() for filename, artist in written.items()}


def test_bad_artists(frame: pd.DataFrame, write: Write, table_path: Path) -> None:
    with pytest.raises(DatasetError, match="lacks the column artist"):
        read_artists(write(frame, "a.csv"))
    twice = pd.DataFrame({"filename": ["a.wav", "a.wav"], "artist": ["x", "y"]})
    with pytest.raises(DatasetError, match=r"names a\.wav in row 1 and again in row 2"):
        read_artists(write(twice, "b.csv"))
    with pytest.raises(DatasetError, match=r"no row for 47 of the 48 clips, the first of them ambient\.00001"):
        artist_groups(read_table(table_path), {"ambient.00000.wav": "x"})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(filenames=FILENAMES, cut=st.integers(1, 2), ending=st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_split_is_read_back(tmp_path: Path, filenames: list[str], cut: int, ending: str) -> None:
    parts = {"train": filenames[:cut], "valid": filenames[cut : cut + 1], "test": filenames[cut + 1 :]}
    if not parts["test"]:
        parts = {"train": filenames[:1], "valid": filenames[1:2], "test": filenames[2:]}
    for name, members in parts.items():
        content = "".join(f"some/folder/{member}{ending}" for member in members)
        (tmp_path / f"{name}_filtered.txt").write_bytes(content.encode())
    split = read_split(tmp_path)
    assert (split.train, split.valid, split.test) == tuple(
        frozenset(parts[name]) for name in ("train", "valid", "test")
    )


def test_bad_split(splits_path: Path) -> None:
    test_list = splits_path / "test_filtered.txt"
    train_clip = (splits_path / "train_filtered.txt").read_text().splitlines()[0]
    test_list.write_text(f"{train_clip}\n")
    with pytest.raises(DatasetError, match=r"ambient.00000.wav stands in .*test_filtered.txt and before it in .*train"):
        read_split(splits_path)
    test_list.write_text("\n")
    with pytest.raises(DatasetError, match=r"test_filtered.txt names no clips"):
        read_split(splits_path)
    test_list.write_bytes(b"\xff\n")
    with pytest.raises(DatasetError, match=r"test_filtered.txt is not text"):
        read_split(splits_path)
    test_list.unlink()
    with pytest.raises(DatasetError, match=r"test_filtered.txt cannot be read"):
        read_split(splits_path)


def with_copies(frame: pd.DataFrame) -> pd.DataFrame:
    """Make row 1 a copy of row 0, and row 12, of another genre, a copy of row 5."""
    copied = frame.copy()
    features = list(FEATURE_NAMES)
    copied.loc[1, features] = frame.loc[0, features]
    copied.loc[12, features] = frame.loc[5, features]
    return copied


def test_drop_faults(frame: pd.DataFrame, write: Write) -> None:
    table = read_table(write(with_copies(frame)))
    kept, left_out = drop_faults(table)
    assert left_out == (
        LeftOut("ambient.00001.wav", "a copy of ambient.00000.wav"),
        LeftOut("ambient.00005.wav", "the same music under another label: drone.00012.wav"),
        LeftOut("drone.00012.wav", "the same music under another label: ambient.00005.wav"),
    )
    assert kept.filenames == tuple(name for name in table.filenames if name not in {each.filename for each in left_out})
    assert drop_faults(kept)[1] == ()


def test_groups_join_artists_and_copies(frame: pd.DataFrame, write: Write) -> None:
    table = read_table(write(with_copies(frame)))
    artists = dict.fromkeys(table.filenames, "")
    # 0 and 1 are copies, 1 and 2 share an artist in two spellings: all three belong together.
    artists |= {"ambient.00001.wav": "Us", "ambient.00002.wav": "US"}
    groups = artist_groups(table, artists)
    assert groups[0] == groups[1] == groups[2]
    assert groups[5] == groups[12]
    assert len(set(groups)) == len(table) - 3
    assert len(set(row_groups(table))) == len(table) - 2


def test_gtzan(shared_data: Path) -> None:
    table = read_table(shared_data / "gtzan" / "features_30_sec.csv")
    kept, left_out = drop_faults(table)
    assert (len(table), len(kept), len(left_out)) == (1000, 985, 15)
    assert table.sha256.startswith("e5fe20f4")
    assert {"metal.00058.wav", "rock.00016.wav"} < {clip.filename for clip in left_out}
    groups = artist_groups(table, read_artists(shared_data / "gtzan" / "artists.csv"))
    split = read_split(shared_data / "gtzan" / "splits")
    assert (len(split.train), len(split.valid), len(split.test)) == (443, 197, 290)
    sides = [{int(groups[table.filenames.index(name)]) for name in part} for part in (split.train, split.test)]
    # Both lists are meant to be disjoint by artist.
    assert not sides[0] & sides[1]
