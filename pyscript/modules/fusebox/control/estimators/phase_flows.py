"""What the meters show of a load's draw: when they may be compared with it, and which phase is large enough. Pure.

A phase with 2 A of import cannot carry 10 A. The changes of a draw show its phase sooner, but only where the meter
reports them at the same moment as the draw.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ... import tuning
from ...model.data_quality import DataQuality, reading_quality
from ...model.durations import NEVER_S, since
from ...model.electrics import PerPhase, Phase, amps
from ...model.load import Load
from ...model.phases_memory import ComparedDraw, PhasesMemory
from ...model.records import fast_replace, replace_if_changed
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot
from .production import own_production_a

NO_PHASES: Mapping[str, PhasesMemory] = MappingProxyType({})


class PhaseMeters(NamedTuple):
    """The meter readings of all phases of a circuit."""

    circuit: str
    """Its name."""
    grid_a: PerPhase
    """The values [A]."""
    clear: bool
    """Whether all are good."""
    oldest_s: float
    """The age of the oldest [s]."""
    newest_s: float
    """The age of the newest [s]."""
    answer_s: float
    """How long after a change all of them have shown it [s]."""


class KnownDraw(NamedTuple):
    """The draw of a charger whose phases in use were measured: it need not stand still while another is observed."""

    draw_a: PerPhase
    """On each phase [A]."""
    since_s: float
    """Since when it has been steady [s since 1970]."""


class MeasuredDraws(NamedTuple):
    """Everything that could move the meters [A]."""

    loads_a: Mapping[str, float]
    """Load -> its draw, summed over phases."""
    battery_a: float | None
    """The charging power of all batteries [A], None while it is unknown."""
    sun_a: float | None
    """The power of all panels [A], None while it is unknown."""

    def excluding(self, load: Load, known: Collection[str]) -> tuple[float, ...]:
        """Return the draws of the other loads and of the battery [A]; loads in `known` are left out.

        For a load on two phases also what the panels deliver.
        """
        others_a = [a for name, a in self.loads_a.items() if name != load.name and name not in known]
        sources_a = (self.battery_a, self.sun_a) if len(load.phases) == 2 else (self.battery_a,)
        return (*others_a, *(a for a in sources_a if a is not None))


def measure_draws(site: Site, snapshot: Snapshot) -> MeasuredDraws:
    """Return the last draws that could move the meters [A, summed over phases]: loads, batteries, sun.

    An unknown draw of a load counts as 0; an unknown battery or sun is None.
    """
    powers_w = (snapshot.battery_charge_w.last, snapshot.solar_w.last)
    battery_a, sun_a = (None if power_w is None else amps(power_w, site.voltage_v) for power_w in powers_w)
    loads_a = {name: sum([a or 0.0 for a in state.draw_a]) for name, state in snapshot.loads.items()}
    return MeasuredDraws(loads_a, battery_a, sun_a)


class Reported:
    """The site as installed and its readings as reported: the draws and meters of a step.

    `phases_in_use`: load -> what was known of its phases before this step.
    """

    def __init__(self, site: Site, snapshot: Snapshot, phases_in_use: Mapping[str, PhasesMemory] = NO_PHASES) -> None:
        self.site, self.snapshot, self.drawn = site, snapshot, measure_draws(site, snapshot)
        self._known = _known_draws(snapshot, phases_in_use)

    def known_behind(self, circuit: str) -> Mapping[str, KnownDraw]:
        """Return load -> known draw, for the loads in this circuit and in those that it feeds."""
        below = self.site.loads_below(circuit) if self._known else ()
        return {load.name: self._known[load.name] for load in below if load.name in self._known}

    def meters_above(self, circuit: str, phases: tuple[Phase, ...]) -> PhaseMeters | None:
        """Return the readings of the nearest circuit, this one or one above, that meters all of these phases; or None.

        Values of phases outside `phases` are None. Meters that report each change in time answer after `QUICK_S`,
        others after `LASTING_S`.
        """
        metered = next((c for c in self.site.above(circuit) if all(phase in c.grid for phase in phases)), None)
        if metered is None:
            return None
        readings = {phase: self.snapshot.meter(metered.name, phase) for phase in phases}
        grid_a = PerPhase.of({phase: reading.value for phase, reading in readings.items()})
        are_good = all(reading_quality(self.site, reading) is DataQuality.GOOD for reading in readings.values())
        ages_s = [reading.age_s for reading in readings.values()]
        answer_s = tuning.QUICK_S if all(metered.grid[phase].heartbeat for phase in phases) else tuning.LASTING_S
        return PhaseMeters(metered.name, grid_a, are_good, max(ages_s), min(ages_s), answer_s)


def _known_draws(snapshot: Snapshot, phases_in_use: Mapping[str, PhasesMemory]) -> Mapping[str, KnownDraw]:
    """Return the draws of chargers of which the meters showed the phases in use: one, or evenly all."""
    found = {}
    for name, known in phases_in_use.items():
        if known.only is None and not known.is_evenly_on_all:
            continue
        state, compared = snapshot.state_of(name), known.compared
        if state.single_a is not None and compared.steady_a is not None:
            steady = largest_difference_a((state.single_a,), compared.steady_a) <= tuning.TOLERANCE_A
            draw_a = state.draw_a if known.only is None else PerPhase.of({known.only: state.single_a})
            found[name] = KnownDraw(draw_a, compared.steady_s if steady else snapshot.now_s)
    return found


def comparable_meters(
    reported: Reported, load: Load, compared: ComparedDraw, meters: PhaseMeters
) -> tuple[PhaseMeters, Collection[str]] | None:
    """Return the meters less the draws of the other known loads behind them, and the names of all that are known.

    None while no comparison counts: a meter is not good, or has not had the time to show the load's steady draw, what
    else has changed, or one of the known draws.
    """
    inside = reported.known_behind(meters.circuit)
    steady_s = max([compared.steady_s, compared.others_s, *[draw.since_s for draw in inside.values()]])
    if not meters.clear or reported.snapshot.now_s - steady_s - meters.oldest_s < meters.answer_s:
        return None
    others = [draw.draw_a for name, draw in inside.items() if name != load.name]
    if others:
        others_a = PerPhase(*[sum([draw_a[phase] or 0.0 for draw_a in others]) for phase in Phase])
        meters = meters._replace(grid_a=others_a.change_to(meters.grid_a))
    return meters, inside


class Commands(NamedTuple):
    """What was commanded while a load's draw is compared with the meters."""

    last_s: float = NEVER_S
    """When the load was last commanded [s since 1970]."""
    are_shown: bool = True
    """Whether the draws show what came of all commands."""
    sent_a: Mapping[str, float] = MappingProxyType({})
    """Load -> what it was sent [A]; "" -> what the sun delivers, 0 while it is unknown."""


