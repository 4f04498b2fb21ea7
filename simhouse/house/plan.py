"""Read the user's files and build the house that the demo will run."""

import argparse
import re
import shutil
from array import array
from collections.abc import Mapping, MutableSequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from ..devices.price_entity import with_own_sources
from ..physics.seconds import SecondSeries, add_hob_bursts, hold_samples
from .build import Inputs, build_house
from .config_file import read_config_file, without_dry_run
from .house import Equipment, House
from .price_week import read_prices
from .trace_columns import InputError
from .traces import Trace, read_trace, zone_named

EXAMPLES = Path(__file__).resolve().parents[2] / "config_examples"
EVENING = datetime(2025, 4, 24, 16, 0, tzinfo=UTC)  # local time; a house without a name needs no zone
EVENING_S = 6 * 3600
NIGHT_S = 16 * 3600
DAY_S = 86_400
MOST_DAYS = 400


@dataclass(frozen=True)
class Plan:
    """The demo's config file, house, length in seconds, and notes on the input."""

    config_path: Path
    house: House
    length_s: int
    time_zone: str | None
    notes: tuple[str, ...]


def make_plan(options: argparse.Namespace) -> Plan:
    """Read every file and build the house; InputError or NotSimulated, with a sentence on what is wrong, if that is
    impossible."""
    zone_named(options.time_zone)  # an unknown one is refused
    named = example_or_file(options.config)
    trace = _household_trace(options, 230.0 if named is None else _phase_voltage_v(read_config_file(named)))
    three = trace is None or ("house" not in trace.watts and len(trace.watts) > 1)
    prices = read_prices(options.prices) if options.prices else None
    usual = "prices_and_two_cars.py" if prices else "three_phase_evening.py" if three else "two_cars_and_a_pool.py"
    config_path = named or EXAMPLES / usual
    live, notes = without_dry_run(read_config_file(config_path))
    config, own_sources = with_own_sources(live)
    notes += own_sources
    start = trace.start if trace else EVENING
    skipped_s, length_s = 0, DAY_S if trace else NIGHT_S if prices else EVENING_S
    if options.days:
        length_s = int(options.days * DAY_S)
    elif options.hours:
        from_s, until_s = options.hours
        skipped_s = (from_s - _second_of_day(start)) % DAY_S if trace else from_s - _second_of_day(start)
        start += timedelta(seconds=skipped_s)
        length_s = until_s - from_s
    available_s = int(trace.length_s) - skipped_s if trace else DAY_S * MOST_DAYS
    length_s = min(length_s, available_s)
    if trace and options.days and options.days * DAY_S > available_s:
        notes.append(f"{options.trace.name} ends after {available_s / DAY_S:.1f} days")
    if length_s < 60:
        problem = f"the chosen time holds only {max(length_s, 0)} s{' of the trace' if trace else ''}"
        raise InputError(options.trace, None, problem, "give at least a few minutes")
    base = None
    if trace:
        phases = tuple(sorted(config["site"]["grid"]))
        cycling = Random(f"{options.seed}:cycling") if options.cycling else None
        base = base_load_from_trace(trace, phases, skipped_s, length_s, cycling)
        notes += [f"{options.trace.name}: {note}" for note in trace.notes]
        if "house" in trace.watts and len(phases) > 1:
            notes.append(f"{options.trace.name}: one column on {len(phases)} phases is shared out evenly")
    solar = None
    if options.pv:
        sun = read_trace(options.pv, time_zone=options.time_zone)
        if not _covers(sun, start, length_s):
            sun = read_trace(options.pv)  # a record of another time shines by its own clock
        solar = sun_from_trace(sun, start, length_s)
        notes += [f"{options.pv.name}: {note}" for note in sun.notes]
        if not config["site"].get("solar_w"):
            notes.append("the config has no site.solar_w: the scripts see the sun only through the meter")
    house = build_house(
        config,
        start=start,
        length_s=length_s,
        seed=options.seed,
        inputs=Inputs(base, solar, soc_pct=options.battery_soc, prices=prices),
        equipment=Equipment(sluggish_breakers=options.sluggish),
    )
    if options.grid_gone:
        house.outage = _outage(options.grid_gone, start, length_s)
    fuse_a = house.circuits["main"].device.rating_a
    worst_a, phase = max((max(series.watts) / house.voltage_v, p) for p, series in house.base.items())
    if worst_a > fuse_a:
        notes.append(
            f"the house alone reaches {worst_a:.1f} A on {phase}: above main_fuse_a ({fuse_a:g} A) in {config_path}"
        )
    return Plan(config_path, house, length_s, options.time_zone, tuple(notes))


def _household_trace(options: argparse.Namespace, voltage_v: float) -> Trace | None:
    """Return the trace that the options name, None without one."""
    if not options.trace:
        return None
    columns = [name.strip() for name in options.columns.split(",") if name.strip()]
    return read_trace(options.trace, columns, options.time_zone, voltage_v, options.unit)


def _phase_voltage_v(config: Mapping[str, Any]) -> float:
    """Return CONFIG's phase voltage [V], 230 where an entity shows it."""
    stated = config["site"].get("voltage_v")
    return float(stated) if isinstance(stated, int | float) else 230.0


