"""The protocols: when one cannot be run, what cannot be fitted, and whether they hold artists out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from classifier.errors import DatasetError
from classifier.features import FEATURE_NAMES
from classifier.training.dataset import read_artists, read_split, read_table
from classifier.training.explore import base_classifiers
from classifier.training.explore.protocols import PROTOCOLS, figures_by, protocols_for
from classifier.training.recipes import NOTEBOOK
from tests.classifier.training.explore.tables import write_lists, write_split


def protocols_of(frame: pd.DataFrame, folder: Path, artists: list[str] | None = None, train: int | None = None) -> Any:
    features, artist_list, splits = write_lists(frame, folder)
    if artists is not None:
        pd.DataFrame({"filename": frame["filename"], "artist": artists}).to_csv(artist_list, index=False)
    if train is not None:
        write_split(splits, frame, range(train), [-2], [-1])
    lists = {"artists": read_artists(artist_list), "split": read_split(splits)}
    return protocols_for(read_table(features), **lists, seed=1)


@pytest.mark.parametrize(
    ("arguments", "which", "reason"),
    [
        ({"artists": ["Us"] * 10}, 2, "has too few artists"),
        ({"train": 3}, 1, "clips of drone to predict, but none to learn from"),
    ],
)
def test_a_protocol_that_the_table_is_too_small_for_says_why(
    arguments: dict[str, Any], which: int, reason: str, tiny_frame: pd.DataFrame, tmp_path: Path
) -> None:
    protocols = protocols_of(tiny_frame, tmp_path, **arguments)
    assert reason in protocols[which].reason
    assert protocols[0].reason is None
    with pytest.raises(DatasetError, match=reason):
        protocols[which].predict(NOTEBOOK)
    figures = figures_by([NOTEBOOK], [protocols[which]], jobs=1, say=lambda _: None)
    assert figures == {"notebook": {PROTOCOLS[which]: None}}


def test_a_table_of_copies_has_no_artist_grouped_figures(tiny_frame: pd.DataFrame, tmp_path: Path) -> None:
    copies = tiny_frame.copy()
    copies[list(FEATURE_NAMES)] = copies.loc[[0] * len(copies), list(FEATURE_NAMES)].to_numpy()
    assert "fewer than two genres are left" in protocols_of(copies, tmp_path)[2].reason


def test_a_classifier_that_cannot_be_fitted_is_noted_and_the_others_are_measured(
    tiny_frame: pd.DataFrame, tmp_path: Path
) -> None:
    features, artists, splits = write_lists(tiny_frame, tmp_path)
    write_split(splits, tiny_frame, [0, 1, 5, 6], [3], [2, 8])
    protocols = protocols_for(read_table(features), artists=read_artists(artists), split=read_split(splits), seed=1)
    base = base_classifiers.measure_base(protocols[1:2], say=lambda _: None)
    assert base.figures["k-NN"] == {PROTOCOLS[1]: None}
    assert base.figures["naive Bayes"][PROTOCOLS[1]] is not None
    (note,) = (note for note in base.notes if note.startswith("k-NN could"))
    assert "by the fault-filtered protocol: Expected n_neighbors <=" in note


def test_a_classifier_that_does_not_converge_is_noted(
    tiny_frame: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sgd,) = (recipe for recipe in base_classifiers.base_recipes() if recipe.name == "SGD")
    monkeypatch.setattr(base_classifiers, "base_recipes", lambda: (sgd,))
    # Distances too small to be seen beside the values: SGD's loss never settles.
    frame = tiny_frame.assign(tempo=1e9 + np.arange(len(tiny_frame)) * 1e-7)
    features, artists, _ = write_lists(frame, tmp_path)
    protocols = protocols_for(read_table(features), artists=read_artists(artists), split=None, seed=1)
    base = base_classifiers.measure_base(protocols, say=lambda _: None)
    assert any(re.match(r"SGD stopped at its limit of passes before it converged \(", note) for note in base.notes)


def test_lists_that_share_an_artist_or_a_copy_are_found_and_believed_less(
    tiny_frame: pd.DataFrame, tmp_path: Path
) -> None:
    # One artist a clip, and the copies 0 and 1 on both lists.
    apart = [str(number) for number in range(len(tiny_frame))]
    fault_filtered = protocols_of(tiny_frame.assign(tempo=[0.0, *range(len(tiny_frame) - 1)]), tmp_path, apart)[1]
    assert (fault_filtered.shared, fault_filtered.artists_held_out) == (0, True)
    (tmp_path / "shared").mkdir()
    shared = protocols_of(tiny_frame, tmp_path / "shared", ["Us", *apart[1:4], "us", *apart[5:]])[1]
    assert (shared.shared, shared.artists_held_out) == (1, False)
    assert shared.figure_of(shared.predict(NOTEBOOK)).artist_interval is None
