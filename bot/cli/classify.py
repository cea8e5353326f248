"""``genre-bot classify``: files and folders in, genres out."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Protocol

import typer

from bot.cli.exit_status import ExitStatus
from bot.text import bar, duration, printable
from classifier.errors import ClassifierError, ClipError
from classifier.location import default_model_dir
from classifier.options import DecodeOptions, FfmpegSource
from classifier.result import Analysis, Verdict, Why

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

AUDIO_SUFFIXES: Final = frozenset(
    (
        *(".aac", ".aif", ".aifc", ".aiff", ".flac", ".m4a", ".mka", ".mkv"),
        *(".mov", ".mp3", ".mp4", ".oga", ".ogg", ".opus", ".wav", ".webm"),
    )
)
"""Files that are looked for in folders; a file that is named itself is tried whatever it is called."""

DEFAULT_TOP: Final = 3
BAR_WIDTH: Final = 24
NAME_LIMIT: Final = 60
INDENT: Final = (0, 0, 0, 2)
VERDICT_WORDS: Final = {
    Verdict.CLEAR: "Clear.",
    Verdict.CLOSE_CALL: "Too close to call.",
    Verdict.UNSURE: "Unsure.",
    Verdict.NOT_MUSIC: "Not music.",
}


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


def classify(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...", help="Audio files, or folders of them.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table of comma-separated values.")] = False,
    top: Annotated[
        int | None, typer.Option(min=1, help="How many genres to print.", show_default="3, or all with --json")
    ] = None,
    timeline: Annotated[bool, typer.Option("--timeline", help="Print the first genre of every few seconds.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Files to analyse at once.", show_default="one a core, at most one a file"),
    ] = None,
    model: Annotated[Path | None, typer.Option(help="Directory of another model than the one shipped.")] = None,
    max_mb: Annotated[float, typer.Option(min=0.001, help="Largest file, in MB.")] = 1000.0,
    max_seconds: Annotated[
        float, typer.Option(min=30, max=14400, help="Most audio to decode of each file, in seconds.")
    ] = 7200.0,
    ffmpeg: Annotated[FfmpegSource, typer.Option(help="The ffmpeg in the package, or the one on PATH.")] = "bundled",
) -> None:
    """Tell the genre of audio files.

    The exit status is 0 when every file was analysed and 1 when at least one could not be.
    """
    if as_json and as_csv:
        raise typer.BadParameter("choose one of --json and --csv")
    output = OutputFormat.JSON if as_json else OutputFormat.CSV if as_csv else OutputFormat.BARS
    files = list(find_files(paths))
    if not files:
        raise typer.BadParameter(f"there are no audio files in {', '.join(str(path) for path in paths)}")
    options = DecodeOptions(max_bytes=int(max_mb * 1_000_000), max_seconds=max_seconds, ffmpeg=ffmpeg)
    at_once = min(jobs or os.cpu_count() or 1, len(files))
    model_dir = model or default_model_dir()

    failed = 0
    console, progress = _progress(output)
    printer = _printer(output, console, top, with_timeline=timeline)
    with progress:
        task = progress.add_task("Loading the model", total=len(files))
        answers = (
            _answers_in_process(files, model_dir, options)
            if at_once == 1
            else _answers_from_workers(files, model_dir, options, at_once)
        )
        for answer in answers:
            printer.show(answer)
            failed += answer.error is not None
            progress.update(task, advance=1, description="Listening")
    if failed:
        print(f"{failed} of {len(files)} files could not be analysed.", file=sys.stderr)
        raise typer.Exit(ExitStatus.SOME_FILES_FAILED)


def find_files(paths: list[Path]) -> Iterator[Path]:
    """Expand folders to the audio files in them.

    Parameters
    ----------
    paths
        Files and folders.

    Yields
    ------
    Path
        Each file as it was named; those of a folder sorted, at any depth.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix.lower() in AUDIO_SUFFIXES)
        else:
            yield path


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


def _answers_in_process(files: list[Path], model_dir: Path, options: DecodeOptions) -> Iterator[Answer]:
    from threadpoolctl import threadpool_limits

    from classifier.analysis import analyze, prepare

    listener = prepare(model_dir, options)
    # As in a worker: the last digits of sums depend on how many threads share them.
    with threadpool_limits(1):
        for path in files:
            try:
                yield Answer(path, analyze(path, listener, options), None)
            except Exception as error:  # noqa: BLE001 - whatever one file does, the others are still analysed
                yield _failure(path, error)


def _answers_from_workers(files: list[Path], model_dir: Path, options: DecodeOptions, count: int) -> Iterator[Answer]:
    from classifier.workers import AnalysisWorkers, WorkerConfig, named_failures

    config = WorkerConfig(model_dir, options)
    with AnalysisWorkers(config, count=count) as workers:
        workers.warm_up()
        # Two files a worker are under way: enough that none waits, few enough that the load stays even.
        waiting = deque(files)
        under_way = deque((path, workers.submit(path)) for path in (waiting.popleft() for _ in range(count)))
        while under_way:
            if waiting and len(under_way) < 2 * count:
                path = waiting.popleft()
                under_way.append((path, workers.submit(path)))
                continue
            path, future = under_way.popleft()
            try:
                with named_failures(config.job_timeout):
                    yield Answer(path, future.result(), None)
            except Exception as error:  # noqa: BLE001 - whatever one file does, the others are still analysed
                yield _failure(path, error)


