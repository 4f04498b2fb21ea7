"""The present currents, as input of every source of ceilings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.electrics import Phase
from ...model.load import Load
from ...model.memory import Memory
from ...model.phases_memory import NEW_PHASES
from ...model.site import Site
from ...model.snapshot import Snapshot
from ..estimators.draws import Draws, SteerableDraws, compute_draws, sum_steerable_draws
from ..estimators.usage import part_of_rating_to_reserve
from .supply import Supply, compute_supply


class Flows(NamedTuple):
    """The instant, the draw of each load, and what follows from that for the main fuse and own production."""

    site: Site
    snapshot: Snapshot
    memory: Memory
    draws: Mapping[str, Draws]
    """Load name -> its draw."""
    drawn_on: SteerableDraws
    """The draws of all loads, summed over chosen phases."""
    main: Mapping[Phase, Ceiling] = MappingProxyType({})
    """Phase -> the ceiling of the main fuse."""
    supply: Supply | None = None
    """What the site's own production leaves, None where the site generates nothing."""
    parts: Mapping[str, float] = MappingProxyType({})
    """Load -> share of its rating that it takes from an energy budget (0 to 1), for loads that use less than all."""
    expected: tuple[Phase | None, ...] = ()
    """For each load the only phase on which a car that draws nothing yet takes from an energy budget, None for all;
    empty where none has one."""

    def ceiling(self, name: str, cause: str, phases: tuple[Phase, ...], **values: Any) -> Ceiling:
        """Return a ceiling of all loads on these phases: their weights and draws, known and as new as the main meter.

        Without a meter of its own (`metered` False) it is known, as of now. Its headroom is its rating less what is
        used of it. `values`: its other fields, and those that differ.
        """
        site, main = self.site, [self.main[phase] for phase in phases if phase in self.main]
        reported_s = max((fuse.reported_s for fuse in main), default=float("-inf"))
        is_metered = values.get("metered", True)
        usual: dict[str, Any] = {
            "headroom_a": values["rating_a"] - values.get("used_a", 0.0),
            "weights": site.phase_weights[phases],
            "drawn_a": self.drawn_on(phases),
            "known": not is_metered or all(fuse.known for fuse in main),
            "reported_s": reported_s if is_metered else self.snapshot.now_s,
        }
        return Ceiling(name=name, cause=cause, phases=phases, voltage_v=site.voltage_v, **{**usual, **values})


def compute_flows(site: Site, snapshot: Snapshot, memory: Memory) -> Flows:
    """Return the flows with the loads' draws; main fuse and supply are added by `with_supply`."""
    flows_a = memory.flows[-1][1] if memory.flows else {}
    draws = compute_draws(site, snapshot, memory.loads, flows_a, memory.readings)
    return Flows(site, snapshot, memory, draws, sum_steerable_draws(site, draws))


def with_supply(flows: Flows, main: Mapping[Phase, Ceiling]) -> Flows:
    """Return the flows with the main fuse's ceilings; with generation, also with the supply and the used ratings."""
    site, snapshot, memory = flows.site, flows.snapshot, flows.memory
    if not site.has_generation:
        return flows._replace(main=main)
    supply = compute_supply(site, snapshot, memory.batteries, main, flows.drawn_on)
    known = [(load, memory.loads[load.name]) for load in site.loads if load.name in memory.loads]
    shares = {load.name: part_of_rating_to_reserve(load, past, snapshot.now_s) for load, past in known}
    parts = {name: share for name, share in shares.items() if share < 1.0}
    expected = tuple([_expected_phase(flows, load) for load in site.loads])
    if expected.count(None) == len(expected):
        expected = ()
    return flows._replace(main=main, supply=supply, parts=parts, expected=expected)


def _expected_phase(flows: Flows, load: Load) -> Phase | None:
    """Return the only phase that a load's car is expected to use; None for all.

    That of the car before it, if it used one. If nothing is known of either, the first is tried once the car has drawn
    nothing for `TRY_ONE_PHASE_S`: sun that is too little for all may be enough for one, and the draw shows which it
    uses. Only while it draws nothing and has not been seen on several phases, and not for a charger that switches them.
    """
    past = flows.memory.phases_in_use.get(load.name, NEW_PHASES)
    if past.on_all or load.switching is not None or load.on_off:
        return None
    phase, draw_a = past.last_car, flows.snapshot.state_of(load.name).draw_a.highest
    is_known = past.last_on_all or past.unclear or load.vehicle.phases is not None
    if phase is None and draw_a is not None and past.compared.steady_a is not None and not is_known:
        has_waited = flows.snapshot.now_s - past.compared.steady_s >= tuning.TRY_ONE_PHASE_S
        phase = load.phases[0] if has_waited else None
    return phase if phase in load.phases and (draw_a or 0.0) < tuning.DRAWS_A else None
