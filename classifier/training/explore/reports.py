"""Precision, recall and F1 by genre, and who is taken for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from classifier.training.explore.document import Cell, Column, Table, cells, share, shown
from classifier.training.fit import HeldOut


@dataclass(frozen=True, slots=True)
class GenreScores:
    """How well a classifier knows one genre.

    Parameters
    ----------
    precision
        Share of the clips called so that are; 0 where none is called so.
    recall
        Share of the clips that are so that are called so.
    f1
        Harmonic mean of the two.
    clips
        Of the genre, among those predicted.
    """

    precision: float
    recall: float
    f1: float
    clips: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """Who is taken for whom.

    Parameters
    ----------
    genres
        Of rows and columns.
    clips
        By true genre, then by predicted genre.
    """

    genres: tuple[str, ...]
    clips: tuple[tuple[int, ...], ...]


def classification_report(held_out: HeldOut) -> dict[str, GenreScores]:
    """Score predictions by genre.

    Parameters
    ----------
    held_out
        Predictions and the truth.

    Returns
    -------
    dict of GenreScores
        By genre.
    """
    scores = precision_recall_fscore_support(
        held_out.labels,
        held_out.probabilities.argmax(axis=1),
        labels=np.arange(len(held_out.genres)),
        zero_division=0.0,
    )
    return {
        genre: GenreScores(float(precision), float(recall), float(f1), int(clips))
        for genre, precision, recall, f1, clips in zip(held_out.genres, *scores, strict=True)
    }


def confusion_of(held_out: HeldOut) -> Confusion:
    """Count who is taken for whom.

    Parameters
    ----------
    held_out
        Predictions and the truth.

    Returns
    -------
    Confusion
    """
    columns = np.arange(len(held_out.genres))
    matrix = confusion_matrix(held_out.labels, held_out.probabilities.argmax(axis=1), labels=columns)
    return Confusion(held_out.genres, tuple(tuple(int(clips) for clips in row) for row in matrix))


def report_table(report: Mapping[str, GenreScores], *, caption: str, folded: bool = False) -> Table:
    """Lay out a classification report, as scikit-learn prints it.

    Parameters
    ----------
    report
        What `classification_report` returned.
    caption
        Of the table.
    folded
        Whether it is shown only when asked for.

    Returns
    -------
    Table
        A row a genre and one for their mean.
    """
    rows = [
        cells(shown(genre), share(scores.precision), share(scores.recall), share(scores.f1), str(scores.clips))
        for genre, scores in report.items()
    ]
    means = (
        sum(getattr(scores, name) for scores in report.values()) / len(report) for name in ("precision", "recall", "f1")
    )
    rows.append(cells("mean", *(share(mean) for mean in means), str(sum(scores.clips for scores in report.values()))))
    columns = (Column("Genre", "text"), Column("Precision"), Column("Recall"), Column("F1"), Column("Clips"))
    return Table(caption, columns, tuple(rows), folded=folded)


def confusion_table(confusion: Confusion, *, caption: str) -> Table:
    """Lay out a confusion matrix.

    Parameters
    ----------
    confusion
        What `confusion_of` returned.
    caption
        Of the table.

    Returns
    -------
    Table
        A row a true genre, a column a predicted one; shaded by the share of the row, hits and mistakes differently.
    """
    rows = []
    for row, (genre, clips) in enumerate(zip(confusion.genres, confusion.clips, strict=True)):
        total = sum(clips) or 1
        hits_and_mistakes = (
            Cell(
                str(amount) if amount else "·",
                shade=(1 if column == row else -1) * amount / total,
                strong=column == row,
            )
            for column, amount in enumerate(clips)
        )
        rows.append((Cell(shown(genre)), *hits_and_mistakes))
    columns = (Column("True genre", "text"), *(Column(shown(genre)) for genre in confusion.genres))
    return Table(caption, columns, tuple(rows), (("", 1), ("Predicted genre", len(confusion.genres))))


def worst_mistakes(confusion: Confusion, most: int = 3) -> list[tuple[str, str, int, int]]:
    """Find the most frequent mistakes.

    Parameters
    ----------
    confusion
        What `confusion_of` returned.
    most
        How many to return.

    Returns
    -------
    list of tuple
        True genre, predicted genre, clips so mistaken and clips of the true genre; those that happened only.
    """
    mistakes = [
        (confusion.genres[row], confusion.genres[column], amount, sum(clips))
        for row, clips in enumerate(confusion.clips)
        for column, amount in enumerate(clips)
        if row != column and amount
    ]
    return sorted(mistakes, key=lambda mistake: -mistake[2])[:most]
