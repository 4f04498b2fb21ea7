"""Play one evening of one controller in one house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.peers.contract import Peer
from benchmarks.peers.evse_balancer import EvseBalancer
from benchmarks.peers.load_juggler import LoadJuggler
from benchmarks.peers.naive import Naive
from benchmarks.peers.sixty_lines import SixtyLines
from simhouse.host.event_loop import run_in_host_loop
from simhouse.host.pyscript_host import Host
from simhouse.house.house import House
from simhouse.house.run import Watcher, run

from .measure import Outcome, Tally, house_alone
from .optimum import optimum_kwh
from .scene import Scene

FUSEBOX = "Fusebox"
BEFORE = "Fusebox before"
"""That of another checkout."""

ALONE = "house alone"
SIXTY = "sixty lines"
PEERS: Mapping[str, Callable[[Mapping[str, Any]], Peer]] = {
    "naive": Naive,
    "Load Juggler": LoadJuggler,
    "evse-lb": EvseBalancer,
    SIXTY: SixtyLines,
}


def controllers_of_scene(scene: Scene) -> tuple[str, ...]:
    """Return the controllers of a scene: one has no sun mode, and sixty lines are shown where cars share a wire."""
    absent = {"evse-lb"} if scene.solar else set()
    if scene.cars < 2 or scene.slow:
        absent.add(SIXTY)
    return (FUSEBOX, *(name for name in PEERS if name not in absent))


def play_evening(scene: Scene, controller: str, seed: int, package: Path | None = None) -> Outcome:
    """Play the whole evening; return its figures. `package`: another checkout whose Fusebox is played."""
    house = scene.house(seed)
    if controller == ALONE:
        return house_alone(house)
    tally = Tally(house, scene.solar)
    run_in_host_loop(run_together(scene, house, controller, tally.watch, package))
    return tally.outcome(optimum_kwh(house, scene.solar))


async def run_together(
    scene: Scene, house: House, controller: str, watch: Watcher, package: Path | None = None
) -> None:
    """Run house and controller together; Fusebox means the shipped scripts in the embedded host."""
    if controller in PEERS:
        async with PEERS[controller](scene.config) as peer:
            await run(house, peer, scene.length_s, watch=watch)
        return
    with TemporaryDirectory(prefix="fusebox-bench-") as folder:
        file = Path(folder) / "site_config.py"
        file.write_text(f"CONFIG = {scene.config!r}\n", encoding="utf-8")
        scripts = None if package is None else package / "pyscript"
        async with Host(config=file, start=scene.start, scripts=scripts) as host:
            await run(house, host, scene.length_s, watch=watch)
