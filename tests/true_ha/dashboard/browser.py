"""A logged-in browser: Debian's Chromium, headless, one page on the dashboard."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, sync_playwright

DESKTOP = ViewportSize(width=1400, height=1000)
PHONE = ViewportSize(width=390, height=1400)
PATIENCE_MS = 120_000
"""Time allowed for anything on the page [ms]; a busy machine is slow."""


def chromium() -> str:
    """Return the path of Chromium: `CHROMIUM`, or on the PATH; UsageError without one."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise pytest.UsageError("NOT RUN: the dashboard needs a Chromium: apt install chromium, or CHROMIUM=<path>")
    return found


@contextmanager
def page_on(url: str, token: str, view: str, size: ViewportSize, first: str = "") -> Iterator[Page]:
    """Yield a dashboard's view, such as `lovelace/house`, in a window of this size, logged in with the token.

    `first`: a script that runs before the frontend's own. An exception of the card fails the test, because a part that
    throws stays unchanged and looks correct.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport=size, timezone_id="Europe/Brussels", locale="en-GB")
        tokens = {
            "hassUrl": url,
            "clientId": f"{url}/",
            "access_token": token,
            "refresh_token": "",
            "expires_in": 86400,
        }
        held = json.dumps({**tokens, "token_type": "Bearer", "expires": 4_102_444_800_000})
        context.add_init_script(f"localStorage.setItem('hassTokens', {json.dumps(held)})")
        if first:
            context.add_init_script(first)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(error.stack or str(error)))
        page.goto(f"{url}/{view}")
        try:
            yield page
        finally:
            browser.close()
        assert [each for each in thrown if "fusebox-card" in each] == []


def picture(of: Locator, name: str, *, in_docs: bool) -> None:
    """Save a picture in the folder `PICTURES` if set: those of docs/ there, and all in any other folder."""
    folder = os.environ.get("PICTURES")
    if folder and (in_docs or Path(folder).name != "docs"):
        of.screenshot(path=Path(folder) / f"{name}.png")
