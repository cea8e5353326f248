"""Reads the settings and names those that cannot be used."""

from __future__ import annotations

from typing import Final

from bot.doctor.finding import Finding, ok, problem
from bot.settings import ENV_FILE, Settings, load_usable_settings

SUBJECT: Final = "settings"


def check_settings() -> tuple[Settings, tuple[Finding, ...]]:
    """Read the settings, and go on with the defaults where they cannot be used.

    Returns
    -------
    Settings
        For the other checks.
    tuple of Finding
        One for each setting that cannot be used.
    """
    try:
        settings, problems = load_usable_settings()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        # Without a look at the environment either: what follows is at least told with the defaults.
        return Settings.model_construct(), (
            problem(
                SUBJECT,
                f"{ENV_FILE} cannot be read: {reason}",
                "Write it anew from .env.example. What follows was looked at with the defaults.",
            ),
        )
    if not problems:
        return settings, (ok(SUBJECT, f"all can be used ({ENV_FILE} is {'' if ENV_FILE.is_file() else 'not '}there)"),)
    what_to_do = "Correct it in .env or in the environment. What follows was looked at with the default instead."
    return settings, tuple(problem(SUBJECT, each, what_to_do) for each in problems)
