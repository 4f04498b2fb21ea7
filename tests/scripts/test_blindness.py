"""Blind: the stages at exactly the ages that users are promised, the first reading, and which loads are blind."""

from __future__ import annotations

import pytest

from .houses import SITE, amps, charger, charging, config, plug, switched
from .living import Device, Living

SEEN = amps(20)
WATTS = {"unit_of_measurement": "W"}


def silent_from(house, written, states, until=70):
    """The meter reports at 0, then lines come without it."""
    home = house(written)
    home.line(0, states)
    home.steady(until)
    return home


def test_a_charger_goes_to_its_minimum_above_stale_after_s_and_no_earlier(house):
    home = silent_from(house, config(loads={"car": charger()}), {"sensor.l1": SEEN, **charging()}, 30)
    assert home.calls == []
    home.line(31)
    assert home.sent("number.car") == [6]


def test_the_status_says_blind_from_the_first_stage_on(house):
    home = silent_from(house, config(loads={"car": charger()}), {"sensor.l1": SEEN, **charging()}, 30)
    assert (home.state(SITE), home.shown("car")["status"]) == ("ok", "charging")
    home.line(31)
    assert (home.state(SITE), home.shown("car")["status"]) == ("blind", "blind")
    assert home.shown("car")["reason"]


def test_configs_own_ages_count(house):
    written = config(loads={"car": charger(failsafe_a=0)}, stale_after_s=5, failsafe_after_s=12)
    home = silent_from(house, written, {"sensor.l1": SEEN, **charging()}, 20)
    assert home.all_sent("number.car")[0] == (6, 6)
    assert home.all_sent("switch.car")[0] == (13, "off")


@pytest.mark.parametrize("failsafe_a, told", [(6, []), (0, [(61, "off")])])
def test_above_failsafe_after_s_a_charger_goes_to_failsafe_a_and_0_pauses(house, failsafe_a, told):
    home = house(config(loads={"car": charger(failsafe_a=failsafe_a)}))
    home.line(0, {"sensor.l1": SEEN, **charging()})
    home.steady(31)
    home.is_exact = True
    home.steady(65, charging(offer=6))
    assert home.all_sent("switch.car")[:1] == told
    assert home.shown("car")["setpoint_a"] == failsafe_a


def test_a_plug_goes_off_above_failsafe_after_s_only(house):
    home = silent_from(house, config(loads={"pool": plug()}), {"sensor.l1": SEEN, **switched(on=True)}, 60)
    assert home.calls == []
    home.line(61)
    assert home.sent("switch.pool") == ["off"]


