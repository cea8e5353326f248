"""``genre-bot warm-up``: the slow part of the first start, done once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import status
from classifier.location import default_model_dir


def warm_up(
    model: Annotated[Path | None, typer.Option(help="Directory of another model than the one shipped.")] = None,
) -> None:
    """Compile and cache what the first answer would otherwise wait for, and check the model."""
    from bot.illustrator import TimelineIllustrator
    from classifier.workers import AnalysisWorkers, WorkerConfig

    config = WorkerConfig(model or default_model_dir(), illustrator=TimelineIllustrator())
    with status("Compiling (once; about a minute on a new machine)"), AnalysisWorkers(config, count=1) as workers:
        info = workers.warm_up()
    typer.echo(f"ready: model {info.name} {info.version}, {info.digest[:8]}")
