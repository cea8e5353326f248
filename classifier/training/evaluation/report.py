"""Writes an evaluation as one page that needs nothing else, its figures as JSON and its pictures."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import jinja2

from classifier.errors import ReportError
from classifier.replacing import replace_bytes
from classifier.training.evaluation import method, sound_tables, tables, words
from classifier.training.evaluation.pictures import Picture
from classifier.training.evaluation.result import Evaluation, plain
from classifier.training.explore.document import Table, listing

PAGE_NAME: Final = "report.html"
FIGURES_NAME: Final = "report.json"
TEMPLATE_NAME: Final = "report.html.j2"


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer.

    Parameters
    ----------
    slug
        Its anchor.
    title
        Its heading.
    sentences
        The answer in words.
    tables
        The answer in figures.
    pictures
        Names of the pictures that belong to it.
    folded
        Tables that are shown only when asked for.
    """

    slug: str
    title: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    pictures: tuple[str, ...] = ()
    folded: tuple[Table, ...] = ()


def sections_of(evaluation: Evaluation) -> tuple[Section, ...]:
    """Put sentences and tables together, as far as there are figures.

    Parameters
    ----------
    evaluation
        What was found.

    Returns
    -------
    tuple of Section
        In the order that a reader asks.
    """
    chosen = evaluation.chosen
    sections = [Section("protocols", "How good", words.flattery(evaluation), (tables.protocol_table(evaluation),))]
    if chosen.best is not None:
        sections.append(
            Section(
                "genres",
                "Where it fails",
                words.where_it_fails(chosen.best),
                (tables.genre_table(chosen.best),),
                ("genres", "confusion"),
                (tables.confusions(chosen.best.confusion),),
            )
        )
    if evaluation.seeds is not None:
        seeds = evaluation.seeds
        sections.append(
            Section("seeds", "With other seeds", (words.seeds_in_short(seeds),), (tables.seed_table(seeds),))
        )
    if chosen.fault_filtered is not None and words.has_published(evaluation):
        sections.append(
            Section(
                "published",
                "Beside published figures",
                (words.beside_published(chosen.fault_filtered),),
                (tables.published_table(chosen.fault_filtered, chosen.recipe),),
            )
        )
    if chosen.best is not None:
        sections.append(
            Section(
                "calibration",
                "Calibration",
                words.calibration(chosen.best),
                pictures=("reliability",),
                folded=(tables.reliability_table(chosen.best),),
            )
        )
    if evaluation.verdicts is not None:
        meanings = words.verdict_meanings(evaluation.verdicts)
        sections.append(
            Section("verdicts", "What the verdicts mean", meanings, (tables.verdict_table(evaluation.verdicts),))
        )
    if evaluation.unheard is not None:
        sections.append(
            Section(
                "unheard",
                "Genres that it was never taught",
                words.unheard_in_short(evaluation.unheard),
                (tables.unheard_table(evaluation.unheard),),
            )
        )
    if evaluation.music_detector is not None:
        music = evaluation.music_detector
        sections.append(
            Section(
                "music",
                "Music or not",
                (*words.music_or_not(music), *words.sound_kinds(music.sounds)),
                (sound_tables.detector_table(music), sound_tables.sound_table(music.sounds)),
            )
        )
    if evaluation.robustness is not None:
        robustness = evaluation.robustness
        sections.append(
            Section(
                "robustness",
                "Louder, encoded, cut",
                words.robustness_in_short(robustness),
                (tables.robustness_table(robustness),),
                ("robustness",) if robustness.files else (),
            )
        )
    return (
        *sections,
        Section("data", "The data and its faults", method.data_and_faults(evaluation)),
        Section("discipline", "How it was measured", (*method.protocols(evaluation), *method.discipline(evaluation))),
    )


def write_report(out: Path, evaluation: Evaluation, pictures: Sequence[Picture]) -> None:
    """Write the page, the figures and the pictures, as far as they go; a reader never meets half a file.

    Parameters
    ----------
    out
        A directory that is there.
    evaluation
        What was found.
    pictures
        By `draw_all`.

    Raises
    ------
    ReportError
        If a file cannot be written.
    """
    try:
        for picture in pictures:
            replace_bytes(out / f"{picture.name}.png", picture.light)
        replace_bytes(out / FIGURES_NAME, figures_document(evaluation).encode())
        replace_bytes(out / PAGE_NAME, render_page(evaluation, pictures).encode())
    except OSError as error:
        raise ReportError(f"The report cannot be written to {out} ({error.strerror}).") from error


def figures_document(evaluation: Evaluation) -> str:
    """Return all figures as one JSON document."""
    return json.dumps(plain(evaluation), indent=1, allow_nan=False) + "\n"


def render_page(evaluation: Evaluation, pictures: Sequence[Picture]) -> str:
    """Return the page.

    Parameters
    ----------
    evaluation
        What was found.
    pictures
        By `draw_all`; they are kept inside the page.

    Returns
    -------
    str
        HTML whose texts are escaped.
    """
    return _template().render(
        evaluation=evaluation,
        summary=words.summary(evaluation),
        sections=sections_of(evaluation),
        pictures={picture.name: picture for picture in pictures},
        libraries=listing([f"{name} {version}" for name, version in evaluation.libraries.items()]),
        figures_name=FIGURES_NAME,
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["data_address"] = lambda png: f"data:image/png;base64,{base64.b64encode(png).decode()}"
    return environment.from_string(files(__package__).joinpath(TEMPLATE_NAME).read_text(encoding="utf-8"))
