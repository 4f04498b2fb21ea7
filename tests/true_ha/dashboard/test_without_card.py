"""The dashboard of built-in cards: no error card, every text, on a desk and on a phone; and it obeys."""

from __future__ import annotations

import re

import pytest

from .browser import DESKTOP, PHONE
from .house import CONFIG, ROOMS
from .scenes import SCENES

BROKEN = "hui-error-card, hui-warning, ha-alert[alert-type=error], ha-alert[alert-type=warning]"

PLAIN = "fusebox-plain"

TEXTS = {
    "house": ("The house", "Who gets what, and why", "solar_only", "pool", "heating", "L1", "L3", "living"),
    "loads": ("May have", "Mode", "At most", "Boost", "Sharing", "Fuse budget used", "Loads may use the grid"),
    "history": ("The phases", "What the car may have", "Quarters of an hour", "What happened"),
}


@pytest.fixture(autouse=True, scope="module")
def sunny_noon(home):
    """Whatever was looked at before."""
    SCENES["sunny_noon"].set_up(home)
    home.wait(lambda: home.talk.state("sensor.fusebox_car")["attributes"]["mode"] == "solar_only", "the scene")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("view", TEXTS)
def test_every_view_is_whole(look, view, size):
    with look(f"{PLAIN}/{view}", size) as page:
        for text in TEXTS[view]:
            page.get_by_text(text).first.wait_for()
        page.wait_for_timeout(3000)  # cards that cannot be drawn say so a moment later
        assert page.locator(BROKEN).all_inner_texts() == []


def test_what_the_tariff_and_the_radiators_do_is_shown(look):
    with look(f"{PLAIN}/house", DESKTOP) as page:
        page.get_by_text("The target is 9.0 kW").wait_for()
        page.get_by_text(re.compile(f"({'|'.join(ROOMS)}): on")).first.wait_for()  # whose turn it is


def test_the_mode_selector_changes_the_mode(look, home):
    with look(f"{PLAIN}/loads", DESKTOP) as page:
        page.locator("ha-control-select-menu").first.click()
        # Home Assistant 2025.4 has options in it, 2026.10 items of a menu.
        page.get_by_role("option", name="excess").or_(page.get_by_role("menuitem", name="excess")).first.click()
        home.wait(lambda: home.talk.state("sensor.fusebox_car")["attributes"]["mode"] == "excess", "the mode")
        page.get_by_text("excess").first.wait_for()
    home.talk.post("pyscript.fusebox_set_mode", load="car", mode="solar_only")


def test_what_a_house_has_not_is_hidden(look, home):
    with look(f"{PLAIN}/house", DESKTOP) as page:
        page.get_by_text("This quarter of an hour").wait_for()
        home.folder.save({key: part for key, part in CONFIG.items() if key != "tariff"})
        home.wait(lambda: home.talk.value("sensor.fusebox_peak") is None, "a site without a tariff")
        page.get_by_text("This quarter of an hour").wait_for(state="hidden")
        page.get_by_text("Who gets what, and why").wait_for()
    home.folder.save(CONFIG)
    home.wait(lambda: home.talk.value("sensor.fusebox_peak"), "the tariff again")
