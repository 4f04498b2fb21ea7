"""A random home for Fusebox: the CONFIG that its owner would write, and the running house."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta, timezone
from random import Random
from typing import Any

from simhouse.devices.charger import Charger
from simhouse.devices.quasar import Quasar
from simhouse.devices.quasar_load import QuasarLoad
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, House
from simhouse.physics.breaker import Breaker, breaker
from simhouse.physics.sky import sky_seconds

from .home import Bidirectional, Box, Heating, Home, InWatts, Reach, SwitchedLoad
from .household import VOLTAGE_V, household_with_meter

SUMMER_TIME = timezone(timedelta(hours=2))
NEVER_OPENS_A = 10_000.0

GUARD_MOST_W = 7400.0
"""The highest `total_power_limit` that CONFIG takes [W]."""

OCPP_METER_VALUES_S = (5, 10, 15, 30)
"""Seconds between two MeterValues, as people set them; the integration's own default is 60."""


def home_config(home: Home, distribution: str | None = None) -> dict[str, Any]:
    """Return the CONFIG of this home without defaults. `distribution`: one other than the default."""
    site: dict[str, Any] = {
        "main_fuse_a": home.fuse_a,
        "fuse_type": home.fuse_type,
        "grid": _grid("grid", home.phases),
    }
    if distribution is not None:
        site["distribution"] = distribution
    if home.circuits:
        site["circuits"] = {
            circuit.name: {
                "fuse_a": circuit.fuse_a,
                "parent": circuit.parent,
                "grid": _grid(circuit.name, home.phases) if circuit.has_meter else None,
            }
            for circuit in home.circuits
        }
    if home.solar_peak_w:
        site["solar_w"] = "sensor.solar_power"
    if home.battery_kwh:
        site["battery"] = {
            "soc_pct": "sensor.battery_soc",
            "charge_w": "sensor.battery_power",
            "capacity_kwh": round(home.battery_kwh, 1),
        }
    mode = {"mode": home.mode} if home.mode else {}
    loads = {box.name: _charger_entry(box) | mode for box in home.boxes}
    loads |= {each.name: _switched_entry(each) | mode for each in home.switched}
    config: dict[str, Any] = {"site": site | dict(home.site), "loads": loads}
    if home.quasar is not None:
        loads[home.quasar.name] = _quasar_entry(home.quasar, home.fuse_a)
    if home.in_watts is not None:
        loads[home.in_watts.name] = _in_watts_entry(home.in_watts)
    if home.heating is not None:
        heating = home.heating
        loads[heating.name] = {"type": "radiators", "rated_w": heating.rated_w, "phases": [heating.phase]}
        config["radiators"] = _radiators_section(heating)
    return config


def home_house(home: Home) -> House:
    """Return the running house of a home. Its breakers never open, so that overloads can be measured.

    A Quasar has no sockets: its `quasar` answers requests in the process.
    """
    config = home_config(home)
    start = datetime.combine(home.day, time(), SUMMER_TIME) + timedelta(hours=home.start_hour)
    wires = dict(zip(home.phases, household_with_meter(home), strict=True))
    sun = None
    if home.solar_peak_w:
        sun = sky_seconds(start, home.length_s, home.solar_peak_w, Random(f"{home.seed}:sun"))
    house = build_house(
        config,
        start=start,
        length_s=home.length_s,
        seed=home.seed,
        inputs=Inputs(wires, sun, {box.name: box.car for box in home.boxes}),
        equipment=Equipment(
            units={f"sensor.{box.name}_current": "A" for box in home.boxes},
            meter_every_s=home.meter.every_s,
            meter_delay_s=home.meter.delay_s,
            meter_step_w=home.meter.step_w,
        ),
    )
    for name, circuit in house.circuits.items():
        circuit.device = breaker(name, NEVER_OPENS_A)
    for box in home.boxes:
        charger = house.chargers[box.name]
        if isinstance(charger, Charger):
            charger.spec = replace(charger.spec, **_timing(box, Random(f"{home.seed}:{box.name}:reach")))
    if home.quasar is not None:
        load = house.plugs[home.quasar.name]
        assert isinstance(load, QuasarLoad)
        load.quasar = Quasar(soc_pct=home.quasar.soc_pct, seed=home.seed)
        house.quasars = None
    return house