class Comparison(NamedTuple):
    """A load's draw compared with the meters."""

    known: ComparedDraw
    """What the next draw is compared with."""
    meters: PhaseMeters | None = None
    """The meters less the other known draws, None until draw and meters have settled."""
    drew_a: tuple[float | None, ...] | None = None
    """The draw before a clear change; None unless it alone has changed since the last comparison."""
    before_a: PerPhase = PerPhase()
    """The meters before that change [A]: the latest, or those of its earlier report where these show none of it."""


def compare_draw(
    reported: Reported,
    load: Load,
    past: ComparedDraw,
    draw_a: Sequence[float | None],
    meters: PhaseMeters,
    commands: Commands,
) -> Comparison:
    """Return a load's present draw compared with the meters, once both have settled and show all commands.

    A draw is a new one if it differs from the steady one by more than `TOLERANCE_A`. Where another load or source has
    changed or is missing since the last comparison, the next one begins anew: the meters show that later than the draws
    do. Until the load is commanded, readings newer than its draw only become the latest ones: they may already show a
    change that it has not reported yet.
    """
    state, now_s = reported.snapshot.loads[load.name], reported.snapshot.now_s
    if past.steady_a is None or largest_difference_a(draw_a, past.steady_a) > tuning.TOLERANCE_A:
        return Comparison(fast_replace(past, steady_a=tuple(draw_a), steady_s=now_s - state.draw_age_s))
    comparable = comparable_meters(reported, load, past, meters)
    if comparable is None:
        return Comparison(past)
    meters, inside = comparable
    sent_a = [a for name, a in commands.sent_a.items() if name != load.name]
    others_a, were_a = (*reported.drawn.excluding(load, inside), *sent_a), past.others_a
    is_alike = len(were_a) == len(others_a) and largest_difference_a(were_a, others_a) <= tuning.TOLERANCE_A
    then_a = past.then_a if is_alike else None
    moved_a = 0.0 if then_a is None else largest_difference_a(then_a, draw_a)
    is_still = then_a is not None and moved_a < tuning.CLEARLY_A
    if not commands.are_shown or (is_still and state.draw_age_s > meters.oldest_s):
        is_before = commands.last_s < past.then_s
        if is_still and (is_before or now_s - meters.newest_s <= past.then_s):
            past = fast_replace(past, latest_a=meters.grid_a, then_s=now_s if is_before else past.then_s)
        return Comparison(past, meters if commands.are_shown else None)
    shown = {"grid_a": meters.grid_a, "latest_a": meters.grid_a, "then_s": now_s, "others_a": others_a}
    if not is_alike:
        return Comparison(fast_replace(past, **shown, then_a=None, others_s=now_s), meters)
    each_a = moved_a / len(load.phases) if state.is_power and len(draw_a) == 1 else moved_a
    before_a = past.latest_a if 2 * largest_difference_a(past.latest_a, meters.grid_a) >= each_a else past.grid_a
    return Comparison(fast_replace(past, **shown, then_a=tuple(draw_a)), meters, None if is_still else then_a, before_a)


