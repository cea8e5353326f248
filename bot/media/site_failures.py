"""Finds out from yt-dlp's errors why a track cannot be had.

yt-dlp has few classes of errors: mostly, the message of the site or of the extractor is all there is.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Sequence
from typing import Final

from yt_dlp.cookies import CookieLoadError
from yt_dlp.networking.exceptions import HTTPError, TransportError
from yt_dlp.utils import ExtractorError, GeoRestrictedError, UnsupportedError, UserNotLive, YoutubeDLError

from bot.media.site_job import Trouble

CLASSES: Final = (
    (CookieLoadError, Trouble.BAD_COOKIES),
    (GeoRestrictedError, Trouble.REGION),
    (UserNotLive, Trouble.LIVE),
    (UnsupportedError, Trouble.NOT_LISTED),
)

STATUSES: Final = {
    401: Trouble.PRIVATE,
    404: Trouble.PRIVATE,
    410: Trouble.PRIVATE,
    429: Trouble.BOT_CHECK,
    451: Trouble.REGION,
} | dict.fromkeys((500, 502, 503, 504), Trouble.UNREACHABLE)
"""HTTP statuses that say all; 403 may mean anything."""

MESSAGES: Final = (
    (Trouble.NOT_LISTED, r"no suitable extractor|unsupported url"),
    (
        Trouble.BOT_CHECK,
        r"not a bot|captcha|too many requests|rate.?limit|play limit|unusual traffic"
        r"|tls fingerprint|your ip may be blocked|blocked due to",
    ),
    (Trouble.AGE, r"confirm your age|age.?restrict|age.?limit|inappropriate for some users|mature content"),
    (
        Trouble.REGION,
        r"geo.?restrict|geo.?block|in your (country|region|location)|from your (country|region|location)"
        r"|your (country|region) due to",
    ),
    (
        Trouble.LIVE,
        r"live (event|stream).{0,40}(begin|start|schedul|ended)|premieres? in|begins? in|not currently live"
        r"|live stream recording",
    ),
    (Trouble.PROTECTED, r"\bdrm\b"),
    (
        Trouble.PRIVATE,
        r"private|removed|deleted|no longer available|terminated|does not exist|doesn'?t exist|not found|unavailable"
        r"|isn'?t available|is not available\.?$|not available anymore|members.only|members? on level|join this channel"
        r"|registered users|log.?in|logged.in|sign.?in|subscri(be|ption)|premium|purchase|rental|password"
        r"|privacy settings|cookies|track is restricted",
    ),
    (Trouble.NO_AUDIO, r"requested format is not available|no video formats|no formats|no (audio|media|video|tracks)"),
)
"""What messages say, in the order in which they are tried: that a bot has to sign in is not about a private track."""

RUNTIME_WANTED: Final = re.compile(r"javascript runtime", re.IGNORECASE)


def trouble_of(error: BaseException, *, warnings: Sequence[str] = ()) -> Trouble:
    """Find out why a track cannot be had.

    Parameters
    ----------
    error
        What yt-dlp raised.
    warnings
        What it said before.

    Returns
    -------
    Trouble
    """
    causes = list(_causes(error))
    if (known := _by_class(causes)) is not None:
        return known
    message = str(error)
    found = next((trouble for trouble, words in MESSAGES if re.search(words, message, re.IGNORECASE)), None)
    if found in {None, Trouble.NO_AUDIO} and any(map(RUNTIME_WANTED.search, (*warnings, message))):
        return Trouble.NO_RUNTIME
    # A message that the extractor did not expect is about its own fault, whatever words are in it.
    unexpected = not isinstance(error, YoutubeDLError | OSError) or any(
        isinstance(cause, ExtractorError) and not cause.expected for cause in causes
    )
    if unexpected and found in {None, Trouble.NO_AUDIO, Trouble.PRIVATE}:
        return Trouble.OUTDATED
    return found or (Trouble.UNREACHABLE if _is_of_network(causes) else Trouble.UNKNOWN)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and everything behind it; yt-dlp keeps that in several places."""
    pending: list[object] = [error]
    seen: set[int] = set()
    while pending:
        current = pending.pop()
        if not isinstance(current, BaseException) or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        pending += [current.__cause__, current.__context__, getattr(current, "cause", None)]
        pending += getattr(current, "exc_info", None) or ()


def _by_class(causes: Sequence[BaseException]) -> Trouble | None:
    for cause in causes:
        for kind, trouble in CLASSES:
            if isinstance(cause, kind):
                return trouble
        if isinstance(cause, HTTPError) and cause.status in STATUSES:
            return STATUSES[cause.status]
        # The limit on the size of a file that the process set itself.
        if isinstance(cause, OSError) and cause.errno == errno.EFBIG:
            return Trouble.TOO_LARGE
    return None


def _is_of_network(causes: Sequence[BaseException]) -> bool:
    return any(isinstance(cause, (HTTPError, TransportError)) for cause in causes)
