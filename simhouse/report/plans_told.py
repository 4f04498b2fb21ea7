"""What became of each plan, in the words of its entity."""

from rich.console import Console

from ..house.record import Record


def print_plans(console: Console, record: Record) -> None:
    """A line for each load that had one."""
    for load, told in record.plans.items():
        console.print(f"[bold]{load}[/]: {told}", highlight=False)
