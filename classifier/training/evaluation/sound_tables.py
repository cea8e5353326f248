"""Tables of what is no music: which sounds pass as music, and what the others are called."""

from __future__ import annotations

from classifier.training.evaluation.result import MusicFigures
from classifier.training.evaluation.tables import NOTHING, bare, extent_in_percents, fraction
from classifier.training.explore.document import Column, Table, cells, shown
from classifier.training.sound_kinds import SoundScores


def detector_table(music: MusicFigures) -> Table:
    """Lay out which sounds pass as music."""
    rows = tuple(
        cells(shown(kind), str(accepted.of), str(accepted.count), bare(accepted), extent_in_percents(accepted.interval))
        for kind, accepted in sorted(music.training.accepted.items(), key=lambda item: -(item[1].value or 0.0))
    )
    return Table(
        "Sounds that pass as music, by kind. Sounds of one voice or one recipe are not independent: the true intervals "
        "are wider.",
        (Column("Kind", "text"), *map(Column, ("Sounds", "Pass", "Share", "95 %"))),
        rows,
    )


def sound_table(sounds: SoundScores) -> Table:
    """Lay out how often each kind of sound is named, and is the right one."""
    rows = []
    for kind, right in sounds.right.items():
        found = sounds.found[kind]
        rows.append(
            cells(
                shown(kind),
                str(right.of),
                str(right.count),
                bare(right),
                extent_in_percents(right.interval),
                fraction(found) if found.count else NOTHING,
            )
        )
    return Table(
        "What other sounds are called. Each fold is judged by the thresholds of the others; music counts as wrong.",
        (Column("It sounds like", "text"), *map(Column, ("Answers", "Right", "Share", "95 %", "Found"))),
        tuple(rows),
    )
