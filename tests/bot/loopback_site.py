"""The process that reads a site, with a site on this machine added: see `bot.media.site_child`.

The real yt-dlp runs its real course; only what the site says comes from the test's server.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yt_dlp.extractor.common import InfoExtractor
from yt_dlp.utils import ExtractorError

from bot.media import site_child

PORT = int(sys.argv[1])


class LoopbackIE(InfoExtractor):
    _VALID_URL = r"https://loopback\.example/(?P<id>[\w-]+)"

    def _real_extract(self, url: str) -> Any:
        name = self._match_id(url)
        server = f"http://127.0.0.1:{PORT}"
        info = self._download_json(f"{server}/describe/{name}", name)
        if (message := info.get("error")) is not None:
            raise ExtractorError(message, expected=info.get("expected", True))
        if info.get("breaks"):
            return {}["title"]
        if info.get("warns"):
            self.report_warning(info["warns"])
        if info.get("tells"):
            told = {"environment": dict(os.environ), "folder": str(Path.cwd()), "modules": sorted(sys.modules)}
            self._download_webpage(f"{server}/tell", name, data=json.dumps(told).encode())
        if (program := info.get("starts")) is not None:
            child = subprocess.Popen([program])
            self._download_webpage(f"{server}/tell", name, data=json.dumps([os.getpid(), child.pid]).encode())
        if (last_words := info.get("dies")) is not None:
            sys.stderr.write(last_words)
            sys.stderr.flush()
            os._exit(1)
        if info.get("hangs"):
            time.sleep(600)
        if (playlist := info.get("within")) is not None and self._yes_playlist(playlist, name):
            return self.url_result(playlist)
        if (hangs_after := info.get("endless")) is not None:
            info["entries"] = endless(hangs_after)
        return info


def endless(hangs_after: int) -> Iterator[dict[str, Any]]:
    for number in range(hangs_after):
        yield {"_type": "url", "url": f"https://loopback.example/song-{number}"}
    time.sleep(600)


if __name__ == "__main__":
    site_child.main(extractors=[LoopbackIE], permitted=frozenset({("127.0.0.1", PORT)}))
