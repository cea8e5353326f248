"""What is found in whole playlists: it travels from the drawing process to the bot."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outlier:
    """A track that sounds like no other.

    Parameters
    ----------
    place
        Where it stands among the tracks.
    times
        How many times as far as usual it is from those that sound most like it.
    genres
        Of those that sound most like it: the most frequent first. Empty where they have none.
    """

    place: int
    times: float
    genres: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Oddest:
    """The track of a list that sounds least like the others.

    Parameters
    ----------
    outlier
        Which it is.
    stands_out
        Whether it is really odd; where it is not, neither is any other.
    """

    outlier: Outlier
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Gathering:
    """How close together the tracks of a genre lie on the map.

    Parameters
    ----------
    genre
        Which genre.
    share
        Of the tracks next to one of them, how many are of the same genre.
    """

    genre: str
    share: float


@dataclass(frozen=True, slots=True)
class PlaylistMap:
    """A playlist laid out by sound.

    Parameters
    ----------
    points
        Where each track lies: across and up, between 0 and 1.
    kinds
        The number of each track's genre among those that are told apart, which is that of its sign; -1 for others.
    outliers
        The tracks that stand out, the oddest first; numbered from 1 on the picture.
    typical
        Places of the most typical track of each genre that has enough of them; numbered behind the outliers.
    gatherings
        Of the genres that have enough tracks, the closest together first.
    """

    points: tuple[tuple[float, float], ...]
    kinds: tuple[int, ...]
    outliers: tuple[Outlier, ...]
    typical: tuple[int, ...]
    gatherings: tuple[Gathering, ...]

    @property
    def told_apart(self) -> int:
        """How many genres have a sign of their own."""
        return max(self.kinds, default=-1) + 1

    @property
    def marked(self) -> tuple[int, ...]:
        """Places of the tracks that are numbered, from 1 on."""
        return (*(outlier.place for outlier in self.outliers), *self.typical)


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A playlist laid out by sound, and its picture.

    Parameters
    ----------
    laid_out
        What is on the picture.
    picture
        A PNG file.
    """

    laid_out: PlaylistMap
    picture: bytes


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A track that sounds like another.

    Parameters
    ----------
    place
        Where it stands among the tracks.
    distance
        How differently it sounds: see `classifier.collection.space.sound_space`.
    """

    place: int
    distance: float


@dataclass(frozen=True, slots=True)
class RunningOrder:
    """An order without large jumps.

    Parameters
    ----------
    places
        Which of the tracks comes first, second and so on.
    before, after
        The mean jump from one track to the next in the order given and in this one, from 0, none, to 1, the largest in
        genre, tempo, energy and sound.
    """

    places: tuple[int, ...]
    before: float
    after: float
