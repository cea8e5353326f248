"""Illustrators that worker processes can import."""

from __future__ import annotations

import contextlib
import json
import resource
from dataclasses import dataclass
from pathlib import Path

from classifier.confinement import PROCESSOR_GRACE_SECONDS, allow_processor_time
from classifier.result import Analysis

LIMITS = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE")


@dataclass(frozen=True)
class FixedIllustrator:
    """Fails until there is paint, and then draws the same picture each time."""

    picture: bytes
    failure: Exception
    paint: Path

    def prepare(self) -> None:
        self._fail()

    def draw(self, _: Analysis) -> bytes:
        self._fail()
        return self.picture

    def _fail(self) -> None:
        if not self.paint.exists():
            raise self.failure


@dataclass(frozen=True)
class ObedientIllustrator:
    """Does in the worker what a file says, and draws what came of it."""

    order: Path

    def prepare(self) -> None:
        pass

    def draw(self, _: Analysis) -> bytes:
        match self.order.read_text().split():
            case ["tell-limits"]:
                used = resource.getrusage(resource.RUSAGE_SELF)
                limits = {name: resource.getrlimit(getattr(resource, name))[0] for name in LIMITS}
                return json.dumps({**limits, "used": used.ru_utime + used.ru_stime}).encode()
            case ["open-files", path]:
                with contextlib.ExitStack() as files:
                    for _ in range(1000):
                        files.enter_context(Path(path).open("rb"))
            case ["grow-file", path, size]:
                with Path(path).open("wb") as file:
                    file.truncate(int(size))
            case ["spin"]:
                allow_processor_time(1.0 - PROCESSOR_GRACE_SECONDS)
                while True:
                    pass
            case ["leave", spare]:
                # As if the analyses before had taken the rest.
                size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
                _, hard = resource.getrlimit(resource.RLIMIT_AS)
                resource.setrlimit(resource.RLIMIT_AS, (size + int(spare), hard))
        return b"done"
