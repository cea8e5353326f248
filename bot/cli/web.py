"""``genre-bot web``: the channel in the browser, and no Discord."""

from __future__ import annotations

from bot.cli.run import run_bot


def web() -> None:
    """Open the channel in the browser alone, whether there is a Discord token or not, until it is told to stop."""
    from bot.settings import load_settings

    run_bot(load_settings(), on_discord=False, on_page=True)
