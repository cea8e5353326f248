"""``genre-bot classify``: files and folders in, genres out."""

from __future__ import annotations

import math
import os
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.exit_status import ExitStatus
from bot.cli.printers import Answer, OutputFormat, printer_for
from classifier.errors import ClassifierError, ClipError
from classifier.location import default_model_dir
from classifier.options import DecodeOptions, FfmpegSource

if TYPE_CHECKING:
    from concurrent.futures import Future

    from rich.console import Console
    from rich.progress import Progress

    from classifier.answer import Answer as WorkerAnswer

AUDIO_SUFFIXES: Final = frozenset(
    (
        *(".aac", ".aif", ".aifc", ".aiff", ".flac", ".m4a", ".mka", ".mkv"),
        *(".mov", ".mp3", ".mp4", ".oga", ".ogg", ".opus", ".wav", ".webm"),
    )
)
"""Files that are looked for in folders; a file that is named itself is tried whatever it is called."""

MOST_MB: Final = 1_000_000.0
"""A terabyte: larger than any audio file, and still a number of bytes."""


def _a_number(value: float) -> float:
    # No comparison with a limit is true of NaN, so that the limits let it pass.
    if math.isnan(value):
        raise typer.BadParameter("this is not a number")
    return value


def classify(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...", help="Audio files, or folders of them.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table of comma-separated values.")] = False,
    top: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="How many genres to print; with --json, of each segment of the timeline too.",
            show_default="3, or all with --json",
        ),
    ] = None,
    timeline: Annotated[
        bool,
        typer.Option("--timeline", help="Print the first genre of every few seconds; --json always has the timeline."),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Files to analyse at once.", show_default="one a core, at most one a file"),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(
            help="Directory of another model than the one shipped; one that you trust: loading a model runs code "
            "from it."
        ),
    ] = None,
    max_mb: Annotated[
        float, typer.Option(min=0.001, max=MOST_MB, callback=_a_number, help="Largest file, in MB.")
    ] = 1000.0,
    max_seconds: Annotated[
        float,
        typer.Option(min=30, max=14400, callback=_a_number, help="Most audio to decode of each file, in seconds."),
    ] = 7200.0,
    ffmpeg: Annotated[FfmpegSource, typer.Option(help="The ffmpeg in the package, or the one on PATH.")] = "bundled",
) -> None:
    """Tell the genre of audio files.

    The exit status is 0 when every file was analysed and 1 when at least one could not be.
    """
    if as_json and as_csv:
        raise typer.BadParameter("choose one of --json and --csv")
    if as_csv and timeline:
        raise typer.BadParameter("a table has no --timeline; leave out --csv, or use --json, which has the timeline")
    output = OutputFormat.JSON if as_json else OutputFormat.CSV if as_csv else OutputFormat.BARS
    files = list(find_files(paths))
    if not files:
        raise typer.BadParameter(f"there are no audio files in {', '.join(str(path) for path in paths)}")
    options = DecodeOptions(max_bytes=int(max_mb * 1_000_000), max_seconds=max_seconds, ffmpeg=ffmpeg)
    at_once = min(jobs or os.cpu_count() or 1, len(files))
    model_dir = model or default_model_dir()

    failed = 0
    console, progress = _progress(output)
    printer = printer_for(output, console, top, with_timeline=timeline)
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
        Each file as it was named; those of a folder sorted, at any depth, without those that are hidden: macOS
        leaves ``._song.wav`` beside a song, which is no audio.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file
                for file in path.rglob("*")
                if file.suffix.lower() in AUDIO_SUFFIXES
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
                and file.is_file()
            )
        else:
            yield path


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
        waiting = iter(files)
        in_order: deque[tuple[Path, Future[WorkerAnswer]]] = deque()
        while True:
            unfinished = [future for _, future in in_order if not future.done()]
            # Two files a worker are under way: enough that none waits, few enough that the load stays even. Answers
            # that are ready behind a long file do not count: they are small.
            for path in islice(waiting, 2 * count - len(unfinished)):
                unfinished.append(workers.submit(path))
                in_order.append((path, unfinished[-1]))
            if not in_order:
                return
            path, future = in_order[0]
            if not future.done():
                wait(unfinished, return_when=FIRST_COMPLETED)
                continue
            in_order.popleft()
            try:
                with named_failures(config.job_timeout):
                    yield Answer(path, future.result().analysis, None)
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
