"""The demo's table and verdict for a terminal."""

import re
from collections import Counter
from datetime import timedelta
from math import isfinite
from statistics import fmean

from rich.console import Console
from rich.table import Table

from ..house.record import HOUR_S, Record
from .verdict import Verdict

MINUTE_S = 60


def print_hours(console: Console, record: Record) -> None:
    """Print a row an hour: mean powers [kW], the worst phase, and what limited each load most of the time."""
    house, voltage_v = record.house, record.house.voltage_v
    table = Table(title="Hour by hour, mean kW", title_style="bold", header_style="bold", row_styles=("", "dim"))
    table.add_column("hour")
    table.add_column("house", justify="right")
    if house.roof.solar is not None:
        table.add_column("sun", justify="right")
    if house.roof.battery is not None:
        table.add_column("battery", justify="right")
    for load in record.loads:
        table.add_column(load, justify="right", style="green" if load in house.chargers else "cyan")
    if house.prices:
        table.add_column("price, fees", justify="right")
    table.add_column("worst phase", justify="right")
    table.add_column("limited by, % of the hour", overflow="fold")
    for begin in range(0, record.seconds, HOUR_S):
        end = min(begin + HOUR_S, record.seconds)
        span = end - begin
        row = [f"{house.start + timedelta(seconds=begin):%a %H:%M}"]
        row.append(f"{sum(sum(record.base_a[p][begin:end]) for p in house.phases) * voltage_v / span / 1000:.2f}")
        if house.roof.solar is not None:
            row.append(f"{sum(record.solar_w[begin:end]) / span / 1000:.2f}")
        if house.roof.battery is not None:
            row.append(f"{sum(record.battery_w[begin:end]) / span / 1000:+.2f}")
        for load in record.loads:
            power_kw = sum(sum(record.load_a[load, p][begin:end]) for p in house.phases) * voltage_v / span / 1000
            row.append(f"{power_kw:.2f}" if power_kw else "·")
        if house.prices:
            row.append(_price_text(record, begin, end))
        worst_a, phase = max((max(map(abs, record.net_a[p][begin:end])), p) for p in house.phases)
        row.append(f"{phase} {worst_a:.1f} A")
        row.append(_bound_text(record.bound.get(begin // HOUR_S, {})))
        table.add_row(*row)
    console.print(table)


def _price_text(record: Record, begin: int, end: int) -> str:
    """Such as "0.312, 0.140": the mean price of a kWh in an hour, and what of it is added to the market's."""
    entity, start = record.house.prices[0], record.house.start
    pairs = [
        (paid, market)
        for second, paid in enumerate(record.price[begin:end], begin)
        if second % MINUTE_S == 0 and isfinite(paid)
        if (market := entity.price_at(start + timedelta(seconds=second))) is not None
    ]
    if not pairs:
        return "·"
    paid, market = (fmean(column) for column in zip(*pairs, strict=True))
    return f"{paid:.3f}, {paid - market:.3f}"


def _bound_text(bound: dict[str, Counter[str]]) -> str:
    """Return each load's most frequent limit and its share of the hour, such as "estate: garage L2 80 %".

    A load that was mostly free is left out; "nothing" if all were.
    """
    parts = []
    for load, counts in bound.items():
        name, seconds = counts.most_common(1)[0]
        if name != "free":
            parts.append(f"{load}: {name} {100 * seconds // counts.total():.0f} %")
    return ", ".join(parts) or "nothing"


def print_verdict(console: Console, record: Record, verdict: Verdict) -> None:
    """Print the verdict: did everything hold, how close was it, the cars' energy, the number of commands."""
    house = record.house
    console.print()
    if verdict.held:
        rest = "no load overheated a fuse or took more than it was offered"
        console.print(f"[bold green]Everything held.[/] No breaker opened, {rest}.")
    for complaint in verdict.complaints:
        console.print(f"[bold red]NOT HELD:[/] {complaint}.")
    for reason in verdict.unjudged:
        console.print(f"[bold yellow]No verdict:[/] {reason}.")
    for c in verdict.circuits:
        kind = house.config["site"].get("fuse_type", "B") + " " if c.name == "main" else ""
        text = f"  {c.name} ({kind}{c.rating_a:g} A): worst {c.worst_a:.1f} A on {c.worst_phase}; "
        text += f"{c.over_rating_s:.0f} s above the rating, {c.over_113_s:.0f} s above 1.13 times it, "
        text += f"{c.excess_a2s:.0f} A²s of excess"
        if c.house_alone_s:
            text += f"; the house alone was above it for {c.house_alone_s} s"
        console.print(text, highlight=False)
    _print_loads(console, verdict)
    _print_reasons(console, record)
    contract = "" if verdict.over_contract_s is None else f"; {verdict.over_contract_s} s above max_import_w"
    console.print(f"  Highest quarter of an hour: {verdict.worst_quarter_kw:.2f} kW{contract}.", highlight=False)
    if record.unknown_s:
        console.print(
            f"  Gaps in the record: the meter was unknown to the scripts for {record.unknown_s} s.", highlight=False
        )
    said = ", ".join(f"{state} {_duration(seconds)}" for state, seconds in record.site_states.most_common())
    console.print(f"  The site's state: {said}.", highlight=False)
    not_ours = tuple(f"{path}:" for path in house.absent)
    for error in (each for each in record.site_errors if not each.startswith(not_ours)):
        console.print(f"  [red]The scripts report:[/] {error}", highlight=False)
    unknown = ", ".join(f"{path} ({entity})" for path, entity in house.absent.items())
    if unknown:
        console.print(f"  Not simulated, so unknown to the scripts: {unknown}.", highlight=False)


def _print_reasons(console: Console, record: Record) -> None:
    """Print each load's most frequent reason, in the scripts' own sentence."""
    for load, reasons in record.reasons.items():
        kinds: dict[str, list[str]] = {}
        for reason in reasons:
            kinds.setdefault(re.sub(r"\d+(\.\d+)?", "#", reason), []).append(reason)  # the same except for its numbers
        usual = max(kinds.values(), key=lambda same: sum(reasons[reason] for reason in same))
        share = 100 * sum(reasons[reason] for reason in usual) / reasons.total()
        example = max(usual, key=lambda reason: reasons[reason])
        if example:
            console.print(f"  [bold]{load}[/], {share:.0f} % of the time, for example: {example}", highlight=False)


def _duration(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def _print_loads(console: Console, verdict: Verdict) -> None:
    table = Table(title="Loads", title_style="bold", header_style="bold")
    for heading in ("load", "energy kWh", "possible alone", "starts", "pauses", "commands"):
        table.add_column(heading, justify="left" if heading == "load" else "right")
    for v in verdict.loads:
        possible = "" if v.possible_kwh is None else f"{v.possible_kwh:.1f}"
        if v.possible_kwh:
            possible += f" ({100 * v.taken_kwh / v.possible_kwh:.0f} %)"
        table.add_row(v.name, f"{v.taken_kwh:.1f}", possible, str(v.starts), str(v.pauses), str(v.commands))
    console.print(table)
