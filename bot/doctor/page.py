"""Looks whether the page could be served in the browser, where it is to be."""

from __future__ import annotations

from typing import Final

from bot.doctor.finding import Finding, advice, ok, problem
from bot.settings import Settings
from bot.web.address import open_socket
from bot.web.errors import WebRefused, WebUnavailable

SUBJECT: Final = "page"


def check_page(settings: Settings) -> Finding:
    """Listen for a moment where the page would be.

    Parameters
    ----------
    settings
        What the operator chose.

    Returns
    -------
    Finding
    """
    if settings.token is not None and not settings.web:
        return ok(SUBJECT, "off; GENREBOT_WEB=1 opens it beside the bot")
    try:
        opened, address = open_socket(settings)
    except WebRefused as error:
        return problem(SUBJECT, error.reason, f"Set GENREBOT_WEB_PASSWORD to {error.characters} characters or more.")
    except WebUnavailable as error:
        return problem(
            SUBJECT,
            f"it cannot be served at {error.host}, port {error.port}: {error.reason}",
            "Set GENREBOT_WEB_HOST to an address of this machine and GENREBOT_WEB_PORT to a free port.",
        )
    opened.close()
    if settings.web_port not in {0, address.port}:
        return advice(
            SUBJECT,
            f"port {settings.web_port} is taken, perhaps by the bot itself: the page would be at another one each time",
            "If it is not the bot, set GENREBOT_WEB_PORT to a port that nothing else uses.",
        )
    return ok(SUBJECT, f"{address.url}{', with a password' if settings.password else ''}")
