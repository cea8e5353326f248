"""Why a track cannot be had, told from what yt-dlp really says: its own classes, and messages as sites answer."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest
from yt_dlp.cookies import CookieLoadError
from yt_dlp.networking import Response
from yt_dlp.networking.exceptions import HTTPError, TransportError
from yt_dlp.utils import (
    DownloadError,
    ExtractorError,
    GeoRestrictedError,
    UnsupportedError,
    UserNotLive,
)

from bot.errors import RequestError
from bot.media import link_errors
from bot.media.site_failures import trouble_of
from bot.media.site_job import Trouble
from bot.media.sites import ERRORS

Make = Callable[[], Exception]


def reported(error: Exception) -> DownloadError:
    """Wrap an error as ``YoutubeDL.report_error`` does."""
    try:
        raise error
    except type(error):
        return DownloadError(f"ERROR: {error}", sys.exc_info())


def said(message: str, *, expected: bool = True) -> DownloadError:
    return reported(ExtractorError(message, expected=expected, video_id="abc", ie="site"))


def answered(status: int) -> DownloadError:
    cause = HTTPError(Response(io.BytesIO(), "https://site.example/", {}, status=status))
    return reported(ExtractorError(f"Unable to download JSON metadata: {cause}", expected=True, cause=cause))


@pytest.mark.parametrize(
    ("message", "trouble"),
    [
        (
            "Sign in to confirm you\u2019re not a bot. Use --cookies-from-browser or --cookies for the authentication. "
            "See  https://github.com/yt-dlp/yt-dlp/wiki/FAQ#how-do-i-pass-cookies-to-yt-dlp  for how to manually pass "
            "cookies. Also see  https://github.com/yt-dlp/yt-dlp/wiki/Extractors#exporting-youtube-cookies  for tips "
            "on effectively exporting YouTube cookies",
            Trouble.BOT_CHECK,
        ),
        (
            "Video unavailable. This content isn't available, try again later. The current session has been "
            "rate-limited by YouTube for up to an hour. It is recommended to use `-t sleep` to add a delay between "
            "video requests to avoid exceeding the rate limit.",
            Trouble.BOT_CHECK,
        ),
        ("Video unavailable. YouTube is requiring a captcha challenge before playback", Trouble.BOT_CHECK),
        (
            "This request has been blocked due to its TLS fingerprint. Install a required impersonation dependency if "
            "possible. If you are using a data center IP or VPN/proxy, your IP may be blocked.",
            Trouble.BOT_CHECK,
        ),
        ("You have reached your play limit for this track", Trouble.BOT_CHECK),
        (
            "Sign in to confirm your age. This video may be inappropriate for some users. Use --cookies-from-browser "
            "or --cookies for the authentication.",
            Trouble.AGE,
        ),
        ("Age-restricted; requires authentication", Trouble.AGE),
        (
            "Video unavailable. The uploader has not made this video available in your country",
            Trouble.REGION,
        ),
        ("This video is not available from your location due to geo restriction", Trouble.REGION),
        ("Track unavailable in your country due to licensing restrictions", Trouble.REGION),
        ("Private video. Sign in if you've been granted access to this video. Use --cookies", Trouble.PRIVATE),
        ("Video unavailable. This video is private", Trouble.PRIVATE),
        ("Video unavailable", Trouble.PRIVATE),
        ("This video has been removed by the uploader", Trouble.PRIVATE),
        (
            "Video unavailable. This video is no longer available because the YouTube account associated with this "
            "video has been terminated.",
            Trouble.PRIVATE,
        ),
        ("Join this channel to get access to members-only content like this video", Trouble.PRIVATE),
        ("This video is only available to Music Premium members", Trouble.PRIVATE),
        ("This video is only available for registered users. Use --cookies for the authentication", Trouble.PRIVATE),
        ("This video is protected by a password, use the --video-password option", Trouble.PRIVATE),
        ("Track not found", Trouble.PRIVATE),
        ("This live event will begin in 3 hours.", Trouble.LIVE),
        ("Premieres in 52 minutes", Trouble.LIVE),
        ("This live event is scheduled for Friday", Trouble.LIVE),
        ("This live stream recording is not available.", Trouble.LIVE),
        ("The channel is not currently live", Trouble.LIVE),
        ("This video is DRM protected", Trouble.PROTECTED),
        ("Requested format is not available. Use --list-formats for a list of available formats", Trouble.NO_AUDIO),
        ("Something that no extractor has said yet", Trouble.UNKNOWN),
    ],
)
def test_a_message_is_understood(message: str, trouble: Trouble) -> None:
    assert trouble_of(said(message)) is trouble


@pytest.mark.parametrize(
    "message",
    [
        "Unable to extract client id",
        "Failed to extract any player response",
        "An extractor error has occurred. (caused by KeyError('title'))",
        "No video formats found!",
        "The page doesn't contain any tracks; login may have moved",
    ],
)
def test_what_an_extractor_did_not_expect_calls_for_a_newer_one(message: str) -> None:
    assert trouble_of(said(message, expected=False)) is Trouble.OUTDATED


@pytest.mark.parametrize("error", [TypeError("'NoneType' object is not iterable"), AssertionError(), RecursionError()])
def test_so_does_a_mistake_in_its_program(error: Exception) -> None:
    assert trouble_of(error) is Trouble.OUTDATED


@pytest.mark.parametrize(
    ("make", "trouble"),
    [
        (lambda: reported(GeoRestrictedError("Not here", countries=["DE"])), Trouble.REGION),
        (lambda: reported(UserNotLive()), Trouble.LIVE),
        (lambda: reported(UnsupportedError("https://site.example/")), Trouble.NOT_LISTED),
        (lambda: CookieLoadError("failed to load cookies"), Trouble.BAD_COOKIES),
        (lambda: answered(404), Trouble.PRIVATE),
        (lambda: answered(429), Trouble.BOT_CHECK),
        (lambda: answered(451), Trouble.REGION),
        (lambda: answered(503), Trouble.UNREACHABLE),
        (lambda: reported(TransportError("timed out")), Trouble.UNREACHABLE),
    ],
)
def test_a_class_of_error_is_understood(make: Make, trouble: Trouble) -> None:
    assert trouble_of(make()) is trouble


def test_no_sound_without_a_javascript_runtime_is_the_runtime_s_fault() -> None:
    warning = (
        "[youtube] No supported JavaScript runtime could be found. Only deno is enabled by default; to use another "
        "runtime add  --js-runtimes RUNTIME[:PATH]  to your command/config."
    )
    missing = said("Requested format is not available. Use --list-formats for a list of available formats")
    assert trouble_of(missing, warnings=[warning]) is Trouble.NO_RUNTIME
    assert trouble_of(said("Private video"), warnings=[warning]) is Trouble.PRIVATE


def test_every_trouble_has_a_sentence_of_its_own() -> None:
    assert set(Trouble) - set(ERRORS) == {Trouble.TOO_LONG, Trouble.TOO_LARGE}
    sentences = [str(kind()) for kind in ERRORS.values()]
    assert len(set(sentences)) == len(sentences)


def test_every_sentence_tells_what_to_do_next() -> None:
    kinds = [kind for kind in vars(link_errors).values() if isinstance(kind, type) and issubclass(kind, RequestError)]
    for kind in set(kinds) - {RequestError, link_errors.LinkError}:
        limited = kind in {link_errors.LinkTimeout, link_errors.TrackTooLong}
        sentence = str(kind(600.0) if limited else kind())
        assert any(word in sentence for word in ("Send", "send", "upload", "Upload")), sentence
        assert sentence.endswith(".")
        assert len(sentence) <= 250
