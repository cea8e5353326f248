"""``genre-bot run``: the bot on Discord."""

from __future__ import annotations

import asyncio
import textwrap
from typing import Final

import typer

from bot.cli.exit_status import ExitStatus

HELP_WIDTH: Final = 76
"""Columns that the steps are written for, without their indentation."""


def run() -> None:
    """Run the Discord bot until it is told to stop (Ctrl-C or SIGTERM)."""
    from bot.settings import load_settings

    settings = load_settings()
    if settings.token is None:
        print_token_help()
        raise typer.Exit(ExitStatus.NO_TOKEN)

    from bot.logs import configure_logging
    from bot.service import serve

    configure_logging(settings.log_level, log_format=settings.log_format, secrets=settings.secrets)
    asyncio.run(serve(settings, token=settings.token))


def print_token_help() -> None:
    """Say on one screen how to get a token, where to put it, and what works without one."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    from bot.permissions import permission_names

    console = Console(stderr=True, highlight=False)
    console.print("[bold]Genre Bot needs a Discord token to log in, and there is none yet.[/bold]\n")
    steps = (
        ("Get a token", ("Open https://discord.com/developers/applications and press New Application.",
                         "Under Bot, press Reset Token and copy what appears (it is shown once).",
                         "Switch on Message Content Intent there only if audio dropped into channels",
                         "is to be answered by itself; everything else works without.")),
        ("Put it here", ("cp .env.example .env, then set DISCORD_TOKEN=... in it.",)),
        ("Invite the bot", ("Under OAuth2 > URL Generator choose the scopes bot and applications.commands,",
                            *textwrap.wrap(f"and the permissions {', '.join(permission_names())}.", HELP_WIDTH),
                            "Open the generated address, choose your server, then run this again.")),
        ("Without a token", ("genre-bot classify FILE|FOLDER    tells the genre of audio files right here",
                             "genre-bot doctor                  says what is missing, and what to do",
                             "genre-bot --help                  shows everything else",)),
    )  # fmt: skip
    for title, lines in steps:
        console.print(Text(title, style="bold cyan"))
        console.print(Padding(Text("\n".join(lines)), (0, 0, 1, 2)))
