"""``genre-bot run``: the bot on Discord, or, as long as there is no token, in the browser."""

from __future__ import annotations

import asyncio
import textwrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.web.address import Address

HELP_WIDTH: Final = 76
"""Columns that the steps are written for, without their indentation."""


def run() -> None:
    """Run the bot until it is told to stop (Ctrl-C or SIGTERM): on Discord, or without a token in the browser."""
    from bot.settings import load_settings

    settings = load_settings()
    has_token = settings.token is not None
    run_bot(settings, on_discord=has_token, on_page=settings.web or not has_token)


def run_bot(settings: Settings, *, on_discord: bool, on_page: bool) -> None:
    """Run the bot until it is told to stop.

    Parameters
    ----------
    settings
        What the operator chose.
    on_discord
        Whether to log in at Discord.
    on_page
        Whether to serve the page.

    Raises
    ------
    BotError, ClassifierError
        If it cannot.
    """
    from bot.logs import configure_logging
    from bot.service import serve

    configure_logging(settings.log_level, log_format=settings.log_format, secrets=settings.secrets)

    def announce(address: Address) -> None:
        taken = settings.web_port not in {0, address.port}
        print_address(address, taken=settings.web_port if taken else None)
        if settings.token is None:
            print_token_help()

    token = settings.token if on_discord else None
    asyncio.run(serve(settings, token=token, announce=announce if on_page else None))


def print_address(address: Address, *, taken: int | None) -> None:
    """Say where the page is found.

    Parameters
    ----------
    address
        Where that is.
    taken
        The port that it would have been at; None where it is there.
    """
    instead = "" if taken is None else f" (port {taken} is taken by another program)"
    print(f"Genre Bot is listening. Open {address.url} and drop a song there{instead}.\n", flush=True)


def print_token_help() -> None:
    """Say on one screen how to get a token, where to put it, and what else works without one."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    from bot.permissions import permission_names

    console = Console(stderr=True, highlight=False)
    console.print("[bold]For Discord, Genre Bot needs a token, and there is none yet.[/bold]\n")
    steps = (
        ("Get a token", ("Open https://discord.com/developers/applications and press New Application.",
                         "Under Bot, press Reset Token and copy what appears (it is shown once).",
                         "Switch on Message Content Intent there only if audio dropped into channels",
                         "is to be answered by itself; everything else works without.")),
        ("Put it here", ("cp .env.example .env, then set DISCORD_TOKEN=... in it.",)),
        ("Invite the bot", ("Under OAuth2 > URL Generator choose the scopes bot and applications.commands,",
                            *textwrap.wrap(f"and the permissions {', '.join(permission_names())}.", HELP_WIDTH),
                            "Open the generated address, choose your server, then run this again.")),
        ("In the terminal", ("genre-bot classify FILE|FOLDER    tells the genre of audio files right here",
                             "genre-bot doctor                  says what is missing, and what to do",
                             "genre-bot --help                  shows everything else",)),
    )  # fmt: skip
    for title, lines in steps:
        console.print(Text(title, style="bold cyan"))
        console.print(Padding(Text("\n".join(lines)), (0, 0, 1, 2)))
