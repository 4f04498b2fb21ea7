"""The recorded house, ready for a replay: without its loads' recorded draw, with loads that can be controlled."""

from array import array
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np

from simhouse.devices.demand_meter import DemandState
from simhouse.devices.helpers import Helpers
from simhouse.devices.linked import HUAWEI
from simhouse.devices.load_entry import rated_w
from simhouse.devices.plug import Plug
from simhouse.devices.price_entity import with_own_sources
from simhouse.devices.roof import Generation, Roof
from simhouse.devices.source import as_list
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, House
from simhouse.house.named import entities_in_config
from simhouse.house.trace_columns import InputError
from simhouse.physics.battery import BatteryState
from simhouse.physics.breaker import Breaker, TripCurve
from simhouse.physics.car import Car
from simhouse.physics.seconds import SecondSeries

from .draws import (
    CHARGERS,
    DRAWS_A,
    LEFT_OUT,
    LONGEST_PERIOD_S,
    OWN_SCRIPTS,
    DrawRecord,
    Part,
    entities_in,
    soc_entities,
    sun_entities,
)  # fmt: skip
from .meters import PhaseRecord, factor_w
from .prices import recorded_prices
from .recording import History, Recording
from .sessions import recorded_car
from .study import Study
from .timeline import Timeline

NEVER = TripCurve(1e9, ((1e9, 1.0),))
"""Curve of a breaker that never opens: recorded breakers did not. Trips are reported, not simulated."""

SILENT, NUMBER, NONE = 0, 1, 2

ALIVE_S = 10
"""Assumed interval of a sensor that repeats its value [s]."""


@dataclass(frozen=True)
class Sun:
    """The roof in each second as recorded: sun and battery [W, + = charging], state of charge [%]."""

    solar_w: np.ndarray
    battery_w: np.ndarray
    soc_pct: np.ndarray


class RecordedRoof(Roof):
    """Sun and battery as recorded, independent of the loads."""

    def __init__(self, sun: Sun, shines: bool) -> None:
        super().__init__(solar=_column(sun.solar_w) if shines else None)
        self._sun = sun

    def step(self, t_s: int, taken_w: float, dark: bool) -> Generation:
        """Advance to second `t_s` and return the recorded sun and battery; `taken_w` and `dark` change nothing."""
        sun = self._sun
        soc_pct = float(sun.soc_pct[t_s])
        self.battery_state = BatteryState(soc_pct)
        self.now = Generation(float(sun.solar_w[t_s]), 0.0, float(sun.battery_w[t_s]), soc_pct)
        return self.now


@dataclass(frozen=True)
class Scene:
    """A house to replay with one CONFIG: what the scripts read, and when each recorded entity reports.

    `meter_at`: for each second whether a meter's entity is SILENT, reports a NUMBER or is unknown (NONE). `verbatim`:
    entities that report their recorded states, `spoken`: those states by second. `helpers`: settings that the user
    changed, by second. `every_s`: interval of a load's sensor.
    """

    config: Mapping[str, Any]
    house: House
    meter_at: Mapping[str, bytearray]
    verbatim: frozenset[str]
    spoken: Mapping[int, Mapping[str, Any]]
    helpers: Mapping[int, Mapping[str, str]]
    every_s: Mapping[str, int]


def build_scene(study: Study, seed: int) -> Scene:
    """Return the house to replay with a study's CONFIG; call it for each run."""
    config, timeline, recording = study.config, study.timeline, study.recording
    wired = without_hidden(study.physics, study.parts)
    sun = recorded_sun(config, recording, study.units, timeline)
    from_roof_w = (sun.solar_w - sun.battery_w) / len(study.meters)
    base = {}
    for phase, meter in study.meters.items():
        rest_w = _fill_gaps(timeline.hold_values(meter.times_s, study.rest_w[phase]))
        base[phase] = SecondSeries(_column(rest_w + from_roof_w), bytearray(b"\1" * timeline.length_s))
    shines = bool(wired["site"].get("solar_w"))
    solar = _column(sun.solar_w) if shines else None
    house = build_house(
        wired,
        start=timeline.start,
        length_s=timeline.length_s,
        seed=seed,
        inputs=Inputs(base, solar, _recorded_cars(study), _first_settings(config, recording, timeline)),
        equipment=Equipment(study.units),
    )
    house.roof = RecordedRoof(sun, shines)
    house.demand = DemandState(month_peak_kw=_month_peak_kw(config, recording, timeline), month=timeline.start.month)
    for circuit in house.circuits.values():
        circuit.device = Breaker(circuit.device.name, circuit.device.rating_a, NEVER, NEVER)
    for name, draw in study.draws.items():
        if isinstance(plug := house.plugs.get(name), Plug):
            plug.load_w = _usual_w(draw, house.voltage_v, rated_w(house.config["loads"][name]))
    meter_at: dict[str, bytearray] = {}
    for meter in study.meters.values():
        meter_at |= dict.fromkeys(meter.entities, _reporting_seconds(meter, timeline))
    every_s = {
        entity: sensor_interval_s(draw) for draw in study.draws.values() for entity in _draw_entities(config, draw.name)
    }
    house.prices = recorded_prices(config, recording)
    verbatim = frozenset((*sun_entities(config), *soc_entities(config)))
    spoken = _recorded_states(verbatim, recording, study.units, timeline)
    seen, _ = with_own_sources(without_hidden(config, study.parts))
    return Scene(seen, house, meter_at, verbatim, spoken, _recorded_settings(house, recording, timeline), every_s)


