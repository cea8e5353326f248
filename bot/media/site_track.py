"""Has yt-dlp download the track that a page is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from yt_dlp.utils import DownloadCancelled

from bot.media.site_job import CLIP_NAME, MAX_TEXT_LENGTH, SiteAnswer, SiteJob, Trouble
from bot.media.site_reader import COLLECTIONS, RETRIES, Info, SiteReader, is_live

PROTOCOLS: Final = ("https", "http", "http_dash_segments", "m3u8_native")
"""How audio may be transferred, the simplest first; all of it without another program."""


class OneTrack(SiteReader):
    """yt-dlp for one track.

    Parameters
    ----------
    job
        What is asked for.
    """

    def __init__(self, job: SiteJob) -> None:
        super().__init__(
            job,
            noplaylist=True,
            format=self._choose_format,
            match_filter=self._refuse,
            progress_hooks=[self._count],
            outtmpl={"default": CLIP_NAME},
            hls_prefer_native=True,
            fixup="never",
            fragment_retries=RETRIES,
            skip_unavailable_fragments=False,
            updatetime=False,
            nopart=True,
        )

    def answer(self) -> SiteAnswer:
        """Download the track."""
        info = self.extract_info(self._job.url)
        if self.reason is not None:
            return SiteAnswer(trouble=self.reason)
        if not (self._job.folder / CLIP_NAME).is_file():
            return SiteAnswer(trouble=Trouble.UNKNOWN, detail="yt-dlp reports success, but there is no file")
        title = info.get("title")
        return SiteAnswer(title=str(title)[:MAX_TEXT_LENGTH] if title else None)

    def process_ie_result(self, ie_result: Info, *arguments: Any, **options: Any) -> Any:
        """Follow what an extractor found, but not into a playlist."""
        if ie_result.get("_type") in COLLECTIONS:
            self.reason = Trouble.PLAYLIST
            return None
        return super().process_ie_result(ie_result, *arguments, **options)

    def _refuse(self, info: Info, *, incomplete: object = False) -> str | None:
        del incomplete
        if is_live(info):
            self.reason = Trouble.LIVE
        elif (info.get("duration") or 0) > self._job.max_seconds:
            self.reason = Trouble.TOO_LONG
        return self.reason

    def _choose_format(self, context: Info) -> Iterator[Info]:
        """Yield the best audio that fits, as ``format`` of yt-dlp does it; worse ones come first there."""
        audible = [
            found
            for found in context["formats"]
            if found.get("acodec") != "none" and found.get("protocol") in PROTOCOLS
        ]
        fitting = [found for found in audible if (_bytes_of(found) or 0) <= self._job.max_bytes]
        if fitting:
            yield max(enumerate(fitting), key=lambda place: _preference(*place))[1]
        elif audible:
            self.reason = Trouble.TOO_LARGE

    def _count(self, progress: Info) -> None:
        """End a download that is or grows too large; ``max_filesize`` of yt-dlp sees only what is declared."""
        if max(progress.get("downloaded_bytes") or 0, progress.get("total_bytes") or 0) > self._job.max_bytes:
            self.reason = Trouble.TOO_LARGE
            raise DownloadCancelled


def _bytes_of(found: Info) -> int | None:
    size = found.get("filesize") or found.get("filesize_approx")
    return None if size is None else int(size)


def _preference(index: int, found: Info) -> tuple[bool, int, int, int]:
    """Rank formats: sound without pictures, then a simple transfer, then small pictures, then yt-dlp's own order."""
    sound_alone = found.get("vcodec") == "none"
    return (
        sound_alone,
        -PROTOCOLS.index(found["protocol"]),
        0 if sound_alone else -int(found.get("height") or 0),
        index,
    )
