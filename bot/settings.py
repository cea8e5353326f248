"""What an operator can set, read from the environment and from ``.env``."""

from __future__ import annotations

import difflib
import ipaddress
import os
import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from yarl import URL

from bot.database_address import passwords_in, usable_address
from bot.errors import BadSettings
from bot.media.site_names import DEFAULT_SITES, NO_SITES, unknown_sites
from classifier.location import default_model_dir
from classifier.options import DecodeOptions, FfmpegSource

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PREFIX: Final = "GENREBOT_"
ENV_FILE: Final = Path(".env")

JS_RUNTIMES: Final = {"deno": "deno", "node": "node", "bun": "bun", "qjs": "quickjs", "qjs-ng": "quickjs"}
"""JavaScript runtimes that yt-dlp can use, by the names of their programs."""

NOT_OF_THE_KIND: Final = MappingProxyType(
    {
        "int_parsing": "must be a whole number",
        "int_parsing_size": "must be a whole number of fewer digits",
        "int_from_float": "must be a whole number",
        "float_parsing": "must be a number",
        "finite_number": "must be a number",
        "string_type": "must be text",
        "path_type": "must be the path of a file or folder",
    }
)
"""What would be right, by the name that pydantic gives the error."""

OUT_OF_RANGE: Final = MappingProxyType(
    {
        "greater_than": ("more than", "gt"),
        "greater_than_equal": ("at least", "ge"),
        "less_than": ("less than", "lt"),
        "less_than_equal": ("at most", "le"),
    }
)
"""The words for a limit, and where the error holds it, by the name that pydantic gives the error."""


