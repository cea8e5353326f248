"""What docs/security.md says is tested is tested, and the settings that it names are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.analyzer import ANSWER_WITHIN_SECONDS
from bot.media import guarded_http, in_message, links, site_child, site_job
from bot.playlists import playlist
from bot.playlists.formats import decoding
from bot.settings import Settings, variable_name
from bot.web import channel, connections, crowding, events, sending, server, uploads
from classifier import confinement

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text()


DEFAULTS = {field: info.default for field, info in Settings.model_fields.items()}
COOLDOWNS = (DEFAULTS["member_cooldown"], DEFAULTS["server_cooldown"])

LIMITS = {
    "Size of a clip": f"{DEFAULTS['max_upload_mb']:g} MB",
    "Audio that is decoded": f"{DEFAULTS['max_seconds']:,.0f} s",
    "Fetching an attachment": f"{DEFAULTS['download_timeout']:g} s",
    "Fetching what a link leads to, redirects included": f"{DEFAULTS['link_timeout']:g} s",
    "Decoding": f"{DEFAULTS['decode_timeout']:g} s",
    "Whole analysis, then its worker is killed": f"{DEFAULTS['job_timeout']:g} s",
    "Clips under way: of all, of one server, of one member": (
        f"{DEFAULTS['queue_limit']}, {DEFAULTS['jobs_per_server']} and {DEFAULTS['jobs_per_member']}"
    ),
    "Time between clips of one member, of one server": "none unless set" if COOLDOWNS == (0, 0) else str(COOLDOWNS),
    "Clips of one message": f"{in_message.MOST_CLIPS}",
    "From the question to the answer": f"{ANSWER_WITHIN_SECONDS / 60:g} min",
    "ffmpeg: memory (Linux)": f"{confinement.DECODER_MEMORY_BYTES / (1 << 30):g} GiB of address space",
    "ffmpeg: processor time": f"{confinement.DECODER_STAGES} times the decoding limit",
    "ffmpeg: files": f"opens {confinement.DECODER_OPEN_FILES}, writes none, no core dump",
    "Worker: memory (Linux)": (
        f"{confinement.WORKER_MEMORY_BYTES / (1 << 30):g} GiB of address space (it needs less than 1)"
    ),
    "Worker: processor time of a job": f"its wall time and {confinement.PROCESSOR_GRACE_SECONDS:g} s",
    "Worker: files": (
        f"opens {confinement.WORKER_OPEN_FILES}, none larger than {confinement.WORKER_FILE_BYTES / (1 << 20):g} MiB, "
        "no core dump"
    ),
    "Process for a site: memory (Linux, without a JavaScript runtime)": (
        f"{site_child.MEMORY_BYTES / (1 << 30):g} GiB of address space"
    ),
    "Process for a site: processor time": "the link's limit and 1 s",
    "Process for a site: files": f"opens {site_child.OPEN_FILES}, none larger than a clip, no core dump",
    "Redirects": f"{guarded_http.MOST_REDIRECTS}",
    "Length of a link": f"{links.MAX_LINK_LENGTH:,} characters",
    "Tracks of one import, of one playlist": f"{DEFAULTS['import_limit']} and {playlist.MOST_TRACKS:,}",
    "Playlists of one server": f"{playlist.MOST_PLAYLISTS}",
    "What a site may answer about a playlist": f"{site_job.MAX_ANSWER_BYTES >> 20} MiB",
    "The page: a form, answers that stand, browsers that are told, silence in an upload": (
        f"{server.FORM_BYTES >> 10} KiB, {channel.MOST_MESSAGES}, {events.MOST_LISTENERS}, "
        f"{uploads.PATIENCE_SECONDS:g} s"
    ),
    "The page: connections of strangers, of one of them, silence between requests, what has to be taken of an answer": (
        f"{connections.MOST_CONNECTIONS - connections.KEPT}, {connections.MOST_OF_ONE_SOURCE}, "
        f"{connections.IDLE_SECONDS:g} s, {connections.LEAST_BYTES_PER_SECOND // 1000} kB/s"
    ),
    "The page: requests under way of one source, of them for what was published": (
        f"{crowding.MOST_REQUESTS}, {sending.MOST_REQUESTS}"
    ),
    "The page: answers under way to strangers, to one of them, and how soon they have to be taken": (
        f"{sending.MOST_UNTAKEN >> 20} MiB, {sending.MOST_UNTAKEN_OF_ONE_SOURCE >> 20} MiB, "
        f"{sending.SENDING_SECONDS / 60:g} min and 1 s for each {sending.LEAST_BYTES_PER_SECOND // 1000} kB"
    ),
    "A playlist as a file": f"{decoding.MOST_BYTES // 1_000_000} MB, {decoding.MOST_LINES:,} lines",
}
"""What the page has to say, with the numbers that the code has."""


def table(*columns: str) -> list[list[str]]:
    """Return the rows of the page's table with these columns."""
    header = f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"
    lines = PAGE.partition(header)[2].partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def rows() -> list[list[str]]:
    return table("Attack", "What happens", "Test")


def test_the_table_is_read() -> None:
    assert len(rows()) > 50


@pytest.mark.parametrize("what", LIMITS)
def test_each_limit_on_the_page_is_the_one_in_the_code(what: str) -> None:
    limits = {named: limit for named, limit, _ in table("What", "Limit", "Where")}
    assert limits[what] == LIMITS[what]
    assert set(limits) == set(LIMITS)


@pytest.mark.parametrize(("attack", "outcome", "tests"), [pytest.param(*row, id=row[0][:40]) for row in rows()])
def test_every_test_that_the_table_names_exists(attack: str, outcome: str, tests: str) -> None:
    assert attack
    assert outcome
    for named in tests.split(", "):
        path, name = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", named).groups()  # type: ignore[union-attr]
        assert re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text(), re.MULTILINE), named


def test_every_setting_that_the_page_names_exists() -> None:
    known = {variable_name(field) for field in Settings.model_fields}
    named = set(re.findall(r"GENREBOT_[A-Z_]+", PAGE))
    assert len(named) > 8
    assert named <= known


def test_every_file_that_the_page_names_exists() -> None:
    for path in set(re.findall(r"`((?:bot|classifier)/[\w/]+\.py)`", PAGE)):
        assert (ROOT / path).is_file(), path
