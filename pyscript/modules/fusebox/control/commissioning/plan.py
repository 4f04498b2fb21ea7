"""The plan of a wiring test: which loads it changes, by how much, and what prevents that. Pure.

A nudge is a request and a cap, never a command: the ordinary decision gives the load what fits under every ceiling.
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
"""The longest duration of a test [s]."""
RISES_A = (4.0, 3.5, 3.0)
"""How far a charger is moved each time [A]: the half amp shows whether it rounds, and the highest one its own limit."""
LONGEST_PATIENCE_S = 300.0
"""A longer `min_on_s` or `min_off_s` [s] says that switching wears the load, as it does a compressor."""


class Nudge(NamedTuple):
    """The level that a test requests for one load.

    All other chargers are at their minimum meanwhile: the real wiring is not known yet, and no charger may use what
    another one leaves.
    """

    load: str
    """Its name, "" between two loads."""
    level_a: float | None
    """The most that it may take on each of its phases [A], 0 for off; None leaves it as it is."""
    proving: frozenset[str] = frozenset()
    """The circuits whose meters may be constant without counting as stuck."""
    alone: bool = False
    """Whether the other chargers are paused meanwhile."""


def nudged(site: Site, nudge: Nudge) -> Site:
    """Return the site in which the tested load requests its level and the other chargers make way."""
    loads = tuple(_nudged(load, nudge) for load in site.loads)
    return replace(site, loads=loads, proving=nudge.proving, tested=nudge.load)


def _nudged(load: Load, nudge: Nudge) -> Load:
    """Return one load as the nudge requests it: capped, off, on, or unchanged."""
    if load.name != nudge.load and nudge.alone and not load.is_switched:
        return replace(load.capped(load.max_a, Mode.OFF), min_on_s=0.0)
    if load.name != nudge.load or nudge.level_a is None:
        return load if load.is_switched else load.capped(load.min_a)
    if nudge.level_a <= 0:
        return replace(load.capped(load.max_a, Mode.OFF), min_on_s=0.0)
    if load.on_off:
        # A tank that is warm enough requests nothing in any other mode.
        mode = Mode.BOOST if load.can.keeps_heat else Mode.STANDARD
        return replace(load, mode=mode, min_off_s=0.0, max_starts_per_day=None)
    return load.capped(max(min(load.max_a, nudge.level_a), load.min_a), Mode.STANDARD)


def left_out(load: Load, state: LoadState | None, past: LoadMemory, named: bool = True) -> str:
    """Return why a load cannot be tested, "" when it can. `named`: whether the user has named this load."""
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
    """Return why no test can run now, "" when one can."""
    if site.dry_run:
        return "dry_run is on, so nothing is commanded"
    # Where nothing generates, a meter that shows too much to flow out is turned round: a test, which begins with all
    # chargers at their minimum, relieves it.
    over = [c for c in decision.ceilings if c.known and (c.exceeded if site.has_generation else c.overdrawn)]
    if over:
        return f"{over[0].name} is over its limit: {over[0].flow_a:.1f} A of {plain(over[0].rating_a)} A"
    blind = [name for name, quality in data_quality(site, snapshot).items() if quality is not DataQuality.GOOD]
    if blind:
        return f"the meters of {', '.join(sorted(blind))} are not seen"
    return ""


def levels_of(load: Load, state: LoadState, past: LoadMemory, told_a: Collection[float] = ()) -> tuple[float, ...]:
    """Return the levels that a load is brought to, one after the other [A], including 0 to see whether that pauses it.

    A load that runs now runs again at the end. Levels sent before (`told_a`) come last: others may be rounded.
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
    """Return a sentence on what a test would do, for confirmation; ValueError with reasons if no load can be tested."""
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
