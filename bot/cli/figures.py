"""What ``evaluate`` prints: one table of all recipes by all protocols, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.table import Table

    from classifier.training.evaluation.intervals import Interval
    from classifier.training.evaluation.result import Evaluation, RecipeFigures
    from classifier.training.evaluation.robustness import Robustness
    from classifier.training.evaluation.scores import Scores

PROTOCOL_NOTES: Final = {
    "notebook split": "random 80 to 20, copies and all; it flatters: artists on both sides",
    "random splits": "mean of five such splits, the notebook's among them; lowest–highest",
    "training folds": "cross-validation inside the train list; recipes are chosen by it",
    "fault-filtered": "fitted on the train list, graded by the test list; the headline",
    "artist-grouped": "cross-validation that holds out whole artists, copies left out",
}
"""What each protocol means, by the name that the table gives it."""


def print_figures(evaluation: Evaluation) -> None:
    """Print an evaluation so that it fits 80 columns.

    Parameters
    ----------
    evaluation
        What was found.
    """
    from rich.console import Console

    from classifier.training.evaluation import words

    console = Console(highlight=False, soft_wrap=True, markup=False)
    console.print(figures_table(evaluation))
    run = {protocol for recipe in evaluation.recipes for protocol, _, _ in _rows(recipe)}
    for protocol, note in PROTOCOL_NOTES.items():
        if protocol in run:
            console.print(f"{protocol}: {note}", style="dim")
    console.print("ranges: 95 %, as if clips were independent; clips: learnt from/predicted\n", style="dim")
    wrapped = Console(highlight=False, markup=False)
    for sentence in (*words.summary(evaluation), *words.flattery(evaluation)):
        wrapped.print(f"- {sentence}")
    if evaluation.robustness is not None:
        console.print()
        console.print(robustness_table(evaluation.robustness))
    for sentence in evaluation.left_out:
        wrapped.print(f"- {sentence}")


def figures_table(evaluation: Evaluation) -> Table:
    """Lay out the figures, one row for each recipe and protocol.

    Parameters
    ----------
    evaluation
        What was found.

    Returns
    -------
    Table
        Ready for a rich console of 80 columns.
    """
    table = _plain_table("Recipe", "Protocol")
    for heading in ("Accuracy", "Macro-F1", "Top-3", "Loss", "ECE", "Clips"):
        table.add_column(heading, justify="right", no_wrap=True)
    for recipe in evaluation.recipes:
        for protocol, scores, ranges in _rows(recipe):
            table.add_row(
                recipe.recipe,
                protocol,
                f"{scores.accuracy:.3f} {_short(ranges['accuracy'])}",
                f"{scores.macro_f1:.3f} {_short(ranges['macro_f1'])}",
                f"{scores.top3:.3f}",
                f"{scores.log_loss:.3f}",
                f"{scores.ece:.3f}",
                f"{scores.clips_train}/{scores.clips_test}",
            )
        table.add_section()
    return table


def robustness_table(robustness: Robustness) -> Table:
    """Lay out how often a changed copy gets the same answer.

    Parameters
    ----------
    robustness
        What was found.

    Returns
    -------
    Table
        Ready for a rich console of 80 columns.
    """
    from classifier.training.evaluation import tables

    table = _plain_table("Copy")
    for heading in ("Clips", "Unchanged", "95 %", "Goal", "Met", "Right and still right"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in tables.robustness_table(robustness).rows:
        table.add_row(*(cell.text for cell in row))
    return table


def _plain_table(*headings: str) -> Table:
    from rich import box
    from rich.table import Table

    # Without rules or room between the columns, it fits the 80 columns of a plain terminal, pipe or log.
    table = Table(box=box.SIMPLE_HEAD, padding=0, show_edge=False)
    for heading in headings:
        table.add_column(heading, no_wrap=True)
    return table


def _rows(recipe: RecipeFigures) -> list[tuple[str, Scores, dict[str, Interval]]]:
    from classifier.training.evaluation.tables import mean_over, protocol_rows

    rows: list[tuple[str, Scores, dict[str, Interval]]] = [
        (name, figures, figures.intervals) for name, figures in protocol_rows(recipe)
    ]
    mean, ranges = mean_over(recipe.random_splits)
    return [rows[0], ("random splits", mean, ranges), *rows[1:]]


def _short(interval: Interval) -> str:
    # Without what all such numbers have in common: the zero before the point.
    return "–".join("1.0" if end >= 0.995 else f"{end:.2f}".removeprefix("0") for end in (interval.low, interval.high))
