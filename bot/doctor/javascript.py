"""Runs the JavaScript runtime that yt-dlp is to use."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from yt_dlp.globals import supported_js_runtimes

from bot.doctor.finding import Finding, advice, ok, problem

SUBJECT: Final = "JavaScript"

YOUTUBE: Final = frozenset({"youtube", "youtubeytbe"})
"""Sites whose pages need a runtime."""

TIMEOUT_SECONDS: Final = 20.0
"""Most time for telling the version, in seconds."""


def check_javascript(runtime: tuple[str, Path] | None, sites: Sequence[str]) -> Finding:
    """Run the runtime and compare its version with what yt-dlp takes.

    Parameters
    ----------
    runtime
        Name that yt-dlp gives it, and where it lies; None where none is set.
    sites
        Those that links may lead to.

    Returns
    -------
    Finding
    """
    if runtime is None:
        if YOUTUBE.isdisjoint(sites):
            return ok(SUBJECT, "no runtime is set, and none of the sites needs one")
        return advice(
            SUBJECT,
            "no runtime is set: much of YouTube will not work",
            "Install deno (2.3 or later) and set GENREBOT_JS_RUNTIME=deno, or take youtube out of GENREBOT_LINK_SITES.",
        )
    name, path = runtime
    install = "Install a newer one, or set GENREBOT_JS_RUNTIME to another: deno, node, bun or qjs."
    if (failure := _failure(path)) is not None:
        return problem(SUBJECT, f"{path} does not run: {failure}", install)
    kind = supported_js_runtimes.value[name]
    info = kind(path=str(path)).info
    if info is None:
        return problem(SUBJECT, f"{path} does not tell a version", install)
    if not info.supported:
        least = ".".join(map(str, kind.MIN_SUPPORTED_VERSION))
        return problem(SUBJECT, f"{path} is {info.name} {info.version}, but yt-dlp needs {least} or later", install)
    return ok(SUBJECT, f"{info.name} {info.version} ({path})")


def _failure(path: Path) -> str | None:
    """Say why a program does not start or end; yt-dlp itself would wait for one that hangs."""
    try:
        # What it answers, and with which status, is yt-dlp's concern.
        subprocess.run(  # noqa: S603 - the operator's program, with a fixed option
            [path, "--version"], stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=TIMEOUT_SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"it says nothing for {TIMEOUT_SECONDS:g} s"
    except OSError as error:
        return error.strerror or type(error).__name__
    return None
