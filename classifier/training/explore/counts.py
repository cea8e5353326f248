"""How many clips of each genre there are, and how many of them are copies."""

from __future__ import annotations

from dataclasses import dataclass

from classifier.training.dataset import FeatureTable
from classifier.training.explore.charts import bars
from classifier.training.explore.document import (
    Block,
    Column,
    Picture,
    Section,
    Table,
    cells,
    count,
    listing,
    percent,
    shown,
)
from classifier.training.groups import LeftOut, drop_faults


@dataclass(frozen=True, slots=True)
class Counts:
    """Clips of the table.

    Parameters
    ----------
    clips
        By genre.
    sound
        The same without copies.
    left_out
        The copies, and of what.
    """

    clips: dict[str, int]
    sound: dict[str, int]
    left_out: tuple[LeftOut, ...]


def count_genres(table: FeatureTable) -> Counts:
    """Count the clips of each genre.

    Parameters
    ----------
    table
        All clips.

    Returns
    -------
    Counts
    """
    sound, left_out = drop_faults(table)
    clips, kept = ({genre: int((part.labels == genre).sum()) for genre in table.genres} for part in (table, sound))
    return Counts(clips, kept, left_out)


def show_counts(counts: Counts) -> Section:
    """Say how the clips are spread.

    Parameters
    ----------
    counts
        What `count_genres` returned.

    Returns
    -------
    Section
    """
    total = sum(counts.clips.values())
    most, least = max(counts.clips.values()), min(counts.clips.values())
    if most == least:
        balance = (
            f"All {len(counts.clips)} genres have {count(most, 'clip')} each, so accuracy and macro-F1 mean much "
            f"the same, and a classifier that guesses is right about {percent(1 / len(counts.clips))} of them."
        )
    else:
        largest = [shown(genre) for genre, clips in counts.clips.items() if clips == most]
        smallest = [shown(genre) for genre, clips in counts.clips.items() if clips == least]
        balance = (
            f"The genres are not equally frequent, from {least} ({listing(smallest[:5])}) to {most} "
            f"({listing(largest[:5])}): always answering the most frequent one is right about "
            f"{percent(most / total)} of the clips, and macro-F1 says more than accuracy."
        )
    conclusions = [balance]
    if counts.left_out:
        verb = "repeats" if len(counts.left_out) == 1 else "repeat"
        conclusions.append(
            f"{count(len(counts.left_out), 'clip')} of {total} {verb} the features of another to the last digit; "
            "the artist-grouped protocol leaves them out, the notebook's split does not."
        )
    picture = Picture(
        bars(
            {genre: float(clips) for genre, clips in counts.clips.items()},
            [str(clips) for clips in counts.clips.values()],
            title="clips",
            alt=f"Bars of the number of clips of each of {len(counts.clips)} genres, from {least} to {most}.",
        ),
        "Clips of each genre",
    )
    rows = [cells(shown(genre), str(clips), str(clips - counts.sound[genre])) for genre, clips in counts.clips.items()]
    rows.append(cells("all", str(total), str(len(counts.left_out))))
    blocks: list[Block] = [
        picture,
        Table("Clips by genre", (Column("Genre", "text"), Column("Clips"), Column("Copies among them")), tuple(rows)),
    ]
    if counts.left_out:
        copies = tuple(cells(shown(clip.filename), shown(clip.reason)) for clip in counts.left_out)
        columns = (Column("Clip", "text"), Column("Why it is left out", "text"))
        blocks.append(Table("Copies in the table", columns, copies, folded=True))
    return Section(
        intro="What the table holds. Identical feature rows are copies of one recording.",
        conclusions=tuple(conclusions),
        blocks=tuple(blocks),
    )
