"""Verdicts counted by hand, and what is said of genres that were never taught."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.gate import NEVER, Gate
from classifier.training.evaluation.intervals import Share
from classifier.training.evaluation.sealed import open_lists
from classifier.training.evaluation.selection import fit_inside
from classifier.training.evaluation.unheard import UnheardFigures, count_unheard
from classifier.training.evaluation.verdicts import JUDGED, count_verdicts, judge
from classifier.training.fit import HeldOut
from classifier.training.recipes import Recipe

GATE = Gate(
    clear_at=0.7,
    close_call_at=0.8,
    clear_precision=0.91,
    close_call_precision=0.93,
    clear_answers=50,
    close_call_answers=40,
    music_at=0.0,
)


def test_verdicts_by_hand() -> None:
    probabilities = np.array(
        [[0.9, 0.05, 0.05], [0.7, 0.2, 0.1], [0.1, 0.75, 0.15], [0.5, 0.4, 0.1], [0.45, 0.1, 0.45], [0.4, 0.3, 0.3]]
    )
    labels = np.array([0, 1, 1, 1, 1, 0])
    assert judge(GATE, probabilities).tolist() == ["clear"] * 3 + ["close_call"] * 2 + ["unsure"]
    figures = count_verdicts(GATE, HeldOut(probabilities, labels, ("a", "b", "c"), 1))
    clear, close, unsure = figures["clear"], figures["close_call"], figures["unsure"]
    assert (clear.given, clear.right, clear.promised) == (Share(3, 6), Share(2, 3), 0.91)
    # Of the two close calls, one has the right genre second and one third.
    assert (close.given, close.right, close.first_right, close.promised) == (
        Share(2, 6),
        Share(1, 2),
        Share(0, 2),
        0.93,
    )
    assert (unsure.given, unsure.right, unsure.promised) == (Share(1, 6), Share(1, 1), None)


def test_a_gate_that_is_never_sure_says_so() -> None:
    gate = Gate(NEVER, NEVER, 0.0, 0.0, 0, 0, 0.0)
    figures = count_verdicts(gate, HeldOut(np.eye(2), np.array([0, 1]), ("a", "b"), 1))
    assert [figures[verdict].given.count for verdict in JUDGED] == [0, 0, 2]
    assert figures["clear"].right.value is None


@given(seed=st.integers(0, 2**32 - 1), clips=st.integers(1, 40))
def test_every_answer_has_one_verdict(seed: int, clips: int) -> None:
    rng = np.random.default_rng(seed)
    held_out = HeldOut(rng.dirichlet(np.ones(4), clips), rng.integers(0, 4, clips), tuple("abcd"), 1)
    gate = Gate.fit(held_out.probabilities, held_out.labels, music_at=0.0)
    figures = count_verdicts(gate, held_out)
    assert sum(each.given.count for each in figures.values()) == clips
    assert sum(each.first_right.count for each in figures.values()) == int(
        (held_out.probabilities.argmax(axis=1) == held_out.labels).sum()
    )
    # On the answers that it was fitted on, a gate keeps exactly what it promises.
    for verdict in ("clear", "close_call"):
        if figures[verdict].given.count:
            assert figures[verdict].right.value == pytest.approx(figures[verdict].promised)


def test_a_genre_that_was_never_taught_is_never_named(world: Any, small: Recipe) -> None:
    training, sealed = open_lists(world.table, world.split, world.artists, small.features)
    fitted = fit_inside(small, training.without("drone"), 1)
    own, others = count_unheard(fitted, training.only("drone").table, "drone"), sealed.count_unheard(fitted, "drone")
    together = own + others
    assert (own.surely_wrong.of, others.surely_wrong.of) == (11, 5)
    assert sum(share.count for share in together.given.values()) == together.withheld.of == 16
    assert together.withheld.count == together.given["close_call"].count + together.given["unsure"].count
    assert "drone" not in together.called
    assert sum(together.called.values()) == 16
    probabilities = fitted.predict(training.only("drone").table)
    assert own.highest == probabilities.max()
    assert together.highest == max(own.highest, others.highest)


def test_sure_and_wrong_is_counted_by_hand() -> None:
    class Stub:
        gate = GATE
        held_out = HeldOut(np.eye(2), np.array([0, 1]), ("a", "b"), 1)

        def predict(self, clips: list[object]) -> np.ndarray:
            return np.array([[0.95, 0.05], [0.9, 0.1], [0.1, 0.9], [0.2, 0.8], [0.55, 0.45]])

    figures = count_unheard(Stub(), [None] * 5, "x")
    assert figures.surely_wrong == Share(3, 5)
    assert (figures.given["clear"], figures.withheld) == (Share(4, 5), Share(1, 5))
    assert figures.called == {"a": 3, "b": 2}


def test_no_clips_are_no_figures() -> None:
    figures = count_unheard(None, [], "x")
    assert figures == UnheardFigures(
        "x", {"clear": Share(0, 0), "close_call": Share(0, 0), "unsure": Share(0, 0)}, Share(0, 0), 0.0, {}
    )
