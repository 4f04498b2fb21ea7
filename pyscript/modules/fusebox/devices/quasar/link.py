"""Driver and link of `quasar`: a bidirectional charger behind its guard. The guard's readings look like states.

Each decision of the allocation goes to the guards. The guard enforces the limits itself, so there are no calls. A
Quasar without a running guard is unknown: it is not controlled and counts as part of the house.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any

from ... import tuning
from ...config.config import Config
from ...control.limits.power_range import PowerRange, QuasarStatus, compute_power_range, free_charging_power_w
from ...model.data_quality import DataQuality, quality_by_load
from ...model.decision import Decision
from ...model.electrics import PerPhase, amps, ceil_to_step
from ...model.load import QUASAR_LEAST_W, Load
from ...model.messages.message import message
from ...model.readings import LinkState, View
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot, Status
from ...runtime.store import STORE
from ...runtime.tasks import Tasks
from ..driver import Driver
from .controller import link_entity
from .guards import Guards
from .registers import STATES


def watched_entities(load: Load) -> tuple[str, ...]:
    """Return the entities to watch: the guard's own."""
    return tuple(link_entity(load.name, what) for what in ("power", "request", "offer", "state"))


def read_state(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return a Quasar's state; a negative draw flows out. While it should give, or has no car, it draws nothing.

    Unavailable while its power or offer is unknown, as without a guard. Without a request it keeps its offer, like any
    other charger whose car does not draw.
    """
    power, request, offer, state = watched_entities(load)
    power_w, request_w, offer_w = view.number(power), view.number(request), view.number(offer)
    if offer_w is None or power_w is None:
        if view.raw(offer) is None:
            # Without a guard it is not controlled, and that is no fault.
            return LoadState(available=False, left_alone=True)
        return LoadState(available=False, note=message("quasar_unanswered"))
    status = STATES.get(view.word(state) or "", Status.UNKNOWN)
    least_a = ceil_to_step(amps(QUASAR_LEAST_W, voltage_v), load.step_a)
    requested_w, has_car = request_w or 0.0, status not in (Status.UNPLUGGED, Status.FAULT)
    most_a = ceil_to_step(amps(requested_w, voltage_v), load.step_a)
    return LoadState(
        draw_a=PerPhase.each(load.phases, amps(power_w, voltage_v)),
        draw_age_s=max(view.now_s - view.reported_s(power), 0.0),
        offer_a=amps(offer_w, voltage_v),
        status=status,
        can_use_power=has_car and requested_w >= 0,
        idle_reason=message("asked_to_discharge") if has_car and requested_w < 0 else "",
        device_min_a=least_a,
        device_max_a=max(most_a, least_a) if requested_w > 0 else None,
    )


QUASAR = Driver(watched_entities, read_state)


RUNS = Tasks()
"""Runs of the guards that were started here."""


def _active_guards() -> Guards | None:
    """Return the guards of the active guarding script, None for none."""
    found: Guards | None = STORE.get("quasar_guards")
    return found


class QuasarLink:
    """Provides the guards' states besides Home Assistant's. A script of their own runs the guards."""

    def __init__(self) -> None:
        self.problems: tuple[str, ...] = ()
        self._seen: dict[str, str] = {}

    @property
    def states(self) -> Mapping[str, LinkState]:
        """The guards' present states."""
        guards = _active_guards()
        return {} if guards is None else guards.states()

    @classmethod
    def for_config(cls, config: Config) -> QuasarLink | None:
        """Return a new link, None when no Quasar is part of a site."""
        return cls() if config.has_site and config.loads_of("quasar") else None

    async def start(self) -> None:
        """Do nothing: there is nothing to open."""

    async def stop(self) -> None:
        """Do nothing: there is nothing to close."""

    async def poll(self, now_s: float) -> bool:
        """Return whether any state has changed since the last poll, and remember the present ones for the next."""
        before, self._seen = self._seen, {entity: str(state) for entity, state in self.states.items()}
        return self._seen != before

    async def read_with_meters(self, now_s: float) -> None:
        """Run the guards now, if any run, and wait for them for a short time.

        A charger that reverses moves its phase by twice its power, which must be known.
        """
        guards = _active_guards()
        if guards is not None:
            await _wait_then_leave_running(guards.run(now_s))


def decide_power_ranges(site: Site, snapshot: Snapshot, decision: Decision) -> dict[str, PowerRange]:
    """Return load -> power range of each Quasar of the site in this decision; 0 to 0 W without recent readings.

    Each goes before those of a later priority: if all counted one another's draw, all would stop when one has to.
    Empty without a Quasar.
    """
    loads = sorted((load for load in site.loads if load.type == "quasar"), key=lambda load: load.priority)
    quality = quality_by_load(site, snapshot) if loads else {}
    found = {}
    for place, load in enumerate(loads):
        later = [each.name for each in loads[place + 1 :]]
        setpoint_a, known = decision.memory.loads[load.name].setpoint_a, quality.get(load.name, DataQuality.STALE)
        found[load.name] = compute_power_range(site, decision.ceilings, load, setpoint_a, known, giving_way=later)
    return found


async def send_power_ranges(site: Site, snapshot: Snapshot, decision: Decision) -> Mapping[str, QuasarStatus]:
    """Send this decision's power ranges to the guards; return load -> status for each Quasar's entity.

    It waits for them for a short time only, so that a slow charger does not delay the other loads. A Quasar without a
    guard is published as left alone.
    """
    guards, power_ranges = _active_guards(), decide_power_ranges(site, snapshot, decision)
    loads = [load for load in site.loads if load.name in power_ranges]
    left_alone = message("quasar_left_alone")
    statuses = {
        load.name: QuasarStatus(free_charging_power_w(site, decision.ceilings, load), left_alone, guarded=False)
        for load in loads
    }
    if guards is None or not power_ranges:
        return statuses
    await _wait_then_leave_running(guards.enforce_allocation(snapshot.now_s, power_ranges))
    return {**statuses, **{name: status for name, status in guards.statuses().items() if name in power_ranges}}


async def _wait_then_leave_running(work: Coroutine[Any, Any, None]) -> None:
    """Wait for some work for at most `CALLS_WAIT_S`; if it takes longer, it goes on in the background.

    What it raises is not raised here.
    """
    await asyncio.wait([RUNS.spawn(work)], timeout=tuning.CALLS_WAIT_S)
