"""What people see on the shipped dashboard: no error card, every text, on a desk and on a phone; and it obeys."""

from __future__ import annotations

import pytest

from .browser import DESKTOP, PHONE, picture
from .house import CONFIG

BROKEN = "hui-error-card, hui-warning, ha-alert[alert-type=error], ha-alert[alert-type=warning]"

IN_DOCS = ("dashboard_house_desktop", "dashboard_house_phone", "dashboard_loads_phone")

TEXTS = {
    "house": ("The house", "Who gets what, and why", "charging, solar_only", "pool", "heating", "L1", "L3", "living"),
    "loads": ("May have", "Mode", "At most", "Boost", "Sharing", "Fuse budget used", "Loads may use the grid"),
    "history": ("The phases", "What the car may have", "Quarters of an hour", "What happened"),
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("view", TEXTS)
def test_every_view_is_whole(look, view, size):
    with look(view, size) as page:
        for text in TEXTS[view]:
            page.get_by_text(text).first.wait_for()
        page.wait_for_timeout(3000)  # cards that cannot be drawn say so a moment later
        assert page.locator(BROKEN).all_inner_texts() == []
        if (name := f"dashboard_{view}_{'desktop' if size is DESKTOP else 'phone'}") in IN_DOCS:
            picture(page, name)


def test_what_the_tariff_and_the_radiators_do_is_shown(look):
    with look("house", DESKTOP) as page:
        page.get_by_text("The target is 9.0 kW").wait_for()
        page.get_by_text("living: on").wait_for()


def test_the_mode_selector_changes_the_mode(look, home):
    with look("loads", DESKTOP) as page:
        page.get_by_role("combobox").first.click()
        page.get_by_role("option", name="excess").click()
        home.wait(lambda: home.talk.state("sensor.fusebox_car")["attributes"]["mode"] == "excess", "the mode")
        page.get_by_text("excess").first.wait_for()
    home.talk.post("pyscript.fusebox_set_mode", load="car", mode="solar_only")


def test_what_a_house_has_not_is_hidden(look, home):
    with look("house", DESKTOP) as page:
        page.get_by_text("This quarter of an hour").wait_for()
        home.folder.save({key: part for key, part in CONFIG.items() if key != "tariff"})
        home.wait(lambda: home.talk.value("sensor.fusebox_peak") is None, "a site without a tariff")
        page.get_by_text("This quarter of an hour").wait_for(state="hidden")
        page.get_by_text("Who gets what, and why").wait_for()
    home.folder.save(CONFIG)
    home.wait(lambda: home.talk.value("sensor.fusebox_peak"), "the tariff again")


def test_nobody_complains(home):
    assert home.complaints() == []
