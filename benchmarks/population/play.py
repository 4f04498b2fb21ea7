"""Play one hour of one controller in one home."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from functools import lru_cache, partial
from typing import Any, NamedTuple

from benchmarks.peers.contract import Peer
from benchmarks.peers.evse_balancer import EvseBalancer
from benchmarks.peers.load_juggler import LoadJuggler
from benchmarks.peers.naive import Naive
from benchmarks.peers.sixty_lines import SixtyLines
from simhouse.house.house import House, Instant
from simhouse.house.run import AnyHost, Watcher, run
from simhouse.population.draw import draw_home
from simhouse.population.home import Home
from simhouse.population.world import home_config, home_house

from .bound import possible_kwh
from .direct_home import DirectHome
from .row import Tally

FUSEBOX, ALONE = "Fusebox", "house alone"
WINDOWS_S = (10, 30, 60, 120, 300, 600)
PEERS: Mapping[str, Callable[[Mapping[str, Any]], Peer]] = {
    "Load Juggler": LoadJuggler,
    "evse-lb": EvseBalancer,
    "naive": Naive,
    **{f"sixty lines, {window_s} s": partial(SixtyLines, window_s=window_s) for window_s in WINDOWS_S},
}
SIXTY = tuple(name for name in PEERS if name.startswith("sixty lines"))


class Job(NamedTuple):
    """The controllers named here in the home of one seed. `site` and `tuning` are added to Fusebox's CONFIG."""

    seed: int
    controllers: tuple[str, ...]
    site: tuple[tuple[str, Any], ...] = ()
    tuning: tuple[tuple[str, float], ...] = ()


def play_home(job: Job, watch: Callable[[dict[str, Any]], None] | None = None) -> dict[str, Any]:
    """Return the rows of a home as plain values: {"key", "rows"}. `watch` gets each reply of a controller."""
    home = draw_home(job.seed)
    possible = _possible_kwh(home.seed, home.length_s)
    rows = []
    for controller in job.controllers:
        house = home_house(home)
        tally = Tally(home, house)
        asyncio.run(_run_controller(job, home, house, controller, _watch_both(tally, watch)))
        rows.append(asdict(tally.row(controller, possible)))
    return {"key": repr(job), "rows": rows}


@lru_cache(maxsize=4)
def _possible_kwh(seed: int, length_s: int) -> float:
    home = replace(draw_home(seed), length_s=length_s)
    return possible_kwh(home, home_house(home))


def _watch_both(tally: Tally, watch: Callable[[dict[str, Any]], None] | None) -> Watcher:
    def watched(instant: Instant, reply: dict[str, Any]) -> None:
        tally.watch(instant, reply)
        if watch is not None:
            watch(reply)

    return watched


async def _run_controller(job: Job, home: Home, house: House, controller: str, watch: Watcher) -> None:
    config = home_config(home)
    if controller == ALONE:
        house.dark |= set(config["loads"])
        await run(house, NoController(), home.length_s, watch=watch)
    elif controller == FUSEBOX:
        config = {**config, "site": {**config["site"], **dict(job.site)}, "tuning": dict(job.tuning)}
        async with DirectHome(config, home, house) as fusebox:
            await run(house, fusebox, home.length_s, watch=watch)
    else:
        async with PEERS[controller](config) as peer:
            await run(house, SwitchesOn(peer, config), home.length_s, watch=watch)


class NoController:
    """A controller that sends nothing."""

    async def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return an empty reply."""
        return {"t": message["t"], "calls": [], "states": {}, "responses": []}


class SwitchesOn:
    """A peer in a home with switched loads: it controls only chargers, so plugs and tanks are always on."""

    def __init__(self, peer: AnyHost, config: Mapping[str, Any]) -> None:
        self._peer = peer
        self._switches = [load["switch"] for load in config["loads"].values() if load["type"] in ("plug", "tank")]

    async def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return the peer's reply; in the first second also switch the loads on."""
        reply = await self._peer.line(message)
        if message["t"] > 0:
            return reply
        on = [{"service": "switch.turn_on", "data": {"entity_id": entity}} for entity in self._switches]
        return {**reply, "calls": [*reply["calls"], *on]}
