"""The energy of each household in a shared garage."""

from collections.abc import Sequence

from rich.console import Console

from ..house.build import groups_of
from ..house.record import Record

WS_PER_KWH = 3.6e6


def household_kwh(record: Record, loads: Sequence[str]) -> float:
    """Return the energy of these loads together [kWh]."""
    drawn_as = sum(sum(record.load_a[load, phase]) for load in loads for phase in record.house.phases)
    return drawn_as * record.house.voltage_v / WS_PER_KWH


def print_households(console: Console, record: Record) -> None:
    """Print the energy of each household; nothing for a house of one."""
    groups = groups_of(record.house.config.get("loads") or {})
    if groups:
        told = ", ".join(f"{name} {household_kwh(record, loads):.1f} kWh" for name, loads in groups.items())
        console.print(f"  [bold]Households:[/] {told}.", highlight=False)
