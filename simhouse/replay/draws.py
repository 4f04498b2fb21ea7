"""Each load's recorded draw, and how to subtract it from the meter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from simhouse.devices.load_entry import LoadEntry, rated_w
from simhouse.devices.ocpp.charger import NAMED
from simhouse.devices.source import as_list, by_phase, entity_in
from simhouse.host.states import ENTITY_ID

from .meters import PhaseRecord, factor_w
from .recording import History, Recording
from .timeline import Timeline

CHARGERS = ("number", "wallbox", "ocpp")
MEASURING = ("sensor", "number", "input_number")
"""Domains that show a load's draw; other domains only show whether it is on."""
DRAWS_A = 0.5
"""A load that draws less is off."""
SHORTEST_LAG_S, LONGEST_LAG_S = 2.0, 120.0
LONGEST_PERIOD_S = 30.0
"""A draw that seldom changes is seldom recorded; its sensor is assumed to report at least this often [s]."""


class Part(Enum):
    """How much of a load is in the record."""

    DRAWN = "its draw was recorded"
    HIDDEN = "it is in the record, its draw is not"
    ABSENT = "nothing of it is in the record"
    BY_ADDRESS = "Fusebox reaches it by an address, and Home Assistant has no record of it"
    OWN_SCRIPT = "a script of its own controls it, which is not replayed"


BY_ADDRESS = ("easee", "quasar")
LEFT_OUT = (Part.HIDDEN, Part.BY_ADDRESS, Part.OWN_SCRIPT)
"""Their draw stays a part of the house. Nor may the scripts of a replay reach for a true charger."""

OWN_SCRIPTS = ("radiators", "power_saving")
"""Sections whose scripts control loads that the replay cannot subtract from the meter."""


@dataclass(frozen=True)
class DrawRecord:
    """A load's recorded draw: amps by phase for each second (0 where unknown), as its sensor showed.

    `told_a`: the current in which steps are searched: the sensor's, or its power on one phase. `is_power`: a power
    shared by the phases; `by_phase`: one sensor for each phase.
    """

    name: str
    amps: Mapping[str, np.ndarray]
    told_a: np.ndarray
    is_power: bool
    by_phase: bool
    period_s: float
    unknown_s: int

    @property
    def worst_a(self) -> np.ndarray:
        """Return the highest phase in each second [A]."""
        found: np.ndarray = np.max(np.stack(list(self.amps.values())), axis=0)
        return found


def recorded_part(load: Mapping[str, Any], recording: Recording) -> Part:
    """Return how much of a load of CONFIG is in the record."""
    if load["type"] in BY_ADDRESS:
        return Part.BY_ADDRESS
    if load["type"] == "radiators":
        return Part.OWN_SCRIPT
    if any(draw_sources(load, recording).values()):
        return Part.DRAWN
    known = set(recording.names)
    return Part.HIDDEN if any(entity in known for entity in entities_in(load)) else Part.ABSENT


def entities_in(node: Any) -> Iterator[str]:
    """Yield every entity id in a part of CONFIG."""
    if isinstance(node, Mapping):
        for value in node.values():
            yield from entities_in(value)
        if node.get("type") == "ocpp":
            for key in (*NAMED, "power"):
                yield from possible_ocpp_entities(node, key)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from entities_in(value)
    elif isinstance(node, str) and ENTITY_ID.match(node) and not node[0].isdigit():
        yield node


def control_entities(config: Mapping[str, Any]) -> set[str]:
    """Return the entities that are loads' own controls, even if their domains are those of helpers."""
    loads = (config.get("loads") or {}).values()
    keys = ("current", "switch", "relay_1", "relay_2")
    radiators = entities_in([config.get(key) for key in ("radiators", "power_saving")])
    return {str(load[key]) for load in loads for key in keys if key in load} | set(radiators)


