"""The demo of a limit on export: one day with and without it."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from ..house.record import Record
from ..physics.flows import Node
from .play_again import Again


async def play_without_limit(config: Mapping[str, Any], again: Again) -> Record | None:
    """Play the house once more without CONFIG's limit on export; None where it holds no inverter back."""
    site = config["site"]
    if not (site.get("export") or {}).get("curtail"):
        return None
    return await again({**config, "site": {key: value for key, value in site.items() if key != "export"}})


def print_exports(console: Console, limited: Record, unlimited: Record) -> None:
    """Print for both days what was exported, at most and in all, and what the inverter held back."""
    table = Table(title="Limit on export", title_style="bold", header_style="bold")
    for heading in ("", "exported kWh", "at most kW", "held back kWh", "to the loads kWh"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, record in (("with the limit", limited), ("without", unlimited)):
        ledger = record.ledger
        assert ledger is not None
        volts = record.house.voltage_v
        most_w = max(-sum(amps) * volts for amps in zip(*record.net_a.values(), strict=True))
        exported_kwh = sum(ledger.kwh(source, Node.GRID) for source in (Node.SUN, Node.BATTERY))
        used_kwh = sum(ledger.taken_kwh(load) for load in ledger.loads)
        table.add_row(
            name,
            f"{exported_kwh:.1f}",
            f"{max(most_w, 0.0) / 1000:.1f}",
            f"{record.held_back_kwh:.1f}",
            f"{used_kwh:.1f}",
        )
    console.print()
    console.print(table)
