"""The notebook's seven base classifiers, on its columns as they are and, where it matters, scaled."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import SGDClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from classifier.training.explore.beside import figures_picture, figures_table, loss_sentence, told
from classifier.training.explore.document import Block, Prose, Section, count, listing, share
from classifier.training.explore.figure import Figure
from classifier.training.explore.models import Decided, boosting, on_notebook_columns
from classifier.training.explore.protocols import PROTOCOLS, TRAINING_FOLDS, Protocol, Say, training_folds
from classifier.training.explore.reports import GenreScores, classification_report, report_table
from classifier.training.explore.significance import CLEAR, chance, p_value, pairs_among, verdict
from classifier.training.recipes import Boosting, Recipe

XGBOOST_DEFAULTS: Final = Boosting(learning_rate=0.3, max_depth=6, n_estimators=100)
"""XGBoost's own, which the notebook starts from before it searches its grid."""

CLASSIFIERS: Final[Mapping[str, Callable[[int], Any]]] = {
    "random forest": lambda seed: RandomForestClassifier(random_state=seed),
    "SVC": lambda seed: SVC(random_state=seed),
    "decision tree": lambda seed: DecisionTreeClassifier(random_state=seed),
    "XGBoost": lambda seed: boosting(XGBOOST_DEFAULTS, seed),
    "SGD": lambda seed: SGDClassifier(random_state=seed),
    "naive Bayes": lambda _: GaussianNB(),
    "k-NN": lambda _: KNeighborsClassifier(),
}
"""From a seed to each, with its library's defaults, as the notebook has them."""

SCALED: Final = ("SVC", "SGD", "naive Bayes", "k-NN")
"""Those that compare columns with each other, so that the unit of a column weighs; trees do not."""


@dataclass(frozen=True, slots=True)
class BaseFigures:
    """What the base classifiers reached.

    Parameters
    ----------
    figures
        By classifier, then by protocol; None where it was not or could not be run.
    reports
        By classifier, on the notebook's split.
    notes
        What a classifier had to say: that it did not converge, or could not be fitted.
    """

    figures: dict[str, dict[str, Figure | None]]
    reports: dict[str, dict[str, GenreScores]]
    notes: tuple[str, ...]


def base_recipes() -> tuple[Recipe, ...]:
    """Return the seven, and those of `SCALED` once more behind a scaler.

    Returns
    -------
    tuple of Recipe
    """

    def steps(name: str, *, scaled: bool) -> Callable[[int], Sequence[tuple[str, Any]]]:
        scaler = [("scaler", StandardScaler())] if scaled else []
        # XGBoost's vote of one has probabilities; the others may, but SVC and SGD decide without any.
        return lambda seed: [*scaler, ("classifier", Decided(CLASSIFIERS[name](seed)))]

    as_they_are = [on_notebook_columns(name, steps(name, scaled=False)) for name in CLASSIFIERS]
    return (*as_they_are, *(on_notebook_columns(f"{name}, scaled", steps(name, scaled=True)) for name in SCALED))


def measure_base(protocols: Sequence[Protocol], *, say: Say) -> BaseFigures:
    """Run the base classifiers by all protocols and, where there is a test list, by folds inside the train list.

    Parameters
    ----------
    protocols
        What `protocols_for` returned.
    say
        Is told what is being fitted.

    Returns
    -------
    BaseFigures
    """
    # Which of several is best must not be read off the test list.
    inside = [training_folds(protocol) for protocol in protocols if protocol.name == PROTOCOLS[1] and protocol.fold]
    notes = [f"No figures {each.name}. {each.reason}" for each in inside if each.reason is not None]
    protocols = [*protocols, *(each for each in inside if each.reason is None)]
    figures: dict[str, dict[str, Figure | None]] = {}
    reports: dict[str, dict[str, GenreScores]] = {}
    for recipe in base_recipes():
        figures[recipe.name] = dict.fromkeys(protocol.name for protocol in protocols)
        for protocol in protocols:
            if protocol.reason is not None:
                continue
            say(f"{recipe.name}, {protocol.name}")
            try:
                with warnings.catch_warnings(record=True) as caught:
                    warnings.simplefilter("always")
                    held_out = protocol.predict(recipe)
            except ValueError as error:
                # Such as fewer clips to learn from than k-NN has neighbours, or columns too large for SGD's steps.
                notes.append(f"{recipe.name} could not be fitted by the {protocol.name} protocol: {_sentence(error)}")
                continue
            notes += _notes(recipe.name, protocol.name, caught)
            figures[recipe.name][protocol.name] = protocol.figure_of(held_out)
            if protocol.name == PROTOCOLS[0]:
                reports[recipe.name] = classification_report(held_out)
    return BaseFigures(figures, reports, tuple(dict.fromkeys(notes)))


