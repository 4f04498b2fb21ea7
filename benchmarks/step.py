"""How long one decision takes, as a ratio to a yardstick of plain Python that is timed beside it.

    PYTHONPATH=pyscript/modules python benchmarks/step.py

Timings on a shared machine are noisy: every figure is the least of many short runs, yardstick and subject in turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from fusebox.control.allocation.allocation import allocate
from fusebox.control.control import step
from fusebox.control.demand.demands import compute_demands
from fusebox.control.limits.ceilings import ceilings_in_force
from fusebox.model.electrics import ALL_PHASES, PerPhase, Phase
from fusebox.model.equipment import Battery, Circuit, Inverter, Source
from fusebox.model.load import Load, Mode
from fusebox.model.memory import Memory
from fusebox.model.meter_memory import BatteryMemory
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import BatteryReadings, LoadState, Reading, Snapshot, Status

ROUNDS = 300
METER = Source(entity="sensor.meter")
MODES = (Mode.STANDARD, Mode.SOLAR_ONLY, Mode.SOLAR_PRIORITY, Mode.EXCESS)
NOW_S = 1_700_000_000.0


def run_yardstick() -> None:
    """Run 2000 turns of plain arithmetic, a list and a comparison: the unit of the measured times."""
    x, d = 0.0, [0.0] * 50
    for i in range(2000):
        x += (i % 7) * 0.5
        d[i % 50] = min(x, i)


def make_site(count: int, sunny: bool) -> Site:
    """Return a site with three phases and `count` chargers; `sunny`: with sun, battery and every mode.

    Otherwise with a fuse and a contract only.
    """
    loads = tuple(
        Load(
            name=f"load{n}",
            type="number",
            circuit=MAIN,
            phases=ALL_PHASES if n % 2 == 0 else (Phase(n % 3),),
            priority=n + 1,
            mode=MODES[n % 4] if sunny else Mode.STANDARD,
            min_a=6.0,
            max_a=16.0,
        )
        for n in range(count)
    )
    main = Circuit(MAIN, 25.0 + 6.0 * count, grid=dict.fromkeys(ALL_PHASES, METER))
    if not sunny:
        return Site(230.0, ALL_PHASES, (main,), loads, max_import_w=17_250.0 + 4_000.0 * count)
    return Site(
        230.0,
        ALL_PHASES,
        (main,),
        loads,
        solar_w=METER,
        inverters=(Inverter(max_w=15_000.0),),
        batteries=(Battery(METER, METER),),
    )


def make_snapshot(site: Site, at_s: float) -> Snapshot:
    """Return a snapshot in which every charger draws 6 A and the sun gives more than the house takes."""
    states = {
        load.name: LoadState(
            draw_a=PerPhase.each(load.phases, 6.0),
            offer_a=6.0,
            switched=True,
            on=True,
            status=Status.CHARGING,
            device_min_a=6.0,
            device_max_a=32.0,
            device_step_a=1.0,
        )
        for load in site.loads
    }
    drawn = {p: sum(6.0 for load in site.loads if p in load.phases) for p in ALL_PHASES}
    grid = {p: Reading(drawn[p] - 12.0 + p, drawn[p] - 12.0 + p, 0.0) for p in ALL_PHASES}
    sun, soc, charge = (Reading(v, v, 0.0) for v in (9000.0, 85.0, 500.0))
    return Snapshot(at_s, {MAIN: grid}, states, sun, (BatteryReadings(soc, charge),))


def settled_memory(site: Site) -> Memory:
    """Return the memory after some minutes, when no load waits."""
    memory = Memory(batteries=tuple(BatteryMemory(True, True, True) for _ in site.batteries))
    for second in range(30):
        memory = step(site, make_snapshot(site, NOW_S + second), memory).memory
    return memory


def cpu_seconds(subject: Callable[[], object]) -> float:
    """Return the CPU time of one call [s], which the load of other processes does not change."""
    began = time.thread_time()
    subject()
    return time.thread_time() - began


def times_in_yardsticks(site: Site) -> Mapping[str, float]:
    """Return the least CPU time of the stages up to the shares, and of a whole step, in yardsticks."""
    memory, snapshot = settled_memory(site), make_snapshot(site, NOW_S + 31)

    def shares() -> None:
        ceilings, *_ = ceilings_in_force(site, snapshot, memory)
        demands = compute_demands(site, snapshot, memory, ceilings)
        allocate(ceilings, demands, site.distribution)

    best = {"yardstick": float("inf"), "shares": float("inf"), "step": float("inf")}
    for _ in range(ROUNDS):
        for name, subject in (
            ("yardstick", run_yardstick),
            ("shares", shares),
            ("step", lambda: step(site, snapshot, memory)),
        ):
            best[name] = min(best[name], cpu_seconds(subject))
    return {name: best[name] / best["yardstick"] for name in ("shares", "step")}


def main() -> None:
    """Measure a step in sites of several sizes and print the table."""
    print("ratio to the yardstick  ceilings + demands + allocation      whole step")
    for sunny in (False, True):
        for count in (1, 3, 10, 50):
            found = times_in_yardsticks(make_site(count, sunny))
            what = f"{count:2} loads, {'sun and battery' if sunny else 'fuse and contract'}"
            print(f"{what:28} {found['shares']:12.2f} {found['step']:28.2f}")


if __name__ == "__main__":
    main()
