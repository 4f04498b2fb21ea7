"""The plan of a wiring test: which loads it changes, by how much, and what prevents that. Pure.

A nudge is a request and a cap, never a command: the ordinary decision gives the load what fits under every ceiling.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from ... import tuning
from ...model.appliance_memory import URGENT
from ...model.data_quality import DataQuality, quality_by_load
from ...model.decision import Decision
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemories, LoadMemory
from ...model.messages.message import Message, message
from ...model.records import remember_results
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot, min_current_a

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


@remember_results
def nudge_site(site: Site, nudge: Nudge) -> Site:
    """Return the site in which the tested load requests its level and the other chargers make way.

    It is marked with the load under test, and with the circuits whose meters may be constant.
    """
    loads = tuple(_nudge_load(load, nudge) for load in site.loads)
    return replace(site, loads=loads, proving=nudge.proving, tested=nudge.load)


def _nudge_load(load: Load, nudge: Nudge) -> Load:
    """Return one load as the nudge requests it: the tested one off, on or capped; other chargers at their minimum.

    With `alone`, other chargers are off. Other switched loads are unchanged, and a charger without a level is at its
    minimum too. The tested load is in `standard` (a tank in `boost`), without the minimum time that would delay it and
    without a limit on its starts.
    """
    if load.name != nudge.load and nudge.alone and load.is_modulated:
        return replace(_cap_load(load, load.max_a, Mode.OFF), min_on_s=0.0)
    if load.name != nudge.load or nudge.level_a is None:
        return _cap_load(load, min(load.min_a, load.max_a)) if load.is_modulated else load
    if nudge.level_a <= 0:
        return replace(_cap_load(load, load.max_a, Mode.OFF), min_on_s=0.0)
    if load.on_off:
        # A tank that is warm enough requests nothing in any other mode.
        mode = Mode.BOOST if load.can.keeps_heat else Mode.STANDARD
        return replace(load, mode=mode, min_off_s=0.0, max_starts_per_day=None)
    return _cap_load(load, min(load.max_a, max(nudge.level_a, load.min_a)), Mode.STANDARD)


def _cap_load(load: Load, most_a: float, mode: Mode | None = None) -> Load:
    """Return the load limited to `most_a` [A], in another mode if one is given, and marked as lowered by a test."""
    return replace(load.with_cap(most_a, mode), nudged=True)


def skip_reason(load: Load, state: LoadState, past: LoadMemory, named: bool = True) -> Message | None:
    """Return why a load is left out of a test, None when it is tested.

    A load that is on or off is left out because of wear if its minimum times exceed `LONGEST_PATIENCE_S`, unless the
    user has named it (`named`).
    """
    if not named and load.on_off and max(load.min_on_s, load.min_off_s) > LONGEST_PATIENCE_S:
        return message("left_out_for_wear", load=load.name, patience_s=LONGEST_PATIENCE_S)
    code = _skip_code(load, state, past)
    return None if code is None else message(code, load=load.name)


def _skip_code(load: Load, state: LoadState, past: LoadMemory) -> str | None:
    """Return the code of the message why a load cannot be tested, None when it can.

    By its kind (by signal, discharging, neither a charger nor on/off), while it is unavailable, cannot use power (with
    a maximum below its minimum too), is set by hand, or is a tank that is hot or heats urgently.
    """
    if load.can.takes_sg_state or load.can.discharges or (load.is_switched and not load.on_off):
        return "left_out_by_kind"
    if not state.available:
        return "left_out_unavailable"
    if not state.can_use_power or load.max_a < load.min_a or (load.can.keeps_heat and state.hot):
        return "left_out_idle"
    if past.manual.off or past.manual.limit_a is not None or past.manual.on:
        return "left_out_by_hand"
    if past.switched.tank is not None and past.switched.tank.heating & URGENT:
        return "left_out_heating"
    return None


def refusal_reason(site: Site, snapshot: Snapshot, decision: Decision) -> Message | None:
    """Return why no test can run now (dry run, an exceeded limit, meters without good readings), None when one can.

    Where nothing generates, too much that a meter shows to flow out does not count: that meter is reversed.
    """
    if site.dry_run:
        return message("wiring_test_dry_run")
    # Where nothing generates, a meter that shows too much to flow out is reversed: a test, which begins with all
    # chargers at their minimum, relieves it.
    over = [c for c in decision.ceilings if c.known and (c.exceeded if site.has_generation else c.overdrawn)]
    if over:
        worst = over[0]
        return message("wiring_test_over_limit", limit=worst.name, flow_a=worst.flow_a, rating_a=worst.rating_a)
    blind = [name for name, quality in quality_by_load(site, snapshot).items() if quality is not DataQuality.GOOD]
    return message("wiring_test_without_meters", loads=", ".join(sorted(blind))) if blind else None


def levels_to_test(
    load: Load, state: LoadState, past: LoadMemory, sent_before_a: Collection[float] = ()
) -> tuple[float, ...]:
    """Return the levels that a load is brought to, one after the other [A], including 0 to see whether that pauses it.

    Each raise is followed by the minimum; raises to a level of `sent_before_a` come after the other raises. A charger
    that cannot rise clearly above its minimum, and an on/off load, is switched `KNOWN_TIMES` times instead. A charger
    that runs now ends at its minimum (an on/off load at its full current), one that does not at 0.
    """
    runs = past.setpoint_a > 0
    if load.on_off:
        return (0.0, load.max_a) * tuning.KNOWN_TIMES if runs else (load.max_a, 0.0) * tuning.KNOWN_TIMES
    top_a = load.max_a if state.device_max_a is None else min(load.max_a, state.device_max_a)
    least_a = min_current_a(load, state)
    if top_a - least_a < tuning.CLEARLY_A:
        changes = (0.0, least_a) * tuning.KNOWN_TIMES
    else:
        highs_a = sorted([min(least_a + rise_a, top_a) for rise_a in RISES_A], key=lambda a: a in sent_before_a)
        changes = (*[level_a for high_a in highs_a for level_a in (high_a, least_a)], 0.0, least_a)
    return changes if runs else (least_a, *changes[:-1])


def select_testable(
    loads: Iterable[Load], snapshot: Snapshot, known: LoadMemories, named: bool
) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """Return the names of the loads that can be tested, and why the others cannot. `named`: whether the user chose."""
    why = {load.name: skip_reason(load, snapshot.state_of(load.name), known[load.name], named) for load in loads}
    able = tuple(name for name, reason in why.items() if reason is None)
    return able, tuple(reason for reason in why.values() if reason is not None)


def explain_test(
    site: Site, snapshot: Snapshot, known: LoadMemories, chosen: Collection[str], named: bool, sure: str
) -> tuple[Message, tuple[Message, ...]]:
    """Return what a test would do, and why it leaves out which of the chosen loads.

    `named`: whether the user named the loads, so that fewer are left out. `sure`: the loads that the last test was sure
    of, "" for none. ValueError with the reasons if no load can be tested.
    """
    tested, others = select_testable([load for load in site.loads if load.name in chosen], snapshot, known, named)
    if not tested:
        raise ValueError(message("wiring_test_without_loads", cause="; ".join(others) or None))
    minutes = max(1, round(min(LONGEST_S, len(tested) * 2 * tuning.SLOWEST_S) / 60))
    return message("wiring_test_plan", loads=", ".join(tested), minutes=minutes, known=sure or None), others
