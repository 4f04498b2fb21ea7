"""Fusebox in one home under a tariff: import above the target, and energy as a share of the possible.

A window's import is the net sum of the phases without export; windows are quarter hours or hours. `possible_kwh` is the
bound with perfect foresight: what the fuses let the loads draw in a window (`bound.py`), but no more than the target
leaves beside the house, and what the roof exports. A window that the house alone raises above the target is above by
what loads add to it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from simhouse.house.house import House, Instant
from simhouse.house.run import run
from simhouse.population.home import Home
from simhouse.population.tariffed import HOUR_S, KINDS, WINDOW_S, draw_tariffed_home, target_of, window_s_of
from simhouse.population.world import home_config, home_house

from .bound import VOLTAGE_V, possible_levels_a
from .direct_home import DirectHome
from .play import FUSEBOX, Job
from .row import Tally

WS_PER_KWH = 3_600_000
DUST_KW = 1e-6


@dataclass(frozen=True)
class TariffRow:
    """Result of Fusebox in one home under a tariff."""

    seed: int
    target_kw: float
    windows: int
    above: int
    """How many windows were above the target and above the house alone."""
    above_kw: float
    """By how much at worst [kW]."""
    kwh: float
    """The controlled loads' energy [kWh]."""
    possible_kwh: float
    """Their possible energy with perfect foresight [kWh]."""
    starts: int
    commands: int

    @property
    def energy_pct(self) -> float:
        """Share of the possible energy [%]."""
        return 100.0 * self.kwh / self.possible_kwh if self.possible_kwh > 0 else 100.0

    @property
    def commands_h(self) -> float:
        """Commands an hour."""
        return self.commands * HOUR_S / (self.windows * window_s_of(self.seed))


class Windows:
    """The import of each window of the wall clock [kWh], counted second by second."""

    def __init__(self, begins_s: float, length_s: int = WINDOW_S) -> None:
        self._begins_s, self._length_s = begins_s, length_s
        self.kwh: defaultdict[int, float] = defaultdict(float)

    def add_second(self, t_s: float, net_w: float) -> None:
        """Add a second's net power [W]; an export counts as 0."""
        self.kwh[int((self._begins_s + t_s) // self._length_s)] += max(net_w, 0.0) / WS_PER_KWH


def play_tariff(job: Job, watch: Callable[[Any], None] | None = None) -> dict[str, Any]:
    """Return the row of a home as plain values: {"key", "rows"}; `watch` gets each of Fusebox's replies."""
    home = draw_tariffed_home(job.seed)
    house, config, target_kw, window_s = home_house(home), home_config(home), target_of(home), window_s_of(job.seed)
    config["tariff"] = {"kind": KINDS[window_s], "target_kw": target_kw}
    config = {**config, "site": {**config["site"], **dict(job.site)}, "tuning": dict(job.tuning)}
    tally, imported = Tally(home, house), Windows(house.start.timestamp(), window_s)

    def note(instant: Instant, reply: dict[str, Any]) -> None:
        tally.watch(instant, reply)
        imported.add_second(instant.t_s, sum(instant.net_a.values()) * VOLTAGE_V)
        if watch is not None:
            watch(reply)

    async def played() -> None:
        async with DirectHome(config, home, house) as fusebox:
            await run(house, fusebox, home.length_s, watch=note)

    asyncio.run(played())
    alone, possible_kwh = windows_alone(home, house, target_kw)
    row = tally.row(FUSEBOX, possible_kwh)
    hours = window_s / HOUR_S
    over_kw = [kwh / hours - max(target_kw, alone.kwh[number] / hours) for number, kwh in imported.kwh.items()]
    above_kw = [kw for kw in over_kw if kw > DUST_KW]
    found = TariffRow(
        home.seed,
        target_kw,
        len(imported.kwh),
        len(above_kw),
        round(max(above_kw, default=0.0), 4),
        row.kwh,
        row.possible_kwh,
        row.starts,
        row.commands,
    )
    return {"key": repr(job), "rows": [asdict(found)]}


def windows_alone(home: Home, house: House, target_kw: float) -> tuple[Windows, float]:
    """Return the windows of the house without its loads, and the most energy that these could get [kWh]."""
    solar, window_s = house.roof.solar, window_s_of(home.seed)
    alone, drawn, exported = (Windows(house.start.timestamp(), window_s) for _ in range(3))
    for t_s, level_a in enumerate(possible_levels_a(home, house)):
        net_w = sum(phase.watts[t_s] for phase in house.base.values()) - (0.0 if solar is None else solar[t_s])
        alone.add_second(t_s, net_w)
        exported.add_second(t_s, -net_w)
        drawn.add_second(t_s, level_a * VOLTAGE_V)
    target_kwh = target_kw * window_s / HOUR_S
    return alone, sum(
        min(kwh, max(target_kwh - alone.kwh[number], 0.0) + exported.kwh[number]) for number, kwh in drawn.kwh.items()
    )
