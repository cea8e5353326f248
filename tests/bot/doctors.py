"""Programs and findings that the tests of ``genre-bot doctor`` share."""

from __future__ import annotations

from pathlib import Path

from bot.doctor.finding import Finding, Level


def write_program(folder: Path, name: str, script: str) -> Path:
    """Write a program that a shell runs."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


def assert_problem(finding: Finding, *, says: str, advises: str) -> None:
    assert_finding(finding, Level.PROBLEM, says=says, advises=advises)


def assert_advice(finding: Finding, *, says: str, advises: str) -> None:
    assert_finding(finding, Level.ADVICE, says=says, advises=advises)


def assert_skipped(finding: Finding, *, says: str, advises: str) -> None:
    assert_finding(finding, Level.SKIPPED, says=says, advises=advises)


def assert_finding(finding: Finding, level: Level, *, says: str, advises: str) -> None:
    assert finding.level is level, finding
    assert says in finding.what
    assert finding.what_to_do is not None
    assert advises in finding.what_to_do


def assert_ok(finding: Finding, *, says: str) -> None:
    assert finding.level is Level.OK, finding
    assert says in finding.what
