"""Read the CSV of Home Assistant's history panel: entity_id, state, last_changed. It has no units."""

from collections.abc import Sequence
from pathlib import Path

from simhouse.house.trace_columns import InputError
from simhouse.house.trace_times import TimeReader
from simhouse.house.traces import csv_table, zone_named

from .recording import Recording, in_order

TIME_NAMES = ("last_changed", "last_updated", "last_reported")
MEANS_EVERY_S, FEWEST_MEANS = 300.0, 3
"""Means are given at whole hours or whole five minutes. A first state or two may be chance, or come of an export that
begins at midnight."""

REMEDY = "download it anew: History, choose the entities and the days, then Download data"


def read_export(path: Path, wanted: Sequence[str], time_zone: str | None = None) -> Recording:
    """Read the wanted entities; rows may be in any order, and the last of several at one time counts."""
    table = csv_table(path, REMEDY)
    header = table.header
    time_name = next((name for name in TIME_NAMES if name in header), None)
    if time_name is None or "entity_id" not in header or "state" not in header:
        problem = f"is not a history export: it has {', '.join(header)[:120]}, not entity_id, state, last_changed"
        raise InputError(path, 1, problem, REMEDY)
    reader = TimeReader(path, zone_named(time_zone), ordered=False)
    found: dict[str, list[tuple[float, str]]] = {entity: [] for entity in wanted}
    names = set()
    for number, row in table.rows:
        entity = row.get("entity_id", "")
        names.add(entity)
        if entity in found:
            found[entity].append((reader.read(row.get(time_name, ""), number).timestamp(), row.get("state", "")))
    if not names:
        raise InputError(path, 2, "there are no rows under the header", REMEDY)
    histories, notes = {}, []
    for entity, lines in found.items():
        if lines:
            means = _count_statistical_means(lines)
            histories[entity] = in_order(entity, lines[means:], {})
            if means:
                notes.append(f"{entity}: the {means} hourly means before its states are left out")
    return Recording(path, histories, sorted(names), notes=notes)


def _count_statistical_means(lines: list[tuple[float, str]]) -> int:
    """Sort the lines and return how many of the first are statistical means, not states; 0 when all of them are.

    For times that the recorder has purged, the panel exports means of the long-term statistics, each at the beginning
    of its hour to the millisecond. With nothing but means, the caller has to say why they cannot be replayed.
    """
    lines.sort(key=lambda line: line[0])
    count = next((n for n, (at_s, _) in enumerate(lines) if at_s % MEANS_EVERY_S), len(lines))
    return count if FEWEST_MEANS <= count < len(lines) else 0
