"""A replay plans by the prices that were recorded, and by no others."""

from datetime import UTC, datetime, timedelta

import pytest

from simhouse.replay.prices import recorded_prices
from simhouse.replay.recording import Recording, in_order

MIDNIGHT = datetime(2026, 2, 14, tzinfo=UTC)
ENTITY = "sensor.nordpool"


def prices_of(config, *rows, unit="EUR/MWh"):
    """The price entities of a replay with these recorded (hour, price)."""
    told = [((MIDNIGHT + timedelta(hours=hour, seconds=2)).timestamp(), str(price)) for hour, price in rows]
    histories = {ENTITY: in_order(ENTITY, told, {"unit_of_measurement": unit})} if told else {}
    return recorded_prices({"prices": config}, Recording(None, histories, sorted(histories)))


def test_each_slot_has_the_price_that_was_recorded_in_it():
    (entity,) = prices_of({"import": ENTITY}, (0, 90.0), (1, 120.5), (2, "unknown"), (3, 70))
    state = entity.states(MIDNIGHT)[ENTITY]
    slots = {row["start"][11:16]: row["value"] for row in state["attributes"]["raw_today"]}
    assert (slots["00:00"], slots["00:45"], slots["01:00"], slots["03:00"]) == (90, 90, 120.5, 70)
    assert "02:00" not in slots and "03:15" not in slots and "12:00" not in slots
    assert state["state"] == "90.0000" and state["attributes"]["unit_of_measurement"] == "EUR/MWh"


@pytest.mark.parametrize("source", [ENTITY, {"service": "nordpool.get_prices_for_date", "area": "NL"}])
def test_where_no_price_was_recorded_none_is_made_up(source):
    (entity,) = prices_of({"import": source})
    state = entity.states(MIDNIGHT + timedelta(hours=15))[entity.entity]
    assert state["state"] == "unknown"
    assert state["attributes"]["raw_today"] == [] and state["attributes"]["raw_tomorrow"] == []
