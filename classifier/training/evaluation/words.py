"""What the figures say, in sentences; every number in them is computed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from classifier.training.evaluation.figures import Figures
from classifier.training.evaluation.intervals import RESAMPLES, Share
from classifier.training.evaluation.result import Evaluation
from classifier.training.evaluation.robustness import Robustness
from classifier.training.evaluation.tables import extent, extent_in_percents, fraction, mean_over, percents
from classifier.training.evaluation.unheard import SURE, UnheardFigures
from classifier.training.evaluation.variants import Kind
from classifier.training.evaluation.verdicts import VerdictFigures
from classifier.training.evaluation.yardsticks import CLEAR_GOAL, ECE_GOAL, PUBLISHED, TEST_CLIPS, WITHHELD_GOAL
from classifier.training.explore.document import count, listing, share, shown
from classifier.training.explore.reports import worst_mistakes
from classifier.training.music_detector import DetectorScores

WORST_GENRES: Final = 3
"""Genres that are named as the worst known."""

WORST_MISTAKES: Final = 4
"""Confusions that are named."""


def how_good(evaluation: Evaluation) -> str:
    """Say in one sentence how good the headline recipe is, by the most honest protocol that was run."""
    chosen = evaluation.chosen
    if chosen.fault_filtered is not None:
        figures, heard = chosen.fault_filtered, f"On {figures_clips(chosen.fault_filtered)} by artists never heard"
    elif chosen.artist_grouped is not None:
        figures, heard = chosen.artist_grouped, f"On {figures_clips(chosen.artist_grouped)} by artists held out"
    else:
        figures = chosen.notebook_split
        heard = f"On {figures_clips(figures)} of a random split, which flatters,"
    by_artist = figures.artist_intervals
    interval = extent_in_percents(figures.intervals["accuracy"])
    if by_artist is not None:
        interval += f"; {extent_in_percents(by_artist['accuracy'])} when whole artists are resampled"
    return (
        f"{heard}, the recipe {evaluation.headline} names the right genre for {percents(figures.accuracy)} "
        f"({interval}) and has it among its first three for {percents(figures.top3)}."
    )


def figures_clips(figures: Figures) -> str:
    """Return how many clips were predicted, with their noun."""
    return count(figures.clips_test, "clip")


def where_it_fails(figures: Figures) -> tuple[str, ...]:
    """Name the worst known genres and the most frequent confusions."""
    worst = sorted(figures.genres.items(), key=lambda item: item[1].f1)[:WORST_GENRES]
    genres = listing([f"{shown(genre)} (F1 {scores.f1:.2f})" for genre, scores in worst])
    mistakes = worst_mistakes(figures.confusion, WORST_MISTAKES)
    sentences = [f"Worst known: {genres}."]
    if mistakes:
        named = listing(
            [f"{shown(true)} called {shown(given)} ({clips} of {of})" for true, given, clips, of in mistakes]
        )
        sentences.append(f"Most frequent mistakes: {named}.")
    return tuple(sentences)


def beside_published(figures: Figures) -> str:
    """Say which published figures lie below, within and above the interval."""
    interval = figures.intervals["accuracy"]
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
    caveat = (
        ""
        if figures.clips_test == TEST_CLIPS
        else f" They are of the published list of {TEST_CLIPS} clips; this run's has {figures.clips_test}."
    )
    return f"With {share(figures.accuracy)} on {figures_clips(figures)}: {'; '.join(named)}.{caveat}"


def flattery(evaluation: Evaluation) -> tuple[str, ...]:
    """Put the random splits beside the honest protocols, and say which clips took part."""
    sentences = []
    for recipe in evaluation.recipes:
        mean, ranges = mean_over(recipe.random_splits)
        honest = [
            f"{share(figures.accuracy)} {name}"
            for name, figures in (("fault-filtered", recipe.fault_filtered), ("artist-grouped", recipe.artist_grouped))
            if figures is not None
        ]
        beside = f", beside {' and '.join(honest)}" if honest else ""
        sentence = (
            f"{recipe.recipe}: {share(recipe.notebook_split.accuracy)} on the notebook's random split, "
            f"{share(mean.accuracy)} ({extent(ranges['accuracy'])}) over {len(recipe.random_splits)} of them{beside}."
        )
        if recipe.clips < evaluation.data.clips:
            sentence += (
                f" Tags are known for {recipe.clips} of the {count(evaluation.data.clips, 'clip')} only: its random "
                "splits and its artist-grouped folds are of those, not of all."
            )
        sentences.append(sentence)
    return tuple(sentences)


def calibration(figures: Figures) -> tuple[str, ...]:
    """Say how far confidence and accuracy are apart, and what chance explains of it."""
    low, high = figures.calibrated_ece.low, figures.calibrated_ece.high
    met = "met" if figures.ece <= ECE_GOAL else "missed"
    explained = "is no sign that the probabilities are off" if figures.ece <= high else "is more than chance explains"
    return (
        f"The expected calibration error is {figures.ece:.3f}; the goal of {ECE_GOAL:g} is {met}.",
        f"On as few clips, a perfectly calibrated model would show {low:.3f} to {high:.3f} in 95 of 100 cases, so this "
        f"{explained}. Resampled clips give {extent(figures.intervals['ece'])}: resampling adds to it, as bins get "
        "noisier.",
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
    withheld = together.withheld
    goal = "met" if (withheld.value or 0.0) > WITHHELD_GOAL else "missed"
    sure = "met" if together.surely_wrong.count == 0 else "missed"
    return (
        f"Of {count(withheld.of, 'clip')} of a genre that the model was never taught, {_share(withheld)} end as close "
        f"call or unsure; the goal of more than {percents(WITHHELD_GOAL)} is {goal}.",
        f"{_share(together.surely_wrong)} ({together.surely_wrong.count}) are called clear at {percents(SURE)} or "
        f"more, though none can be right; the goal of none is {sure}.",
    )


def music_or_not(detector: DetectorScores) -> tuple[str, ...]:
    """Say how well music is told from other sounds."""
    worst = max(detector.accepted.items(), key=lambda item: item[1], default=None)
    sentences = [
        f"On artists and sounds held out, the area under the ROC curve is {detector.auroc:.3f} "
        f"({count(detector.clips, 'clip')} of music, {count(detector.sounds, 'other sound')}); "
        f"{percents(detector.music_refused)} of the music is refused."
    ]
    if worst is not None:
        sentences.append(f"Most often taken for music: {shown(worst[0])}, {percents(worst[1])}.")
    return tuple(sentences)


def robustness_in_short(robustness: Robustness) -> tuple[str, ...]:
    """Say how far the answer withstands changes of the sound."""
    missed = [each for each in robustness.variants if not each.met]
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
    else:
        sentences.append("All goals are met.")
    if by_kind:
        sentences.append(f"All copies of a kind together: {listing(by_kind)}.")
    sentences.append(
        f"{count(robustness.held_out, 'file')} of the train list were voted on by a model that held their artist out, "
        f"the other {robustness.files - robustness.held_out} by the model of the whole list; "
        f"{fraction(robustness.right)} of those with a label are right as they are."
    )
    if robustness.on_test_list:
        sentences.append(f"Clips of the test list among the files: {robustness.on_test_list}.")
    if robustness.left_out:
        sentences.append(
            "Left out: " + " ".join(f"{shown(each.filename)} ({each.reason})" for each in robustness.left_out)
        )
    return tuple(sentences)


def data_and_faults(evaluation: Evaluation) -> tuple[str, ...]:
    """Say what the table and its lists hold, and how blanks and copies are treated."""
    data = evaluation.data
    sizes = sorted(set(data.genres.values()))
    each = str(sizes[0]) if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}"
    sentences = [
        f"{count(data.clips, 'clip')} of {len(data.genres)} genres, {each} each; tags are known for {data.tagged}."
    ]
    copies = [entry for entry in data.left_out if entry.reason.startswith("a copy")]
    labels = [entry for entry in data.left_out if entry not in copies]
    sentences.append(
        f"Identical rows: {count(len(copies), 'clip')} that repeat another one and {count(len(labels), 'clip')} that "
        "stand under two labels"
        + (f" ({listing([shown(entry.filename) for entry in labels[:6]])})" if labels else "")
        + ". The artist-grouped protocol leaves them out; in the random splits they stay, as in the notebook."
    )
    if data.artists is not None:
        artists = data.artists
        sentences.append(
            f"{count(artists.artists, 'artist')}, capitals disregarded; most clips: {shown(artists.most)}, "
            f"{artists.most_clips}. {count(artists.blank, 'clip')} without an artist: each counts as an artist of its "
            f"own, unless its row is a copy, which joins it to its twin. That makes {artists.groups} groups that no "
            "fold parts. If some blanks are in truth one artist, folds part them: the figures are then a little rosy."
        )
    if data.lists is not None:
        lists = data.lists
        sentence = (
            f"Lists: {lists.train} clips to train, {lists.valid} to validate (not used), {lists.test} to test, "
            f"{lists.on_none} on none of them."
        )
        if lists.test_groups is not None:
            sentence += (
                f" The test list has {lists.test_groups} artists, {lists.blank_in_test} of them blank; "
                f"artists or copies on both lists: {lists.shared}."
            )
        sentences.append(sentence)
    return tuple(sentences)


def protocols() -> tuple[str, ...]:
    """Say what each protocol is."""
    return (
        "Random splits: five stratified ones of 80 to 20, the first with the notebook's own random state. Clips of one "
        "artist, and copies, stand on both sides, so they flatter; they are here to compare with the notebook.",
        "Fault-filtered: fitted on the published train list, graded by the published test list, which shares no artist "
        "with it and leaves faulty clips out. This is the headline.",
        "Artist-grouped: cross-validation in up to five folds over all clips but copies, each artist in one fold only.",
    )


def discipline(evaluation: Evaluation) -> tuple[str, ...]:
    """Say what was chosen on what, and how often the test list was read."""
    chosen = evaluation.chosen
    sentences = [
        "Nothing is chosen on the test list. Features, parameters, blending, calibration, gate and music detector come "
        "from artist-grouped folds inside the training clips. In the code, what is tuned sees only the training "
        "clips; the test list is sealed: it grades finished models and gives out neither rows nor predictions."
    ]
    if evaluation.readings:
        grades = sum(reading.startswith("grade") for reading in evaluation.readings)
        sentences.append(
            f"This run read it {len(evaluation.readings)} times: to grade {count(grades, 'recipe')} once each, and for "
            f"{count(len(evaluation.readings) - grades, 'genre')} left out of the training."
        )
    if chosen.training_folds is not None and chosen.fault_filtered is not None:
        sentences.append(
            f"What choices rest on: in the folds inside the training clips, {evaluation.headline} reaches "
            f"{share(chosen.training_folds.accuracy)} at a log loss of {share(chosen.training_folds.log_loss)}; on the "
            f"test list {share(chosen.fault_filtered.accuracy)} at {share(chosen.fault_filtered.log_loss)}."
        )
    sentences.append(
        f"Intervals are of 95 %: percentiles of {RESAMPLES} bootstrap samples of clips, and of whole artists where no "
        "artist is on both sides; those of counted shares are Wilson's. The wider one, by artist, is the one to "
        "believe about new music: clips of one artist are not independent. "
        f"Seed {evaluation.seed}; the same files and seed give the same figures."
    )
    return tuple(sentences)


def summary(evaluation: Evaluation) -> tuple[str, ...]:
    """Say in one minute how good it is and where it fails."""
    chosen = evaluation.chosen
    best = chosen.fault_filtered or chosen.artist_grouped or chosen.notebook_split
    sentences = [how_good(evaluation), *where_it_fails(best)]
    if chosen.fault_filtered is not None:
        sentences.append(beside_published(chosen.fault_filtered))
    if evaluation.verdicts is not None:
        clear = evaluation.verdicts["clear"]
        sentences.append(
            f"It calls {_share(clear.given)} of its answers clear, and of those {_interval(clear.right)} are right."
        )
    if chosen.fault_filtered is not None:
        sentences.append(calibration(chosen.fault_filtered)[0])
    if evaluation.unheard is not None:
        sentences += unheard_in_short(evaluation.unheard)
    if evaluation.music_detector is not None:
        sentences.append(music_or_not(evaluation.music_detector)[0])
    if evaluation.robustness is not None:
        sentences += robustness_in_short(evaluation.robustness)[:2]
    return tuple(sentences)


def _share(part: Share) -> str:
    return "none" if part.value is None else percents(part.value)


def _of_answers(part: Share) -> str:
    return f"{fraction(part)} of the answers" if part.of else "no answers"


def _interval(part: Share) -> str:
    return "none" if part.value is None else f"{percents(part.value)} ({extent_in_percents(part.interval)})"
