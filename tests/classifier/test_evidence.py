"""Reasons are true of the sound, of the voter that they come from, and of the tags that are shown beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from classifier.analysis import Listener, analyze
from classifier.audio import decode
from classifier.evidence import ABSENT_TAG, ACOUSTIC_TRAITS, LEAST_WEIGHT, MOST_EVIDENCE, weigh_evidence
from classifier.level import LEVEL_FREE_NAMES
from classifier.measure import measure
from classifier.options import DecodeOptions
from classifier.tag_statistics import STATISTICS, TAG_STATISTIC_NAMES, summarize_tags, tag_column
from classifier.tags import LEAST_TAG, TAG_NAMES, strongest_tags
from classifier.windows import Window

FloatArray = npt.NDArray[np.float64]

USUAL = 0.04
"""Probability of every tag in the training table of these tests."""


def taggram(**named: float) -> FloatArray:
    """Two patches of one window, with `USUAL` for the tags that are not named."""
    return np.tile([named.get(name.replace(" ", "_"), USUAL) for name in TAG_NAMES], (2, 1))


def reasons_of_tags(contributions: Mapping[str, float], *taggrams: FloatArray) -> list[str]:
    """Give the reasons from the tags of some windows, which all speak alike for the genre."""
    columns = TAG_STATISTIC_NAMES
    weights = np.array([contributions.get(column, 0.0) for column in columns])
    evidence = weigh_evidence(
        np.tile(weights, (len(taggrams), 1)),
        np.stack([summarize_tags(each) for each in taggrams]),
        summarize_tags(taggram()),
        columns,
    )
    return [reason.text for reason in evidence]


def reasons_of_features(contributions: Mapping[str, float], above: Mapping[str, float]) -> list[str]:
    """Give the reasons from features that lie so much above their medians; the others lie on them."""
    weights, values = (
        np.array([[numbers.get(column, 0.0) for column in LEVEL_FREE_NAMES]]) for numbers in (contributions, above)
    )
    return [reason.text for reason in weigh_evidence(weights, values, np.zeros(values.shape[1]), LEVEL_FREE_NAMES)]


# Tags


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (0.6, ["a sound that people tag “blues”"]),
        (LEAST_TAG + 0.001, ["a sound that people tag “blues”"]),
        (LEAST_TAG - 0.001, []),
        (USUAL + 0.01, []),
        (USUAL, []),
        (0.001, ["hardly anything that people tag “blues”"]),
    ],
)
def test_a_tag_is_a_reason_only_where_there_is_much_or_hardly_any_of_it(heard: float, words: list[str]) -> None:
    assert reasons_of_tags({tag_column("blues", name): 0.2 for name in STATISTICS}, taggram(blues=heard)) == words


def test_a_tag_that_is_passed_over_leaves_its_place_to_the_next_reason() -> None:
    contributions = {tag_column("female vocalist", "mean_log"): 3.0}
    contributions |= {tag_column("guitar", "p50"): 1.0}
    assert reasons_of_tags(contributions, taggram(female_vocalist=0.04, guitar=0.4)) == [
        "a sound that people tag “guitar”"
    ]


def test_in_a_file_of_two_styles_the_words_follow_the_mean_that_is_shown() -> None:
    blues, techno = taggram(blues=0.5), taggram(blues=0.0001, House=0.9)
    # The mean of the logarithms says that there is less blues than usual, the mean probability says much more.
    rows = np.stack([summarize_tags(blues), summarize_tags(techno)])
    assert rows.mean(axis=0)[TAG_STATISTIC_NAMES.index(tag_column("blues", "mean_log"))] < np.log(USUAL)
    assert dict(strongest_tags(np.concatenate([blues, techno]).mean(axis=0)))["blues"] > 2 * LEAST_TAG
    for statistic in STATISTICS:
        reasons = reasons_of_tags({tag_column("blues", statistic): 1.0}, blues, techno)
        assert reasons == ["a sound that people tag “blues”"]


def test_tags_of_one_name_are_one_reason() -> None:
    contributions = {tag_column(tag, "p50"): 1.0 for tag in ("female vocalist", "female vocalists")}
    heard = taggram(female_vocalist=0.3, female_vocalists=0.2)
    assert reasons_of_tags(contributions, heard) == ["a sound that people tag “female vocals”"]


def test_a_tag_does_not_speak_by_what_is_missing_of_its_namesake() -> None:
    contributions = {tag_column("electro", "p50"): 3.0, tag_column("electronic", "p50"): 1.0}
    (reason,) = weigh_evidence(
        np.array([[contributions.get(column, 0.0) for column in TAG_STATISTIC_NAMES]]),
        summarize_tags(taggram(electronic=0.5, electro=0.001))[np.newaxis],
        summarize_tags(taggram()),
        TAG_STATISTIC_NAMES,
    )
    assert (reason.text, reason.weight) == ("a sound that people tag “electronic”", 0.25)


@given(
    npst.arrays(np.float64, (2, 2, len(TAG_NAMES)), elements=st.floats(0, 1)),
    npst.arrays(np.float64, (2, len(TAG_STATISTIC_NAMES)), elements=st.floats(-1, 1)),
    npst.arrays(np.float64, (1, len(TAG_NAMES)), elements=st.floats(0, 1)),
)
def test_no_reason_contradicts_the_tags_that_are_shown(
    taggrams: FloatArray, contributions: FloatArray, usual: FloatArray
) -> None:
    rows = np.stack([summarize_tags(each) for each in taggrams])
    evidence = weigh_evidence(contributions, rows, summarize_tags(usual), TAG_STATISTIC_NAMES)
    heard = dict(strongest_tags(np.concatenate(taggrams).mean(axis=0), len(TAG_NAMES)))
    assert len(evidence) <= MOST_EVIDENCE
    for reason in evidence:
        assert LEAST_WEIGHT <= reason.weight <= 1.0
        name = reason.text.split("“")[1].rstrip("”")
        if reason.text.startswith("a sound"):
            assert heard[name] >= LEAST_TAG - 1e-9
        else:
            assert heard[name] <= ABSENT_TAG + 1e-9


# Features


BRIGHTNESS = ACOUSTIC_TRAITS[0].columns


@pytest.mark.parametrize(
    ("above", "words"),
    [
        (dict.fromkeys(BRIGHTNESS, 1.0), "a bright sound with much treble"),
        (dict.fromkeys(BRIGHTNESS, -1.0), "a dark sound with little treble"),
        ({BRIGHTNESS[0]: 1.0, BRIGHTNESS[1]: 1.0, BRIGHTNESS[2]: 1.0, BRIGHTNESS[3]: -1.0}, "how bright its sound is"),
    ],
)
def test_a_trait_of_many_columns_has_a_direction_only_where_they_agree(above: dict[str, float], words: str) -> None:
    assert reasons_of_features({BRIGHTNESS[3]: 2.0, BRIGHTNESS[0]: -0.5}, above) == [words]


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_tone_colour_has_no_direction(side: float) -> None:
    above = {f"mfcc{number}_mean": side for number in range(1, 21)}
    assert reasons_of_features({"mfcc7_mean": 1.0}, above) == ["its tone colour"]


@pytest.mark.parametrize(("tempo", "words"), [(5.0, "a quick beat"), (-5.0, "a slow beat"), (0.0, "the speed of its")])
def test_what_is_as_usual_is_neither_much_nor_little(tempo: float, words: str) -> None:
    (reason,) = reasons_of_features({"tempo": 1.0}, {"tempo": tempo})
    assert reason.startswith(words)


def test_every_feature_that_is_voted_on_belongs_to_one_trait() -> None:
    columns = [column for trait in ACOUSTIC_TRAITS for column in trait.columns]
    assert sorted(columns) == sorted(LEVEL_FREE_NAMES)


def test_what_speaks_against_the_genre_is_no_reason() -> None:
    assert reasons_of_features({"tempo": -1.0}, {"tempo": 5.0}) == []
    assert reasons_of_features({}, {}) == []


# With the model that ships


def test_only_the_first_genre_of_the_explained_voter_has_reasons(
    listener: Listener, make_song: Callable[..., npt.NDArray[np.float32]]
) -> None:
    model = listener.model
    row = measure(make_song(5), listener.network).row()[np.newaxis]
    explained = [genre for genre in model.manifest.genres if model.explain(row, genre).evidence]
    assert len(explained) == 1


def test_a_file_of_two_genres_is_not_explained_by_what_its_tags_deny(
    clip_of: Callable[[str], Path], write_wav: Callable[..., Path], listener: Listener
) -> None:
    options = DecodeOptions()
    halves = [decode(clip_of(name), options).samples(Window(0.0, 30.0)) for name in ("blues.00000", "metal.00000")]
    analysis = analyze(write_wav(np.concatenate(halves)), listener, options)
    assert len(analysis.audio.heard) == 2
    assert all(tag.probability >= LEAST_TAG for tag in analysis.tags)
    reasons = {reason.text for reason in analysis.why.evidence}
    assert not reasons & {f"hardly anything that people tag “{tag.name}”" for tag in analysis.tags}
