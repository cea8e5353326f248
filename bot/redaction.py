"""Takes secrets out of everything that is written for people to read: log lines and errors.

What a secret looks like is known of Discord's tokens, of headers, addresses and cookie files; others are named at the
start with `never_show`. Light to import, so that the command line can use it before anything else is there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

REDACTED: Final = "[redacted]"

SHORTEST_SECRET: Final = 6
"""Characters from which on a text is taken out wherever it stands: shorter ones are parts of ordinary words."""

COOKIE_FIELDS: Final = 7
"""Fields of a line of a cookies file in Netscape format; the last one is the value."""

_known: set[str] = set()

# Discord's bot tokens: the bot's id, a time and a signature, each in URL-safe base64.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{23}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27}|mfa\.[A-Za-z0-9_-]{20}")
# What may hold one. All of it goes: nobody can tell where in it the token begins.
_RUN = re.compile(r"[A-Za-z0-9_.-]{24,}")

_HEADER_NAME: Final = r"(?:proxy-)?authorization|(?:set-)?cookie2?"
_SENSITIVE_NAME: Final = r"[\w-]*(?:token|password|passwd|secret|session_id)|api_?key"
# Text that was quoted twice has a backslash before each quote. What may repeat is bounded wherever strangers could make
# the search long.
_QUOTE: Final = r"\\{0,8}[\"']"

_REPLACEMENTS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    # {'Authorization': 'Bot …'}, ("Authorization", "Bot …"), {"token": "…"}
    (
        re.compile(rf"({_QUOTE}(?:{_HEADER_NAME}|{_SENSITIVE_NAME}){_QUOTE}\s*[:=,]\s*b?)({_QUOTE}).*?\2", re.I | re.S),
        rf"\1\2{REDACTED}\2",
    ),
    # A header has no other end than its line's.
    (re.compile(rf"(\b(?:{_HEADER_NAME})[\"']?\s*[:=]\s*)(?![\"'\s])[^\r\n]*", re.I), rf"\1{REDACTED}"),
    # password=…, ?token=…
    (
        re.compile(rf"((?<![\w-])(?:{_SENSITIVE_NAME})\s*=\s*)(?:({_QUOTE}).*?\2|[^\s&#,;\"')]+)", re.I),
        rf"\1{REDACTED}",
    ),
    # The signatures of Discord's links to files
    (re.compile(r"([?&](?:hm|sig|signature|key)=)[^\s&#\"'<>]+", re.I), rf"\1{REDACTED}"),
    (re.compile(r"(/(?:webhooks|interactions)/\d+/)[^\s/?#\"'<>]+", re.I), rf"\1{REDACTED}"),
    # What discord.py's rate limits are counted by: the webhook and its token
    (re.compile(r"(\b\d{15,20}\+)[\w-]{20,}"), rf"\1{REDACTED}"),
    # User names and passwords in addresses. In those of databases, a password may hold a slash, in those of pages not.
    (re.compile(r"(\bhttps?://)[^\s/?#\"'<>]*@", re.I), rf"\1{REDACTED}@"),
    (re.compile(r"(\b(?!https?:)[a-z][a-z0-9+.-]{0,30}://)(?![/\s])\S{0,500}@", re.I), rf"\1{REDACTED}@"),
    # A line of a cookies file, as it stands there or as Python quotes it
    (
        re.compile(r"((?:\t|\\t)(?:TRUE|FALSE)(?:\t|\\t)[^\s\\]*(?:\t|\\t)(?:TRUE|FALSE)(?:\t|\\t)).*", re.I),
        rf"\1{REDACTED}",
    ),
)

_SECRET_FIELD = re.compile(rf"(?:{_HEADER_NAME}|{_SENSITIVE_NAME}|cookies)", re.I)

_LINK = re.compile(r"(\bhttps?://[^\s/?#\"'<>]+)[/?#][^\s\"'<>]*", re.I)
_ID = re.compile(r"(?<![\w.])\d{17,20}(?![\w.])")
LEFT_OUT: Final = "…"

Fields = MutableMapping[str, Any]


def never_show(secrets: Iterable[str]) -> None:
    """Name secrets of this process, which `redact` takes out from now on.

    Parameters
    ----------
    secrets
        Such as the Discord token; those of less than `SHORTEST_SECRET` characters are passed over.
    """
    _known.update(spelling for secret in secrets for spelling in _spellings(secret))


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """Take secrets out of a text.

    Parameters
    ----------
    text
        Anything.
    secrets
        Further ones that count for this text alone.

    Returns
    -------
    str
        `REDACTED` stands in the place of each.
    """
    here = {spelling for secret in secrets for spelling in _spellings(secret)}
    # A secret may be a part of another one.
    for secret in sorted(_known | here, key=len, reverse=True):
        text = text.replace(secret, REDACTED)
    text = _RUN.sub(lambda run: REDACTED if _TOKEN.search(run[0]) else run[0], text)
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return text


def redact_fields(_logger: object, _method: str, fields: Fields) -> Fields:
    """Take secrets out of a log line, whatever they came in: a processor for structlog.

    Parameters
    ----------
    fields
        The event and what belongs to it; an exception is a text by now.

    Returns
    -------
    dict
        Texts and numbers, in lists and dictionaries.
    """
    return _on_texts(redact, fields)


def leave_out_members(_logger: object, _method: str, fields: Fields) -> Fields:
    """Take out what tells who asked for what: links but for their servers, and Discord's ids; for structlog.

    Parameters
    ----------
    fields
        As `redact_fields` returns them.

    Returns
    -------
    dict
    """
    return _on_texts(lambda text: _ID.sub(LEFT_OUT, _LINK.sub(rf"\1/{LEFT_OUT}", text)), fields)


def cookies_in(file: Path | None) -> tuple[str, ...]:
    """Return what is secret in a cookies file, for `redact`.

    Parameters
    ----------
    file
        In Netscape format, or should be; None for none.

    Returns
    -------
    tuple of str
        The values; of lines that are not as they should be, all words but the first.
    """
    values: list[str] = []
    for line in file.read_text(errors="replace").splitlines() if file is not None else ():
        # Cookies that scripts may not read stand behind such a mark, and are no comments.
        if line.startswith("#") and not line.startswith("#HttpOnly_"):
            continue
        fields = line.strip().split("\t")
        values += fields[COOKIE_FIELDS - 1 :] if len(fields) == COOKIE_FIELDS else line.split()[1:]
    return tuple(values)


def _spellings(secret: str) -> set[str]:
    """Return the forms in which a text appears in addresses, in JSON and where Python quotes it."""
    forms = {secret, quote(secret, safe=""), repr(secret)[1:-1], json.dumps(secret)[1:-1]}
    return {form for form in forms if len(form) >= SHORTEST_SECRET}


def _on_texts(change: Callable[[str], str], fields: Mapping[str, Any]) -> dict[str, Any]:
    def changed(value: Any) -> Any:
        if value is None or isinstance(value, bool | float):
            return value
        if isinstance(value, int):
            # An id may be a number.
            return value if (text := change(str(value))) == str(value) else text
        if isinstance(value, Mapping):
            return _on_texts(change, {str(key): item for key, item in value.items()})
        if isinstance(value, list | tuple | set | frozenset):
            return [changed(item) for item in value]
        return change(str(value))

    return {
        change(key): REDACTED if isinstance(value, str | bytes) and _SECRET_FIELD.fullmatch(key) else changed(value)
        for key, value in fields.items()
    }
