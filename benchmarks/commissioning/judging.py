"""Judge which of the planted faults a test reported, and print the table of all houses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fusebox.control.commissioning.report import Report

from .roofs import NO_ROOF

LATE_S = 10
"""Meters that report seldom are at most so late [s]."""
INTERVAL_S = 5
"""Longest interval of a late meter [s]: planted lags are rounded up to it, and reported up to as much later."""


class Outcome(NamedTuple):
    """The result of one house."""

    key: str
    seed: int
    faults: tuple[str, ...]
    """The planted faults."""
    found: tuple[str, ...]
    """The reported lines that correct them."""
    missed: tuple[str, ...]
    """Those that were not."""
    accused: tuple[str, ...]
    """Reported lines that correct nothing."""
    either: tuple[str, ...]
    """Those of `accused` that were reported as alternatives."""
    unsure: tuple[str, ...]
    """The loads that the last test was not sure about."""
    state: str
    """Of the last test."""
    reason: str
    """Why that was aborted."""
    took_s: int
    """Duration of all tests [s]; 0 when no test could begin."""
    calls: int
    """How many tests."""
    over_s: int
    """How long a fuse was above its rating, though it would not have been with all loads at their minimum [s]."""
    house_s: int
    """How long a fuse would have been above its rating anyway [s]."""
    plain_s: int
    """How long a fuse was above its rating in the same seconds without a test [s]; measured when `over_s` is not 0."""
    trips: int
    """Breakers that opened."""
    roof: str = NO_ROOF
    """The kind of its panels and battery, `NO_ROOF` without."""

    @property
    def is_wrong(self) -> bool:
        """Whether it gives wrong lines, or misses a fault without saying that it may have."""
        return bool(self.accused) or bool(self.missed and self.state == "done" and not self.unsure)


def lateness_lines(report: Report) -> list[str]:
    """Return how late the main meter is, as a line; empty when that follows from its interval."""
    rows: list[Mapping[str, Any]] = [row for row in report.rows if str(row.get("meter", "")).startswith("site.grid.")]
    lags_s = [row["late_s"]["median"] for row in rows if row["late_s"]]
    return [f"late: {lag_s:g}" for lag_s in lags_s[:1] if lag_s >= LATE_S]


def is_reported(expected: str, told: Sequence[str]) -> bool:
    """Whether one of these lines corrects the fault; a lag is compared within the meter's interval."""
    if expected.startswith("late: "):
        late_s = float(expected.removeprefix("late: "))
        lags_s = [float(line[6:]) for line in told if line.startswith("late: ")]
        return any(late_s - 1 <= lag_s <= late_s + 2 * INTERVAL_S for lag_s in lags_s)
    return expected in told


def lines_of(report: Report) -> list[str]:
    """Return all reported lines of CONFIG with their places, and other corrections."""
    deaf = [f"deaf: {row['load']}" for row in report.rows if row.get("pauses") is False]
    return [*(f"{line.place}: {line.text}" for line in report.config), *deaf, *lateness_lines(report)]


def is_alternative(line: str, report: Report) -> bool:
    """Whether a line was reported as one of several possible explanations."""
    return any(line == f"{each.place}: {each.text}" for each in report.config if each.choice)


def print_tables(outcomes: Sequence[Outcome]) -> None:
    """Print the table of the houses without a roof, and a line for each kind of roof."""
    print_table([each for each in outcomes if each.roof == NO_ROOF])
    roofs = sorted({each.roof for each in outcomes} - {NO_ROOF})
    print(f"\n{'roof':12} houses   found  unsure  ended  wrong  sound accused" if roofs else "")
    for roof in roofs:
        mine = [each for each in outcomes if each.roof == roof]
        faults = f"{sum(len(each.found) for each in mine)}/{sum(len(each.faults) for each in mine)}"
        unsure = sum(bool(each.missed) and each.state == "done" and not each.is_wrong for each in mine)
        ended, wrong = sum(each.state != "done" for each in mine), sum(each.is_wrong for each in mine)
        sound = [each for each in mine if not each.faults]
        accused = f"{sum(bool(each.accused) for each in sound)}/{len(sound)}"
        print(f"{roof:12} {len(mine):6} {faults:>7} {unsure:7} {ended:6} {wrong:6} {accused:>14}")


def print_table(outcomes: Sequence[Outcome]) -> None:
    """Print the faults found by kind, wrong accusations, and overloads."""
    planted, found = Counter[str](), Counter[str]()
    dark, outcomes = [e for e in outcomes if not e.took_s], [e for e in outcomes if e.took_s]
    for each in outcomes:
        planted.update(fault.partition(":")[0] for fault in each.faults)
        found.update(_fault_kind(line, each.faults) for line in each.found)
    for kind, count in sorted(planted.items()):
        print(f"{kind:12} {found[kind]:4} of {count:4}")
    print(f"{'all':12} {sum(found.values()):4} of {sum(planted.values()):4}")
    print(f"could not be tested {len(dark)} houses, with {sum(len(e.faults) for e in dark)} faults")
    missed = [e for e in outcomes if e.missed]
    print(f"missed in {len(missed)} houses, {sum(bool(e.unsure) for e in missed)} of them told to test again")
    sound, others = [e for e in outcomes if not e.faults], [e for e in outcomes if e.faults]
    print(f"sound houses accused {sum(bool(e.accused) for e in sound)} of {len(sound)}")
    surely = sum(set(e.accused) > set(e.either) for e in others)
    print(f"others accused of more {sum(bool(e.accused) for e in others)} of {len(others)}, {surely} with no 'or'")
    print(f"ended {dict(Counter(e.state for e in outcomes))}")
    over = [e for e in outcomes if e.over_s]
    print(f"above a fuse in {len(over)} houses, for {sum(e.over_s for e in over)} s")
    longer = sum(e.over_s + e.house_s > e.plain_s for e in over)
    print(f"of them longer than the same house in the same seconds without a test {longer}")
    print(f"and with all loads at their minimum in {sum(e.house_s > 0 for e in outcomes)}")
    print(f"breakers that opened {sum(e.trips for e in outcomes)}")


def _fault_kind(line: str, faults: Sequence[str]) -> str:
    for fault in faults:
        kind, _, rest = fault.partition(":")
        where, _, what = rest.partition("=")
        key = {"phase": "phases", "circuit": "circuit", "rounding": "step_a"}.get(kind)
        mends = {
            "turned": line.startswith(f'site.grid: "{where}": ') and "invert" in line,
            "exchanged": line.startswith("site.grid: ") and f'"{where}": ' in line and f'"{what}": ' in line,
            "unit": "kW" in line and (f'"{where}": ' in line or line.startswith(f"loads.{where}: ")),
            "late": line.startswith("late: "),
            "deaf": line == f"deaf: {where}",
            "lying": line.startswith(f"loads.{where}: ") and line.endswith("None"),
        }.get(kind, line.startswith(f'loads.{where}: "{key}": '))
        if mends:
            return kind
    return "unknown"
