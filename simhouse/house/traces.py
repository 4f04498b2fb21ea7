"""Read measured input as samples in watts: CSV files with a time column, and Home Assistant's history export."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .trace_columns import InputError, Part, choose_parts
from .trace_times import TimeReader

BLANK = {"", "unknown", "unavailable", "none", "null", "nan", "na", "n/a", "?"}
TIME_NAMES = ("time", "timestamp", "datetime", "date_time", "date", "last_changed", "last_updated")


@dataclass(frozen=True)
class Trace:
    """Samples: local start, seconds since then, and watts (None = gap) by phase, or in the single line "house"."""

    path: Path
    start: datetime
    times_s: tuple[float, ...]
    watts: Mapping[str, tuple[float | None, ...]]
    notes: tuple[str, ...] = ()
    holds: bool = False  # a history keeps its last value until the next change

    @property
    def period_s(self) -> float:
        """The usual time between two samples [s]."""
        steps = [b - a for a, b in zip(self.times_s, self.times_s[1:], strict=False) if b > a]
        return median(steps) if steps else 60.0

    @property
    def length_s(self) -> float:
        """The time from the first sample to the end of the last [s]."""
        return self.times_s[-1] + (0 if self.holds else self.period_s)

    @property
    def gaps(self) -> int:
        """The number of empty fields."""
        return sum(value is None for line in self.watts.values() for value in line)


@dataclass(frozen=True)
class CsvTable:
    """A file's header and its rows, each with its line number."""

    path: Path
    header: Sequence[str]
    rows: Iterator[tuple[int, dict[str, str]]]


def read_trace(
    path: Path,
    columns: Sequence[str] = (),
    time_zone: str | None = None,
    voltage_v: float = 230.0,
    unit: str | None = None,
) -> Trace:
    """Read a CSV of `time` + watts columns, or a history export (entity_id, state, last_changed).

    `columns` chooses among several, in the order of the phases. Amperes become watts with `voltage_v`. A time without
    offset is local, or of `time_zone`, which also tells apart the hours that summer time doubles.
    """
    path = Path(path)
    table = csv_table(path, "begin with a line such as: time,power_w")
    header = table.header
    zone = zone_named(time_zone)
    if "entity_id" in header and "state" in header:
        return _read_history(table, columns, zone, voltage_v, unit)
    time_name = next((name for name in TIME_NAMES if name in header), None)
    if time_name is None:
        problem = f"there is no column 'time' (found: {', '.join(header)})"
        raise InputError(path, 1, problem, "name the column of the times 'time'")
    names = [name for name in header if name != time_name]
    parts, notes = choose_parts(path, names, columns, unit)
    lines: dict[str, list[float | None]] = {part.phase: [] for part in parts}
    times, reader = [], TimeReader(path, zone)
    for number, row in table.rows:
        times.append(reader.read(row.get(time_name, ""), number))
        sums: dict[str, float | None] = {}
        for part in parts:
            value = _number(path, number, part.column, row.get(part.column, ""))
            before = sums.get(part.phase, 0.0)
            sums[part.phase] = None if value is None or before is None else before + part.watts(value, voltage_v)
        for phase, value in sums.items():
            lines[phase].append(value)
    if not times:
        raise InputError(path, 2, "there are no rows under the header", "give a file with measurements")
    return _make_trace(path, zone, times, {phase: tuple(line) for phase, line in lines.items()}, notes)


