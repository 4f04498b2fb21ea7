"""Prices of every source are read the same, whatever is wrong with the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from fusebox.model.by_time import Times, TimeTable
from fusebox.model.durations import HOUR_S
from fusebox.model.price_sources import PRICE_SERVICES
from fusebox.planning.price_reader import read_prices
from fusebox.planning.prices import Fees, Prices

from ..cases import for_each
from .samples import BERLIN, LISBON, SOURCES, Row, ahead_in, day, energi_data_service, entsoe, nordpool_hacs, octopus

Sample = Callable[[Sequence[Row], int], Mapping[str, object]]
EVERY = pytest.mark.parametrize(("service", "sample"), SOURCES, ids=lambda each: getattr(each, "__name__", each))
AHEAD = ahead_in(BERLIN)
PLAIN = date(2026, 1, 20)
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)


def slots_of(rows: Sequence[Row]) -> dict[int, float]:
    """What rows of any length are, in quarters."""
    length_s = int((rows[1][0] - rows[0][0]).total_seconds())
    return {int(at.timestamp()) + more: pytest.approx(price) for at, price in rows for more in range(0, length_s, 900)}


def read(told: object, service: str = "") -> Prices:
    return read_prices(told, AHEAD, service=service)


def first(found: Prices) -> float:
    """The earliest price."""
    return found.by_start[min(found.by_start)]


def test_each_service_of_config_has_its_call_and_a_sample() -> None:
    assert {*PRICE_SERVICES} == {service for service, _ in SOURCES if service}


@EVERY
@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_every_source_is_read_the_same(service: str, sample: Sample, minutes: int) -> None:
    rows = day(PLAIN, minutes=minutes) + day(PLAIN + timedelta(days=1), minutes=minutes)
    found = read(sample(rows, len(rows) // 2), service).by_start
    assert found, "add the keys of its list, of its prices and of their times to model/price_sources.py"
    assert found == slots_of(rows)


@EVERY
@pytest.mark.parametrize("zone", [BERLIN, LISBON], ids=str)
@pytest.mark.parametrize(("on", "count"), [(SPRING, 92), (AUTUMN, 100)])
def test_days_of_23_and_25_hours_have_no_gap(
    service: str, sample: Sample, zone: ZoneInfo, on: date, count: int
) -> None:
    rows = day(on, zone)
    starts = list(read(sample(rows, len(rows)), service).by_start)
    assert len(rows) == len(starts) == count
    assert {after - start for start, after in pairwise(starts)} == {900}


@EVERY
@for_each("seed", range(20))
def test_a_list_may_be_in_any_order_doubled_and_full_of_nothing(service: str, sample: Sample, seed: int) -> None:
    random = Random(seed)
    rows = day(PLAIN)

    def spoilt(found: object) -> object:
        if isinstance(found, Mapping):
            return {key: spoilt(value) for key, value in found.items()}
        if isinstance(found, list) and found and isinstance(found[0], Mapping):
            nothing: list[object] = [None, {}, "unknown", {**found[3], **dict.fromkeys(values(found[3]), None)}]
            nothing += [{**found[5], key: float("inf")} for key in values(found[5])]
            more = [*found, *random.sample(found, 10), *random.choices(nothing, k=8)]
            random.shuffle(more)
            return more
        return found

    def values(row: Mapping[str, object]) -> list[str]:
        return [key for key, value in row.items() if isinstance(value, int | float | Mapping) and value is not False]

    assert read(spoilt(sample(rows, len(rows))), service).by_start == slots_of(rows)


@EVERY
def test_what_is_cut_out_of_a_list_is_not_made_up(service: str, sample: Sample) -> None:
    rows = day(PLAIN)
    kept = rows[:30] + rows[33:60] + rows[61:]
    assert read(sample(kept, len(kept)), service).by_start == slots_of(kept)


@EVERY
@for_each("nothing", [None, [], {}, "unavailable", 3, {"prices": None}, {"raw_today": [], "raw_tomorrow": None}])
def test_nothing_is_no_price_and_never_zero(service: str, sample: Sample, nothing: object) -> None:
    assert read(nothing, service).by_start == {}


@pytest.mark.parametrize("tomorrow", [None, [], "unknown", [None] * 96, [{"start": None, "value": 0.3}]])
def test_a_tomorrow_that_is_not_there_yet(tomorrow: object) -> None:
    rows = day(PLAIN)
    told = {**nordpool_hacs(rows, len(rows)), "tomorrow_valid": True, "raw_tomorrow": tomorrow}
    assert read(told).by_start == slots_of(rows)


def test_prices_of_tomorrow_that_copy_today_are_ignored() -> None:
    told = nordpool_hacs(day(PLAIN), 96)
    assert read({**told, "raw_tomorrow": told["raw_today"]}).by_start == slots_of(day(PLAIN))


def test_hours_until_midnight_and_quarters_from_then_on() -> None:
    rows = day(PLAIN, minutes=60), day(PLAIN + timedelta(days=1), minutes=15)
    told = energi_data_service([*rows[0], *rows[1]], 24)
    assert read(told).by_start == slots_of(rows[0]) | slots_of(rows[1])


def test_a_flat_tariff_has_few_long_rates() -> None:
    start = datetime(2026, 6, 1, tzinfo=UTC)
    told = octopus([(start, 0.24), (start + timedelta(hours=24), 0.24)], 2)
    assert len(read(told).by_start) == 2 * 96


def test_a_time_close_to_a_quarter_hour_is_that_quarter_hour() -> None:
    rows = [(at - timedelta(milliseconds=300), price) for at, price in day(PLAIN)]
    assert list(read(entsoe(rows, 96)).by_start) == list(slots_of(day(PLAIN)))


def test_a_time_without_an_offset_is_what_the_wall_clock_shows() -> None:
    told = {"prices_today": [{"time": f"2026-07-01 {hour:02d}:00", "price": hour} for hour in range(24)]}
    assert min(read(told).by_start) == datetime(2026, 6, 30, 22, tzinfo=UTC).timestamp()


def in_unit(unit: str | None, key: str = "price", **more: object) -> Prices:
    return read({"data": [{"time": "2026-07-01T00:00:00Z", key: 20}], "unit_of_measurement": unit, **more})


@pytest.mark.parametrize(("unit", "price"), [("EUR/kWh", 20.0), ("SEK/MWh", 0.02), ("€ct/kWh", 0.2)])
def test_a_known_unit_gives_the_price_of_a_kilowatt_hour(unit: str, price: float) -> None:
    found = in_unit(unit)
    assert (first(found), found.unit, found.notes) == (pytest.approx(price), unit, ())


@pytest.mark.parametrize("unit", ["ct/kWh", "EUR/MWh", "EUR/kWh", "foo", None])
def test_a_price_with_a_unit_of_its_own_does_not_ask_for_its_sources(unit: str | None) -> None:
    found = in_unit(unit, "price_ct_per_kwh", price_eur_per_mwh=200)
    assert (first(found), found.notes) == (pytest.approx(0.2), ())


@pytest.mark.parametrize("flag", ["price_in_cents", "use_cent"])
def test_cents_may_be_indicated_by_a_flag_alone(flag: str) -> None:
    found = in_unit("EUR/kWh", **{flag: True})
    assert (first(found), found.notes) == (pytest.approx(0.2), ())


def test_a_source_without_a_unit_says_so() -> None:
    told = "this source names no unit: a price of 1 is taken to be 1 of the currency per kWh"
    assert read(octopus(day(PLAIN), 96)).notes == (told,)


def test_an_unknown_unit_is_reported() -> None:
    told = "the unit m€/MWh of this source is not known: a price of 1 is taken to be 0.001 of the currency per kWh"
    assert in_unit("m€/MWh").notes == (told,)


def test_of_several_areas_the_one_that_is_chosen() -> None:
    rows = [{"start": "2026-07-01T00:00:00+00:00", "end": "2026-07-01T00:15:00+00:00", "price": 50.0}]
    told = {"SE3": rows, "SE4": [{**rows[0], "price": 90.0}]}
    service = "nordpool.get_prices_for_date"
    assert first(read_prices(told, AHEAD, service=service, choice="SE4")) == pytest.approx(0.09)
    found = read_prices(told, AHEAD, service=service)
    assert first(found) == pytest.approx(0.05)
    assert found.notes == ("this source has prices of SE3, SE4: those of SE3 are taken",)
    tomorrow = read_prices({"SE3": []}, AHEAD, service=service)
    assert found.with_newer(tomorrow).notes == found.notes


def test_a_later_reading_replaces_only_the_hours_it_contains() -> None:
    older, newer = (read(entsoe(rows, 96)) for rows in (day(PLAIN), day(PLAIN + timedelta(days=1))))
    both = older.with_newer(newer)
    assert len(both.by_start) == 192
    assert both.known_until_s == newer.known_until_s
    assert both.from_now_on(min(newer.by_start) + 100).by_start == newer.by_start


def test_stale_is_what_ends_before_now() -> None:
    found = read(entsoe(day(PLAIN), 96))
    assert found.known_until_s is not None
    assert not found.is_stale(found.known_until_s - 1)
    assert found.is_stale(found.known_until_s)
    assert found.price_at(found.known_until_s) is None
    assert Prices().is_stale(0)


def test_the_factor_applies_before_the_fee_is_added() -> None:
    assert Prices({0: 0.1}).with_fees(Fees(1.21, 0.05), AHEAD).by_start == {0: pytest.approx(0.171)}


def test_a_price_with_fees_that_equals_max_price_is_not_above_it() -> None:
    assert 2 * 0.05 + 0.02 > 0.12  # in floating point
    assert Prices({0: 0.05}).with_fees(Fees(2, 0.02), AHEAD).by_start == {0: 0.12}


def test_fees_are_those_of_each_quarter_hour_by_the_wall_clock() -> None:
    grid = TimeTable(((Times(17 * HOUR_S, 20 * HOUR_S), 0.2),), 0.05)
    begins_s = int(datetime(2026, 6, 10, 16, 45, tzinfo=BERLIN).timestamp())
    paid = Prices({begins_s: 0.1, begins_s + 900: 0.1}).with_fees(Fees(add=grid), AHEAD)
    assert list(paid.by_start.values()) == [pytest.approx(0.15), pytest.approx(0.3)]


@pytest.mark.parametrize("zone", [BERLIN, LISBON, ZoneInfo("Australia/Lord_Howe")], ids=str)
@pytest.mark.parametrize("minutes", [15, 30])
@pytest.mark.parametrize("copies", [1, 2])
def test_times_without_an_offset_that_come_twice_are_the_two_hours_in_order(
    zone: ZoneInfo, minutes: int, copies: int
) -> None:
    change = date(2026, 4, 5) if "Howe" in str(zone) else AUTUMN
    midnights = (datetime.combine(change + timedelta(days), time.min, zone) for days in (0, 1))
    begin_s, end_s = (int(each.timestamp()) for each in midnights)
    starts = range(begin_s, end_s, minutes * 60)
    rows = [
        {"time": datetime.fromtimestamp(start_s, zone).replace(tzinfo=None).isoformat(), "price": at / 100}
        for at, start_s in enumerate(starts)
    ]
    found = read_prices({"prices_today": rows, "prices_tomorrow": rows if copies == 2 else []}, ahead_in(zone))
    assert {start_s: found.by_start.get(start_s) for start_s in starts} == {
        start_s: at / 100 for at, start_s in enumerate(starts)
    }
    assert len(found.by_start) == (end_s - begin_s) / 900
