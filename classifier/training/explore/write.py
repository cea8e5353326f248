"""Writes a report as one page that needs nothing else, and its figures as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import jinja2

from classifier.errors import ReportError
from classifier.replacing import replace_bytes
from classifier.training.explore.document import Section

PAGE_NAME: Final = "explore.html"
FIGURES_NAME: Final = "explore.json"
TEMPLATE_NAME: Final = "explore.html.j2"


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of the report, made or still to be made.

    Parameters
    ----------
    slug
        Its anchor on the page and its key in the JSON document.
    title
        Its heading.
    section
        None until it is made.
    figures
        What it was made from; None until then.
    """

    slug: str
    title: str
    section: Section | None = None
    figures: object = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report at one moment.

    Parameters
    ----------
    title
        Of the page.
    about
        Facts of the run by name, shown at its head.
    summary
        What to conclude, as far as is known.
    entries
        In order.
    left_out
        What this run does not measure, and how to have it measured.
    stopped
        Why the run ended before all parts were made; None while it runs or when it is done.
    """

    title: str
    about: Mapping[str, str]
    summary: Sequence[str]
    entries: tuple[Entry, ...]
    left_out: tuple[str, ...]
    stopped: str | None = None

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """Parts that are still to be made."""
        return tuple(entry for entry in self.entries if entry.section is None)


def prepare_directory(out: Path) -> None:
    """Make the directory of the report.

    Parameters
    ----------
    out
        Its path; what else is in it stays.

    Raises
    ------
    ReportError
        If it is a file or cannot be made.
    """
    if out.exists() and not out.is_dir():
        raise ReportError(f"{out} is a file. Give --out a directory; it is made where it is missing.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"{out} cannot be made ({error.strerror}). Choose another directory.") from error


def write_report(out: Path, report: Report, facts: Mapping[str, Any]) -> None:
    """Write the page and the figures; a reader never meets half a file.

    Parameters
    ----------
    out
        What `prepare_directory` has made.
    report
        As far as it goes.
    facts
        What the JSON document says besides the figures.

    Raises
    ------
    ReportError
        If a file cannot be written.
    """
    document = {
        **facts,
        "complete": not report.waiting,
        "stopped": report.stopped,
        "summary": list(report.summary),
        "sections": {
            entry.slug: {"conclusions": list(entry.section.conclusions), "figures": _plain(entry.figures)}
            for entry in report.entries
            if entry.section is not None
        },
    }
    page = _template().render(report=report, figures_name=FIGURES_NAME)
    try:
        replace_bytes(out / PAGE_NAME, page.encode())
        replace_bytes(out / FIGURES_NAME, (json.dumps(document, indent=1, allow_nan=False) + "\n").encode())
    except OSError as error:
        raise ReportError(f"The report cannot be written to {out} ({error.strerror}).") from error


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(files(__package__).joinpath(TEMPLATE_NAME).read_text(encoding="utf-8"))


def _plain(figures: object) -> object:
    if isinstance(figures, Mapping):
        return {str(name): _plain(value) for name, value in figures.items()}
    return asdict(figures) if is_dataclass(figures) and not isinstance(figures, type) else figures
