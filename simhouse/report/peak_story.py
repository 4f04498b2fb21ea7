"""The demo of a tariff: one evening with and without it, and a year with its cost."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from ..house.plan import Plan
from ..house.record import Record
from ..house.run import run
from .peak_quarters import Comparison, evening_of, print_quarters, target_of


async def without_the_tariff(
    config: Mapping[str, Any], kept: Record, plan_again: Callable[[], Plan], host_maker: Callable[..., Any]
) -> Comparison | None:
    """Play the house once more without the tariff section; None where CONFIG has no target for quarters of an hour."""
    target_kw = target_of(config)
    if target_kw is None:
        return None
    plan = plan_again()
    record = Record(plan.house)
    with TemporaryDirectory(prefix="fusebox-demo-") as folder:
        file = Path(folder) / "site_config.py"
        bare = {key: value for key, value in config.items() if key != "tariff"}
        linked = plan.house.linked
        async with linked or nullcontext():
            written = bare if linked is None else linked.addressed(bare)
            file.write_text(f"CONFIG = {written!r}\n", encoding="utf-8")
            async with host_maker(config=file, start=plan.house.start, time_zone=plan.time_zone) as host:
                await run(plan.house, host, plan.length_s, watch=record.watch)
    return Comparison(target_kw, evening_of(kept), evening_of(record))


def print_comparison(
    console: Console, comparison: Comparison, config: Mapping[str, Any], start: datetime, seed: int
) -> None:
    """Print the evening's quarter hours, and the built-in year of a house with this tariff."""
    print_quarters(console, comparison)
    from .peak_year import print_year, tariff_of  # late: it needs the package that Home Assistant gets

    january = start.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    print_year(console, tariff_of(config["tariff"]), january, seed)
