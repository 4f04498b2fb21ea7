"""Which phase carries a car's draw, from the size of the currents: a phase with 2 A of import cannot carry 10 A. Pure.

The changes of a draw show it sooner, but only where the meter reports them at the same moment as the draw.
"""

from __future__ import annotations

from typing import NamedTuple

from ... import tuning
from ...model.durations import since
from ...model.electrics import PerPhase, Phase
from ...model.load import Load
from ...model.phases_memory import PhasesMemory
from ...model.records import fast_replace, replace_if_changed
from ...model.site import Site
from ...model.snapshot import NEVER, LoadState, Snapshot
from ..data_quality import DataQuality, reading_quality
from .production import own_production_a


class PhaseMeters(NamedTuple):
    """The meter readings of all phases of a circuit."""

    circuit: str
    """Its name."""
    grid_a: PerPhase
    """The values [A]."""
    delivered_a: PerPhase
    """The most that own production delivers [A]."""
    clear: bool
    """Whether all are good."""
    oldest_s: float
    """The age of the oldest [s]."""
    answer_s: float
    """How long after a change all of them have shown it [s]."""


def read_phase_meters(site: Site, snapshot: Snapshot, circuit: str, phases: tuple[Phase, ...]) -> PhaseMeters | None:
    """Return the readings of the nearest circuit, this one or one above, that meters all of these phases; else None.

    Values of phases outside `phases` are None. Meters that report each change in time answer after `QUICK_S`, others
    after `LASTING_S`.
    """
    meters = next((c for c in site.above(circuit) if all(phase in c.grid for phase in phases)), None)
    if meters is None:
        return None
    readings = {phase: snapshot.grid_a.get(meters.name, {}).get(phase, NEVER) for phase in phases}
    battery_w = [snapshot.battery(at).charge_w.last for at in range(len(site.batteries))]
    given_a = own_production_a(site, snapshot, battery_w, meters.name) or {}
    beats = all(meters.grid[phase].heartbeat for phase in phases)
    return PhaseMeters(
        meters.name,
        PerPhase.of({phase: reading.value for phase, reading in readings.items()}),
        PerPhase.of({phase: given_a.get(phase, 0.0) for phase in phases}),
        all(reading_quality(site, reading) is DataQuality.GOOD for reading in readings.values()),
        max(reading.age_s for reading in readings.values()),
        tuning.QUICK_S if beats else tuning.LASTING_S,
    )


def observe_flows(site: Site, snapshot: Snapshot, load: Load, past: PhasesMemory, meters: PhaseMeters) -> PhasesMemory:
    """Return the memory of a three-phase charger's phases after a reading that contains its present draw.

    Once the flow of only one phase has been large enough for the draw for `LASTING_S`, the car uses that phase alone.
    Nothing is concluded from a small draw, or about a car that was measured on several phases.
    """
    state = snapshot.loads[load.name]
    if len(load.phases) < len(Phase) or past.on_all or (state.single_a or 0.0) < tuning.CLEARLY_A:
        return past
    draw_a = (state.single_a or 0.0) / (len(load.phases) if state.is_power else 1)
    least_a = (1 - tuning.ALIKE_SHARE) * draw_a - tuning.TOLERANCE_A
    fitting = [phase for phase in load.phases if _unexplained_a(site, snapshot, load, meters, phase) >= least_a]
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


def _unexplained_a(site: Site, snapshot: Snapshot, load: Load, meters: PhaseMeters, phase: Phase) -> float:
    """Return the most that house and load draw on a phase together [A]: the flow less what switched loads draw."""
    flow_a = (meters.grid_a[phase] or 0.0) + (meters.delivered_a[phase] or 0.0)
    others = [site.by_name[name] for name in site.behind.get((meters.circuit, phase), ()) if name != load.name]
    states = [snapshot.loads.get(other.name) for other in others if other.is_switched]
    return flow_a - sum([state.draw_a[phase] or 0.0 for state in states if state is not None])
