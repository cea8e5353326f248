"""What a genre is known to be mistaken for is written down only where enough clips say so."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from classifier.training.dataset import read_table
from classifier.training.fit import predict_held_out
from classifier.training.groups import row_groups
from classifier.training.recipes import FEATURES, Boosting, Forest, Vote
from classifier.training.train import train

pytestmark = pytest.mark.usefixtures("few_folds_of_sounds")

SMALL = dataclasses.replace(FEATURES, vote=Vote(Boosting(n_estimators=5), Forest(n_estimators=5)))


def test_a_confusion_seen_in_fewer_than_four_clips_is_not_recorded(table_path: Path, tmp_path: Path) -> None:
    manifest, _ = train(table_path, tmp_path / "model", SMALL, version="1", seed=1)

    table = read_table(table_path).measured(SMALL.features)
    held_out = predict_held_out(SMALL, table, row_groups(table), seed=1)
    # Rows are what was answered, columns what it was.
    clips = np.zeros((4, 4), dtype=int)
    np.add.at(clips, (held_out.probabilities.argmax(axis=1), held_out.labels), 1)
    mistaken = clips[~np.eye(4, dtype=bool)]
    assert mistaken.max() >= 4
    assert 0 < mistaken[mistaken > 0].min() < 4
    assert manifest.confusions == {
        answer: {
            truth: pytest.approx(count / row.sum())
            for truth, count in zip(table.genres, row, strict=True)
            if truth != answer and count >= 4
        }
        for answer, row in zip(table.genres, clips, strict=True)
    }
