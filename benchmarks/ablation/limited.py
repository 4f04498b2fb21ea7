"""The hour of a random home under limits: a tariff that limits quarter hours, a contract, and `optimized`.

Target and contract are drawn from the seed, chosen so that both matter: a share of what the main fuse carries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any

from benchmarks.population.bound import VOLTAGE_V, possible_kwh
from benchmarks.population.direct_home import DirectHome
from benchmarks.population.play import FUSEBOX
from benchmarks.population.row import Tally
from benchmarks.population.tariff import Windows
from simhouse.house.house import Instant
from simhouse.house.run import run
from simhouse.population.draw import draw_home
from simhouse.population.home import LENGTH_S, Home
from simhouse.population.tariffed import WINDOW_S, draw_target_kw
from simhouse.population.world import home_config, home_house

CONTRACT_SHARE = (0.6, 0.9)


def limits_of(home: Home) -> tuple[float, float]:
    """Return the target of a quarter hour [kW] and the contract [W] of a home."""
    random, fuse_w = Random(f"{home.seed}:limits"), home.fuse_a * VOLTAGE_V * len(home.phases)
    return draw_target_kw(random, home), round(random.uniform(*CONTRACT_SHARE) * fuse_w, -2)


def play_limited(seed: int, watch: Callable[[Any], None]) -> dict[str, float]:
    """Return the figures of Fusebox's hour. `over_kwh`: import above the target's energy, summed over quarter hours."""
    home = draw_home(seed)
    house, config = home_house(home), home_config(home)
    target_kw, contract_w = limits_of(home)
    config["tariff"] = {"kind": "fixed_limit", "target_kw": target_kw}
    config["site"] |= {"max_import_w": contract_w, "distribution": "optimized"}
    tally, imported = Tally(home, house), Windows(house.start.timestamp())

    def note(instant: Instant, reply: dict[str, Any]) -> None:
        tally.watch(instant, reply)
        imported.add_second(instant.t_s, sum(instant.net_a.values()) * VOLTAGE_V)
        watch(reply)

    async def played() -> None:
        async with DirectHome(config, home, house) as fusebox:
            await run(house, fusebox, LENGTH_S, watch=note)

    asyncio.run(played())
    row = tally.row(FUSEBOX, possible_kwh(home, home_house(home)))
    return {
        "hot_s": row.hot_s + row.circuits_hot_s,
        "over_kwh": sum(max(0.0, kwh - target_kw * WINDOW_S / 3600) for kwh in imported.kwh.values()),
        "energy_pct": row.energy_pct,
        "starts": row.starts,
        "commands": row.commands,
    }
