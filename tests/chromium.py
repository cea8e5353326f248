"""The browser of the tests: Debian's Chromium, which their set-up installs."""

from __future__ import annotations

import os
import shutil

ARGUMENTS = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"),
    # Chromium's own sandbox does not work for root, who runs the tests in containers.
    *(("--no-sandbox",) if os.geteuid() == 0 else ()),
)


def find_chromium() -> str | None:
    """Return where it lies; None where there is none."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
