"""The first set-up in a browser, by clicks alone: install, forms, dry run, go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from ..process import newcomers_house as house
from ..process.folder import ROOT, Folder
from ..process.running import HomeAssistant
from ..process.test_store import CAR, SITE, download
from ..pyscript_source import find
from .browser import DESKTOP, chromium, page_on, picture

ADD = "config/integrations/dashboard/add?domain=fusebox"


@pytest.fixture
def fresh(tmp_path: Path):
    """Home Assistant with pyscript and 107 entities; Fusebox is downloaded and not set up."""
    chromium()
    folder = Folder(tmp_path / "config", find())
    download(folder, tmp_path / "dist")
    with HomeAssistant(folder, {**house.entities(), "lovelace": {}}) as running:
        yield running


def begin(key: str) -> str:
    """Return the beginning of an English text of the forms."""
    text: Any = json.loads((ROOT / "custom_components/fusebox/translations/en.json").read_text(encoding="utf-8"))
    for part in key.split("."):
        text = text[part]
    return str(text).partition(". ")[0].partition("\n")[0]


def submit(page: Page, name: str, button: str) -> None:
    """Picture a form of the set-up and press a button of it."""
    page.wait_for_timeout(1500)
    picture(page.get_by_role("dialog").last, f"store_{name}", in_docs=name == "loads")
    page.get_by_role("button", name=button, exact=True).last.click()


def test_install_form_dry_run_and_go_by_clicks_alone(fresh):
    with page_on(f"http://127.0.0.1:{fresh.port}", fresh.folder.token, ADD, DESKTOP) as page:
        page.get_by_text("Do you want to set up Fusebox?").wait_for()
        submit(page, "ask", "OK")
        page.get_by_text(begin("config.step.user.description")).wait_for()
        submit(page, "user", "Submit")
        page.get_by_text(begin("config.step.fuse.description")).wait_for()
        page.locator("input[type=number]").first.fill("40")
        submit(page, "fuse", "Submit")
        page.get_by_text(begin("config.step.house.description")).wait_for()
        submit(page, "house", "Submit")
        page.get_by_text(begin("config.step.loads.description")).wait_for()
        submit(page, "loads", "Submit")
        page.get_by_text(begin("config.step.phases.description")).wait_for()
        submit(page, "phases", "Submit")
        page.get_by_text(begin("config.create_entry.default")).wait_for()
        submit(page, "done", "Finish")
        fresh.wait(lambda: fresh.talk.value(SITE) == "dry_run" and fresh.talk.value(CAR), "the written house")

        page.goto(f"http://127.0.0.1:{fresh.port}/config/integrations/integration/fusebox")
        page.get_by_role("button", name="Configure").first.click()
        page.get_by_text(begin("options.step.init.menu_options.site")).click()
        page.get_by_text(begin("options.step.site.description")).wait_for()
        page.locator("ha-form-boolean ha-switch, ha-selector-boolean ha-switch").first.click()
        submit(page, "go", "Submit")
        fresh.wait(lambda: float(fresh.talk.value(house.NUMBER) or 0) > 6, "a car that rises")
