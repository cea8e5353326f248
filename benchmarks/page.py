"""What a browser loads, how soon it shows the page, and how long it takes from the drop of a clip to its answer.

Usage: ``python -m benchmarks.page [CLIP]``, with a song; without one, it is noise that is heard all the same. The whole
bot with its page, as ``genre-bot web`` starts it, and headless Chromium: that of ``CHROMIUM``, or ``chromium`` on the
path. Each clip is sent with bytes of its own at its end, or it would be answered from memory.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.clips import lengthen, write_clip
from bot.web.assets import Assets
from tests.chromium import ARGUMENTS, find_chromium

ROUNDS = 5
SHORT_SECONDS = 30
LONG_SECONDS = 300
OPEN_GOAL_MS = 200
ASSETS_GOAL_BYTES = 150_000

ANSWER = ".message .card-title"
"""What every answer has."""


def main(clip: Path | None) -> None:
    """Print sizes and medians."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = clip or write_clip(folder / "clip.wav")
        short = lengthen(source, folder / "30s.mp3", seconds=SHORT_SECONDS)
        long = lengthen(source, folder / "5min.mp3", seconds=LONG_SECONDS)
        size = Assets().size
        print(f"assets: {size:,} bytes of {ASSETS_GOAL_BYTES:,}")
        environment = os.environ | {
            "GENREBOT_WEB_PORT": "0",
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.sqlite3",
            "GENREBOT_LOG_LEVEL": "ERROR",
        }
        started = time.perf_counter()
        bot = subprocess.Popen([sys.executable, "-m", "bot", "web"], env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert bot.stdout is not None
            address = re.findall(r"http://[\d.:]+\d", bot.stdout.readline())[0]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
                page = browser.new_page()
                page.goto(address)
                print(f"from the command to the page: {time.perf_counter() - started:.1f} s")
                _answer(page, short, b"first")
                print(f"from the command to the answer for the first clip: {time.perf_counter() - started:.1f} s")
                _print_paints(browser, address)
                for label, path in (("clip of 30 s", short), (f"mp3 of {LONG_SECONDS // 60} minutes", long)):
                    took = [_answer(page, path, str(number).encode()) for number in range(ROUNDS)]
                    print(f"from the drop of a {label} to its answer: {statistics.median(took):.2f} s")
                browser.close()
        finally:
            bot.terminate()
            bot.wait()


def _print_paints(browser: Browser, address: str) -> None:
    paints, loads = [], []
    for _ in range(ROUNDS):
        page = browser.new_page()
        page.goto(address, wait_until="load")
        timing = page.evaluate(
            "() => [performance.getEntriesByName('first-contentful-paint')[0]?.startTime,"
            " performance.getEntriesByType('navigation')[0].loadEventEnd]"
        )
        paints.append(timing[0])
        loads.append(timing[1])
        page.close()
    print(
        f"the page: first paint {statistics.median(paints):.0f} ms, loaded {statistics.median(loads):.0f} ms "
        f"(goal {OPEN_GOAL_MS} ms)"
    )


def _answer(page: Page, path: Path, tail: bytes) -> float:
    """Return the seconds from the drop to the answer that a person sees."""
    before = page.locator(ANSWER).count()
    started = time.perf_counter()
    page.set_input_files("#file", {"name": path.name, "mimeType": "audio/mpeg", "buffer": path.read_bytes() + tail})
    page.locator(ANSWER).nth(before).wait_for(timeout=60_000)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
