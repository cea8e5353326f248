"""Looks whether yt-dlp knows the sites that links may lead to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.doctor.finding import Finding, ok, problem
from bot.media.site_names import unknown_sites

SUBJECT: Final = "link sites"


def check_link_sites(names: Sequence[str]) -> Finding:
    """Look up the names of the sites.

    Parameters
    ----------
    names
        As the settings have them, the default ones too: an update of yt-dlp may have renamed one.

    Returns
    -------
    Finding
    """
    if not names:
        return ok(SUBJECT, "none: links must lead straight to a file")
    if unknown := unknown_sites(names):
        return problem(
            SUBJECT,
            f"yt-dlp does not know {', '.join(unknown)}",
            "Correct GENREBOT_LINK_SITES; `yt-dlp --list-extractors` prints the names there are.",
        )
    return ok(SUBJECT, f"yt-dlp knows all {len(names)}")
