"""A simulated month through the embedded host: does anything grow, drift or fill the log?

    python -m benchmarks.soak [--days 30] [--seed 1]

The shipped scripts in one process, a second at a time, over the end of summer time and of a month. Each night it counts
the objects of the process, the lines of the log, the deviation of the reports from the house, and draws above the
offer. Exit status 1 if something grows. Two to four minutes of CPU a day.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from simhouse.host.persistence import FILE_NAME
from simhouse.host.pyscript_host import Host
from simhouse.house.build import build_house
from simhouse.house.house import House, Instant
from simhouse.house.run import run
from simhouse.physics.car import FOLLOW_CUT_S

START = datetime(2026, 10, 10, tzinfo=ZoneInfo("Europe/Brussels"))
"""A Saturday at midnight; summer time ends on the 25th, the tariff's month on the 31st."""

DAY_S = 86_400
SETTLED = 1
"""During the first day memories are filled; growth counts from its end."""

CONFIG: dict[str, Any] = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.net_l1", "L2": "sensor.net_l2", "L3": "sensor.net_l3"},
        "netting": "sum",
        "solar_w": "sensor.solar",
    },
    "loads": {
        "car": {
            "type": "number",
            "current": "number.car_current",
            "switch": "switch.car",
            "draw": "sensor.car_power",
            "status": "sensor.car_status",
        },
        "pool": {
            "type": "plug",
            "switch": "switch.pool",
            "power": "sensor.pool_power",
            "rated_w": 1200,
            "mode": "solar_only",
            "phases": ["L2"],
        },
    },
    "tariff": {"kind": "fluvius", "target_kw": 5.0},
}


@dataclass(frozen=True)
class Night:
    """What was counted at the end of a part of the run (a day): sizes at that moment, the rest over the part.

    `offer_gap_a`, `draw_gap_a`: mean distance between what the scripts tell of the car and what the house knows, while
    it draws [A].
    `above_offer_s`: seconds that the car drew more than anything it was offered while a car may lag.
    """

    resident_mb: float
    objects: int
    kept_bytes: int
    attributes_bytes: int
    log_bytes: int
    offer_gap_a: float
    draw_gap_a: float
    above_offer_s: int
    car_kwh: float


class LogSize(logging.Handler):
    """Counts what the scripts have logged, and lines of a kind: those that differ in their numbers alone."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.bytes = 0
        self.kinds: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Add the line to the bytes logged, and to the count of its kind (lines that differ only in numbers)."""
        line = f"{record.levelname} {record.name}: {record.getMessage()}"
        self.bytes += len(line.encode()) + 1
        self.kinds[re.sub(r"\d+(\.\d+)?", "#", line)[:150]] += 1


class Watch:
    """Observes each second; `night` counts and starts again."""

    def __init__(self, house: House, folder: Path, log: LogSize) -> None:
        self._house, self._folder, self._log = house, folder, log
        self._told: dict[str, dict[str, Any]] = {}
        self._offers: list[float] = []
        self._began_kwh = self._began_log = 0.0
        self._clear()

    def _clear(self) -> None:
        self._seconds = self._above_s = 0
        self._offer_gap = self._draw_gap = 0.0

    def add_second(self, instant: Instant, reply: dict[str, Any]) -> None:
        """Note whether the car exceeds its recent offers, and how far what is reported is from its offer and draw."""
        self._told |= {e: s for e, s in reply["states"].items() if e.startswith("sensor.fusebox_") and s}
        offered_a, draw_a = instant.offers_a["car"], max(instant.loads_a["car"].values())
        self._offers = [*self._offers[-FOLLOW_CUT_S:], offered_a]
        self._above_s += draw_a > max(self._offers) + 0.01
        said = self._told.get("sensor.fusebox_car", {}).get("attributes", {})
        if draw_a > 0:
            self._seconds += 1
            self._offer_gap += abs(float(said.get("setpoint_a") or 0.0) - offered_a)
            self._draw_gap += abs(max((said.get("draw_a") or {"L1": 0.0}).values()) - draw_a)

    def end_part(self) -> Night:
        """Return the figures of the part that ends now, after a garbage collection; begin the next part."""
        gc.collect()
        kept = self._folder / FILE_NAME
        taken_kwh = self._house.chargers["car"].car_state.taken_kwh
        found = Night(
            resident_mb(),
            len(gc.get_objects()),
            kept.stat().st_size if kept.exists() else 0,
            max((len(json.dumps(s["attributes"], default=str)) for s in self._told.values()), default=0),
            self._log.bytes - int(self._began_log),
            self._offer_gap / max(1, self._seconds),
            self._draw_gap / max(1, self._seconds),
            self._above_s,
            taken_kwh - self._began_kwh,
        )
        self._began_kwh, self._began_log = taken_kwh, self._log.bytes
        self._clear()
        return found


