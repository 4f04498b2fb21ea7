"""Mistakes in CONFIG that the record reveals, with their corrections."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

import numpy as np

from simhouse.physics.breaker import Breaker

from .course import Course
from .draws import DrawRecord
from .meters import PhaseRecord
from .near_trips import pole_heat
from .steps import MeterResponse, Sighting
from .timeline import Timeline, duration_text

BLIND_SHARE, BLIND_S = 0.002, 60.0
"""A meter is silent too often above this share of the time and this number of seconds."""

GAP_S = 600
"""A longer silence is a gap in the record, and no habit of the meter."""

OFTEN = 0.01
"""A house is often above its fuse where it is so for more than this of the time."""

NETS_KWH, NETS_SHARE = 1.0, 0.1
"""Netting matters when it saves at least this energy, and this share of the phases' export."""

NIGHT_S, CLEARLY, EXPORTS_A = 3600, 0.7, 0.5
"""Seconds of a night that must be known, share that must agree, and threshold of export: a battery hovers around 0."""

STALE_S, STALE_PERIODS, LONGEST_STALE_S = 30.0, 3.0, 120.0
"""As in the scripts: the default, and the rule for a slow meter's period (config.md, "Blind")."""


@dataclass(frozen=True)
class Finding:
    """A path in CONFIG, what the record shows, and what to do; `change` is the new value if one is certain.

    `physical`: the wiring of the house; otherwise CONFIG may be intentional.
    """

    path: str
    problem: str
    remedy: str
    change: Any = None
    physical: bool = False


def apply_findings(
    config: Mapping[str, Any], findings: Sequence[Finding], physical_only: bool = False
) -> dict[str, Any]:
    """Return a copy of CONFIG with the changes that these findings name.

    `physical_only`: only those about the wiring of the house; others may be intended in CONFIG.
    """
    found = deepcopy(dict(config))
    for finding in findings:
        if finding.change is None or (physical_only and not finding.physical):
            continue
        *way, last = finding.path.split(".")
        at = found
        for key in way:
            at = at.setdefault(key, {})
        at[last] = finding.change
    return found


def wiring_findings(
    config: Mapping[str, Any],
    responses: Mapping[str, Mapping[str, Sighting]],
    configured: Mapping[str, tuple[str, ...]],
) -> list[Finding]:
    """Return signs and phases that the loads' own switching contradicts.

    `seen`: load -> phase -> the meter's response.
    """
    found = []
    for phase, entry in config["site"]["grid"].items():
        shown = [
            (name, of[phase])
            for name, of in responses.items()
            if of[phase].shown in (MeterResponse.SAME, MeterResponse.TURNED)
        ]
        turned = [(name, each) for name, each in shown if each.shown is MeterResponse.TURNED]
        if turned and len(turned) == len(shown):
            name, each = turned[0]
            found.append(
                Finding(
                    f"site.grid.{phase}",
                    f"is reversed: in {each.agreeing} of {each.steps} steps of {name} it moved the other way",
                    "take what is proposed: + has to be import",
                    _with_opposite_sign(entry),
                    physical=True,
                )
            )
    for name, of in responses.items():
        used = tuple(p for p, each in of.items() if each.shown in (MeterResponse.SAME, MeterResponse.TURNED))
        unclear = [p for p, each in of.items() if each.shown is MeterResponse.UNCLEAR]
        if not used or unclear or set(used) <= set(configured[name]):
            continue
        steps = max(each.steps for each in of.values())
        on = ", ".join(used)
        found.append(
            Finding(
                f"loads.{name}.phases",
                f"is {list(configured[name])}, but its {steps} steps show on {on}",
                f"write {list(used)}, or exchange the entities of site.grid if they are mixed up",
                list(used),
                physical=True,
            )
        )
    return found


