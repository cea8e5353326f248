"""``genre-bot convert-tags``: the tag network's release in, the directory that is served out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def convert_tags(
    wheel: Annotated[
        Path, typer.Argument(metavar="WHEEL", help="musicnn-0.1.0-py3-none-any.whl, as on PyPI.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="Directory for the network; one in it is replaced.", show_default=False)],
) -> None:
    """Convert the tag network from its author's release."""
    from classifier.errors import ModelError
    from classifier.tags import NETWORK_SHA256

    try:
        from classifier.training.musicnn.convert import convert
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "onnx":
            raise
        raise ModelError(
            "Converting needs the package onnx, which tagging does not. Install the dependency group `convert`: "
            "`pip install onnx`."
        ) from error

    conversion = convert(wheel, out)
    size = conversion.network.stat().st_size
    typer.echo(f"Wrote {conversion.network} ({size / 1000:.0f} kB, SHA-256 {conversion.sha256}), LICENSE and README.md")
    if conversion.sha256 != NETWORK_SHA256:
        typer.echo(
            f"This is not the network that this version loads (SHA-256 {NETWORK_SHA256}). Measure it, "
            "then set NETWORK_SHA256 in classifier/tags.py.",
            err=True,
        )
