"""Looks whether yt-dlp can read the cookies, and nobody else."""

from __future__ import annotations

import io
import shlex
import stat
from contextlib import redirect_stderr
from http.cookiejar import LoadError
from pathlib import Path
from typing import Final

from yt_dlp.cookies import YoutubeDLCookieJar

from bot.doctor.finding import Finding, advice, ok, problem

SUBJECT: Final = "cookies"

SKIPPED: Final = "skipping cookie file entry"
"""What yt-dlp says of each line that it cannot read."""

EXPORT_AGAIN: Final = "Export the cookies again in Netscape format (cookies.txt), or unset GENREBOT_COOKIES_FILE."


def check_cookies(file: Path | None) -> Finding:
    """Load the cookies as yt-dlp does; what is in them is never told.

    Parameters
    ----------
    file
        The operator's cookies; None for none.

    Returns
    -------
    Finding
    """
    if file is None:
        return ok(SUBJECT, "no file is set: sites see no account")
    try:
        others_may = stat.S_IMODE(file.stat().st_mode) & stat.S_IRWXO
        cookies, skipped = _load(file)
    except (LoadError, UnicodeDecodeError):
        # What it says repeats the line that it cannot read.
        return problem(SUBJECT, f"{file} holds no cookies in Netscape format", EXPORT_AGAIN)
    except OSError as error:
        return problem(SUBJECT, f"{file} cannot be read: {error.strerror}", "Let the bot's account read it.")
    if others_may:
        return problem(
            SUBJECT,
            f"{file} can be used by everybody on this machine, and with it the account",
            f"chmod 600 {shlex.quote(str(file))}",
        )
    if skipped:
        return advice(SUBJECT, f"{file} has {skipped} lines that yt-dlp cannot read", EXPORT_AGAIN)
    return ok(SUBJECT, f"{cookies} can be read, by nobody else ({file})")


def _load(file: Path) -> tuple[int, int]:
    """Return how many cookies there are, and how many lines are none."""
    jar = YoutubeDLCookieJar(file)
    # It would print each line that it cannot read: a secret.
    with redirect_stderr(io.StringIO()) as said:
        jar.load()
    if not len(jar):
        raise LoadError("there is none")
    return len(jar), said.getvalue().count(SKIPPED)