class Settings(BaseSettings):
    """Settings of the bot; each is documented in ``.env.example``, in the same order."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    discord_token: Annotated[SecretStr | None, Field(validation_alias="DISCORD_TOKEN")] = None
    # It may hold a password.
    database_url: Annotated[str, Field(validation_alias="DATABASE_URL", repr=False)] = (
        "sqlite+aiosqlite:///data/genre-bot.sqlite3"
    )
    model_dir: Path = Field(default_factory=default_model_dir)
    ffmpeg: FfmpegSource = "bundled"
    max_upload_mb: Annotated[float, Field(gt=0, le=500)] = 100.0
    max_seconds: Annotated[float, Field(ge=30, le=14400)] = 7200.0
    download_timeout: Annotated[float, Field(gt=0, le=600)] = 60.0
    decode_timeout: Annotated[float, Field(gt=0, le=600)] = 60.0
    job_timeout: Annotated[float, Field(gt=0, le=600)] = 120.0
    link_sites: str = DEFAULT_SITES
    link_timeout: Annotated[float, Field(gt=0, le=600)] = 120.0
    cookies_file: Path | None = None
    js_runtime: str | None = None
    workers: Annotated[int, Field(ge=1, le=64)] = Field(default_factory=lambda: min(2, os.cpu_count() or 1))
    queue_limit: Annotated[int, Field(ge=1, le=10_000)] = 20
    jobs_per_member: Annotated[int, Field(ge=1, le=100)] = 2
    jobs_per_server: Annotated[int, Field(ge=1, le=10_000)] = 10
    member_cooldown: Annotated[float, Field(ge=0, le=86_400)] = 0.0
    server_cooldown: Annotated[float, Field(ge=0, le=86_400)] = 0.0
    import_limit: Annotated[int, Field(ge=1, le=10_000)] = 500
    shutdown_grace: Annotated[float, Field(ge=0, le=600)] = 20.0
    keep_days: Annotated[int, Field(ge=1, le=3650)] = 90
    undo_days: Annotated[int, Field(ge=1, le=365)] = 30
    leave_grace_days: Annotated[int, Field(ge=0, le=365)] = 14
    cache_entries: Annotated[int, Field(ge=100, le=1_000_000)] = 5000
    web: bool = False
    web_host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    web_port: Annotated[int, Field(ge=0, le=65_535)] = 8470
    web_password: SecretStr | None = None
    web_url: str | None = None
    web_proxies: str = "127.0.0.0/8,::1"
    health_file: Path | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("log_format", mode="before")
    @classmethod
    def _lower_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _supported_database(cls, value: str) -> str:
        return usable_address(value)

    @field_validator("link_sites")
    @classmethod
    def _known_sites(cls, value: str) -> str:
        if value != DEFAULT_SITES and (unknown := unknown_sites(_sites(value))):
            raise ValueError(f"names sites that yt-dlp does not know: {', '.join(unknown)}")
        return value

    @field_validator("cookies_file")
    @classmethod
    def _existing_file(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError("must be a file that exists")
        return value

    @field_validator("web_url")
    @classmethod
    def _public_address(cls, value: str | None) -> str | None:
        if value is not None and not _is_public_address(value):
            raise ValueError("must be like https://music.example.org, without a path")
        return value

    @field_validator("web_proxies")
    @classmethod
    def _networks_of_proxies(cls, value: str) -> str:
        try:
            networks = _networks(value)
        except ValueError as error:
            raise ValueError(
                "must be addresses or networks with commas between them, such as 127.0.0.1,172.18.0.5"
            ) from error
        if any(network.prefixlen == 0 for network in networks):
            raise ValueError("must not be everybody: name the proxy alone, such as 172.18.0.5")
        return value

    @field_validator("js_runtime")
    @classmethod
    def _usable_runtime(cls, value: str | None) -> str | None:
        if value is not None and (_runtime_name(value) is None or shutil.which(value) is None):
            raise ValueError("must be a program called deno, node, bun or qjs, with its path or on PATH")
        return value

    @property
    def token(self) -> str | None:
        """The Discord token without surrounding space; None where there is none."""
        return (self.discord_token.get_secret_value().strip() or None) if self.discord_token else None

    @property
    def password(self) -> str | None:
        """What the page asks for; None where it asks for nothing."""
        return (self.web_password.get_secret_value() or None) if self.web_password else None

    @property
    def public_url(self) -> URL | None:
        """Where the page is found from outside; None where it is not."""
        return None if self.web_url is None else URL(self.web_url)

    @property
    def proxies(self) -> tuple[Network, ...]:
        """Where proxies stand whose word on who asks is believed; empty where the page is found without one."""
        return () if self.web_url is None else _networks(self.web_proxies)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown: the Discord token, the page's password, the database's as written and as meant."""
        own = (self.token, self.password)
        return tuple(secret for secret in own if secret) + passwords_in(self.database_url)

    @property
    def max_upload_bytes(self) -> int:
        """Largest attachment, in bytes."""
        return int(self.max_upload_mb * 1_000_000)

    @property
    def keep(self) -> timedelta:
        """How long an analysis that nobody uses is remembered."""
        return timedelta(days=self.keep_days)

    @property
    def undo(self) -> timedelta:
        """How long what was removed from playlists can be brought back."""
        return timedelta(days=self.undo_days)

    @property
    def leave_grace(self) -> timedelta:
        """How long everything of a server that the bot left is kept."""
        return timedelta(days=self.leave_grace_days)

    @property
    def sites(self) -> tuple[str, ...]:
        """Names of the sites that links may lead to."""
        return _sites(self.link_sites)

    @property
    def runtime(self) -> tuple[str, Path] | None:
        """Name that yt-dlp gives the JavaScript runtime, and where it lies; None where there is none."""
        if self.js_runtime is None:
            return None
        name, path = _runtime_name(self.js_runtime), shutil.which(self.js_runtime)
        assert name is not None
        assert path is not None
        return name, Path(path).absolute()

    @property
    def decode_options(self) -> DecodeOptions:
        """What one file may cost in a worker."""
        return DecodeOptions(
            max_bytes=self.max_upload_bytes,
            max_seconds=self.max_seconds,
            timeout=self.decode_timeout,
            ffmpeg=self.ffmpeg,
        )


