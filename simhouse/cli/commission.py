"""`python -m simhouse commission --config FILE --faults turned:L2 phase:car=L3`: what a test of the wiring finds.

The scripts get FILE; the simulated house is wired differently: `turned:L1`, `exchanged:L1=L2`, `phase:LOAD=L2`,
`circuit:LOAD=garage`, `unit:L1` or `unit:LOAD` (kW that are taken for W), `late:SECONDS`, `rounding:LOAD=2`,
`deaf:LOAD` (0 does not pause it), `lying:LOAD=0.5` (its draw sensor reports this share of the draw).
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ..commission.fault_places import WrongFault
from ..commission.faults import PlantedHouse, plant_faults
from ..commission.play import WiringTestResult, build_planted_house, play_test
from ..devices.meter import NotSimulated
from ..host.event_loop import run_in_host_loop
from ..house.config_file import read_config_file
from ..house.plan import EXAMPLES, example_or_file
from ..house.trace_columns import InputError

START = datetime(2026, 3, 10, 14, tzinfo=UTC)
WIDE = 150


def main(argv: Sequence[str] | None = None) -> int:
    """Play the test; return 0 when exactly the planted faults were found, 1 when not, 2 when it cannot be played."""
    parser = argparse.ArgumentParser(
        prog="simhouse commission", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--config", type=Path, help="a site_config.py or an example's name")
    parser.add_argument("--faults", nargs="*", default=[], metavar="FAULT", help="what is wired differently")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another household")
    options = parser.parse_args(argv)
    try:
        path = example_or_file(options.config) or EXAMPLES / "three_phase_evening.py"
        planted = plant_faults(read_config_file(path), options.faults)
        house = build_planted_house(planted, START, options.seed)
    except (InputError, NotSimulated, WrongFault) as error:
        print(f"simhouse commission: {error}", file=sys.stderr)
        return 2
    from ..host.pyscript_host import Host  # late: bad input should not wait for it

    told = run_in_host_loop(play_test(planted, house, Host, print))
    if told.state == "refused":
        return 2
    console = Console()
    _print_result(console if console.is_terminal else Console(width=WIDE), planted, told)
    return 0 if told.state == "done" and sorted(_reported_lines(told, planted)) == sorted(planted.expected) else 1


def _reported_lines(told: WiringTestResult, planted: PlantedHouse) -> list[str]:
    """Return the reported lines of CONFIG with their places, the loads that do not pause, and a planted delay.

    A delay is found if each meter is as late as planted, to the second.
    """
    report = told.attributes.get("report", ())
    deaf = [f"deaf: {row['load']}" for row in report if row.get("pauses") is False]
    written = [line.rpartition(",  # in ") for line in told.attributes.get("config", ())]
    late = {f"late: {round(row['late_s']['median'])}" for row in report if "meter" in row and row.get("late_s")}
    delays = [line for line in planted.expected if late == {line}]
    return [f"{where.partition(', choice ')[0]}: {line}" for line, _, where in written] + deaf + delays


def _print_result(console: Console, planted: PlantedHouse, told: WiringTestResult) -> None:
    console.print(f"\n{told.state} after {told.took_s} s: {told.attributes['reason']}", highlight=False)
    for what, key in (("Loads", "load"), ("Meters", "meter")):
        rows = [row for row in told.attributes.get("report", ()) if key in row]
        if rows:
            table = Table(*rows[0], title=what)
            for row in rows:
                table.add_row(*map(_value_text, row.values()))
            console.print(table)
    for title, key in (("Left out", "left_out"), ("Findings", "findings"), ("CONFIG", "config")):
        lines = told.attributes.get(key, ())
        for line in [f"{title}:", *(f"  {each}" for each in lines)] if lines else ():
            console.print(line, highlight=False, markup=False, soft_wrap=key == "config")
    reported = _reported_lines(told, planted)
    for line in [line for line in planted.expected if line not in reported]:
        console.print(f"Planted and not found: {line}", highlight=False, markup=False)
    console.print(f"Above a fuse for {told.over_s} s.", highlight=False)


def _value_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return f"{value['median']:g}, at most {value['worst']:g}"
    return ", ".join(value) if isinstance(value, list) else f"{value:.4g}" if isinstance(value, float) else str(value)
