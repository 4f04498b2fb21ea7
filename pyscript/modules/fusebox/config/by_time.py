"""Values that may depend on the time: a number, an entity, or a table of hours, days of the week and months.

`{"hours": {"22-06": 0.18, "mon-fri 17-20": 0.31, "oct-mar mon-fri 17-20": 0.4}, "else": 0.29}`: a key is `[months]
[days] hours`, and the first row that fits counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import product

import voluptuous as vol

from ..model.by_time import ALL_MONTHS, ALL_WEEKDAYS, Times, TimeTable
from ..model.durations import QUARTER_S, WEEKDAYS
from ..model.messages.message import message
from .fields import Check, Field, Section, either, map_of
from .times import MONTHS, around, span
from .tree import Keys, Wrong, near_or_known, show


def by_time(one: Field) -> Field:
    """Return a key whose number may also be a table of hours. `one`: the key for the number alone."""
    return replace(one, check=either(dict, table_of(one.check), one.check))


def table_of(check: Check) -> Section:
    """Return the section for a table of hours whose values pass `check`.

    It becomes a `TimeTable`, None while an entity in it is not known.
    """
    fields = {
        "hours": Field(lambda value: _rows(check, value), hint="such as {'22-06': 0.18, 'mon-fri 17-20': 0.31}"),
        "else": Field(check, hint="the value at all other times, such as 0.29"),
    }
    return Section(fields, _table)


def _table(**keys: object) -> TimeTable | None:
    """Return the `TimeTable` of a table's values, None while one of them is not known."""
    rows, otherwise = keys["hours"], keys["else"]
    if not isinstance(rows, tuple) or otherwise is None or any(value is None for _, value in rows):
        return None
    return TimeTable(rows, otherwise)  # type: ignore[arg-type]


def _rows(check: Check, value: object) -> Keys:
    """Return the checked rows of a table, with mistakes for rows that never count."""
    tree = map_of(check, name=_named, what="'22-06'")(value)
    times = {key: times_of(key) for key, child in tree.items() if not (isinstance(child, Wrong) and child.stray)}
    for key, above in hidden_rows(times):
        if not isinstance(tree[key], Wrong):
            rows = " and ".join(map(show, above))
            tree[key] = Wrong(message("row_never_counts", rows=rows))
    return Keys.of(tree, partial(_made, times))


def _made(times: Mapping[str, Times], /, **values: object) -> tuple[tuple[Times, object], ...]:
    return tuple((times[key], value) for key, value in values.items())


def _named(key: object) -> object:
    """Return the key of a row if it names times."""
    times_of(str(key))
    return key


def times_of(key: str) -> Times:
    """Return the times of a row's key; raises `vol.Invalid` with what would be right."""
    parts = re.sub(r"\s*-\s*", "-", key.strip().lower()).split()
    if not parts or not any(letter.isdigit() for letter in parts[-1]):
        raise vol.Invalid(message("row_names_no_hours", value=show(key)))
    *names, hours = parts
    start_s, end_s = span(hours)
    found: dict[str, frozenset[int]] = {}
    for name in names:
        months, weekdays = around(name, MONTHS), around(name, WEEKDAYS)
        if months is None and weekdays is None:
            unknown = [part for part in name.split("-") if part not in (*MONTHS, *WEEKDAYS)]
            if not unknown:
                raise vol.Invalid(message("row_names_mixed", value=show(name)))
            meant = near_or_known(unknown[0], (*MONTHS, *WEEKDAYS))
            raise vol.Invalid(message("row_names_unknown", value=show(name), **meant))
        kind = "weekdays" if months is None else "months"
        if kind in found or (kind == "months" and found):
            raise vol.Invalid(message("row_out_of_order", value=show(key)))
        found[kind] = frozenset(weekdays or ()) if months is None else frozenset(month + 1 for month in months)
    return Times(start_s, end_s, **found)


def hidden_rows(times: Mapping[str, Times]) -> Iterator[tuple[str, list[str]]]:
    """Yield each row that never counts, with the rows above that together cover its hours."""
    taken = dict.fromkeys(product(ALL_MONTHS, ALL_WEEKDAYS), 0)
    above: list[tuple[str, Times]] = []
    for key, own in times.items():
        hours, days = _quarters(own), set(product(own.months, own.weekdays))
        if all(not hours & ~taken[day] for day in days):
            yield key, [other for other, each in above if _shares(own, each)]
        for day in days:
            taken[day] |= hours
        above.append((key, own))


def _shares(one: Times, other: Times) -> bool:
    """Return whether two rows have times in common."""
    return bool(one.months & other.months and one.weekdays & other.weekdays and _quarters(one) & _quarters(other))


def _quarters(times: Times) -> int:
    """Return the quarter hours of a day that some times include, as bits."""
    day = Times(0, 0).length_s // QUARTER_S
    bits = ((1 << times.length_s // QUARTER_S) - 1) << times.start_s // QUARTER_S
    return (bits | bits >> day) & ((1 << day) - 1)
