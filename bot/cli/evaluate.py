"""``genre-bot evaluate``: how good the recipes are, by the flattering protocol and the honest ones."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.version import installed_version

if TYPE_CHECKING:
    from classifier.training.evaluation.result import Evaluation


def evaluate(
    features: Annotated[
        Path,
        typer.Argument(
            metavar="FEATURES.csv",
            help="Table by `genre-bot extract`, or one with GTZAN's columns.",
            show_default=False,
        ),
    ],
    recipe: Annotated[
        list[str] | None, typer.Option(help="Recipe to measure; may be repeated.", show_default="all of them")
    ] = None,
    artists: Annotated[
        Path | None,
        typer.Option(
            help="CSV with the columns filename, as in the table or without its folders where that can mean no other "
            "clip, and artist; for the artist-grouped figures."
        ),
    ] = None,
    splits: Annotated[
        Path | None,
        typer.Option(
            help="Folder of {train,valid,test}_filtered.txt, GTZAN's published lists or your own, for the "
            "fault-filtered figures; a clip on each line, named as for --artists."
        ),
    ] = None,
    taggrams: Annotated[
        list[Path] | None, typer.Option(help="NumPy archive of the clips' tags; may be repeated.", show_default=False)
    ] = None,
    audio: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True,
            help="Folder of clips to make louder, encode and cut: does the answer stay? May be repeated.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Directory for report.html, report.json and the pictures; written anew after each part, so that what "
            "is found outlives an interruption.",
            show_default=False,
        ),
    ] = None,
    model_card: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Model card to write at the end; its pictures lie beside it.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Of the folds, the trees and the resampling.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Measure recipes on a feature table.

    All recipes with all lists, on GTZAN's 1,000 clips and 107 files of --audio, take 15 to 20 minutes on two cores.
    """
    import joblib
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from bot.cli.classify import find_files
    from bot.cli.figures import print_figures
    from classifier.training.clip_names import require_distinct_stems
    from classifier.training.dataset import SPLIT_NAMES, read_artists, read_split, read_table
    from classifier.training.evaluate import Inputs
    from classifier.training.evaluate import evaluate as measure
    from classifier.training.evaluation.model_card import write_card
    from classifier.training.evaluation.pictures import draw_all
    from classifier.training.evaluation.provenance import digests_of
    from classifier.training.evaluation.report import PAGE_NAME, figures_document, write_report
    from classifier.training.explore.write import prepare_directory
    from classifier.training.recipes import get_recipe
    from classifier.training.taggrams import join_taggrams

    recipes = [get_recipe(name) for name in recipe or ()]
    archives = list(taggrams or ())
    clips = {path: list(find_files([path])) for path in audio or ()}
    if clips and not any(clips.values()):
        raise typer.BadParameter(f"there are no audio files in {', '.join(map(str, clips))}")
    table = read_table(features)
    if archives:
        require_distinct_stems(table.filenames, source=table.source)
    table = join_taggrams(table, archives)
    artist_names = None if artists is None else read_artists(artists, table)
    split = None if splits is None else read_split(splits, table)
    lists = [] if splits is None else [splits / f"{name}_filtered.txt" for name in SPLIT_NAMES]
    inputs = Inputs(
        table=table,
        files=digests_of([features, *([] if artists is None else [artists]), *lists, *archives], clips),
        artists=artist_names,
        split=split,
        audio=tuple(path for inside in clips.values() for path in inside),
    )
    # Before the minutes of fitting, not after them.
    for directory in (out, None if model_card is None else model_card.parent):
        if directory is not None:
            prepare_directory(directory)

    def keep(found: Evaluation) -> None:
        if out is not None:
            write_report(out, found, draw_all(found))

    console = Console(stderr=True)
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
        task = progress.add_task("Starting", total=None)
        evaluation = measure(
            recipes,
            inputs,
            version=installed_version(),
            command=_command(features, artists, splits, archives, audio or [], recipe or [], seed),
            seed=seed,
            jobs=joblib.cpu_count(),
            progress=lambda doing, done, total: progress.update(
                task, completed=done, total=total, description=doing[:1].upper() + doing[1:]
            ),
            keep=keep,
        )
    pictures = draw_all(evaluation) if out or model_card else ()
    if out is not None:
        write_report(out, evaluation, pictures)
    if model_card is not None:
        write_card(model_card, evaluation, pictures)
    if as_json:
        typer.echo(figures_document(evaluation), nl=False)
        return
    print_figures(evaluation)
    for path in (None if out is None else out / PAGE_NAME, model_card):
        if path is not None:
            typer.echo(f"Wrote {path}")


def _command(
    features: Path,
    artists: Path | None,
    splits: Path | None,
    archives: list[Path],
    audio: list[Path],
    recipes: list[str],
    seed: int,
) -> str:
    """Repeat what was asked for, without folders: the report may be published."""
    from classifier.training.evaluation.provenance import last_name

    files = [
        *(("--artists", path) for path in (artists,)),
        *(("--splits", path) for path in (splits,)),
        *(("--taggrams", path) for path in archives),
        *(("--audio", path) for path in audio),
    ]
    words = [word for option, path in files if path is not None for word in (option, last_name(path))]
    chosen = [word for name in recipes for word in ("--recipe", name)]
    return shlex.join(["genre-bot", "evaluate", last_name(features), *words, *chosen, "--seed", str(seed)])
