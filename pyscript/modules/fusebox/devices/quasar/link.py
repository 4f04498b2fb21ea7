"""Between the guards and the allocation: what a guard sees looks like states, and each decision reaches the guards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from functools import partial
from typing import Protocol

from ... import tuning
from ...config.read_config import Plan
from ...control.data_quality import DataQuality, data_quality
from ...control.limits.power_range import PowerRange, QuasarStatus, free_w, power_range_of
from ...model.decision import Decision
from ...model.readings import LinkState
from ...model.site import Site
from ...model.snapshot import Snapshot
from ...runtime.store import STORE

UNDER_WAY: set[asyncio.Future[None]] = set()
"""What is being handed over: a task that nobody holds may be lost."""

LEFT_ALONE = "its guard does not run: it is left alone and counts as part of the house"


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


class GuardStates(Mapping[str, LinkState]):
    """The guards' states as they are at the moment of looking."""

    def __getitem__(self, entity: str) -> LinkState:
        """One of them."""
        return self._now()[entity]

    def __iter__(self) -> Iterator[str]:
        """Their names."""
        return iter(self._now())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._now())

    def _now(self) -> Mapping[str, LinkState]:
        guards = _guards()
        return {} if guards is None else guards.states()


class QuasarLink:
    """The guards' states beside Home Assistant's. They are kept by a script of their own."""

    def __init__(self) -> None:
        self.problem = ""
        self._seen: dict[str, str] = {}
        self.states: Mapping[str, LinkState] = GuardStates()

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
    shown = {
        load.name: QuasarStatus(free_w(site, decision.ceilings, load), LEFT_ALONE, guarded=False) for load in loads
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
