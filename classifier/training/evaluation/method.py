"""What was measured on what, in sentences: the data, the protocols, and what nothing was chosen by."""

from __future__ import annotations

from collections import Counter

from classifier.training.evaluation.figures import Figures
from classifier.training.evaluation.intervals import RESAMPLES
from classifier.training.evaluation.result import Evaluation
from classifier.training.evaluation.sealed import Question
from classifier.training.evaluation.tables import protocol_rows
from classifier.training.explore.document import count, listing, share, shown


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
    grouped = evaluation.chosen.artist_grouped is not None
    left_out = "The artist-grouped protocol leaves them out. " if grouped else ""
    sentences.append(
        f"Identical rows: {count(len(copies), 'clip')} that repeat another one and {count(len(labels), 'clip')} that "
        "stand under two labels"
        + (f" ({listing([shown(entry.filename) for entry in labels[:6]])})" if labels else "")
        + f". {left_out}In the random splits they stay, as in the notebook."
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
            f"{'The published lists' if lists.published else 'Lists'}: {lists.train} clips to train, {lists.valid} to "
            f"validate (not used), {lists.test} to test, {lists.on_none} on none of them."
        )
        if lists.test_groups is not None:
            sentence += (
                f" The test list has {lists.test_groups} artists, {lists.blank_in_test} of them blank; "
                f"artists or copies on both lists: {lists.shared}."
            )
        sentences.append(sentence)
    return tuple(sentences)


def protocols(evaluation: Evaluation) -> tuple[str, ...]:
    """Say what each protocol is that was run."""
    chosen, lists = evaluation.chosen, evaluation.data.lists
    sentences = []
    if chosen.random_splits:
        sentences.append(
            f"Random splits: {len(chosen.random_splits)} stratified ones of 80 to 20, the first with the notebook's "
            "own random state. Clips of one artist, and copies, stand on both sides, so they flatter; they are here to "
            "compare with the notebook."
        )
    if chosen.training_folds is not None:
        sentences.append(
            "Training folds: cross-validation in up to five folds inside the train list, "
            f"{_kept_together(evaluation)}. Recipes are to be compared, and chosen, by these. The one number of a "
            "calibration is fitted on the same predictions, so the log loss and the ECE are a little rosy."
        )
    if chosen.fault_filtered is not None and lists is not None:
        what = "the published lists, which leave faulty clips out" if lists.published else "the lists of --splits"
        sentences.append(
            f"Fault-filtered: fitted on the train list and graded by the test list, by {what}. "
            f"{_shared(lists.shared)} This is the headline."
        )
    if chosen.artist_grouped is not None:
        sentences.append(
            "Artist-grouped: cross-validation in up to five folds over all clips but copies, each artist in one fold "
            "only."
        )
    return tuple(sentences)


def discipline(evaluation: Evaluation) -> tuple[str, ...]:
    """Say what was chosen on what, and how often the test list was read."""
    chosen = evaluation.chosen
    sentences = []
    if evaluation.data.lists is None:
        sentences.append(
            "No lists were given: no test list is sealed, and nothing here tells whether a recipe was chosen on these "
            f"very clips. Calibrations are fitted on folds inside the clips learnt from, {_kept_together(evaluation)}."
        )
    else:
        sentences.append(
            "Nothing is chosen on the test list. Calibration, gate and the threshold of the music detector come from "
            f"folds inside the train list, {_kept_together(evaluation)}; features and parameters are those of the "
            "recipe. In the code, what is fitted sees only the train list; the test list is sealed: it grades finished "
            "models and gives out neither rows nor predictions."
        )
    if evaluation.readings:
        sentences.append(_readings(evaluation))
    if evaluation.data.lists is not None:
        sentences += _outside_the_seal(evaluation)
    if chosen.training_folds is not None and chosen.fault_filtered is not None:
        sentences.append(
            f"What choices rest on: in the training folds, {evaluation.headline} reaches "
            f"{share(chosen.training_folds.accuracy)} at a log loss of {share(chosen.training_folds.log_loss)}; on the "
            f"test list {share(chosen.fault_filtered.accuracy)} at {share(chosen.fault_filtered.log_loss)}."
        )
    sentences.append(_intervals(evaluation))
    return tuple(sentences)


def _kept_together(evaluation: Evaluation) -> str:
    if evaluation.data.artists is None:
        return "which keep copies together, but not artists, as no list of artists was given"
    return "each artist in one fold only"


def _shared(artists: int | None) -> str:
    if artists is None:
        return "Whether artists stand on both is not known, as no list of artists was given."
    if not artists:
        return "No known artist stands on both."
    return f"{count(artists, 'artist or copy', 'artists or copies')} stand on both, which flatters."


def _readings(evaluation: Evaluation) -> str:
    asked = Counter(reading.question for reading in evaluation.readings)
    once_each = " once each" if asked[Question.GRADE] > 1 else ""
    uses = {
        Question.GRADE: f"to grade {count(asked[Question.GRADE], 'recipe')}{once_each}",
        Question.SEED: f"to grade {evaluation.headline} fitted with {count(asked[Question.SEED], 'other seed')}",
        Question.DETECTOR: "to count the music that the music detector refuses",
        Question.UNHEARD: f"for {count(asked[Question.UNHEARD], 'genre')} left out of the training",
    }
    return (
        f"Through the seal, this run read it {count(len(evaluation.readings), 'time')}: "
        f"{listing([use for question, use in uses.items() if asked[question]])}."
    )


def _outside_the_seal(evaluation: Evaluation) -> list[str]:
    """Say which clips of the test list are predicted by what is not a grade."""
    chosen, robustness, others = evaluation.chosen, evaluation.robustness, len(evaluation.recipes) > 1
    ways = []
    if chosen.random_splits:
        ways.append("the random splits draw from all clips and so from it")
    if chosen.artist_grouped is not None:
        ways.append(
            f"the artist-grouped folds of {evaluation.headline} predict {evaluation.unsealed} of its clips among their "
            f"{chosen.artist_grouped.clips_test}{' (those of the other recipes do likewise)' if others else ''}"
        )
    if robustness is not None and robustness.on_test_list:
        ways.append(f"{robustness.on_test_list} of the {count(robustness.files, 'file')} of the robustness are on it")
    if not ways:
        return []
    return [
        f"Its clips are seen outside the seal as well: {listing(ways)}. Those figures are there to be read, not to "
        "choose by; recipes are to be compared by the training folds."
    ]


def _intervals(evaluation: Evaluation) -> str:
    figures: list[Figures] = [each for recipe in evaluation.recipes for _, each in protocol_rows(recipe)]
    sentence = (
        "Intervals are of 95 %: those of accuracy and of counted shares by Wilson, the others percentiles of "
        f"{RESAMPLES} bootstrap samples of clips."
    )
    if any(each.artist_intervals is not None for each in figures):
        sentence += (
            " Where no artist is on both sides, whole artists are resampled too. That interval, by artist, is the one "
            "to believe about new music: clips of one artist are not independent."
        )
    return f"{sentence} Seed {evaluation.seed}; the same files and seed give the same figures."
