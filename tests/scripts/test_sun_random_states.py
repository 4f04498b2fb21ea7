"""Random houses on the sun under random states: every answer is plain, nothing is logged as an error."""

from __future__ import annotations

import json
import random

import pytest

from .houses import SITE, amps, charger, plug, unit
from .sunny import sunny

NONSENSE = ["unknown", "unavailable", "nan", "inf", "", "text", None]
MODES = ["solar_only", "solar_priority", "excess", "standard", "off", "input_select.mode"]
PHASES = ["L1", "L2", "L3"]
SENSORS = {"sensor.sun": 9000, "sensor.battery": 5000, "sensor.soc": 100, "sensor.out1": 5000, "sensor.out2": 5000}


def random_config(dice):
    phases = PHASES[: dice.choice([1, 2, 3])]
    loads = {}
    for index in range(dice.randint(1, 4)):
        facts = {"mode": dice.choice(MODES), "phases": dice.sample(phases, dice.randint(1, len(phases)))}
        patience = {"start_after_s": dice.choice([0, 5, 60]), "stop_after_s": dice.choice([0, 5, 180])}
        if dice.random() < 0.6:
            loads[f"n{index}"] = charger(f"n{index}", pause_s=dice.choice([0, 10]), **facts, **patience)
        else:
            loads[f"p{index}"] = plug(f"p{index}", min_on_s=dice.choice([0, 30]), **facts, **patience)
    battery = {
        "reserve_w": dice.choice([None, 0, 1000]),
        "soc_target_pct": dice.choice([80, 100, "input_number.target"]),
        "allow_grid_charging": dice.choice([True, False, "input_boolean.grid"]),
    }
    inverter = {
        "max_w": dice.choice([None, 4000, 0]),
        "max_w_per_phase": dice.choice([None, 2000]),
        "asymmetric": dice.random() < 0.5,
        "wiring": dice.choice(["parallel", "series"]),
        "output": dict(zip(phases, ["sensor.out1", "sensor.out2", "sensor.out1"], strict=False)),
    }
    return sunny(
        phases=" ".join(phases),
        battery=dice.choice([None, battery, battery]),
        inverter=dice.choice([{}, inverter]),
        netting=dice.choice(["per_phase", "sum"]),
        distribution=dice.choice(["shared", "priority", "optimized", "strict"]),
        excess_threshold_w=dice.choice([0, 3000]),
        max_import_w=dice.choice([None, 4000]),
        loads=loads,
    )


def random_states(dice, written):
    """What some of the house's entities say in one line."""
    found = {}
    for source in written["site"]["grid"].values():
        if dice.random() < 0.8:
            found[source] = amps(dice.choice(NONSENSE) if dice.random() < 0.1 else round(dice.uniform(-30, 20), 1))
    for sensor, most in SENSORS.items():
        if dice.random() < 0.4:
            found[sensor] = unit(dice.choice(NONSENSE) if dice.random() < 0.2 else dice.randint(-most, most), "W")
    for name in written["loads"]:
        if dice.random() < 0.4:
            found[f"number.{name}"] = {"state": str(dice.choice([6, 8, 16])), "attributes": {"min": 6, "max": 32}}
            found[f"switch.{name}"] = dice.choice(["on", "off"])
            found[f"sensor.{name}_draw"] = amps(dice.choice([0, 6, 16, "unknown"]))
            found[f"sensor.{name}_power"] = unit(dice.choice([0, 2300, "unknown"]), "W")
            found[f"sensor.{name}_status"] = dice.choice(["Charging", "Available", "SuspendedEV", "unknown"])
    found["sun.sun"] = dice.choice(["above_horizon", "below_horizon", "unknown"])
    found["input_select.mode"] = dice.choice(["Solar Only", "Excess", "Solar Priority", "Standard", "Party"])
    found["input_number.target"] = dice.choice(["50", "90", "nan"])
    found["input_boolean.grid"] = dice.choice(["on", "off", "unknown"])
    return found


@pytest.mark.parametrize("seed", range(5))
def test_no_state_of_roof_and_battery_breaks_a_step_or_makes_up_a_number(house, seed):
    dice = random.Random(seed)
    written = random_config(dice)
    home = house(written)
    t = 0
    for _ in range(40):
        home.line(t, random_states(dice, written), leap=True)
        explained = home.call("fusebox_explain")["response"]
        assert json.loads(json.dumps(explained, allow_nan=False)) == explained
        assert home.state(SITE) in {"ok", "limited", "over", "blind", "fault"}, (seed, t)
        assert "failed" not in home.shown()["reason"], (seed, t)
        for name, load in written["loads"].items():
            shown = home.shown(name)
            json.dumps(dict(shown), allow_nan=False)
            assert shown["reason"]
            assert 0 <= shown["available_a"] <= 32, (seed, t, name)
            assert shown["mode"] in MODES or load["mode"].startswith("input_select"), (seed, t)
        t += dice.choice([1, 1, 5, 20])
