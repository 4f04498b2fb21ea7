"""Print the result of each plan, in the words of its entity."""

from rich.console import Console

from ..house.record import Record


def print_plans(console: Console, record: Record) -> None:
    """Print a line for each load that had a plan."""
    for load, result in record.plans.items():
        console.print(f"[bold]{load}[/]: {result}", highlight=False)
