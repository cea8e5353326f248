"""``genre-bot doctor``: tells what is missing or broken before the bot or its members notice."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.exit_status import ExitStatus

if TYPE_CHECKING:
    from rich.console import Console

    from bot.doctor.finding import Finding

LEVEL_WIDTH: Final = 7
"""Of the first column, in characters: the longest level."""

SUBJECT_WIDTH: Final = 16
"""Of the second column, in characters: the longest subject."""

STYLES: Final = {"ok": "green", "skipped": "dim", "advice": "yellow", "problem": "bold red"}


def doctor(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a line, one for each finding.")
    ] = False,
) -> None:
    """Look whether everything is there that the bot needs, and say what to do where it is not.

    It opens the database as the bot does: makes it, or brings its tables up to date.
    """
    from rich.console import Console

    from bot.doctor.examination import examine
    from bot.doctor.finding import Level

    console = Console(highlight=False)
    levels = []
    if as_json:
        for finding in examine():
            print(json.dumps(asdict(finding)), flush=True)
            levels.append(finding.level)
    else:
        with console.status("Looking at everything; a worker takes some seconds to start"):
            for finding in examine():
                _show(finding, console)
                levels.append(finding.level)
        console.print(_summary(levels.count(Level.PROBLEM), levels.count(Level.ADVICE)))
    if Level.PROBLEM in levels:
        raise typer.Exit(ExitStatus.PROBLEMS_FOUND)


def _show(finding: Finding, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    row = Table.grid(padding=(0, 2, 0, 0))
    row.add_column(width=LEVEL_WIDTH)
    row.add_column(width=SUBJECT_WIDTH)
    row.add_column(overflow="fold")
    row.add_row(Text(finding.level, style=STYLES[finding.level]), Text(finding.subject), Text(finding.what))
    if finding.what_to_do is not None:
        row.add_row("", "", Text(f"→ {finding.what_to_do}", style="cyan"))
    console.print(row)


def _summary(problems: int, pieces: int) -> str:
    advice = f"{pieces} {'piece' if pieces == 1 else 'pieces'} of advice"
    if not problems:
        return f"\nNo problems, {advice}."
    return f"\n{problems} {'problem' if problems == 1 else 'problems'}, {advice}."
