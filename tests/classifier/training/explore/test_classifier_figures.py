"""What a report says of the classifiers, against direct computation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sklearn.metrics
from sklearn.ensemble import RandomForestClassifier, VotingClassifier
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier
from xgboost import XGBClassifier

from classifier.training.dataset import TABLE_COLUMNS, read_artists, read_split, read_table
from classifier.training.evaluate import artist_grouped, notebook_split, score
from classifier.training.explore import grid_search
from classifier.training.explore.comparison import compare
from classifier.training.explore.importance import XGBOOST, ablation_recipes
from classifier.training.explore.models import reduced_names, reduction
from classifier.training.explore.protocols import PROTOCOLS, figures_by, protocols_for
from classifier.training.fit import predict_fold
from classifier.training.groups import artist_groups
from classifier.training.recipes import NOTEBOOK
from tests.classifier.training.explore.made import GRID, SEED, SMALL, Made
from tests.classifier.training.explore.tables import GENRES


@pytest.mark.parametrize(
    ("name", "classifier"),
    [
        ("decision tree", DecisionTreeClassifier(random_state=SEED)),
        ("random forest", RandomForestClassifier(random_state=SEED)),
        ("naive Bayes, scaled", make_pipeline(StandardScaler(), GaussianNB())),
        ("SGD, scaled", make_pipeline(StandardScaler(), SGDClassifier(random_state=SEED))),
    ],
)
def test_base_classifiers(made: Made, name: str, classifier: Any) -> None:
    train, test = made.fold
    rows = made.reduced()
    predicted = classifier.fit(rows[train], made.labels[train]).predict(rows[test])
    expected = sklearn.metrics.classification_report(made.labels[test], predicted, output_dict=True, zero_division=0.0)
    base = made.figures["base-classifiers"]
    assert base["figures"][name][PROTOCOLS[0]]["accuracy"] == pytest.approx(expected["accuracy"])
    assert base["figures"][name][PROTOCOLS[0]]["macro_f1"] == pytest.approx(expected["macro avg"]["f1-score"])
    for genre in GENRES:
        scores = base["reports"][name][genre]
        assert (scores["precision"], scores["recall"], scores["f1"], scores["clips"]) == pytest.approx(
            tuple(expected[genre][key] for key in ("precision", "recall", "f1-score", "support"))
        )


def test_all_seven_base_classifiers_are_run_by_all_protocols(made: Made) -> None:
    base = made.figures["base-classifiers"]
    seven = {"random forest", "SVC", "decision tree", "XGBoost", "SGD", "naive Bayes", "k-NN"}
    scaled = {"SVC, scaled", "SGD, scaled", "naive Bayes, scaled", "k-NN, scaled"}
    assert set(base["figures"]) == set(base["reports"]) == seven | scaled
    for by_protocol in base["figures"].values():
        assert [figure["clips_test"] for figure in by_protocol.values()] == [6, 15, len(made.frame) - 1]


def test_the_vote_is_what_evaluate_measures(made: Made) -> None:
    table, artists, split = read_table(made.features), read_artists(made.artists), read_split(made.splits)
    # `fault_filtered` itself also fits a gate, for which this table has too few artists.
    train, test = (np.flatnonzero([name in part for name in table.filenames]) for part in (split.train, split.test))
    expected = (
        notebook_split(SMALL, table, artists=artists, seed=SEED),
        score(predict_fold(SMALL, table, artist_groups(table, artists), (train, test), seed=SEED)),
        artist_grouped(SMALL, table, artists, seed=SEED),
    )
    figures = made.figures["vote"]
    for protocol, scores in zip(PROTOCOLS, expected, strict=True):
        figure = figures["figures"][protocol]
        assert (figure["accuracy"], figure["macro_f1"]) == pytest.approx((scores.accuracy, scores.macro_f1))
        assert (figure["clips_train"], figure["clips_test"]) == (scores.clips_train, scores.clips_test)
        confusion = np.array(figures["confusions"][protocol]["clips"])
        assert np.trace(confusion) / confusion.sum() == pytest.approx(scores.accuracy)
    assert made.figures["ablation"]["figures"]["vote, all columns"] == figures["figures"]
    compared, ablation = made.figures["comparison"]["figures"], made.figures["ablation"]["figures"]
    assert compared["voting classifier"] == figures["figures"]
    assert compared["vote without length"] == ablation["vote, all but length"]


def test_the_leak_is_shown_as_the_notebook_has_it(made: Made) -> None:
    train, test = made.fold
    leaking = reduction(SEED).fit_transform(made.rows)
    voting = SMALL.vote.build(SEED).fit(leaking[train], made.labels[train])
    figure = made.figures["vote"]["leaking"]
    assert figure["accuracy"] == pytest.approx(voting.score(leaking[test], made.labels[test]))
    assert set(made.figures["vote"]["other_splits"]) == {"2", "3", "4", "5", "6"}


def test_importance_and_the_ablations_columns(made: Made) -> None:
    train, test = made.fold
    rows, codes = made.reduced(), np.searchsorted(GENRES, made.labels)
    xgboost = XGBClassifier(learning_rate=0.3, max_depth=3, n_estimators=10, n_jobs=1, random_state=SEED)
    gains = xgboost.fit(rows[train], codes[train]).feature_importances_
    names = [name for name in TABLE_COLUMNS if not name.startswith("mfcc")]
    names += ["mfcc_means_pc1", "mfcc_means_pc2", "mfcc_variances_pc1", "mfcc_variances_pc2"]
    assert reduced_names() == tuple(names)
    order = np.argsort(-gains, kind="stable")
    assert list(made.figures["importance"]["gains"]) == [names[index] for index in order]
    assert list(made.figures["importance"]["gains"].values()) == pytest.approx(gains[order].tolist())

    ablation = made.figures["ablation"]
    assert ablation["top"] == [names[index] for index in order[:15]]
    assert ablation["rest"] == [names[index] for index in order[15:]]
    kept = {
        "top 15 only": np.sort(order[:15]),
        "the other 7 only": np.sort(order[15:]),
        "all but length": np.flatnonzero(np.array(names) != "length"),
    }
    for described, columns in kept.items():
        voting = VotingClassifier(SMALL.vote.build(SEED).estimators, voting="soft")
        accuracy = voting.fit(rows[train][:, columns], made.labels[train]).score(
            rows[test][:, columns], made.labels[test]
        )
        assert ablation["figures"][f"vote, {described}"][PROTOCOLS[0]]["accuracy"] == pytest.approx(accuracy)


def test_the_grid_search_is_scikit_learns(made: Made) -> None:
    train, _ = made.fold
    codes = np.searchsorted(GENRES, made.labels)
    xgboost = XGBClassifier(n_jobs=1, random_state=SEED, subsample=1.0, colsample_bytree=1.0)
    pipeline = make_pipeline(reduction(SEED), xgboost)
    points = {f"xgbclassifier__{name}": values for name, values in GRID.items()}
    search = GridSearchCV(pipeline, points, cv=3).fit(made.rows[train], codes[train])
    expected = {
        (point["xgbclassifier__learning_rate"], point["xgbclassifier__n_estimators"]): (mean, deviation)
        for point, mean, deviation in zip(
            search.cv_results_["params"],
            search.cv_results_["mean_test_score"],
            search.cv_results_["std_test_score"],
            strict=True,
        )
    }
    candidates = made.figures["grid-search"]["searches"][PROTOCOLS[0]]["candidates"]
    assert len(candidates) == 4
    for candidate in candidates:
        scores = (candidate["accuracy"], candidate["deviation"])
        assert scores == pytest.approx(expected[candidate["learning_rate"], candidate["n_estimators"]])
    assert candidates[0]["accuracy"] == pytest.approx(search.best_score_)


def test_the_notebooks_grid() -> None:
    points = grid_search.grid()
    assert len(set(points)) == 27
    assert NOTEBOOK.vote.boosting in points
    assert grid_search.FOLDS == 3


def test_the_published_figure_of_xgboost_is_met_on_the_notebooks_split(shared_data: Path) -> None:
    table = read_table(shared_data / "gtzan" / "features_30_sec.csv")
    protocols = protocols_for(table, artists=None, split=None, seed=1)
    (recipe,) = (recipe for recipe in ablation_recipes() if recipe.name == XGBOOST)
    figures = figures_by([recipe], protocols, jobs=1, say=lambda _: None)[XGBOOST]
    assert figures[PROTOCOLS[0]] is not None
    assert figures[PROTOCOLS[0]].accuracy == pytest.approx(0.75, abs=0.02)
    assert compare(table.sha256, figures, figures, figures, shared=0).same_table
