"""The CSV that Home Assistant's history panel gives: entity_id, state, last_changed. It has no units."""

from collections.abc import Sequence
from pathlib import Path

from simhouse.trace_columns import InputError
from simhouse.trace_times import TimeReader
from simhouse.traces import csv_table, zone_named

from .recording import Recording, in_order

TIME_NAMES = ("last_changed", "last_updated", "last_reported")
REMEDY = "download it anew: History, choose the entities and the days, then Download data"


def read_export(path: Path, wanted: Sequence[str], time_zone: str | None = None) -> Recording:
    """The wanted entities; rows may be in any order, and of several at one time the last counts."""
    header, rows = csv_table(path, REMEDY)
    time_name = next((name for name in TIME_NAMES if name in header), None)
    if time_name is None or "entity_id" not in header or "state" not in header:
        problem = f"is no history export: its columns are {', '.join(header)[:120]}, not entity_id, state, last_changed"
        raise InputError(path, 1, problem, REMEDY)
    reader = TimeReader(path, zone_named(time_zone), ordered=False)
    found: dict[str, list[tuple[float, str]]] = {entity: [] for entity in wanted}
    names = set()
    for number, row in rows:
        entity = row.get("entity_id", "")
        names.add(entity)
        if entity in found:
            found[entity].append((reader.read(row.get(time_name, ""), number).timestamp(), row.get("state", "")))
    if not names:
        raise InputError(path, 2, "there are no rows under the header", REMEDY)
    histories = {entity: in_order(entity, lines, {}) for entity, lines in found.items() if lines}
    return Recording(path, histories, sorted(names))
