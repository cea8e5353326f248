"""``genre-bot health``: for supervisors."""

from __future__ import annotations

import typer

from bot.cli.exit_status import ExitStatus
from bot.errors import BadSettings


def health() -> None:
    """Tell whether the running bot is connected to Discord; needs GENREBOT_HEALTH_FILE."""
    from bot.health import is_healthy
    from bot.settings import load_settings

    settings = load_settings()
    if settings.health_file is None:
        raise BadSettings(("GENREBOT_HEALTH_FILE is not set: name one file for this command and for the bot.",))
    if not is_healthy(settings.health_file):
        typer.echo("not connected")
        raise typer.Exit(ExitStatus.UNHEALTHY)
    typer.echo("connected")
