"""Lists as hypothesis makes them, with everything in their titles that a format could stumble over."""

from __future__ import annotations

from datetime import UTC

from hypothesis import strategies as st

from bot.media.link_errors import NotALink
from bot.media.links import parse_link
from bot.playlists.formats.own_fields import MOST_SECONDS, MOST_TEMPO, MOST_VOTES
from bot.playlists.portable import DESCRIPTION_LIMIT, GENRE_LIMIT, TITLE_LIMIT, PortableList, PortableTrack
from bot.store.votes import GenreVotes
from bot.text import printable
from classifier.result import TagProbability, Verdict

AWKWARD = (
    *("\n", "\r\n", "\0", "\x85", "\u2028", "\u202e", "\u200f", "\ufeff", "\ufffe", "\ud800", "\u00a0", "\t", "  "),
    *('"', '""', "'", "''=", ",", ";", "=", "+", "-", "@", "\uff1d", "'@", "=1+1", "-1,", "%0a", "{", "}", "[]", "\\"),
    *("#EXTINF:1,", "#EXTM3U", "#GENREBOT:{}", "#", "]]>", "<![CDATA[", "<!--", "&amp;", "&", "<title>", "<@1>"),
    *("https://example.org/", 'tvg-id="a,b",', "日本語", "שלום", "👩\u200d🎤", "🎵", "é", "e\u0301"),
    *("null", "NaN", "1e5"),
)

hostile = st.lists(st.one_of(st.sampled_from(AWKWARD), st.text(max_size=8)), min_size=1, max_size=8).map("".join)
"""As a stranger sends it."""


def kept(limit: int) -> st.SearchStrategy[str]:
    """As the bot keeps it."""
    return hostile.map(lambda text: printable(text, limit=limit))


def may_be_opened(text: str) -> bool:
    try:
        parse_link(text)
    except NotALink:
        return False
    return True


links = st.one_of(
    st.sampled_from(
        ("https://example.org/a%2Cb.mp3?x=1&y=%22#t=5", "https://bücher.example/lied.ogg", "https://a.b/=-@'")
    ),
    st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20).map("https://example.org/".__add__),
).filter(may_be_opened)

shares = st.floats(0, 1)

tracks = st.builds(
    PortableTrack,
    title=kept(TITLE_LIMIT),
    link=st.none() | links,
    digest=st.none() | st.binary(min_size=32, max_size=32).map(bytes.hex),
    duration=st.none() | st.floats(0, MOST_SECONDS),
    added_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    adder=st.none() | st.integers(1, 2**63 - 1),
    genre=st.none() | kept(GENRE_LIMIT),
    probability=st.none() | shares,
    verdict=st.none() | st.sampled_from(Verdict),
    tempo=st.none() | st.floats(0, MOST_TEMPO),
    energy=st.none() | shares,
    tags=st.dictionaries(kept(GENRE_LIMIT), shares, max_size=3).map(
        lambda tags: tuple(TagProbability(*tag) for tag in tags.items())
    ),
    votes=st.dictionaries(kept(GENRE_LIMIT), st.integers(1, MOST_VOTES), max_size=3).map(
        lambda votes: tuple(GenreVotes(*vote) for vote in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])))
    ),
)

descriptions = st.lists(kept(80), max_size=3).map("\n".join)

playlists = st.builds(
    PortableList,
    name=st.just("") | kept(TITLE_LIMIT),
    description=descriptions,
    tracks=st.lists(tracks, max_size=4).map(tuple),
)

assert DESCRIPTION_LIMIT >= 3 * 81
