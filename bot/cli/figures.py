"""The table of figures that ``train`` and ``evaluate`` print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.table import Table

    from classifier.training.evaluate import Evaluation, Scores

PROTOCOL_NOTES: Final = {
    "notebook split": "random 80 to 20; it flatters, as clips of one artist stand on both sides",
    "fault-filtered": "published lists without repeated clips and artists; the headline",
    "artist-grouped": "cross-validation that holds out whole artists, copies left out",
}
"""What each protocol means, by the name that the table gives it."""


def figures_table(evaluations: Sequence[Evaluation]) -> Table:
    """Lay out the figures, one row for each recipe and protocol.

    Parameters
    ----------
    evaluations
        One for each recipe.

    Returns
    -------
    Table
        Ready for a rich console.
    """
    from rich import box
    from rich.table import Table

    # Without rules between the columns, it fits the 80 columns of a plain terminal, pipe or log.
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("Recipe", "Protocol"):
        table.add_column(heading, no_wrap=True)
    for heading in ("Accuracy", "Macro-F1", "Top-3", "Log loss", "ECE"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Clips", justify="right", overflow="fold")
    for evaluation in evaluations:
        for protocol, scores in _by_protocol(evaluation):
            table.add_row(
                evaluation.recipe,
                protocol,
                f"{scores.accuracy:.3f}",
                f"{scores.macro_f1:.3f}",
                f"{scores.top3:.3f}",
                f"{scores.log_loss:.3f}",
                f"{scores.ece:.3f}",
                f"{scores.clips_train}/{scores.clips_test}",
            )
        table.add_section()
    return table


def side_by_side(evaluation: Evaluation) -> str:
    """Put the figure of the notebook's own split beside the honest ones.

    Parameters
    ----------
    evaluation
        Of one recipe.

    Returns
    -------
    str
        One line with the accuracy of each protocol.
    """
    figures = (f"{scores.accuracy:.3f} {protocol}" for protocol, scores in _by_protocol(evaluation))
    return f"{evaluation.recipe} accuracy: {', '.join(figures)}"


def _by_protocol(evaluation: Evaluation) -> list[tuple[str, Scores]]:
    scores = (evaluation.notebook_split, evaluation.fault_filtered, evaluation.artist_grouped)
    return [(name, figures) for name, figures in zip(PROTOCOL_NOTES, scores, strict=True) if figures is not None]
