"""What the bot writes for its operator: one line an event, on standard error, without secrets.

Everything is an ordinary record of `logging`, so that lines of libraries and lines of ours go the same way, and a
program that imports the bot keeps its own set-up.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Final, Literal

import structlog
from structlog.stdlib import BoundLogger

from bot.redaction import Fields, leave_out_members, never_show, redact, redact_fields

LogFormat = Literal["text", "json"]

MULTILINE: Final = frozenset({"exception", "stack"})
"""Fields that are written below the line, as they are."""

_CONTROLS: Final = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069"
_IN_A_LINE = re.compile(rf"[{_CONTROLS}\t\n]")
_IN_LINES = re.compile(rf"[{_CONTROLS}]")


def get_logger(name: str) -> BoundLogger:
    """Return a logger that takes an event and fields: ``log.info("stopping", requests=3)``.

    Parameters
    ----------
    name
        The module's ``__name__``.

    Returns
    -------
    BoundLogger
        Writes to the logger of that name in `logging`; its fields become attributes of the record, so none of them
        may be called as one that a record has, such as ``name`` or ``args``.
    """
    steps = [structlog.stdlib.filter_by_level, structlog.stdlib.render_to_log_kwargs]
    return BoundLogger(logging.getLogger(name), steps, {})


def configure_logging(level: str, *, log_format: LogFormat, secrets: Iterable[str]) -> None:
    """Write everything that is logged from now on, by anybody, to standard error; a second call replaces the first.

    Links, but for their servers, and Discord's ids are only written at the level DEBUG.

    Parameters
    ----------
    level
        The least level that is written, such as ``INFO``.
    log_format
        ``text`` for lines that people read, ``json`` for one JSON object a line.
    secrets
        Texts that are never written, besides those whose form gives them away; see `bot.redaction`.
    """
    never_show(secrets)
    handler = _Handler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _as_text,
                structlog.processors.format_exc_info,
                redact_fields,
                *([] if level == "DEBUG" else [leave_out_members]),
                # Last, so that a time or a level is never taken for something else.
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                *_renderer(log_format),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [*(other for other in root.handlers if not isinstance(other, _Handler)), handler]
    root.setLevel(level)
    # What else is written to standard error goes the same way.
    logging.captureWarnings(True)
    sys.excepthook = _log_crash
    threading.excepthook = _log_thread_crash


def _renderer(log_format: LogFormat) -> list[Any]:
    if log_format == "json":
        return [structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [
        _on_one_line,
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            sort_keys=False,
            pad_event_to=0,
            exception_formatter=structlog.dev.plain_traceback,
        ),
    ]


class _Handler(logging.StreamHandler[Any]):
    """Writes lines; one that cannot be written is named, but never shown as it was."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is of logging
        error = sys.exc_info()[0]
        reason = "an error" if error is None else error.__name__
        self.stream.write(f"a line of {redact(record.name)} could not be written: {reason}{self.terminator}")


def _as_text(_logger: object, _method: str, fields: Fields) -> Fields:
    """Say it in the names that structlog has, and once."""
    if "stack_info" in fields:
        fields["stack"] = fields.pop("stack_info")
    # Other handlers leave them in the record.
    fields.pop("message", None)
    fields.pop("asctime", None)
    return fields


def _on_one_line(_logger: object, _method: str, fields: Fields) -> Fields:
    """Spell out what could forge a line or command a terminal: strangers' words may be in it."""
    for key, value in fields.items():
        if isinstance(value, str):
            unsafe = _IN_LINES if key in MULTILINE else _IN_A_LINE
            fields[key] = unsafe.sub(lambda match: repr(match[0])[1:-1], value)
    return fields


def _log_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger(__name__).critical("the bot crashed", exc_info=(kind, error, trace))


def _log_thread_crash(crash: threading.ExceptHookArgs) -> None:
    if crash.exc_value is not None:
        exc_info = (crash.exc_type, crash.exc_value, crash.exc_traceback)
        logging.getLogger(__name__).error("a thread crashed", exc_info=exc_info)
