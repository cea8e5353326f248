"""``genre-bot extract``: anyone's own labelled folders in, a training table out."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.classify import AUDIO_SUFFIXES
from bot.cli.exit_status import ExitStatus
from bot.cli.printers import NAME_LIMIT, encodable
from bot.text import printable
from classifier.options import DecodeOptions, FfmpegSource

if TYPE_CHECKING:
    from classifier.training.extract.clips import Remark
    from classifier.training.extract.run import Extraction, Tally

NAMED: Final = 5
"""Files that are named in a message; of the others only the number is told."""


def extract(
    audio_dir: Annotated[
        Path,
        typer.Argument(
            metavar="AUDIO_DIR",
            help="Folder with one folder for each genre, named as the genre; audio files at any depth below it.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(metavar="TABLE.csv", help="Table to write; one in its place is replaced.", show_default=False),
    ],
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Files to measure at once.", show_default="one a core, at most one a file"),
    ] = None,
    max_mb: Annotated[float, typer.Option(min=0.001, help="Largest file, in MB.")] = 1000.0,
    timeout: Annotated[float, typer.Option(min=1, max=3600, help="Most time for one file, in seconds.")] = 120.0,
    retry: Annotated[
        bool, typer.Option("--retry", help="Measure files again that could not be measured before.")
    ] = False,
    ffmpeg: Annotated[FfmpegSource, typer.Option(help="The ffmpeg in the package, or the one on PATH.")] = "bundled",
) -> None:
    """Make a training table of features and tags from labelled folders.

    What is measured is kept beside the table until that is whole: whatever
    ended it, the same command goes on where it was.

    The exit status is 0 when every file was measured, 1 when at least one
    could not be, and 130 after Ctrl-C.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    from classifier.training.extract.run import Tally, part_path
    from classifier.training.extract.run import extract as extract_table

    options = DecodeOptions(max_bytes=int(max_mb * 1_000_000), timeout=timeout, ffmpeg=ffmpeg)
    console = Console(stderr=True)
    tally = Tally(0, 0, 0)
    try:
        with (
            _interrupted_once(),
            Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[failed]} failed"),
                TimeRemainingColumn(),
                console=console,
                transient=True,
                disable=not console.is_terminal,
            ) as bar,
        ):
            task = bar.add_task("Looking for files", total=None, failed=0)

            def show(now: Tally) -> None:
                nonlocal tally
                if not tally.total:
                    # What an earlier run has done says nothing of how fast this one is.
                    bar.reset(task, completed=now.done, total=now.total, description="Measuring", failed=now.failed)
                tally = now
                bar.update(task, completed=now.done, failed=now.failed)

            extraction = extract_table(
                audio_dir,
                out,
                suffixes=AUDIO_SUFFIXES,
                options=options,
                jobs=jobs or os.cpu_count() or 1,
                timeout=timeout,
                retry=retry,
                progress=show,
            )
    except KeyboardInterrupt:
        kept = f"{tally.done} of {tally.total} files are done and kept in {part_path(out)}"
        where = f"{kept}. The same command goes on from there." if tally.total else "nothing was measured yet."
        typer.echo(f"Stopped: {where}", err=True)
        raise typer.Exit(ExitStatus.INTERRUPTED) from None
    _tell(extraction, tally)
    if extraction.failures:
        raise typer.Exit(ExitStatus.SOME_FILES_FAILED)


@contextmanager
def _interrupted_once() -> Iterator[None]:
    """Let the first Ctrl-C stop what goes on; after it nothing but the end of the process follows, undisturbed."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is interrupt:
            signal.signal(signal.SIGINT, before)


def _tell(extraction: Extraction, tally: Tally) -> None:
    if extraction.table is not None:
        genres = ", ".join(f"{_shown(genre)} {count}" for genre, count in extraction.clips_by_genre.items())
        clips = sum(extraction.clips_by_genre.values())
        typer.echo(f"Wrote {encodable(extraction.table)}: {clips} clips by genre: {genres}")
    if extraction.skipped:
        typer.echo(f"Left out:{_named(extraction.skipped)}", err=True)
    if extraction.failures:
        none = "" if extraction.table is not None else " No table was written."
        typer.echo(
            f"{len(extraction.failures)} of {tally.total} files could not be measured:{_named(extraction.failures)}\n"
            f"All of them are in {extraction.failures_list}.{none} What is measured is kept in {extraction.part}: "
            "mend or remove them and give the same command, or give it with --retry to try them as they are.",
            err=True,
        )
    for sentence in extraction.warnings:
        typer.echo(_shown(sentence, limit=200), err=True)


def _named(remarks: Sequence[Remark]) -> str:
    lines = [f"\n- {_shown(remark.name)}: {_shown(remark.sentence, limit=200)}" for remark in remarks[:NAMED]]
    more = f"\n- and {len(remarks) - NAMED} more" if len(remarks) > NAMED else ""
    return "".join(lines) + more


def _shown(text: str, *, limit: int = NAME_LIMIT) -> str:
    return printable(text, limit=limit)
