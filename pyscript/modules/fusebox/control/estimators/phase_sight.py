"""What one step reveals about a load whose phases may be switched. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ... import tuning
from ...model.load import Load, PhaseSwitching
from ...model.load_memory import LoadMemory
from ...model.phases_memory import PhasesMemory, PhaseSwitchMemory
from ...model.site import Site
from ...model.snapshot import NEVER, LoadState, Snapshot, Status

STOPPED = frozenset({Status.UNPLUGGED, Status.CONNECTED, Status.PAUSED, Status.SUSPENDED_CAR, Status.FULL})
"""Charger statuses in which no current flows."""


@dataclass(frozen=True, slots=True)
class LoadSight:
    """What one step reveals about a load that may be switched."""

    load: Load
    switching: PhaseSwitching
    state: LoadState
    past: LoadMemory
    phases: PhasesMemory
    now_s: float
    adds_to_overload: bool
    """The result of the function of this name, for a load that counts on one phase."""

    @property
    def all_phase_count(self) -> int:
        """The number of its phases."""
        return len(self.switching.phases)

    @property
    def drawn_a(self) -> float | None:
        """Its highest draw on any phase [A], None without a sensor."""
        return self.state.draw_a.highest

    @property
    def may_flow_a(self) -> float | None:
        """The most that may flow on one phase [A]; a single sensor's whole value may be on one.

        None without a sensor.
        """
        return self.drawn_a if self.state.single_a is None else self.state.single_a

    @property
    def is_drawing(self) -> bool:
        """Whether it draws current; by its status where no sensor measures that."""
        if self.drawn_a is not None:
            return self.drawn_a >= tuning.TOLERANCE_A
        return self.state.status is Status.CHARGING

    @property
    def reported_s(self) -> float:
        """When the draw was reported [s since 1970]."""
        return self.now_s - self.state.draw_age_s

    @property
    def is_off(self) -> bool:
        """Whether its device offers nothing: displayed, or sent where it does not display its switch."""
        return self.state.is_off or (self.state.on_hidden and self.past.command.sent_on is False)

    @property
    def is_idle(self) -> bool:
        """Whether it draws nothing and has no status that says whether a car is connected."""
        return self.state.status is Status.UNKNOWN and self.may_flow_a is not None and not self.is_drawing


def measured_phase_count(sight: LoadSight) -> int | None:
    """Return how many phases it draws on: 1, or all for more than one; None while it does not draw or that is unknown.

    By its sensors of each phase, else the device's own count, its power compared with its offer, or the meters. Power
    and offer say nothing within `FOLLOW_S` of a setpoint change.
    """
    state, load = sight.state, sight.load
    drawn_a = [state.draw_a[phase] for phase in load.phases]
    if not sight.is_drawing:
        return None
    if state.single_a is None and None not in drawn_a:
        using = sum((a or 0.0) > tuning.DRAWS_A for a in drawn_a)
    elif state.phases_drawing is not None:
        using = state.phases_drawing
    elif state.is_power and state.single_a is not None and state.offer_a:
        # More than the offer cannot be on one phase; but a recent cut may not have been followed yet.
        if sight.reported_s - sight.past.timing.changed_s < tuning.FOLLOW_S:
            return None
        using = 1 if state.single_a <= state.offer_a * (1 + tuning.ALIKE_SHARE) else sight.all_phase_count
    elif sight.phases.only is not None:
        using = 1
    else:
        using = sight.all_phase_count if sight.phases.is_surely_on_all else 0
    return None if using == 0 else 1 if using == 1 else sight.all_phase_count


def adds_to_overload(site: Site, snapshot: Snapshot, load: Load, past: PhaseSwitchMemory) -> bool:
    """Return whether a load counted on one phase seems to draw on others too, one of which is over its fuse's rating.

    That is so when the currents on all of these have risen by about the load's draw since it last offered nothing.
    Without a draw sensor its minimum counts. A rise on only some of them reveals nothing; unknown phases do not count.
    """
    state = snapshot.loads[load.name]
    adds_a = load.min_a if state.draw_a.highest is None else state.draw_a.highest
    for circuit in site.above(load.circuit):
        now, off = snapshot.grid_a.get(circuit.name, {}), past.off_grid_a.get(circuit.name, {})
        flows_a = [(now.get(phase, NEVER).last, off.get(phase, NEVER).last) for phase in load.phases[1:]]
        known_a = [(now_a, off_a) for now_a, off_a in flows_a if now_a is not None and off_a is not None]
        is_over = any(now_a > circuit.fuse_a for now_a, _ in known_a)
        if is_over and all(now_a - off_a >= adds_a * (1 - tuning.ALIKE_SHARE) for now_a, off_a in known_a):
            return True
    return False
