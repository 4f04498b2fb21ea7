"""What each load draws now: measured where there is a sensor, assumed on the safe side where there is none."""

from __future__ import annotations

from collections.abc import Mapping

from .electrics import PerPhase
from .site import MAIN, Load, Site
from .snapshot import NEVER, LoadState, Snapshot, Status


def counted_draws(site: Site, snapshot: Snapshot) -> Mapping[str, PerPhase]:
    """Load name -> amps a phase [A] that the load is counted with; None on phases it does not use.

    Without a sensor a load that is seen on counts with its rating, a charger with the current it offers. Where nothing
    generates, a load cannot draw more on a phase than the meter shows there: a one-phase car on a three-phase box.
    """
    main = {} if site.has_generation else snapshot.grid_a.get(MAIN, {})
    counted = {}
    for load in site.loads:
        state = snapshot.loads.get(load.name) or LoadState()
        assumed_a = assumed_draw_a(load, state)
        draws: list[float | None] = [None, None, None]
        for phase in load.phases:
            measured_a = state.draw_a[phase]
            draw_a = assumed_a if measured_a is None else measured_a
            meter_a = main.get(phase, NEVER).last
            draws[phase] = draw_a if meter_a is None else min(draw_a, max(meter_a, 0.0))
        counted[load.name] = PerPhase(*draws)
    return counted


def assumed_draw_a(load: Load, state: LoadState) -> float:
    """Amps a phase that a load without a draw sensor counts with [A]."""
    if state.on is False or not state.takes_part:
        return 0.0
    if load.on_off:
        return load.max_a if state.on else 0.0
    if state.status in (Status.CHARGING, Status.UNKNOWN):
        return load.max_a if state.offer_a is None else state.offer_a
    return 0.0
