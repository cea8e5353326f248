"""``genre-bot explore``: the notebook in full, as one self-contained page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def explore(
    features: Annotated[
        Path, typer.Argument(metavar="FEATURES.csv", help="Feature table with GTZAN's columns.", show_default=False)
    ],
    out: Annotated[
        Path,
        typer.Option(help="Directory for explore.html and explore.json, which are replaced.", show_default=False),
    ],
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Further column to draw box plots of; may be repeated.", show_default=False),
    ] = None,
    artists: Annotated[
        Path | None, typer.Option(help="CSV with filename and artist, for the artist-grouped figures.")
    ] = None,
    splits: Annotated[
        Path | None, typer.Option(help="Folder of {train,valid,test}_filtered.txt, for the fault-filtered figures.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Of the folds and the classifiers.")] = 1,
    quick: Annotated[bool, typer.Option("--quick", help="Leave the grid search out.")] = False,
) -> None:
    """Explore a feature table: counts, box plots, correlations, PCA, classifiers and what to conclude, as one page."""
    import joblib
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from classifier.training.explore.report import Options
    from classifier.training.explore.report import explore as explore_table
    from classifier.training.explore.write import FIGURES_NAME, PAGE_NAME

    console = Console(stderr=True)
    options = Options(columns=tuple(column or ()), seed=seed, quick=quick, jobs=joblib.cpu_count())
    with Progress(
        SpinnerColumn(),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task("Reading the table", total=None)
        report = explore_table(
            features,
            out,
            artists=artists,
            splits=splits,
            options=options,
            progress=lambda done, total, doing: progress.update(
                task, completed=done, total=total, description=doing[:1].upper() + doing[1:]
            ),
        )
    typer.echo(f"Wrote {out / PAGE_NAME} and {out / FIGURES_NAME}")
    for sentence in (*report.summary, *report.left_out):
        typer.echo(f"- {sentence}")
