"""Which version of the bot this is."""

from __future__ import annotations

from importlib import metadata
from typing import Final

UNINSTALLED_VERSION: Final = "0+uninstalled"
"""What is said when the code runs from a checkout that was never installed."""


def installed_version() -> str:
    """Return the version that is installed; `UNINSTALLED_VERSION` where the bot runs without having been installed.

    Returns
    -------
    str
    """
    try:
        return metadata.version("genre-bot")
    except metadata.PackageNotFoundError:
        return UNINSTALLED_VERSION
