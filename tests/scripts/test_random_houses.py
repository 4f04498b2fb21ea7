"""Random houses under random states: nothing is raised in the log, every line is answered, no command is dangerous.

And no nonsense of a device becomes energy, which nobody could take back.
"""

from __future__ import annotations

import json
import random
import re

import pytest

from ..config.full import full
from .houses import SITE, amps, charger, config, plug, unit

SITE_STATES = {"ok", "limited", "over", "blind", "fault", "config_error", "dry_run"}
LOAD_STATES = {"charging", "waiting", "paused", "full", "unplugged", "on", "off", "blind", "fault"}
NONSENSE = ["unknown", "unavailable", "nan", "inf", "-inf", "", "text", "1e400", None]
STATUSES = ["Charging", "Available", "SuspendedEV", "Faulted", "Preparing", "full", "never heard", "unknown"]
PHASES = ["L1", "L2", "L3"]


def random_config(dice):
    phases = PHASES[: dice.choice([1, 1, 2, 3])]
    circuits = {"garage": {"fuse_a": dice.choice([16, 20, 32])}} if dice.random() < 0.5 else {}
    if circuits and dice.random() < 0.5:
        circuits["garage"]["grid"] = {phases[0]: "sensor.garage"}
    loads = {}
    for index in range(dice.randint(1, 5)):
        facts = {"phases": dice.sample(phases, dice.randint(1, len(phases))), "priority": dice.randint(1, 3)}
        facts["circuit"] = dice.choice(["main", *circuits])
        facts["mode"] = dice.choice(["standard", "standard", "standard", "off", "input_select.mode"])
        if dice.random() < 0.6:
            without = dice.sample(["switch", "draw", "status"], dice.randint(0, 3))
            loads[f"n{index}"] = charger(f"n{index}", without=without, min_write_s=dice.choice([0, 10]), **facts)
        else:
            loads[f"p{index}"] = plug(f"p{index}", rated_w=dice.choice([500, 2300, 3600]), min_off_s=30, **facts)
    return config(
        loads=loads,
        phases=" ".join(phases),
        main_fuse_a=dice.choice([16, 25, 40, "input_number.fuse"]),
        distribution=dice.choice(["shared", "priority", "optimized", "strict"]),
        max_import_w=dice.choice([None, None, 6000]),
        netting=dice.choice(["per_phase", "sum"]),
        circuits=circuits,
    )


def random_states(dice, written):
    """What some of the house's entities say in one line."""
    said = {}
    for source in [*written["site"]["grid"].values(), "sensor.garage"]:
        if dice.random() < 0.8:
            said[source] = dice.choice(
                [
                    amps(round(dice.uniform(-5, 45), 1)),
                    unit(dice.randint(-1000, 9000), "W"),
                    amps(dice.choice(NONSENSE)),
                ]
                if dice.random() < 0.9
                else [None]
            )
    for name in written["loads"]:
        if dice.random() < 0.5:
            offer = dice.choice([0, 6, 8, 13, 16, 32, *NONSENSE])
            said[f"number.{name}"] = {
                "state": str(offer),
                "attributes": {"min": dice.choice([0, 6]), "max": 32, "step": 1},
            }
            said[f"switch.{name}"] = dice.choice(["on", "off", "on", "off", "unavailable"])
            said[f"sensor.{name}_draw"] = amps(dice.choice([0, 6, 15.8, "unknown"]))
            said[f"sensor.{name}_power"] = unit(dice.choice([0, 2300, "unknown"]), "W")
            said[f"sensor.{name}_status"] = dice.choice(STATUSES)
    if dice.random() < 0.1:
        said["input_select.mode"] = dice.choice(["Standard", "off", "Party", "unknown"])
        said["input_number.fuse"] = dice.choice(["25", "16", "-4", "nan"])
    return said


def number_of(home, entity):
    """An entity as a finite number, else None."""
    try:
        value = float(home.state(entity) or "nan")
    except ValueError:
        return None
    return value if abs(value) < 1e300 else None


