"""A temperature makes a vote as sure as it is right, and changes nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import KFold, cross_val_predict

from classifier.calibration import CalibratedVote, scale
from classifier.training.fit import TEMPERATURES, fit_temperature

RANDOM = np.random.default_rng(0)
LABELS = RANDOM.integers(0, 3, 300)
ROWS = np.eye(3)[LABELS] + RANDOM.normal(size=(300, 3))


@given(
    rows=st.lists(st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4).filter(any), min_size=1, max_size=5),
    temperature=st.floats(*TEMPERATURES),
)
@settings(max_examples=100, deadline=None)
def test_the_order_stays_and_rows_sum_to_one(rows: list[list[float]], temperature: float) -> None:
    votes = np.array(rows)
    scaled = scale(votes, temperature)
    assert np.isfinite(scaled).all()
    np.testing.assert_allclose(scaled.sum(axis=1), 1.0)
    for before, after in zip(votes, scaled, strict=True):
        assert (np.diff(after[np.argsort(before)]) >= 0.0).all()


def test_a_temperature_of_one_changes_nothing() -> None:
    votes = RANDOM.dirichlet(np.ones(10), size=50)
    np.testing.assert_allclose(scale(votes, 1.0), votes, rtol=1e-12)


def test_it_is_scikit_learns_temperature() -> None:
    folds = list(KFold(5, shuffle=True, random_state=0).split(ROWS))
    reference = CalibratedClassifierCV(LogisticRegression(C=1e3), method="temperature", ensemble=False, cv=folds).fit(
        ROWS, LABELS
    )
    votes = cross_val_predict(LogisticRegression(C=1e3), ROWS, LABELS, cv=folds, method="predict_proba")
    ours = CalibratedVote(LogisticRegression(C=1e3).fit(ROWS, LABELS), fit_temperature(votes, LABELS))
    np.testing.assert_allclose(ours.predict_proba(ROWS), reference.predict_proba(ROWS), atol=1e-3)
    assert ours.classes_.tolist() == [0, 1, 2]


@pytest.mark.parametrize("true_temperature", [0.6, 1.7, 3.0])
def test_a_known_miscalibration_is_undone(true_temperature: float) -> None:
    honest = RANDOM.dirichlet(np.ones(5), size=20_000)
    labels = (honest.cumsum(axis=1) < RANDOM.random((20_000, 1))).sum(axis=1)
    spoilt = scale(honest, 1.0 / true_temperature)
    temperature = fit_temperature(spoilt, labels)
    assert temperature == pytest.approx(true_temperature, rel=0.05)
    assert log_loss(labels, scale(spoilt, temperature)) <= log_loss(labels, spoilt)


def test_a_few_clips_that_all_are_right_do_not_make_it_certain() -> None:
    votes = np.full((6, 3), 0.2) + 0.4 * np.eye(3)[[0, 1, 2, 0, 1, 2]]
    assert fit_temperature(votes, np.array([0, 1, 2, 0, 1, 2])) >= TEMPERATURES[0]
