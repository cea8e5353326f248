"""``genre-bot evaluate``: how good the recipes are, by the flattering protocol and the honest ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    features: Annotated[
        Path, typer.Argument(metavar="FEATURES.csv", help="Feature table with GTZAN's columns.", show_default=False)
    ],
    recipe: Annotated[
        list[str] | None, typer.Option(help="Recipe to measure; may be repeated.", show_default="all of them")
    ] = None,
    artists: Annotated[
        Path | None, typer.Option(help="CSV with filename and artist, for the artist-grouped figures.")
    ] = None,
    splits: Annotated[
        Path | None, typer.Option(help="Folder of {train,valid,test}_filtered.txt, for the fault-filtered figures.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Of the folds and the trees.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Measure recipes on a feature table."""
    from dataclasses import asdict

    from rich.console import Console

    from bot.cli.figures import PROTOCOL_NOTES, figures_table, side_by_side
    from classifier.training.dataset import read_artists, read_split, read_table
    from classifier.training.evaluate import evaluate as evaluate_recipe
    from classifier.training.recipes import RECIPES, get_recipe

    recipes = [get_recipe(name) for name in recipe or RECIPES]
    table = read_table(features)
    artist_names = None if artists is None else read_artists(artists)
    split = None if splits is None else read_split(splits)
    with Console(stderr=True).status("Starting") as status:
        evaluations = [
            evaluate_recipe(
                chosen,
                table,
                artists=artist_names,
                split=split,
                seed=seed,
                progress=lambda doing: status.update(doing.capitalize()),
            )
            for chosen in recipes
        ]
    if as_json:
        document = {
            "table": {"file": table.source, "sha256": table.sha256, "clips": len(table)},
            "seed": seed,
            "evaluations": [asdict(evaluation) for evaluation in evaluations],
        }
        typer.echo(json.dumps(document, indent=2, allow_nan=False))
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(figures_table(evaluations))
    for evaluation in evaluations:
        console.print(side_by_side(evaluation))
    for protocol, note in PROTOCOL_NOTES.items():
        console.print(f"{protocol}: {note}", style="dim")
    console.print("clips: learnt from/predicted", style="dim")
    for option, value, protocol in (("--splits", splits, "fault-filtered"), ("--artists", artists, "artist-grouped")):
        if value is None:
            console.print(f"No {option}: the {protocol} figures are left out.")
