"""Tabs of a real browser that look at the page, and what tests find out in them."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.async_api import Browser
from playwright.async_api import Page as Tab

from tests.web.page import Page

PATIENCE_MILLISECONDS = 30_000
"""How long a browser is waited for, on a machine that is busy with other tests."""

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")

LookAt = Callable[..., AbstractAsyncContextManager[Tab]]

# The sound that is played stands in no document: only whoever is there when it is made finds it.
NOTE_PLAYER = "window.Audio = class extends Audio { constructor() { super(); window.player = this; } };"

NOTE_STAGES = """() => {
    window.stages = [];
    const messages = document.querySelector("#messages");
    new MutationObserver(() => window.stages.push(messages.textContent)).observe(messages, { childList: true });
}"""

DROPPED = """([name, data]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], name));
    return transfer;
}"""

# Where the keyboard is, and whether that is to be seen: by an outline, or in a picture by a line around the part.
FOCUSED = """() => {
    const held = document.activeElement;
    if (held === document.body) return null;
    const style = getComputedStyle(held);
    const line = held.querySelector(".moment");
    const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const isDrawn = line !== null && getComputedStyle(line).stroke !== "none";
    const box = held.getBoundingClientRect();
    const isInView = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    return {
        name: held.id || held.dataset.words || held.textContent.trim(),
        isVisible: (isOutlined || isDrawn) && isInView,
    };
}"""

FIND_VIOLATIONS = """async (rules) => {
    const chosen = rules ? { runOnly: { type: "rule", values: rules } } : {};
    const found = await axe.run(document, { resultTypes: ["violations"], ...chosen });
    return found.violations
        .filter((violation) => ["serious", "critical"].includes(violation.impact))
        .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 150)).join(" | ")}`);
}"""


def tab_opener(browser: Browser) -> LookAt:
    """Return what looks at the page for as long as a context lasts, in a tab that shares nothing with others."""

    @asynccontextmanager
    async def look_at(page: Page, path: str = "/", *, expected: str = "(?!)", **options: Any) -> AsyncIterator[Tab]:
        """Fail where a script does, the browser complains of anything but `expected`, or asks another host."""
        troubles: list[str] = []
        context = await browser.new_context(base_url=page.origin, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        context.on(
            "console",
            lambda message: (
                message.type in {"error", "warning"}
                and not re.search(expected, message.text)
                and troubles.append(message.text)
            ),
        )
        context.on(
            "request",
            lambda request: (
                request.url.startswith((f"{page.origin}/", f"blob:{page.origin}/"))
                or troubles.append(f"asked for {request.url[:200]}")
            ),
        )
        await context.add_init_script(NOTE_PLAYER)
        try:
            tab = await context.new_page()
            # From the beginning on: what is asked of the browser only when a key is pressed may come after it.
            tab.on("filechooser", lambda _: None)
            await tab.goto(path)
            yield tab
        finally:
            await context.close()
        assert not troubles, troubles

    return look_at


def file_of(name: str, data: bytes) -> Any:
    """Return a file as a browser's user chooses it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


async def drop(tab: Tab, name: str, data: bytes) -> None:
    """Drag a file over the page and drop it there."""
    transfer = await tab.evaluate_handle(DROPPED, [name, base64.b64encode(data).decode()])
    for kind in ("dragenter", "dragover"):
        await tab.dispatch_event("body", kind, {"dataTransfer": transfer})
    await tab.locator("body.dropping").wait_for()
    await tab.dispatch_event("body", "drop", {"dataTransfer": transfer})
    await tab.locator("body:not(.dropping)").wait_for()


async def tab_through(tab: Tab, *, most: int = 100) -> list[str]:
    """Press Tab until the keyboard leaves the page, and return what it came by; all of it has to be seen."""
    names = []
    for _ in range(most):
        await tab.keyboard.press("Tab")
        focused = await tab.evaluate(FOCUSED)
        if focused is None:
            return names
        assert focused["isVisible"], f"nobody sees that the keyboard is at {focused['name']}"
        names.append(focused["name"])
    raise AssertionError(f"there is no end: {names}")


async def focused(tab: Tab) -> str | None:
    """Return where the keyboard is; None for nowhere."""
    held = await tab.evaluate(FOCUSED)
    return None if held is None else str(held["name"])


async def violations(tab: Tab) -> list[str]:
    """Return what keeps people from using what is shown, in light and in dark, as far as axe-core finds it."""
    await tab.evaluate(AXE.read_text(encoding="utf-8"))
    await tab.emulate_media(color_scheme="light")
    found: list[str] = await tab.evaluate(FIND_VIOLATIONS)
    # In the dark, nothing else is another.
    await tab.emulate_media(color_scheme="dark")
    return found + await tab.evaluate(FIND_VIOLATIONS, ["color-contrast", "link-in-text-block"])