def _outage(hours: tuple[int, int], start: datetime, length_s: int) -> range:
    """Return the seconds of a run without the grid: these hours [s of the day] of its first day, or of the next.

    InputError where the run has neither.
    """
    gone_s, back_s = (at_s - _second_of_day(start) for at_s in hours)
    later_s = DAY_S if back_s <= 0 else 0
    found = range(max(gone_s + later_s, 0), min(back_s + later_s, length_s))
    if not found:
        raise InputError(None, None, "--grid-gone is outside the simulated time", "choose hours in it")
    return found


def fresh_copy(plan: Plan, folder: Path) -> Path:
    """Copy the config, and secrets next to it, to a folder without memory of an earlier run; return the copy.

    Devices with an address get that of their simulation.
    """
    secrets = plan.config_path.parent / "secrets.yaml"
    if secrets.is_file():
        shutil.copy(secrets, folder)
    copy = folder / "site_config.py"
    linked = plan.house.linked
    played = plan.house.config if linked is None else linked.with_addresses(plan.house.config)
    if played == read_config_file(plan.config_path):
        shutil.copy(plan.config_path, copy)
    else:
        copy.write_text(f"CONFIG = {played!r}\n", encoding="utf-8")
    return copy


def example_or_file(path: Path | None) -> Path | None:
    """Return the file that is meant: an example may be named without its folder and ending.

    A file that exists comes first; the path as it is, None included, where there is neither.
    """
    if path is None or path.exists():
        return path
    example = EXAMPLES / f"{path.name.removesuffix('.py')}.py"
    return example if path.parent == Path() and example.exists() else path


def parse_hours(text: str) -> tuple[int, int]:
    """Seconds of the day from "06-21" or "6:30-21:00"; an end before its beginning is on the next day."""
    found = re.fullmatch(r"(\d{1,2})(?::([0-5]\d))?-(\d{1,2})(?::([0-5]\d))?", text.strip())
    if found is None or int(found[1]) > 23 or int(found[3]) > 24:
        raise argparse.ArgumentTypeError(f"'{text}' is not a pair of hours such as 06-21 or 6:30-21:00")
    from_s, until_s = (int(found[i]) * 3600 + int(found[i + 1] or 0) * 60 for i in (1, 3))
    return from_s, until_s if until_s > from_s else until_s + DAY_S


def parse_days(text: str) -> float:
    """Return a length in days; ArgumentTypeError for other text and for more than 400."""
    try:
        days = float(text)
    except ValueError:
        days = 0.0
    if not 0 < days <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of days between 0 and {MOST_DAYS}")
    return days


def base_load_from_trace(
    trace: Trace, phases: tuple[str, ...], from_s: int, length_s: int, cycling: Random | None
) -> Mapping[str, SecondSeries]:
    """Return the trace from second `from_s` by phase of the house; a single column is shared evenly."""
    lines = trace.watts
    if "house" in lines:
        lines = {p: tuple(None if v is None else v / len(phases) for v in lines["house"]) for p in phases}
    if set(lines) != set(phases):
        raise InputError(
            trace.path,
            1,
            f"the trace has {', '.join(lines)}, the config has {', '.join(phases)}",
            "choose with --columns, or another --config",
        )
    speaks_s = float("inf") if trace.holds else 1.5 * trace.period_s
    times_s = [t - from_s for t in trace.times_s]
    found = {p: hold_samples(times_s, lines[p], length_s, speaks_s) for p in phases}
    return {p: add_hob_bursts(series, cycling) for p, series in found.items()} if cycling else found


def sun_from_trace(trace: Trace, start: datetime, length_s: int) -> MutableSequence[float]:
    """Return the sun's power by second [W]: at its own time if the records overlap, else by hour of the day.

    Its phases are added. A record that counts production as negative is turned round.
    """
    phases = zip(*trace.watts.values(), strict=True)
    line = [None if None in sample else sum(filter(None, sample)) for sample in phases]
    if sum(filter(None, line)) < 0:
        line = [None if w is None else -w for w in line]
    shift_s = (start - trace.start).total_seconds()
    speaks_s = 1.5 * trace.period_s
    if _covers(trace, start, length_s):
        series = hold_samples([t - shift_s for t in trace.times_s], line, length_s, speaks_s)
        return array("d", (max(0.0, w) for w in series.watts))
    whole = hold_samples(trace.times_s, line, int(trace.length_s), speaks_s).watts
    days = max(1, int(trace.length_s) // DAY_S)
    begin_s = (_second_of_day(start) - _second_of_day(trace.start)) % DAY_S
    found = array("d", bytes(8 * length_s))
    for t in range(length_s):
        at = (begin_s + t) % (days * DAY_S)
        found[t] = max(0.0, whole[at]) if at < len(whole) else 0.0
    return found


def _covers(trace: Trace, start: datetime, length_s: int) -> bool:
    """Return whether a trace contains the whole time from `start` on."""
    return 0 <= (start - trace.start).total_seconds() <= trace.length_s - length_s


def _second_of_day(at: datetime) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
