"""The card in a real browser: its scenes in three widths, light and dark; its controls; and who cannot see it well."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from .browser import DESKTOP, picture
from .conftest import EDITABLE
from .house import CONFIG
from .scenes import SCENES

CARD = "lovelace/house"
WIDTHS = (360, 800, 1400)
TALL = 2400
"""A window in which nothing has to be scrolled; Home Assistant's header would stand in the picture."""
SETTLES_MS = 12_000
"""Until what rises has risen, and the past is there."""
AXE = Path(__file__).parents[3] / "card" / "node_modules" / "axe-core" / "axe.min.js"
IN_DOCS = {
    "card_planned_1400_light",
    "card_sunny_noon_1400_light",
    "card_tight_evening_360_dark",
    "card_fault_360_light",
    "card_dry_run_360_light",
    "card_empty_house_800_dark",
    "card_ten_loads_1400_dark",
}
CALLED_FOR = ("is outside what input_number.car_max takes", "the target within reach", "The house alone takes")
"""Warnings that a scene or a refused call asks for."""


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_is_whole_in_every_width_and_theme(look, home, name):
    SCENES[name].set_up(home)
    with look(CARD, DESKTOP) as page:
        for text in SCENES[name].shows:
            page.get_by_text(text).first.wait_for()
        page.wait_for_timeout(SETTLES_MS)
        assert page.locator("hui-error-card, hui-warning").all_inner_texts() == []
        for width in WIDTHS:
            page.set_viewport_size(ViewportSize(width=width, height=TALL))
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                page.wait_for_timeout(700)
                assert overflows(page) == []
                label = f"card_{name}_{width}_{theme}"
                picture(page.locator("fusebox-card"), label, in_docs=label in IN_DOCS)
                assert violations(page) == []


def overflows(page: Page) -> list[str]:
    """What is visible and extends beyond the card's right edge; a closed form keeps the layout of an earlier width."""
    found: list[str] = page.locator("fusebox-card").evaluate(
        """card => {
          const right = card.getBoundingClientRect().right + 1;
          const inside = each => (each.shadowRoot ? all(each.shadowRoot) : []);
          const all = root => [...root.querySelectorAll("*")].flatMap(each => [each, ...inside(each)]);
          const visible = all(card.shadowRoot).filter(each => each.checkVisibility());
          const out = visible.filter(each => each.getBoundingClientRect().right > right);
          return out.map(each => each.outerHTML.slice(0, 80));
        }"""
    )
    return found


