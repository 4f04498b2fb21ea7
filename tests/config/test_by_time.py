"""Values by time in CONFIG: how a table is written, and how each mistake in it is reported."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest
import voluptuous as vol

from fusebox.config.read_config import read_config
from fusebox.config.times import parse_times, unreachable_rows
from fusebox.model.by_time import ALL_MONTHS, ALL_WEEKDAYS, Times, TimeTable
from fusebox.model.durations import DAY_S, HOUR_S, WEEKDAYS

SITE = {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}}
NIGHT = Times(22 * HOUR_S, 6 * HOUR_S)


def read(**prices: Any) -> Any:
    return read_config({"site": SITE, "prices": {"import": "sensor.epex", **prices}})


def errors(**prices: Any) -> list[str]:
    return [str(error) for error in read(**prices).errors]


def prices_of(live: dict[str, object] | None = None, **prices: Any) -> Any:
    found = read(**prices)
    assert found.errors == ()
    return found.config.sections_with(live or {})["prices"]


@pytest.mark.parametrize(
    ("key", "times"),
    [
        ("22-06", NIGHT),
        ("22:00 - 6:00", NIGHT),
        ("17:30-20:15", Times(63_000, 72_900)),
        ("00-24", Times(0, 24 * HOUR_S)),
        ("mon-fri 22-06", Times(NIGHT.start_s, NIGHT.end_s, frozenset(range(5)))),
        ("Sat-Mon 22-06", Times(NIGHT.start_s, NIGHT.end_s, frozenset({5, 6, 0}))),
        ("sun 22-06", Times(NIGHT.start_s, NIGHT.end_s, frozenset({6}))),
        ("jul 22-06", Times(NIGHT.start_s, NIGHT.end_s, months=frozenset({7}))),
        ("nov-feb fri 22-06", Times(NIGHT.start_s, NIGHT.end_s, frozenset({4}), frozenset({11, 12, 1, 2}))),
    ],
)
def test_a_key_is_months_days_and_hours(key: str, times: Times) -> None:
    assert parse_times(key) == times


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("22", "'22' is no span of hours; write it like '22-06' or '22:30-06:00'"),
        ("10-10", "'10-10' is no span of hours"),
        ("mon 00:00-00", "'00:00-00' is no span of hours"),
        ("22-25", "'22-25' is no span of quarter hours of a day"),
        ("22:10-06", "is no span of quarter hours of a day"),
        ("sat-sun", "'sat-sun' names no hours; write it like '22-06'"),
        ("", "'' names no hours"),
        ("mon-fry 17-20", "'mon-fry' is neither months nor days; did you mean 'fri'?"),
        ("monday 17-20", "'monday' is neither months nor days; did you mean 'mon'?"),
        ("mon-fri oct-mar 17-20", "is not months, days and hours in this order; write it like"),
        ("mon fri 17-20", "is not months, days and hours in this order"),
        ("oct mon fri 17-20", "is not months, days and hours in this order"),
        ("oct-fri 17-20", "'oct-fri' is neither months nor days; write it like '22-06'"),
    ],
)
def test_a_key_that_cannot_be_read_says_how_to_write_it(key: str, told: str) -> None:
    with pytest.raises(vol.Invalid) as found:
        parse_times(key)
    assert told in str(found.value)


def test_every_mistake_in_a_table_is_reported_at_once_at_its_place() -> None:
    rows = {"22-06": "x", "mon-fri": 1, "23-05": 2, "17-20": 3}
    assert errors(add={"hours": rows, "els": 1}, factor={"hours": {"22-06": -1}, "else": True}) == [
        "prices.add.hours.22-06: 'x' is not a number; write a number such as 0, or an entity id",
        "prices.add.hours.mon-fri: 'mon-fri' names no hours; write it like '22-06', 'mon-fri 17-20' or "
        "'oct-mar mon-fri 17:30-20', with '00-24' for the whole day",
        "prices.add.hours.23-05: never counts: all of its hours are in '22-06' above; move it up, or take it out",
        "prices.add.else: required; write the value at all other times, such as 0.29",
        "prices.add.els: unknown key; did you mean 'else'?",
        "prices.factor.hours.22-06: -1 is out of range; write 0 to 1000000",
        "prices.factor.else: True is not a number; write a number such as 1, or an entity id",
    ]


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        (["22-06", "22:00-06:00"], {"22:00-06:00": ["22-06"]}),
        (["06-22", "22-06", "mon 17-20"], {"mon 17-20": ["06-22"]}),
        (["00-12", "12-24", "sat 10-14"], {"sat 10-14": ["00-12", "12-24"]}),
        (["mon-fri 00-24", "sat-sun 17-20", "17-20"], {"17-20": ["mon-fri 00-24", "sat-sun 17-20"]}),
        (["mon-fri 00-24", "sat 17-20", "17-20"], {}),
        (["oct-mar 17-20", "apr-sep 17-19", "17-20"], {}),
        (["oct-mar 17-20", "apr-sep 17-20", "sun 18-19"], {"sun 18-19": ["oct-mar 17-20", "apr-sep 17-20"]}),
        (["sat 22-06", "sat 00-06"], {"sat 00-06": ["sat 22-06"]}),
        (["sat 22-06", "sun 00-06"], {}),
        (["mon-fri 17-20", "oct-mar mon-fri 17-20"], {"oct-mar mon-fri 17-20": ["mon-fri 17-20"]}),
    ],
)
def test_a_row_is_a_mistake_where_those_above_cover_it_together(rows: list[str], hidden: dict[str, list[str]]) -> None:
    assert dict(unreachable_rows({key: parse_times(key) for key in rows})) == hidden


@pytest.mark.parametrize("seed", range(6))
def test_hidden_rows_are_those_that_are_first_at_no_time_of_a_year(seed: int) -> None:
    random, table = Random(seed), dict[str, Times]()
    for row in range(9):
        start_s, end_s = (random.randrange(0, 25, 12) * HOUR_S for _ in "se")
        days, months = (
            random.sample(sorted(each), len(each) - random.randint(0, 2)) for each in (ALL_WEEKDAYS, ALL_MONTHS)
        )
        table[str(row)] = Times(start_s, end_s, frozenset(days), frozenset(months))
    first: set[str] = set()
    for month, day, hour in product(ALL_MONTHS, ALL_WEEKDAYS, range(0, 24, 12)):
        fits = [
            key
            for key, each in table.items()
            if {month} <= each.months and {day} <= each.weekdays
            if (hour * HOUR_S - each.start_s) % DAY_S < ((each.end_s - each.start_s) % DAY_S or DAY_S)
        ]
        first.update(fits[:1])
    assert len(first) < len(table)
    assert [key for key, _ in unreachable_rows(table)] == [key for key in table if key not in first]


def test_prices_may_be_tables_whose_values_are_entities() -> None:
    table = {"hours": {"22-06": 0.02, "17-20": "input_number.peak_fee"}, "else": 0.05}
    rows = (NIGHT, Times(17 * HOUR_S, 20 * HOUR_S))
    live: dict[str, object] = {"prices.add.hours.17-20": "0.12"}
    found = prices_of(live, add=table, factor=table, export=table)
    assert found["add"] == TimeTable(((rows[0], 0.02), (rows[1], 0.12)), 0.05)
    assert found["factor"] is None, "until its entity is known nothing is known of a factor"
    assert found["export"] is None, "nothing is known of what is earned until its entity is"


@pytest.mark.parametrize("fixed", [0, 0.29, "input_number.price", {"hours": {"22-06": 0.18}, "else": 0.29}], ids=str)
def test_a_fixed_price_is_a_number_an_entity_or_a_table(fixed: object) -> None:
    found = read_config({"site": SITE, "prices": {"fixed": fixed}})
    assert found.errors == ()
    assert not found.errors, found.errors
    price: Any = found.config.sections_with({"prices.fixed": "0.31"})["prices"]
    expected = {"input_number.price": 0.31}.get(fixed, fixed) if isinstance(fixed, str) else fixed
    assert price["fixed"] == (TimeTable(((NIGHT, 0.18),), 0.29) if isinstance(fixed, dict) else expected)


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (0.07, 0.07),
        ("input_number.feed_in", 0.08),
        ("sensor.epex", "sensor.epex"),
        ({"hours": {"10-16": -0.01}, "else": 0.07}, TimeTable(((Times(10 * HOUR_S, 16 * HOUR_S), -0.01),), 0.07)),
    ],
    ids=str,
)
def test_what_export_earns_is_a_source_or_a_value_by_time(export: object, expected: object) -> None:
    assert prices_of({"prices.export": "0.08"}, export=export)["export"] == expected


def test_weekdays_of_a_table_begin_with_monday_as_the_clock_counts_them() -> None:
    assert [sorted(parse_times(f"{day} 00-24").weekdays) for day in WEEKDAYS] == [[day] for day in range(7)]


def test_a_tariffs_target_may_be_a_table_and_each_mistake_in_it_is_reported() -> None:
    tariff: dict[str, Any] = {
        "kind": "fixed_limit",
        "target_kw": {"hours": {"22-06": 9, "16-20": "sensor.block"}, "else": 5},
    }
    checked = read_config({"site": SITE, "tariff": tariff}).config
    path = "tariff.target_kw.hours.16-20"
    assert checked.live == {path: "sensor.block"}
    for live, block_kw in (({}, 4.0), ({path: "3.5"}, 3.5), ({path: "0"}, 4.0)):
        found = checked.site(live).tariff
        assert found is not None
        assert found.target_kw == TimeTable(((NIGHT, 9), (Times(16 * HOUR_S, 20 * HOUR_S), block_kw)), 5)
    tariff["target_kw"] = {"hours": {"22-06": 0, "23-05": 4, "x": 1}}
    told = [str(error).partition(";")[0] for error in read_config({"site": SITE, "tariff": tariff}).errors]
    assert told == [
        "tariff.target_kw.hours.22-06: 0 is out of range",
        "tariff.target_kw.hours.23-05: never counts: all of its hours are in '22-06' above",
        "tariff.target_kw.hours.x: 'x' names no hours",
        "tariff.target_kw.else: required",
    ]