def test_naming_the_meter_with_the_same_value_keeps_it_alive(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": SEEN, **charging()})
    home.steady(300, {"sensor.l1": "20"}, every=10)
    assert home.calls == []
    assert home.shown()["data_age_s"] <= 10


@pytest.mark.parametrize("nonsense_w", [-32768, -2147483648])
def test_an_export_that_no_fuse_can_carry_is_no_reading(house, nonsense_w):
    """A meter that is offline shows the register's word for no value; taken as sun, it would overload the fuse."""
    home = house(config(loads={"car": charger()}))
    life = Living(home, {"L1": 17}, car=Device(offer_a=6))
    life.run(15)
    home.steady(79, {**life.states(), "sensor.l1": {"state": str(nonsense_w), "attributes": WATTS}})
    assert home.sent("number.car") == []
    assert home.state(SITE) == "blind"
    said = f"sensor.l1 displays {nonsense_w} W, which is impossible there, so it counts as unknown"
    assert any(said in text for text in home.shown()["errors"])


@pytest.mark.parametrize(("others", "sent"), [({}, [6]), ({"solar_w": "sensor.sun"}, [])])
def test_an_export_above_the_fuse_where_nothing_generates_is_no_reading(house, others, sent):
    """The meter is reversed, and its breaker is about to open; with sun, it may be an export."""
    home = house(config(loads={"car": charger()}, main_fuse_a=25, **others))
    home.line(0, {"sensor.l1": amps(-20), "sensor.sun": "9000", **charging()})
    home.is_exact = True
    for t in range(1, 40):
        home.line(t, {"sensor.l1": amps(-29), "sensor.sun": "9000", **charging()})
    assert [amount for _, amount in home.all_sent("number.car")][:1] == sent
    assert [text for text in home.shown()["errors"] if "look at its sign" in text] == (
        [
            "site.grid.L1: sensor.l1 displays -29 A, which is impossible there, so it counts as unknown; "
            "look at its sign, its unit, its device and the integration"
        ]
        if sent
        else []
    )


def test_a_reversed_meter_raises_no_load_that_it_has_lowered(house):
    """Lowered to its minimum, the load leaves less than the fuse's rating to be shown as an export."""
    home = house(config(loads={"car": charger()}, main_fuse_a=25))
    home.is_exact = True
    for t in range(40):
        home.line(t, {"sensor.l1": amps(-29), **charging()})
    for t in range(40, 200):
        home.line(t, {"sensor.l1": amps(-19), **charging(offer=6, draw=6)})
    assert home.sent("number.car") == []
    assert {amount for _, amount in home.all_sent("number.car")} == {6}


def test_a_reversed_meter_raises_no_boosted_load_where_nothing_generates(house):
    """No boost makes a sun."""
    home = house(config(loads={"car": charger()}, main_fuse_a=25))
    home.is_exact = True
    home.line(0, {"sensor.l1": amps(-29), **charging()})
    home.call("fusebox_boost", load="car", state=True)
    for t in range(1, 40):
        home.line(t, {"sensor.l1": amps(-29), **charging()})
    assert {amount for _, amount in home.all_sent("number.car")} == {6}


@pytest.mark.parametrize(("number_a", "lowers"), [(-32768, False), (-60, True)])
def test_a_stray_number_proves_no_meter_reversed(house, number_a, lowers):
    """A small sun that CONFIG does not name feeds in."""
    home = house(config(loads={"car": charger()}, main_fuse_a=25))
    home.is_exact = True
    for t in range(60):
        home.line(t, {"sensor.l1": amps(number_a if t == 10 else -2.5), **charging()})
    assert bool(home.all_sent("number.car")) is lowers


@pytest.mark.parametrize("word", ["unknown", "unavailable", "nan", "inf", "-inf", "none", "", "off", None])
def test_while_a_value_is_unknown_nothing_rises_from_its_first_moment(house, word):
    home = house(config(loads={"car": charger()}))
    life = Living(home, {"L1": 2}, car=Device(offer_a=6))
    life.run(15)
    home.steady(39, {**life.states(), "sensor.l1": word})
    assert home.calls == []
    assert home.state(SITE) == "blind"
    assert home.shown()["grid_a"] == {"L1": None}


def test_an_unknown_value_has_the_age_of_its_last_number(house):
    home = house(config(loads={"car": charger()}))
    home.is_exact = True
    home.line(0, {"sensor.l1": SEEN, **charging()})
    home.line(10, {"sensor.l1": SEEN})
    home.steady(40, {"sensor.l1": "unavailable"})
    assert home.calls == []
    home.line(41, {"sensor.l1": "unavailable"})
    assert home.sent("number.car") == [6]


def test_one_blind_phase_stops_its_own_loads_while_others_continue(house):
    loads = {"a": charger("a"), "b": charger("b", phases=["L2"])}
    home = house(config(loads=loads, phases="L1 L2"))
    life = Living(home, {"L1": 2, "L2": 2}, a=Device(offer_a=6), b=Device(offer_a=6, phases="L2"))
    for second in range(80):
        life.second = second
        silent = {} if second == 0 else {"sensor.l2": "unavailable"}
        home.report(second, {**life.states(), **silent}, last=second == 79)
        life._obey()
    assert (life.devices["a"].offer_a, life.devices["b"].offer_a) == (16, 6)
    assert (home.shown("a")["status"], home.shown("b")["status"]) == ("charging", "blind")


def test_a_three_phase_load_is_blind_when_one_of_its_phases_is(house):
    home = house(config(loads={"car": charger(phases=["L1", "L2", "L3"])}, phases="L1 L2 L3"))
    seen = {f"sensor.l{n}": SEEN for n in (1, 2, 3)}
    home.line(0, {**seen, **charging()})
    home.steady(31, {"sensor.l1": SEEN, "sensor.l2": SEEN})
    assert home.sent("number.car") == [6]


def test_readings_whole_again_end_the_fail_safe_at_once(house):
    home = house(config(loads={"car": charger(failsafe_a=6)}))
    home.line(0, {"sensor.l1": SEEN, **charging()})
    home.steady(31)
    home.steady(70, charging(offer=6))
    home.line(71, {"sensor.l1": amps(21)})
    assert home.state(SITE) != "blind"
    assert home.shown("car")["status"] == "charging"


def slow_meter(house, period_s, reports, stages, **site):
    """A meter with that rhythm falls silent after some reports; when the car was cut and when the plug went off.

    Reports come at their second; the house runs by the second near these stages, else in leaps of ten.
    """
    home = house(config(loads={"car": charger(), "pool": plug()}, main_fuse_a=63, **site))
    states = {"sensor.l1": amps(30), **charging(), **switched(on=True)}
    last_s = period_s * (reports - 1)
    for second in range(last_s + 260):
        speaks = second % period_s == 0 and second <= last_s
        is_exact = speaks or any(abs(second - last_s - stage) <= 3 for stage in stages)
        is_last_before = (second + 1) % period_s == 0 and second < last_s
        if not is_exact and not is_last_before and second < home.t + 10:
            continue
        home.line(second, states if second == 0 else {"sensor.l1": amps(30)} if speaks else None, leap=not is_exact)
        if second > last_s and "off" in home.sent("switch.pool"):
            break
    cut = next((t - last_s for t, _ in home.all_sent("number.car") if t > last_s), None)
    off = next((t - last_s for t, _ in home.all_sent("switch.pool") if t > last_s), None)
    return cut, off


@pytest.mark.parametrize(
    "period_s, stages",
    [(10, (31, 61)), (12, (37, 73)), (20, (61, 121))],
)
def test_a_slow_meter_stretches_both_stages_to_three_and_six_periods(house, period_s, stages):
    assert slow_meter(house, period_s, 8, stages) == stages


def test_the_stretch_ends_at_two_and_four_minutes(house):
    stages = (121, 241)
    assert slow_meter(house, 60, 5, stages, stale_after_s=70, failsafe_after_s=90) == stages


def test_a_meter_without_a_heartbeat_is_not_blind_by_its_age(house):
    written = config(loads={"car": charger()}, grid={"L1": {"entity": "sensor.l1", "heartbeat": False}})
    home = silent_from(house, written, {"sensor.l1": SEEN, **charging()}, 200)
    assert home.calls == []
    assert home.state(SITE) == "ok"


def test_a_meter_without_a_heartbeat_is_blind_when_it_is_unavailable(house):
    written = config(loads={"car": charger()}, grid={"L1": {"entity": "sensor.l1", "heartbeat": False}})
    home = silent_from(house, written, {"sensor.l1": SEEN, **charging()}, 100)
    home.line(101, {"sensor.l1": "unavailable"})
    assert home.state(SITE) == "blind"
    home.steady(140)
    assert home.all_sent("number.car")[0][1] == 6


CHANGES_ONLY = {"L1": {"entity": "sensor.l1", "heartbeat": False}}


def test_a_raise_that_a_late_meter_without_a_heartbeat_does_not_show_yet_is_no_room(house):
    home, offer_a = house(config(loads={"car": charger(max_a=25)}, grid=CHANGES_ONLY)), 6
    for at_s in range(60):
        home.line(at_s, {**charging(offer=offer_a), **({} if at_s % 30 else {"sensor.l1": amps(12 + offer_a)})})
        offer_a = (home.sent("number.car") or [offer_a])[-1]
        assert 12 + offer_a <= 25
    assert offer_a == 13


def test_a_meter_without_a_heartbeat_that_changes_as_a_step_ends_cuts_at_once(house):
    home = house(config(loads={"car": charger(max_a=16)}, grid=CHANGES_ONLY))
    home.line(0, {"sensor.l1": amps(18), **charging()})
    home.steady(30)
    home.line(31, {"sensor.l1": amps(27), **charging()})
    assert home.sent("number.car") == [14]


def test_a_charger_that_is_available_again_is_not_cut_behind_a_meter_without_a_heartbeat(house):
    home = house(config(loads={"car": charger(max_a=16)}, grid=CHANGES_ONLY))
    gone = dict.fromkeys(charging(), "unavailable")
    home.line(0, {"sensor.l1": amps(18), **gone})
    home.steady(30)
    home.line(31, {"sensor.l1": amps(18), **gone})
    for at_s in range(32, 60):
        home.line(at_s, charging())
        assert home.sent("number.car") in ([], [16])
