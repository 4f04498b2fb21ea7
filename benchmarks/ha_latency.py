"""Latency, CPU, memory and rows of the recorder in a real Home Assistant: `make bench-ha`.

Parts of it: `make bench-ha BENCH="latency rest"`. Figures depend on the machine and on its other work: latency is given
together with what pyscript itself needs in the same run, and with the CPU time of the event loop, which other work does
not affect.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.true_ha.process.folder import Folder
from tests.true_ha.process.running import HomeAssistant
from tests.true_ha.pyscript_source import describe, find

BENCH = Path(__file__).parent / "in_ha" / "fusebox_bench"
SIZES = (1, 10, 50)
MINIMUM_A = 6
DAY = 86_400
LIFE_S = 5400
"""How long one Home Assistant may run [s]; every part ends long before."""
TRIGGERS = """
@state_trigger("sensor.bench_empty")
def empty(value=None, **kwargs):
    state.set("sensor.bench_seen", value)


@state_trigger("sensor.bench_only_calls")
def only_calls(value=None, **kwargs):
    service.call("input_number", "set_value", entity_id="input_number.bench", value=float(value))
"""
"""The least that any script does: it is woken, and it is woken and calls one service."""


class Size:
    """A house with a number of chargers and a full fuse, so that every change requires a cut."""

    def __init__(self, loads: int, changes: int) -> None:
        self.loads = loads
        self.max_a = min(125, 900 // loads)
        self.fuse_a = loads * self.max_a + 20
        self.step_a = max(0.1, round(loads * (self.max_a - MINIMUM_A) / changes * 0.9, 1))

    def config(self) -> dict[str, Any]:
        """The house's CONFIG."""
        grid = {phase.upper(): f"sensor.meter_{phase}" for phase in ("l1", "l2", "l3")}
        site = {"main_fuse_a": self.fuse_a, "margin_a": 0, "grid": grid}
        return {"site": site, "loads": {f"car_{n}": self._car(n) for n in range(self.loads)}}

    def entities(self) -> dict[str, Any]:
        """Return the helpers that represent chargers, and one for the trigger that only makes a call."""
        offer = {"min": MINIMUM_A, "max": self.max_a, "step": 0.1, "initial": self.max_a, "mode": "box"}
        cars = {f"car_{n}": dict(offer) for n in range(self.loads)}
        return {
            "input_number": {**cars, "bench": {"min": 0, "max": 100, "step": 1, "initial": 0}},
            "input_boolean": {name: {"initial": True} for name in cars},
            "fusebox_bench": {"loads": self.loads, "room_a": self.fuse_a},
            "logger": {"default": "warning"},
        }

    def _car(self, number: int) -> dict[str, Any]:
        name = f"car_{number}"
        entities = {"current": f"input_number.{name}", "switch": f"input_boolean.{name}", "draw": f"sensor.{name}_draw"}
        return {"type": "number", **entities, "max_a": self.max_a}


@contextmanager
def run_home_assistant(size: Size, *, scripts: bool = True) -> Iterator[HomeAssistant]:
    """Yield a running Home Assistant with this house; without `scripts` it has pyscript only."""
    with tempfile.TemporaryDirectory(prefix="bench-ha-") as place:
        folder = Folder(Path(place) / "config", find(), BENCH)
        folder.scripts.mkdir(exist_ok=True)
        if scripts:
            folder.install()
            folder.save(size.config())
        (folder.scripts / "bench_triggers.py").write_text(TRIGGERS, encoding="utf-8")
        with HomeAssistant(folder, size.entities(), life_s=LIFE_S) as home:
            if scripts:
                home.wait(lambda: home.talk.value("sensor.fusebox_site") is not None, "a decision")
            yield home
            for complaint in home.complaints():
                print(complaint[:500])


