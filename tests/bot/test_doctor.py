"""``genre-bot doctor`` as an operator runs it: a process of its own, against a stand-in for Discord."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.exit_status import ExitStatus
from bot.doctor import examination
from bot.doctor.finding import Finding, Level, advice, ok, problem, skipped
from bot.permissions import invite_permissions
from bot.settings import Settings
from tests.bot.doctors import write_program
from tests.loopback_discord import PATIENCE_SECONDS, TOKEN, LoopbackDiscord, write_launcher

REPOSITORY = Path(__file__).resolve().parents[2]
COOKIE = "the-secret-of-a-cookie"
WRONG_TOKEN = "the-token-of-another-bot"
SUBJECTS = [
    "settings", "ffmpeg", "model", "tag network", "worker", "memory", "disk: clips", "disk: database",
    "temporary folder", "database", "yt-dlp", "link sites", "JavaScript", "cookies", "page", "Discord token", "intents",
    "permissions",
]  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[LoopbackDiscord]:
    permissions = str(invite_permissions().value)
    with LoopbackDiscord(
        application={"flags": 1 << 18}, servers=[{"id": "3000", "name": "Music", "permissions": permissions}]
    ).running() as server:
        yield server


def run_doctor(
    folder: Path, server: LoopbackDiscord, *arguments: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GENREBOT_") and name not in {"DISCORD_TOKEN", "DATABASE_URL", "COLUMNS"}
    }
    return subprocess.run(
        [sys.executable, write_launcher(folder), server.url, "doctor", *arguments],
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(REPOSITORY), "GENREBOT_WORKERS": "1"} | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )


def levels(result: subprocess.CompletedProcess[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in result.stdout.splitlines():
        finding = json.loads(line)
        assert list(finding) == ["level", "subject", "what", "what_to_do"]
        assert (finding["what_to_do"] is None) is (finding["level"] == "ok")
        found.setdefault(finding["subject"], []).append(finding["level"])
    return found


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory, server: LoopbackDiscord) -> subprocess.CompletedProcess[str]:
    folder = tmp_path_factory.mktemp("well")
    cookies = folder / "cookies.txt"
    cookies.write_text(f"# Netscape HTTP Cookie File\n.example.org\tTRUE\t/\tTRUE\t0\tsession\t{COOKIE}\n")
    cookies.chmod(0o600)
    temporary = folder / "tmp"
    temporary.mkdir(mode=0o700)
    return run_doctor(
        folder,
        server,
        "--json",
        DISCORD_TOKEN=TOKEN,
        TMPDIR=str(temporary),
        GENREBOT_COOKIES_FILE=str(cookies),
        GENREBOT_JS_RUNTIME=str(write_program(folder / "bin", "deno", "echo deno 2.5.0")),
    )


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory, server: LoopbackDiscord) -> subprocess.CompletedProcess[str]:
    folder = tmp_path_factory.mktemp("broken")
    (folder / "file").write_text("not a folder")
    (folder / ".env").write_text("GENREBOT_LINK_SITES=nosuchsite\nGENREBOT_WORKERS=1000\nGENREBOT_WORKER=1\n")
    cookies = folder / "cookies.json"
    cookies.write_text(json.dumps([{"name": "session", "value": COOKIE}]))
    temporary = folder / "tmp"
    temporary.mkdir()
    temporary.chmod(0o777)
    node = write_program(folder / "bin", "node", "echo v20.1.0")
    return run_doctor(
        folder,
        server,
        "--json",
        DISCORD_TOKEN=WRONG_TOKEN,
        DATABASE_URL=f"sqlite+aiosqlite:///{folder}/file/bot.sqlite3",
        PATH=str(node.parent),
        TMPDIR=str(temporary),
        GENREBOT_WORKERS="many",
        GENREBOT_MODEL_DIR=str(folder / "no-model"),
        GENREBOT_FFMPEG="path",
        GENREBOT_COOKIES_FILE=str(cookies),
        GENREBOT_JS_RUNTIME="node",
    )


@pytest.fixture(scope="module")
def without_token(
    tmp_path_factory: pytest.TempPathFactory, server: LoopbackDiscord
) -> subprocess.CompletedProcess[str]:
    """Run it for people, where there is no token and a library is broken."""
    folder = tmp_path_factory.mktemp("without-token")
    library = folder / "library" / "yt_dlp"
    library.mkdir(parents=True)
    (library / "__init__.py").write_text('raise ImportError("a file is missing")\n')
    path = os.pathsep.join((str(library.parent), str(REPOSITORY)))
    return run_doctor(folder, server, PYTHONPATH=path)


def test_where_all_is_well_every_check_says_so(well: subprocess.CompletedProcess[str]) -> None:
    found = levels(well)
    assert list(found) == SUBJECTS
    # The only one that depends on the day on which it is run.
    (age,) = found.pop("yt-dlp")
    assert set(map(tuple, found.values())) == {("ok",)}, well.stdout
    assert well.returncode == (ExitStatus.PROBLEMS_FOUND if age == "problem" else ExitStatus.OK)
    assert well.stderr == ""


def test_checks_go_on_where_others_found_problems(broken: subprocess.CompletedProcess[str]) -> None:
    found = levels(broken)
    assert list(found) == SUBJECTS
    assert found.pop("settings") == ["problem"] * 3
    failed = {subject for subject, levels_found in found.items() if "problem" in levels_found} - {"yt-dlp"}
    assert failed == {
        "ffmpeg", "model", "worker", "temporary folder", "database", "JavaScript", "cookies", "Discord token",
    }  # fmt: skip
    assert found["intents"] == found["permissions"] == ["skipped"]
    assert broken.returncode == ExitStatus.PROBLEMS_FOUND
    assert "Traceback" not in broken.stdout + broken.stderr


def test_each_setting_that_cannot_be_used_is_named(broken: subprocess.CompletedProcess[str]) -> None:
    said = [json.loads(line)["what"] for line in broken.stdout.splitlines()]
    for setting in ("GENREBOT_WORKER is not", "GENREBOT_LINK_SITES is 'nosuchsite'", "GENREBOT_WORKERS is 'many'"):
        assert any(what.startswith(setting) for what in said), said


@pytest.mark.parametrize("run", ["well", "broken"])
def test_no_secret_is_told(run: str, request: pytest.FixtureRequest) -> None:
    result = request.getfixturevalue(run)
    for secret in (TOKEN, WRONG_TOKEN, COOKIE):
        assert secret not in result.stdout + result.stderr


def test_without_a_token_the_network_is_left_alone(without_token: subprocess.CompletedProcess[str]) -> None:
    words = " ".join(without_token.stdout.split())
    assert "none is set: there is the page in the browser, and nothing on Discord" in words
    assert "page http://127.0.0.1:" in words
    assert words.count("not looked at") == 2


def test_a_broken_library_is_a_finding_of_the_checks_that_need_it(
    without_token: subprocess.CompletedProcess[str],
) -> None:
    lines = without_token.stdout.splitlines()
    failed = [line for line in lines if "this check failed by itself: ImportError" in " ".join(line.split())]
    assert [line.split()[1] for line in failed] == ["link", "JavaScript", "cookies"]
    assert without_token.returncode == ExitStatus.PROBLEMS_FOUND
    assert without_token.stderr == ""


def test_people_read_it_at_80_columns_without_colour(without_token: subprocess.CompletedProcess[str]) -> None:
    lines = without_token.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in without_token.stdout
    assert {line.split()[0] for line in lines[:-1] if line[:1].strip()} <= {"ok", "skipped", "advice", "problem"}
    assert "problems, " in lines[-1]


# What is printed of given findings


@pytest.mark.parametrize(
    ("findings", "status", "summary"),
    [
        ((), ExitStatus.OK, "No problems, 0 pieces of advice."),
        (
            (ok("one", "is well"), advice("two", "is old", "Renew it.")),
            ExitStatus.OK,
            "No problems, 1 piece of advice.",
        ),
        (
            (problem("three", "is [bold]gone", "Get it."), ok("one", "is well")),
            ExitStatus.PROBLEMS_FOUND,
            "1 problem, 0 pieces of advice.",
        ),
        (
            (problem("three", "is gone", "Get it."), skipped("four", "not looked at", "Get three first.")),
            ExitStatus.PROBLEMS_FOUND,
            "1 problem, 0 pieces of advice.",
        ),
        ((skipped("four", "not looked at", "Get three first."),), ExitStatus.OK, "No problems, 0 pieces of advice."),
    ],
)
def test_the_exit_status_tells_whether_there_is_a_problem(
    findings: tuple[Finding, ...], status: ExitStatus, summary: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "examine", lambda: iter(findings))
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == status
    assert result.stdout.splitlines()[-1] == summary
    for finding in findings:
        for text in (finding.level, finding.subject, finding.what, finding.what_to_do or ""):
            assert text in result.stdout
    as_json = CliRunner().invoke(app, ["doctor", "--json"])
    assert as_json.exit_code == status
    printed = [json.loads(line) for line in as_json.stdout.splitlines()]
    assert [Finding(**{**each, "level": Level(each["level"])}) for each in printed] == list(findings)


def test_a_check_that_fails_by_itself_is_a_finding_that_repeats_nothing() -> None:
    def fail(_: Settings) -> Finding:
        raise ValueError(COOKIE)

    (finding,) = examination.guarded("something", fail, Settings.model_construct())
    assert (finding.level, finding.subject) == (Level.PROBLEM, "something")
    assert "ValueError in test_doctor.py, line" in finding.what
    assert COOKIE not in str(finding)


@pytest.mark.parametrize("make", [lambda: Finding(Level.OK, "a", "b", "c"), lambda: Finding(Level.ADVICE, "a", "b")])
def test_what_is_not_well_has_something_to_do(make: Callable[[], Any]) -> None:
    with pytest.raises(ValueError, match="something to do"):
        make()


def test_an_env_file_that_is_no_text_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00DISCORD_TOKEN")
    settings, (finding,) = examination.check_settings()
    assert finding.level is Level.PROBLEM
    assert ".env cannot be read: it is not UTF-8 text" in finding.what
    assert settings.token is None


def test_help_lists_it() -> None:
    assert "doctor" in CliRunner().invoke(app, ["--help"]).stdout


def test_help_says_that_the_database_is_made_and_migrated() -> None:
    said = " ".join(CliRunner().invoke(app, ["doctor", "--help"]).stdout.split())
    assert "opens the database as the bot does: makes it, or brings its tables up to date" in said
