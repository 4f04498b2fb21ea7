"""An hour of Fusebox in one home under a tariff: import above the target, and energy as a share of the possible.

A quarter hour's import is the net sum of the phases without export. `possible_kwh` is the bound with perfect foresight:
what the fuses let the loads draw in a quarter hour (`bound.py`), but no more than the target leaves beside the house,
and what the roof exports. A quarter hour that the house alone raises above the target is above by what loads add to it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from simhouse.house.house import House, Instant
from simhouse.house.run import run
from simhouse.population.home import LENGTH_S, Home
from simhouse.population.tariffed import WINDOW_S, draw_tariffed_home, target_of
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
    """How many quarter hours were above the target and above the house alone."""
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


class QuarterHours:
    """The import of each quarter hour of the wall clock [kWh], counted second by second."""

    def __init__(self, begins_s: float) -> None:
        self._begins_s = begins_s
        self.kwh: defaultdict[int, float] = defaultdict(float)

    def add_second(self, t_s: float, net_w: float) -> None:
        """Add a second's net power [W]; an export counts as 0."""
        self.kwh[int((self._begins_s + t_s) // WINDOW_S)] += max(net_w, 0.0) / WS_PER_KWH


def play_tariff(job: Job, watch: Callable[[Any], None] | None = None) -> dict[str, Any]:
    """Return the row of a home as plain values: {"key", "rows"}; `watch` gets each of Fusebox's replies."""
    home = draw_tariffed_home(job.seed)
    house, config, target_kw = home_house(home), home_config(home), target_of(home)
    config["tariff"] = {"kind": "fixed_limit", "target_kw": target_kw}
    config = {**config, "site": {**config["site"], **dict(job.site)}, "tuning": dict(job.tuning)}
    tally, imported = Tally(home, house), QuarterHours(house.start.timestamp())

    def note(instant: Instant, reply: dict[str, Any]) -> None:
        tally.watch(instant, reply)
        imported.add_second(instant.t_s, sum(instant.net_a.values()) * VOLTAGE_V)
        if watch is not None:
            watch(reply)

    async def played() -> None:
        async with DirectHome(config, home, house) as fusebox:
            await run(house, fusebox, LENGTH_S, watch=note)

    asyncio.run(played())
    alone, possible_kwh = windows_alone(home, house, target_kw)
    row = tally.row(FUSEBOX, possible_kwh)
    over_kw = [_kw(kwh) - max(target_kw, _kw(alone.kwh[number])) for number, kwh in imported.kwh.items()]
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


def windows_alone(home: Home, house: House, target_kw: float) -> tuple[QuarterHours, float]:
    """Return the quarter hours of the house without its loads, and the most energy that these could get [kWh]."""
    solar, alone = house.roof.solar, QuarterHours(house.start.timestamp())
    drawn, exported = QuarterHours(house.start.timestamp()), QuarterHours(house.start.timestamp())
    for t_s, level_a in enumerate(possible_levels_a(home, house)):
        net_w = sum(phase.watts[t_s] for phase in house.base.values()) - (0.0 if solar is None else solar[t_s])
        alone.add_second(t_s, net_w)
        exported.add_second(t_s, -net_w)
        drawn.add_second(t_s, level_a * VOLTAGE_V)
    target_kwh = target_kw * WINDOW_S / 3600
    return alone, sum(
        min(kwh, max(target_kwh - alone.kwh[number], 0.0) + exported.kwh[number]) for number, kwh in drawn.kwh.items()
    )


def _kw(kwh: float) -> float:
    return kwh * 3600 / WINDOW_S
