"""An evening with a full L2: a car on one phase only, on three only, and one whose box may switch.

    python -m benchmarks.phases.full_l2

An hour, 3 x 25 A; L2 takes 21 A by itself from the tenth minute to the fiftieth, L1 and L3 two. Six seconds of CPU.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.phases.scene import VOLTS, PhaseScene, config, only_charger, play_scene
from simhouse.house.house import House, Instant

LENGTH_S, FULL_S, EMPTY_S = 3600, 600, 3000
QUIET_W, FULL_W = 500.0, 4900.0
BEGINS_S = 120
"""By then the car charges [s]."""
FUSE_A, BORNE_RATIO = 25.0, 1.13
WAYS: Mapping[str, Mapping[str, Any]] = {
    "one phase": {"switch_phases": False, "phases": ["L1"], "draw": "sensor.car_current_l1"},
    "three phases": {"switch_phases": False},
    "switching": {},
}


@dataclass
class Evening:
    """Result of an evening. `longest_s`: the longest time without a draw while L2 was full."""

    kwh: float = 0.0
    waits_s: int = 0
    longest_s: int = 0
    over_s: int = 0
    hot_s: int = 0
    switches: int = 0
    """`over_s`: above the rating, `hot_s`: above what a breaker carries for an hour."""


def play_hour(load: Mapping[str, Any]) -> Evening:
    """Play the hour with these keys of the charger."""
    l2 = [FULL_W if FULL_S <= t < EMPTY_S else QUIET_W for t in range(LENGTH_S)]
    base = {"L1": [QUIET_W] * LENGTH_S, "L2": l2, "L3": [QUIET_W] * LENGTH_S}
    found, waits = Evening(), 0

    def watch(house: House, instant: Instant, _: object) -> None:
        nonlocal waits
        drawn_a = sum(instant.loads_a["car"].values())
        found.kwh += drawn_a * VOLTS / 3_600_000
        waits = waits + 1 if drawn_a == 0 and instant.t_s > BEGINS_S else 0
        found.waits_s += waits > 0
        found.longest_s = max(found.longest_s, waits)
        worst_a = max(instant.net_a.values())
        found.over_s += worst_a > FUSE_A
        found.hot_s += worst_a > BORNE_RATIO * FUSE_A

    written = config(load)
    if "phases" in load:
        del written["loads"]["car"]["phase_switch"]
    found.switches = only_charger(play_scene(PhaseScene(base, config=written), watch=watch)).contactor.moves
    return found


def main() -> None:
    """Play the hour with each way to configure the charger, and print a table."""
    table = Table(
        "", "kWh", "s without", "longest", "s > In", "s > 1.13 In", "switches", title="An hour with a full L2"
    )
    for way, load in WAYS.items():
        each = play_hour(load)
        counts = (each.waits_s, each.longest_s, each.over_s, each.hot_s, each.switches)
        table.add_row(way, f"{each.kwh:.2f}", *map(str, counts))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
