"""``genre-bot backup``: saves the database, while the bot runs or not."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.printers import encodable
from bot.cli.terminal import status
from bot.text import printable

if TYPE_CHECKING:
    from bot.store.backup.contents import Contents


def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to; a backup in its place is replaced.", show_default=False)
    ],
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if it is no backup of Genre Bot.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Save the database to one file, while the bot runs or not.

    What is saved is what the database held at one moment. It is looked through
    before it takes the place of an earlier backup. Only you may read it: it
    holds what members have asked and voted.
    """
    from bot.settings import load_settings
    from bot.store.backup.place import database_file
    from bot.store.backup.saving import back_up

    database = database_file(load_settings().database_url)
    with status("Saving the database"):
        saved = back_up(database, file, force=force)
    name = encodable(file)
    if as_json:
        print(json.dumps({"file": name, "database": encodable(database), **asdict(saved)}))
        return
    print(f"Saved {encodable(database)} to {name}: {described(saved)}")
    print(f"To go back to it, also while the bot runs: genre-bot restore {shlex.quote(name)}")


def described(contents: Contents) -> str:
    """Say what a database holds.

    Parameters
    ----------
    contents
        Of a database that was looked into.

    Returns
    -------
    str
        Such as ``2.1 MB, revision 0002: 12 in analyses, 3 in channel settings``.
    """
    rows = ", ".join(
        f"{number} in {printable(table.replace('_', ' '), limit=60)}"
        for table, number in contents.rows.items()
        if number
    )
    return f"{contents.size / 1e6:.1f} MB, revision {contents.revision}; rows: {rows or 'none'}"
