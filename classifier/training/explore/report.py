"""Makes the report: reads the table, runs part after part, the quick ones first, and writes after each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from classifier.errors import ClassifierError, DatasetError, ReportError
from classifier.manifest import installed_libraries
from classifier.training.dataset import TABLE_COLUMNS, FeatureTable, read_artists, read_split, read_table
from classifier.training.explore import (
    base_classifiers,
    comparison,
    correlation,
    counts,
    grid_search,
    importance,
    pca,
    significance,
    spread,
    vote,
)
from classifier.training.explore.document import Section, count, listing, shown
from classifier.training.explore.models import TOP_COLUMNS
from classifier.training.explore.protocols import Protocol, Say, protocols_for
from classifier.training.explore.write import Entry, Report, prepare_directory, write_report

GRID_SEARCH: Final = "grid-search"

TITLES: Final = {
    "counts": "Genre counts",
    "box-plots": "Box plots by genre",
    "means": "Means by genre",
    "correlation": "Correlations",
    "redundancy": "What is redundant",
    "pca": "The two MFCC PCAs",
    "importance": "Importance by gain",
    "base-classifiers": "The seven base classifiers",
    "vote": "The voting classifier",
    "ablation": f"Ablation: the top {TOP_COLUMNS} columns",
    "comparison": "Published, measured and honest",
    GRID_SEARCH: "Grid search",
}
"""Parts by their anchor, in order: the quick ones first."""

HEADLINES: Final = ("redundancy", "importance", "ablation", GRID_SEARCH)
"""Parts whose first conclusion stands in the summary, after those of the comparison."""

Progress = Callable[[int, int, str], None]
"""Is told how many parts are made, of how many, and what is being done."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose.

    Parameters
    ----------
    columns
        Further columns to draw box plots of.
    seed
        Of the folds and the classifiers.
    quick
        Whether the grid search is left out.
    jobs
        Threads; the figures are the same for any number.
    """

    columns: tuple[str, ...] = ()
    seed: int = 1
    quick: bool = False
    jobs: int = 1


def explore(
    features: Path,
    out: Path,
    *,
    artists: Path | None = None,
    splits: Path | None = None,
    options: Options | None = None,
    progress: Progress = lambda done, total, doing: None,  # noqa: ARG005 - the names say what is passed
) -> Report:
    """Explore a feature table and write what was found.

    The same table, lists and options give the same files.

    Parameters
    ----------
    features
        A table as `read_table` takes it.
    out
        Directory for ``explore.html`` and ``explore.json``, which are replaced; made where it is missing.
    artists
        A list as `read_artists` takes it, for the artist-grouped figures.
    splits
        A directory as `read_split` takes it, for the fault-filtered figures.
    options
        The defaults where None.
    progress
        Is told what is being done.

    Returns
    -------
    Report
        As written at the end.

    Raises
    ------
    DatasetError
        If a file or a column cannot be used; the sentence says which and why.
    ReportError
        If the report cannot be written.
    """
    chosen = options or Options()
    columns = spread.chosen_columns(chosen.columns)
    table = read_table(features)
    _require_usable(table)
    protocols = protocols_for(
        table,
        artists=None if artists is None else read_artists(artists, table),
        split=None if splits is None else read_split(splits, table),
        seed=chosen.seed,
    )
    prepare_directory(out)
    titles = {slug: title for slug, title in TITLES.items() if not (chosen.quick and slug == GRID_SEARCH)}
    report = Report(
        title=f"What is in {shown(table.source)}",
        about=_about(table, protocols, chosen),
        summary=(),
        entries=tuple(Entry(slug, title) for slug, title in titles.items()),
        left_out=_left_out(protocols, chosen),
    )
    facts = _facts(table, protocols, chosen)
    # Before the minutes of fitting, not after them: whether the directory can be written to.
    write_report(out, report, facts)
    done = 0

    def say(doing: str) -> None:
        progress(done, len(titles), doing)

    say(next(iter(titles.values())))
    try:
        for slug, figures, section in _parts(table, protocols, columns, chosen, say):
            entries = (
                replace(entry, section=section, figures=figures) if entry.slug == slug else entry
                for entry in report.entries
            )
            report = replace(report, entries=tuple(entries))
            report = replace(report, about=_about(table, protocols, chosen), summary=_summary(report.entries))
            facts = _facts(table, protocols, chosen)
            write_report(out, report, facts)
            done += 1
            say(report.waiting[0].title if report.waiting else "Done")
    except ReportError:
        raise
    except BaseException as error:
        # Whatever it was, also Ctrl-C: what is there is worth reading, and must not look as if more were coming.
        reason = _reason(error)
        where = f"{report.waiting[0].title}: " if report.waiting else ""
        write_report(out, replace(report, stopped=where + reason), facts)
        raise
    return report


def _parts(
    table: FeatureTable, protocols: Sequence[Protocol], columns: Sequence[str], options: Options, say: Say
) -> Iterator[tuple[str, object, Section]]:
    """Make the parts in the order of `TITLES`."""
    clips = counts.count_genres(table)
    yield "counts", clips, counts.show_counts(clips)
    boxes = spread.measure_spread(table, columns)
    yield "box-plots", boxes, spread.show_spread(boxes)
    means = spread.measure_means(table)
    yield "means", means, spread.show_means(means)
    correlations = correlation.measure_correlations(table)
    yield "correlation", correlations, correlation.show_correlations(correlations)
    redundancy = correlation.find_redundancy(correlations.all)
    yield "redundancy", redundancy, correlation.show_redundancy(redundancy)
    notebook = protocols[0]
    train = np.arange(0) if notebook.fold is None else notebook.fold[0]
    components = pca.measure_components(table, train, seed=options.seed)
    yield "pca", components, pca.show_components(components)
    ranked = importance.measure_importance(notebook)
    yield "importance", ranked, importance.show_importance(ranked)
    base = base_classifiers.measure_base(protocols, say=say)
    yield "base-classifiers", base, base_classifiers.show_base(base)
    voted = vote.measure_vote(table, protocols, say=say)
    yield "vote", voted, vote.show_vote(voted)
    ablation = importance.measure_ablation(ranked, protocols, jobs=options.jobs, say=say)
    yield "ablation", ablation, importance.show_ablation(ablation)
    compared = comparison.compare(
        table.sha256,
        ablation.figures[importance.XGBOOST],
        voted.figures,
        ablation.figures[importance.VOTE_WITHOUT_LENGTH],
        shared=protocols[1].shared,
    )
    guess = max(clips.clips.values()) / len(table)
    yield "comparison", compared, comparison.show_comparison(compared, guess)
    if not options.quick:
        search = grid_search.measure_grid(protocols, jobs=options.jobs, say=say)
        yield GRID_SEARCH, search, grid_search.show_grid(search)


def _reason(error: BaseException) -> str:
    match error:
        case ClassifierError():
            return str(error)
        case KeyboardInterrupt():
            return "it was interrupted."
        case _:
            return f"the program failed ({type(error).__name__})."


def _require_usable(table: FeatureTable) -> None:
    if not np.ptp(table.rows, axis=0).any():
        raise DatasetError(
            f"Every column of {shown(table.source)} has one value in all clips, so there is nothing to explore. "
            "Measure the clips anew."
        )
    # Trees work in single precision and refuse what it cannot hold.
    largest = np.abs(table.rows).max(axis=0)
    column = int(largest.argmax())
    if largest[column] > np.finfo(np.float32).max:
        row = int(np.abs(table.rows[:, column]).argmax())
        raise DatasetError(
            f"{shown(table.filenames[row])} has {table.rows[row, column]:.3g} in the column {TABLE_COLUMNS[column]}, "
            "which is more than a classifier can work with. Measure the clip anew, or remove the row."
        )


def _summary(entries: Sequence[Entry]) -> tuple[str, ...]:
    made = {entry.slug: entry.section.conclusions for entry in entries if entry.section is not None}
    compared = made.get("comparison", ())
    return (*compared, *(made[slug][0] for slug in HEADLINES if made.get(slug)))


def _left_out(protocols: Sequence[Protocol], options: Options) -> tuple[str, ...]:
    missing = [
        f"No {protocol.name} figures. {protocol.reason}" for protocol in protocols if protocol.reason is not None
    ]
    if options.quick:
        missing.append("No grid search: --quick leaves it out; run without it to have the 27 candidates compared.")
    return tuple(missing)


def _about(table: FeatureTable, protocols: Sequence[Protocol], options: Options) -> dict[str, str]:
    libraries = installed_libraries()
    about = {
        "Table": f"{shown(table.source)}, {count(len(table), 'clip')} of {len(table.genres)} genres: "
        + listing([shown(genre) for genre in table.genres[:12]])
        + (" and others" if len(table.genres) > 12 else ""),
        "SHA-256": table.sha256,
        "Seed": str(options.seed),
        "Made with": listing([f"{name} {libraries[name]}" for name in ("numpy", "scikit-learn", "xgboost")]),
        "Intervals": "Of accuracies, 95\N{NO-BREAK SPACE}%: Wilson's, as if clips were independent. By artist: from "
        "resampling whole artists, where none of them was learnt from, too. As clips of one artist are not "
        "independent, that is the one to believe.",
        "Differences": significance.IN_WORDS,
    }
    fault_filtered = protocols[1]
    if fault_filtered.reason is None:
        about["Test list"] = (
            f"Its {count(0 if fault_filtered.fold is None else len(fault_filtered.fold[1]), 'clip')} were predicted by "
            f"{count(len(fault_filtered.readings), 'fitted classifier')} in this run (fault-filtered), and lie "
            "among the clips of the other protocols, too. The page compares; choose nothing by these figures. Nothing "
            "that ships is chosen by them: that is done by folds inside the train list."
        )
    return about


def _facts(table: FeatureTable, protocols: Sequence[Protocol], options: Options) -> dict[str, Any]:
    return {
        "table": {
            "file": table.source,
            "sha256": table.sha256,
            "clips": len(table),
            "genres": list(table.genres),
        },
        "seed": options.seed,
        "quick": options.quick,
        "libraries": installed_libraries(),
        "protocols": {
            protocol.name: {"run": protocol.reason is None, "reason": protocol.reason} for protocol in protocols
        },
        "test_list_readings": len(protocols[1].readings),
    }