def load_settings() -> Settings:
    """Read the settings.

    Returns
    -------
    Settings
        From the environment first, then from ``.env`` in the working directory.

    Raises
    ------
    BadSettings
        If a value is not allowed or a name is unknown; names each with what would be right.
    """
    settings, problems = load_usable_settings()
    if problems:
        raise BadSettings(problems)
    return settings


def load_usable_settings() -> tuple[Settings, tuple[str, ...]]:
    """Read the settings, with the default in the place of each that cannot be used.

    Returns
    -------
    Settings
        As of `load_settings`, but for those.
    tuple of str
        A sentence for each that is not allowed or not known; it says what would be right.
    """
    problems = _unknown_names({*os.environ, *dotenv_values(ENV_FILE)})
    try:
        return Settings(), tuple(problems)
    except ValidationError as error:
        parts = error.errors()
    problems += [_explain(part) for part in parts]
    named = {_variable_at(str(part["loc"][0])) for part in parts}
    defaults: dict[str, Any] = {
        field: info.get_default(call_default_factory=True)
        for field, info in Settings.model_fields.items()
        if variable_name(field) in named
    }
    return Settings(**defaults), tuple(problems)


def variable_name(field: str) -> str:
    """Return the environment variable of a field.

    Parameters
    ----------
    field
        A field of `Settings`.

    Returns
    -------
    str
        Such as ``GENREBOT_WORKERS``.
    """
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else PREFIX + field.upper()


def _sites(value: str) -> tuple[str, ...]:
    names = (name.strip().lower() for name in value.split(","))
    return tuple(name for name in names if name not in {"", NO_SITES})


def _networks(value: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())


def _is_public_address(value: str) -> bool:
    try:
        url = URL(value)
    except ValueError:
        return False
    return url.scheme in {"http", "https"} and bool(url.host) and str(url.origin()) == value.rstrip("/")


def _runtime_name(program: str) -> str | None:
    return JS_RUNTIMES.get(Path(program).stem.lower())


def _unknown_names(names: Iterable[str]) -> list[str]:
    known = {variable_name(field) for field in Settings.model_fields}
    problems = []
    for name in sorted(name for name in names if name.upper().startswith(PREFIX) and name.upper() not in known):
        # Compared without the prefix, which would make any two names look alike.
        suffixes = {candidate.removeprefix(PREFIX): candidate for candidate in known}
        close = difflib.get_close_matches(name.upper().removeprefix(PREFIX), suffixes, n=1)
        hint = f"did you mean {suffixes[close[0]]}?" if close else "see .env.example for the ones there are."
        problems.append(f"{name} is not a setting: {hint}")
    return problems


def _variable_at(location: str) -> str:
    return location if location.isupper() else variable_name(location.lower().removeprefix(PREFIX.lower()))


def _explain(part: ErrorDetails) -> str:
    name, value = _variable_at(str(part["loc"][0])), str(part["input"])
    if name == "DATABASE_URL":
        # It may hold a password.
        value = f"{value.partition('://')[0]}://..."
    return f"{name} is {value!r}, but it {_reason(part)}."


def _reason(part: ErrorDetails) -> str:
    """Return what would be right, in the words of whoever edits the file and not of a library."""
    kind, context = part["type"], part.get("ctx", {})
    if kind in NOT_OF_THE_KIND:
        return NOT_OF_THE_KIND[kind]
    if kind in OUT_OF_RANGE:
        words, limit = OUT_OF_RANGE[kind]
        return f"must be {words} {context[limit]:.10g}"
    if kind == "literal_error":
        return f"must be {context['expected']}".replace("'", "")
    # A validator of this module, or something that pydantic has words of its own for.
    reason = part["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return reason[0].lower() + reason[1:]