def _failure(path: Path, error: Exception) -> Answer:
    """Say what is wrong with a file; raise what would be wrong with every file."""
    match error:
        case ClipError():
            return Answer(path, None, str(error))
        case ClassifierError():
            raise error
        case OSError():
            return Answer(path, None, f"It cannot be opened: {error.strerror}.")
        case _:
            return Answer(path, None, f"It made the program fail ({type(error).__name__}: {error}). Please report it.")


def _progress(output: OutputFormat) -> tuple[Console, Progress]:
    """Put the progress bar where it does not get between the answers."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    console = Console(highlight=False)
    together = output is OutputFormat.BARS and console.is_terminal
    bar_console = console if together else Console(stderr=True)
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=bar_console,
        transient=True,
        disable=not together and (console.is_terminal or not bar_console.is_terminal),
    )
    return console, progress


def _printer(output: OutputFormat, console: Console, top: int | None, *, with_timeline: bool) -> Printer:
    if output is OutputFormat.JSON:
        return JsonPrinter(top)
    if output is OutputFormat.CSV:
        return CsvPrinter(top or DEFAULT_TOP)
    return BarPrinter(console, top or DEFAULT_TOP, with_timeline=with_timeline)


class JsonPrinter:
    """One object a line: the file, the error or null, and the whole analysis."""

    def __init__(self, top: int | None) -> None:
        self._top = top

    def show(self, answer: Answer) -> None:
        """Print one line."""
        record: dict[str, object] = {"file": encodable(answer.path), "error": answer.error}
        if answer.analysis is not None:
            record |= answer.analysis.to_dict()
            record["genres"] = [
                {"name": genre.name, "probability": genre.probability} for genre in answer.analysis.genres[: self._top]
            ]
        print(json.dumps(record, allow_nan=False), flush=True)


class CsvPrinter:
    """A header, then one row a file; genres stand in pairs of name and probability."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._writer = csv.writer(sys.stdout, lineterminator="\n")
        ranks = range(1, top + 1)
        pairs = (column for rank in ranks for column in (f"genre_{rank}", f"probability_{rank}"))
        self._header = ["file", "error", "verdict", "seconds", *pairs]
        self._writer.writerow(self._header)

    def show(self, answer: Answer) -> None:
        """Print one row."""
        row: list[object] = [encodable(answer.path), answer.error or ""]
        if answer.analysis is not None:
            row += [answer.analysis.verdict, f"{answer.analysis.audio.duration:.3f}"]
            for genre in answer.analysis.genres[: self._top]:
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
                    f"  {duration(analysis.audio.duration)} {analysis.audio.codec}, "
                    f"{duration(analysis.audio.seconds_heard)} heard in {analysis.elapsed.total:.1f} s",
                    "dim",
                ),
            )
        )
        if analysis.verdict is not Verdict.NOT_MUSIC:
            self._print_bars(analysis)
        lines = [f"{VERDICT_WORDS[analysis.verdict]} {analysis.reason}"]
        if analysis.verdict is not Verdict.NOT_MUSIC:
            lines += [f"Sounds like: {', '.join(tag.name for tag in analysis.tags)}.", _reasons(analysis.why)]
        for line in lines:
            self._console.print(Padding(Text(line, style="dim"), INDENT))
        if self._with_timeline:
            self._print_timeline(analysis)

    def _print_bars(self, analysis: Analysis) -> None:
        from rich.text import Text

        width = max(len(genre.name) for genre in analysis.genres)
        for rank, genre in enumerate(analysis.genres[: self._top]):
            style = "green" if rank == 0 and analysis.verdict is Verdict.CLEAR else "yellow" if rank == 0 else "dim"
            self._console.print(
                Text.assemble(
                    f"  {genre.name:<{width}}  ",
                    (bar(genre.probability, width=BAR_WIDTH), style),
                    f" {genre.probability:4.0%}",
                )
            )

    def _print_timeline(self, analysis: Analysis) -> None:
        from rich.text import Text

        width = max(len(genre.name) for genre in analysis.genres)
        for segment in analysis.timeline:
            first = segment.genres[0]
            self._console.print(
                Text.assemble(
                    (f"  {_clock(segment.start)}–{_clock(segment.end)}  ", "dim"),
                    f"{first.name:<{width}}  ",
                    (bar(first.probability, width=BAR_WIDTH), "dim"),
                    f" {first.probability:4.0%}",
                )
            )


def _reasons(why: Why) -> str:
    evidence = "; ".join(reason.text for reason in why.evidence) or "no single thing"
    if not why.mistaken_for:
        return f"Why: {evidence}."
    others = ", ".join(f"{confusion.name} ({confusion.share:.0%})" for confusion in why.mistaken_for)
    return f"Why: {evidence}. It is sometimes really {others}."


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:3}:{rest:02}"
