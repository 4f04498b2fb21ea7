"""A heat pump draws until its relays have blocked it: meanwhile others make way."""

from __future__ import annotations

from dataclasses import replace

from fusebox.model.appliance_memory import NORMAL
from fusebox.model.load import Load, Mode
from tests.control.houses import Evening, car, charger, plug, site, switched

FACTS = {
    "relay_1": "switch.one",
    "relay_2": "switch.two",
    "power": "sensor.pump",
    "recommend_above_w": 1500,
    "force_above_w": 4000,
    "dwell_s": 120,
    "max_block_s": 900,
}


def pump(**more: object) -> Load:
    load = plug("pump", priority=2, mode=Mode.STANDARD, **more)
    return replace(load, type="sg_ready", device=FACTS)


def test_a_car_that_comes_first_is_lowered_while_the_pump_beside_it_runs_on() -> None:
    house = site(car("car"), pump())
    running = replace(switched(True, 10.0), sg=NORMAL)
    evening = Evening(house)
    evening.run(0.0, 0, 60, car=charger(13.0), pump=running)
    decision = evening.step({"L1": 12.0 + 13.0 + 10.0}, 60, car=charger(13.0), pump=running)
    assert [(c.load, c.current_a) for c in decision.commands] == [("car", 6.0)]
    assert decision.notes["pump"].reason == "runs until it is blocked"
