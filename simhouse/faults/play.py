"""Play a fault in its house and measure the result."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory

from simhouse.host.event_loop import run_in_host_loop
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment, House
from simhouse.physics.car import Car, Visit
from simhouse.physics.seconds import SecondSeries

from .fault import INSTALLED_A, OFFLINE_A, STEADY_S, Fault, Outcome
from .houses import with_ports
from .machine import Machine
from .stage import Stage

Watcher = Callable[[Stage], None]

EXACT_S = 5
"""Each second is sent from so long before a fault begins to so long after its deadline [s]."""

ENDLESS_KWH = 1000.0
"""A battery that no fault lasts long enough to fill."""


def play(fault: Fault, watch: Watcher | None = None, dry_run: bool = False) -> Outcome:
    """Play a fault; `watch` is called each second. `dry_run`: the scripts report, and command nothing."""
    with TemporaryDirectory(prefix="fusebox-fault-") as folder:
        # Only asyncio's own loop can start a process on every system.
        run = asyncio.run if fault.own_process else run_in_host_loop
        return run(_play_in_folder(fault, Path(folder), watch, dry_run))


async def _play_in_folder(fault: Fault, folder: Path, watch: Watcher | None, dry_run: bool) -> Outcome:
    house = build_fault_house(fault, dry_run)
    config = folder / "site_config.py"
    seen: list[tuple[bool, bool, float]] = []
    begins_s, ends_s = fault.settles_s, fault.settles_s + fault.lasts_s
    machine = Machine(config, fault.start, fault.time_zone, fault.own_process)
    async with Stage(house, machine, config, begins_s) as stage:
        if house.linked is not None:
            for easee in house.linked.boxes.values():
                easee.device.offline_a, easee.device.most_a = OFFLINE_A, INSTALLED_A
        while stage.t_s < fault.length_s and not _fine_again(seen, ends_s):
            for trouble in fault.troubles:
                if stage.t_s == begins_s:
                    await trouble.begin(stage)
                elif stage.t_s == ends_s:
                    await trouble.end(stage)
                if begins_s <= stage.t_s < ends_s:
                    await trouble.second(stage)
            is_exact = begins_s - EXACT_S <= stage.t_s <= begins_s + fault.within_s + EXACT_S
            await stage.simulate_second(1 if is_exact else fault.calm_every_s)
            await asyncio.sleep(fault.pace_s)
            seen.append((fault.safe(stage), fault.fine(stage), stage.highest_load_ratio))
            if watch is not None:
                watch(stage)
    during = seen[begins_s:ends_s]
    return Outcome(
        settled=seen[begins_s - 1][1],
        safe_s=_held_from_second([safe for safe, _, _ in during]),
        fine_s=_held_from_second([fine for _, fine, _ in seen[ends_s:]]),
        worst=max(share for _, _, share in during),
        over_s=sum(share > 1 for _, _, share in during),
        tripped=stage.tripped,
    )


def build_fault_house(fault: Fault, dry_run: bool = False) -> House:
    """Return the house of a fault: always the same background load, and cars that are never full."""
    length_s, config = fault.length_s, with_ports(deepcopy(dict(fault.config)))
    config["site"]["dry_run"] = dry_run
    base = {
        phase: SecondSeries(_restless(fault.house_a * 230.0, length_s), bytearray([1]) * length_s)
        for phase in config["site"]["grid"]
    }
    cars = {}
    for name, load in config["loads"].items():
        visit = Visit(fault.arrives_s.get(name, 0.0), length_s, ENDLESS_KWH / 2)
        phase_count = fault.car_phases or len(load.get("phases") or base)
        cars[name] = Car(phase_count, fault.car_a, battery_kwh=ENDLESS_KWH, visits=(visit,))
    solar = None if fault.solar_w is None else array("d", [fault.solar_w]) * length_s
    return build_house(
        config,
        start=fault.start,
        length_s=length_s,
        inputs=Inputs(base, solar, cars, fault.helpers, fault.soc_pct),
        equipment=Equipment(firmwares=fault.firmwares, phase_boxes=fault.phase_boxes),
    )


def _restless(power_w: float, length_s: int) -> array[float]:
    """Return about this power [W] for each second, with changing last digits like a real meter."""
    return array("d", (power_w + second * 7 % 5 for second in range(length_s)))


def _held_from_second(held: list[bool]) -> int | None:
    """Return the first second from which a condition held until the end, None if it does not hold at the end."""
    if not held or not held[-1]:
        return None
    broken = [second for second, is_so in enumerate(held) if not is_so]
    return broken[-1] + 1 if broken else 0


def _fine_again(seen: list[tuple[bool, bool, float]], ends_s: int) -> bool:
    return len(seen) >= ends_s + STEADY_S and all(fine for _, fine, _ in seen[-STEADY_S:])
