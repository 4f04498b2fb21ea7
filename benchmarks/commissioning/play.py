"""Play one house with the production logic and without the host, as `benchmarks.direct` does for evenings."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from benchmarks.direct import Direct, plain_call
from benchmarks.scenes.direct_play import SEES, THINKS, hash_of_code
from fusebox import tuning
from fusebox.balancer.commissioning import Commissioning
from fusebox.balancer.plans.battery_calls import BatteryMode, normal_values, order_values
from fusebox.balancer.plans.battery_request import choose_battery_requests
from fusebox.balancer.plans.inputs import StepResult
from fusebox.balancer.plans.loan import set_call
from fusebox.control.control import step
from fusebox.model.decision import Decision
from fusebox.model.site import Site
from fusebox.model.snapshot import Snapshot
from simhouse.commission.faults import PlantedHouse
from simhouse.house.house import Instant
from simhouse.physics.wiring import MAIN

from .houses import CALLS, QUIET_S, TEST_S, TESTS, faults_in, house_with_faults
from .judging import Outcome, is_alternative, is_reported, lines_of

LEAST_A = {"number": 6.0}
"""Load type -> minimum current while on [A]; other types are switched off."""
BEFORE_S = 10
"""For this long after a test has begun, loads may still draw as before [s]."""


class FuseboxUnderTest(Direct):
    """The production logic with a test that sets requests."""

    def __init__(self, config: Mapping[str, Any], start: datetime) -> None:
        super().__init__(config, start)
        self.commissioning = Commissioning()
        self.last: StepResult | None = None
        self._battery = BatteryMode.NORMAL

    async def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return the calls of a second, those to the battery among them."""
        reply = await super().line(message)
        return {**reply, "calls": [*reply["calls"], *self._battery_calls(message["t"])]}

    def _battery_calls(self, t_s: int) -> list[dict[str, Any]]:
        """Return the calls that bring the battery to its order, as often as the scripts look at it."""
        if t_s % tuning.SHOWN_S or self.last is None or not self._site.batteries:
            return []
        site = self.commissioning.site_with_request(self._site, self._site)
        (request,) = choose_battery_requests(site, self.last.snapshot, self.memory, (), 0.0, ())
        if request.mode is self._battery:
            return []
        self._battery = request.mode
        orders = site.batteries[0].orders
        values = {**normal_values(orders), **order_values(orders, request)}
        return [plain_call(set_call(*each)) for each in values.items()]

    def decided(self, snapshot: Snapshot) -> tuple[Site, Decision]:
        """Advance the test; return the site with its requests, and the decision. `last`: what was decided on."""
        site = self.commissioning.site_with_request(self._site, self._site)
        decision = step(site, snapshot, self.commissioning.undo_test_in_memory(self.memory))
        self.commissioning.advance(self._site, snapshot, decision)
        self.last = StepResult(self._site, site, snapshot, decision)
        return site, decision

    def begin_test(self) -> bool:
        """Begin a test of all loads; return False when it is refused."""
        if self.last is None:
            return False
        chosen = [load.name for load in self._site.loads]
        try:
            self.commissioning.plan(self.last, chosen, named=False)
        except ValueError:
            return False
        self.commissioning.begin(self.last, chosen, named=False)
        return True


def key_of(seed: int) -> str:
    """Return an identifier of this house with this code."""
    return f"{hash_of_code(*SEES, *THINKS, 'benchmarks/commissioning')}:{seed}"


def play(seed: int) -> dict[str, Any]:
    """Test one house; return its outcome as a row."""
    return asyncio.run(_play_house(seed))._asdict()


async def _play_house(seed: int) -> Outcome:
    planted, house, start, roof = house_with_faults(seed)
    house_s = trips = took_s = calls = whole = began_s = 0
    over_s, watched = 0, list[int]()
    async with FuseboxUnderTest(planted.config, start) as host:
        test = host.commissioning
        for t_s in range(QUIET_S + CALLS * TEST_S):
            reply = await host.line({"t": t_s, "states": planted.shown(roof.reported(house.step(t_s), t_s), t_s)})
            house.apply(reply["calls"], t_s)
            if test.is_running and house.now is not None:
                ours = _is_overloaded_by_loads(planted, house.now)
                if t_s - began_s > BEFORE_S:
                    watched.append(t_s)
                    over_s += ours is True
                house_s += ours is False
                trips += len(house.now.trips)
                took_s += 1
            if test.state == "done" and (not test.test.unsure or whole == TESTS - 1):
                break
            if (t_s - QUIET_S) % TEST_S == 0:
                whole += test.state == "done"
                began_s = t_s
                calls += host.begin_test()
    told = lines_of(test.report)
    found = tuple(line for line in planted.expected if is_reported(line, told))
    missed = tuple(line for line in planted.expected if line not in found)
    accused = tuple(line for line in told if not any(is_reported(each, [line]) for each in planted.expected))
    either = tuple(line for line in accused if is_alternative(line, test.report))
    told_of = (tuple(faults_in(seed)), found, missed, accused, either, test.test.unsure)
    plain_s = await _overload_without_test_s(seed, watched) if over_s else 0
    return Outcome(
        key_of(seed),
        seed,
        *told_of,
        test.state,
        test.test.reason,
        took_s,
        calls,
        over_s,
        house_s,
        plain_s,
        trips,
        roof.kind,
    )


async def _overload_without_test_s(seed: int, watched: Sequence[int]) -> int:
    """Return how long fuses are above their ratings in these seconds without a test [s]."""
    planted, house, start, roof = house_with_faults(seed)
    over_s, seconds = 0, frozenset(watched)
    async with Direct(planted.config, start) as host:
        for t_s in range(max(watched) + 1):
            reply = await host.line({"t": t_s, "states": planted.shown(roof.reported(house.step(t_s), t_s), t_s)})
            house.apply(reply["calls"], t_s)
            if t_s in seconds and house.now is not None:
                over_s += _is_overloaded_by_loads(planted, house.now) is not None
    return over_s


def _is_overloaded_by_loads(planted: PlantedHouse, now: Instant) -> bool | None:
    """Return whether a fuse is overloaded that would not be if all loads were at their minimum.

    None when no fuse is overloaded.
    """
    site, loads = planted.config["site"], planted.real["loads"]
    fuses = {name: entry["fuse_a"] for name, entry in (site.get("circuits") or {}).items()} | {
        MAIN: site["main_fuse_a"]
    }
    over = None
    for name, fuse_a in fuses.items():
        inside = {load: entry for load, entry in loads.items() if name == MAIN or entry.get("circuit") == name}
        for phase in now.net_a:
            house_a = now.base_a[phase] if name == MAIN else 0.0
            drawn_a = {load: now.loads_a[load].get(phase, 0.0) for load in inside}
            least_a = {load: min(a, LEAST_A.get(inside[load]["type"], 0.0)) for load, a in drawn_a.items()}
            if house_a + sum(drawn_a.values()) > fuse_a:
                over = over or house_a + sum(least_a.values()) <= fuse_a
    return over
