"""The demo of a tariff: one evening with and without it, and a year with its cost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rich.console import Console

from ..house.record import Record
from .peak_quarters import Comparison, fixed_target_kw, print_quarters, quarter_hours_of_record
from .play_again import Again


async def play_without_tariff(config: Mapping[str, Any], kept: Record, again: Again) -> Comparison | None:
    """Play the house once more without the tariff section; None where CONFIG has no target for quarters of an hour."""
    target_kw = fixed_target_kw(config)
    if target_kw is None:
        return None
    record = await again({key: value for key, value in config.items() if key != "tariff"})
    return Comparison(target_kw, quarter_hours_of_record(kept), quarter_hours_of_record(record))


def print_comparison(
    console: Console, comparison: Comparison, config: Mapping[str, Any], start: datetime, seed: int
) -> None:
    """Print the evening's quarter hours, and the built-in year of a house with this tariff."""
    print_quarters(console, comparison)
    from .peak_year import print_year, tariff_of  # late: it needs the package that Home Assistant gets

    january = start.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    print_year(console, tariff_of(config["tariff"]), january, seed)
