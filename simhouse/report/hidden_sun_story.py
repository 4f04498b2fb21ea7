"""The demo of a throttled inverter: one day with and without tests for hidden sun."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from simhouse.devices.source import as_list

from ..house.record import Record
from ..physics.flows import Node
from .play_again import Again


async def play_without_tests(config: Mapping[str, Any], again: Again) -> Record | None:
    """Play the house once more while CONFIG denies that its inverter throttles; None where it does not throttle."""
    site = config["site"]
    inverters = as_list(site.get("inverter"))
    if not any(inverter.get("throttles") is True for inverter in inverters):
        return None
    denied = [{**inverter, "throttles": False} for inverter in inverters]
    single = not isinstance(site["inverter"], list | tuple)
    return await again({**config, "site": {**site, "inverter": denied[0] if single else denied}})


def print_tests(console: Console, tested: Record, untested: Record) -> None:
    """Print for both days what the inverter could give and gave, and the energy that reached the loads."""
    table = Table(title="Hidden sun, kWh", title_style="bold", header_style="bold")
    for heading in ("", "could give", "gave", "to the loads", "from the sun", "from the battery", "from the grid"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, record in (("with tests", tested), ("without", untested)):
        ledger = record.ledger
        assert ledger is not None
        gave_kwh = ledger.sun_kwh
        sources = [sum(ledger.kwh(node, load) for load in ledger.loads) for node in (Node.SUN, Node.BATTERY, Node.GRID)]
        energies = (gave_kwh + record.held_back_kwh, gave_kwh, sum(sources), *sources)
        table.add_row(name, *(f"{kwh:.1f}" for kwh in energies))
    console.print()
    console.print(table)
