"""A record combined with a CONFIG: the house without its loads, the recorded loads, CONFIG's mistakes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from simhouse.devices.load_entry import LoadEntry
from simhouse.devices.makes import with_presets
from simhouse.devices.meter import phase_meters
from simhouse.devices.source import as_list, by_phase
from simhouse.house.config_file import read_config_file, without_dry_run
from simhouse.house.trace_columns import InputError
from simhouse.house.traces import zone_named
from simhouse.physics.breaker import Breaker, breaker

from .course import Course
from .draws import (
    MEASURING,
    DrawRecord,
    Part,
    draw_record,
    draw_sources,
    entities_in,
    recorded_part,
    without_draws,
)
from .figures import compute_figures
from .findings import (
    Finding,
    apply_findings,
    fuse_findings,
    load_findings,
    meter_findings,
    netting_findings,
    night_findings,
    tariff_findings,
    wiring_findings,
)
from .meters import PhaseRecord, phase_record, recorded_units, required_history, stated_units
from .notes import assumptions
from .recording import Recording
from .steps import MeterResponse, meter_responses
from .timeline import Timeline

SHORTEST_S, LONGEST_S = 600, 400 * 86_400
"""The limits of a replayed span: more than a year is a wrong time in the record."""


@dataclass(frozen=True)
class Study:
    """Everything that is known before the scripts run. `physics`: CONFIG with the wiring that the record shows."""

    path: Path
    config: Mapping[str, Any]
    physics: Mapping[str, Any]
    recording: Recording
    timeline: Timeline
    voltage_v: float
    fuse: Breaker
    netted: bool
    units: Mapping[str, str]
    meters: Mapping[str, PhaseRecord]
    parts: Mapping[str, Part]
    draws: Mapping[str, DrawRecord]
    rest_w: Mapping[str, np.ndarray]
    recorded: Course
    alone: Course
    findings: Sequence[Finding]
    notes: Sequence[str]

    @property
    def proposed(self) -> dict[str, Any]:
        """Return CONFIG with every change that is certain enough."""
        return apply_findings(read_config_file(self.path), self.findings)


def wanted_entities(path: Path) -> list[str]:
    """Return the entities that a CONFIG needs from a record, sorted.

    InputError for a meter that Fusebox reads over its own link to a Huawei inverter, which no record has.
    """
    config = with_presets(read_config_file(path))
    for phase, entry in config["site"]["grid"].items():
        if entry == "huawei":
            problem = f"site.grid.{phase} is 'huawei': Fusebox asks the inverter itself, so there is no record of it"
            raise InputError(path, None, problem, "name the meter's entities of a Huawei integration that you recorded")
    return sorted(set(entities_in(config)))


def build_study(path: Path, recording: Recording, timeline: Timeline | None, span: "Span") -> Study:
    """Combine a CONFIG and a record; InputError with what does not fit. `timeline`: one set by another CONFIG."""
    config, notes = without_dry_run(with_presets(read_config_file(path)))
    site, loads = config["site"], config.get("loads") or {}
    fuse_a = _setting_value(site["main_fuse_a"], "site.main_fuse_a", recording)
    voltage_v = _setting_value(site.get("voltage_v", 230), "site.voltage_v", recording)
    suns = [site.get("solar_w"), *(each.get("solar_w") for each in as_list(site.get("inverter")))]
    charges = [each.get("charge_w") for each in as_list(site.get("battery"))]
    powers = [*entities_in([site["grid"], *suns, *charges])]
    powers += [history.entity for load in loads.values() for history in draw_sources(load, recording).values()]
    powers = [entity for entity in dict.fromkeys(powers) if entity.partition(".")[0] in MEASURING]
    units, guesses = recorded_units(recording, powers, fuse_a)
    drawn = [load.get(key) for load in loads.values() for key in ("draw", "power")]
    each = [entry for draw in drawn for entry in [*by_phase(draw).values()] or [draw]]
    stated = stated_units([*site["grid"].values(), *suns, *charges, *each])
    units |= stated
    notes += [note for note in guesses if note.split()[0] not in stated]
    meters = _recorded_meters(site["grid"], recording, units, voltage_v)
    timeline = timeline or span.timeline(recording, meters)
    parts = {name: recorded_part(load, recording) for name, load in loads.items()}
    every = tuple(sorted(site["grid"]))
    phases = {name: tuple(load.get("phases") or every) for name, load in loads.items()}
    drawn = [name for name, part in parts.items() if part is Part.DRAWN]

    def draws_on(wired: Mapping[str, tuple[str, ...]]) -> dict[str, DrawRecord]:
        entries = [LoadEntry(name, loads[name], wired[name]) for name in drawn]
        return {each.name: draw_record(each, recording, units, timeline, voltage_v) for each in entries}

    first = draws_on(phases)
    seen = {name: meter_responses(draw, meters, timeline, voltage_v) for name, draw in first.items()}
    findings = wiring_findings(config, seen, phases)
    turned = {finding.path for finding in findings}
    dark = night_findings(config, _house_alone(meters, first, timeline, voltage_v), timeline)
    findings += [finding for finding in dark if finding.path not in turned]
    used = {
        name: tuple(p for p, each in of.items() if each.shown in (MeterResponse.SAME, MeterResponse.TURNED))
        for name, of in seen.items()
        if not any(each.shown is MeterResponse.UNCLEAR for each in of.values())
    }
    wired = {name: used.get(name) or on for name, on in phases.items()}
    physics = apply_findings(config, findings, physical_only=True)
    for name in drawn:
        spare = [p for p in phases[name] if p not in wired[name]]
        physics["loads"][name]["phases"] = (
            [*wired[name], *spare] if set(wired[name]) <= set(phases[name]) else [*wired[name]]
        )
        if spare and set(wired[name]) < set(phases[name]):
            notes.append(f"{name} uses {', '.join(wired[name])} alone; Fusebox learns that by itself")
    meters = _recorded_meters(physics["site"]["grid"], recording, units, voltage_v)
    draws = draws_on(wired)
    rest_w = {phase: without_draws(meter, draws, timeline, voltage_v) for phase, meter in meters.items()}
    net = {p: timeline.hold_values(m.times_s, m.watts, m.hold_s) / voltage_v for p, m in meters.items()}
    if not np.isfinite(np.stack(list(net.values()))).all(axis=0).any():
        problem = "the meter has no number on every phase at once in the chosen time"
        raise InputError(recording.path, None, problem, "choose other days with --from and --days")
    recorded = Course("as it was", net, {name: draw.amps for name, draw in draws.items()})
    alone = _house_alone(meters, draws, timeline, voltage_v)
    fuse = breaker("main", fuse_a, site.get("fuse_type", "B"))
    netted = str(site.get("netting", "per_phase")).lower() == "sum"
    findings += meter_findings(config, meters, timeline)
    findings += fuse_findings(fuse, alone, recorded)
    peak = compute_figures(alone, fuse, timeline, voltage_v, netted).peak
    findings += tariff_findings(config, peak.mean_kw, timeline.told(peak.begins_s))
    findings += netting_findings(config, alone, voltage_v)
    findings += load_findings(config, draws)
    notes += [*assumptions(config, parts, draws, recording), *recording.notes]
    return Study(
        path, config, physics, recording, timeline, voltage_v, fuse, netted, units, meters, parts, draws, rest_w,
        recorded, alone, findings, notes,
    )  # fmt: skip


@dataclass(frozen=True)
class Span:
    """The part of the record to replay: start (local unless it has an offset), number of days, zone."""

    begins: datetime | None
    days: float | None
    time_zone: str | None

    def timeline(self, recording: Recording, meters: Mapping[str, PhaseRecord]) -> Timeline:
        """Return the seconds of the span; by default from when every phase has reported to the last report of any.

        InputError if the span that was asked for has too little of the record, or is too long.
        """
        zone = zone_named(self.time_zone or recording.time_zone) or ZoneInfo("UTC")
        first_s = max(float(meter.times_s[0]) for meter in meters.values())
        last_s = max(float(meter.times_s[-1]) for meter in meters.values())
        asked_s = first_s
        if self.begins is not None:
            at = self.begins if self.begins.tzinfo else self.begins.replace(tzinfo=zone)
            asked_s = at.timestamp()
        start_s = max(first_s, asked_s)
        end_s = last_s if self.days is None else min(last_s, asked_s + self.days * 86_400)
        if not SHORTEST_S <= end_s - start_s <= LONGEST_S:
            span = " to ".join(f"{datetime.fromtimestamp(at_s, zone):%d %b %Y %H:%M}" for at_s in (first_s, last_s))
            short = end_s - start_s < SHORTEST_S
            bound = f"less than {timedelta(seconds=SHORTEST_S)}" if short else f"more than {LONGEST_S // 86_400} days"
            problem = f"the chosen time holds {bound}: the meter's record is {span}"
            raise InputError(recording.path, None, problem, "choose a time in it with --from and --days")
        return Timeline(int(np.ceil(start_s)), int(end_s - np.ceil(start_s)) + 1, zone)


def _recorded_meters(
    grid: Mapping[str, Any], recording: Recording, units: Mapping[str, str], voltage_v: float
) -> dict[str, PhaseRecord]:
    for phase, entry in grid.items():
        for entity in entities_in(entry):
            required_history(entity, f"site.grid.{phase}", recording)
    found = phase_meters(grid, units)
    return {each.phase: phase_record(each, f"site.grid.{each.phase}", recording, voltage_v) for each in found}


def _house_alone(
    meters: Mapping[str, PhaseRecord], draws: Mapping[str, DrawRecord], timeline: Timeline, voltage_v: float
) -> Course:
    """Return the course of the recorded house less its loads' draw."""
    rest_w = {phase: without_draws(meter, draws, timeline, voltage_v) for phase, meter in meters.items()}
    net = {p: timeline.hold_values(m.times_s, rest_w[p], m.hold_s) / voltage_v for p, m in meters.items()}
    return Course("without these loads", net, {})


def _setting_value(stated: Any, where: str, recording: Recording) -> float:
    if not isinstance(stated, str):
        return float(stated)
    numbers = required_history(stated, where, recording).numbers
    if not np.isfinite(numbers).any():
        raise InputError(recording.path, None, f"{where}: {stated} never had a number", "write a number in CONFIG")
    return float(np.nanmedian(numbers))
