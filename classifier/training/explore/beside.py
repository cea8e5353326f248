"""Puts the figures of the notebook's split beside the published and the honest ones."""

from __future__ import annotations

from collections.abc import Mapping

from classifier.training.explore.charts import dots
from classifier.training.explore.document import Cell, Column, Picture, Table, share, shown
from classifier.training.explore.protocols import PROTOCOLS, Figure, clearly_below

Figures = Mapping[str, Mapping[str, Figure | None]]
"""By name of the classifier, then of the protocol."""


def figures_table(
    figures: Figures, *, caption: str, head: str = "Classifier", published: Mapping[str, str] | None = None
) -> Table:
    """Lay out figures, one row a classifier, with all protocols beside each other.

    Parameters
    ----------
    figures
        What `figures_by` returned.
    caption
        Of the table.
    head
        Above the names.
    published
        By name, what the notebook prints; no such column by default.

    Returns
    -------
    Table
    """
    if any(figure is None for by_protocol in figures.values() for figure in by_protocol.values()):
        caption += "; a dash where nothing was measured"
    rows = []
    for name, by_protocol in figures.items():
        row = [Cell(shown(name))]
        if published is not None:
            row.append(Cell(published.get(name, "–")))
        for protocol in PROTOCOLS:
            figure = by_protocol[protocol]
            row += (
                [Cell("–"), Cell("–")]
                if figure is None
                else [Cell(share(figure.accuracy)), Cell(share(figure.macro_f1))]
            )
        rows.append(tuple(row))
    extra = [] if published is None else [Column("Published")]
    columns = (Column(head, "text"), *extra, *(Column(name) for _ in PROTOCOLS for name in ("Accuracy", "Macro-F1")))
    spans = (("", 1 + len(extra)), *((protocol.capitalize(), 2) for protocol in PROTOCOLS))
    return Table(caption, columns, tuple(rows), spans)


def figures_picture(figures: Figures, *, caption: str) -> Picture:
    """Draw the accuracies of `figures_table` as dots.

    Parameters
    ----------
    figures
        What `figures_by` returned.
    caption
        Under the picture.

    Returns
    -------
    Picture
    """
    accuracies = {
        name: [None if figure is None else figure.accuracy for figure in by_protocol.values()]
        for name, by_protocol in figures.items()
    }
    best = max(figures, key=lambda name: accuracies[name][0] or 0.0)
    alt = (
        f"Accuracy of {len(figures)} classifiers by {len(PROTOCOLS)} protocols. The highest on the notebook split is "
        f"{best}, {share(accuracies[best][0] or 0.0)}; the table beside has all figures."
    )
    return Picture(dots(accuracies, PROTOCOLS, title="accuracy", alt=alt), caption)


def honest_loss(figures: Mapping[str, Figure | None]) -> tuple[str, Figure, Figure] | None:
    """Find the honest protocol to compare the notebook's split with.

    Parameters
    ----------
    figures
        Of one classifier, by protocol.

    Returns
    -------
    tuple of str and two Figures
        Name of the honest protocol (the fault-filtered one where it was run), the figure of the notebook's split and
        the honest one; None where no honest protocol was run.
    """
    flattering = figures[PROTOCOLS[0]]
    for name in PROTOCOLS[1:]:
        honest = figures[name]
        if flattering is not None and honest is not None:
            return name, flattering, honest
    return None


def loss_sentence(subject: str, figures: Mapping[str, Figure | None]) -> str:
    """Say what is left of an accuracy when artists are held out.

    Parameters
    ----------
    subject
        The classifier, at the beginning of a sentence.
    figures
        Its figures by protocol.

    Returns
    -------
    str
        One sentence that holds for whatever figures there are.
    """
    compared = honest_loss(figures)
    flattering = figures[PROTOCOLS[0]]
    if flattering is None:
        raise ValueError("the notebook's split can always be run")
    if compared is None:
        return (
            f"{subject} reaches {share(flattering.accuracy)} on the notebook's random split; how much of that is genre "
            "and how much is the artist cannot be told without an honest protocol beside it."
        )
    name, _, honest = compared
    before, after = share(flattering.accuracy), share(honest.accuracy)
    both = f"{before} on the notebook's random split and {after} by the {name} protocol"
    if clearly_below(honest, flattering):
        # Part of a fall may come from learning from less, which is to be told and not to be hidden.
        fewer = (
            f"; part of that may come from learning from {honest.clips_train} instead of {flattering.clips_train} clips"
            if honest.clips_train < 0.9 * flattering.clips_train
            else ""
        )
        return (
            f"{subject} reaches {both}: {share(flattering.accuracy - honest.accuracy)} is gone as soon as "
            f"no artist and no copy stands on both sides{fewer}."
        )
    if clearly_below(flattering, honest):
        return f"{subject} reaches {both}: the random split does not flatter it."
    return (
        f"{subject} reaches {both}; on {flattering.clips_test} and {honest.clips_test} predicted clips, "
        "the two cannot be told apart."
    )
