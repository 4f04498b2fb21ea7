"""Currents while meters may be wired otherwise than CONFIG says, and which meters a test may change. Pure."""

from __future__ import annotations

from typing import NamedTuple

from ... import tuning
from ...model.electrics import Phase
from ...model.load import Load
from ...model.load_memory import LoadMemories, LoadMemory
from ...model.messages.message import Message, message
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot
from ..diagnostics.wiring_evidence import TINY_A, MeterWiring
from ..diagnostics.wiring_fit import Explanation
from ..limits.fuses import fuse_name
from .plan import RISES_A
from .state import Test

KETTLE_A = 10.0
"""The draw of an appliance that may be switched on at any moment [A]; a late meter shows it late."""


class Flow(NamedTuple):
    """The current through one fuse on one phase, by its meter as really wired."""

    circuit: str
    """The circuit of the fuse."""
    phase: Phase
    """The phase that the meter really measures."""
    flow_a: float
    """The current [A]."""
    rating_a: float
    """The fuse's rating [A]."""

    @property
    def name(self) -> str:
        """The fuse's name in sentences."""
        return fuse_name(self.circuit, self.phase)


def flows_as_wired(site: Site, snapshot: Snapshot, wiring: Explanation | None) -> tuple[Flow, ...]:
    """Return the current through each metered fuse [A]; none for a meter without a value, or with a gain of 0.

    `wiring`: how all is wired, None for as CONFIG says. Without generation the current counts without its sign.
    """
    found = []
    for circuit, readings in snapshot.grid_a.items():
        state = None if wiring is None else wiring.meters.get(circuit)
        as_written = tuple(MeterWiring(phase, phase, 1.0) for phase in site.circuit(circuit).grid)
        for way in as_written if state is None else state.meters:
            shown_a = readings[way.phase].value if way.phase in readings else None
            if shown_a is not None and way.gain:
                flow_a = shown_a / way.gain
                # Where nothing generates, what a meter shows to flow out flows in: it is reversed.
                flow_a = flow_a if site.has_generation else abs(flow_a)
                found.append(Flow(circuit, way.source, flow_a, site.circuit(circuit).fuse_a))
    return tuple(found)


def overload_message(site: Site, snapshot: Snapshot, wiring: Explanation | None) -> Message | None:
    """Return the message of a fuse that is overloaded as its meter is really wired (`wiring`).

    None without such a fuse, and while no wiring was found.
    """
    if wiring is None:
        return None
    over = [flow for flow in flows_as_wired(site, snapshot, wiring) if flow.flow_a > flow.rating_a]
    return message("wiring_test_finds_overload", limit=over[0].name, flow_a=over[0].flow_a) if over else None


def may_overload(site: Site, snapshot: Snapshot, test: Test, load: Load, past: LoadMemory) -> bool:
    """Return whether a metered fuse may carry more than its rating less the margin once the load has risen by a step.

    Counts the fuses that the load may draw through, and for a step above 0 what a late meter may not show yet.
    """
    more_a = largest_test_raise_a(load, past)
    extra_a = more_a + site.margin_a
    mine = [each for each in flows_as_wired(site, snapshot, test.wiring) if _may_draw_through(site, each, test, load)]
    # Behind a meter that is `ANSWER_S` late or more, a kettle may already draw what it does not show yet.
    late = {c for c, lag_s in test.longest_meter_lags_s.items() if more_a > 0 and lag_s >= tuning.ANSWER_S}
    return any(flow.flow_a + extra_a + (KETTLE_A if flow.circuit in late else 0.0) > flow.rating_a for flow in mine)


def _may_draw_through(site: Site, flow: Flow, test: Test, load: Load) -> bool:
    """Return whether the load may draw through this fuse: by the wiring found for it, otherwise by CONFIG.

    True for a load without observed changes.
    """
    if not test.moves.get(load.name):
        return True
    load_wiring = None if test.wiring is None else test.wiring.loads.get(load.name)
    if load_wiring is not None:
        return flow.phase in load_wiring.phases and flow.circuit in load_wiring.above
    return flow.phase in load.phases and flow.circuit in [each.name for each in site.above(load.circuit)]


def largest_test_raise_a(load: Load, past: LoadMemory) -> float:
    """Return the largest raise that a test may still make on a phase [A]; 0 once the load has been raised.

    A switched load that is off: its `max_a`; a charger that is off: its `min_a`, at that the largest of `RISES_A`.
    """
    if load.is_switched:
        return 0.0 if past.setpoint_a > 0 else load.max_a
    if past.setpoint_a <= 0:
        return load.min_a
    return 0.0 if past.setpoint_a > load.min_a else max(RISES_A)


def circuits_under_test(
    site: Site, snapshot: Snapshot, wiring: Explanation | None, known: LoadMemories
) -> frozenset[str]:
    """Return the circuits whose meters may be constant during a test without counting as stuck.

    The main circuit, once main meters or loads are surely on other phases than CONFIG says; and circuits whose fuses
    tolerate all that the main meter shows, and a step more, because any current in them flows through that meter too.
    """
    main = frozenset({MAIN}) if _loads_are_elsewhere(site, wiring) else frozenset[str]()
    return main | _circuits_safe_for_whole_import(site, snapshot, wiring, known)


def _loads_are_elsewhere(site: Site, wiring: Explanation | None) -> bool:
    """Return whether main meters or loads are surely on other phases than CONFIG says; False for no `wiring`."""
    if wiring is None:
        return False
    main = wiring.meters.get(MAIN)
    moved = main is not None and any(way.is_moved for way in main.meters)
    load_wirings = [(load.phases, wiring.loads[load.name].phases) for load in site.loads if load.name in wiring.loads]
    return moved or any(not set(found) <= set(written) for written, found in load_wirings)


def _circuits_safe_for_whole_import(
    site: Site, snapshot: Snapshot, wiring: Explanation | None, known: LoadMemories
) -> frozenset[str]:
    """Return the metered circuits whose fuses tolerate everything that the main meter shows, and a step more.

    Never the main circuit; empty on a site that generates power, and where a phase of the main meter shows nothing. The
    step is 0 while a load is raised already, because one at a time is.
    """
    if site.has_generation:
        return frozenset()
    shown = [flow for flow in flows_as_wired(site, snapshot, wiring) if flow.circuit == MAIN]
    # A meter that reports kW read as W is no upper limit.
    if {flow.phase for flow in shown if flow.flow_a > TINY_A} != set(site.phases):
        return frozenset()
    steps_a = [largest_test_raise_a(load, known[load.name]) for load in site.loads]
    most_a = max(flow.flow_a for flow in shown) + (0.0 if 0.0 in steps_a else max(steps_a, default=0.0))
    return frozenset(c.name for c in site.circuits if c.name != MAIN and c.grid and most_a <= c.fuse_a)
