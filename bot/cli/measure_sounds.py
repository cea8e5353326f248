"""``genre-bot measure-sounds``: the sounds that are no music, made and measured."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.printers import encodable


def measure_sounds(
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE.npz", help="Archive to write or replace.", show_default="the one `train` reads"),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Of the sounds.")] = 1,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Sounds to measure at once.", show_default="one a core")
    ] = None,
) -> None:
    """Make speech, noise and tones, and measure them for `train` to tell music from."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    from classifier.training.measure_sounds import measure_sounds as measure_all
    from classifier.training.music_detector import SOUNDS_PATH

    path = out or SOUNDS_PATH
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task("Loading", total=None)
        measured = measure_all(
            path,
            seed=seed,
            jobs=jobs or os.cpu_count() or 1,
            progress=lambda done, total: progress.update(
                task, completed=done, total=total, description="Making and measuring sounds"
            ),
        )
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(measured.kinds.items()))
    typer.echo(f"Wrote {encodable(path)}: {sum(measured.kinds.values())} sounds ({kinds})")
    if measured.refused:
        typer.echo(
            f"Left out, as a file would be refused in which so little can be heard: {', '.join(measured.refused)}"
        )
