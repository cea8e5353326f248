"""The figures as tables, for the page and the model card."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from typing import Final

from classifier.training.evaluation.figures import Figures
from classifier.training.evaluation.intervals import Interval, Share
from classifier.training.evaluation.result import Evaluation, RecipeFigures, SeedFigures
from classifier.training.evaluation.robustness import Robustness
from classifier.training.evaluation.scores import Scores
from classifier.training.evaluation.unheard import SURE, UnheardFigures
from classifier.training.evaluation.verdicts import VerdictFigures
from classifier.training.evaluation.yardsticks import LEAST_FOR_GOALS, PUBLISHED
from classifier.training.explore.document import Cell, Column, Table, cells, listing, share, shown
from classifier.training.explore.reports import Confusion, confusion_table

NOTHING: Final = "–"
"""Where there is no figure."""

SCORES: Final = ("accuracy", "macro_f1", "top3", "log_loss", "ece")
"""Fields of `Scores` that are measured and not counted."""


def extent(interval: Interval | None) -> str:
    """Return the ends of an interval of shares, such as ``0.74–0.84``."""
    return NOTHING if interval is None else f"{interval.low:.2f}–{interval.high:.2f}"


def fraction(part: Share) -> str:
    """Return a share as percents with its counts, such as ``79 % (230 of 290)``."""
    value = part.value
    return NOTHING if value is None else f"{percents(value)} ({part.count} of {part.of})"


def percents(value: float) -> str:
    """Return a share as percents, with a decimal only where rounding would make it all or nothing."""
    whole = f"{value:.0%}"
    exact = value in (0.0, 1.0)
    return (whole if exact or whole not in ("0%", "100%") else f"{value:.1%}").replace("%", "\N{NO-BREAK SPACE}%")


def extent_in_percents(interval: Interval | None) -> str:
    """Return the ends of an interval of shares as percents, such as ``74–84 %``."""
    if interval is None:
        return NOTHING
    return f"{interval.low * 100:.0f}–{interval.high * 100:.0f}\N{NO-BREAK SPACE}%"


def protocol_rows(figures: RecipeFigures) -> list[tuple[str, Figures]]:
    """Name the protocols that a recipe was measured by, in order.

    Parameters
    ----------
    figures
        Of one recipe.

    Returns
    -------
    list of tuple
        Name and figures; without the mean over random splits.
    """
    named = {
        "notebook split": figures.notebook_split,
        "training folds": figures.training_folds,
        "fault-filtered": figures.fault_filtered,
        "artist-grouped": figures.artist_grouped,
    }
    return [(name, each) for name, each in named.items() if each is not None]


def protocol_table(evaluation: Evaluation) -> Table:
    """Lay out all recipes by all protocols.

    Parameters
    ----------
    evaluation
        What was found.

    Returns
    -------
    Table
    """
    columns = (
        Column("Recipe", "text"),
        Column("Protocol", "text"),
        *map(Column, ("Accuracy", "95 %", "by artist", "Macro-F1", "95 %", "Top-3", "Log loss", "ECE", "by chance")),
        Column("Clips"),
    )
    rows: list[tuple[Cell, ...]] = []
    for recipe in evaluation.recipes:
        for name, figures in protocol_rows(recipe):
            strong = recipe.recipe == evaluation.headline and name == "fault-filtered"
            by_artist = figures.artist_intervals
            texts = (
                name,
                share(figures.accuracy),
                extent(figures.intervals["accuracy"]),
                extent(by_artist["accuracy"]) if by_artist else NOTHING,
                share(figures.macro_f1),
                extent(figures.intervals["macro_f1"]),
                share(figures.top3),
                share(figures.log_loss),
                share(figures.ece),
                extent(figures.calibrated_ece),
                f"{figures.clips_train}/{figures.clips_test}",
            )
            rows.append(tuple(Cell(text, strong=strong) for text in (recipe.recipe, *texts)))
            if name == "notebook split":
                rows.append(_random_row(recipe))
    return Table(
        "All recipes by all protocols; the headline in bold. 95 %: of the accuracy by Wilson, of macro-F1 by "
        "resampling clips; by artist: by resampling whole artists. By chance: the ECE that a perfectly calibrated "
        "model would show on as many clips in 95 of 100 cases. Random splits: mean of the splits, and the lowest and "
        "highest of them. Clips: learnt from/predicted.",
        columns,
        tuple(rows),
    )


def mean_over(splits: Sequence[Scores]) -> tuple[Scores, dict[str, Interval]]:
    """Return the mean of each score over several splits, and its range.

    Parameters
    ----------
    splits
        At least one.

    Returns
    -------
    mean : Scores
    ranges : dict of Interval
        By score, from the lowest to the highest.
    """
    values = {name: [float(getattr(scores, name)) for scores in splits] for name in SCORES}
    mean = Scores(
        **{name: sum(each) / len(each) for name, each in values.items()},
        clips_train=splits[0].clips_train,
        clips_test=splits[0].clips_test,
    )
    return mean, {name: Interval(min(each), max(each)) for name, each in values.items()}


def _random_row(recipe: RecipeFigures) -> tuple[Cell, ...]:
    mean, ranges = mean_over(recipe.random_splits)
    return cells(
        recipe.recipe,
        f"{len(recipe.random_splits)} random splits",
        share(mean.accuracy),
        extent(ranges["accuracy"]),
        NOTHING,
        share(mean.macro_f1),
        extent(ranges["macro_f1"]),
        share(mean.top3),
        share(mean.log_loss),
        share(mean.ece),
        NOTHING,
        f"{mean.clips_train}/{mean.clips_test}",
    )


def published_table(figures: Figures, headline: str) -> Table:
    """Lay out published accuracies on the test list with ours among them.

    Parameters
    ----------
    figures
        Of the headline recipe on the fault-filtered split.
    headline
        Its name.

    Returns
    -------
    Table
        Ascending.
    """
    ours = (f"Genre Bot, {headline}", figures.accuracy, extent(of_new_music(figures)["accuracy"]), "this run")
    others = [(each.system, each.accuracy, NOTHING, each.source) for each in PUBLISHED]
    rows = tuple(
        tuple(Cell(text, strong=entry is ours) for text in (entry[0], share(entry[1]), *entry[2:]))
        for entry in sorted([*others, ours], key=lambda entry: entry[1])
    )
    heading = "95 %" if figures.artist_intervals is None else "95 %, by artist"
    columns = (Column("System", "text"), Column("Accuracy"), Column(heading), Column("Source", "text"))
    return Table("Beside published accuracies on the fault-filtered test list.", columns, rows)


def of_new_music(figures: Figures) -> dict[str, Interval]:
    """Return the intervals to believe about new music: those by artist, where artists are known."""
    return figures.intervals if figures.artist_intervals is None else figures.artist_intervals


def seed_table(seeds: SeedFigures) -> Table:
    """Lay out what the same recipe reaches when it is fitted with other seeds.

    Parameters
    ----------
    seeds
        Of the headline recipe.

    Returns
    -------
    Table
        A row a seed, and their median.
    """
    names = ("accuracy", "log_loss", "ece")
    rows = [
        cells(str(seed), *(share(getattr(scores, name)) for name in names))
        for seed, scores in zip(seeds.seeds, seeds.scores, strict=True)
    ]
    medians = (statistics.median(getattr(scores, name) for scores in seeds.scores) for name in names)
    rows.append(tuple(Cell(text, strong=True) for text in ("median", *map(share, medians))))
    return Table(
        "The headline recipe fitted with other seeds, each fit graded by the test list.",
        (Column("Seed", "text"), Column("Accuracy"), Column("Log loss"), Column("ECE")),
        tuple(rows),
    )


def genre_table(figures: Figures) -> Table:
    """Lay out precision, recall and F1 by genre, the worst first.

    Parameters
    ----------
    figures
        By any protocol.

    Returns
    -------
    Table
    """
    ranked = sorted(figures.genres.items(), key=lambda item: (not item[1].clips, item[1].f1))
    rows = tuple(
        cells(
            shown(genre),
            share(scores.f1) if scores.clips else NOTHING,
            extent(scores.f1_interval),
            share(scores.precision),
            extent(scores.precision_interval),
            share(scores.recall) if scores.clips else NOTHING,
            extent(scores.recall_interval),
            str(scores.clips),
        )
        for genre, scores in ranked
    )
    headings = ("F1", "95 %", "Precision", "95 %", "Recall", "95 %", "Clips")
    return Table("By genre, the worst known first.", (Column("Genre", "text"), *map(Column, headings)), rows)


def confusions(confusion: Confusion) -> Table:
    """Lay out the confusion matrix in clips."""
    return confusion_table(confusion, caption="Clips by true genre (rows) and by the genre that they were given.")


def reliability_table(figures: Figures) -> Table:
    """Lay out the bins of the reliability curve."""
    rows = tuple(
        cells(
            f"{each.low:.2f}–{each.high:.2f}",
            str(each.clips),
            share(each.confidence),
            share(each.accuracy),
            extent(each.interval),
        )
        for each in figures.reliability
    )
    headings = ("Answers", "Mean probability", "Right", "95 %")
    return Table(
        "Answers by the probability of their first genre.",
        (Column("Probability", "text"), *map(Column, headings)),
        rows,
    )


def verdict_table(verdicts: dict[str, VerdictFigures]) -> Table:
    """Lay out what became of each verdict."""
    meanings = {"clear": "first genre", "close_call": "one of the first two", "unsure": "nothing; first genre"}
    rows = tuple(
        cells(
            verdict,
            fraction(figures.given),
            meanings[verdict],
            fraction(figures.right),
            extent_in_percents(figures.right.interval),
            NOTHING if figures.promised is None else percents(figures.promised),
        )
        for verdict, figures in verdicts.items()
    )
    columns = (
        Column("Verdict", "text"),
        Column("Answers"),
        Column("Promises", "text"),
        Column("Kept"),
        Column("95 %"),
        Column("In training"),
    )
    return Table(
        "Verdicts on the test list by a gate that was fitted inside the training clips; in training: on the clips "
        "that it was fitted on.",
        columns,
        rows,
    )


def unheard_table(unheard: Iterable[UnheardFigures]) -> Table:
    """Lay out what is said of genres that were left out."""
    rows = []
    for each in unheard:
        called = sorted(each.called.items(), key=lambda item: -item[1])[:2]
        rows.append(
            cells(
                shown(each.genre),
                *(bare(each.given[verdict]) for verdict in ("clear", "close_call", "unsure")),
                bare(each.surely_wrong),
                f"{each.highest:.2f}",
                str(each.surely_wrong.of),
                listing([f"{shown(genre)} {count}" for genre, count in called]) if called else NOTHING,
            )
        )
    headings = ("clear", "close call", "unsure", f"clear at {percents(SURE)}", "Highest", "Clips")
    return Table(
        "Each genre left out of the training in turn: verdicts on its clips, none of which can be right.",
        (Column("Left out", "text"), *map(Column, headings), Column("Mostly called", "text")),
        tuple(rows),
    )


def robustness_table(robustness: Robustness) -> Table:
    """Lay out how often a changed copy gets the same answer."""
    rows = tuple(
        cells(
            each.variant,
            str(each.unchanged.of),
            bare(each.unchanged),
            extent_in_percents(each.unchanged.interval),
            percents(each.required),
            NOTHING if each.unchanged.of < LEAST_FOR_GOALS else "yes" if each.met else "no",
            fraction(each.still_right),
        )
        for each in robustness.variants
    )
    columns = (
        Column("Copy", "text"),
        Column("Clips"),
        Column("Unchanged"),
        Column("95 %"),
        Column("Goal"),
        Column("Met", "text"),
        Column("Right and still right"),
    )
    return Table(
        "First genre of a changed copy beside that of the file itself. Goals are judged on "
        f"{LEAST_FOR_GOALS} clips or more.",
        columns,
        rows,
    )


def bare(part: Share) -> str:
    """Return a share in percent, without what it is a share of."""
    return NOTHING if part.value is None else percents(part.value)