def largest_difference_a(one: Sequence[float | None], other: Sequence[float | None]) -> float:
    """Return the largest difference between values of the same place [A]; an unknown one counts as 0."""
    if one == other:
        return 0.0
    return max([abs((a or 0.0) - (b or 0.0)) for a, b in zip(one, other, strict=True)], default=0.0)


def observe_flows(site: Site, snapshot: Snapshot, load: Load, past: PhasesMemory, meters: PhaseMeters) -> PhasesMemory:
    """Return the memory of a three-phase charger's phases after a reading that contains its present draw.

    Once the flow of only one phase has been large enough for the draw for `LASTING_S`, the car uses that phase alone;
    or, if some phase is too small, the one that is doubted and whose overload is over: a car uses one or all.
    Nothing is concluded from a small draw, or about a car that was measured on several phases.
    """
    state = snapshot.loads[load.name]
    if len(load.phases) < len(Phase) or past.on_all or (state.single_a or 0.0) < tuning.CLEARLY_A:
        return past
    draw_a = (state.single_a or 0.0) / (len(load.phases) if state.is_power else 1)
    least_a = (1 - tuning.ALIKE_SHARE) * draw_a - tuning.TOLERANCE_A
    flows_a = _unexplained_a(site, snapshot, load, meters)
    fitting = [phase for phase in load.phases if (flows_a[phase] or 0.0) >= least_a]
    over = snapshot.now_s - past.doubted_s >= tuning.LASTING_S
    if past.only is None and past.doubted in fitting and len(fitting) < len(load.phases) and over:
        fitting = [past.doubted]
    if len(fitting) != 1:
        return replace_if_changed(past, fits_on=None)
    (phase,) = fitting
    if phase is not past.fits_on:
        return fast_replace(past, fits_on=phase, fits_since_s=snapshot.now_s)
    lasts = snapshot.now_s - past.fits_since_s >= tuning.LASTING_S
    return fast_replace(past, only=phase, vote=phase, votes=tuning.KNOWN_TIMES) if lasts else past


def drop_phase_too_small(load: Load, state: LoadState, past: PhasesMemory, now_s: float) -> PhasesMemory:
    """Return the memory with all phases in place of the only one, if the load's power is more than one can carry.

    That is `ALIKE_SHARE` above its maximum, or above what its device offers if that is more, for `LASTING_S`: a car
    may follow a lower limit late.
    """
    most_a = (1 + tuning.ALIKE_SHARE) * max(load.max_a, state.offer_a or 0.0)
    is_excess = past.only is not None and state.is_power and (state.single_a or 0.0) > most_a
    excess_s = since(past.excess_s, is_excess, now_s)
    if excess_s is None or now_s - excess_s < tuning.LASTING_S:
        return replace_if_changed(past, excess_s=excess_s)
    return fast_replace(past, only=None, votes=0, on_all=max(past.on_all, 1), excess_s=None)


def _unexplained_a(site: Site, snapshot: Snapshot, load: Load, meters: PhaseMeters) -> PerPhase:
    """Return the most that house and load draw on each phase together [A]: the flow less what switched loads draw.

    Also what own production may deliver flows to them.
    """
    battery_w = [snapshot.battery(at).charge_w.last for at in range(len(site.batteries))]
    given_a = own_production_a(site, snapshot, battery_w, meters.circuit) or {}
    flows_a = {phase: (meters.grid_a[phase] or 0.0) + given_a.get(phase, 0.0) for phase in load.phases}
    for phase in load.phases:
        others = [site.by_name[name] for name in site.behind.get((meters.circuit, phase), ()) if name != load.name]
        states = [snapshot.state_of(other.name) for other in others if other.is_switched]
        flows_a[phase] -= sum([state.draw_a[phase] or 0.0 for state in states])
    return PerPhase.of(flows_a)
