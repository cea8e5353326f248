"""Writes the model card: what the model is for, what it rests on, how good it is and where it fails."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Final

import jinja2

from classifier.errors import ReportError
from classifier.features import FEATURE_NAMES
from classifier.headline import HEADLINE_NAME
from classifier.replacing import replace_bytes
from classifier.tag_statistics import TAG_STATISTIC_NAMES
from classifier.tags import TAG_NAMES
from classifier.training.evaluation import words
from classifier.training.evaluation.headline import headline_of
from classifier.training.evaluation.pictures import Picture
from classifier.training.evaluation.report import sections_of
from classifier.training.evaluation.result import Evaluation
from classifier.training.explore.document import Table, listing, shown

TEMPLATE_NAME: Final = "model_card.md.j2"

DATA_OPTIONS: Final = ("--artists", "--taggrams")
"""Of ``genre-bot evaluate``, that ``genre-bot train`` takes too when it learns from all clips, as what ships does."""

SPECIAL: Final = "\\`*_[]|#"
"""Characters that mean something in Markdown, in the middle of a text or of a table's cell."""


def write_card(path: Path, evaluation: Evaluation, pictures: Sequence[Picture]) -> None:
    """Write the card, and into a folder beside it its pictures and the figures that the bot tells of itself.

    Parameters
    ----------
    path
        Of the card; the folder has its name without the suffix, in small letters.
    evaluation
        What was found.
    pictures
        By `draw_all`.

    Raises
    ------
    ReportError
        If a file cannot be written.
    """
    folder = picture_folder(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for picture in pictures:
            replace_bytes(folder / f"{picture.name}.png", picture.light)
        # An older one would tell of another evaluation.
        (folder / HEADLINE_NAME).unlink(missing_ok=True)
        if (headline := headline_of(evaluation)) is not None:
            replace_bytes(folder / HEADLINE_NAME, headline.to_json().encode())
        replace_bytes(path, render_card(evaluation, pictures, folder.name).encode())
    except OSError as error:
        raise ReportError(f"The model card cannot be written to {path} ({error.strerror}).") from error


def picture_folder(path: Path) -> Path:
    """Return the folder of a card's pictures."""
    return path.with_name(path.stem.lower())


def render_card(evaluation: Evaluation, pictures: Sequence[Picture], folder: str) -> str:
    """Return the card.

    Parameters
    ----------
    evaluation
        What was found.
    pictures
        By `draw_all`.
    folder
        Name of the folder that they lie in, beside the card.

    Returns
    -------
    str
        Markdown as GitHub reads it; the same for the same evaluation.
    """
    card = _template().render(
        evaluation=evaluation,
        summary=words.summary(evaluation),
        sections={section.slug: section for section in sections_of(evaluation)},
        pictures={picture.name: picture for picture in pictures},
        folder=folder,
        published=words.has_published(evaluation),
        genres=listing([shown(genre) for genre in evaluation.data.genres]),
        features=len(FEATURE_NAMES),
        tags=len(TAG_NAMES),
        statistics=len(TAG_STATISTIC_NAMES),
        libraries=listing([f"{name} {version}" for name, version in evaluation.libraries.items()]),
        train_command=_train_command(evaluation.command, evaluation.headline),
    )
    # What a section leaves out leaves its empty lines behind.
    return re.sub(r"\n{3,}", "\n\n", card)


def escape_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is.

    Parameters
    ----------
    text
        One line.

    Returns
    -------
    str
    """
    escaped = "".join(f"\\{character}" if character in SPECIAL else character for character in text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;")


def table_lines(table: Table) -> str:
    """Return a table in Markdown.

    Parameters
    ----------
    table
        Any; what spans columns is left out.

    Returns
    -------
    str
        Without a line break at the end.
    """
    head = " | ".join(escape_markdown(column.heading) for column in table.columns)
    rule = " | ".join("---" if column.align == "text" else "---:" for column in table.columns)
    rows = [
        " | ".join(f"**{escape_markdown(cell.text)}**" if cell.strong else escape_markdown(cell.text) for cell in row)
        for row in table.rows
    ]
    return "\n".join(f"| {line} |" for line in (head, rule, *rows))


def _train_command(command: str, recipe: str) -> str:
    """Name the same files to ``genre-bot train``."""
    program, _, table, *options = shlex.split(command)
    pairs = [pair for pair in pairwise(options) if pair[0] in DATA_OPTIONS]
    kept = [word for pair in pairs for word in pair]
    return shlex.join([program, "train", table, *kept, "--recipe", recipe, "--out", f"models/{recipe}"])


@cache
def _template() -> jinja2.Template:
    # What comes from outside goes through the filter `md`; HTML's own escaping would be shown as it is.
    environment = jinja2.Environment(
        autoescape=False,  # noqa: S701 - Markdown, not HTML
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"md": escape_markdown, "table_lines": table_lines}
    return environment.from_string(files(__package__).joinpath(TEMPLATE_NAME).read_text(encoding="utf-8"))
