"""Two hours of one controller in one home with sun: whose energy the loads got, starts, and what the sun could give.

The loads' part of what the roof generates beyond the house load is own energy, the rest comes from the grid.
`usable_kwh` is the bound with perfect foresight: in each second the present loads get the best combination that the
surplus covers, whole amps from the minimum up, without ramps, starts, patience or any energy from the grid. A car that
is held at its minimum through a cloud may have a little more of the sun than that. Under `solar_priority` the minimum
is backed by the grid, so there every watt of surplus counts, up to what the loads can take. What `excess` leaves to the
grid on purpose is not subtracted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import combinations
from math import floor
from typing import Any, NamedTuple

from benchmarks.direct import Direct
from benchmarks.peers.contract import Peer
from benchmarks.peers.sun_lines import SunLines
from simhouse.house.house import House, Instant
from simhouse.house.run import run
from simhouse.physics.car import MINIMUM_A
from simhouse.population.home import Home
from simhouse.population.sunny import draw_sunny_home
from simhouse.population.world import home_config, home_house

FUSEBOX = "Fusebox"
WINDOWS_S = (10, 30, 60, 120, 300, 600)
PEERS: Mapping[str, Callable[[Mapping[str, Any]], Peer]] = {
    f"patience {window_s} s": partial(SunLines, window_s=window_s) for window_s in WINDOWS_S
}
WS_PER_KWH = 3_600_000.0


@dataclass(frozen=True)
class SunRow:
    """Result of one controller in one home with sun."""

    seed: int
    controller: str
    mode: str

    usable_kwh: float
    """The usable surplus with perfect foresight [kWh]."""

    own_kwh: float
    """The loads' energy from the surplus [kWh]."""

    grid_kwh: float
    """The loads' energy beyond the surplus [kWh]."""

    starts: int
    commands: int
    hours: float
    """Simulated time [h]."""

    @property
    def share_pct(self) -> float:
        """Own energy as a share of the usable surplus [%]."""
        return 100.0 * self.own_kwh / self.usable_kwh if self.usable_kwh > 0 else 100.0


class SunJob(NamedTuple):
    """The controllers named here in the home with sun of one seed.

    `site` and `tuning` are added to Fusebox's CONFIG.
    """

    seed: int
    controllers: tuple[str, ...]
    site: tuple[tuple[str, Any], ...] = ()
    tuning: tuple[tuple[str, float], ...] = ()


def controllers_for(seed: int, ours: bool) -> tuple[str, ...]:
    """Return Fusebox and, unless `ours`, the other controllers if they support every load and its mode."""
    home = draw_sunny_home(seed)
    return (FUSEBOX, *(() if ours or home.mode != "solar_only" or home.switched else PEERS))


def play_sun(job: SunJob, watch: Callable[[Any], None] | None = None) -> dict[str, Any]:
    """Return the rows of a home as plain values: {"key", "rows"}; `watch` gets each of Fusebox's replies."""
    home = draw_sunny_home(job.seed)
    usable = sum(usable_surplus_w(home, home_house(home))) / WS_PER_KWH
    rows = []
    for controller in job.controllers:
        house = home_house(home)
        tally = SunTally(house)
        asyncio.run(_run_controller(job, house, controller, tally, watch))
        rows.append(asdict(tally.row(home, controller, usable)))
    return {"key": repr(job), "rows": rows}


async def _run_controller(
    job: SunJob, house: House, controller: str, tally: SunTally, watch: Callable[[Any], None] | None
) -> None:
    home = draw_sunny_home(job.seed)
    config = home_config(home)
    if controller == FUSEBOX:
        config = {**config, "site": {**config["site"], **dict(job.site)}, "tuning": dict(job.tuning)}
        async with Direct(config, house.start) as fusebox:

            def note(instant: Instant, reply: Any) -> None:
                tally.watch(instant, reply)
                if watch is not None:
                    watch(reply)

            await run(house, fusebox, home.length_s, watch=note)
    else:
        async with PEERS[controller](config) as peer:
            await run(house, peer, home.length_s, watch=tally.watch)


