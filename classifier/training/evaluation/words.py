"""What the figures say, in sentences; every number in them is computed."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Final

from classifier.training.evaluation.figures import Figures
from classifier.training.evaluation.intervals import Share
from classifier.training.evaluation.result import Evaluation, MusicFigures, SeedFigures
from classifier.training.evaluation.robustness import Robustness
from classifier.training.evaluation.scores import TOP
from classifier.training.evaluation.tables import (
    extent,
    extent_in_percents,
    fraction,
    mean_over,
    of_new_music,
    percents,
)
from classifier.training.evaluation.unheard import SURE, UnheardFigures
from classifier.training.evaluation.variants import Kind
from classifier.training.evaluation.verdicts import VerdictFigures
from classifier.training.evaluation.yardsticks import CLEAR_GOAL, ECE_GOAL, LEAST_FOR_GOALS, PUBLISHED, WITHHELD_GOAL
from classifier.training.explore.document import count, listing, share, shown
from classifier.training.explore.reports import worst_mistakes
from classifier.training.sound_kinds import SoundScores

WORST_GENRES: Final = 3
"""Genres that are named as the worst known."""

WORST_MISTAKES: Final = 4
"""Confusions that are named."""


def how_good(evaluation: Evaluation) -> str:
    """Say in one sentence how good the headline recipe is, by the most honest protocol that was run."""
    figures = evaluation.chosen.best
    if figures is None:
        return f"Nothing is measured of the recipe {evaluation.headline} yet."
    interval = extent_in_percents(figures.intervals["accuracy"])
    if figures.artist_intervals is not None and figures.artists is not None:
        by_artist = extent_in_percents(figures.artist_intervals["accuracy"])
        interval += f"; {by_artist} when its {count(figures.artists, 'artist')} are resampled whole"
    first_three = f" and has it among its first three for {percents(figures.top3)}"
    return (
        f"On {figures_clips(figures)} {_whose_clips(evaluation)}, the recipe {evaluation.headline} names the right "
        f"genre for {percents(figures.accuracy)} ({interval})"
        # Of three genres or fewer, the right one is always there.
        f"{first_three if len(figures.genres) > TOP else ''}."
    )


def _whose_clips(evaluation: Evaluation) -> str:
    chosen, lists = evaluation.chosen, evaluation.data.lists
    if chosen.fault_filtered is None:
        return "by artists held out" if chosen.artist_grouped is not None else "of a random split, which flatters"
    if lists is None or lists.shared is None:
        return "of the test list, whose artists are not known"
    return "by artists never heard" if not lists.shared else "of the test list, some by artists of the train list"


def figures_clips(figures: Figures) -> str:
    """Return how many clips were predicted, with their noun."""
    return count(figures.clips_test, "clip")


def where_it_fails(figures: Figures) -> tuple[str, ...]:
    """Name the worst known genres and the most frequent confusions."""
    mistakes = worst_mistakes(figures.confusion, WORST_MISTAKES)
    if not mistakes:
        return (f"No genre is worst known: all {figures_clips(figures)} are given their own. More clips might tell.",)
    mistaken = [(genre, scores) for genre, scores in figures.genres.items() if scores.clips and scores.f1 < 1.0]
    worst = sorted(mistaken, key=lambda item: item[1].f1)[:WORST_GENRES]
    genres = listing([f"{shown(genre)} (F1 {scores.f1:.2f}, {count(scores.clips, 'clip')})" for genre, scores in worst])
    named = listing([f"{shown(true)} called {shown(given)} ({clips} of {of})" for true, given, clips, of in mistakes])
    return f"Worst known: {genres}.", f"Most frequent mistakes: {named}."


def beside_published(figures: Figures) -> str:
    """Say which published figures lie below, within and above the interval to believe."""
    interval = of_new_music(figures)["accuracy"]
    parts = {
        "better than": [each for each in PUBLISHED if each.accuracy < interval.low],
        "not clearly different from": [each for each in PUBLISHED if each.accuracy in interval],
        "worse than": [each for each in PUBLISHED if each.accuracy > interval.high],
    }
    named = [
        f"{words} {listing([f'{each.system} ({each.accuracy:.3f})' for each in systems])}"
        for words, systems in parts.items()
        if systems
    ]
    kind = "" if figures.artist_intervals is None else " by artist"
    return (
        f"With {share(figures.accuracy)} ({extent(interval)}{kind}) on {figures_clips(figures)}: {'; '.join(named)}. "
        "The published ones are of the same clips, and so no more certain."
    )


def flattery(evaluation: Evaluation) -> tuple[str, ...]:
    """Put the random splits beside the honest protocols, and say which clips took part."""
    sentences = []
    for recipe in evaluation.recipes:
        if recipe.notebook_split is None:
            continue
        mean, ranges = mean_over(recipe.random_splits)
        honest = [
            f"{share(figures.accuracy)} {name}"
            for name, figures in (
                ("in the training folds", recipe.training_folds),
                ("fault-filtered", recipe.fault_filtered),
                ("artist-grouped", recipe.artist_grouped),
            )
            if figures is not None
        ]
        beside = f", beside {listing(honest)}" if honest else ""
        sentence = (
            f"{recipe.recipe}: {share(recipe.notebook_split.accuracy)} on the notebook's random split, "
            f"{share(mean.accuracy)} ({extent(ranges['accuracy'])}) over {len(recipe.random_splits)} of them{beside}."
        )
        if recipe.clips < evaluation.data.clips:
            sentence += (
                f" Tags are known for {recipe.clips} of the {count(evaluation.data.clips, 'clip')} only: its random "
                f"splits{' and its artist-grouped folds' if recipe.artist_grouped is not None else ''} are of those, "
                "not of all."
            )
        sentences.append(sentence)
    return tuple(sentences)


def calibration(figures: Figures) -> tuple[str, ...]:
    """Say how far confidence and accuracy are apart, and what chance explains of it."""
    low, high = figures.calibrated_ece.low, figures.calibrated_ece.high
    goal = _goal(f"the goal of {ECE_GOAL:g}", figures.ece <= ECE_GOAL, figures.clips_test)
    explained = "is no sign that the probabilities are off" if figures.ece <= high else "is more than chance explains"
    return (
        f"The expected calibration error is {figures.ece:.3f} on {figures_clips(figures)}; {goal}.",
        f"On as many clips, a perfectly calibrated model would show {low:.3f} to {high:.3f} in 95 of 100 cases, so "
        f"this {explained}.",
    )


def seeds_in_short(seeds: SeedFigures) -> str:
    """Say how much the figures owe to the seed of the fit."""
    names = {"accuracy": "an accuracy of", "log_loss": "a log loss of", "ece": "an ECE of"}
    parts = []
    for name, words in names.items():
        values = [float(getattr(scores, name)) for scores in seeds.scores]
        parts.append(f"{words} {statistics.median(values):.3f} ({min(values):.3f}–{max(values):.3f})")
    return (
        f"Fitted with {len(seeds.seeds)} seeds and graded by the test list each time: {listing(parts)}; median, lowest "
        "and highest."
    )


def verdict_meanings(verdicts: dict[str, VerdictFigures]) -> tuple[str, ...]:
    """Say how often each verdict is given and keeps its promise."""
    clear, close, unsure = verdicts["clear"], verdicts["close_call"], verdicts["unsure"]
    return (
        f"clear: {_of_answers(clear.given)}, of which {_interval(clear.right)} are right; the aim is "
        f"{percents(CLEAR_GOAL)}.",
        f"close_call: {_of_answers(close.given)}, of which {_interval(close.right)} have the right genre among the "
        f"first two and {_share(close.first_right)} have it first.",
        f"unsure: {_of_answers(unsure.given)}, of which {_interval(unsure.right)} are right; they promise nothing.",
    )


def unheard_in_short(unheard: Iterable[UnheardFigures]) -> tuple[str, ...]:
    """Say what becomes of genres that were never taught."""
    together: UnheardFigures | None = None
    for each in unheard:
        together = each if together is None else together + each
    if together is None:
        return ()
    withheld, sure = together.withheld, together.surely_wrong
    goal = _goal(
        f"the goal of more than {percents(WITHHELD_GOAL)}", (withheld.value or 0.0) > WITHHELD_GOAL, withheld.of
    )
    return (
        f"Of {count(withheld.of, 'clip')} of a genre that the model was never taught, {_share(withheld)} end as close "
        f"call or unsure; {goal}.",
        f"{_share(sure)} ({sure.count}) of them are called clear at {percents(SURE)} or more, though none can be "
        f"right; {_goal('the goal of none', sure.count == 0, sure.of)}.",
    )


def music_or_not(music: MusicFigures) -> tuple[str, ...]:
    """Say how well music is told from other sounds."""
    training, accepted = music.training, music.training.accepted
    passed = sum(accepted.values(), Share(0, 0))
    sentences = [
        f"Of music that the detector and its threshold never heard, {_of(music.refused, 'clip')} of the test list "
        f"({extent_in_percents(music.refused.interval)}) are refused as not music; of other sounds that it never "
        f"heard, {_of(passed, 'sound')} ({extent_in_percents(passed.interval)}) pass as music.",
        f"On {count(training.clips, 'clip')} of music by artists held out of the train list and "
        f"{count(training.sounds, 'other sound')}, held out too, the area under the ROC curve is {training.auroc:.3f}. "
        f"Where each fold is judged by the threshold of the other folds, {_of(training.music_refused, 'clip')} "
        f"({extent_in_percents(training.music_refused.interval)}) are refused.",
    ]
    worst = max(accepted.items(), key=lambda item: item[1].value or 0.0, default=None)
    if worst is not None and worst[1].count:
        sentences.append(f"Most often taken for music: {shown(worst[0])}, {_of(worst[1], 'sound')}.")
    return tuple(sentences)


def sound_kinds(sounds: SoundScores) -> tuple[str, ...]:
    """Say how often it is right what other sounds are called."""
    trusted = [kind for kind, found in sounds.found.items() if found.count]
    if not trusted:
        return ("What other sounds are like is not said: no kind of them is told apart surely enough.",)
    right = sum((sounds.right[kind] for kind in trusted), Share(0, 0))
    found = sum(sounds.found.values(), Share(0, 0))
    return (
        f"Of answers that name what other sounds are like ({listing([shown(kind) for kind in trusted])}), "
        f"{_interval(right)} are right on sounds that were never heard; {_share(found)} of the sounds are given their "
        "name. Of the rest it is said only that they are no music.",
        f"Of music, {_of(sounds.music_named, 'clip')} would be called such a sound if they were refused.",
        "These sounds are made in code, the speech by a synthesiser: on recordings, nobody measured it.",
    )


def robustness_in_short(robustness: Robustness) -> tuple[str, ...]:
    """Say how far the answer withstands changes of the sound."""
    judged = [each for each in robustness.variants if each.unchanged.of >= LEAST_FOR_GOALS]
    missed = [each for each in judged if not each.met]
    whole = [each for each in robustness.variants if each.kind is not Kind.CROP and each.unchanged.of]
    crops = [each for each in robustness.variants if each.kind is Kind.CROP and each.unchanged.of]
    parts = []
    for what, variants in (("louder, quieter, resampled or encoded copies", whole), ("parts of 15 s", crops)):
        if variants:
            worst = min(variants, key=lambda each: each.unchanged.value or 0.0)
            parts.append(f"{what} keep their first genre in {_share(worst.unchanged)} or more ({worst.variant})")
    sentences = [f"Of {count(robustness.files, 'file')}, {'; '.join(parts)}."] if parts else []
    pooled = {
        kind: sum((each.unchanged for each in robustness.variants if each.kind is kind), Share(0, 0)) for kind in Kind
    }
    by_kind = [f"{kind} {percents(part.value)}" for kind, part in pooled.items() if part.value is not None]
    if missed:
        sentences.append(f"Goals missed: {listing([each.variant for each in missed])}.")
    elif judged and len(judged) == len(robustness.variants):
        sentences.append("All goals are met.")
    if len(judged) < len(robustness.variants):
        few = f"{'Some' if judged else 'The'} copies are too few to judge the goals by"
        sentences.append(f"{few}: {LEAST_FOR_GOALS} of a kind are needed.")
    if by_kind:
        sentences.append(f"All copies of a kind together: {listing(by_kind)}.")
    sentences.append(
        f"{count(robustness.held_out, 'file')} of the train list were voted on by a model that held their artist out, "
        f"the other {robustness.files - robustness.held_out} by the model of the whole list; "
        f"{fraction(robustness.right)} of those with a label are right as they are."
    )
    if robustness.on_test_list:
        sentences.append(
            f"Clips of the test list among the files, predicted outside of its seal: {robustness.on_test_list}."
        )
    if robustness.left_out:
        sentences.append(
            "Left out: " + " ".join(f"{shown(each.filename)} ({each.reason})" for each in robustness.left_out)
        )
    return tuple(sentences)


def summary(evaluation: Evaluation) -> tuple[str, ...]:
    """Say in one minute how good it is and where it fails."""
    chosen = evaluation.chosen
    sentences = [how_good(evaluation)]
    if chosen.best is not None:
        sentences += where_it_fails(chosen.best)
    if chosen.fault_filtered is not None and has_published(evaluation):
        sentences.append(beside_published(chosen.fault_filtered))
    if evaluation.verdicts is not None:
        clear = evaluation.verdicts["clear"]
        sentences.append(
            f"It calls {_share(clear.given)} of its answers clear, and of those {_interval(clear.right)} are right."
        )
    if chosen.fault_filtered is not None:
        sentences.append(calibration(chosen.fault_filtered)[0])
    if evaluation.seeds is not None:
        sentences.append(seeds_in_short(evaluation.seeds))
    if evaluation.unheard is not None:
        sentences += unheard_in_short(evaluation.unheard)
    if evaluation.music_detector is not None:
        sentences.append(music_or_not(evaluation.music_detector)[0])
    if evaluation.robustness is not None:
        sentences += robustness_in_short(evaluation.robustness)[:2]
    return tuple(sentences)


def has_published(evaluation: Evaluation) -> bool:
    """Tell whether the lists are those that published figures are about."""
    return evaluation.data.lists is not None and evaluation.data.lists.published


def _goal(goal: str, met: bool, of: int) -> str:
    """Say whether a goal is met, or that too few clips were looked at to tell."""
    if of < LEAST_FOR_GOALS:
        return f"{goal} cannot be judged on so few: {LEAST_FOR_GOALS} are needed"
    return f"{goal} is {'met' if met else 'missed'}"


def _of(part: Share, noun: str) -> str:
    return f"{part.count} of {count(part.of, noun)}"


def _share(part: Share) -> str:
    return "none" if part.value is None else percents(part.value)


def _of_answers(part: Share) -> str:
    return f"{fraction(part)} of the answers" if part.of else "no answers"


def _interval(part: Share) -> str:
    return "none" if part.value is None else f"{percents(part.value)} ({extent_in_percents(part.interval)})"
