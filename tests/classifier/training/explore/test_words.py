"""Sentences, names and numbers as a report writes them, and the axes of its charts."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.training.explore.beside import loss_sentence
from classifier.training.explore.comparison import GTZAN_SHA256, compare, show_comparison
from classifier.training.explore.document import listing, number, shown
from classifier.training.explore.protocols import PROTOCOLS
from classifier.training.explore.svg import Scale, tick_label
from tests.classifier.training.explore.figures import figure


@pytest.mark.parametrize(
    ("random", "honest", "train", "expected"),
    [
        (
            (152, 200),
            (146, 290),
            443,
            "0.257 (95\N{NO-BREAK SPACE}% interval 0.171 to 0.335) is lost on lists that should share no artist and no "
            "copy; part of that may come from learning from 443 instead of 800 clips.",
        ),
        ((152, 200), (146, 290), 788, "is lost on lists that should share no artist and no copy."),
        ((152, 200), (215, 290), 443, "no clear difference (95\N{NO-BREAK SPACE}% interval -0.061 to +0.094)."),
        ((100, 200), (232, 290), 443, "the random split does not flatter it."),
        ((152, 200), None, 0, "cannot be told without an honest protocol beside it."),
        ((4, 4), None, 0, "reaches 1.000 (4 clips, 95\N{NO-BREAK SPACE}% interval 0.510 to 1.000) on"),
    ],
)
def test_the_sentence_on_the_loss_follows_the_figures(
    random: tuple[int, int], honest: tuple[int, int] | None, train: int, expected: str
) -> None:
    figures = dict.fromkeys(PROTOCOLS) | {PROTOCOLS[0]: figure(*random, train=800)}
    if honest is not None:
        figures[PROTOCOLS[1]] = figure(*honest, train=train)
    assert expected in loss_sentence("The vote", figures)


@pytest.mark.parametrize(
    ("same", "xgboost", "vote", "expected"),
    [
        (True, 150, 156, "agree with the notebook's as well as 200 clips can tell"),
        (True, 100, 156, "differ from the notebook's by more than chance explains"),
        (True, 150, 100, "differ from the notebook's by more than chance explains"),
        (False, 150, 156, "yardstick only"),
    ],
)
def test_the_sentence_on_the_published_figures_follows_the_figures(
    same: bool, xgboost: int, vote: int, expected: str
) -> None:
    none = dict.fromkeys(PROTOCOLS)
    comparison = compare(
        GTZAN_SHA256 if same else "0" * 64,
        none | {PROTOCOLS[0]: figure(xgboost, 200)},
        none | {PROTOCOLS[0]: figure(vote, 200)},
        none | {PROTOCOLS[0]: figure(vote, 200)},
        shared=0,
    )
    assert comparison.same_table is same
    assert any(expected in sentence for sentence in show_comparison(comparison, 0.1).conclusions)


def test_the_advice_is_on_the_vote_without_the_length_of_the_file() -> None:
    flattering, honest, without = figure(152, 200), figure(146, 290), figure(136, 290)
    vote = {PROTOCOLS[0]: flattering, PROTOCOLS[1]: honest, PROTOCOLS[2]: None}
    comparison = compare("0" * 64, vote, vote, vote | {PROTOCOLS[1]: without}, shared=2)
    _, advice, flattered, *_ = show_comparison(comparison, 0.1).conclusions
    assert "expect of such a vote 0.469 (290 clips, " in advice
    assert "not the 0.760 of the random split" in advice
    assert "without length" in advice
    assert flattered.startswith("2 artists or copies stand on both of the lists")


@given(st.text(max_size=80))
def test_a_name_is_shown_on_one_short_line(name: str) -> None:
    line = shown(name)
    assert 1 <= len(line) <= 40
    assert line.isprintable()


@given(st.floats(-1e300, 1e300))
def test_a_number_is_written_to_four_digits(value: float) -> None:
    assert float(number(value).replace(",", "")) == pytest.approx(value, rel=5.1e-4, abs=0.0)


def test_words_are_joined_as_a_sentence_does() -> None:
    assert [listing(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@given(
    low=st.floats(-1e38, 1e38),
    length=st.floats(0, 1e38),
    start=st.floats(0, 300),
    end=st.floats(301, 700),
)
@example(low=0.0, length=5e-324, start=0.0, end=301.0)
@example(low=2e-300, length=5e-324, start=0.0, end=301.0)
def test_an_axis_has_round_ticks_between_its_ends(low: float, length: float, start: float, end: float) -> None:
    scale = Scale(low, low + length, start, end)
    ticks = scale.ticks()
    slack = (scale.high - scale.low) * 1e-6
    assert 1 <= len(ticks) <= 7
    assert ((ticks >= scale.low - slack) & (ticks <= scale.high + slack)).all()
    labels = [tick_label(float(tick), ticks) for tick in ticks]
    assert all(math.isfinite(scale(float(tick))) for tick in ticks)
    assert not any(label in ("-0", "nan", "inf") for label in labels)
