"""Facts for the acceptance of plans, as entities publish them: quarters of any source, units, blocks, sentences."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from .houses import config, plug
from .living import Device
from .nights import NORD_POOL, T0, ZONE, Night, car_config, nord_pool, quarters

RECORDED_BYTES = 16_384
"""More attributes than this a database does not take."""


def spans(plan: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["start"][11:16], row["end"][11:16]) for row in plan]


def minutes(row: dict[str, Any]) -> float:
    start, end = (datetime.fromisoformat(row[key]) for key in ("start", "end"))
    return (end - start).total_seconds() / 60


def test_fact_3_hours_until_midnight_and_quarters_later_are_planned_in_quarters(house) -> None:
    today = [row | {"value": 0.2 if "T21" in row["start"] else 0.3} for row in quarters({})[:96:4]]
    tomorrow = quarters({"00:15": 0.1, "00:45": 0.1})[96:]
    home = Night(house(car_config({"ready_by": "06:00", "energy_kwh": 3.68}), start=T0, time_zone=ZONE))
    told = {"raw_today": today, "raw_tomorrow": tomorrow, "unit_of_measurement": "EUR/kWh"}
    home.told = {NORD_POOL: {"state": "0.3", "attributes": told}}
    home.run(60)
    assert spans(home.plan()["plan"]) == [("21:30", "22:00"), ("00:15", "00:30"), ("00:45", "01:00")]
    slots = home.house.shown("prices")["slots"]
    assert {minutes(slot) for slot in slots} == {15.0}
    assert all(one["end"] == other["start"] for one, other in pairwise(slots))
    assert slots[-1]["end"] == "2026-11-24T00:00+01:00"


@pytest.mark.parametrize("minutes_each", [60, 30, 15])
def test_fact_3_any_resolution_of_the_same_prices_makes_the_same_plan(house, minutes_each: int) -> None:
    cheap = {f"{hour}:{minute:02}": 0.1 for hour in ("21",) for minute in (0, 15, 30, 45)}
    home = Night(house(car_config({"ready_by": "06:00", "energy_kwh": 1.84}), start=T0, time_zone=ZONE))
    rows = quarters(cheap)[:: minutes_each // 15]
    home.told = {NORD_POOL: {"state": "0.3", "attributes": {"prices": rows, "unit_of_measurement": "EUR/kWh"}}}
    home.run(60)
    assert spans(home.plan()["plan"]) == [("21:30", "22:00")]


@pytest.mark.parametrize(("unit", "per_kwh"), [("EUR/kWh", 1), ("EUR/MWh", 1000), ("ct/kWh", 100), ("EURct/kWh", 100)])
def test_fact_4_units_of_one_price_make_the_same_plan_within_the_same_limit(house, unit: str, per_kwh: int) -> None:
    """What is known above the limit is not taken as long as tomorrow, though guessed to be dearer, leaves time."""
    plan = {"ready_by": "06:00", "energy_kwh": 1.84, "max_price": 0.2}
    home = Night(house(car_config(plan), start=T0, time_zone=ZONE))
    dear = {f"0{hour}:{minute:02}": 0.5 for hour in range(6) for minute in (0, 15, 30, 45)}
    rows = quarters({**dear, "20:15": 0.1, "21:30": 0.25})[:96]
    rows = [row | {"value": row["value"] * per_kwh} for row in rows]
    told = {"raw_today": rows, "raw_tomorrow": [], "unit_of_measurement": unit}
    home.told = {NORD_POOL: {"state": "0.3", "attributes": told}}
    home.run(60)
    shown = home.plan()
    assert [row["price"] for row in shown["plan"]] == [0.1, 0.5]
    assert "waits until 20:15: the cheapest of 40 quarter hours at 0.100 EUR/kWh" in shown["reason"]
    home.house.call("fusebox_set_plan", load="car", ready_by="06:00", energy_kwh=1.84, max_price=0.26)
    home.run(30)
    assert [row["price"] for row in home.plan()["plan"]] == [0.1, 0.25]
    assert "above" not in home.plan()["reason"]


def test_fact_5_when_tomorrow_comes_the_rest_is_planned_again_at_once(house) -> None:
    home = Night(house(car_config({"ready_by": "07:00", "energy_kwh": 1.84}), start=T0, time_zone=ZONE))
    home.told = nord_pool({}, tomorrow=False)
    home.run(120)
    before = spans(home.plan()["plan"])
    home.told = nord_pool({"03:15": 0.1, "03:30": 0.1})
    home.run(30)
    assert spans(home.plan()["plan"]) == [("03:15", "03:45")] != before


def test_fact_5_without_tomorrow_the_latest_start_is_kept(house) -> None:
    """What is guessed as cheap is not there yet: the car is ready anyhow."""
    start = T0.replace(hour=23, minute=30)
    home = Night(house(car_config({"ready_by": "00:30", "energy_kwh": 1.84}), start=start, time_zone=ZONE))
    home.told = nord_pool({}, start, tomorrow=False)
    home.run(3600 - 20)
    assert home.kwh() == pytest.approx(1.84, abs=0.1)
    assert home.plan()["state"] == "done"


ZIGZAG = {f"{hour:02}:{minute:02}": 0.1 + 0.1 * (minute % 30 == 0) for hour in range(24) for minute in (0, 15, 30, 45)}


@pytest.mark.parametrize("least_min", [15, 45])
def test_fact_11_no_block_is_short_and_starts_are_as_many_as_blocks(house, least_min: int) -> None:
    plan = {"ready_by": "21:45", "energy_kwh": 2.76, "min_block_min": least_min}
    home = Night(house(car_config(plan), start=T0, time_zone=ZONE))
    home.told = nord_pool(ZIGZAG)
    home.run(60)
    blocks = home.plan()["plan"]
    assert all(minutes(row) >= least_min or row["end"][11:16] == "21:45" for row in blocks)
    assert (len(blocks) >= 3) is (least_min == 15)
    home.until("20:50")
    home.base_a["L1"] = 15.0  # throttled in a block: it continues for longer, and does not start again
    home.until("21:05")
    home.base_a["L1"] = 1.0
    home.until("21:45")
    assert home.plan()["state"] == "done"
    assert len(home.hours()) // 2 <= len(blocks) + 1


def test_fact_15_every_block_has_its_price_and_all_blocks_fit_into_a_database_row(house) -> None:
    start = T0.replace(hour=0)
    written = config(loads={"pool": plug(plan={"ready_by": {"tue": "00:00"}, "hours": 24})})
    home = Night(house({**written, "prices": {"import": NORD_POOL}}, start=start, time_zone=ZONE), car=Device())
    home.devices = {"pool": Device("plug", on=False, takes_a=10), "car": Device(on=False, obeys=False)}
    home.told = nord_pool(ZIGZAG, start)
    home.run(60)
    shown = home.house.shown("pool")
    assert len(shown["plan"]) == 48  # of some ninety
    assert len(json.dumps(shown)) < RECORDED_BYTES
    early = shown["plan"][:40]
    ahead = [datetime.fromisoformat(row["start"]) for row in early]
    assert [row["price"] for row in early] == [ZIGZAG[f"{at:%H:%M}"] for at in ahead]
    assert all(later - earlier >= timedelta(minutes=30) for earlier, later in pairwise(ahead))
    for word in ("waits until 00:15: the cheapest of ", "hours at 0.100 EUR/kWh", "55.2 kWh by 2026-11-24 00:00"):
        assert word in shown["plan_reason"], word