def _read_history(
    table: CsvTable, columns: Sequence[str], zone: ZoneInfo | None, voltage_v: float, unit: str | None
) -> Trace:
    """Read a history export: each entity is a column that keeps its value until it changes."""
    path = table.path
    time_name = next((name for name in ("last_changed", "last_updated", "time") if name in table.header), None)
    if time_name is None:
        raise InputError(path, 1, "there is no column 'last_changed'", "export it again from Home Assistant's history")
    reader = TimeReader(path, zone, ordered=False)
    events: list[tuple[datetime, str, float | None]] = []
    for number, row in table.rows:
        try:
            value = _number(path, number, row["entity_id"], row.get("state", ""))
        except InputError:
            if row["entity_id"] in columns:
                raise
            continue  # a switch or a text sensor that was exported along
        events.append((reader.read(row.get(time_name, ""), number), row["entity_id"], value))
    events.sort(key=lambda event: event[0])
    entities = sorted({entity for _, entity, value in events if value is not None})
    if not entities:
        raise InputError(path, 2, "no entity has a numeric state", "export the grid power sensors")
    largest = {e: max(abs(v) for _, entity, v in events if entity == e and v is not None) for e in entities}
    parts, notes = choose_parts(path, entities, columns, unit, largest)
    latest: dict[str, float | None] = {}
    times: list[datetime] = []
    lines: dict[str, list[float | None]] = {part.phase: [] for part in parts}
    wanted = {part.column for part in parts}
    for at, entity, value in events:
        if entity not in wanted:
            continue
        latest[entity] = value
        if len(latest) < len(wanted):
            continue  # before every line has spoken there is nothing to say
        if times and times[-1] == at:
            for line in lines.values():
                line.pop()
            times.pop()
        times.append(at)
        for phase, line in lines.items():
            line.append(_sum_parts([part for part in parts if part.phase == phase], latest, voltage_v))
    if not times:
        raise InputError(path, 2, f"{', '.join(sorted(wanted))} are never all known", "export a longer time")
    return _make_trace(path, zone, times, {phase: tuple(line) for phase, line in lines.items()}, notes, holds=True)


def _sum_parts(parts: Sequence[Part], latest: Mapping[str, float | None], voltage_v: float) -> float | None:
    total = 0.0
    for part in parts:
        value = latest[part.column]
        if value is None:
            return None
        total += part.watts(value, voltage_v)
    return total


def _make_trace(
    path: Path,
    zone: ZoneInfo | None,
    times: Sequence[datetime],
    watts: Mapping[str, tuple[float | None, ...]],
    notes: Sequence[str],
    holds: bool = False,
) -> Trace:
    if all(value is None for line in watts.values() for value in line):
        raise InputError(path, 2, "every field of the chosen columns is empty", "choose other columns with --columns")
    start = times[0]
    if zone is not None:  # a fixed offset: exact for arithmetic, and close to local time for people
        start = start.astimezone(timezone(start.astimezone(zone).utcoffset() or timedelta()))
    return Trace(path, start, tuple((at - start) / timedelta(seconds=1) for at in times), watts, tuple(notes), holds)


def csv_table(path: Path, remedy: str) -> CsvTable:
    """Open a CSV with commas, semicolons or tabs; its rows are read one at a time, as not all fit into memory.

    InputError with `remedy` if it has no header; its names are in lower case. A damaged row raises when it is reached,
    and OSError passes through.
    """
    lines = _read_lines(path)
    first = next(lines, "")
    if not first.strip():
        raise InputError(path, 1, "the file has no header", remedy)
    separator = max(",;\t", key=first.count)
    header = [name.strip().lower() for name in next(csv.reader([first], delimiter=separator))]
    return CsvTable(path, header, _rows(path, lines, header, separator))


def _read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text file; InputError where it cannot be read or is not UTF-8."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from file
    except UnicodeDecodeError:
        raise InputError(path, 1, "the file is not UTF-8 text", "save it as CSV in UTF-8") from None
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise InputError(path, None, problem, "check the name and the permissions") from None


def _rows(
    path: Path, lines: Iterator[str], header: Sequence[str], separator: str
) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(lines, delimiter=separator)
    begins = 2
    try:
        for fields in reader:
            number, begins = begins, reader.line_num + 2
            if not any(field.strip() for field in fields):
                continue
            if len(fields) > len(header):
                problem = f"{len(fields)} fields under a header of {len(header)}"
                raise InputError(path, number, problem, "repair the line")
            if separator != ",":
                fields = [field.replace(",", ".") if field.count(",") == 1 else field for field in fields]
            yield number, dict(zip(header, (field.strip() for field in fields), strict=False))
    except csv.Error:
        raise InputError(
            path, begins, "a quotation mark is never closed here, or a line is broken", "repair the line"
        ) from None


def _number(path: Path, line: int, column: str, text: str) -> float | None:
    if text.lower() in BLANK:
        return None
    try:
        value = float(text)
    except ValueError:
        problem = f"'{text}' in column '{column}' is not a number"
        raise InputError(path, line, problem, "leave the field empty for a gap") from None
    return value if abs(value) < 1e9 else None


def zone_named(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise InputError(None, None, f"time zone '{name}' is unknown", "use a name such as Europe/Paris") from None
