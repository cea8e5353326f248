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
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.clips import lengthen, write_clip
from bot.web.assets import Assets
from tests.chromium import ARGUMENTS, find_chromium

ROUNDS = 5
PAINT_ROUNDS = 15
SHORT_SECONDS = 30
LONG_SECONDS = 300
OPEN_GOAL_MS = 200
ASSETS_GOAL_BYTES = 150_000

FIRST_PAINT = """() => new Promise(resolve => new PerformanceObserver(
    list => list.getEntriesByName("first-contentful-paint").forEach(entry => resolve(entry.startTime))
).observe({ type: "paint", buffered: true }))"""
"""In a browser: when the first text was drawn, in milliseconds after the page was asked for; it may not be yet."""

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
    """Print how soon the page is there, beside one of a single word: that is what the browser itself takes."""
    paints: dict[str, list[float]] = defaultdict(list)
    loads: dict[str, list[float]] = defaultdict(list)
    with _one_word() as nothing:
        for _ in range(PAINT_ROUNDS):
            # Turn by turn: whatever else the machine does holds both up.
            for label, place in (("the page", address), ("a page of one word", nothing)):
                # In a context of its own, which has kept nothing from the last time.
                with browser.new_context() as context:
                    page = context.new_page()
                    page.goto(place, wait_until="load")
                    paints[label].append(page.evaluate(FIRST_PAINT))
                    loads[label].append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
    for label, found in paints.items():
        first, loaded = statistics.median(found), statistics.median(loads[label])
        print(f"{label}: first paint {first:.0f} ms, loaded {loaded:.0f} ms (goal {OPEN_GOAL_MS} ms)")


class _OneWord(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = b"<!doctype html><title>Word</title><p>Word"
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _one_word() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _OneWord) as server:
        server.daemon_threads = True
        serving = Thread(target=server.serve_forever)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            serving.join()


def _answer(page: Page, path: Path, tail: bytes) -> float:
    """Return the seconds from the drop to the answer that a person sees."""
    before = page.locator(ANSWER).count()
    started = time.perf_counter()
    page.set_input_files("#file", {"name": path.name, "mimeType": "audio/mpeg", "buffer": path.read_bytes() + tail})
    page.locator(ANSWER).nth(before).wait_for(timeout=60_000)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
