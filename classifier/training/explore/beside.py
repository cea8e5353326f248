"""Puts the figures of the notebook's split beside the published and the honest ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from classifier.training.evaluation.intervals import Interval
from classifier.training.explore.charts import dots
from classifier.training.explore.document import Cell, Column, Picture, Table, count, share, shown
from classifier.training.explore.figure import Figure
from classifier.training.explore.protocols import PROTOCOLS
from classifier.training.explore.significance import clearly_below, difference

Figures = Mapping[str, Mapping[str, Figure | None]]
"""By name of the classifier, then of the protocol; all classifiers by the same protocols."""

INTERVAL: Final = "95\N{NO-BREAK SPACE}% interval"


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
    names = list(next(iter(figures.values())))
    measured = {name: [figure for by in figures.values() if (figure := by[name]) is not None] for name in names}
    headings = {name: _headings(measured[name]) for name in names}
    rows = []
    for classifier, by_protocol in figures.items():
        row = [Cell(shown(classifier))]
        if published is not None:
            row.append(Cell(published.get(classifier, "–")))
        for name, figure in by_protocol.items():
            written = _written(figure)
            row += [Cell(written.get(heading, "–")) for heading in headings[name]]
        rows.append(tuple(row))
    extra = [] if published is None else [Column("Published")]
    columns = (Column(head, "text"), *extra, *(Column(heading) for name in names for heading in headings[name]))
    spans = (("", 1 + len(extra)), *((_span(name, measured[name]), len(headings[name])) for name in names))
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
    names = tuple(next(iter(figures.values())))
    best = max(figures, key=lambda name: accuracies[name][0] or 0.0)
    alt = (
        f"Accuracy of {len(figures)} classifiers by {len(names)} protocols. The highest on the notebook split is "
        f"{best}, {share(accuracies[best][0] or 0.0)}; the table beside has all figures."
    )
    return Picture(dots(accuracies, names, title="accuracy", alt=alt), caption)


def told(figure: Figure) -> str:
    """Write an accuracy with what it rests on.

    Parameters
    ----------
    figure
        Of one classifier by one protocol.

    Returns
    -------
    str
        Such as ``0.503 (290 clips of 124 artists, 95 % interval 0.446 to 0.561, by artist 0.386 to 0.615)``.
    """
    clips = count(figure.clips_test, "clip")
    interval = f"{INTERVAL} {_from_to(figure.interval)}"
    if figure.artists is not None and figure.artist_interval is not None:
        clips += f" of {count(figure.artists, 'artist')}"
        interval += f", by artist {_from_to(figure.artist_interval)}"
    return f"{share(figure.accuracy)} ({clips}, {interval})"


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
            f"{subject} reaches {told(flattering)} on the notebook's random split; how much of that is genre "
            "and how much is the artist cannot be told without an honest protocol beside it."
        )
    name, _, honest = compared
    both = (
        f"{subject} reaches {told(flattering)} on the notebook's random split and {told(honest)} by the {name} protocol"
    )
    if clearly_below(honest, flattering):
        # Part of a fall may come from learning from less, which is to be told and not to be hidden.
        fewer = (
            f"; part of that may come from learning from {honest.clips_train} instead of {flattering.clips_train} clips"
            if honest.clips_train < 0.9 * flattering.clips_train
            else ""
        )
        low, high = difference(honest, flattering)
        lost = f"{share(flattering.accuracy - honest.accuracy)} ({INTERVAL} {share(low)} to {share(high)})"
        where = (
            "on lists that should share no artist and no copy"
            if honest.artists is None
            else "where no artist and no copy is both learnt from and predicted"
        )
        return f"{both}: {lost} is lost {where}{fewer}."
    if clearly_below(flattering, honest):
        return f"{both}: the random split does not flatter it."
    low, high = difference(honest, flattering)
    return f"{both}: no clear difference ({INTERVAL} {low:+.3f} to {high:+.3f})."


def _headings(measured: list[Figure]) -> tuple[str, ...]:
    """Return the columns that a protocol needs: fewer where less is known."""
    if not measured:
        return ("Accuracy",)
    by_artist = any(figure.artist_interval is not None for figure in measured)
    return ("Accuracy", "95\N{NO-BREAK SPACE}%", *(["by artist"] if by_artist else []), "Macro-F1")


def _written(figure: Figure | None) -> dict[str, str]:
    if figure is None:
        return {}
    written = {
        "Accuracy": share(figure.accuracy),
        "95\N{NO-BREAK SPACE}%": _extent(figure.interval),
        "Macro-F1": share(figure.macro_f1),
    }
    if figure.artist_interval is not None:
        written["by artist"] = _extent(figure.artist_interval)
    return written


def _from_to(interval: Interval) -> str:
    return f"{share(interval.low)} to {share(interval.high)}"


def _extent(interval: Interval) -> str:
    return f"{share(interval.low)}–{share(interval.high)}"


def _span(name: str, measured: list[Figure]) -> str:
    if not measured:
        return name.capitalize()
    artists = measured[0].artists
    among = "" if artists is None else f", {count(artists, 'artist')}"
    return f"{name.capitalize()}: {count(measured[0].clips_test, 'clip')}{among}"
