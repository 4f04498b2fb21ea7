"""The demo's table of the sun: where it went, and where house and loads had their energy from."""

from rich.console import Console
from rich.table import Table

from .ledger import Ledger
from .physics.flows import Node, Taker
from .record import Record

SOURCES = (Node.SUN, Node.BATTERY, Node.GRID)
NAMES = {Node.HOUSE: "house", Node.BATTERY: "battery, charged", Node.GRID: "exported"}


def print_sun(console: Console, record: Record) -> None:
    """One row for each taker, where the house has sun: energy by source, its share of sun, and the starts."""
    ledger = record.ledger
    if ledger is None or not ledger.sun_kwh:
        return
    table = Table(title="The sun, kWh", title_style="bold", header_style="bold", show_footer=True)
    sun_kwh = ledger.sun_kwh
    headings = ("", "taken", "from the sun", "battery", "grid", "sun's share", "of all sun", "starts")
    for heading, footer in zip(headings, _footer(ledger, sun_kwh), strict=True):
        table.add_column(heading, footer=footer, justify="right" if heading else "left")
    for taker in ledger.takers:
        taken_kwh = ledger.taken_kwh(taker)
        row = [NAMES[taker] if isinstance(taker, Node) else taker, _kwh(taken_kwh)]
        row += [_kwh(ledger.kwh(source, taker)) for source in SOURCES]
        row += [_percent(ledger.kwh(Node.SUN, taker), taken_kwh), _percent(ledger.kwh(Node.SUN, taker), sun_kwh)]
        table.add_row(*row, _starts(record, taker))
    console.print()
    console.print(table)
    used = 1 - ledger.kwh(Node.SUN, Node.GRID) / sun_kwh
    text = f"  The sun gave {sun_kwh:.1f} kWh; {100 * used:.0f} % of it stayed in the house."
    if ledger.curtailed_kwh > 0.005:
        text += f" The inverter could not take {ledger.curtailed_kwh:.1f} kWh more."
    battery = record.house.roof.battery
    if battery is not None:
        text += f" Battery: {record.soc_pct[0]:.0f} % at first, {record.soc_pct[-1]:.0f} % in the end."
    console.print(text, highlight=False)


def _footer(ledger: Ledger, sun_kwh: float) -> list[str]:
    """The sums: what each source gave."""
    gave = [sum(ledger.kwh(source, taker) for taker in ledger.takers) for source in SOURCES]
    return ["all", _kwh(sum(gave)), *map(_kwh, gave), "", _percent(sun_kwh, sun_kwh), ""]


def _starts(record: Record, taker: Taker) -> str:
    if taker in record.house.chargers:
        return str(record.house.chargers[taker].car_state.starts)
    return str(record.house.plugs[taker].starts) if taker in record.house.plugs else ""


def _kwh(value: float) -> str:
    return f"{value:.2f}" if value >= 0.005 else "·"


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f} %" if whole >= 0.005 else ""
