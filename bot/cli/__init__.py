"""The command line: one module a command, heavy imports inside the commands."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from bot.cli.backup import backup
from bot.cli.classify import classify
from bot.cli.convert_tags import convert_tags
from bot.cli.doctor import doctor
from bot.cli.evaluate import evaluate
from bot.cli.exit_status import ExitStatus
from bot.cli.explore import explore
from bot.cli.extract import extract
from bot.cli.health import health
from bot.cli.measure_sounds import measure_sounds
from bot.cli.restore import restore
from bot.cli.run import run
from bot.cli.train import train
from bot.cli.warm_up import warm_up
from bot.cli.web import web
from bot.errors import BadSettings, BadToken, BotError, DiscordRefused, DiscordUnreachable
from bot.redaction import redact
from bot.store.backup.errors import BackupError, OnServer
from bot.version import installed_version
from bot.web.errors import WebRefused, WebUnavailable
from classifier.errors import ClassifierError

app = typer.Typer(
    name="genre-bot",
    help="Tells the genre of music: as a Discord bot, on the command line, and as a classifier to train.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (
    run,
    web,
    doctor,
    classify,
    train,
    evaluate,
    explore,
    extract,
    measure_sounds,
    convert_tags,
    health,
    backup,
    restore,
    warm_up,
):
    app.command()(command)


STATUS_OF: Final[dict[type[Exception], ExitStatus]] = {
    BadSettings: ExitStatus.BAD_SETTINGS,
    WebRefused: ExitStatus.BAD_SETTINGS,
    WebUnavailable: ExitStatus.BAD_SETTINGS,
    BadToken: ExitStatus.BAD_TOKEN,
    DiscordUnreachable: ExitStatus.UNREACHABLE,
    DiscordRefused: ExitStatus.UNREACHABLE,
    OnServer: ExitStatus.ON_SERVER,
    BackupError: ExitStatus.REFUSED,
    BotError: ExitStatus.NOT_USABLE,
    ClassifierError: ExitStatus.NOT_USABLE,
}
"""Exit status for each kind of expected error; the first that fits counts."""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"genre-bot {installed_version()}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Take the options that stand before the command."""


def main() -> None:
    """Run the command line and turn expected errors into one sentence and an exit status."""
    try:
        app()
    except tuple(STATUS_OF) as error:
        typer.echo(f"genre-bot: {redact(str(error))}", err=True)
        sys.exit(next(status for kind, status in STATUS_OF.items() if isinstance(error, kind)))
