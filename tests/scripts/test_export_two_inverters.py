"""Two inverters, each with a number of its own: lowered by size, and each given back to what it displayed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simhouse.host.mirror import STORAGE_NAME

from .houses import House, charger, config, unit, watts

ROOF, SHED, PRICE = "number.roof_limit", "number.shed_limit", "input_number.feed_in"
CURTAIL = [{"number": ROOF, "limits": "output", "normal": 8000}, {"number": SHED, "limits": "output", "normal": 2000}]
INVERTERS = [{"max_w": 8000, "solar_w": "sensor.roof"}, {"max_w": 2000, "solar_w": "sensor.shed"}]
GOOD, BAD = unit(0.05, "EUR/kWh"), unit(-0.02, "EUR/kWh")
ATTRIBUTES = {"min": 0, "max": 10_000, "step": 10, "unit_of_measurement": "W"}


class Roofs:
    """Inverters of 8 and 2 kW in full sun, above a house of 1 kW; `deaf` and `silent` name numbers that fail."""

    def __init__(self, house: House, **numbers: float) -> None:
        self.house, self.t = house, 0
        self.values = {ROOF: numbers.get("roof", 8000.0), SHED: numbers.get("shed", 2000.0)}
        self.deaf = self.silent = ""
        self.sent: dict[str, list[float]] = {ROOF: [], SHED: []}

    def states(self) -> dict[str, Any]:
        """Return what both show, and the meter."""
        outputs = {name: min(sun_w, self.values[name]) for name, sun_w in ((ROOF, 7000.0), (SHED, 1800.0))}
        shown = {
            name: {"state": "unavailable" if name == self.silent else f"{value:g}", "attributes": ATTRIBUTES}
            for name, value in self.values.items()
        }
        flows = {"sensor.roof": outputs[ROOF], "sensor.shed": outputs[SHED], "sensor.l1": 1000 - sum(outputs.values())}
        return {**shown, **{name: watts(value) for name, value in flows.items()}}

    def run(self, seconds: int, price: Any = BAD) -> None:
        """Run some seconds; the numbers take what they are sent, unless they fail."""
        for _ in range(0, seconds, 10):
            self.house.line(self.t, {**self.states(), PRICE: price}, leap=True)
            for name, sent in self.sent.items():
                for value in self.house.sent(name):
                    sent.append(value)
                    if name not in (self.deaf, self.silent):
                        self.values[name] = value
            self.t += 10


@pytest.fixture
def facts() -> dict[str, Any]:
    """Return the CONFIG: no export while it costs money."""
    export = {"max_w": 0, "when_price_below": 0, "curtail": CURTAIL}
    site = {"export": export, "inverter": INVERTERS, "main_fuse_a": 63}
    return {**config(loads={"car": charger(mode="solar_only")}, **site), "prices": {"fixed": 0.3, "export": PRICE}}


def test_both_are_lowered_by_size_and_each_is_given_back_to_its_own_value(house, facts):
    roofs = Roofs(house(facts), roof=7800)
    roofs.run(180)
    assert roofs.values == {ROOF: 800, SHED: 200}
    roofs.run(60, GOOD)
    assert roofs.values == {ROOF: 7800, SHED: 2000}


def test_inverters_whose_highest_output_is_reported_as_0_share_alike(house, facts):
    facts["site"]["inverter"] = [{**each, "max_w": "sensor.most"} for each in INVERTERS]
    roofs = Roofs(house(facts))
    roofs.house.line(0, {"sensor.most": watts(0)})
    roofs.run(180)
    assert roofs.values == {ROOF: 500, SHED: 500}
    assert not any("inverter" in error for error in roofs.house.shown()["errors"])


def test_for_one_that_ignores_its_commands_the_other_goes_lower_and_it_is_reported(house, facts):
    roofs = Roofs(house(facts))
    roofs.deaf = SHED
    roofs.run(420)
    assert roofs.values == {ROOF: 0, SHED: 2000}
    errors = str(roofs.house.shown()["errors"])
    assert SHED in errors and ROOF not in errors
    roofs.run(60, GOOD)
    assert roofs.values == {ROOF: 8000, SHED: 2000}


def test_one_that_is_unavailable_waits_and_is_given_back_when_it_returns(house, facts):
    roofs = Roofs(house(facts))
    roofs.run(180)
    roofs.silent = SHED
    roofs.run(60, GOOD)
    assert roofs.values == {ROOF: 8000, SHED: 200}
    roofs.silent = ""
    roofs.run(60, GOOD)
    assert roofs.values == {ROOF: 8000, SHED: 2000}


def test_the_next_start_gives_both_back_after_a_kill_and_only_what_fusebox_had_lowered(house, tmp_path, facts):
    left = [{"entity": ROOF, "before": 7800, "sent": [800]}, {"entity": SHED, "before": 2000, "sent": [200]}]
    (tmp_path / STORAGE_NAME).mkdir()
    (tmp_path / STORAGE_NAME / "fusebox.export").write_text(json.dumps({"lowered": left}), encoding="utf-8")
    roofs = Roofs(house(facts), roof=800, shed=500)
    roofs.run(60, GOOD)
    assert roofs.values == {ROOF: 7800, SHED: 500}
