"""The demo's table of solar energy: its use, and the sources of house and loads."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from ..house.ledger import Ledger
from ..house.record import HOUR_S, Record
from ..physics.flows import Node, Taker

SOURCES = (Node.SUN, Node.BATTERY, Node.GRID)
USES_A = 0.5
"""A car that draws more on a phase uses it."""
NAMES = {Node.HOUSE: "house", Node.BATTERY: "battery, charged", Node.GRID: "exported"}


def print_sun(console: Console, record: Record) -> None:
    """Print a row for each consumer if the house has sun: energy by source, share of sun, and starts."""
    ledger = record.ledger
    if ledger is None or not ledger.sun_kwh:
        return
    table = Table(title="The sun, kWh", title_style="bold", header_style="bold", show_footer=True)
    sun_kwh, battery = ledger.sun_kwh, record.house.roof.battery
    sources = [source for source in SOURCES if battery is not None or source is not Node.BATTERY]
    gave = [sum(ledger.kwh(source, taker) for taker in ledger.takers) for source in sources]
    headings = ["", "taken", *(f"from the {source.value}" for source in sources), "sun's share", "of all sun", "starts"]
    footers = ["all", _kwh(sum(gave)), *map(_kwh, gave), "", _percent(sun_kwh, sun_kwh), ""]
    for heading, footer in zip(headings, footers, strict=True):
        table.add_column(heading, footer=footer, justify="right" if heading else "left")
    for taker in ledger.takers:
        if taker is Node.BATTERY and battery is None:
            continue
        taken_kwh = ledger.taken_kwh(taker)
        row = [NAMES[taker] if isinstance(taker, Node) else taker, _kwh(taken_kwh)]
        row += [_kwh(ledger.kwh(source, taker)) for source in sources]
        row += [_percent(ledger.kwh(Node.SUN, taker), taken_kwh), _percent(ledger.kwh(Node.SUN, taker), sun_kwh)]
        table.add_row(*row, _starts(record, taker))
    console.print()
    console.print(table)
    console.print(f"  {_surplus_text(ledger)}", highlight=False)
    for name, charger in record.house.chargers.items():
        contactor = getattr(charger, "contactor", None)
        if contactor is not None and contactor.entity is not None:
            _print_switches(console, record, name, contactor.moves)
    clipped_kwh = ledger.curtailed_kwh - record.held_back_kwh
    for kwh, says in ((clipped_kwh, "could not take"), (record.held_back_kwh, "held back")):
        if kwh > 0.05:
            console.print(f"  The inverter {says} {kwh:.1f} kWh more.", highlight=False)
    if battery is not None:
        first_pct, last_pct = record.soc_pct[0], record.soc_pct[-1]
        console.print(f"  The battery began at {first_pct:.0f} % and ended at {last_pct:.0f} %.", highlight=False)


def _print_switches(console: Console, record: Record, name: str, switches: int) -> None:
    """Print the number of `switches` between one phase and three, and how long the car drew on one and on more."""
    times = "once" if switches == 1 else f"{switches} times"
    lines = [sum(a > USES_A for a in second) for second in zip(*_draws(record, name), strict=True)]
    one_h, more_h = lines.count(1) / HOUR_S, sum(count > 1 for count in lines) / HOUR_S
    spent = f"it charged on one for {one_h:.1f} h, on three for {more_h:.1f} h"
    console.print(f"  {name} was switched between one phase and three {times}: {spent}.", highlight=False)


def _draws(record: Record, name: str) -> list[Sequence[float]]:
    return [record.load_a[name, phase] for phase in record.house.phases]


def _surplus_text(ledger: Ledger) -> str:
    """Return a sentence on the use of the surplus."""
    surplus_kwh = ledger.sun_kwh - ledger.kwh(Node.SUN, Node.HOUSE)
    parts = {
        "the loads": sum(ledger.kwh(Node.SUN, load) for load in ledger.loads),
        "the battery": ledger.kwh(Node.SUN, Node.BATTERY),
        "the grid": ledger.kwh(Node.SUN, Node.GRID),
    }
    shares = ", ".join(f"{_percent(part, surplus_kwh)} to {name}" for name, part in parts.items() if part >= 0.005)
    text = f"The sun gave {surplus_kwh:.1f} kWh beyond what the house took at that moment"
    return f"{text}: {shares}." if shares else f"{text}."


def _starts(record: Record, taker: Taker) -> str:
    if taker in record.house.chargers:
        return str(record.house.chargers[taker].car_state.starts)
    return str(record.house.plugs[taker].starts) if taker in record.house.plugs else ""


def _kwh(value: float) -> str:
    return f"{value:.2f}" if value >= 0.005 else "·"


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f} %" if whole >= 0.005 else ""
