"""What sun and house are expected to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from fusebox import tuning
from fusebox.balancer.plans.plan_file import parse_plans
from fusebox.model.by_time import Times, TimeTable
from fusebox.model.durations import QUARTER_S
from fusebox.model.electrics import Phase
from fusebox.planning.house_model import HouseModel, Usual, hour_index, house_model_from
from fusebox.planning.prices import Fees, Prices
from fusebox.planning.slot_forecast import Forecast, forecast_slots, house_load_kw
from fusebox.planning.sun_reader import Sun, fill_missing_days, read_sun

from .samples import BERLIN, ahead_in

AHEAD = ahead_in(BERLIN)
L1, L2, L3 = Phase
NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)
KW = (3.0, 3.5, 2.0, 0.0)
HALVES = [NOON + timedelta(minutes=30 * at) for at in range(4)]


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp()


def solcast(*, texts: bool, prefix: str = "pv_") -> list[Mapping[str, object]]:
    return [
        {
            "period_start": start.astimezone(BERLIN).isoformat() if texts else start.astimezone(BERLIN),
            f"{prefix}estimate": kw,
            f"{prefix}estimate10": kw / 2,
            f"{prefix}estimate90": kw + 1,
        }
        for start, kw in zip(HALVES, KW, strict=True)
    ]


def quarters(kw: tuple[float, ...]) -> dict[int, float]:
    starts = [int(start.timestamp()) for start in HALVES]
    return {start + more: pytest.approx(each) for start, each in zip(starts, kw, strict=True) for more in (0, 900)}


@pytest.mark.parametrize(
    "told",
    [
        {"detailedForecast": solcast(texts=False), "detailedHourly": [], "estimate": 12.0},
        {"detailedForecast": [], "detailedHourly": solcast(texts=True)},
        {"data": solcast(texts=True)},
        {"data": solcast(texts=True, prefix="")},
        {"detailedForecast": [None, *reversed(solcast(texts=False)), {"period_start": NOON, "pv_estimate": None}]},
    ],
)
def test_solcast_has_mean_powers_and_a_low_estimate(told: Mapping[str, object]) -> None:
    sun = read_sun(told, AHEAD)
    assert sun.middle_kw == quarters(KW)
    assert sun.low_kw == quarters(tuple(kw / 2 for kw in KW))


ENERGIES = {start.isoformat(): kw * 500 for start, kw in zip(HALVES, KW, strict=True)}


@pytest.mark.parametrize(
    "told",
    [
        {"wh_period": ENERGIES, "watts": {}},
        {"wh_hours": ENERGIES},
        {"forecast": [{"time": time, "value": 1, "energy_wh": wh} for time, wh in ENERGIES.items()]},
    ],
)
def test_forecast_solar_has_energies_from_a_time_on(told: Mapping[str, object]) -> None:
    sun = read_sun(told, AHEAD)
    assert {start: kw for start, kw in sun.middle_kw.items() if start in quarters(KW)} == quarters(KW)
    assert sun.low_kw == sun.middle_kw


def test_a_days_energies_by_the_quarter_hour_end_at_midnight() -> None:
    quarters_of_a_day = [datetime(2026, 6, 10, tzinfo=BERLIN) + timedelta(minutes=15 * at) for at in range(96)]
    sun = read_sun({"wh_period": {start.isoformat(): 250 for start in quarters_of_a_day}}, AHEAD)
    assert sun.middle_kw == {int(start.timestamp()): 1.0 for start in quarters_of_a_day}


def test_powers_at_a_time_are_joined() -> None:
    sun = read_sun({"watts": {"2026-06-10T10:00:00+00:00": 1000, "2026-06-10T11:00:00+00:00": 3000}}, AHEAD)
    assert list(sun.middle_kw.values()) == [2.0] * 4


@pytest.mark.parametrize("told", [None, [], {}, {"data": None}, {"detailedForecast": [1, "x"]}, {"wh_hours": {"x": 1}}])
def test_an_answer_without_values_is_no_sun(told: object) -> None:
    assert read_sun(told, AHEAD).middle_kw == {}


def test_tomorrow_is_joined_to_today() -> None:
    both = Sun({0: 1.0}, {0: 0.5}).with_newer(Sun({900: 2.0}, {900: 1.0}))
    assert both == Sun({0: 1.0, 900: 2.0}, {0: 0.5, 900: 1.0})


DAY_S = 86_400
MORNING_S = int(datetime(2026, 6, 10, 6, tzinfo=BERLIN).timestamp())


def test_a_day_without_a_forecast_is_guessed_as_the_last_one_before_it() -> None:
    sun = fill_missing_days(Sun({MORNING_S: 1.0}, {MORNING_S: 0.5}), MORNING_S, AHEAD)
    assert sun.middle_kw == {MORNING_S + days * DAY_S: 1.0 for days in range(3)}
    assert sun.low_kw == {MORNING_S: 0.5}


def test_hours_of_a_published_day_are_never_estimated() -> None:
    told = Sun({MORNING_S: 1.0, MORNING_S + DAY_S + 900: 2.0})
    sun = fill_missing_days(told, MORNING_S, AHEAD)
    assert sun.middle_kw == {**told.middle_kw, MORNING_S + 2 * DAY_S + 900: 2.0}


def test_values_older_than_two_days_are_not_used_for_today() -> None:
    told = Sun({MORNING_S: 1.0})
    assert MORNING_S + 2 * DAY_S in fill_missing_days(told, MORNING_S + 2 * DAY_S, AHEAD).middle_kw
    assert fill_missing_days(told, MORNING_S + 3 * DAY_S, AHEAD).middle_kw == told.middle_kw


def lived(weeks: int, noise_kw: float = 0.3) -> HouseModel:
    """A house that cooks at six, on days off at noon too."""
    random, house = Random(1), HouseModel()
    for quarter in range(weeks * 7 * 96):
        wall_s = at("2026-06-01T00:00") + 7200 + quarter * QUARTER_S
        hour = hour_index(wall_s)
        kw = (4.0 if hour in (18, 18 + 24, 12 + 24) else 0.4) + random.uniform(-noise_kw, noise_kw)
        house = house.add_quarter_hour({L1: kw, L2: None}, wall_s)
    return house


def test_the_house_is_learnt_by_hour_and_kind_of_day() -> None:
    house = lived(4)
    evening, noon, day_off = (
        house.usual_load(L1, hour_index(at(text) + 7200))
        for text in ("2026-07-01T18:30", "2026-07-01T12:30", "2026-07-04T12:30")
    )
    assert evening is not None and noon is not None and day_off is not None
    assert evening.mean_kw == pytest.approx(4.0, abs=0.2)
    assert noon.mean_kw == pytest.approx(0.4, abs=0.2)
    assert day_off.mean_kw == pytest.approx(4.0, abs=0.2)
    assert noon.spread_kw == pytest.approx(0.15, abs=0.08)
    assert house.usual_load(L2, hour_index(at("2026-07-01T12:30"))) is None


def test_a_new_quarter_hour_counts_by_a_fortieth_after_many() -> None:
    assert Usual(1.0, 0.2, quarter_hours=100).add_quarter_hour(2.0).mean_kw == pytest.approx(1.025)


def test_the_cautious_side_is_seldom_passed() -> None:
    house, random = lived(4), Random(2)
    usual = house.usual_load(L1, hour_index(at("2026-07-01T03:00") + 7200))
    assert usual is not None
    drawn = [0.4 + random.uniform(-0.3, 0.3) for _ in range(200)]
    assert sum(kw > usual.cautious_kw for kw in drawn) < 30


@pytest.mark.parametrize("on_of_four", [2, 3])
def test_the_cautious_side_is_no_more_than_a_heater_that_cycles_draws(on_of_four: int) -> None:
    """Mean and two spreads can be 1.5 times its power: they count only until 40 quarter hours were observed."""
    usual = Usual(0.4)
    for quarter in range(400):
        usual = usual.add_quarter_hour(0.4 + 3.0 * (quarter % 4 < on_of_four))
        above_kw = usual.mean_kw + tuning.HOUSE_CAUTION_SPREADS * usual.spread_kw
        assert usual.cautious_kw == (min(above_kw, 3.4) if quarter >= 39 else above_kw)
    assert above_kw > 4.5


def test_an_hour_never_observed_is_like_the_same_hour_or_the_mean_and_less_at_night() -> None:
    house = (
        HouseModel()
        .add_quarter_hour({L1: 1.0}, at("2026-07-01T12:00") + 7200)
        .add_quarter_hour({L1: 0.7}, at("2026-07-01T13:00") + 7200)
        .add_quarter_hour({L1: 4.0}, at("2026-07-01T18:00") + 7200)
    )
    off, night, evening = (
        house.usual_load(L1, hour_index(at(text) + 7200))
        for text in ("2026-07-04T12:30", "2026-07-01T03:00", "2026-07-01T19:00")
    )
    assert off is not None and night is not None and evening is not None
    assert off.mean_kw == 1.0
    # In per cent of their mean households draw 58 at three, 112 at twelve, 108 at one, 146 at six and 149 at seven.
    assert night.mean_kw == night.cautious_kw == pytest.approx((58 / 112 + 0.7 * 58 / 108 + 4 * 58 / 146) / 3)
    assert evening.mean_kw == pytest.approx(1.9), "it is never raised"


def test_a_first_night_has_no_less_load_than_the_lowest_of_several_hours() -> None:
    """A heat pump of 2 kW, and what the house takes in addition."""
    house, night = HouseModel(), hour_index(at("2026-07-01T03:00") + 7200)
    for text, kw, expected_kw in (("17:00", 2.6, 2.6 * 58 / 130), ("18:00", 3.1, 2.6), ("20:00", 2.4, 2.4)):
        house = house.add_quarter_hour({L1: kw}, at(f"2026-07-01T{text}") + 7200)
        usual = house.usual_load(L1, night)
        assert usual is not None and usual.mean_kw == pytest.approx(expected_kw)


def test_the_first_evening_of_a_house_leaves_its_car_the_night() -> None:
    """A fuse of 16 A, and 12 A of house load while it cooks: three hours are all that was ever observed."""
    house = HouseModel()
    for text, kw in (("2026-07-01T16:45", 0.3), ("2026-07-01T17:00", 1.2), ("2026-07-01T18:00", 2.8)):
        house = house.add_quarter_hour({L1: kw}, at(text) + 7200)
    night = range(int(at("2026-07-01T22:00")), int(at("2026-07-02T04:00")), QUARTER_S)
    cautious_kw = house_load_kw(house, night, lambda at_s: 7200.0, cautious=True)[L1]
    assert max(cautious_kw) + 6 * 0.23 < 15.5 * 0.23


def test_what_was_learnt_outlives_a_restart_as_plain_values() -> None:
    house = lived(1)
    assert house_model_from(json.loads(json.dumps(house.to_plain_values()))) == house
    assert len(json.dumps(house.to_plain_values())) < 16_000
    earlier = {"L1": {"8": [1.0, 0.5, 4.0]}}  # an earlier version stored no highest
    assert house_model_from(earlier).hours[L1, 8].cautious_kw == 2.0


@pytest.mark.parametrize("kept", [None, 3, {"L1": None}, {"L1": {"5": [1]}}, {"L1": {"5": ["a", 1, 2]}}, {"L9": {}}])
def test_a_damaged_memory_is_learnt_again(kept: object) -> None:
    assert house_model_from(parse_plans({"house": kept}).content.house) == HouseModel()


def test_an_impossible_hour_is_learnt_again_and_the_others_survive() -> None:
    good = [1.0, 0.5, 4.0]
    kept = {"L1": {"5": [1e9, 0.5, 4.0], "6": [1.0, 0.5, -1.0], "7": [1.0, -0.5, 4.0], "8": good}}
    assert house_model_from(parse_plans({"house": kept}).content.house) == HouseModel({(L1, 8): Usual(1.0, 0.5, 4)})


def test_prices_that_are_not_known_are_those_of_a_day_before() -> None:
    start = int(NOON.timestamp())
    prices = Prices({start + at * 900: at / 1000 for at in range(100)})
    house = lived(1).add_quarter_hour({L1: 0.4}, start)
    expected = forecast_slots(Forecast(prices, Prices(), Sun({start: 9.0}), house), start + 5, 200, AHEAD)
    assert expected.prices[99] == 0.099
    assert expected.prices[100] == 0.004
    assert expected.prices[199] == pytest.approx(0.007)
    assert expected.known == (True,) * 100 + (False,) * 100
    assert expected.sun_kw[0] == pytest.approx(9.0 - 4.0, abs=4)
    assert expected.sun_kw[1:] == (0.0,) * 199
    nothing = forecast_slots(Forecast(Prices(), Prices(), Sun(), HouseModel()), start, 4, AHEAD)
    assert (nothing.prices, nothing.known) == ((0.0,) * 4, (False,) * 4)


def test_a_guessed_price_has_the_fees_of_its_own_time() -> None:
    friday = int(at("2026-06-12T17:00"))
    fees = Fees(add=TimeTable(((Times(17 * 3600, 20 * 3600, frozenset(range(5))), 0.2),), 0.05))
    forecast = Forecast(Prices({friday: 0.1}), Prices(), Sun(), HouseModel(), fees=fees)
    assert forecast_slots(forecast, friday, 97, AHEAD).prices[::96] == (pytest.approx(0.3), pytest.approx(0.15))
    assert forecast_slots(replace(forecast, prices=Prices()), friday, 2, AHEAD).prices == (0.0, 0.0)


def test_a_promise_counts_on_more_than_is_usual() -> None:
    starts = range(int(NOON.timestamp()), int(NOON.timestamp()) + 4 * 900, 900)
    usual, cautious = (house_load_kw(lived(2), starts, AHEAD, cautious=each) for each in (False, True))
    assert set(usual) == {L1}
    assert all(more > mean for more, mean in zip(cautious[L1], usual[L1], strict=True))
