"""A type of load: the keys that all loads share, its own, and what follows from them and from its wiring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from .. import tuning
from ..model.electrics import MIN_CHARGE_A, amps
from ..model.heating import Group, PowerSaving
from ..model.load import Load, Mode
from ..model.load_plan import PriceHours
from ..model.messages.message import Message
from ..model.site import MAIN, slug
from .domains import THERMOSTATS, domain_of
from .entities import entity
from .fields import Field, Section, optional
from .load_sections import NO_SWITCHING
from .site_schema import PHASE_NAMES, check_circuit_reference
from .texts import text
from .tree import as_tuple
from .values import Words, keys_of_record, number, yes_no
from .wiring import WiredLoad

Facts = dict[str, object]
Follows = Callable[[WiredLoad], Facts]
"""Returns what follows from a load's keys and its place: its range of currents [A a phase], and facts for its driver.
"""

WALLBOX_A = 32
"""Maximum current of a wallbox without `max_a` in CONFIG [A]. Data sheet of the Pulsar Plus."""


def charger_facts(load: WiredLoad) -> Facts:
    """Return what a charger's keys and fuses imply, for its `Load` and its driver.

    `max_a` (by default a Wallbox's) limited by the fuses above it; `failsafe_a` limited by that, 0 if too low to charge
    [A]; the entities of its car (`vehicle_entity`) and of its last tag (`tag`).
    """
    node = load.node
    max_a = min(WALLBOX_A if node["max_a"] is None else node["max_a"], load.room_a)
    failsafe_a = min(node["failsafe_a"], max_a)
    # Where CONFIG names none, and several cars use the charger.
    has_own_tag = node["tag"] is None and node["type"] == "ocpp" and bool(node["vehicles"])
    return {
        "max_a": max_a,
        "failsafe_a": failsafe_a if failsafe_a >= MIN_CHARGE_A else 0.0,
        "vehicle_entity": node["vehicle"],
        "tag": f"sensor.{slug(node['charger'])}_id_tag" if has_own_tag else node["tag"],
    }


def easee_facts(load: WiredLoad) -> Facts:
    """Return an Easee's currents, and `room_a`: the smallest fuse above it, to compare with the charger's own limit."""
    return {**charger_facts(load), "room_a": load.room_a}


def quasar_facts(load: WiredLoad) -> Facts:
    """Return a Quasar's currents, from 0 to the lower of its charge limits or the fuse [A], and its watts per amp."""
    most_w = min(load.node["max_charge_w"], load.node["guard"]["max_charge_power"])
    max_a = min(amps(most_w, load.voltage_v, len(load.phases)), load.room_a)
    return {"min_a": 0.0, "max_a": max_a, "failsafe_a": 0.0, "watts_per_a": load.watts_v * len(load.phases)}


def power_facts(load: WiredLoad) -> Facts:
    """Return what the keys of a load in watts imply: its currents [A], write interval and watts per amp on all phases.

    A minimum of 0 W counts as one step, so that a running load has a share.
    """
    step_a, max_a = load.power_as_amps("step_w"), min(load.power_as_amps("max_w"), load.room_a)
    return {
        "min_a": max(load.power_as_amps("min_w"), step_a),
        "max_a": max_a,
        "step_a": step_a,
        "rated_w": load.node["max_w"],
        "failsafe_a": 0.0,
        "min_write_s": load.node["write_every_s"],
        "watts_per_a": load.watts_v * len(load.phases),
    }


def switched_facts(load: WiredLoad) -> Facts:
    """Return the currents of an on/off load: its rating or nothing [A]."""
    return {"min_a": load.rated_a(), "max_a": load.rated_a(), "on_off": True, "failsafe_a": 0.0}


def pump_facts(load: WiredLoad) -> Facts:
    """Return a heat pump's currents; the hours in its plan are for prices, not an amount."""
    return {**switched_facts(load), "plan": None, "price_hours": load.node["plan"]}


def room_facts(load: WiredLoad) -> Facts:
    """Return a room's currents and hours; no dwell time, and prices block it for at most `PRICE_BLOCK_S` a day."""
    return {**pump_facts(load), "dwell_s": 0.0, "max_block_s": tuning.PRICE_BLOCK_S}


def tank_facts(load: WiredLoad) -> Facts:
    """Return a tank's currents, whether it has a thermostat of its own, and its `warm_hours` as price hours (0: None).

    When CONFIG does not say so, a switch that is a `water_heater` or `climate` entity counts as a thermostat, unless
    the same entity measures the temperature: when that is missing, its thermostat may have failed too.
    """
    tank = load.node
    own = tank["switch"] != tank["temperature"] and domain_of(tank["switch"]) in THERMOSTATS
    warm = PriceHours(recommend_hours=tank["warm_hours"]) if tank["warm_hours"] else None
    thermostat = own if tank["thermostat"] is None else bool(tank["thermostat"])
    return {**switched_facts(load), "price_hours": warm, "thermostat": thermostat}


def radiators_facts(load: WiredLoad) -> Facts:
    """Return a group of radiators' currents [A] in steps of one radiator, with its name, status entity and relays.

    From one radiator to as many as its first power-saving level allows; the fail-safe is `blind_active` of them, at
    most that. Of CONFIG's groups the named one, else the first. `estimated`: whether Fusebox estimates the group's
    power-saving level.
    """
    groups: tuple[Group, ...] = as_tuple(load.config["radiators"])
    group = next(each for each in groups if load.node["group"] in (None, each.name))
    one_a, most, level = load.rated_a(), group.max_active[0], group.power_saving
    savings: tuple[PowerSaving, ...] = as_tuple(load.config["power_saving"])
    return {
        "min_a": one_a,
        "max_a": one_a * max(1, int(most)),
        "step_a": one_a,
        "failsafe_a": one_a * min(group.blind_active, most),
        "heats": group.name,
        "group": None,  # the key names their section, not a household
        "status": group.status,
        "relays": group.relays,
        "estimated": level is not None and level in [each.target for each in savings],
    }


@dataclass(frozen=True, slots=True)
class LoadType:
    """The keys of a type of load, and the facts that follow from them."""

    keys: Section
    follows: Follows
    phases_come_back: bool = True
    """Whether a load switched to one phase may go back within a session."""

    @property
    def modes(self) -> Mapping[str, Mode]:
        """Name of each mode in CONFIG -> the mode."""
        kind = self.keys.fields["mode"].kind
        assert isinstance(kind, Words)
        return cast(Mapping[str, Mode], kind.labels)


def load_type(follows: Follows, absent: Mapping[str, Message] = NO_SWITCHING, /, **own: Field) -> LoadType:
    """Return a type of load: the keys of every load and the type's own.

    `absent`: key that the type does not have -> the message for a CONFIG that uses it. `follows` derives currents and
    facts for the driver from a load's keys and its place in the wiring.
    """
    every = {
        "type": Field(lambda value: value),
        "circuit": Field(check_circuit_reference, MAIN),
        "phases": optional(PHASE_NAMES),
        "priority": number(None, "", 0, 10_000, whole=True),
        "group": optional(text("'flat 3'")),
        **keys_of_record(Load, "pause_s", "start_after_s", "stop_after_s", "island"),
        "controllable_14a": yes_no(False),
        "energy": optional(entity("sensor.wall_energy")),
    }
    return LoadType(Section({**every, **own}, absent=absent), follows)
