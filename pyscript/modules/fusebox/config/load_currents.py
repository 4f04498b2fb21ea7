"""What a load can take, and what else its driver has to know, as it follows from CONFIG and from where it is wired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..model.electrics import MIN_CHARGE_A, amps
from .entities import THERMOSTATS
from .tree import listed

Tree = Mapping[str, Any]
"""Resolved keys of CONFIG: what they may be is checked before, so here they are simply used."""

Facts = dict[str, object]

WALLBOX_A = 32
"""A wallbox whose CONFIG names no maximum may have so much [A]. Data sheet of the Pulsar Plus."""


@dataclass(frozen=True, slots=True)
class Wired:
    """A load's own part of CONFIG, and where it is wired."""

    node: Tree
    phases: int
    """How many it is on."""
    voltage_v: float
    """Of each of them [V]."""
    room_a: float
    """What the smallest fuse on the way to it lets through [A]."""
    config: Tree
    """All of CONFIG: groups of radiators are a section of their own."""

    def one_a(self) -> float:
        """What a rated power is on each phase [A]."""
        return round(amps(self.node["rated_w"], self.voltage_v, self.phases), 1)


def of_charger(load: Wired) -> Facts:
    """What its current may be; what it may fall back to without us is bounded by its cable too."""
    node = load.node
    max_a = min(WALLBOX_A if node["max_a"] is None else node["max_a"], load.room_a)
    failsafe_a, least_a = min(node["failsafe_a"], max_a), min(MIN_CHARGE_A, node["min_a"])
    return {"max_a": max_a, "failsafe_a": failsafe_a if failsafe_a >= least_a else 0.0}


def of_quasar(load: Wired) -> Facts:
    """All that it may take, or nothing."""
    most_w = min(load.node["max_charge_w"], load.node["guard"]["max_charge_power"])
    return {"min_a": 0.0, "max_a": min(amps(most_w, load.voltage_v, load.phases), load.room_a), "failsafe_a": 0.0}


def of_switched(load: Wired) -> Facts:
    """Its rating, or nothing."""
    return {"min_a": load.one_a(), "max_a": load.one_a(), "on_off": True, "failsafe_a": 0.0}


def of_radiators(load: Wired) -> Facts:
    """So many times the rating of one."""
    group, one_a = _group_of(load), load.one_a()
    count, blind = max(1, int(group["max_active"][0])), min(group["blind_active"], group["max_active"][0])
    return {"min_a": one_a, "max_a": one_a * count, "step_a": one_a, "failsafe_a": one_a * blind}


def nothing_else(load: Wired) -> Facts:
    """Its own keys tell its driver all."""
    return {}


def fuse_on_the_way(load: Wired) -> Facts:
    """What the charger itself should be limited to."""
    return {"room_a": load.room_a}


def thermostat_of_tank(load: Wired) -> Facts:
    """Whether a tank's heating ends without us, as CONFIG says.

    Its `water_heater` or `climate` entity ends it, unless that is what has lost the temperature.
    """
    tank = load.node
    if tank["thermostat"] is not None:
        return {"thermostat": bool(tank["thermostat"])}
    own = tank["switch"] != tank["temperature"] and tank["switch"].partition(".")[0] in THERMOSTATS
    return {"thermostat": own}


def group_of_radiators(load: Wired) -> Facts:
    """What the driver reads of a group: its name, its status entity, its relays, and whether we estimate its level."""
    group = _group_of(load)
    relays = tuple(dict.fromkeys(row["actual"] for row in group["radiators"]))
    level = group["power_saving"]
    estimated = level is not None and any(each["target"] == level for each in listed(load.config["power_saving"]))
    return {"heats": group["name"], "status": group["status"], "relays": relays, "estimated": estimated}


def _group_of(load: Wired) -> Tree:
    """The radiators section that a load stands for."""
    groups = listed(load.config["radiators"])
    found: Tree = next(group for group in groups if load.node["group"] in (None, group["name"]))
    return found
