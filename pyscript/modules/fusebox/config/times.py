"""Schema of times as people write them: a departure, days of the week, spans of hours, months, and cron lines.

Also of values that may depend on the time: a number, an entity, or a table of hours, days of the week and months.
`{"hours": {"22-06": 0.18, "mon-fri 17-20": 0.31, "oct-mar mon-fri 17-20": 0.4}, "else": 0.29}`: a key is `[months]
[days] hours`, and the first row that fits counts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import product
from typing import ClassVar

import voluptuous as vol
from croniter import CroniterError, croniter

from ..model.by_time import Times, TimeTable
from ..model.durations import DAY_S, HOUR_S, MINUTE_S, QUARTER_S, WEEKDAYS
from ..model.load_plan import ReadyBy
from .domains import TIME, Use
from .fields import Check, Field, Section, either, map_of
from .texts import parses
from .tree import Keys, Mistake, Secret, invalid, known_choices, mistake, near_or_known, quote_value

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?()")


@dataclass(frozen=True, slots=True)
class Departure:
    """Kind of a `ready_by` key: a time of day, one time for each day of the week, or the entity that shows it."""

    use: ClassVar[Use] = TIME

    def check(self, value: object) -> tuple[int | None, ...]:
        """Return the times of Monday to Sunday [s after midnight], None for a day without one.

        Accepts "07:00" or a dict such as {"mon-fri": "07:00"}. Raises `vol.Invalid` for a wrong time or day, for a day
        named twice and for no day.
        """
        if not isinstance(value, Mapping):
            return (_parse_time_s(value),) * len(WEEKDAYS)
        if not value:
            raise invalid("names_no_day", example="{'mon-fri': '07:00'}")
        times: list[int | None] = [None] * len(WEEKDAYS)
        for days, time in value.items():
            for day in _parse_days(str(days)):
                if times[day] is not None:
                    raise invalid("day_named_twice", WEEKDAYS[day])
                times[day] = _parse_time_s(time)
        return tuple(times)

    def read(self, raw: object) -> ReadyBy:
        """Return what an entity shows as a weekly time of day or as one date and time; None for anything else."""
        if not isinstance(raw, str):
            return None
        try:
            return self.check(raw)
        except vol.Invalid:
            # A date alone names no time to be ready by.
            is_time = parses(datetime.fromisoformat, raw.strip()) and not parses(date.fromisoformat, raw.strip())
            return raw.strip() if is_time else None


DEPARTURE = Departure()


def parse_span(text: str) -> tuple[int, int]:
    """Return the start and end of "22-06" or "22:30-06:15" [s after midnight]; raises `vol.Invalid` for other texts."""
    span_s = [_parse_clock_s(clock, text) for clock in text.split("-", 1)]
    if len({*span_s}) < 2:
        raise invalid("no_span_of_hours", text)
    return span_s[0], span_s[1]


def _parse_days(text: str) -> list[int]:
    """Return the weekdays (0 is Monday) of "mon" or "sat-mon" in any case; raises `vol.Invalid` for other texts."""
    days = name_range(text.strip().lower(), WEEKDAYS)
    if days is None:
        raise invalid("no_day", text)
    return days


def name_range(text: str, names: Sequence[str]) -> list[int] | None:
    """Return the indices in `names` of one name or of a range such as "sat-mon", in order; None for other text.

    A range may pass the end of `names` and continue at the beginning. Case counts.
    """
    first, dash, last = text.partition("-")
    if first not in names or (dash and last not in names):
        return None
    start, count = names.index(first), len(names)
    return [(start + each) % count for each in range((names.index(last or first) - start) % count + 1)]


def _parse_time_s(value: object) -> int:
    """Return "07:00" or "07:00:00", as a time helper of Home Assistant shows it, in seconds after midnight.

    Raises `vol.Invalid` for anything else, also for a secret.
    """
    text = value.strip() if isinstance(value, str) and not isinstance(value, Secret) else ""
    time_s = _seconds_of_day(_TIME, text)
    if time_s is None or time_s >= DAY_S:
        example = f"'{text} 07:00'" if parses(date.fromisoformat, text) else "'07:00'"
        raise invalid("no_time_of_day", value, example=example)
    return time_s


def _parse_clock_s(clock: str, text: str) -> int:
    """Return "22" or "22:30" in seconds after midnight, up to 24:00; raises `vol.Invalid` if not on a quarter hour.

    `text`: the whole span, for the error.
    """
    time_s = _seconds_of_day(_CLOCK, clock.strip())
    if time_s is None or time_s > DAY_S or time_s % QUARTER_S:
        raise invalid("no_span_of_quarters", text)
    return time_s


def _seconds_of_day(pattern: re.Pattern[str], clock: str) -> int | None:
    """Return a clock time in seconds since midnight, None where it does not fit, or minutes or seconds exceed 59."""
    found = pattern.fullmatch(clock)
    hour, minute, second = (0, MINUTE_S, 0) if found is None else (int(part or 0) for part in found.groups())
    time_s = hour * HOUR_S + minute * MINUTE_S + second
    return time_s if minute * MINUTE_S < HOUR_S and second < MINUTE_S else None


def check_cron(value: object) -> object:
    """Return a cron trigger as pyscript writes it, "cron(minute hour day month weekday)", unchanged if valid.

    Parsed by croniter, as pyscript does. Raises `vol.Invalid` for anything else, and for a line that never fires.
    """
    match = re.fullmatch(r"cron\((\S+(?: +\S+){4})\)", value.strip()) if isinstance(value, str) else None
    with suppress(CroniterError):
        if match is not None:
            croniter(match[1], start_time=0).get_next()
            return value
    raise invalid("no_cron", value, example="'cron(*/2 * * * *)'")


def check_hours(value: object) -> object:
    """Return the hours of the day that count, each from 0 to 23.

    [7, 19] means 7:00 until 19:00 and may pass midnight; more than two numbers are the hours themselves. Raises
    `vol.Invalid` for fewer than two, for the whole day, and for numbers out of range.
    """
    example = "[7, 19] for 7:00 until 19:00"
    listed = _check_integers(value, 0, 24, example)
    if len(listed) == 2:
        start, end = listed
        if start % 24 == end % 24:
            raise invalid("hours_of_whole_day", low=start, high=end)
        return tuple(hour % 24 for hour in range(start, end if end > start else end + 24))
    if len(listed) < 2 or 24 in listed:
        raise invalid("names_no_hours", example=example)
    return tuple(sorted(set(listed)))


def check_weekdays(value: object) -> object:
    """Return the sorted numbers of the weekdays that count, given as 1 (Monday) to 7, by name, or as "mon-fri".

    Raises `vol.Invalid` for anything but a list of these.
    """
    if not isinstance(value, (list, tuple)):
        raise invalid("value_not_list", value, example="['mon-fri']")
    numbers: list[object] = []
    for day in value:
        parts = day.lower().split("-") if isinstance(day, str) else ()
        days = name_range("-".join([part.strip()[:3] for part in parts]), WEEKDAYS)
        if days is None and parts:
            raise invalid("weekday_unknown", day, **known_choices(day, WEEKDAYS))
        numbers += [day] if days is None else [at + 1 for at in days]
    return tuple(sorted(set(_check_integers(numbers, 1, 7, "'mon' to 'sun', or 1 (Monday) to 7"))))


def check_months(value: object) -> object:
    """Return the sorted numbers of the months that count, 1 to 12."""
    return tuple(sorted(set(_check_integers(value, 1, 12, "months such as [11, 12, 1, 2, 3]"))))


def _check_integers(value: object, low: int, high: int, example: str) -> list[int]:
    """Return a list of whole numbers from `low` to `high`; raises `vol.Invalid` for anything else, or none."""
    if not isinstance(value, (list, tuple)) or not value:
        raise invalid("no_list_of_numbers", value, example=example)
    for each in value:
        if isinstance(each, bool) or not isinstance(each, int) or not low <= each <= high:
            raise invalid("no_whole_number_of", each, low=low, high=high, example=example)
    return list(value)


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
