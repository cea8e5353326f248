"""Prints the answers of ``genre-bot classify``: bars for people, JSON and tables for programs."""

from __future__ import annotations

import csv
import json
import os
import sys
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from bot.text import bar, clock, printable
from bot.texts.phrases import genre_name
from bot.wording import headline, heard_words, length, sounds_like, why
from classifier.result import Analysis, GenreProbability, Verdict

if TYPE_CHECKING:
    from rich.console import Console

DEFAULT_TOP: Final = 3
BAR_WIDTH: Final = 24
NAME_LIMIT: Final = 60
INDENT: Final = (0, 0, 0, 2)
VERDICT_WORDS: Final = {Verdict.CLEAR: "Clear", Verdict.UNSURE: "Unsure"}
"""What a person reads before the reason; a close call names its genres instead, and what is no music says so itself."""


class OutputFormat(StrEnum):
    """How answers are printed."""

    BARS = "bars"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file: an analysis or the sentence that says why not."""

    path: Path
    analysis: Analysis | None
    error: str | None


class Printer(Protocol):
    """Writes answers to standard output, one after the other."""

    def show(self, answer: Answer) -> None:
        """Print one answer."""
        ...


def printer_for(output: OutputFormat, console: Console, top: int | None, *, with_timeline: bool) -> Printer:
    """Return what prints answers.

    Parameters
    ----------
    output
        For whom.
    console
        Where a person reads; programs are always given standard output.
    top
        How many genres to print; None for as many as the format usually has.
    with_timeline
        Whether a person is shown the timeline.

    Returns
    -------
    Printer
    """
    if output is OutputFormat.JSON:
        return JsonPrinter(top)
    if output is OutputFormat.CSV:
        return CsvPrinter(top or DEFAULT_TOP)
    return BarPrinter(console, top or DEFAULT_TOP, with_timeline=with_timeline)


class JsonPrinter:
    """One object a line: the file, the error or null, and the whole analysis, in which `top` only shortens genres."""

    def __init__(self, top: int | None) -> None:
        self._top = top

    def show(self, answer: Answer) -> None:
        """Print one line."""
        record: dict[str, object] = {"file": encodable(answer.path), "error": answer.error}
        if answer.analysis is not None:
            analysis = answer.analysis
            segments = tuple(replace(segment, genres=segment.genres[: self._top]) for segment in analysis.timeline)
            record |= replace(analysis, genres=analysis.genres[: self._top], timeline=segments).to_dict()
        print(json.dumps(record, allow_nan=False), flush=True)


class CsvPrinter:
    """A header, then one row a file; genres stand in pairs of name and probability, empty for what is not music."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._writer = csv.writer(sys.stdout, lineterminator="\n")
        ranks = range(1, top + 1)
        pairs = (column for rank in ranks for column in (f"genre_{rank}", f"probability_{rank}"))
        self._header = ["file", "error", "verdict", "seconds", *pairs]
        self._writer.writerow(self._header)

    def show(self, answer: Answer) -> None:
        """Print one row."""
        name = encodable(answer.path)
        if sys.stdout.isatty():
            # What a program is to find again, a terminal might obey.
            name = printable(name, limit=max(len(name), 3))
        row: list[object] = [name, answer.error or ""]
        if answer.analysis is not None:
            row += [answer.analysis.verdict, f"{answer.analysis.audio.duration:.3f}"]
            for genre in _believable(answer.analysis)[: self._top]:
                row += [genre.name, f"{genre.probability:.6f}"]
        self._writer.writerow(row + [""] * (len(self._header) - len(row)))
        sys.stdout.flush()


class BarPrinter:
    """What a person reads: a line about the file, a bar for each of the top genres, and the reasons."""

    def __init__(self, console: Console, top: int, *, with_timeline: bool) -> None:
        self._console = console
        self._top = top
        self._with_timeline = with_timeline

    def show(self, answer: Answer) -> None:
        """Print one answer."""
        from rich.padding import Padding
        from rich.text import Text

        name = Text(printable(encodable(answer.path), limit=NAME_LIMIT), style="bold")
        if answer.analysis is None:
            self._console.print(name)
            self._console.print(Padding(Text(answer.error or "", style="red"), INDENT))
            return
        analysis = answer.analysis
        self._console.print(
            Text.assemble(
                name,
                (
                    f"  {length(analysis.audio)} {analysis.audio.codec}, {heard_words(analysis.audio)}; "
                    f"took {analysis.elapsed.total:.1f} s",
                    "dim",
                ),
            )
        )
        self._print_bars(analysis)
        tags = sounds_like(analysis)
        lines = (
            _verdict(analysis),
            tags and f"Sounds like: {tags}.",
            why(analysis),
        )
        for line in filter(None, lines):
            self._console.print(Padding(Text(line, style="dim"), INDENT))
        if self._with_timeline and analysis.verdict is not Verdict.NOT_MUSIC:
            self._print_timeline(analysis)

    def _print_bars(self, analysis: Analysis) -> None:
        from rich.text import Text

        width = _name_width(analysis)
        for rank, genre in enumerate(_believable(analysis)[: self._top]):
            style = "green" if rank == 0 and analysis.verdict is Verdict.CLEAR else "yellow" if rank == 0 else "dim"
            self._console.print(
                Text.assemble(
                    f"  {genre_name(genre.name):<{width}}  ",
                    (bar(genre.probability, width=BAR_WIDTH), style),
                    f" {genre.probability:4.0%}",
                )
            )

    def _print_timeline(self, analysis: Analysis) -> None:
        from rich.text import Text

        width = _name_width(analysis)
        clock_width = len(clock(analysis.timeline[-1].end))
        for segment in analysis.timeline:
            first = segment.genres[0]
            self._console.print(
                Text.assemble(
                    (f"  {clock(segment.start):>{clock_width}}–{clock(segment.end):<{clock_width}}  ", "dim"),
                    f"{genre_name(first.name):<{width}}  ",
                    (bar(first.probability, width=BAR_WIDTH), "dim"),
                    f" {first.probability:4.0%}",
                )
            )


def encodable(path: Path) -> str:
    """Return a path as text that any output takes, even where its bytes are not UTF-8.

    Parameters
    ----------
    path
        Any path.

    Returns
    -------
    str
        Bytes that are no text are written as hexadecimal escapes.
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _verdict(analysis: Analysis) -> str:
    """Return the verdict and its reason."""
    if analysis.verdict is Verdict.NOT_MUSIC:
        return analysis.reason
    return f"{VERDICT_WORDS.get(analysis.verdict) or headline(analysis)}. {analysis.reason}"


def _believable(analysis: Analysis) -> tuple[GenreProbability, ...]:
    """Return the genres; none for what is not music, whose genres mean nothing."""
    return () if analysis.verdict is Verdict.NOT_MUSIC else analysis.genres


def _name_width(analysis: Analysis) -> int:
    return max(len(genre_name(genre.name)) for genre in analysis.genres)
