"""What a report says of the data, against direct computation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from matplotlib.cbook import boxplot_stats
from sklearn.decomposition import PCA
from sklearn.feature_selection import f_classif

from classifier.training.dataset import TABLE_COLUMNS, read_table
from classifier.training.explore.correlation import find_redundancy, measure_correlations, show_redundancy
from classifier.training.explore.report import TITLES
from tests.classifier.training.explore.made import SEED, Made
from tests.classifier.training.explore.tables import CLIPS, GENRES, small_frame


def test_the_document_says_what_was_run(made: Made) -> None:
    document = made.document
    assert document["complete"] is True
    assert document["stopped"] is None
    assert document["table"]["clips"] == len(made.frame)
    assert document["table"]["genres"] == list(GENRES)
    assert (document["seed"], document["quick"]) == (SEED, False)
    assert set(document["sections"]) == set(TITLES)
    assert all(protocol["run"] for protocol in document["protocols"].values())
    assert str(made.out.parent) not in json.dumps(document) + made.page


def test_counts(made: Made) -> None:
    counts = made.figures["counts"]
    assert counts["clips"] == made.frame["label"].value_counts().to_dict()
    assert counts["sound"] == {"ambient": CLIPS - 1, "drone": CLIPS, "noise": CLIPS}
    assert counts["left_out"] == [{"filename": "ambient.00001.wav", "reason": "a copy of ambient.00000.wav"}]


def test_boxes(made: Made) -> None:
    boxes = made.figures["box-plots"]["boxes"]
    assert list(boxes) == ["tempo", "rms_mean", "spectral_centroid_mean", "chroma_stft_mean", "mfcc1_mean"]
    for column, by_genre in boxes.items():
        for genre, box in by_genre.items():
            (expected,) = boxplot_stats(made.frame.loc[made.labels == genre, column])
            assert box["median"] == pytest.approx(expected["med"])
            assert (box["q1"], box["q3"]) == pytest.approx((expected["q1"], expected["q3"]))
            assert (box["low"], box["high"]) == pytest.approx((expected["whislo"], expected["whishi"]))
            assert sorted(box["outliers"]) == pytest.approx(sorted(expected["fliers"]))


def test_means(made: Made) -> None:
    means = made.figures["means"]
    expected = made.frame.groupby("label")[list(TABLE_COLUMNS)].mean()
    for column in TABLE_COLUMNS:
        assert means["means"][column] == pytest.approx(expected[column].to_dict())
    # Eta squared is another form of the F of an analysis of variance.
    varying = [column for column in TABLE_COLUMNS if column != "perceptr_mean"]
    f, _ = f_classif(made.frame[varying], made.labels)
    k, n = len(GENRES), len(made.frame)
    eta = f * (k - 1) / (f * (k - 1) + n - k)
    assert [means["between"][column] for column in varying] == pytest.approx(eta)
    assert means["between"]["perceptr_mean"] == 0.0


@pytest.mark.parametrize(
    ("which", "ending"), [("means", "_mean"), ("variances", "_var"), ("all", "")], ids=["means", "variances", "all"]
)
def test_correlations(made: Made, which: str, ending: str) -> None:
    matrix = made.figures["correlation"][which]
    names = [name for name in TABLE_COLUMNS if name.endswith(ending) and name != "perceptr_mean"]
    assert matrix["columns"] == names
    assert matrix["constant"] == ([] if which == "variances" else ["perceptr_mean"])
    np.testing.assert_allclose(matrix["values"], made.frame[names].corr().to_numpy(), atol=1e-9)


def test_redundancy(made: Made) -> None:
    redundancy = made.figures["redundancy"]
    correlations = made.frame[list(TABLE_COLUMNS)].corr()
    strong = {
        frozenset((first, second))
        for first in TABLE_COLUMNS
        for second in TABLE_COLUMNS
        if first < second and abs(correlations.loc[first, second]) >= 0.9
    }
    assert frozenset(("spectral_centroid_mean", "rolloff_mean")) in strong
    assert {frozenset((pair["first"], pair["second"])) for pair in redundancy["pairs"]} == strong
    assert {name for family in redundancy["families"] for name in family} == {name for pair in strong for name in pair}


def test_nothing_redundant_is_said_to_be_so(tmp_path: Path) -> None:
    frame, path = small_frame(), tmp_path / "unrelated.csv"
    frame.assign(rolloff_mean=frame["tempo"] % 0.37).to_csv(path, index=False)
    redundancy = find_redundancy(measure_correlations(read_table(path)).all)
    assert redundancy.pairs == redundancy.families == ()
    assert show_redundancy(redundancy).conclusions == (
        "No two of the 57 columns that vary are correlated at ±0.9 or beyond.",
    )


def test_pca(made: Made) -> None:
    train, _ = made.fold
    assert list(made.figures["pca"]) == ["mfcc_means", "mfcc_variances"]
    for block, statistic in (("mfcc_means", "mean"), ("mfcc_variances", "var")):
        figures = made.figures["pca"][block]
        names = [f"mfcc{index}_{statistic}" for index in range(1, 21)]
        values = made.frame[names].to_numpy()
        everything = PCA().fit(values)
        np.testing.assert_allclose(figures["explained"], everything.explained_variance_ratio_, atol=1e-9)
        np.testing.assert_allclose(
            figures["explained_in_training"], PCA(2).fit(values[train]).explained_variance_ratio_, rtol=1e-9
        )
        weights = everything.components_[0] ** 2
        assert figures["leading_column"] == names[int(weights.argmax())]
        assert figures["leading_weight"] == pytest.approx(weights.max())
        points = np.concatenate([figures["points"][genre] for genre in GENRES])
        assert np.abs(points) == pytest.approx(np.abs(PCA(2).fit_transform(values)))