def raises(home, load):
    """The commands of the last answer that would have the load draw more."""
    found = []
    drawn_a = number_of(home, load["draw"]) if "draw" in load else None
    for entity in (load.get("current"), load.get("switch")):
        for told in home.sent(entity) if entity else ():
            seen = number_of(home, entity)
            is_unknown = seen is None
            if not seen:  # of an unknown current, or a displayed 0 A that its draw contradicts, the draw counts
                seen = max(seen or 0, drawn_a or 0)
            if is_unknown and told != "on" and home.state(load.get("switch", "")) == "off":
                continue  # a current that is unknown while its charger is off is set before it is switched on
            if told == "on" or (not isinstance(told, str) and told > seen):
                found.append((entity, seen, told))
    return found


def dangerous_phases(home):
    """Phases on which the site shows an unknown current, or none left."""
    shown = home.shown()
    left = shown["headroom_a"]
    return {p for p, a in shown["grid_a"].items() if a is None or left.get(p, -1) < 0}


@pytest.mark.parametrize("seed", range(6))
def test_no_stream_of_states_breaks_a_house_or_raises_a_load_in_danger(house, seed):
    dice = random.Random(seed)
    written = random_config(dice)
    home = house(written)
    t = 0.0
    for _ in range(60):
        home.line(t)  # what is due until then, on the states of before
        json.dumps(home.line(t, random_states(dice, written)))
        assert home.state(SITE) in SITE_STATES - {"config_error"}
        danger = dangerous_phases(home)
        for name, load in written["loads"].items():
            assert home.shown(name)["status"] in LOAD_STATES
            assert float(home.state(f"sensor.fusebox_{name}")) >= 0
            if danger & set(load["phases"]):
                assert raises(home, load) == [], (seed, t, home.shown())
        t += dice.choice([0, 1, 1, 1, 2, 5])


FIELDS = {"min": 0, "max": 32, "step": 1}
REGISTER_MAX = "4294967295"
STATES_OF = {
    "switch": ["on", "off"], "binary_sensor": ["on", "off"], "input_boolean": ["on", "off"],
    "number": ["0", "6", "16", "1000", REGISTER_MAX], "input_number": ["0", "2", "40"],
    "sensor": ["-5000", "0", "7", "21.5", "3000", REGISTER_MAX, *STATUSES],
}  # fmt: skip
UNITS = ["A", "W", "kW", "%", "°C", ""]


def complete_house(dice):
    """Return the complete CONFIG without what needs a network, each load in a random mode or planned."""
    written = full()
    for section in ("huawei", "tuning"):
        del written[section]
    del written["loads"]["roof_car"], written["site"]["mqtt"]
    written["prices"] = {"fixed": {"hours": {"22-06": 0.1}, "else": 0.3}}
    for load in written["loads"].values():
        if load["type"] not in ("quasar", "radiators"):
            load["mode"] = dice.choice(["standard", "solar_only", "solar_priority", "excess", "off"])
        if load["type"] in ("number", "ocpp", "wallbox") and dice.random() < 0.5:
            load["plan"] = {"ready_by": "07:00", "energy_kwh": dice.choice([2, 30])}
    return written


@pytest.mark.parametrize("seed", range(2))
def test_no_stream_of_states_breaks_the_complete_house_or_becomes_energy(house, tmp_path, seed):
    dice = random.Random(seed)
    (tmp_path / "secrets.yaml").write_text("easee_user: a\neasee_password: b\n", encoding="utf-8")
    written = complete_house(dice)
    known = "|".join(STATES_OF)
    entities = sorted(set(re.findall(rf"'((?:{known})\.\w+)'", repr(written))))
    home, t = house(written), 0.0
    for _ in range(25):
        said = {}
        for entity in entities:
            if dice.random() < 0.2:
                states = [*STATES_OF[entity.partition(".")[0]], dice.choice(NONSENSE)]
                said[entity] = unit(dice.choice(states), dice.choice(UNITS), **FIELDS)
        json.dumps(home.line(t, said))
        assert home.state(SITE) in SITE_STATES - {"config_error"}, home.shown()["errors"]
        for name in written["loads"]:
            assert home.shown(name)["status"] in LOAD_STATES | {"switching"}
            assert float(home.state(f"sensor.fusebox_{name}_energy")) < 10, (name, t)
        t += dice.choice([1, 1, 2, 5])