def resident_mb() -> float:
    """Return the memory that the process holds [MB]; 0 where the system does not report it."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / 1e6


async def run_soak(
    parts: int, part_s: int, seed: int, tell: Callable[[int, Night], None]
) -> tuple[list[Night], House, LogSize]:
    """Run `parts` parts of `part_s` seconds in one process; return a row for each, the house and the log's size.

    `tell` is called with the number and the row of each part as it ends.
    """
    began = START.astimezone(timezone(START.utcoffset() or START - START))  # the house counts in seconds, not in days
    house = build_house(CONFIG, start=began, length_s=parts * part_s, seed=seed)
    log = LogSize()
    root = logging.getLogger()
    level = root.level
    root.addHandler(log)
    root.setLevel(logging.INFO)
    nights: list[Night] = []
    try:
        with TemporaryDirectory(prefix="fusebox-soak-") as folder:
            path = Path(folder) / "site_config.py"
            path.write_text(f"CONFIG = {CONFIG!r}\n", encoding="utf-8")
            watch = Watch(house, Path(folder), log)
            async with Host(path, START, START.tzinfo) as host:
                for part in range(parts):
                    await run(house, host, (part + 1) * part_s, part * part_s, watch.add_second)
                    nights.append(watch.end_part())
                    tell(part, nights[-1])
    finally:
        root.removeHandler(log)
        root.setLevel(level)
    return nights, house, log


def leaks_since(nights: Sequence[Night], settled: int = SETTLED) -> list[str]:
    """Return what grew, drifted or exceeded its limit, in sentences; [] if all is flat.

    Objects, memory and drift are compared with the part number `settled`, limits hold for every part.
    """
    first, last = nights[settled - 1], nights[-1]
    found = []
    if last.objects > 1.02 * first.objects:
        found.append(f"objects grew from {first.objects} to {last.objects}")
    if last.resident_mb > first.resident_mb + 10:
        found.append(f"memory grew from {first.resident_mb:.0f} to {last.resident_mb:.0f} MB")
    if (most := max(night.log_bytes for night in nights)) > 20_000:
        found.append(f"{most} bytes of log in one part")
    if (most := max(night.kept_bytes for night in nights)) > 64_000:
        found.append(f"the persisted states reached {most} bytes")
    if (most := max(night.attributes_bytes for night in nights)) > 16_384:
        found.append(f"an entity's attributes reached {most} bytes, more than Home Assistant records")
    if above_s := sum(night.above_offer_s for night in nights):
        found.append(f"the car drew above its offer for {above_s} s")
    gap_a = [max(night.offer_gap_a, night.draw_gap_a) for night in nights]
    if max(gap_a[settled:], default=0.0) > gap_a[settled - 1] + 1.0:
        found.append(f"what is told drifts from what is: {gap_a[settled - 1]:.2f} A at first, {max(gap_a):.2f} A later")
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line for each day, then the values that grow."""
    parser = argparse.ArgumentParser(prog="benchmarks.soak", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    print("day  memory MB  objects  persisted B  attributes B  log B  offer gap A  draw gap A  above offer s  car kWh")

    def tell(day: int, n: Night) -> None:
        sizes = f"{n.resident_mb:9.1f} {n.objects:8} {n.kept_bytes:12} {n.attributes_bytes:13} {n.log_bytes:6}"
        gaps = f"{n.offer_gap_a:12.3f} {n.draw_gap_a:11.3f} {n.above_offer_s:14} {n.car_kwh:8.1f}"
        print(f"{day + 1:3} {sizes} {gaps}", flush=True)

    nights, house, log = asyncio.run(run_soak(options.days, DAY_S, options.seed, tell))
    for line, count in log.kinds.most_common(5):
        print(f"logged {count} times: {line}")
    found = leaks_since(nights)
    found += [f"{name} tripped" for name, circuit in house.circuits.items() if circuit.trip is not None]
    for complaint in found:
        print(f"NOT FLAT: {complaint}.")
    if not found:
        print(f"{len(nights)} days: memory, log and persisted states are flat, and no offer drifts from its draw.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
