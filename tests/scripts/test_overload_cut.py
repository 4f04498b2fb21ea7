"""An overload is cut in the answer to the line that shows it."""

from __future__ import annotations

import pytest

from .houses import SITE, amps, charger, charging, config, plug, switched


def test_the_cut_is_in_the_answer_to_the_line_that_shows_the_overload(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    home.steady(60, {"sensor.l1": amps(20)})
    assert home.calls == []
    home.line(61, {"sensor.l1": amps(31)})
    assert home.sent("number.car") == [10]


def test_the_very_first_line_cuts_too(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(33), **charging()})
    assert home.sent("number.car") == [8]


@pytest.mark.parametrize("over_a, left_a", [(26, 15), (26.4, 14), (30, 11), (35, 6)])
def test_the_cut_goes_to_the_full_amount_at_once(house, over_a, left_a):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    home.line(1, {"sensor.l1": amps(over_a)})
    assert home.sent("number.car") == [left_a]


def test_the_margin_is_kept_free_below_the_fuse(house):
    home = house(config(loads={"car": charger()}, margin_a=2))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    home.line(1, {"sensor.l1": amps(28)})
    assert home.sent("number.car") == [11]


def test_the_default_margin_is_half_an_ampere(house):
    written = config(loads={"car": charger()})
    del written["site"]["margin_a"]
    home = house(written)
    home.line(0, {"sensor.l1": amps(20), **charging(step=0.1)})
    home.line(1, {"sensor.l1": amps(28)})
    assert home.sent("number.car") == [12.5]


def test_a_cut_is_not_repeated_while_the_device_follows(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    home.line(1, {"sensor.l1": amps(31)})
    home.line(2, {"sensor.l1": amps(25), **charging(offer=10)})
    home.steady(15, {"sensor.l1": amps(25)})
    assert home.all_sent("number.car") == [(1, 10)]


def test_a_second_overload_is_cut_again_at_once(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    home.line(1, {"sensor.l1": amps(29)})
    home.line(2, {"sensor.l1": amps(28), **charging(offer=12)})
    assert home.all_sent("number.car") == [(1, 12), (2, 9)]


def test_a_plug_goes_off_in_the_same_answer(house):
    home = house(config(loads={"pool": plug()}))
    home.line(0, {"sensor.l1": amps(20), **switched(on=True)})
    home.line(1, {"sensor.l1": amps(28)})
    assert home.sent("switch.pool") == ["off"]


def test_a_plug_is_cut_although_its_minimum_time_is_not_over(house):
    home = house(config(loads={"pool": plug(min_on_s=3600)}))
    home.line(0, {"sensor.l1": amps(20), **switched(on=True)})
    home.line(1, {"sensor.l1": amps(28)})
    assert home.sent("switch.pool") == ["off"]


def test_a_charger_at_its_minimum_is_held_while_the_fuse_tolerates_it(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(12), **charging(offer=6)})
    home.steady(20, {"sensor.l1": amps(27)})
    assert home.calls == []
    assert home.state(SITE) == "over"
    assert "held at 6 A" in home.shown("car")["reason"]


def test_a_held_charger_is_switched_off_when_the_budget_is_used_up(house):
    home = house(config(loads={"car": charger()}))
    home.is_exact = True
    home.line(0, {"sensor.l1": amps(12), **charging(offer=6)})
    home.steady(200, {"sensor.l1": amps(28)})
    (switched_off_s, told) = home.all_sent("switch.car")[0]
    assert told == "off"
    # theta from (12/25)^2 towards (28/25)^2 with tau 60 s reaches 1.05 after about 90 s
    assert 80 <= switched_off_s <= 100


def test_two_readings_of_1_4_times_the_rating_switch_off_at_once(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(12), **charging(offer=6)})
    home.line(1, {"sensor.l1": amps(35)})
    assert home.sent("switch.car") == []
    home.line(2, {"sensor.l1": amps(35.5)})
    assert home.sent("switch.car") == ["off"]


def test_what_flows_out_warms_the_fuse_as_well(house):
    home = house(config(loads={"car": charger()}, solar_w="sensor.sun"))
    home.line(0, {"sensor.l1": amps(-30), "sensor.sun": watts_of(36), **charging(offer=6)})
    assert home.state(SITE) == "over"
    assert home.sent("number.car") == []


def watts_of(current_a):
    return {"state": str(current_a * 230), "attributes": {"unit_of_measurement": "W"}}


REFUSE = [{"service": "number.set_value", "data": {}, "error": "the device did not answer"}]


def seconds_of_a_cut(home, last: int) -> list[float]:
    """The seconds at which the same cut is sent, whose calls fail until second `last`."""
    home.is_exact = True
    home.line(0, {"sensor.l1": amps(20), **charging()})
    home.line(1, {"sensor.l1": amps(31)}, respond=REFUSE)
    home.steady(last, {"sensor.l1": amps(31)})
    home.line(last + 1, {"sensor.l1": amps(31)}, respond=[])
    home.steady(last + 5, {"sensor.l1": amps(31)})
    return [at_s for at_s, current_a in home.all_sent("number.car") if current_a == 10]


@pytest.mark.parametrize(("last", "seconds"), [(1, [1, 3]), (6, [1, 3, 5, 9]), (14, [1, 3, 5, 9, 17])])
def test_a_cut_whose_call_fails_is_repeated_at_once_then_at_growing_intervals(house, last, seconds):
    assert seconds_of_a_cut(house(config(loads={"car": charger()}), noisy=True), last) == seconds


def test_a_device_that_tolerates_few_writes_has_its_usual_time(house):
    home = house(config(loads={"car": charger(min_write_s=60)}), noisy=True)
    assert seconds_of_a_cut(home, 6) == [1, 11]
