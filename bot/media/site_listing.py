"""Has yt-dlp tell which tracks a playlist or an album holds, without opening any of them."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import quote

from bot.media.site_job import (
    MAX_ANSWER_BYTES,
    MAX_TEXT_LENGTH,
    LeftOut,
    SiteAnswer,
    SiteEntry,
    SiteJob,
    SiteListing,
    Trouble,
)
from bot.media.site_reader import COLLECTIONS, Info, SiteReader, is_live

HIDDEN: Final = frozenset({"private", "premium_only", "subscriber_only", "needs_auth"})
"""What yt-dlp calls tracks that not everybody may play."""

HIDDEN_TITLES: Final = frozenset({"[Private video]", "[Deleted video]"})
"""What YouTube calls, in its playlists, what nobody may see any more; yt-dlp passes that on as a title."""

MAX_TITLE_LENGTH: Final = 300
"""Characters of a track's title that are passed on."""

SLACK_BYTES: Final = 16 << 10
"""Of the answer, for everything that is not a track: a title of `MAX_TEXT_LENGTH` takes 12 a character at most."""


class FlatListing(SiteReader):
    """yt-dlp for the list of a playlist's tracks.

    Parameters
    ----------
    job
        What is asked for.
    at_most
        How many entries are looked at.
    """

    def __init__(self, job: SiteJob, *, at_most: int) -> None:
        super().__init__(
            job,
            # Of a link that names a track and a playlist, the playlist.
            noplaylist=False,
            extract_flat="in_playlist",
            # One more, to know whether there are more.
            playlistend=at_most + 1,
            # Otherwise filters are tried on every entry, and there are none.
            lazy_playlist=True,
            allow_playlist_files=False,
        )
        self._at_most = at_most

    def answer(self) -> SiteAnswer:
        """List the tracks; a page that is about one track holds that one."""
        info = self.extract_info(self._job.url, download=False)
        if info.get("_type") in COLLECTIONS:
            return self._listing(_title(info, MAX_TEXT_LENGTH), info)
        if is_live(info):
            return SiteAnswer(trouble=Trouble.LIVE)
        return self._listing(None, info | {"entries": [info]})

    def process_ie_result(self, ie_result: Info, download: bool = True, extra_info: Any = None) -> Any:
        """Follow what an extractor found as far as to a playlist, but into none of its tracks."""
        if ie_result.get("_type", "video") == "video" or "playlist" in (extra_info or {}):
            return ie_result
        return super().process_ie_result(ie_result, download, extra_info)

    def _listing(self, title: str | None, info: Info) -> SiteAnswer:
        found: Sequence[Info | None] = info["entries"]
        entries: list[SiteEntry] = []
        left_out: Counter[LeftOut] = Counter()
        more = len(found) > self._at_most
        room = MAX_ANSWER_BYTES - SLACK_BYTES
        for each in found[: self._at_most]:
            page = _page(each or {}, info.get("extractor"))
            if (why := self._why_left_out(each, page)) is not None:
                left_out[why] += 1
                continue
            entry = SiteEntry(url=page, title=_title(each or {}, MAX_TITLE_LENGTH), duration=_seconds(each or {}))
            room -= len(json.dumps(asdict(entry))) + len(", ")
            if room < 0:
                more = True
                break
            entries.append(entry)
        return SiteAnswer(listing=SiteListing(title, tuple(entries), more=more, left_out=dict(left_out)))

    def _why_left_out(self, entry: Info | None, page: str) -> LeftOut | None:
        if entry is None or entry.get("availability") in HIDDEN or _title(entry, MAX_TITLE_LENGTH) in HIDDEN_TITLES:
            return LeftOut.PRIVATE
        if is_live(entry):
            return LeftOut.LIVE
        if entry.get("_type") in COLLECTIONS:
            return LeftOut.NESTED
        extractor = next((each for each in self._ies.values() if each.suitable(page)), None)
        if extractor is None:
            return LeftOut.FOREIGN
        single = extractor.is_single_video(page)
        # Where yt-dlp does not know: with a colon, it names extractors for a site's other pages, `youtube:tab` say.
        if single is False or (single is None and ":" in extractor.IE_NAME):
            return LeftOut.NESTED
        return None


def _page(entry: Info, extractor: str | None) -> str:
    """Return the address of a track's page; empty where it has none."""
    # Its albums are told with all their files at once, of which each has a page as well.
    if extractor == "archive.org" and "url" not in entry and "webpage_url" not in entry and entry.get("id"):
        return f"https://archive.org/details/{quote(str(entry['id']))}"
    is_page = entry.get("_type") in {"url", "url_transparent"}
    return str(entry.get("url" if is_page else "webpage_url") or "")


def _title(info: Info, limit: int) -> str | None:
    title = info.get("title")
    return title[:limit] if isinstance(title, str) else None


def _seconds(entry: Info) -> float | None:
    seconds = entry.get("duration")
    return float(seconds) if isinstance(seconds, int | float) and math.isfinite(seconds) and seconds > 0 else None
