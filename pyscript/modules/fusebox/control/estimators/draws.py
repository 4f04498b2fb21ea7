"""The present draw of each load: measured where it has a sensor, otherwise assumed on the safe side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from ... import tuning
from ...model.appliance_memory import BLOCK
from ...model.electrics import CircuitFlows, PerPhase, Phase, Wire
from ...model.load import Load, Mode
from ...model.load_memory import NEW_LOAD, LoadMemories, LoadMemory
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, LoadState, Reading, Snapshot, Status
from ...model.trace import Trace
from .compliance import complies, is_draw_report_outdated, may_show_last_command, move_lagging_draw_a


class Draws(NamedTuple):
    """The draw of one load on each phase [A], None on phases it does not use.

    `whole` is the whole draw, `steerable` the part of it that can be steered.
    """

    whole: PerPhase
    steerable: PerPhase


def compute_draws(
    site: Site, snapshot: Snapshot, memory: LoadMemories, flows_a: CircuitFlows, readings: Mapping[Phase, Trace]
) -> Mapping[str, Draws]:
    """Return load name -> its draw, and how much of that can be steered.

    Without a sensor, a load that is on counts for its rating and a charger for the current it offers. Where the site
    generates nothing, a load cannot draw more on a phase than the meter shows there (a one-phase car on a three-phase
    charger). What cannot be steered counts as house load: an unavailable load, a heat pump that is left alone, and the
    excess of a load that ignores its setpoint. A draw reported before the load's last change is moved by the part of
    the meter's and the batteries' change since then that the setpoint explains, a fall only once the main meter may
    show it; an idle load that seems to have begun by itself since its last report counts with its setpoint. `flows_a`:
    circuit -> present grid currents, with what the batteries deliver [A]; `readings`: the main meter's last.
    """
    freshest = {wire: _freshest_meter_above(site, snapshot, *wire) for wire in site.wires}
    explained: dict[Wire, float] = {}
    found = {}
    for load in site.loads:
        state, past = snapshot.state_of(load.name), memory.get(load.name, NEW_LOAD)
        drawn_a = list(present_draw(load, state))
        meters = {phase: freshest[load.circuit, phase] for phase in load.phases}
        rises_a = [
            _rise_since_report_a(state, past, (name, phase), (flows_a, readings)) - explained.get((name, phase), 0.0)
            for phase, (name, meter) in meters.items()
            if state.draw_age_s > meter.age_s
        ]
        begins = len(rises_a) == len(meters) and _seems_to_begin(state, past, rises_a)
        for phase, (name, meter) in meters.items():
            draw_a = reported_a = drawn_a[phase] or 0.0
            is_outdated = is_draw_report_outdated(state, past, meter.age_s, snapshot.now_s)
            if name == MAIN and reported_a > past.setpoint_a:
                is_outdated &= may_show_last_command(past, snapshot.now_s - meter.age_s)
            if is_outdated or begins:
                others_a = explained.get((name, phase), 0.0)
                draw_a = past.setpoint_a
                if is_outdated:
                    draw_a = move_lagging_draw_a(reported_a, past, (name, phase), flows_a, snapshot.now_s, others_a)
                for above in site.above(load.circuit):
                    explained[above.name, phase] = explained.get((above.name, phase), 0.0) + draw_a - reported_a
            # Where nothing generates, no load draws more on a phase than flows there.
            if not site.has_generation and meter.last is not None:
                draw_a = min(draw_a, max(meter.last, 0.0))
            drawn_a[phase] = draw_a
        whole = PerPhase(*drawn_a)
        found[load.name] = Draws(whole, _steerable_part(whole, state, past, snapshot.now_s))
    return found


def _rise_since_report_a(
    state: LoadState, past: LoadMemory, wire: Wire, shown: tuple[CircuitFlows, Mapping[Phase, Trace]]
) -> float:
    """Return by how much a meter has risen since a load's last report [A]; 0 where that is not known.

    After a silence of `SLOWEST_S`, as of a sensor that reports only changes, by how much the main meter has risen in
    its last readings. `wire`: circuit and phase of the meter; `shown`: as in `compute_draws`.
    """
    (circuit, phase), (flows_a, readings) = wire, shown
    if state.draw_age_s > tuning.SLOWEST_S:
        last = readings.get(phase, ()) if circuit == MAIN else ()
        return last[-1][1] - last[0][1] if last else 0.0
    then_a, now_a = (flows.get(circuit, PerPhase())[phase] for flows in (past.timing.grid_at_report[1], flows_a))
    return 0.0 if then_a is None or now_a is None else now_a - then_a


def _seems_to_begin(state: LoadState, past: LoadMemory, rises_a: Sequence[float]) -> bool:
    """Return whether a load that is on but measured idle seems to have begun to draw since its last report.

    The meter has risen by about its setpoint on each of its phases: without that, a car or a thermostat that begins by
    itself behind a slow sensor would look like a growing house load, and be stopped for its own draw.
    """
    measured_a, setpoint_a = state.draw_a.highest, past.setpoint_a
    if measured_a is None or measured_a > tuning.DRAWS_A or state.counted or not state.available:
        return False
    may_begin = state.can_use_power and state.on is not False and setpoint_a > tuning.DRAWS_A
    return may_begin and all(abs(rise_a - setpoint_a) <= tuning.ALIKE_SHARE * setpoint_a for rise_a in rises_a)


def _freshest_meter_above(site: Site, snapshot: Snapshot, circuit: str, phase: Phase) -> tuple[str, Reading]:
    """Return the circuit, this one or one above, whose meter reported last, and its reading.

    The nearer one, unless another is newer by more than `DRAW_LAG_S`. The main circuit and NEVER where none has
    reported.
    """
    found, best = MAIN, NEVER
    for each in site.above(circuit):
        reading = snapshot.meter(each.name, phase)
        if reading.last is not None and (best.last is None or reading.age_s < best.age_s - tuning.DRAW_LAG_S):
            found, best = each.name, reading
    return found, best


SteerableDraws = Callable[[tuple[Phase, ...]], Mapping[str, float]]
"""Returns load -> steerable part of its draw, summed over these phases [A]; only loads wired to any of them."""


def sum_steerable_draws(site: Site, draws: Mapping[str, Draws]) -> SteerableDraws:
    """Return the function that sums these draws over chosen phases, each choice once; an unknown draw counts as 0."""

    @cache
    def on_phases(phases: tuple[Phase, ...]) -> Mapping[str, float]:
        """Return load -> steerable part of its draw, summed over these phases [A]."""
        steerable = {name: draws[name].steerable for name in site.phase_weights[phases]}
        return {name: sum([draw[phase] or 0.0 for phase in phases]) for name, draw in steerable.items()}

    return on_phases


def _steerable_part(whole: PerPhase, state: LoadState, past: LoadMemory, now_s: float) -> PerPhase:
    """Return the part of a load's draw that can be steered [A]: all of it, or up to its setpoint if it ignores that.

    Nothing of a load that is unavailable or left alone, except what it discharges.
    """
    if not state.available or past.switched.left_alone:
        return whole.apply(partial(min, 0.0))
    return whole if complies(past, now_s) else whole.apply(partial(min, past.setpoint_a))


def present_draw(load: Load, state: LoadState) -> PerPhase:
    """Return the draw of a load on each of its phases [A]: measured, else assumed for each phase that is unknown.

    None on phases that it does not use, unless measured.
    """
    if None not in state.draw_a or None not in [state.draw_a[phase] for phase in load.phases]:
        return state.draw_a
    assumed_a = assumed_draw_a(load, state)
    return PerPhase.of({p: assumed_a if state.draw_a[p] is None else state.draw_a[p] for p in load.phases})


def assumed_draw_a(load: Load, state: LoadState) -> float:
    """Return the current that a load without a draw sensor is taken to draw on each of its phases [A].

    A plug or tank that is on: its highest current, 0 while it is hot. A charger that charges or whose status is
    unknown: its offer, or its highest current without one. Otherwise 0, as for a heat pump: the meter shows it as house
    load.
    """
    # A load that only gets a signal is in the meter, as part of the house load.
    if state.on is False or not state.can_use_power or load.can.takes_sg_state:
        return 0.0
    if load.on_off:
        return load.max_a if state.on and not state.hot else 0.0
    if state.status in (Status.CHARGING, Status.UNKNOWN):
        return load.max_a if state.offer_a is None else state.offer_a
    return 0.0


def most_uncontrolled_draw_a(load: Load, state: LoadState, past: LoadMemory, phase: Phase) -> float:
    """Return the most that a charger without control may draw on a phase [A].

    An assumed draw where nothing measures the phase, 0 where a current sensor does. A single power says nothing about
    phases: a one-phase car on a three-phase charger draws all of it from one of them, at most the highest of the
    charger's maximum, its offer and the current sent last.
    """
    if state.draw_a[phase] is None:
        return assumed_draw_a(load, state)
    if state.single_a is None or not state.is_power:
        return 0.0
    return min(state.single_a, max(load.max_a, state.offer_a or 0.0, past.command.sent_a or 0.0))


def runs_unblocked(load: Load, state: LoadState) -> bool:
    """Return whether a heat pump draws, or is not measured, while its relays do not block it.

    False for any other load, and in mode `off`.
    """
    drawn_a = state.draw_a.highest
    may_draw = drawn_a is None or drawn_a > tuning.DRAWS_A
    return load.can.takes_sg_state and load.mode is not Mode.OFF and may_draw and state.sg not in (None, BLOCK)
