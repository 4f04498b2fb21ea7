"""What a test of the wiring does: which loads it moves, by how much, and what stands in the way. Pure.

A nudge is a wish and a cap, never a command: the ordinary decision gives the load what fits under every ceiling.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from ... import tuning
from ...model.appliance_memory import URGENT
from ...model.decision import Decision
from ...model.electrics import plain
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot, min_current_a
from ..data_quality import DataQuality, data_quality

LONGEST_S = 600.0
"""A test ends after so long, whatever is still open [s]."""
RISES_A = (4.0, 3.5, 3.0)
"""How far a charger is moved each time [A]: a device that rounds shows it by the half. What it has taken once is no
limit of its own."""

LONGEST_PATIENCE_S = 300.0
"""What a plug stays on and off for where CONFIG says nothing [s]: who writes more has what wears, as a compressor."""


class Nudge(NamedTuple):
    """What one load is wished to be at. All chargers are at their minimum meanwhile: nobody knows yet what the meters
    show, and none is to take what another leaves."""

    load: str
    """Its name, "" between two of them."""
    level_a: float | None
    """At most so much on each of its phases [A], 0 for off; None where it stays as it is."""
    proving: frozenset[str] = frozenset()
    """The circuits whose meters are looked into."""
    alone: bool = False
    """Whether the other chargers are paused meanwhile."""


def nudged(site: Site, nudge: Nudge) -> Site:
    """The site in which the load wishes that."""
    loads = tuple(_nudged(load, nudge) for load in site.loads)
    return replace(site, loads=loads, proving=nudge.proving, tested=nudge.load)


def _nudged(load: Load, nudge: Nudge) -> Load:
    if load.name != nudge.load and nudge.alone and not load.is_switched:
        return replace(load.capped(load.max_a, Mode.OFF), min_on_s=0.0)
    if load.name != nudge.load or nudge.level_a is None:
        return load if load.is_switched else load.capped(load.min_a)
    if nudge.level_a <= 0:
        return replace(load.capped(load.max_a, Mode.OFF), min_on_s=0.0)
    if load.on_off:
        # A tank that is warm enough wants nothing in any other mode.
        mode = Mode.BOOST if load.can.keeps_heat else Mode.STANDARD
        return replace(load, mode=mode, min_off_s=0.0, max_starts_per_day=None)
    return load.capped(max(min(load.max_a, nudge.level_a), load.min_a), Mode.STANDARD)


def left_out(load: Load, state: LoadState | None, past: LoadMemory, named: bool = True) -> str:
    """Why a load cannot be moved in a test, "" when it can. `named`: whether its user has asked for just this one."""
    if not named and load.on_off and max(load.min_on_s, load.min_off_s) > LONGEST_PATIENCE_S:
        return f"has min_on_s or min_off_s above {plain(LONGEST_PATIENCE_S)} s and is tested only when load names it"
    if load.can.by_signal or load.can.discharges or (load.is_switched and not load.on_off):
        return "is told what it may do, and not how much"
    if state is None or not state.available:
        return "is not available"
    if not state.can_use_power or (load.can.keeps_heat and state.hot):
        return "cannot use power now"
    if past.manual.off or past.manual.limit_a is not None or past.manual.on:
        return "has been set by hand"
    if past.switched.tank is not None and past.switched.tank.heating & URGENT:
        return "heats for its minimum or its hygiene, which does not wait"
    return ""


def refusal(site: Site, snapshot: Snapshot, decision: Decision) -> str:
    """Why no test can run now, "" when one can."""
    if site.dry_run:
        return "dry_run is on, so nothing is commanded"
    over = [c for c in decision.ceilings if c.known and c.exceeded]
    if over:
        return f"{over[0].name} is over its limit: {over[0].flow_a:.1f} A of {plain(over[0].rating_a)} A"
    blind = [name for name, quality in data_quality(site, snapshot).items() if quality is not DataQuality.GOOD]
    if blind:
        return f"the meters of {', '.join(sorted(blind))} are not seen"
    return ""


def levels_of(load: Load, state: LoadState, past: LoadMemory, told_a: Collection[float] = ()) -> tuple[float, ...]:
    """The levels that a load is brought to, one after the other [A]; to 0 too, to see whether that pauses it.

    What runs now runs again at the end. Those that it was `told_a` before come last: it may round the others.
    """
    runs = past.setpoint_a > 0
    if load.on_off:
        return (0.0, load.max_a) * tuning.KNOWN_TIMES if runs else (load.max_a, 0.0) * tuning.KNOWN_TIMES
    top_a = load.max_a if state.device_max_a is None else min(load.max_a, state.device_max_a)
    least_a = min_current_a(load, state)
    if top_a - least_a < tuning.CLEARLY_A:
        changes = (0.0, least_a) * tuning.KNOWN_TIMES
    else:
        highs_a = sorted([min(least_a + rise_a, top_a) for rise_a in RISES_A], key=lambda high_a: high_a in told_a)
        changes = (*[level_a for high_a in highs_a for level_a in (high_a, least_a)], 0.0, least_a)
    return changes if runs else (least_a, *changes[:-1])


def explained(
    site: Site, snapshot: Snapshot, known: Mapping[str, LoadMemory], chosen: Collection[str], named: bool = False
) -> str:
    """What a test would do, for a person who is to confirm it; ValueError with the reasons where nothing can."""
    tested, others = [], []
    for load in site.loads:
        if load.name in chosen:
            why = left_out(load, snapshot.loads.get(load.name), known[load.name], named)
            (others.append(f"{load.name} {why}") if why else tested.append(load.name))
    if not tested:
        raise ValueError("; ".join(["no load can be moved now", *others]))
    minutes = max(1, round(min(LONGEST_S, len(tested) * 2 * tuning.SLOWEST_S) / 60))
    about = "a minute" if minutes == 1 else f"{minutes} minutes"
    rest = f" Left out: {'; '.join(others)}." if others else ""
    return (
        f"It moves {', '.join(tested)} by about 3 A, or on and off, three times each, and watches every meter: about "
        f"{about}, 10 at most. Chargers go to their minimum meanwhile, or pause. Nothing goes above a limit, and "
        f"all is as before afterwards.{rest} Do not switch anything large meanwhile."
    )
