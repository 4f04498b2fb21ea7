"""`quasar`: a bidirectional charger behind its guard. What that sees looks like states, for the driver; each decision
of the allocation reaches the guards.

The guard keeps the limits itself, so there are no calls. Nothing is known of a Quasar whose guard does not run: it is
left alone and counts as part of the house.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Protocol

from ... import tuning
from ...config.read_config import Plan
from ...control.data_quality import DataQuality, data_quality
from ...control.limits.power_range import PowerRange, QuasarStatus, free_w, power_range_of
from ...model.decision import Decision
from ...model.electrics import PerPhase, amps, ceil_to_step
from ...model.load import QUASAR_LEAST_W, Load
from ...model.messages.message import message
from ...model.readings import LinkState, View
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot, Status
from ...runtime.store import STORE
from ..driver import Driver, no_calls

STATES = {
    "0": Status.UNPLUGGED,
    "1": Status.CHARGING,
    "2": Status.CONNECTED,
    "3": Status.CONNECTED,
    "4": Status.PAUSED,
    "5": Status.CONNECTED,
    "6": Status.UNPLUGGED,
    "7": Status.FAULT,
    "8": Status.CONNECTED,
    "9": Status.FAULT,
    "10": Status.CONNECTED,
    "11": Status.CHARGING,
}
"""What the charger's own state register says."""


def link_entity(load: str, what: str) -> str:
    """Where the guard tells `power`, `request`, `offer` [W, + charging] or `state`, in the shape of an entity."""
    return f"quasar.{load.lower()}_{what}"


def entities(load: Load) -> tuple[str, ...]:
    """The guard's own."""
    return tuple(link_entity(load.name, what) for what in ("power", "request", "offer", "state"))


def read(load: Load, view: View, voltage_v: float) -> LoadState:
    """A draw below zero flows out. While it is asked to give, or has no car, it takes no part in what there is to take.

    One that nobody asks for anything keeps its offer as any other charger whose car does not draw.
    """
    power, request, offer, state = entities(load)
    power_w, request_w, offer_w = view.number(power), view.number(request), view.number(offer)
    if offer_w is None or power_w is None:
        # Without a guard nothing here steers it, and nothing is wrong with it.
        return LoadState(available=False, left_alone=view.raw(offer) is None)
    seen, raw = STATES.get(view.word(state) or "", Status.UNKNOWN), view.raw(power)
    least_a = ceil_to_step(amps(QUASAR_LEAST_W, voltage_v), load.step_a)
    wanted_w = request_w or 0.0
    most_a = ceil_to_step(amps(wanted_w, voltage_v), load.step_a)
    return LoadState(
        draw_a=PerPhase.each(load.phases, amps(power_w, voltage_v)),
        draw_age_s=0.0 if raw is None else max(view.now_s - raw.last_reported.timestamp(), 0.0),
        offer_a=amps(offer_w, voltage_v),
        status=seen,
        can_use_power=wanted_w >= 0 and seen not in (Status.UNPLUGGED, Status.FAULT),
        device_min_a=least_a,
        device_max_a=max(most_a, least_a) if wanted_w > 0 else None,
    )


QUASAR = Driver(entities, read, no_calls)


UNDER_WAY: set[asyncio.Future[None]] = set()
"""What is being handed over: a task that nobody holds may be lost."""


class Guards(Protocol):
    """The guards in force, whoever has made them."""

    def states(self) -> Mapping[str, LinkState]:
        """What they see, by the driver's names."""

    def shown(self) -> Mapping[str, QuasarStatus]:
        """What the entity of each load tells."""

    async def run(self, now_s: float) -> None:
        """Look at meters and chargers, and have the limits kept."""

    async def allocated(self, now_s: float, power_ranges: Mapping[str, PowerRange]) -> None:
        """What the allocation leaves each load."""


def _guards() -> Guards | None:
    found: Guards | None = STORE.get("quasar_guards")
    return found


class QuasarLink:
    """The guards' states beside Home Assistant's. They are kept by a script of their own."""

    def __init__(self) -> None:
        self.problems: tuple[str, ...] = ()
        self._seen: dict[str, str] = {}

    @property
    def states(self) -> Mapping[str, LinkState]:
        """The guards' states as they are at the moment of looking."""
        guards = _guards()
        return {} if guards is None else guards.states()

    @classmethod
    def maker(cls, plan: Plan) -> Callable[[], QuasarLink] | None:
        """What makes the link, None where no Quasar is part of a site."""
        return partial(cls) if plan.has_site and plan.loads_of("quasar") else None

    async def start(self) -> None:
        """Nothing to open."""

    async def stop(self) -> None:
        """Nothing to close."""

    async def poll(self, now_s: float) -> bool:
        """Whether anything has changed since the last time."""
        before, self._seen = self._seen, {entity: str(state) for entity, state in self.states.items()}
        return self._seen != before

    async def join(self, now_s: float) -> None:
        """A charger that turns round moves its phase by twice its power: a meter that shows it needs its new power."""
        guards = _guards()
        if guards is not None:
            await _waited_for(guards.run(now_s))


def power_ranges_of(site: Site, snapshot: Snapshot, decision: Decision) -> dict[str, PowerRange]:
    """The power range of each Quasar of the site, by this decision."""
    loads = [load for load in site.loads if load.type == "quasar"]
    seen = data_quality(site, snapshot) if loads else {}
    return {
        load.name: power_range_of(
            site,
            decision.ceilings,
            load,
            decision.memory.loads[load.name].setpoint_a,
            seen.get(load.name, DataQuality.STALE),
        )
        for load in loads
    }


async def hand_over(site: Site, snapshot: Snapshot, decision: Decision) -> Mapping[str, QuasarStatus]:
    """Have the guards keep what this decision leaves them; gives what the entity of each Quasar tells.

    A slow charger does not keep the other loads waiting.
    """
    guards, power_ranges = _guards(), power_ranges_of(site, snapshot, decision)
    loads = [load for load in site.loads if load.name in power_ranges]
    left_alone = message("quasar_left_alone")
    shown = {
        load.name: QuasarStatus(free_w(site, decision.ceilings, load), left_alone, guarded=False) for load in loads
    }
    if guards is None or not power_ranges:
        return shown
    await _waited_for(guards.allocated(snapshot.now_s, power_ranges))
    return {**shown, **{name: told for name, told in guards.shown().items() if name in power_ranges}}


async def _waited_for(work: Coroutine[object, object, None]) -> None:
    """Done soon, or beside what follows."""
    task = asyncio.ensure_future(work)
    UNDER_WAY.add(task)
    task.add_done_callback(UNDER_WAY.discard)
    await asyncio.wait([task], timeout=tuning.CALLS_WAIT_S)
