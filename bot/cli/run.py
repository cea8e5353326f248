"""``genre-bot run``: the bot on Discord."""

from __future__ import annotations

import asyncio

import typer

from bot.cli.exit_status import ExitStatus


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

    console = Console(stderr=True, highlight=False)
    console.print("[bold]Genre Bot needs a Discord token to log in, and there is none yet.[/bold]\n")
    steps = (
        ("Get a token", ("Open https://discord.com/developers/applications and press New Application.",
                         "Under Bot, press Reset Token and copy what appears (it is shown once).",
                         "Leave all three Privileged Gateway Intents off: the bot reads nobody's text.")),
        ("Put it here", ("cp .env.example .env, then set DISCORD_TOKEN=... in it;",
                         "or set the environment variable DISCORD_TOKEN.")),
        ("Invite the bot", ("Under OAuth2 > URL Generator choose the scopes bot and applications.commands,",
                            "and the permissions View Channels, Send Messages, Embed Links, Attach Files.",
                            "Open the generated address, choose your server, then run this again.")),
        ("Without a token", ("genre-bot classify FILE|FOLDER    tells the genre of audio files right here",
                             "genre-bot --help                  shows everything else",
                             "(in a checkout: .venv/bin/genre-bot)")),
    )  # fmt: skip
    for title, lines in steps:
        console.print(Text(title, style="bold cyan"))
        console.print(Padding(Text("\n".join(lines)), (0, 0, 1, 2)))
