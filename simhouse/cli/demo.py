"""`python -m simhouse demo`: the scripts balance a simulated house; a table, a verdict and a picture say how."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from ..devices.meter import NotSimulated
from ..host.event_loop import run_in_host_loop
from ..house.house import Instant
from ..house.plan import Plan, fresh_copy, make_plan, parse_days, parse_hours
from ..house.price_week import OURS
from ..house.record import Record
from ..house.run import AnyHost, Reply, run
from ..house.trace_columns import InputError
from ..report.export_story import play_without_limit, print_exports
from ..report.hidden_sun_story import play_without_tests, print_tests
from ..report.households import print_households
from ..report.peak_story import play_without_tariff, print_comparison
from ..report.plan_results import print_plans
from ..report.play_again import play_again
from ..report.sun_table import print_sun
from ..report.table import print_hours, print_verdict
from ..report.verdict import judge

WIDE = 160  # columns where the output is no terminal
HostMaker = Callable[..., Any]


def main(argv: Sequence[str] | None = None, host_maker: HostMaker | None = None) -> int:
    """Run the demo; return 0 when everything held, 1 when not, 2 for unusable input, 3 without a verdict."""
    options = _parse_options(argv)
    if options.fault:
        return _play_fault(options)
    try:
        plan = make_plan(options)
        options.out.mkdir(parents=True, exist_ok=True)
    except (InputError, NotSimulated) as error:
        print(f"simhouse demo: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        problem = f"{options.out} cannot be written ({error.strerror})"
        print(f"simhouse demo: {problem}. Remedy: choose another --out.", file=sys.stderr)
        return 2
    try:
        return run_in_host_loop(_run_and_report(plan, options, host_maker or _import_host()))
    except InputError as error:
        print(f"simhouse demo: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simhouse demo", description=__doc__)
    parser.add_argument("--trace", type=Path, help="CSV: time + watts columns, or a Home Assistant history export")
    parser.add_argument("--pv", type=Path, help="CSV of the sun: time + watts")
    parser.add_argument(
        "--prices", type=Path, nargs="?", const=OURS, help="a night of plans by prices; CSV: time,price (default: ours)"
    )
    parser.add_argument("--config", type=Path, help="a site_config.py or an example's name; default: one that fits")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--days", type=parse_days, help="length; default: the evening, or one day of a trace")
    length.add_argument(
        "--hours", type=parse_hours, help="from when to when on the first day, such as 06-21 or 6:30-21:00"
    )
    parser.add_argument(
        "--battery-soc", type=_parse_percent, default=50.0, help="the battery's charge at the start [%%]"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("demo_out"), help="folder of the picture (default: ./demo_out)"
    )
    parser.add_argument("--columns", default="", help="columns of the trace, in the order of the phases: A,B,C")
    parser.add_argument("--unit", choices=["W", "kW", "A", "mA"], help="unit of the trace, if its columns do not say")
    parser.add_argument("--grid-gone", type=parse_hours, help="hours without the grid, such as 12-13:30")
    parser.add_argument("--time-zone", help="zone of a trace without offsets, such as Europe/Paris")
    parser.add_argument("--fault", metavar="NAME", help="play a fault in its own small house; 'list' names them")
    parser.add_argument("--cycling", action="store_true", help="add bursts of 1 to 5 s to a trace; its energy stays")
    parser.add_argument("--sluggish", action="store_true", help="breakers that trip as late as permitted, not as early")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another evening")
    return parser.parse_args(argv)


def _play_fault(options: argparse.Namespace) -> int:
    from ..faults.matrix import FAULTS  # late: only here
    from ..faults.story import play_and_print, print_names

    console = _console()
    if options.fault == "list":
        print_names(console)
        return 0
    if options.fault not in FAULTS:
        near = ", ".join(get_close_matches(options.fault, FAULTS, 3)) or "see --fault list"
        print(f"simhouse demo: there is no fault {options.fault}. Remedy: {near}.", file=sys.stderr)
        return 2
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"{options.out} cannot be written ({error.strerror})"
        print(f"simhouse demo: {problem}. Remedy: choose another --out.", file=sys.stderr)
        return 2
    return play_and_print(options.fault, options.out, console)


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=WIDE)


def _parse_percent(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of percent between 0 and 100")
    return value


def _import_host() -> HostMaker:
    from ..host.pyscript_host import Host  # late: a test brings its own

    made: HostMaker = Host
    return made


async def _run_and_report(plan: Plan, options: argparse.Namespace, host_maker: HostMaker) -> int:
    """Run, print the table and the verdict, and write the picture."""
    console = _console()
    for note in plan.notes:
        console.print(f"[dim]{note}[/]", highlight=False)
    record = Record(plan.house)
    with TemporaryDirectory(prefix="fusebox-demo-") as folder:
        async with plan.house.linked or nullcontext():
            config = fresh_copy(plan, Path(folder))
            async with host_maker(config=config, start=plan.house.start, time_zone=plan.time_zone) as host:
                await _run_with_progress(plan, host, record)

    async def again(config: Mapping[str, Any]) -> Record:
        return await play_again(config, make_plan(options), host_maker)

    comparison = await play_without_tariff(plan.house.config, record, again)
    shines = record.ledger is not None
    untested = await play_without_tests(plan.house.config, again) if shines else None
    unlimited = await play_without_limit(plan.house.config, again) if shines else None
    verdict = judge(record)
    print_hours(console, record)
    print_sun(console, record)
    if untested is not None:
        print_tests(console, record, untested)
    if unlimited is not None:
        print_exports(console, record, unlimited)
    print_plans(console, record)
    print_verdict(console, record, verdict)
    print_households(console, record)
    if comparison is not None:
        print_comparison(console, comparison, plan.house.config, plan.house.start, options.seed)
    from ..report.picture import draw_picture  # late: matplotlib takes its time, and bad input should not wait for it

    picture = options.out / "demo.png"
    others = {"sun, without tests": untested, "sun, without limit": unlimited}
    draw_picture(record, verdict, picture, comparison, {name: each for name, each in others.items() if each})
    console.print(f"\nPicture: {picture}", highlight=False, soft_wrap=True)
    if verdict.unjudged and not verdict.complaints:
        return 3
    return 0 if verdict.held else 1


async def _run_with_progress(plan: Plan, host: AnyHost, record: Record) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"{plan.house.start:%a %H:%M}", total=plan.length_s)

        def watch(instant: Instant, reply: Reply) -> None:
            record.watch(instant, reply)
            if instant.t_s == 0 and record.site_states["config_error"]:
                problems = "; ".join(record.site_errors)
                raise InputError(plan.config_path, None, f"the scripts refuse this CONFIG: {problems}", "correct it")
            if instant.t_s % 300 == 0:
                at = plan.house.start + timedelta(seconds=instant.t_s)
                progress.update(task, completed=instant.t_s, description=f"{at:%a %H:%M}")

        await run(plan.house, host, plan.length_s, watch=watch)
