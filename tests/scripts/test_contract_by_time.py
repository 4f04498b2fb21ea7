"""`max_import_w` as a table of hours: two contracted powers, such as Spain's punta and valle."""

from __future__ import annotations

from datetime import datetime

import pytest

from .houses import amps, charger, charging, config
from .living import Device, Living
from .nights import NORD_POOL, T0, ZONE, Night, car_config, nord_pool

SPAIN = {"hours": {"mon-fri 08-24": 2300}, "else": 4600}
FRIDAY = datetime.fromisoformat("2026-11-20T23:59:30+01:00")


def test_the_limit_of_the_present_hour_counts(house):
    home = house(config(loads={"car": charger()}, max_import_w=SPAIN), start=FRIDAY, time_zone=ZONE)
    living = Living(home, {"L1": 1.0}, car=Device(offer_a=9.0))
    living.run(25)
    assert living.devices["car"].offer_a == 9
    assert home.shown("site")["import_limit_w"] == 2300
    living.run(240)
    assert living.devices["car"].offer_a == 16
    assert home.shown("site")["import_limit_w"] == 4600


def test_a_load_is_cut_when_a_lower_limit_begins(house):
    monday = datetime.fromisoformat("2026-11-23T07:59:50+01:00")
    home = house(config(loads={"car": charger()}, max_import_w=SPAIN), start=monday, time_zone=ZONE)
    home.is_exact = True
    running = {"sensor.l1": amps(16), **charging(offer=16, draw=16)}
    home.steady(9, running)
    assert home.all_sent("number.car") == []
    home.steady(12, running)
    assert home.all_sent("number.car") == [(10, 10)]


@pytest.mark.parametrize("free", [None, "input_number.valle"])
def test_a_row_may_be_an_entity_or_no_limit(house, free):
    limits = {"hours": {"mon-fri 08-24": "input_number.punta"}, "else": free}
    home = house(config(loads={"car": charger()}, max_import_w=limits), start=FRIDAY, time_zone=ZONE)
    home.line(0, {"input_number.punta": "2760", "input_number.valle": "9000"})
    living = Living(home, {"L1": 0.0}, car=Device(offer_a=16))
    living.run(10)
    assert living.devices["car"].offer_a == 12
    living.run(300)
    assert living.devices["car"].offer_a == 16
    assert home.shown("site")["import_limit_w"] == (None if free is None else 9000)


def test_nothing_rises_before_an_entity_of_the_table_has_a_value(house):
    limits = {"hours": {"mon-fri 08-24": "input_number.punta"}, "else": 9000}
    home = house(config(loads={"car": charger()}, max_import_w=limits), start=FRIDAY, time_zone=ZONE)
    home.steady(300, {"sensor.l1": amps(6), **charging(offer=6, draw=6)}, every=5)
    assert home.sent("number.car") == []
    assert "site.max_import_w.hours.mon-fri 08-24" in home.shown("site")["errors"][0]


def test_a_table_has_no_control_and_the_service_says_why(house):
    home = house(config(loads={"car": charger()}, max_import_w=SPAIN), start=FRIDAY, time_zone=ZONE)
    home.line(0, {"sensor.l1": amps(1), **charging(offer=6, draw=0)})
    assert "max_import_w" not in home.shown("site")
    answer = home.call("fusebox_set", max_import_w=9000)
    assert answer["error"].endswith("max_import_w depends on the time in CONFIG: change the table there")


def test_a_plan_keeps_the_limit_of_each_hour(house):
    # The cheapest hour has a limit of 1.4 kW: the car gets its 6 A there and the rest at the next cheapest.
    prices = nord_pool({**{f"21:{m}": 0.10 for m in ("00", "15", "30", "45")}, "23:00": 0.2, "23:15": 0.2})
    written = car_config({"ready_by": "07:00", "energy_kwh": 2}, {"import": NORD_POOL})
    written["site"]["max_import_w"] = {"hours": {"21-22": 1610}, "else": 9000}
    home = house(written, start=T0, time_zone=ZONE)
    night = Night(home, car=Device(on=False, takes_a=16))
    night.told = prices
    night.run(300)
    rows = [(each["start"][11:16], each["end"][11:16], each["kw"]) for each in night.plan()["plan"]]
    assert rows[0][:2] == ("21:00", "22:00")
    assert rows[0][2] == pytest.approx(1.4, abs=0.01)
    assert len(rows) == 2
