"""``genre-bot restore``: puts a backup in the place of the database, while the bot runs or not."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.backup import described
from bot.cli.exit_status import ExitStatus
from bot.cli.printers import encodable
from bot.cli.terminal import somebody_answers, status

if TYPE_CHECKING:
    from bot.store.backup.restoring import Restored


def restore(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Made by genre-bot backup. It is only read.", show_default=False)
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Put a backup in the place of the database, while the bot runs or not.

    The backup is looked through and brought up to date first, in a copy. What
    the database holds now is saved beside it. A running bot goes on with what
    was restored within a minute.
    """
    from bot.settings import load_settings
    from bot.store.backup.errors import NotConfirmed
    from bot.store.backup.place import database_file
    from bot.store.backup.restoring import ready_to_restore

    database = database_file(load_settings().database_url)
    if not yes and not somebody_answers():
        raise NotConfirmed
    with ready_to_restore(file, database) as ready:
        if not yes:
            typer.echo(f"{encodable(file)} is whole: {described(ready.contents)}", err=True)
            typer.echo("What members have asked to be forgotten since then will be there again.", err=True)
            question = f"Replace {encodable(database)} with it? What that holds now is saved beside it."
            if not typer.confirm(question, err=True):
                typer.echo("Nothing was changed.", err=True)
                raise typer.Exit(ExitStatus.REFUSED)
        with status("Restoring the database"):
            restored = ready.put_in_place()
        if as_json:
            saved = None if restored.saved is None else encodable(restored.saved)
            answer = {"file": encodable(file), "database": encodable(database), **asdict(ready.contents)}
            print(json.dumps({**answer, "saved": saved, "restart": not restored.in_place}))
            return
    print(f"Restored {encodable(file)} to {encodable(database)}: {described(ready.contents)}")
    _tell_the_rest(restored)


def _tell_the_rest(restored: Restored) -> None:
    if restored.saved is not None:
        print(f"What the database held before is in {encodable(restored.saved)}")
    if restored.in_place:
        print("A bot that runs goes on with it within a minute; nothing has to be restarted.")
    else:
        print("That was no database any more. A bot that runs still has it open: start it anew.")
