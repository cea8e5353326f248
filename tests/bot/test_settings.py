"""Settings come from the environment and ``.env``; wrong ones are named with what would be right."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from dotenv import dotenv_values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from bot.errors import BadSettings
from bot.settings import Settings, load_settings, load_usable_settings, variable_name

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.upper().startswith(("GENREBOT_", "DISCORD_TOKEN", "DATABASE_URL")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_defaults_work_without_any_setting() -> None:
    settings = load_settings()
    assert settings.token is None
    assert settings.decode_options.max_bytes == 100_000_000


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("DISCORD_TOKEN=from-file\nGENREBOT_WORKERS=3\nGENREBOT_LOG_LEVEL=debug\n")
    monkeypatch.setenv("GENREBOT_WORKERS", "4")
    settings = load_settings()
    assert (settings.token, settings.workers, settings.log_level) == ("from-file", 4, "DEBUG")


def test_an_empty_or_blank_token_is_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "  ")
    assert load_settings().token is None


def test_the_token_is_not_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret")
    assert "very-secret" not in repr(load_settings())


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("GENREBOT_WORKERS", "many", "is 'many', but it must be a whole number."),
        ("GENREBOT_WORKERS", "0", "must be at least 1."),
        ("GENREBOT_WORKERS", "9" * 5000, "must be a whole number of fewer digits."),
        ("GENREBOT_MAX_SECONDS", "5", "must be at least 30."),
        ("GENREBOT_MAX_SECONDS", "long", "must be a number."),
        ("GENREBOT_MAX_UPLOAD_MB", "0", "must be more than 0."),
        ("GENREBOT_KEEP_DAYS", "0", "must be at least 1."),
        ("GENREBOT_KEEP_DAYS", "1.5", "must be a whole number."),
        ("GENREBOT_CACHE_ENTRIES", "0", "must be at least 100."),
        ("GENREBOT_CACHE_ENTRIES", "2000000", "must be at most 1000000."),
        ("GENREBOT_FFMPEG", "mine", "must be bundled or path."),
        ("GENREBOT_LOG_LEVEL", "loud", "must be DEBUG, INFO, WARNING or ERROR."),
        ("GENREBOT_LOG_FORMAT", "xml", "must be text or json."),
        (
            "DATABASE_URL",
            "mysql://somewhere",
            "must be sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@",
        ),
        ("DATABASE_URL", "postgres://user:word@host", "must be sqlite+aiosqlite:///FILE or"),
        ("DATABASE_URL", "postgres://user:word@host:99999/genres", "must have a port from 1 to 65535, not 99999."),
        ("DATABASE_URL", "postgres://user@host/genres?sslmode=yes", "its sslmode: disable, allow, prefer, require,"),
        ("DATABASE_URL", "postgres://user@host/genres?channel_binding=require", "leave 'channel_binding' out."),
        ("GENREBOT_COOKIES_FILE", "nowhere", "must be a file that exists."),
        ("GENREBOT_JOBS_PER_SERVER", "0", "must be at least 1."),
        ("GENREBOT_MEMBER_COOLDOWN", "-1", "must be at least 0."),
        ("GENREBOT_WORKER", "2", "did you mean GENREBOT_WORKERS?"),
        ("GENREBOT_XYZ", "2", ".env.example"),
    ],
)
@pytest.mark.parametrize("place", ["environment", "file"])
def test_a_wrong_setting_is_named_with_what_would_be_right(
    name: str, value: str, right: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "environment":
        monkeypatch.setenv(name, value)
    else:
        Path(".env").write_text(f"{name}={value}\n")
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert name in str(caught.value)
    assert right in str(caught.value)
    assert str(caught.value).endswith(
        "\nCorrect them in .env or in the environment; .env.example says what each means."
    )


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENREBOT_WORKERS", "many")
    monkeypatch.setenv("GENREBOT_QUEUE_LIMIT", "-1")
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert len(caught.value.problems) == 2


def test_a_database_password_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://user:secret@host/database?option=secret")
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert "secret" not in str(caught.value)
    assert "postgres://" in str(caught.value)
    monkeypatch.setenv("DATABASE_URL", "postgres://user:secret@host/database")
    assert "secret" not in repr(load_settings())


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite+aiosqlite:////data/bot.sqlite3", "sqlite+aiosqlite:////data/bot.sqlite3"),
        ("postgres://bot:word@host/genres", "postgresql+asyncpg://bot:word@host/genres"),
        (" postgresql://bot:word@host:5433/genres\n", "postgresql+asyncpg://bot:word@host:5433/genres"),
        ("postgresql+asyncpg://bot@[::1]:5433/genres", "postgresql+asyncpg://bot@[::1]:5433/genres"),
        ("postgres://bot:p@ss/w:rd%21?@host/genres", "postgresql+asyncpg://bot:p%40ss%2Fw%3Ard%21%3F@host/genres"),
        ("postgres://bot:word@host/genres?sslmode=require", "postgresql+asyncpg://bot:word@host/genres?ssl=require"),
    ],
)
def test_addresses_of_databases_are_taken_as_providers_write_them(
    written: str, used: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", written)
    assert load_settings().database_url == used
    # What was made usable stays as it is.
    monkeypatch.setenv("DATABASE_URL", used)
    assert load_settings().database_url == used


# The environment is emptied once for all examples.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(password=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1))
def test_any_password_reaches_the_driver_and_is_a_secret(password: str) -> None:
    for written in (quote(password, safe=""), password):
        url = f"postgres://bot:{written}@host/genres"
        found = Settings(_env_file=None, database_url=url)
        # A password that is written as it is may look as if it were percent-encoded.
        assert make_url(found.database_url).password == unquote(written)
        assert make_url(found.database_url).host == "host"
        assert unquote(written) in found.secrets


@pytest.mark.parametrize(
    ("url", "password"),
    [
        ("postgresql+asyncpg://user:p%40ss/w@rd@host/database", ("p%40ss/w@rd", "p@ss/w@rd")),
        ("postgresql+asyncpg://user@host/database", ()),
        ("sqlite+aiosqlite:////home/me:you@work/bot.sqlite3", ()),
    ],
)
def test_the_token_and_the_database_password_are_secrets(url: str, password: tuple[str, ...]) -> None:
    settings = Settings(_env_file=None, discord_token="very-secret").model_copy(update={"database_url": url})
    assert settings.secrets == ("very-secret", *password)


def test_the_format_of_the_log_is_read_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENREBOT_LOG_FORMAT", "JSON")
    assert load_settings().log_format == "json"


def test_the_example_file_documents_every_setting_with_its_default() -> None:
    example = (PROJECT / ".env.example").read_text()
    documented = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", example, re.MULTILINE))
    assert list(documented) == [variable_name(field) for field in Settings.model_fields]
    for field, info in Settings.model_fields.items():
        written = documented[variable_name(field)]
        if info.default_factory is None and info.default is not None:
            assert written == (f"{info.default:g}" if isinstance(info.default, float) else str(info.default)), field


def test_the_example_file_is_valid_as_it_is_and_with_everything_switched_on() -> None:
    example = (PROJECT / ".env.example").read_text()
    Path(".env").write_text(re.sub(r"^#([A-Z_]+=)", r"\1", example, flags=re.MULTILINE))
    assert set(dotenv_values(".env")) == {variable_name(field) for field in Settings.model_fields}
    assert load_settings() == Settings(_env_file=None, workers=2)


def test_settings_that_cannot_be_used_make_way_for_their_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("GENREBOT_WORKERS=many\nDISCORD_TOKEN=from-file\n")
    monkeypatch.setenv("DATABASE_URL", "mysql://user:secret@host/database")
    monkeypatch.setenv("GENREBOT_QUEUE_LIMIT", "7")
    monkeypatch.setenv("GENREBOT_WORKER", "2")
    settings, problems = load_usable_settings()
    default = Settings(_env_file=None, database_url=Settings.model_fields["database_url"].default)
    assert (settings.workers, settings.database_url) == (default.workers, default.database_url)
    assert (settings.queue_limit, settings.token) == (7, "from-file")
    assert {problem.split()[0] for problem in problems} == {"GENREBOT_WORKERS", "DATABASE_URL", "GENREBOT_WORKER"}


def test_settings_that_can_be_used_are_the_same_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENREBOT_QUEUE_LIMIT", "7")
    assert load_usable_settings() == (load_settings(), ())
