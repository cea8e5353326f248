"""Sentences and tables: in agreement with the figures, and silent on what was not run."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from classifier.training.dataset import Split, read_split
from classifier.training.evaluation import method, words
from classifier.training.evaluation.figures import figures_of
from classifier.training.evaluation.intervals import Interval, Share
from classifier.training.evaluation.result import Evaluation, SeedFigures
from classifier.training.evaluation.sound_tables import detector_table, sound_table
from classifier.training.evaluation.tables import (
    genre_table,
    mean_over,
    percents,
    protocol_table,
    published_table,
    robustness_table,
    seed_table,
)
from classifier.training.evaluation.yardsticks import PUBLISHED, is_published
from classifier.training.fit import HeldOut


def test_worst_genres_and_mistakes_come_first(evaluation: Evaluation) -> None:
    figures = evaluation.chosen.fault_filtered
    scores = [float(row[1].text) for row in genre_table(figures).rows]
    assert scores == sorted(scores)
    worst = min(figures.genres, key=lambda genre: figures.genres[genre].f1)
    assert words.where_it_fails(figures)[0].startswith(f"Worst known: {worst} (F1 ")


def test_published_figures_lie_below_within_or_above(evaluation: Evaluation) -> None:
    figures = evaluation.chosen.fault_filtered
    placed = dataclasses.replace(
        figures, accuracy=0.79, clips_test=290, intervals=figures.intervals | {"accuracy": Interval(0.745, 0.84)}
    )
    by_clip = dataclasses.replace(placed, artist_intervals=None)
    assert words.beside_published(by_clip).startswith(
        "With 0.790 (0.74–0.84) on 290 clips: better than MFCC + SVM (0.534); not clearly different from musicnn + SVM "
        "(0.772), VGGish + SVM (0.776) and MERT-330M, probed (0.793); worse than AST (0.855). "
    )
    # Clips of one artist are not independent: what the interval by clip rules out, that by artist does not.
    by_artist = dataclasses.replace(placed, artist_intervals={"accuracy": Interval(0.71, 0.864)})
    sentence = words.beside_published(by_artist)
    assert "MERT-330M, probed (0.793) and AST (0.855)." in sentence
    assert "0.790 (0.71–0.86 by artist)" in sentence
    assert "worse" not in sentence
    table = published_table(by_artist, "default")
    assert [row[0].text for row in table.rows][3] == "Genre Bot, default"
    assert (table.columns[2].heading, table.rows[3][2].text) == ("95 %, by artist", "0.71–0.86")
    assert len(table.rows) == len(PUBLISHED) + 1


def test_the_published_lists_are_known_by_their_clips(shared_data: Path) -> None:
    split = read_split(shared_data / "gtzan" / "splits")
    assert is_published(split)
    renamed = Split(*(frozenset(f"wav/{name}" for name in part) for part in dataclasses.astuple(split)))
    assert is_published(renamed)
    assert not is_published(dataclasses.replace(split, test=split.test - {min(split.test)}))


def test_what_is_said_of_the_protocols_is_what_was_run(evaluation: Evaluation, bare: Evaluation) -> None:
    everything = " ".join((*method.protocols(evaluation), *method.discipline(evaluation)))
    for part in (
        "Training folds:",
        "Fault-filtered:",
        "Artist-grouped:",
        "the test list is sealed",
        "No known artist stands",
    ):
        assert part in everything
    nothing = " ".join((*method.protocols(bare), *method.discipline(bare)))
    for part in ("Training folds", "Fault-filtered", "Artist-grouped", "is sealed: it", "headline", "by artist"):
        assert part not in nothing
    assert "No lists were given: no test list is sealed" in nothing
    assert "not artists, as no list of artists was given" in nothing
    assert evaluation.data.lists is not None
    for shared, sentence in ((None, "is not known, as no list of artists"), (3, "3 artists or copies stand on both")):
        lists = dataclasses.replace(evaluation.data.lists, shared=shared)
        other = dataclasses.replace(evaluation, data=dataclasses.replace(evaluation.data, lists=lists))
        assert sentence in " ".join(method.protocols(other))
        assert "by artists never heard" not in words.how_good(other)


def test_nothing_is_made_of_a_few_clips_that_are_all_right(evaluation: Evaluation) -> None:
    held_out = HeldOut(np.eye(3)[[0, 1, 2] * 6] * 0.94 + 0.02, np.array([0, 1, 2] * 6), ("a", "b", "c"), 40)
    figures = figures_of(held_out, seed=1)
    recipes = (dataclasses.replace(evaluation.chosen, fault_filtered=figures),)
    found = dataclasses.replace(evaluation, recipes=recipes)
    text = " ".join(words.summary(found)).replace("\N{NO-BREAK SPACE}", " ")
    assert "On 18 clips" in text
    assert "for 100 % (82–100 %)." in text
    assert "100–100" not in " ".join(cell.text for row in protocol_table(found).rows for cell in row)
    assert "No genre is worst known: all 18 clips are given their own." in text
    assert "Worst known:" not in text
    assert "the goal of 0.04 cannot be judged on so few: 100 are needed" in text
    assert "first three" not in text


def test_seeds_are_told_by_median_and_range(evaluation: Evaluation) -> None:
    one = evaluation.chosen.random_splits[0]
    scores = tuple(dataclasses.replace(one, accuracy=each, ece=each / 10) for each in (0.78, 0.81, 0.79))
    seeds = SeedFigures((1, 2, 3), scores)
    sentence = words.seeds_in_short(seeds)
    assert "Fitted with 3 seeds" in sentence
    assert "an accuracy of 0.790 (0.780–0.810)" in sentence
    assert "an ECE of 0.079 (0.078–0.081)" in sentence
    assert [row[1].text for row in seed_table(seeds).rows] == ["0.780", "0.810", "0.790", "0.790"]


def test_music_that_is_refused_is_counted_where_the_threshold_was_not_set(evaluation: Evaluation) -> None:
    music = evaluation.music_detector
    assert music is not None
    sentences = " ".join(words.music_or_not(music)).replace("\N{NO-BREAK SPACE}", " ")
    assert "1 of 20 clips of the test list (1–24 %) are refused" in sentences
    assert "5 of 30 sounds (7–34 %) pass as music" in sentences
    assert "2 of 44 clips (1–15 %) are refused" in sentences
    table = detector_table(music)
    assert [cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in table.rows[0]] == [
        *("speech", "20", "5", "25 %", "11–47 %"),
    ]


def test_what_other_sounds_are_called_is_told_by_how_often_it_is_right(evaluation: Evaluation) -> None:
    assert evaluation.music_detector is not None
    sounds = evaluation.music_detector.sounds
    sentences = " ".join(words.sound_kinds(sounds)).replace("\N{NO-BREAK SPACE}", " ")
    # What is right too seldom is not said, and counts for nothing but among the sounds that are not named.
    assert "are like (speech), 95 % (76–99 %) are right" in sentences
    assert "63 % of the sounds are given their name" in sentences
    assert "Of music, 1 of 44 clips would be called such a sound" in sentences
    rows = [[cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in sound_table(sounds).rows]
    assert rows == [
        ["noise", "10", "8", "80 %", "49–94 %", "–"],
        ["speech", "20", "19", "95 %", "76–99 %", "95 % (19 of 20)"],
    ]
    nothing = dataclasses.replace(sounds, found={"noise": Share(0, 10), "speech": Share(0, 20)})
    assert words.sound_kinds(nothing) == (
        "What other sounds are like is not said: no kind of them is told apart surely enough.",
    )


def test_goals_are_met_or_missed_by_the_figures(evaluation: Evaluation) -> None:
    figures = evaluation.chosen.fault_filtered
    good, bad = (
        dataclasses.replace(figures, ece=ece, calibrated_ece=Interval(0.02, 0.07), clips_test=290)
        for ece in (0.04, 0.08)
    )
    assert "goal of 0.04 is met" in words.calibration(good)[0]
    assert "no sign" in words.calibration(good)[1]
    assert "goal of 0.04 is missed" in words.calibration(bad)[0]
    assert "more than chance" in words.calibration(bad)[1]
    heard = evaluation.robustness
    assert heard is not None
    few = words.robustness_in_short(heard)
    assert few[1] == "The copies are too few to judge the goals by: 100 of a kind are needed."
    assert {row[5].text for row in robustness_table(heard).rows} == {"–"}
    variants = tuple(
        dataclasses.replace(each, unchanged=Share(10 * each.unchanged.count, 10 * each.unchanged.of))
        for each in heard.variants[:2]
    )
    many = dataclasses.replace(heard, variants=(*variants, heard.variants[2]))
    assert [row[5].text for row in robustness_table(many).rows] == ["yes", "no", "–"]
    assert words.robustness_in_short(many)[:3] == (
        "Of 10 files, louder, quieter, resampled or encoded copies keep their first genre in 90\N{NO-BREAK SPACE}% or "
        "more (mp3, 64 kbit/s); parts of 15 s keep their first genre in 88\N{NO-BREAK SPACE}% or more (last 15 s).",
        "Goals missed: mp3, 64 kbit/s.",
        "Some copies are too few to judge the goals by: 100 of a kind are needed.",
    )


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0 %"), (0.004, "0.4 %"), (0.12, "12 %"), (0.996, "99.6 %"), (1.0, "100 %")]
)
def test_percents_never_round_to_all_or_nothing(value: float, text: str) -> None:
    assert percents(value) == text.replace(" ", "\N{NO-BREAK SPACE}")


def test_mean_over_splits_by_hand(evaluation: Evaluation) -> None:
    one = evaluation.chosen.random_splits[0]
    mean, ranges = mean_over([dataclasses.replace(one, accuracy=each) for each in (0.5, 0.7, 0.9)])
    assert mean.accuracy == pytest.approx(0.7)
    assert ranges["accuracy"] == Interval(0.5, 0.9)
    assert (mean.clips_train, mean.clips_test) == (one.clips_train, one.clips_test)