def _recorded_cars(study: Study) -> dict[str, Car]:
    """Return the cars at each charger whose draw was recorded."""
    loads = study.physics.get("loads", {})
    return {
        name: recorded_car(draw, loads[name], _lines(draw), study.recording, study.timeline, study.voltage_v)
        for name, draw in study.draws.items()
        if loads[name]["type"] in CHARGERS
    }


def _lines(draw: DrawRecord) -> int:
    """Return on how many phases a load's car charges."""
    return max(1, sum(bool((amps > 1.0).any()) for amps in draw.amps.values()))


def _column(values: np.ndarray) -> "array[float]":
    """Return the values as an array of doubles: a season of seconds would be a gigabyte as a list."""
    return array("d", values.astype(np.float64).tobytes())


def without_hidden(config: Mapping[str, Any], parts: Mapping[str, Part]) -> dict[str, Any]:
    """Return CONFIG without loads that remain part of the house, their scripts, and an inverter with an address.

    Nothing in a replay may reach a real device.
    """
    found = {key: deepcopy(value) for key, value in config.items() if key not in (*OWN_SCRIPTS, HUAWEI)}
    found["loads"] = {n: load for n, load in found.get("loads", {}).items() if parts[n] not in LEFT_OUT}
    site = found["site"]
    if any(HUAWEI in each.values() for each in as_list(site.get("battery"))):
        del site["battery"]
    found["site"] = {key: value for key, value in site.items() if value != HUAWEI}
    return found


def _month_peak_kw(config: Mapping[str, Any], recording: Recording, timeline: Timeline) -> float:
    """Return the month's peak when the replay begins [kW]; 0 without a record of it."""
    history = recording.histories.get(str((config.get("tariff") or {}).get("month_peak_kw")))
    if history is None:
        return 0.0
    at = max(0, int(np.searchsorted(np.asarray(history.times_s), timeline.start_s, side="right")) - 1)
    return max(0.0, float(np.nan_to_num(history.numbers[at])))


def _fill_gaps(values: np.ndarray) -> np.ndarray:
    """Return the values with gaps filled by the last known one, the first one before it; InputError without any."""
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        raise InputError(None, None, "the meter has no reading in the chosen time", "choose other days")
    at = np.maximum.accumulate(np.where(np.isfinite(values), np.arange(len(values)), known[0]))
    found: np.ndarray = values[at]
    return found


def _reporting_seconds(meter: PhaseRecord, timeline: Timeline) -> bytearray:
    """Return what the meter does in each second: reports at samples, and between two if silence means no change."""
    found = bytearray(timeline.length_s)
    usual_s = min(meter.period_s, ALIVE_S) if meter.repeats else meter.period_s  # what repeats is recorded seldomer
    step = max(1, round(usual_s))
    ends = [*meter.times_s[1:].tolist(), timeline.start_s + timeline.length_s]
    for at_s, watts, until_s in zip(meter.times_s.tolist(), meter.watts.tolist(), ends, strict=True):
        at, until = max(0, timeline.position(at_s)), min(timeline.position(until_s), timeline.length_s)
        if at >= timeline.length_s or until < 0:
            continue
        known = bool(np.isfinite(watts))
        found[at] = NUMBER if known else NONE
        if known and until_s - at_s <= meter.hold_s:
            again = range(at + step, until, step)
            found[at + step : until : step] = bytes([NUMBER]) * len(again)
    return found


