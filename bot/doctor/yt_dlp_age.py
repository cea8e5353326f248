"""Tells how old yt-dlp is: sites change from week to week."""

from __future__ import annotations

import re
import shlex
import sys
from datetime import UTC, date, datetime
from importlib import metadata
from typing import Final

from bot.doctor.finding import Finding, advice, ok, problem

SUBJECT: Final = "yt-dlp"

OLD_DAYS: Final = 60
"""Age from which on some site has probably changed, in days: yt-dlp appears about once a month."""

TOO_OLD_DAYS: Final = 180
"""Age from which on the large sites have probably changed, in days; yt-dlp itself warns from 90 on."""


def check_yt_dlp(version: str | None = None, *, today: date | None = None) -> Finding:
    """Tell how old yt-dlp is; its version is the date of its release.

    Parameters
    ----------
    version
        Such as ``2026.8.19``; the installed one where None.
    today
        The present date in UTC where None.

    Returns
    -------
    Finding
    """
    version = metadata.version("yt-dlp") if version is None else version
    update = (
        f"Update it: {shlex.quote(sys.executable)} -m pip install --upgrade 'yt-dlp[default]' (in a container: build"
        " the image anew with a newer release of the bot). Then start the bot again."
    )
    released = _release_date(version)
    if released is None:
        return advice(SUBJECT, f"version {version} does not tell how old it is", update)
    days = ((datetime.now(UTC).date() if today is None else today) - released).days
    # A clock that is behind must not make it younger than new.
    days = max(days, 0)
    what = f"version {version} is {days} {'day' if days == 1 else 'days'} old"
    if days >= TOO_OLD_DAYS:
        return problem(SUBJECT, f"{what}: many sites will refuse it", update)
    if days >= OLD_DAYS:
        return advice(SUBJECT, f"{what}: some sites may refuse it", update)
    return ok(SUBJECT, what)


def _release_date(version: str) -> date | None:
    numbers = re.match(r"(\d{4})\.(\d{1,2})\.(\d{1,2})(?!\d)", version)
    try:
        return date(*map(int, numbers.groups())) if numbers else None
    except ValueError:
        # Such as a 13th month.
        return None
