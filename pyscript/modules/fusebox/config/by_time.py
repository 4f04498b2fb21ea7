"""Values that may depend on the time: a number, an entity, or a table of hours, days of the week and months.

`{"hours": {"22-06": 0.18, "mon-fri 17-20": 0.31, "oct-mar mon-fri 17-20": 0.4}, "else": 0.29}`: a key is `[months]
[days] hours`, and the first row that fits counts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import product

from ..model.by_time import Times, TimeTable
from ..model.durations import DAY_S, QUARTER_S, WEEKDAYS
from .fields import Check, Field, Section, either, map_of
from .times import MONTHS, name_range, parse_span
from .tree import Keys, Mistake, invalid, mistake, near_or_known, quote_value


def allow_time_table(one: Field) -> Field:
    """Return the key of CONFIG `one` extended so that a table of hours is accepted besides a single number.

    Its values all pass the key's check. It becomes a `TimeTable`, or None while the value of an entity in it is
    unknown.
    """
    check = partial(_check_value, one.check)
    fields = {
        "hours": Field(lambda value: _check_rows(check, value), hint="such as {'22-06': 0.18, 'mon-fri 17-20': 0.31}"),
        "else": Field(check, hint="the value at all other times, such as 0.29"),
    }
    return replace(one, check=either(dict, Section(fields, _make_table), one.check))


def _check_value(check: Check, value: object) -> object:
    """Return a checked value of a table: infinity where the key's own None means that nothing is limited."""
    checked = check(value)
    return math.inf if checked is None else checked


def _make_table(**keys: object) -> TimeTable | None:
    """Return the `TimeTable` of a table's values, None while one of them is not known."""
    rows, otherwise = keys["hours"], keys["else"]
    if not isinstance(rows, tuple) or otherwise is None or any(value is None for _, value in rows):
        return None
    return TimeTable(rows, otherwise)  # type: ignore[arg-type]


def _check_rows(check: Check, value: object) -> Keys:
    """Return the checked rows of a table; a row that can never apply becomes a mistake."""
    tree = map_of(check, name=lambda key: parse_times(str(key)), example="{'22-06': ...}")(value)
    times = {key: parse_times(key) for key, child in tree.items() if not (isinstance(child, Mistake) and child.stray)}
    for key, above in unreachable_rows(times):
        if not isinstance(tree[key], Mistake):
            rows = " and ".join(map(quote_value, above))
            tree[key] = mistake("row_never_counts", rows=rows)
    return Keys(tree, lambda **values: tuple((times[key], value) for key, value in values.items()))


def parse_times(key: str) -> Times:
    """Return the months, weekdays and hours that a row's key such as "oct-mar mon-fri 17-20" names.

    Months or weekdays that it does not name are all of them.
    Raises `vol.Invalid`, which says what is allowed, for any other key.
    """
    parts = re.sub(r"\s*-\s*", "-", key.strip().lower()).split()
    if not parts or not any(letter.isdigit() for letter in parts[-1]):
        raise invalid("row_names_no_hours", key)
    *names, hours = parts
    start_s, end_s = parse_span(hours)
    found: dict[str, frozenset[int]] = {}
    for name in names:
        months, weekdays = name_range(name, MONTHS), name_range(name, WEEKDAYS)
        if months is None and weekdays is None:
            unknown = [part for part in name.split("-") if part not in (*MONTHS, *WEEKDAYS)]
            if not unknown:
                raise invalid("row_names_mixed", name)
            raise invalid("row_names_unknown", name, **near_or_known(unknown[0], (*MONTHS, *WEEKDAYS)))
        kind = "weekdays" if months is None else "months"
        if kind in found or (kind == "months" and found):
            raise invalid("row_out_of_order", key)
        found[kind] = frozenset(weekdays or ()) if months is None else frozenset(month + 1 for month in months)
    return Times(start_s, end_s, **found)


def unreachable_rows(times: Mapping[str, Times]) -> Iterator[tuple[str, list[str]]]:
    """Yield each row that never applies, as rows above cover all of its quarter hours, with these rows."""
    taken, above = 0, dict[str, int]()
    for key, each in times.items():
        own = _quarter_hour_bits(each)
        if not own & ~taken:
            yield key, [other for other, bits in above.items() if bits & own]
        taken |= own
        above[key] = own


def _quarter_hour_bits(times: Times) -> int:
    """Return the quarter hours of each weekday in each month that a row contains, one bit of the integer for each.

    Of hours that pass midnight, the part after midnight is at the beginning of the same day.
    """
    day = DAY_S // QUARTER_S
    bits = ((1 << times.length_s // QUARTER_S) - 1) << times.start_s // QUARTER_S
    hours = (bits | bits >> day) & ((1 << day) - 1)
    days = product(times.months, times.weekdays)
    return sum(hours << day * (len(WEEKDAYS) * month + weekday) for month, weekday in days)