def night_findings(config: Mapping[str, Any], alone: Course, timeline: Timeline) -> list[Finding]:
    """Return phases that seem to export at night, when nothing in the house can."""
    types = {load["type"] for load in (config.get("loads") or {}).values()}
    if config["site"].get("battery") or "quasar" in types:
        return []
    hours = (timeline.seconds + (timeline.start.utcoffset() or timedelta()).total_seconds()) // 3600 % 24
    night = (hours >= 23) | (hours < 4)
    found = []
    for phase, amps in alone.net_a.items():
        dark = amps[night & np.isfinite(amps)]
        if len(dark) >= NIGHT_S and (dark < -EXPORTS_A).mean() > CLEARLY:
            share = 100 * (dark < -EXPORTS_A).mean()
            problem = (
                f"says for {share:.0f} % of the nights (23:00 to 4:00) that the house exports, without sun or battery"
            )
            remedy = (
                "take what is proposed (+ has to be import), unless something feeds in then that CONFIG does not name"
            )
            found.append(
                Finding(f"site.grid.{phase}", problem, remedy, _with_opposite_sign(config["site"]["grid"][phase]), True)
            )
    return found


def _with_opposite_sign(entry: Any) -> Any:
    """Return a grid entry with the opposite sign."""
    if isinstance(entry, str):
        return {"entity": entry, "invert": True}
    if "import" in entry and "export" in entry:
        return {**entry, "import": entry["export"], "export": entry["import"]}
    return {**entry, "invert": not entry.get("invert", False)}


def meter_findings(config: Mapping[str, Any], meters: Mapping[str, PhaseRecord], timeline: Timeline) -> list[Finding]:
    """Return meters that are silent for longer than CONFIG allows, or have another unit."""
    found = []
    stated = config["site"].get("stale_after_s", STALE_S)
    stale_s = float(stated) if isinstance(stated, int | float) else STALE_S
    for phase, meter in meters.items():
        if meter.period_s > LONGEST_STALE_S and not meter.repeats:
            problem = f"has a value every {duration_text(meter.period_s)} only: the scripts are blind most of the time"
            remedy = "means of the long-term statistics cannot be replayed; a meter has to report at least every minute"
            return [Finding(f"site.grid.{phase}", problem, remedy)]
    worst: tuple[float, float, PhaseRecord] | None = None
    for meter in meters.values():
        steps = _steps(meter, timeline)
        bears_s = stale_s
        if meter.period_s > 10:
            bears_s = max(stale_s, min(STALE_PERIODS * meter.period_s, LONGEST_STALE_S))
        blind_s = float(np.sum(np.maximum(0.0, steps - bears_s))) if not meter.repeats else 0.0
        if blind_s > max(BLIND_S, BLIND_SHARE * timeline.length_s) and (worst is None or blind_s > worst[0]):
            worst = (blind_s, bears_s, meter)
    if worst is not None:
        blind_s, bears_s, meter = worst
        needed_s = float(np.percentile(_steps(meter, timeline), 99.5))
        change = ceil(needed_s / 10) * 10 if bears_s < needed_s <= LONGEST_STALE_S else None
        remedy = "have the meter report more often (update interval): that helps more than a longer stale_after_s"
        if change is not None:
            remedy += f"; where it cannot, stale_after_s: {change} covers 99.5 % of its silences"
        problem = (
            f"bears {bears_s:.0f} s, but {meter.entities[0]} (usually every {meter.period_s:.0f} s) is silent for "
        )
        problem += f"longer so often that the scripts would see nothing for {duration_text(blind_s)}"
        found.append(Finding("site.stale_after_s", problem, remedy, change))
    return found


def _steps(meter: PhaseRecord, timeline: Timeline) -> np.ndarray:
    """Return the times between samples in the replayed time [s], without gaps."""
    inside = (meter.times_s >= timeline.start_s) & (meter.times_s < timeline.start_s + timeline.length_s)
    steps = np.diff(meter.times_s[inside])
    return steps[steps <= GAP_S]


