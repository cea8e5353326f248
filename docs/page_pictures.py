"""Makes the pictures of the page in the browser: the real server, a real clip, and headless Chromium.

Usage: ``python docs/page_pictures.py [CLIP FEATURES TAGGRAMS...]`` (``make screenshots``) with a piece of music,
GTZAN's table of features and musicnn's published taggrams, whose sounds the made-up tracks of a playlist have. Without
them, the clip is a song made in code, and there are no pictures of a playlist. Needs the dependency group ``dev`` and a
Chromium: that of ``CHROMIUM``, or ``chromium`` on the path.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from made_up_tracks import made_tracks
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from bot.illustrator import TimelineIllustrator
from bot.media.attachments import Attachment
from bot.service import build_services, link_reader
from bot.services import Services
from bot.settings import Settings
from bot.store.database import open_store
from bot.web.address import open_socket
from bot.web.here import MEMBER, SERVER
from bot.web.server import serving
from classifier.location import default_model_dir
from classifier.workers import AnalysisWorkers, WorkerConfig
from tests.chromium import ARGUMENTS, find_chromium
from tests.conftest import song
from tests.web.sounds import wav

PICTURES = Path(__file__).parent / "page"
COLOURS = 128
"""Of each picture: as many as there are on the page, more or less."""


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]


LOOKS = (
    Look("wide-light", 1000, 900, "light"),
    Look("wide-dark", 1000, 900, "dark"),
    Look("phone-light", 360, 720, "light"),
    Look("phone-dark", 360, 720, "dark"),
)


async def no_attachments(_: Attachment) -> None:
    """Fetch nothing of Discord."""


async def main(clip: Path | None, features: Path | None, taggrams: Sequence[Path]) -> None:
    """Serve the page and take the pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if clip is None:
            clip = folder / "song.wav"
            clip.write_bytes(wav(song(60.0)))
        settings = Settings(_env_file=None, web_port=0, database_url=f"sqlite+aiosqlite:///{folder}/pictures.sqlite3")
        config = WorkerConfig(default_model_dir(), settings.decode_options, illustrator=TimelineIllustrator())
        with AnalysisWorkers(config, count=settings.workers) as workers:
            await asyncio.to_thread(workers.warm_up)
            async with open_store(settings.database_url) as store:
                services = build_services(
                    settings,
                    workers=workers,
                    store=store,
                    fetch=no_attachments,  # type: ignore[arg-type]
                    links=link_reader(settings, folder=folder),
                    folder=folder,
                )
                listening, address = open_socket(settings)
                with listening:
                    async with serving(services, listening, address), async_playwright() as playwright:
                        playlist = await _playlist(services, features, taggrams) if features is not None else None
                        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
                        for look in LOOKS:
                            await _take(browser, look, address.url, clip, playlist)
                        await browser.close()
                await services.drawing.close()


async def _playlist(services: Services, features: Path, taggrams: Sequence[Path]) -> int:
    playlist = await services.store.playlists.create(SERVER, "Night drive", MEMBER, description="For the way home.")
    for track in made_tracks(features, taggrams, services.model_key, [MEMBER]):
        await services.store.tracks.add(playlist, track)
    return playlist


async def _take(browser: Browser, look: Look, address: str, clip: Path, playlist: int | None) -> None:
    page = await browser.new_page(
        viewport={"width": look.width, "height": look.height},
        color_scheme=look.scheme,
        reduced_motion="reduce",
        locale="en-GB",
    )
    await page.goto(address)
    await page.set_input_files("#file", clip)
    await page.wait_for_selector(".timeline")
    await page.locator(".message").first.evaluate("message => message.scrollIntoView()")
    await page.locator(".moment").nth(3).hover()
    await _save(page, f"channel-{look.name}")
    await page.get_by_role("button", name="Why?").first.click()
    await page.wait_for_selector("dialog[open] .card")
    await _save(page, f"why-{look.name}")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Delete", exact=True).first.click()
    await page.wait_for_selector("#empty:not([hidden])")
    await page.goto(f"{address}/about")
    await _save(page, f"about-{look.name}")
    if playlist is not None:
        await page.goto(f"{address}/playlists/{playlist}")
        await _save(page, f"playlist-{look.name}")
        for kind in ("map", "fingerprint"):
            await page.goto(f"{address}/playlists/{playlist}/{kind}")
            await page.wait_for_selector("figure svg")
            await _save(page, f"{kind}-{look.name}")
    await page.close()


async def _save(page: Page, name: str) -> None:
    path = PICTURES / f"{name}.png"
    data = await page.screenshot()
    Image.open(io.BytesIO(data)).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(path)


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]]
    asyncio.run(main(paths[0] if paths else None, paths[1] if len(paths) > 1 else None, paths[2:]))
