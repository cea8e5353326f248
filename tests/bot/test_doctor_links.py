"""The doctor's look at what links need: yt-dlp, its sites, a JavaScript runtime and cookies."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.doctor import javascript
from bot.doctor.cookies import check_cookies
from bot.doctor.finding import Level
from bot.doctor.javascript import check_javascript
from bot.doctor.link_sites import check_link_sites
from bot.doctor.yt_dlp_age import check_yt_dlp
from bot.media.site_names import DEFAULT_SITES
from tests.bot.doctors import assert_advice, assert_ok, assert_problem, write_program

RELEASED = date(2026, 8, 19)
SECRET = "the-secret-of-a-cookie"
HEADER = "# Netscape HTTP Cookie File\n"
GOOD_LINE = f".example.org\tTRUE\t/\tTRUE\t0\tsession\t{SECRET}\n"


def test_yt_dlp_is_told_with_its_age_in_days() -> None:
    assert_ok(check_yt_dlp("2026.8.19", today=RELEASED), says="version 2026.8.19 is 0 days old")
    old = check_yt_dlp("2026.8.19", today=RELEASED + timedelta(60))
    assert_advice(old, says="60 days old", advises=f"{sys.executable} -m pip install --upgrade 'yt-dlp[default]'")
    too_old = check_yt_dlp("2026.8.19", today=RELEASED + timedelta(180))
    assert_problem(too_old, says="180 days old", advises="-m pip install --upgrade 'yt-dlp[default]'")


@given(days=st.integers(min_value=-400, max_value=4000))
def test_the_older_yt_dlp_is_the_more_it_matters(days: int) -> None:
    level = check_yt_dlp("2026.08.19", today=RELEASED + timedelta(days)).level
    assert level is (Level.OK if days < 60 else Level.ADVICE if days < 180 else Level.PROBLEM)


@pytest.mark.parametrize("version", ["2026.8.19.232945.dev0", "2026.08.19"])
def test_releases_of_each_channel_tell_their_day(version: str) -> None:
    assert_ok(check_yt_dlp(version, today=RELEASED + timedelta(1)), says="is 1 day old")


@pytest.mark.parametrize("version", ["1.0", "2026.13.40", "", "unknown"])
def test_a_version_that_is_no_day_is_told_as_such(version: str) -> None:
    assert_advice(check_yt_dlp(version), says="does not tell how old it is", advises="pip install --upgrade")


def test_the_installed_yt_dlp_is_looked_at_where_none_is_given() -> None:
    assert check_yt_dlp(today=date(2026, 1, 1)).level is Level.OK


def test_sites_are_known_or_named() -> None:
    assert_ok(check_link_sites(DEFAULT_SITES.split(",")), says="knows all 11")
    assert_ok(check_link_sites(()), says="straight to a file")
    unknown = check_link_sites(("soundcloud", "nosuchsite", "generic"))
    assert_problem(unknown, says="does not know nosuchsite, generic", advises="GENREBOT_LINK_SITES")


# JavaScript


def test_without_a_runtime_much_of_youtube_will_not_work() -> None:
    assert_advice(check_javascript(None, ("youtube",)), says="much of YouTube", advises="GENREBOT_JS_RUNTIME=deno")
    assert_ok(check_javascript(None, ("soundcloud",)), says="none of the sites needs one")


@pytest.mark.parametrize(
    ("name", "program", "prints", "says"),
    [
        ("deno", "deno", "deno 2.5.0 (stable)", "deno 2.5.0"),
        ("node", "node", "v22.1.0", "node 22.1.0"),
        ("bun", "bun", "1.2.11", "bun 1.2.11"),
        ("quickjs", "qjs", "QuickJS version 2025-04-26", "quickjs 2025-04-26"),
        ("quickjs", "qjs-ng", "QuickJS-ng version 0.10.1", "quickjs-ng 0.10.1"),
    ],
)
def test_a_runtime_that_yt_dlp_takes_is_told_with_its_version(
    name: str, program: str, prints: str, says: str, tmp_path: Path
) -> None:
    path = write_program(tmp_path, program, f"echo '{prints}'")
    assert_ok(check_javascript((name, path), ("youtube",)), says=says)


@pytest.mark.parametrize(
    ("name", "script", "says"),
    [
        pytest.param("node", "echo v20.1.0", "node 20.1.0, but yt-dlp needs 22.0.0 or later", id="old node"),
        pytest.param("deno", "echo deno 2.2.9", "deno 2.2.9, but yt-dlp needs 2.3.0 or later", id="old deno"),
        pytest.param("deno", "echo hello", "needs 2.3.0 or later", id="something else"),
        pytest.param("deno", "exit 1", "does not tell a version", id="fails"),
        pytest.param("deno", "exec sleep 600", "says nothing for 0.5 s", id="hangs"),
    ],
)
def test_a_runtime_that_yt_dlp_cannot_use_is_a_problem(
    name: str, script: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(javascript, "TIMEOUT_SECONDS", 0.5)
    runtime = (name, write_program(tmp_path, name, script))
    assert_problem(check_javascript(runtime, ()), says=says, advises="GENREBOT_JS_RUNTIME")


def test_a_runtime_that_is_no_program_is_a_problem(tmp_path: Path) -> None:
    program = write_program(tmp_path, "deno", "")
    program.write_bytes(b"\0\0\0\0")
    assert_problem(check_javascript(("deno", program), ()), says="does not run", advises="GENREBOT_JS_RUNTIME")


# Cookies


@pytest.fixture
def cookies_file(tmp_path: Path) -> Path:
    path = tmp_path / "my cookies.txt"
    path.write_text(HEADER + GOOD_LINE)
    path.chmod(0o600)
    return path


def test_cookies_that_only_the_bot_can_read_are_well(cookies_file: Path) -> None:
    assert_ok(check_cookies(cookies_file), says="1 can be read")
    assert_ok(check_cookies(None), says="no file is set")


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o666])
def test_cookies_that_others_can_use_are_a_problem(cookies_file: Path, mode: int) -> None:
    cookies_file.chmod(mode)
    assert_problem(check_cookies(cookies_file), says="everybody on this machine", advises=f"chmod 600 '{cookies_file}'")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(HEADER.encode(), id="no cookies"),
        pytest.param(f'[{{"name": "session", "value": "{SECRET}"}}]'.encode(), id="JSON"),
        pytest.param(f'{HEADER}{{"session": "{SECRET}"}}\n'.encode(), id="JSON below a header"),
        pytest.param(GOOD_LINE.encode(), id="no header"),
        pytest.param(f"{HEADER}session={SECRET}\n".encode(), id="another format"),
        pytest.param(b"\xff\xfe" + SECRET.encode("utf-16"), id="no text"),
    ],
)
def test_cookies_that_yt_dlp_cannot_read_are_a_problem_and_not_told(
    cookies_file: Path, content: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    cookies_file.write_bytes(content)
    finding = check_cookies(cookies_file)
    assert_problem(finding, says="no cookies in Netscape format", advises="Export the cookies again")
    assert SECRET not in str(finding) + "".join(capfd.readouterr())


def test_lines_that_are_no_cookies_are_counted_and_not_told(
    cookies_file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    cookies_file.write_text(f"{HEADER}{GOOD_LINE}session={SECRET}\nother {SECRET}\n")
    finding = check_cookies(cookies_file)
    assert_advice(finding, says="2 lines that yt-dlp cannot read", advises="Export the cookies again")
    assert SECRET not in str(finding) + "".join(capfd.readouterr())


def test_cookies_that_are_gone_are_a_problem(tmp_path: Path) -> None:
    assert_problem(check_cookies(tmp_path / "gone"), says="No such file", advises="account read it")
