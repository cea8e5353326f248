"""``genre-bot classify --jobs``: several files at once, in real worker processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.exit_status import ExitStatus

Encode = Callable[..., Path]
Tune = Callable[..., npt.NDArray[np.float32]]

SLOW_FFMPEG = """#!/bin/sh
for argument in "$@"; do
    case "$argument" in
        */slow.flac) until [ "$(ls '{begun}' | wc -l)" -ge {others} ]; do sleep 0.05; done ;;
        */tune-*.flac) touch '{begun}'/"${{argument##*/}}" ;;
    esac
done
exec '{real}' "$@"
"""
"""Decodes a file that is slow only when others have been begun; the decoder's time limit ends waiting in vain."""


def test_a_slow_file_holds_up_no_other_and_answers_come_in_the_order_of_the_files(
    encode: Encode, make_tune: Tune, ffmpeg: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [encode(make_tune(4), "slow.flac")]
    files += [encode(make_tune(3.5, seed=index), f"tune-{index}.flac") for index in range(6)]
    letter = tmp_path / "letter.mp3"
    letter.write_text("This is a letter and not a song.\n" * 100)
    files[2:2] = [letter, tmp_path / "missing.wav"]

    def answers(*options: object) -> list[dict[str, object]]:
        arguments = ["classify", "--json", *options, *files]
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert result.exit_code == ExitStatus.SOME_FILES_FAILED
        return [
            {key: record.get(key) for key in ("file", "error", "genres", "verdict")}
            for record in map(json.loads, result.stdout.splitlines())
        ]

    one = answers("--jobs", 1)
    begun, program = tmp_path / "begun", tmp_path / "bin" / "ffmpeg"
    begun.mkdir()
    program.parent.mkdir()
    # All but one: it may have been given to the worker that is held up.
    program.write_text(SLOW_FFMPEG.format(begun=begun, others=5, real=ffmpeg))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    two = answers("--jobs", 2, "--ffmpeg", "path")
    assert [answer["file"] for answer in one] == [str(file) for file in files]
    assert one == two


def test_ctrl_c_ends_the_work_at_once_and_without_a_word(encode: Encode, make_tune: Tune, tmp_path: Path) -> None:
    tune = encode(make_tune(4), "tune.flac")
    command = [sys.executable, "-m", "bot", "classify", "--csv", "--jobs", "2", *[str(tune)] * 100]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # As at a terminal: what a shell starts in the background inherits Ctrl-C as ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no lock is taken
    ) as process:
        assert process.stdout is not None
        header, first = (process.stdout.readline() for _ in range(2))
        # As a terminal does: to the workers, too.
        os.killpg(process.pid, signal.SIGINT)
        output, errors = process.communicate(timeout=120)
    assert process.returncode == ExitStatus.INTERRUPTED == 130
    assert errors == b""
    assert header.startswith(b"file,")
    assert first.startswith(str(tune).encode())
    assert output.count(b"\n") < 99
