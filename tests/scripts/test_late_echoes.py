"""Entities that display commands late: a command under way counts as displayed."""

from __future__ import annotations

import pytest

from .houses import BOX, House, amps, charger, charging, config


def late(house):
    """A car that follows at once, behind a number entity that keeps showing 6 A."""
    home = house(config(loads={"car": charger()}))
    drawn = 6
    for second in range(27):
        home.line(second, {"sensor.l1": amps(2 + drawn), "sensor.car_draw": amps(drawn), **charging(offer=6)})
        drawn = (home.sent("number.car") or [drawn])[-1]
    return home, drawn


def test_a_raise_that_is_not_shown_yet_is_taken_back_in_the_same_line(house):
    home, drawn = late(house)
    assert drawn == 14
    home.line(28, {"sensor.l1": amps(18 + drawn), "sensor.car_draw": amps(drawn), **charging(offer=6)})
    assert home.sent("number.car")[-1] == 6


def test_a_raise_that_is_on_its_way_is_not_taken_back_without_a_reason(house):
    home, drawn = late(house)
    for second in range(28, 60):
        home.report(second, {"sensor.l1": amps(2 + drawn), "sensor.car_draw": amps(drawn), **charging(offer=6)})
    values = [value for _, value in home.all_sent("number.car")]
    assert values == sorted(values)


def test_a_switch_that_shows_late_that_it_is_on_is_switched_off_again(house):
    home = house(config(loads={"car": charger(pause_s=30)}))
    waiting = {**charging(offer=6), "switch.car": "off", "sensor.car_draw": amps(0), "sensor.car_status": "Preparing"}
    for second in range(24):
        home.report(second, {"sensor.l1": amps(2), **waiting})
    assert home.all_sent("switch.car")[-1][1] == "on"
    for second in range(24, 28):
        home.line(second, {"sensor.l1": amps(40), **waiting})
    assert home.all_sent("switch.car")[-1][1] == "off"


def test_nothing_rises_on_a_picture_that_has_been_acted_on(house):
    """The tick of a second comes before its readings: the kettle in them must not meet a raise."""
    home = house(config(loads={"car": charger()}))
    for second in range(20):
        home.line(second, {"sensor.l1": amps(8 + second % 2 / 10), **charging(offer=6)})
    home.line(20, {"sensor.l1": amps(30), **charging(offer=6)})
    assert home.all_sent("number.car") == []


def test_the_first_step_of_a_coarse_number_is_not_below_the_minimum(house):
    home = house(config(loads={"car": charger()}))
    six = {**charging(offer=6, step=4)}
    for second in range(60):
        home.line(second, {"sensor.l1": amps(8 + second % 2 / 10), **six})
    assert [value for _, value in home.all_sent("number.car")][:2] == [10, 14]


def test_a_car_without_switch_is_not_started_by_its_pause(house):
    home = house(config(loads={"car": charger(without=["switch"], mode="off")}))
    for second in range(40):
        home.report(second, {"sensor.l1": amps(2), **charging(offer=0), "sensor.car_draw": amps(0)})
    assert home.calls == []


@pytest.mark.parametrize("every_s, first_s", [(3, 0), (3, 1), (3, 2), (5, 1)])
def test_a_raise_that_the_draw_sensor_shows_a_report_later_is_not_taken_for_an_appliance(house, every_s, first_s):
    """The sensor is read every few seconds: its last report may be from between the command and the car's response."""
    home = house(config(loads={"car": charger()}, margin_a=0.5))
    offers = [(0, 6)]
    for second in range(60):
        offer = next(sent_a for sent_s, sent_a in reversed(offers) if second - sent_s >= 2 or sent_s == 0)
        states = {"sensor.l1": amps(15 + offer), "number.car": {"state": str(offer), "attributes": BOX}}
        if second % every_s == first_s:
            states["sensor.car_draw"] = amps(offer)
        home.line(second, {**states, "switch.car": "on", "sensor.car_status": "Charging"})
        offers += [(second, value) for value in home.sent("number.car")]
    assert [value for _, value in offers] == [6, 9]


@pytest.mark.parametrize(("shown_a", "sent"), [(9, []), (6, [16])])
def test_after_a_restart_the_last_command_of_before_may_arrive_and_any_other_current_is_the_users(
    tmp_path, shown_a, sent
):
    written = config(loads={"car": charger(min_write_s=60)})
    with House(tmp_path, written) as home:
        home.steady(60, {"sensor.l1": amps(5), **charging(offer=16)})
        home.line(61, {"sensor.l1": amps(40), **charging(offer=16)})
        assert home.sent("number.car") == [6]
    with House(tmp_path, written) as home:
        home.steady(10, {"sensor.l1": amps(18), **charging(offer=16)})
        home.steady(40, {"sensor.l1": amps(5), **charging(offer=shown_a)})
        assert [value for _, value in home.all_sent("number.car")] == sent
