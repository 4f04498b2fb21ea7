"""What the house is taken to use when loads are planned: learnt from its meters, and kept over a restart."""

from __future__ import annotations

import json

import pytest

from .houses import House, amps, charger, config, plug, unit, watts
from .nights import T0, ZONE, Night

PHASES = ("L1", "L2", "L3")


@pytest.fixture
def learnt(tmp_path):
    """`learnt(CONFIG, states=None, **base_a)`: phase -> what is on file after half an hour of an evening [kW]."""

    def live(written, states=None, **base_a):
        with House(tmp_path, written, start=T0, time_zone=ZONE) as house:
            home = Night(house)
            home.base_a, home.told = base_a or {"L1": 1.0}, dict(states or {})
            home.run(20)
            home.states = lambda: {**Night.states(home), **(states or {})}
            home.until("20:31")
        kept = json.loads(next(tmp_path.rglob("fusebox.plans")).read_text(encoding="utf-8"))
        return {phase: next(iter(hours.values()))[0] for phase, hours in kept["house"].items()}

    return live


@pytest.mark.parametrize("without", [(), ("draw",)])
def test_what_a_car_takes_is_not_the_house(learnt, without):
    found = learnt(config(loads={"car": charger(without=without)}))
    assert found == {"L1": pytest.approx(0.23, abs=0.05)}


def test_sun_and_battery_on_one_phase_are_not_the_house(learnt):
    states = {"sensor.sun": watts(0), "sensor.soc": unit(50, "%"), "sensor.battery": watts(4600)}
    written = config(
        phases=" ".join(PHASES),
        solar_w="sensor.sun",
        battery={"soc_pct": "sensor.soc", "charge_w": "sensor.battery"},
        loads={"car": charger(mode="off")},
    )
    found = learnt(written, states, L1=21.0, L2=1.0, L3=1.0)
    assert found == dict.fromkeys(PHASES, pytest.approx(0.23, abs=0.03))


def test_what_else_is_on_a_circuit_with_its_own_meter_is_planned_with(tmp_path):
    plan = {"ready_by": "23:30", "energy_kwh": 4}
    circuits = {"garage": {"fuse_a": 16, "grid": {"L1": "sensor.garage"}}}
    written = config(loads={"car": charger(circuit="garage", plan=plan)}, circuits=circuits)
    with House(tmp_path, written, start=T0, time_zone=ZONE) as house:
        home = Night(house)
        home.base_a = {"L1": 12.0}
        home.states = lambda: {**Night.states(home), "sensor.garage": amps(10 + home.devices["car"].draw_a)}
        home.run(60)
        (block,) = home.plan()["plan"]
        assert (block["start"], block["kw"]) == ("2026-11-22T21:15+01:00", pytest.approx(1.78, abs=0.03))
        home.run(1200)
    kept = json.loads(next(tmp_path.rglob("fusebox.plans")).read_text(encoding="utf-8"))
    with House(tmp_path, written, start=T0, time_zone=ZONE) as house:
        home = Night(house)
        home.run(20)
    again = json.loads(next(tmp_path.rglob("fusebox.plans")).read_text(encoding="utf-8"))
    hour = [pytest.approx(2.3), pytest.approx(0, abs=0.01), 1.0, pytest.approx(2.3)]
    assert kept["circuits"] == {"garage": {"L1": {"44": hour}}}
    assert again["circuits"] == kept["circuits"]


@pytest.mark.parametrize(("plan", "kw"), [(None, 7 * 0.23), ({"ready_by": "23:00", "hours": 1}, 0.23)])
def test_what_a_tank_without_a_plan_takes_is_the_house(learnt, plan, kw):
    """Plans of cars leave it its hours; with a plan it is given them by the planner."""
    on = {"switch.tank": "on", "sensor.tank_power": watts(1380)}
    found = learnt(config(loads={"tank": plug("tank", rated_w=1380, plan=plan), "car": charger()}), on, L1=7.0)
    assert found == {"L1": pytest.approx(kw, abs=0.05)}
