"""Wrong wiring through the shipped scripts: reported in `errors`, and nothing is changed by it."""

from __future__ import annotations

from .houses import amps, charger, charging, config


def after_ten_changes(house, *, sign=1, phase="l1", every_s=1, **load):
    home = house(config(phases="L1 L2 L3", main_fuse_a=40, dry_run=True, loads={"car": charger(**load)}))
    for second in range(240):
        draw_a = 10 if second // 20 % 2 else 0
        grid = {"l1": 2.0, "l2": 3.0, "l3": 4.0}
        grid[phase] = sign * (grid[phase] + draw_a)
        told = charging(offer=10, draw=draw_a) if second % every_s == every_s // 2 else {}
        home.report(second, {**{f"sensor.{p}": amps(a) for p, a in grid.items()}, **told}, last=second == 239)
    return home.shown()["errors"]


def test_a_reversed_clamp_is_reported(house):
    assert any("site.grid.L1 seems to be reversed" in text for text in after_ten_changes(house, sign=-1))


def test_a_load_on_another_phase_is_reported(house):
    errors = after_ten_changes(house, phase="l3")
    assert any("it was seen on L3" in text and 'write "phases": ["L3"]' in text for text in errors)


def test_it_is_found_for_a_charger_that_reports_less_often_than_the_meter(house):
    errors = after_ten_changes(house, sign=-1, every_s=5)
    assert any("site.grid.L1 seems to be reversed" in text for text in errors)


def test_a_right_wiring_is_not(house):
    assert not any("seem" in text for text in after_ten_changes(house))
