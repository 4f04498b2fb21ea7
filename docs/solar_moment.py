"""One moment of a solar day through the real thinking: `docs/allocation.md` tells its numbers.

PYTHONPATH=pyscript/modules .venv/bin/python docs/solar_moment.py
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from fusebox.config.read_config import read_config
from fusebox.control.control import step
from fusebox.model.decision import Decision
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Distribution
from fusebox.model.snapshot import BatteryReadings, LoadState, Reading, Snapshot

L1 = Phase.L1
CAR = {"type": "number", "min_a": 6, "max_a": 22, "start_after_s": 0}  # patience is another page: docs/timing.md
CONFIG: dict[str, Any] = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid"},
        "max_import_w": 3000,
        "battery": {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "max_discharge_w": 1150},
    },
    "loads": {
        "van": {**CAR, "current": "number.van", "mode": "standard"},
        "runabout": {**CAR, "current": "number.runabout", "mode": "solar_only"},
        "pool": {"type": "plug", "switch": "switch.pool", "rated_w": 1500, "mode": "solar_only", "start_after_s": 0},
    },
}
SEEN = {"grid_a": -6.5, "soc_pct": 90, "charge_w": 690, "sun_up": True}  # the van draws 6 A already
CHANGES: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "as it is": ({}, {}),
    "the sun has set": ({}, {"sun_up": False}),
    "the battery is at 75 %": ({}, {"soc_pct": 75}),
    "at 75 %, and `reserve_w` is 690": ({"site": {"battery": {"reserve_w": 690}}}, {"soc_pct": 75}),
    "at 75 %, the runabout in `solar_priority`": ({"loads": {"runabout": {"mode": "solar_priority"}}}, {"soc_pct": 75}),
    "the pool in `excess` above 1150 W": (
        {"site": {"excess_threshold_w": 1150}, "loads": {"pool": {"mode": "excess"}}},
        {},
    ),
    "the pool in `excess` above 100 W": (
        {"site": {"excess_threshold_w": 100}, "loads": {"pool": {"mode": "excess"}}},
        {},
    ),
    "`allow_grid_charging` is `False`": ({"site": {"battery": {"allow_grid_charging": False}}}, {}),
}
"""What else could be: a name, and what is different in CONFIG and in what is seen."""


def decided(
    distribution: Distribution, config: Mapping[str, Any] | None = None, seen: Mapping[str, Any] | None = None
) -> Decision:
    """The decision of this moment."""
    written = _changed(_changed(CONFIG, config or {}), {"site": {"distribution": str(distribution)}})
    found = read_config(written)
    if found.errors:
        raise ValueError("CONFIG has mistakes")
    now: Mapping[str, Any] = {**SEEN, **(seen or {})}
    snapshot = Snapshot(
        now_s=1_750_000_000.0,
        grid_a={MAIN: {L1: _reading(now["grid_a"])}},
        loads={
            "van": LoadState(PerPhase.each((L1,), 6.0), offer_a=6.0, switched=True, on=True),
            "runabout": LoadState(PerPhase.each((L1,), 0.0), offer_a=6.0, switched=True, on=False),
            "pool": LoadState(PerPhase.each((L1,), 0.0), switched=True, on=False),
        },
        batteries=(BatteryReadings(_reading(now["soc_pct"]), _reading(now["charge_w"])),),
        sun_up=now["sun_up"],
    )
    return step(found.config.site(), snapshot, Memory())


def ceilings_of(decision: Decision) -> dict[str, float]:
    """Name -> room [A]."""
    return {ceiling.name: ceiling.headroom_a for ceiling in decision.ceilings}


def _changed(before: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    merged = {k: _changed(before.get(k, {}), v) if isinstance(v, dict) else v for k, v in change.items()}
    return {**before, **merged}


def _reading(value: float) -> Reading:
    return Reading(value, value, 0.0)


def _row(name: str, decision: Decision, rooms: bool) -> str:
    cells = [name]
    if rooms:
        cells.append(", ".join(f"{c} {a:.1f}" for c, a in ceilings_of(decision).items()))
    for share in decision.allocation.values():
        by = ", ".join(ceiling.name for ceiling in share.limited_by)
        cells.append(f"{share.amps:.1f} A" + (f" ({by})" if by else ""))
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Both tables, as Markdown."""
    rows = [_row(f"`{d}`", decided(d), rooms=False) for d in Distribution]
    rows += [""] + [_row(name, decided(Distribution.PRIORITY, *change), rooms=True) for name, change in CHANGES.items()]
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
