"""All checks, one after the other; a check that fails by itself is a finding, too.

Each module is imported where it is used: a library that is broken or missing is found by the checks that need it, and
the others go on.
"""

from __future__ import annotations

import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.doctor.finding import Finding, ok, problem
from bot.doctor.settings import check_settings
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.application import Application

Findings = Finding | tuple[Finding, ...]


def examine() -> Iterator[Finding]:
    """Look at everything that the bot needs.

    Yields
    ------
    Finding
        As soon as it is found. Nothing is raised, and no secret is told.
    """
    settings, findings = check_settings()
    yield from findings
    checks: dict[str, Callable[[Settings], Findings]] = {
        "ffmpeg": _ffmpeg,
        "model": _model,
        "tag network": _tag_network,
        "worker": _worker,
        "memory": _memory,
        "disk: clips": _room_for_clips,
        "disk: database": _room_for_database,
        "temporary folder": _temporary_folder,
        "database": _database,
        "yt-dlp": _yt_dlp,
        "link sites": _link_sites,
        "JavaScript": _javascript,
        "cookies": _cookies,
        "page": _page,
        "Discord": _discord,
    }
    for subject, check in checks.items():
        yield from guarded(subject, check, settings)


def guarded(subject: str, check: Callable[[Settings], Findings], settings: Settings) -> tuple[Finding, ...]:
    """Do a check, and tell of it where it fails by itself.

    Parameters
    ----------
    subject
        What the check looks at.
    check
        Given the settings.
    settings
        What the operator chose.

    Returns
    -------
    tuple of Finding
    """
    try:
        found = check(settings)
    except Exception as error:  # noqa: BLE001 - whatever is broken, the other checks go on
        # Not what the error says: it may repeat a secret.
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = (
            f"this check failed by itself: {type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
        )
        return (problem(subject, what, "Install the bot and its requirements anew. If it stays, report this line."),)
    return found if isinstance(found, tuple) else (found,)


def _ffmpeg(settings: Settings) -> Finding:
    from bot.doctor.ffmpeg import check_ffmpeg

    return check_ffmpeg(settings.decode_options)


def _model(settings: Settings) -> Finding:
    from bot.doctor.model import check_model

    return check_model(settings.model_dir)


def _tag_network(_: Settings) -> Finding:
    from bot.doctor.model import check_tag_network
    from classifier.location import tag_network_dir

    return check_tag_network(tag_network_dir())


def _worker(settings: Settings) -> Finding:
    from bot.doctor.worker import check_worker
    from bot.illustrator import TimelineIllustrator
    from classifier.workers import WorkerConfig

    return check_worker(
        WorkerConfig(
            settings.model_dir, settings.decode_options, settings.job_timeout, illustrator=TimelineIllustrator()
        )
    )


def _memory(settings: Settings) -> Finding:
    from bot.doctor.memory import check_memory

    return check_memory(settings.workers)


def _room_for_clips(settings: Settings) -> Finding:
    from bot.doctor.disk import check_room_for_clips

    return check_room_for_clips(
        Path(tempfile.gettempdir()), clips=settings.queue_limit, clip_bytes=settings.max_upload_bytes
    )


def _room_for_database(settings: Settings) -> Finding:
    from bot.doctor.database import sqlite_file
    from bot.doctor.disk import DATABASE_BYTES, check_free_space

    file = sqlite_file(settings.database_url)
    if file is None:
        return ok("disk: database", "it is no file here")
    return check_free_space("database", file.parent, least=DATABASE_BYTES)


def _temporary_folder(_: Settings) -> Finding:
    from bot.doctor.temporary_folder import check_temporary_folder

    return check_temporary_folder(Path(tempfile.gettempdir()))


def _database(settings: Settings) -> Finding:
    from bot.doctor.database import check_database

    return check_database(settings.database_url)


def _yt_dlp(_: Settings) -> Finding:
    from bot.doctor.yt_dlp_age import check_yt_dlp

    return check_yt_dlp()


def _link_sites(settings: Settings) -> Finding:
    from bot.doctor.link_sites import check_link_sites

    return check_link_sites(settings.sites)


def _javascript(settings: Settings) -> Finding:
    from bot.doctor.javascript import check_javascript

    return check_javascript(settings.runtime, settings.sites)


def _cookies(settings: Settings) -> Finding:
    from bot.doctor.cookies import check_cookies

    return check_cookies(settings.cookies_file)


def _page(settings: Settings) -> Finding:
    from bot.doctor.page import check_page

    return check_page(settings)


def _discord(settings: Settings) -> tuple[Finding, ...]:
    from bot.doctor.account import check_intents, check_permissions, check_token

    application: Application | None
    application, of_token = check_token(settings.token)
    return (of_token, check_intents(application), *check_permissions(settings.token, application))
