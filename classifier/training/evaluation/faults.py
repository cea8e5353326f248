"""What is known to be wrong with a table and its lists, counted in the files that are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from classifier.tag_statistics import TAG_STATISTIC_NAMES
from classifier.training.dataset import FeatureTable, Split
from classifier.training.evaluation.yardsticks import is_published
from classifier.training.groups import LeftOut, artist_groups, drop_faults


@dataclass(frozen=True, slots=True)
class ArtistFacts:
    """What an artist list says of a table.

    Parameters
    ----------
    artists
        Names, regardless of capitals.
    blank
        Clips whose artist is not known; each is held to be alone with its artist.
    most, most_clips
        The artist with most clips, and how many.
    groups
        Clips that no fold may part: one for each artist, and one for each blank that is no copy.
    """

    artists: int
    blank: int
    most: str
    most_clips: int
    groups: int


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What the lists of a split leave of a table.

    Parameters
    ----------
    published
        Whether they are the published fault-filtered ones, and not somebody's own.
    train, valid, test
        Clips on each list.
    on_none
        Clips of the table on none of them.
    blank_in_test
        Clips of the test list whose artist is not known; None without an artist list.
    test_groups
        Artists of the test list, each blank counted as one; None without an artist list.
    shared
        Artists, or copies, on both the train and the test list: none where the lists keep their promise; None
        without an artist list.
    """

    published: bool
    train: int
    valid: int
    test: int
    on_none: int
    blank_in_test: int | None
    test_groups: int | None
    shared: int | None


@dataclass(frozen=True, slots=True)
class DataFacts:
    """A table, its faults and its lists.

    Parameters
    ----------
    clips
        In the table.
    genres
        Clips of each genre.
    tagged
        Clips whose tags are known.
    left_out
        Copies and clips that stand under two labels, which the artist-grouped protocol leaves out.
    artists
        None without an artist list.
    lists
        None without the lists of a split.
    """

    clips: int
    genres: dict[str, int]
    tagged: int
    left_out: tuple[LeftOut, ...]
    artists: ArtistFacts | None
    lists: ListFacts | None


def describe_data(table: FeatureTable, artists: Mapping[str, str] | None, split: Split | None) -> DataFacts:
    """Count what is wrong with a table.

    Parameters
    ----------
    table
        All clips.
    artists
        As `read_artists` returns them.
    split
        As `read_split` returns it.

    Returns
    -------
    DataFacts

    Raises
    ------
    DatasetError
        If a clip of the table is not in the artist list.
    """
    return DataFacts(
        clips=len(table),
        genres={genre: int((table.labels == genre).sum()) for genre in table.genres},
        tagged=int(np.isfinite(table.columns(TAG_STATISTIC_NAMES)).all(axis=1).sum()),
        left_out=drop_faults(table)[1],
        artists=None if artists is None else _artist_facts(table, artists),
        lists=None if split is None else _list_facts(table, artists, split),
    )


def _artist_facts(table: FeatureTable, artists: Mapping[str, str]) -> ArtistFacts:
    groups = artist_groups(table, artists)
    names = [artists[filename] for filename in table.filenames]
    clips_of: dict[str, list[str]] = {}
    for name in names:
        if name:
            clips_of.setdefault(name.casefold(), []).append(name)
    most = max(clips_of.values(), key=len, default=[""])
    return ArtistFacts(
        artists=len(clips_of),
        blank=sum(not name for name in names),
        most=most[0],
        most_clips=len(most) if most[0] else 0,
        groups=int(np.unique(groups).size),
    )


def _list_facts(table: FeatureTable, artists: Mapping[str, str] | None, split: Split) -> ListFacts:
    listed = split.train | split.valid | split.test
    train, test = (
        np.flatnonzero([filename in part for filename in table.filenames]) for part in (split.train, split.test)
    )
    groups = None if artists is None else artist_groups(table, artists)
    return ListFacts(
        published=is_published(split),
        train=len(split.train),
        valid=len(split.valid),
        test=len(split.test),
        on_none=sum(filename not in listed for filename in table.filenames),
        blank_in_test=None if artists is None else sum(not artists[table.filenames[index]] for index in test),
        test_groups=None if groups is None else int(np.unique(groups[test]).size),
        shared=None if groups is None else int(np.intersect1d(groups[train], groups[test]).size),
    )