def fuse_findings(fuse: Breaker, alone: Course, recorded: Course) -> list[Finding]:
    """Return at most one mistake: the meter's unit, or a fuse's rating; empty without any.

    The unit is wrong where the currents are much too small or large for this fuse. The rating is wrong where any such
    fuse would have opened, or where the house is too often above it even without the steered loads (`alone`).
    """
    worst_a = max(float(np.nanmax(np.abs(amps), initial=0.0)) for amps in recorded.net_a.values())
    if worst_a < 0.05 * fuse.rating_a:
        problem = f"never shows more than {worst_a:.2f} A: much too little for a house"
        return [
            Finding(
                "site.grid", problem, 'look at the unit: kW read as W? Write "unit": "kW", "unit_is_wrong": True there'
            )
        ]
    if worst_a > 6 * fuse.rating_a:
        problem = f"shows up to {worst_a:.0f} A on a fuse of {fuse.rating_a:g} A"
        return [
            Finding(
                "site.grid",
                problem,
                'look at the unit: W read as kW or as A? Write "unit": "W", "unit_is_wrong": True there',
            )
        ]
    surely = [p for p, amps in recorded.net_a.items() if pole_heat(amps, fuse.late, fuse.rating_a).tripped]
    over_s = sum(float(np.nansum(np.abs(amps) > fuse.rating_a)) for amps in alone.net_a.values())
    if surely:
        problem = (
            f"is {fuse.rating_a:g} A, but {surely[0]} was above it for so long (up to {worst_a:.0f} A) that any such "
        )
        problem += "fuse would have opened, and the record goes on"
        remedy = "read the number on the fuse; if it is right, the meter's unit, sign or voltage is not. Never write a "
        return [Finding("site.main_fuse_a", problem, remedy + "higher number only because the house needs it")]
    if over_s > max(600.0, OFTEN * alone.known.sum()):
        problem = (
            f"is {fuse.rating_a:g} A, but the house without any controlled load is above it for {duration_text(over_s)}"
        )
        remedy = (
            "no balancing helps there: see what runs then, and whether the meter's sign and the loads' phases are right"
        )
        return [Finding("site.main_fuse_a", problem, remedy)]
    return []


def tariff_findings(config: Mapping[str, Any], alone_kw: float, at: str) -> list[Finding]:
    """Return a target that the house exceeds without any controlled load."""
    target = (config.get("tariff") or {}).get("target_kw")
    if not isinstance(target, int | float) or alone_kw <= target:
        return []
    problem = f"is {target:g} kW, but the house without any controlled load reaches {alone_kw:.1f} kW ({at})"
    return [
        Finding(
            "tariff.target_kw", problem, f"loads wait in vain below that; {ceil(alone_kw * 10) / 10:g} costs the same"
        )
    ]


def netting_findings(config: Mapping[str, Any], alone: Course, voltage_v: float) -> list[Finding]:
    """Return a finding when one phase exports while another imports, which most meters net and CONFIG does not."""
    if str(config["site"].get("netting", "per_phase")).lower() == "sum" or len(alone.net_a) < 2:
        return []
    amps = np.stack([np.nan_to_num(series) for series in alone.net_a.values()]) * alone.known
    per_kwh = voltage_v / 3.6e6
    by_phase_kwh = float(np.maximum(0.0, -amps).sum() * per_kwh)
    netted_kwh = by_phase_kwh - float(np.maximum(0.0, -amps.sum(axis=0)).sum() * per_kwh)
    if netted_kwh < NETS_KWH or netted_kwh < NETS_SHARE * by_phase_kwh:
        return []
    problem = f"is 'per_phase', but {netted_kwh:.1f} of {by_phase_kwh:.1f} kWh of surplus stood beside import elsewhere"
    remedy = "most European meters net the phases: if yours does, write 'sum', and solar loads see the surplus of all"
    return [Finding("site.netting", problem, remedy)]


def load_findings(config: Mapping[str, Any], draws: Mapping[str, DrawRecord]) -> list[Finding]:
    """Return a finding for each charger that drew over 1 A more than its `max_a`, leaving out the highest 0.1 %."""
    found = []
    for name, draw in draws.items():
        load = config["loads"][name]
        limit = load.get("max_a", None if load["type"] == "wallbox" else 16)
        most_a = float(np.percentile(draw.worst_a, 99.9)) if len(draw.worst_a) else 0.0
        if load["type"] in ("number", "wallbox", "ocpp") and isinstance(limit, int | float) and most_a > limit + 1:
            problem = f"is {limit:g} A, but it drew up to {most_a:.1f} A"
            remedy = "with Fusebox it never gets more than max_a; raise it if the charger's own circuit allows that"
            found.append(Finding(f"loads.{name}.max_a", problem, remedy))
    return found