def sun_entities(config: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the entities of sun, battery and inverter, which are replayed as recorded."""
    site = config["site"]
    sources = [site.get("solar_w"), *as_list(site.get("battery"))]
    for inverter in as_list(site.get("inverter")):
        sources += [inverter.get("output"), inverter.get("solar_w")]
    return tuple(entity for entity in entities_in(sources) if entity.startswith("sensor."))


def soc_entities(config: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the entities of the cars' states of charge, which stay as recorded."""
    return tuple(str(load["soc_pct"]) for load in (config.get("loads") or {}).values() if load.get("soc_pct"))


def draw_sources(load: Mapping[str, Any], recording: Recording) -> dict[str, History]:
    """Return phase ("" for all) -> the history that shows its draw; empty when none was recorded."""
    draw = _draw_entry(load)
    if load["type"] == "ocpp" and draw is None:
        draw = next((each for each in _ocpp_draws(load) if each in recording.histories), None)
    if by_phase(draw):
        found = {phase: recording.histories.get(str(entity_in(entry))) for phase, entry in by_phase(draw).items()}
        return {p: h for p, h in found.items() if h is not None} if all(found.values()) else {}
    if draw is None and load["type"] in ("plug", "tank") and _is_plain_switch(load.get("switch")):
        draw = load.get("switch")
    history = recording.histories.get(str(entity_in(draw)))
    return {} if history is None else {"": history}


def _draw_entry(load: Mapping[str, Any]) -> Any:
    """Return what shows a load's draw in CONFIG; for a load in watts without a sensor, the number that it is sent."""
    return load.get("draw") or (None if load["type"] in CHARGERS else load.get("power"))


def _is_plain_switch(entity: Any) -> bool:
    """Whether the switch is on only while its load draws; a thermostat is on all day."""
    return not str(entity).startswith(("climate.", "water_heater."))


def _ocpp_draws(load: Mapping[str, Any]) -> Iterator[str]:
    """Yield the entities in which the OCPP integration may show a charger's draw, the best first."""
    for key in ("draw", "power"):
        yield from possible_ocpp_entities(load, key)


def possible_ocpp_entities(load: Mapping[str, Any], key: str) -> Iterator[str]:
    """Yield the entity that CONFIG names for a key, else the integration's possible names."""
    named = entity_in(load.get(key))
    if named is not None:
        yield named
        return
    charger = str(load.get("charger", "")).lower().replace("-", "_").replace(" ", "_")
    pattern = "sensor.{connector}_power_active_import" if key == "power" else NAMED[key]
    yield pattern.format(charger=charger, connector=charger)
    yield pattern.format(charger=charger, connector=f"{charger}_connector_{load.get('connector') or 1}")


def draw_record(
    entry: LoadEntry, recording: Recording, units: Mapping[str, str], timeline: Timeline, voltage_v: float
) -> DrawRecord:
    """Return the draw of a load that `part_of` found recorded. A single power is shared by its phases."""
    phases = entry.phases
    sources = draw_sources(entry.config, recording)
    periods = [history.period_s for history in sources.values() if np.isfinite(history.period_s)]
    period_s = min([*periods, LONGEST_PERIOD_S])
    series: dict[str, np.ndarray] = {}
    is_power = False
    for phase, history in sources.items():
        if history.entity.split(".")[0] not in MEASURING:
            is_power = True
            watts = np.array([rated_w(entry.config) * (text == "on") for text in history.texts])
        else:
            unit = units[history.entity]
            is_power = unit in ("W", "kW")
            watts = history.numbers * factor_w(unit, voltage_v) * _sign(entry.config, phase)
        series[phase] = timeline.hold_values(history.times_s, watts) / voltage_v
    unknown = np.any(np.isnan(np.stack(list(series.values()))), axis=0)
    series = {phase: np.maximum(np.nan_to_num(amps), 0.0) for phase, amps in series.items()}
    if "" in series:
        told = series[""]
        each = told / len(phases) if is_power else told
        amps = dict.fromkeys(phases, each)
    else:
        told, amps = np.max(np.stack(list(series.values())), axis=0), series
    return DrawRecord(entry.name, amps, told, is_power, "" not in series, period_s, int(unknown.sum()))


def _sign(load: Mapping[str, Any], phase: str) -> int:
    """Return -1 when CONFIG inverts the draw of a phase ("" for all), else 1."""
    draw = _draw_entry(load)
    entry = by_phase(draw).get(phase, draw)
    return -1 if isinstance(entry, Mapping) and entry.get("invert") is True else 1


def lag_s(meter: PhaseRecord, draw: DrawRecord) -> int:
    """Return how far meter and draw sensor may differ in time [s]: one report of each."""
    return int(min(max(meter.period_s + draw.period_s, SHORTEST_LAG_S), LONGEST_LAG_S))


def without_draws(
    meter: PhaseRecord, draws: Mapping[str, DrawRecord], timeline: Timeline, voltage_v: float
) -> np.ndarray:
    """Return the meter's samples [W] less the loads' draw on its phase: the house without them.

    Meter and draw sensor never report at the same instant. Within their lag, the recorded draw is subtracted with which
    the house changes least, so that a starting car does not appear as a spike of the house.
    """
    low, high = np.zeros(len(meter.times_s)), np.zeros(len(meter.times_s))
    at = np.clip(meter.times_s.astype(int) - timeline.start_s, 0, timeline.length_s - 1)
    for draw in draws.values():
        if meter.phase in draw.amps:
            lowest, highest = _range_around(draw.amps[meter.phase] * voltage_v, lag_s(meter, draw))
            low += lowest[at]
            high += highest[at]
    rest = meter.watts - low
    before = float(rest[0])
    for i in np.flatnonzero(high > low).tolist():
        before = float(rest[i - 1]) if i and np.isfinite(rest[i - 1]) else before
        rest[i] = min(max(before, meter.watts[i] - high[i]), meter.watts[i] - low[i])
    return rest


def _range_around(values: np.ndarray, lag: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and highest value within `lag` seconds before and after each second."""
    padded = np.pad(values, lag, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * lag + 1)
    return windows.min(axis=1), windows.max(axis=1)