def violations(page: Page) -> list[str]:
    """What axe says."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.locator("fusebox-card").evaluate("card => axe.run(card)")
    return [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]


def test_each_control_drives_a_real_change_and_says_so(look, home):
    SCENES["sunny_noon"].set_up(home)
    with look(CARD, DESKTOP) as page:
        car = page.locator("fusebox-card-load").first
        car.get_by_role("button", name="Excess", exact=True).click()
        expect(car.get_by_role("button", name="Excess", exact=True)).to_have_attribute(
            "aria-pressed", "true", timeout=500
        )
        expect(car.locator(".said")).to_contain_text("Done")
        home.wait(lambda: home.talk.value("input_select.car_mode") == "excess", "the mode in CONFIG's own entity")
        car.get_by_role("button", name="Boost", exact=True).click()
        home.wait(lambda: home.talk.state("sensor.fusebox_car")["attributes"]["boosted"], "a boost")
        car.get_by_role("button", name="Boost", exact=True).click()
        home.wait(lambda: not home.talk.state("sensor.fusebox_car")["attributes"]["boosted"], "its end")
        slider = car.get_by_role("slider")
        slider.focus()
        slider.press("ArrowLeft")
        home.wait(lambda: home.talk.value("input_number.car_max") == "15.0", "a lower limit")
        expect(car.locator(".said")).to_contain_text("Done")
        expect(car.locator("output")).to_have_text("15 A")


def test_a_plan_is_set_from_its_form_and_cleared(look, home):
    SCENES["sunny_noon"].set_up(home)
    with look(CARD, DESKTOP) as page:
        car = page.locator("fusebox-card-load").first
        car.get_by_text("no plan").click()
        for width in WIDTHS:
            page.set_viewport_size(ViewportSize(width=width, height=TALL))
            assert overflows(page) == []
        car.get_by_label("How much").fill("8")
        car.get_by_role("button", name="Plan", exact=True).click()
        expect(car.locator(".said")).to_contain_text("Done")
        home.wait(lambda: home.talk.state("sensor.fusebox_car")["attributes"]["plan"], "planned blocks")
        car.get_by_text("planned").click()
        car.get_by_role("button", name="Clear", exact=True).click()
        home.wait(lambda: home.talk.state("sensor.fusebox_car")["attributes"]["plan_state"] == "none", "no plan")
        car.get_by_text("no plan").wait_for()


def test_what_is_refused_is_told_with_the_sentence_and_falls_back(look, home):
    SCENES["sunny_noon"].set_up(home)
    with look(CARD, DESKTOP) as page:
        car = page.locator("fusebox-card-load").first
        slider = car.get_by_role("slider")
        slider.focus()
        slider.press("End")  # 20 A, where the helper takes no more than 16
        expect(car.locator(".said")).to_contain_text("20")
        expect(slider).to_have_value("16")
        assert home.talk.value("input_number.car_max") == "16.0"


def test_the_past_is_from_the_recorder(look, home):
    SCENES["sunny_noon"].set_up(home)
    with look(CARD, DESKTOP) as page:
        picture_of_today = page.locator("fusebox-card-today")
        expect(picture_of_today.locator("path.layer")).not_to_have_count(0)
        page.wait_for_timeout(5000)
        looks = picture_of_today.evaluate("today => today.shown.looks.length")
        assert looks > 60


def test_an_update_of_ten_loads_is_cheap(look, home, capsys):
    SCENES["ten_loads"].set_up(home)
    with look(CARD, DESKTOP) as page:
        page.get_by_text("Hot water").first.wait_for()
        page.wait_for_timeout(5000)
        took_ms = page.locator("fusebox-card").evaluate(MEASURED)
    with capsys.disabled():
        sys.stdout.write(f"\nan update of ten loads: {json.dumps(took_ms)} ms of script\n")
    assert took_ms["median"] > 0


MEASURED = """async card => {
  const took = [];
  for (let round = 0; round < 200; round++) {
    const hass = card.current;
    const ours = Object.values(hass.states).filter(state => state.entity_id.startsWith("sensor.fusebox_"));
    const anew = ours.map(state => {
      return [state.entity_id, {...state, attributes: {...state.attributes, ...moved(state.attributes)}}];
    });
    const next = {...hass, states: {...hass.states, ...Object.fromEntries(anew)}};
    const began = performance.now();
    card.hass = next;
    await card.updateComplete;
    await Promise.all([...card.renderRoot.querySelectorAll("*")].map(each => each.updateComplete));
    took.push(performance.now() - began);
    await new Promise(done => setTimeout(done, 5));
  }
  took.sort((a, b) => a - b);
  return {median: took[100], p95: took[190]};
  function moved({grid_a, draw_a}) {
    const shaken = amps => Object.fromEntries(Object.entries(amps).map(([phase, a]) => [phase, a + Math.random()]));
    return {...(grid_a ? {grid_a: shaken(grid_a)} : {}), ...(draw_a ? {draw_a: shaken(draw_a)} : {})};
  }
}"""


def test_it_is_there_although_it_was_loaded_before_the_frontend(look, home):
    """As `extra_module_url` loads it; since 2026 the frontend exchanges its registry of elements after that."""
    SCENES["sunny_noon"].set_up(home)
    with look(CARD, DESKTOP, "location.protocol === 'http:' && import('/local/fusebox-card.js')") as page:
        page.locator("fusebox-card-load").first.wait_for()
        assert page.locator("hui-error-card").count() == 0
        assert page.evaluate("customElements.get('fusebox-card') !== undefined")


def test_its_editor_is_home_assistants_own_form(look):
    with look(f"{EDITABLE}/0?edit=1", DESKTOP) as page:
        page.get_by_role("button", name="Edit", exact=True).click()
        for label in ("Title", "Controls of loads", "Hours of history", "Hide the chart of today"):
            page.locator("hui-form-editor").get_by_text(label).first.wait_for()


def test_the_second_view_tells_what_happened(look, home):
    SCENES["tight_evening"].set_up(home)
    with look("lovelace/history", DESKTOP) as page:
        for text in ("What happened", "The tariff's windows", "Fuse budget used", "Sharing"):
            page.get_by_text(text).first.wait_for()
    home.folder.save(CONFIG)


def test_nobody_else_complains(home):
    assert [said for said in home.complaints() if not any(words in said for words in CALLED_FOR)] == []
