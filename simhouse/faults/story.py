"""Play one fault as a story: `python -m simhouse demo --fault NAME`."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from simhouse.house.record import Record
from simhouse.report.verdict import judge

from .fault import Fault, Outcome
from .matrix import FAULTS, GROUPS
from .play import play
from .stage import Stage


def print_names(console: Console) -> None:
    """Print every fault and its description, in groups."""
    for title, group in GROUPS.items():
        console.print(f"[bold]{title}[/]")
        for fault in group:
            console.print(f"  {fault.name:30} {fault.happens}", highlight=False)


def play_and_print(name: str, folder: Path, console: Console) -> int:
    """Play a fault, print what happened and draw it; 0 when it became safe in time and well again."""
    logging.disable()
    fault, record = FAULTS[name], Records()
    table = _make_table(fault)
    try:
        outcome = play(fault, lambda stage: _watch(stage, fault, record, table))
    finally:
        logging.disable(logging.NOTSET)
    console.print(table)
    _print_verdict(console, fault, outcome)
    from simhouse.report.picture import draw_picture  # late: matplotlib takes its time

    picture = folder / f"{name}.png"
    draw_picture(record.of, judge(record.of), picture)
    console.print(f"\nPicture: {picture}", highlight=False, soft_wrap=True)
    return 1 if outcome.complaints(fault) else 0


class Records:
    """The record of the house being played, and the lines printed last."""

    of: Record
    last: Any = None


def _make_table(fault: Fault) -> Table:
    table = Table(title=f"{fault.name}: {fault.happens}", title_style="bold", header_style="bold")
    for heading in ("s", "site", "draws, A", "fuse", "commands", "reason"):
        table.add_column(heading, justify="right" if heading in ("s", "fuse") else "left", overflow="fold")
    return table


def _watch(stage: Stage, fault: Fault, records: Records, table: Table) -> None:
    if not hasattr(records, "of"):
        records.of = Record(stage.house)
    second, now = stage.t_s - 1, stage.house.now
    assert now is not None
    records.of.watch(now, stage.reply if stage.machine.alive else {})
    site = stage.site if stage.machine.alive else "Home Assistant is off"
    calls = _commands(stage.reply.get("calls") or []) if stage.machine.alive else ""
    into_s = second - fault.settles_s
    shown = (site, tuple(stage.errors), fault.safe(stage))
    if not calls and shown == records.last and into_s not in (0, fault.lasts_s):
        return
    records.last = shown
    draws = ", ".join(f"{load} {stage.drawn_a(load):.1f}" for load in records.of.loads)
    mark = {0: "\n[bold]the fault begins[/]", fault.lasts_s: "\n[bold]the fault is over[/]"}.get(into_s, "")
    reasons = [str(stage.shown(load).get("reason") or "") for load in records.of.loads]
    told = "; ".join(stage.errors) or "; ".join(filter(None, reasons))
    colour = "green" if fault.safe(stage) else "yellow"
    table.add_row(f"{into_s}{mark}", site, draws, f"[{colour}]{100 * stage.highest_load_ratio:.0f} %[/]", calls, told)


def _commands(calls: Sequence[dict[str, Any]]) -> str:
    found = []
    for call in calls:
        data = call.get("data") or {}
        target = data.get("entity_id") or data.get("devid") or ""
        found.append(f"{call['service']} {target} {data.get('value', '')}".strip())
    return "\n".join(found)


def _print_verdict(console: Console, fault: Fault, outcome: Outcome) -> None:
    console.print(f"\n[bold]Safe state:[/] {fault.safe_state}. Promised within {fault.within_s:g} s: {fault.promise}.")
    for complaint in outcome.complaints(fault):
        console.print(f"  [red]{complaint}[/]")
    if not outcome.complaints(fault):
        console.print(
            f"  [green]Safe after {outcome.safe_s} s[/], as before {outcome.fine_s} s after its end. At worst "
            f"{outcome.worst:.2f} times the rating, above it for {outcome.over_s} s; no breaker opened.",
            highlight=False,
        )


__all__ = ["play_and_print", "print_names"]