class SunTally:
    """Collects the figures of a home, netted over its phases: the house is served first."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._own_ws = self._grid_ws = 0.0

    def watch(self, instant: Instant, _reply: object) -> None:
        """Add one second to the energy that the loads took from the grid and from the home's own sun [Ws]."""
        volts = self._house.voltage_v
        loads_w = sum(sum(load.values()) for load in instant.loads_a.values()) * volts
        grid_w = min(max(sum(instant.net_a.values()) * volts, 0.0), loads_w)
        self._grid_ws += grid_w
        self._own_ws += loads_w - grid_w

    def row(self, home: Home, controller: str, usable_kwh: float) -> SunRow:
        """Return the home's figures under one controller. `usable_kwh`: the most sun that its loads could use."""
        chargers, plugs = list(self._house.chargers.values()), list(self._house.plugs.values())
        return SunRow(
            home.seed,
            controller,
            home.mode,
            round(usable_kwh, 4),
            round(self._own_ws / WS_PER_KWH, 4),
            round(self._grid_ws / WS_PER_KWH, 4),
            sum(c.car_state.starts for c in chargers) + sum(p.starts for p in plugs),
            sum(c.commands for c in chargers) + sum(p.commands for p in plugs),
            home.length_s / 3600,
        )


class Taker(NamedTuple):
    """A load for the bound; a switched load draws its rating or nothing."""

    from_s: float
    step_w: float
    """An amp on all its phases."""

    least_w: float
    most_w: float
    below_w: float
    """How much less than its offer it draws [W]."""

    def takes_w(self, room_w: float) -> float:
        """Return the highest draw when offered at most `room_w` [W]; 0 below its minimum."""
        offer_w = min(floor(room_w / self.step_w + 1e-9) * self.step_w, self.most_w)
        return offer_w - self.below_w if offer_w >= self.least_w else 0.0


def usable_surplus_w(home: Home, house: House) -> Iterator[float]:
    """Yield for each second the most that the loads which have arrived could draw from the surplus [W].

    With "solar_priority" that is all of the surplus up to their highest power, otherwise a minimum has to fit.
    """
    takers = _make_takers(home, house)
    solar = house.roof.solar
    assert solar is not None
    for t_s in range(home.length_s):
        surplus_w = solar[t_s] - sum(line.watts[t_s] for line in house.base.values())
        present = [taker for taker in takers if taker.from_s <= t_s]
        if home.mode == "solar_priority":
            yield min(max(surplus_w, 0.0), sum(taker.most_w - taker.below_w for taker in present))
        else:
            yield highest_draw_w(present, surplus_w)


def highest_draw_w(takers: Sequence[Taker], room_w: float) -> float:
    """Return the highest draw of any group of loads from `room_w` [W]: minimums first, then whole steps."""
    found = 0.0
    for count in range(1, len(takers) + 1):
        for group in combinations(takers, count):
            left_w = room_w - sum(taker.least_w for taker in group)
            if left_w < 0:
                continue
            total_w = 0.0
            for taker in sorted(group, key=lambda each: -each.step_w):
                drawn_w = taker.takes_w(taker.least_w + left_w)
                total_w += drawn_w
                left_w -= drawn_w + taker.below_w - taker.least_w
            found = max(found, total_w)
    return found


def _make_takers(home: Home, house: House) -> list[Taker]:
    volts, found = house.voltage_v, []
    for box in home.boxes:
        car = box.car
        amp_w = volts * min(car.phases, len(box.phases))
        most_a = float(floor(min(box.max_a, house.chargers[box.name].spec.max_a, car.max_a + car.below_offer_a)))
        found.append(
            Taker(car.visits[0].arrives_s, amp_w, MINIMUM_A * amp_w, most_a * amp_w, car.below_offer_a * amp_w)
        )
    for load in home.switched:
        rated_w = house.plugs[load.name].load_w
        found.append(Taker(0.0, rated_w, rated_w, rated_w, 0.0))
    return found