def show_base(base: BaseFigures) -> Section:
    """Compare the base classifiers.

    Parameters
    ----------
    base
        What `measure_base` returned.

    Returns
    -------
    Section
    """
    blocks: list[Block] = [
        figures_picture(base.figures, caption="Accuracy of the base classifiers"),
        figures_table(base.figures, caption="Base classifiers by each protocol"),
        *(Prose(note) for note in base.notes),
        *(
            report_table(report, caption=f"Classification report of {name}, {PROTOCOLS[0]}", folded=True)
            for name, report in base.reports.items()
        ),
    ]
    return Section(
        intro="Seven classifiers with their libraries' defaults on the notebook's columns (its PCA, nothing scaled), "
        "and, where the unit of a column matters to them, once more on scaled columns.",
        conclusions=_conclusions(base),
        blocks=tuple(blocks),
    )


def _conclusions(base: BaseFigures) -> tuple[str, ...]:
    first = _known(base, PROTOCOLS[0])
    if not first:
        return ("None of the base classifiers could be fitted.",)
    best = max(first, key=lambda name: first[name].accuracy)
    conclusions = [
        f"Best of the seven on the notebook's split: {_leaders(first)}.",
        loss_sentence(best[0].upper() + best[1:], base.figures[best]),
    ]
    inside, grouped = _known(base, TRAINING_FOLDS), _known(base, PROTOCOLS[2])
    if inside:
        known = next(iter(inside.values())).artists is not None
        conclusions.append(
            f"Best by folds inside the train list that hold out {'whole artists' if known else 'copies'}: "
            f"{_leaders(inside)}. The test list has no say in that."
            + ("" if known else " Add --artists FILE to have whole artists held out, which flatters less.")
        )
    elif grouped and not _known(base, PROTOCOLS[1]):
        conclusions.append(f"Best by the artist-grouped protocol: {_leaders(grouped)}.")
    gained = {
        name: (before, after)
        for name in SCALED
        if (before := base.figures[name][PROTOCOLS[0]]) is not None
        and (after := base.figures[f"{name}, scaled"][PROTOCOLS[0]]) is not None
    }
    said = [
        f"{name} from {share(before.accuracy)} to {share(after.accuracy)} ({verdict(after, before)})"
        for name, (before, after) in gained.items()
    ]
    if said:
        clips = count(next(iter(gained.values()))[0].clips_test, "clip")
        conclusions.append(f"Scaling the columns takes, on the notebook's split ({clips}), {listing(said)}.")
    if any(after.accuracy > before.accuracy and p_value(after, before) < CLEAR for before, after in gained.values()):
        conclusions.append(
            "Unscaled, the columns with the largest numbers drown the others, so the notebook's figures for those that "
            "gain say little about the classifiers."
        )
    return tuple(conclusions)


def _known(base: BaseFigures, protocol: str) -> dict[str, Figure]:
    """Return the figures of the seven by a protocol, of those that could be fitted."""
    return {name: figure for name in CLASSIFIERS if (figure := base.figures[name].get(protocol)) is not None}


def _leaders(figures: Mapping[str, Figure]) -> str:
    """Name the best of several, and those that chance may have put behind it."""
    ranked = sorted(figures, key=lambda name: -figures[name].accuracy)
    best = figures[ranked[0]]
    close = {
        name: p for name in ranked[1:] if (p := p_value(best, figures[name], pairs=pairs_among(len(figures)))) >= CLEAR
    }
    said = [f"{name} ({share(figures[name].accuracy)}, {chance(p)})" for name, p in close.items()]
    behind = f"not clearly better than {listing(said)}" if said else "clearly better than each of the others"
    return f"{ranked[0]}, {told(best)}; {behind}"


def _notes(name: str, protocol: str, caught: Sequence[warnings.WarningMessage]) -> list[str]:
    notes = []
    for warning in caught:
        if issubclass(warning.category, ConvergenceWarning):
            notes.append(f"{name} stopped at its limit of passes before it converged ({protocol}).")
        else:
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
    return notes


def _sentence(error: ValueError) -> str:
    first = str(error).split("\n", maxsplit=1)[0].strip()
    return first if first.endswith(".") else f"{first}."
