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
    picture
        A PNG file.
    outliers
        The tracks that stand out, the oddest first; numbered from 1 on the picture.
    typical
        Places of the most typical track of each genre that has enough of them; numbered behind the outliers.
    gatherings
        Of the genres that have enough tracks, the closest together first.
    """

    picture: bytes
    outliers: tuple[Outlier, ...]
    typical: tuple[int, ...]
    gatherings: tuple[Gathering, ...]


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