def ask(home: HomeAssistant, what: str, patience_s: float, **data: Any) -> Mapping[str, Any]:
    """Run a measurement inside Home Assistant and return its result."""
    return home.talk.ask(f"fusebox_bench.{what}", patience_s, **data)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def print_latency(changes: int) -> None:
    """Print the latency from meter to call, next to two reference triggers of the same run."""
    print("| loads | | n | p50 ms | p99 ms | worst | CPU p50 ms | CPU p99 ms |\n|---|---|---|---|---|---|---|---|")
    for loads in SIZES:
        size = Size(loads, changes)
        with run_home_assistant(size) as home:
            found = ask(home, "latency", 3600, changes=changes, step_a=size.step_a)
        for name in found["ms"]:
            took = [ms for ms in found["ms"][name] if ms is not None]
            used = found["cpu_ms"][name]
            print(
                f"| {loads} | {name} | {len(took)} | {_spread(took)} | {max(took):.2f} | {_spread(used)} |", flush=True
            )


def _spread(values: Sequence[float]) -> str:
    """Return median and 99th percentile, as two table cells."""
    return f"{statistics.median(values):.2f} | {percentile(values, 0.99):.2f}"


def measure_and_print_cpu(minutes: float) -> None:
    """Print the CPU time of a three-phase meter that reports every second, with and without the scripts."""
    for loads in (1, 10):
        size = Size(loads, 1000)
        used = {}
        for scripts in (True, False):
            with run_home_assistant(size, scripts=scripts) as home:
                seconds = int(60 * minutes)
                used[scripts] = ask(home, "cpu", seconds + 120, seconds=seconds)["cpu_s_per_minute"]
        print(
            f"{loads} loads, {minutes:g} min: {used[True]:.2f} s of CPU a minute with Fusebox, "
            f"{used[False]:.2f} without: {used[True] - used[False]:.2f} for it",
            flush=True,
        )


def print_memory(changes: int) -> None:
    """Print the memory used over a day's worth of changes, played as fast as possible."""
    size = Size(10, 1000)
    with run_home_assistant(size) as home:
        found = ask(home, "day", 3600, changes=changes)
    resident = " ".join(f"{mb:.0f}" for mb in found["resident_mb"])
    print(
        f"10 loads: {found['hour_mb']:.0f} MB resident after an hour's changes; {changes} changes, after each eighth: "
        f"{resident} MB; {found['ms_per_change']:.2f} ms each",
        flush=True,
    )


def print_recorder_rows() -> None:
    """Print what the recorder would write in an hour of a house at rest."""
    for loads in (1, 10):
        with run_home_assistant(Size(loads, 1000)) as home:
            rows = ask(home, "rest", 3600)["rows"]
        wakes = rows.pop("pyscript_running", 0)
        most = ", ".join(f"{name} {count}" for name, count in sorted(rows.items(), key=lambda row: -row[1])[:4])
        print(
            f"{loads} loads at rest: {sum(rows.values())} rows of states an hour ({most}); "
            f"{wakes} events of pyscript's own, which docs/install.md keeps out",
            flush=True,
        )


PARTS = ("latency", "rest", "cpu", "memory")


def main() -> None:
    """Run the requested measurements in a real Home Assistant, and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all of them where none is named")
    parser.add_argument("--changes", type=int, default=1000, help="of the meter, for each size of house")
    parser.add_argument("--minutes", type=float, default=5, help="of a meter that reports every second")
    parser.add_argument("--day", type=int, default=DAY, help="changes of the meter")
    asked = parser.parse_args()
    parts = asked.parts or PARTS
    if unknown := sorted(set(parts) - set(PARTS)):
        parser.error(f"{', '.join(unknown)}: not one of {', '.join(PARTS)}")
    print(f"Home Assistant {version('homeassistant')}, Python {platform.python_version()}, {describe(find())}")
    if "latency" in parts:
        print_latency(asked.changes)
    if "rest" in parts:
        print_recorder_rows()
    if "cpu" in parts:
        measure_and_print_cpu(asked.minutes)
    if "memory" in parts:
        print_memory(asked.day)


if __name__ == "__main__":
    main()
