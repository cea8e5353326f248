"""``genre-bot train``: a feature table in, a model directory out."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Annotated, Final

import typer

UNINSTALLED_VERSION: Final = "0+uninstalled"
"""What the manifest says when the code runs from a checkout that was never installed."""


def train(
    features: Annotated[
        Path, typer.Argument(metavar="FEATURES.csv", help="Feature table with GTZAN's columns.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="Directory for the model; one in it is replaced.", show_default=False)],
    recipe: Annotated[str, typer.Option(help="`default` ships; `notebook` is for comparison only.")] = "default",
    artists: Annotated[
        Path | None, typer.Option(help="CSV with filename and artist; keeps artists on one side of every fold.")
    ] = None,
    splits: Annotated[
        Path | None, typer.Option(help="Folder of {train,valid,test}_filtered.txt, for the fault-filtered figures.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Of the folds and the trees.")] = 1,
) -> None:
    """Train a model and measure it."""
    from rich.console import Console

    from bot.cli.figures import figures_table
    from classifier.model import PIPELINE_NAME
    from classifier.training.recipes import get_recipe
    from classifier.training.train import train as train_model

    chosen = get_recipe(recipe)
    console = Console(highlight=False, soft_wrap=True)
    with Console(stderr=True).status("Starting") as status:
        manifest, evaluation = train_model(
            features,
            out,
            chosen,
            version=_version(),
            artists=artists,
            splits=splits,
            seed=seed,
            progress=lambda doing: status.update(doing.capitalize()),
        )
    size = (out / PIPELINE_NAME).stat().st_size
    console.print(
        f"Wrote {out} ({size / 1000:.0f} kB, digest {manifest.digest[:12]})\n"
        f"{manifest.training['clips']} clips of {len(manifest.genres)} genres: {', '.join(manifest.genres)}",
        markup=False,
    )
    if manifest.training["left_out"]:
        console.print(f"{len(manifest.training['left_out'])} faulty clips left out; the manifest names them")
    console.print(figures_table([evaluation]))
    if artists is None:
        console.print("No --artists: the confidence is only as honest as a random split.")


def _version() -> str:
    try:
        return metadata.version("genre-bot")
    except metadata.PackageNotFoundError:
        return UNINSTALLED_VERSION