def protections(home: Home) -> dict[str, Breaker]:
    """Return the fuse of each circuit with the curves of its type; sub-circuits have a B breaker."""
    found = {"main": breaker("main", home.fuse_a, home.fuse_type)}
    return found | {circuit.name: breaker(circuit.name, circuit.fuse_a) for circuit in home.circuits}


def _grid(name: str, phases: tuple[str, ...]) -> dict[str, str]:
    return {phase: f"sensor.{name}_power_{phase.lower()}" for phase in phases}


def _charger_entry(box: Box) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": "wallbox" if box.reach == "cloud" else "number",
        "current": f"number.{box.name}_charging_current",
        "switch": f"switch.{box.name}_charging",
        "status": f"sensor.{box.name}_status",
        "phases": list(box.phases),
        "max_a": box.max_a,
        "circuit": box.circuit,
    }
    if box.has_draw:
        entry["draw"] = f"sensor.{box.name}_current"
    if box.switches_phases:
        entry |= {
            "switch_phases": True,
            "phase_switch": {"select": f"select.{box.name}_phases", "one": "1", "three": "3"},
        }
    return entry


def _quasar_entry(quasar: Bidirectional, fuse_a: float) -> dict[str, Any]:
    guard = {
        "enabled": True,
        "quasar_host": "127.0.0.1",
        "total_power_entity_id": f"sensor.grid_power_{quasar.phase.lower()}",
        "total_power_limit": min(fuse_a * VOLTAGE_V, GUARD_MOST_W),
        "max_charge_power": quasar.most_w,
    }
    return {"type": "quasar", "phases": [quasar.phase], "guard": guard}


def _in_watts_entry(load: InWatts) -> dict[str, Any]:
    return {
        "type": "power",
        "power": f"number.{load.name}_power",
        "draw": f"sensor.{load.name}_power",
        "max_w": load.most_w,
        "phases": [load.phase],
    }


def _radiators_section(heating: Heating) -> dict[str, Any]:
    """Return a section whose turn passes on every two minutes; half of the rooms have a thermometer."""
    rows = [
        {"name": f"room{n}", "virtual": f"input_boolean.room{n}", "actual": f"switch.room{n}"}
        | ({} if n % 2 else {"temperature": f"sensor.room{n}_temperature", "setpoint": 20})
        for n in range(heating.count)
    ]
    return {
        "name": heating.name,
        "step": "cron(*/2 * * * *)",
        "max_active": [heating.count, 0],
        "radiators": rows,
    }


def _timing(box: Box, random: Random) -> dict[str, Any]:
    """Return the delays of commands and periods of sensors of a charger: local 0.1 to 1 s, OCPP 0.5 to 2 s."""
    by_reach: dict[Reach, dict[str, Any]] = {
        "local": {"latency_s": (0.1, 1.0), "poll_s": random.choice((1, 1, 2, 5))},
        "ocpp": {"latency_s": (0.5, 2.0), "poll_s": random.choice(OCPP_METER_VALUES_S)},
        "cloud": {},
    }
    return by_reach[box.reach]


def _switched_entry(load: SwitchedLoad) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": load.type,
        "phases": list(load.phases),
        "circuit": load.circuit,
        "rated_w": load.rated_w,
    }
    if load.has_power:
        entry["power"] = f"sensor.{load.name}_power"
    if load.type == "sg_ready":
        return entry | {"relay_1": f"switch.{load.name}_1", "relay_2": f"switch.{load.name}_2"}
    if load.type == "tank":
        entry |= {"temperature": f"sensor.{load.name}_temperature", "mode": "standard"}
    return entry | {"switch": f"switch.{load.name}"}