def sensor_interval_s(draw: DrawRecord) -> int:
    """Return the interval of a load's sensor [s].

    A sensor that is seldom recorded may just have a steady value, so its interval is unknown; assuming the longest one
    would make the scripts complain about cars that follow at once.
    """
    return ALIVE_S if draw.period_s >= LONGEST_PERIOD_S else max(1, round(draw.period_s))


def _usual_w(draw: DrawRecord, voltage_v: float, rated_w: float) -> float:
    on = draw.worst_a > DRAWS_A
    return float(np.median(sum(amps[on] for amps in draw.amps.values())) * voltage_v) if on.any() else rated_w


def _draw_entities(config: Mapping[str, Any], load: str) -> tuple[str, ...]:
    entry = config["loads"][load]
    return tuple(entities_in({"draw": entry.get("draw"), "power": entry.get("power")}))


def _first_settings(config: Mapping[str, Any], recording: Recording, timeline: Timeline) -> dict[str, str]:
    """Return the last recorded state of each helper before the replay begins, else its first one."""
    found = {}
    for entity in Helpers(config, {}, entities_in_config(config).settings).values:
        history = recording.histories.get(entity)
        if history is None:
            continue
        before = [text for at, text in _known_states(history) if at <= timeline.start_s]
        found[entity] = before[-1] if before else next((text for _, text in _known_states(history)), "unknown")
    return found


def _recorded_settings(house: House, recording: Recording, timeline: Timeline) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for entity in house.helpers.values:
        for at_s, text in _known_states(recording.histories.get(entity)):
            if 0 < (at := timeline.position(at_s)) < timeline.length_s:
                found.setdefault(at, {})[entity] = text
    return found


def _known_states(history: History | None) -> list[tuple[float, str]]:
    """Return the (time, state) rows with a real state."""
    if history is None:
        return []
    both = zip(history.times_s, history.texts, strict=True)
    return [(at, text) for at, text in both if text not in ("unknown", "unavailable", "")]


def _recorded_states(
    verbatim: frozenset[str], recording: Recording, units: Mapping[str, str], timeline: Timeline
) -> dict[int, dict[str, Any]]:
    """Return second -> recorded states, repeated like a live sensor's; "unknown" at 0 for an entity without any.

    `units`: entity -> unit in place of the recorded one."""
    found: dict[int, dict[str, Any]] = {}
    for entity in verbatim:
        history = recording.histories.get(entity)
        if history is None:
            found.setdefault(0, {})[entity] = {"state": "unknown", "attributes": {}}
            continue
        unit = units.get(entity) or history.attributes.get("unit_of_measurement")
        attributes = {} if unit is None else {"unit_of_measurement": unit}
        step = max(ALIVE_S, round(np.nan_to_num(history.period_s, nan=60.0)))
        ends = [*history.times_s[1:], timeline.start_s + timeline.length_s]
        for at_s, text, until_s in zip(history.times_s, history.texts, ends, strict=True):
            at, until = max(0, timeline.position(at_s)), min(timeline.position(until_s), timeline.length_s)
            for second in range(at, until, step):
                found.setdefault(second, {})[entity] = {"state": text or "unknown", "attributes": attributes}
    return found


def recorded_sun(config: Mapping[str, Any], recording: Recording, units: Mapping[str, str], timeline: Timeline) -> Sun:
    """Return sun and battery of each second; zeros if they were not recorded."""
    site = config["site"]

    def series(entity: Any, sign: int = 1) -> np.ndarray:
        history = recording.histories.get(str(entity))
        if history is None:
            return np.zeros(timeline.length_s)
        factor = factor_w(units[history.entity], 230.0) if history.entity in units else 1.0
        return np.nan_to_num(timeline.hold_values(history.times_s, history.numbers)) * factor * sign

    batteries = as_list(site.get("battery")) or [{}]
    own = [] if site.get("solar_w") else [each.get("solar_w") for each in as_list(site.get("inverter"))]
    charges = [series(each.get("charge_w"), -1 if each.get("invert") else 1) for each in batteries]
    return Sun(
        np.maximum(0.0, np.sum([series(each) for each in [site.get("solar_w"), *own]], axis=0)),
        np.sum(charges, axis=0),
        np.mean([series(each.get("soc_pct")) for each in batteries], axis=0),
    )
