"""Fields of a service as users fill them in, such as a name or an entity, and the rows that it returns as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from reprlib import repr as shortened

from ..config.values import YesNo
from ..model.messages.message import message
from ..model.numbers import number_of
from ..model.own_entities import LOAD_ENTITIES
from .service_errors import field_error


def load_name_of_entity(value: object) -> object:
    """Return the load's name from the entity id of its sensor; another text unchanged, a whole number as text.

    A list of one is replaced by its element first; any other value is returned as it is.
    """
    # Home Assistant's target pickers return a list even for one entity.
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    # YAML reads a bare 1 as a number; a load may be called so.
    called = str(value) if type(value) is int else value
    return called.removeprefix(LOAD_ENTITIES) if isinstance(called, str) else called


def parse_on_or_off(field: str, value: object) -> bool:
    """Return whether a box or word means on; ServiceError for None and for any other word."""
    if value is None:
        raise field_error(field, message("on_or_off_missing"))
    read = YesNo(unknown=False).read(value)
    if read is None:
        raise field_error(field, message("neither_on_nor_off", value=shortened(value)))
    return read


def names_or_none(names: Iterable[str]) -> str:
    """Return the names as a sentence lists them, "none" for no name."""
    return ", ".join(names) or "none"


def parse_days(value: object) -> float:
    """Return a number of days; ServiceError unless it is a number above 0."""
    amount = number_of(value)
    if amount is None or amount <= 0:
        raise field_error("days", message("days_wrong", value=shortened(value)))
    return amount


def csv_text(fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows below a line with the names of their fields; a missing or unknown value is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([_cell(row.get(field)) for field in fields])
    return text.getvalue()


def _cell(value: object) -> object:
    """Return a value as it stands in a table: yes or no for a boolean, "" for None, any other unchanged."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value
