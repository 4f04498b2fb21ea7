"""What a tank needs at which temperature, in which mode; its hygiene cycle, and what it does without a thermometer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.commissioning.plan import Nudge, nudge_site
from fusebox.control.demand.tank import update_tank_memory
from fusebox.model.appliance_memory import ApplianceNeed
from fusebox.model.electrics import PerPhase
from fusebox.model.load import Load, Mode
from fusebox.model.load_memory import LoadMemory, ManualMemory
from fusebox.model.load_plan import PresentBlock, PriceSignal
from fusebox.model.records import replace_within
from fusebox.model.snapshot import LoadState, Snapshot

from ..houses import T0_S, plug, site

DAY_S = 86_400.0
DEVICE = {
    "normal_c": 50,
    "boost_c": 65,
    "hysteresis_c": 6,
    "minimum_c": None,
    "hygiene_c": 60,
    "hygiene_every_days": 7,
    "temperature": "sensor.tank",
    "thermostat": False,
}


def tank(mode: Mode = Mode.NORMAL, **device: object) -> Load:
    return replace(plug("tank", mode=mode), type="tank", device={**DEVICE, **device})


class Thermometer:
    """Shows a tank temperatures, one after another."""

    def __init__(self, load: Load, past: LoadMemory | None = None, at_s: float = T0_S) -> None:
        self.load, self.past, self.now_s = load, past or LoadMemory(), at_s

    def at(
        self,
        temperature_c: float | None,
        *,
        on: bool | None = None,
        draw_a: float | None = None,
        later_s: float = 10,
        age_s: float = 0,
    ) -> ApplianceNeed:
        """What it needs then; the switch follows unless `on` says otherwise."""
        self.now_s += later_s
        need = self.past.switched.need
        is_on = (need is not None and need.wants) if on is None else on
        state = LoadState(PerPhase(draw_a), draw_age_s=age_s, switched=True, on=is_on, temperature_c=temperature_c)
        self.past = update_tank_memory(self.load, state, self.past, Snapshot(self.now_s, {}, {}))
        found = self.past.switched.need
        assert found is not None
        return found

    def hold(
        self, temperature_c: float | None, seconds: float, step_s: float = 10, **more: float | None
    ) -> ApplianceNeed:
        """The same for a while."""
        for _ in range(int(seconds / step_s)):
            need = self.at(temperature_c, later_s=step_s, **more)  # type: ignore[arg-type]
        return need

    def wants(self, *temperatures_c: float) -> list[bool]:
        return [self.at(t).wants for t in temperatures_c]


@pytest.mark.parametrize("mode", [Mode.NORMAL, Mode.STANDARD])
def test_normal_heats_from_below_the_hysteresis_to_its_set_point(mode: Mode) -> None:
    seen = Thermometer(tank(mode))
    assert seen.wants(47, 44.1, 43.9, 47, 49.9, 50, 47, 44, 43.9) == [
        False, False, True, True, True, False, False, False, True
    ]  # fmt: skip
    assert seen.at(45).mode == "standard" and seen.at(45).target_c == 50


@pytest.mark.parametrize("between", [Mode.OFF, Mode.SOLAR_ONLY])
def test_heating_that_the_end_of_a_planned_block_has_interrupted_goes_on_in_the_next(between: Mode) -> None:
    seen, block = Thermometer(tank()), tank()
    assert seen.wants(43, 46) == [True, True]
    seen.load = tank(between, boost_c=50)
    assert not seen.at(46).wants
    seen.load = block
    assert seen.wants(45.8, 49.9, 50, 46) == [True, True, False, False]
    seen.load = tank(between, boost_c=50)
    seen.at(46)
    seen.load = block
    assert not seen.at(45.8).wants


def test_heating_that_is_interrupted_is_over_once_it_is_hot() -> None:
    seen = Thermometer(tank())
    seen.wants(43)
    seen.load = tank(Mode.OFF)
    seen.wants(51)
    seen.load = tank()
    assert not seen.at(46).wants


def test_boost_heats_to_the_higher_one_from_any_source() -> None:
    seen = Thermometer(tank(Mode.BOOST))
    assert seen.wants(60, 58.9, 64.9, 65) == [False, True, True, False]
    assert seen.at(40).mode == "standard" and seen.at(41).target_c == 65


def test_a_boost_starts_at_once() -> None:
    seen = Thermometer(tank())
    assert not seen.at(62).wants
    seen.load = tank(Mode.BOOST)
    assert seen.wants(62, 64, 65, 64) == [True, True, False, False]


@pytest.mark.parametrize("mode", [Mode.OFF, Mode.STANDARD])
def test_a_block_of_its_plan_heats_at_once_and_only_once(mode: Mode) -> None:
    seen = Thermometer(tank(mode))
    assert not seen.at(47).wants
    seen.load = replace(tank(Mode.STANDARD), in_block=True)
    assert seen.at(47).target_c == 50
    assert seen.at(49.9).wants
    assert not seen.at(50).wants
    assert not seen.at(47).wants, "within its hysteresis it rests for the remainder of the block"
    seen.load = tank(mode)
    assert not seen.at(47).wants
    seen.load = replace(tank(Mode.STANDARD), in_block=True)
    assert seen.at(47).wants, "the next block heats again"


def test_once_hot_it_is_left_to_its_hysteresis_in_dearer_blocks_for_the_same_time() -> None:
    seen, block = Thermometer(tank(Mode.OFF)), replace(tank(Mode.STANDARD), in_block=True)
    seen.at(47)
    for block_now, wants in [
        (PresentBlock(1.0, price=0.2), {47: True, 50: False}),
        (PresentBlock(1.0, price=0.3), {47: False, 46: False}),
        (PresentBlock(1.0, price=0.1), {47: True, 50: False}),
        (PresentBlock(1.0, price=0.2), {47: False, 43: True}),
        (PresentBlock(2.0, price=0.3), {47: True, 50: False}),
        (None, {47: True}),
    ]:
        seen.load = replace(block, block=block_now)
        assert seen.wants(*wants) == list(wants.values()), block_now
        seen.load = tank(Mode.OFF)
        seen.at(list(wants)[-1])


def test_once_hot_it_is_not_started_by_every_block_of_a_night_of_one_price() -> None:
    """The car's plan cuts the night into many blocks; each would start the tank for a minute."""
    seen, block = Thermometer(tank(Mode.OFF)), replace(tank(Mode.STANDARD), in_block=True)
    seen.at(47)
    for price, wants in [
        (0.2, {49.8: True, 50: False}),
        (0.2, {49.8: False, 49.5: False}),
        (0.1, {49.5: False, 48: False}),
        (0.1, {46: True, 49: True, 50: False}),
    ]:
        seen.load = replace(block, block=PresentBlock(1.0, price))
        assert seen.wants(*wants) == list(wants.values()), price
        seen.load = tank(Mode.OFF)
        seen.at(list(wants)[-1])


def test_a_block_that_begins_while_its_temperature_is_unknown_heats_once_that_is_known() -> None:
    seen = Thermometer(tank(Mode.STANDARD))
    assert not seen.at(47).wants
    seen.load = replace(seen.load, in_block=True)
    assert not seen.at(None, later_s=900).wants
    assert seen.at(47).wants


def test_a_wiring_test_switches_a_warm_tank_on_also_in_a_block_of_its_plan() -> None:
    in_block = replace(tank(Mode.STANDARD), in_block=True)
    seen, wants = Thermometer(in_block), []
    seen.at(62)
    for level_a in (8.0, 0.0, 8.0):
        seen.load = nudge_site(site(in_block), Nudge("tank", level_a)).by_name["tank"]
        wants.append(seen.at(62).wants)
    assert wants == [True, False, True]


def test_a_boost_that_ends_has_begun_nothing_else() -> None:
    shown = Thermometer(tank(Mode.SOLAR_ONLY, minimum_c=42))
    assert shown.at(43.5).mode == Mode.SOLAR_ONLY
    shown.load = tank(Mode.BOOST, minimum_c=42)
    assert shown.at(43.5).wants
    shown.load = tank(Mode.OFF, minimum_c=42)
    assert not shown.at(43.5).wants


@pytest.mark.parametrize("mode", [Mode.SOLAR_ONLY, Mode.EXCESS])
def test_on_surplus_it_may_heat_up_to_boost_within_its_budget(mode: Mode) -> None:
    seen = Thermometer(tank(mode))
    assert seen.wants(60, 58, 64, 65, 60) == [False, True, True, False, False]
    assert (seen.at(20).mode, seen.at(20).target_c) == (mode, 65)


def test_solar_priority_is_warm_from_any_source_and_hot_from_the_sun() -> None:
    seen = Thermometer(tank(Mode.SOLAR_PRIORITY))
    assert [seen.at(t).mode for t in (43, 49, 50.1, 64)] == ["standard", "standard", "solar_only", "solar_only"]


@pytest.mark.parametrize("mode", [Mode.SOLAR_ONLY, Mode.EXCESS, Mode.OFF, Mode.NORMAL])
def test_below_its_minimum_it_heats_in_every_mode(mode: Mode) -> None:
    seen = Thermometer(tank(mode, minimum_c=40))
    need = seen.at(39.9)
    assert need.wants and need.mode == "standard" and "below its minimum of 40 °C" in need.reason
    assert (seen.at(45.9).mode, seen.at(45.9).reason) == ("standard", f"heats from 45.9 °C to {need.target_c:g} °C")
    after = seen.at(46)
    assert after.mode != "standard" or after.target_c == 50


@pytest.mark.parametrize("mode", [Mode.NORMAL, Mode.SOLAR_ONLY, Mode.EXCESS, Mode.SOLAR_PRIORITY])
def test_in_its_cheap_hours_it_heats_to_its_boost_temperature_from_any_source(mode: Mode) -> None:
    seen = Thermometer(replace(tank(mode), signal=PriceSignal("recommend", T0_S + 25)))
    need = seen.at(55)
    assert (need.wants, need.mode, need.target_c) == (True, "standard", 65)
    assert need.reason == "heats from 55 °C to 65 °C, because energy is cheap"
    assert seen.at(55).wants
    after = seen.at(55)  # the cheap hours are over
    assert (after.wants and after.mode == "standard") is False


def test_mode_off_goes_before_a_cheap_hour_and_its_minimum_before_that() -> None:
    signal = PriceSignal("recommend", T0_S + 3600)
    assert Thermometer(replace(tank(Mode.OFF), signal=signal)).wants(45, 20) == [False, False]
    assert Thermometer(replace(tank(Mode.OFF, minimum_c=40), signal=signal)).wants(45, 39) == [False, True]


def test_mode_off_never_heats() -> None:
    assert Thermometer(tank(Mode.OFF)).wants(5, 20, 60) == [False] * 3


def test_a_tank_that_is_found_heating_continues() -> None:
    seen = Thermometer(tank())
    assert seen.at(47, on=True).wants
    assert not Thermometer(tank()).at(47, on=False).wants


def test_a_tank_found_heating_continues_for_a_minute_without_its_sensor() -> None:
    assert [Thermometer(tank()).at(None, on=on).wants for on in (True, False)] == [True, False]
    assert not Thermometer(tank(Mode.OFF)).at(None, on=True).wants
    seen = Thermometer(tank())
    assert seen.hold(None, 50, on=True).wants
    assert seen.at(47, on=True).wants  # as if it had been there from the first moment
    assert seen.wants(49.9, 50, 47) == [True, False, False]
    never = Thermometer(tank())
    assert not never.hold(None, 80, on=True).wants


@pytest.mark.parametrize("mode", list(Mode))
def test_a_due_hygiene_cycle_heats_in_any_mode_for_an_hour_in_all(mode: Mode) -> None:
    seen = Thermometer(tank(mode))
    seen.at(55)
    before = seen.at(55, later_s=7 * DAY_S - 5)
    assert "hygiene" not in before.reason
    need = seen.at(55)
    assert need.wants and need.mode == "standard" and need.target_c in (63, 65)
    assert seen.hold(61, 1800, on=True).wants
    seen.hold(57, 600, on=True)
    need = seen.hold(61, 1700, on=True)
    assert "hygiene cycle: 60 °C for another" in need.reason
    seen.hold(61, 200, on=True)
    assert "hygiene" not in seen.at(55).reason
    assert "hygiene" not in seen.at(55, later_s=6 * DAY_S).reason
    assert "hygiene" in seen.at(55, later_s=1.1 * DAY_S).reason


def test_a_tank_that_the_sun_keeps_hot_needs_no_cycle() -> None:
    seen = Thermometer(tank(Mode.SOLAR_ONLY))
    for _ in range(10):
        seen.hold(62, 4000)
        assert "hygiene" not in seen.at(50, later_s=DAY_S).reason


def test_a_gap_is_no_time_at_that_temperature() -> None:
    seen = Thermometer(tank())
    seen.at(62)
    seen.at(62, later_s=7200)
    assert "hygiene" in seen.at(40, later_s=7.1 * DAY_S - 7200).reason


def test_minutes_more_than_a_day_apart_do_not_add_up() -> None:
    seen = Thermometer(tank())
    for _ in range(4):
        seen.hold(62, 1000)
        seen.at(50, later_s=1.5 * DAY_S)
    assert "hygiene" in seen.at(50, later_s=1.2 * DAY_S).reason


def test_a_cycle_that_is_a_day_late_is_reported_with_the_remedy() -> None:
    seen = Thermometer(tank())
    assert seen.at(50).problem == ""
    assert seen.at(50, later_s=7.5 * DAY_S).problem == ""
    assert "hygiene cycle is more than a day late" in seen.at(50, later_s=14 * 3600).problem


ANY_MODE = [Mode.NORMAL, Mode.STANDARD, Mode.BOOST, Mode.SOLAR_PRIORITY, Mode.SOLAR_ONLY, Mode.EXCESS, Mode.OFF]


@pytest.mark.parametrize("mode", ANY_MODE)
def test_what_heats_stops_a_minute_after_its_thermometer_has_fallen_silent(mode: Mode) -> None:
    seen = Thermometer(tank(mode, minimum_c=40))
    assert seen.at(35).wants
    assert seen.hold(None, 50).wants
    need = seen.at(None)
    assert not need.wants and need.reason == "not heated until its temperature is known again"
    assert "its temperature is unknown; look at sensor.tank" in need.problem
    assert not seen.hold(None, 24 * 3600, step_s=60).wants
    again = seen.at(35)
    assert again.wants and not again.no_start_reason and again.problem == ""


@pytest.mark.parametrize("mode", ANY_MODE)
def test_without_a_temperature_nothing_starts(mode: Mode) -> None:
    seen = Thermometer(tank(mode, minimum_c=40))
    assert not seen.hold(None, 30, on=False).wants
    seen.at(35, on=False)
    assert seen.at(None, on=False).no_start_reason == "waits until its temperature is known"
    assert not seen.at(35, on=False).no_start_reason


def test_a_tank_observed_before_the_clock_was_set_has_no_hygiene_cycle_due_after_that() -> None:
    seen = Thermometer(tank(), at_s=40)
    assert seen.wants(48, 48) == [False, False]
    assert not seen.at(48, later_s=T0_S).wants
    assert not seen.at(48, later_s=6.9 * DAY_S).wants
    assert "hygiene" in seen.at(48, later_s=0.2 * DAY_S).reason


def test_without_a_temperature_no_hand_and_no_hygiene_cycle_starts_it_either() -> None:
    seen = Thermometer(tank(Mode.OFF))
    seen.at(55)
    assert not seen.at(None, later_s=8 * DAY_S).wants
    seen.past = replace_within(seen.past, "manual", on=True)
    assert not seen.at(None, on=True).wants


def test_with_its_own_thermostat_a_silent_thermometer_stays_valid_for_ten_minutes() -> None:
    seen = Thermometer(tank(thermostat=True))
    assert seen.at(40).wants
    assert seen.hold(None, 590).wants
    assert not seen.past.switched.need.no_start_reason  # type: ignore[union-attr]
    assert seen.hold(None, 60).problem


@pytest.mark.parametrize(("mode", "hours"), [(Mode.NORMAL, 3), (Mode.SOLAR_ONLY, 3), (Mode.OFF, 0)])
def test_without_a_thermometer_a_tank_with_thermostat_heats_one_hour_in_eight(mode: Mode, hours: int) -> None:
    seen = Thermometer(tank(mode, thermostat=True))
    heated_s = sum(30 * seen.at(None, later_s=30).wants for _ in range(24 * 120))
    assert heated_s / 3600 == pytest.approx(hours, abs=0.05)
    assert "its temperature is unknown; look at sensor.tank" in seen.at(None).problem
    assert seen.at(40).problem == ""


def test_with_a_minimum_the_own_thermostat_prevents_cold_water_without_thermometer() -> None:
    seen = Thermometer(tank(Mode.OFF, minimum_c=40, thermostat=True))
    need = seen.hold(None, 900)
    assert need.wants and need.mode == "standard"


def test_after_a_start_a_thermometer_has_some_minutes_to_come() -> None:
    seen = Thermometer(tank(thermostat=True))
    assert not seen.hold(None, 500).wants
    assert seen.at(None).reason == "waits until its temperature is known"
    assert seen.hold(None, 200).wants


@pytest.mark.parametrize("thermostat", [False, True])
def test_a_thermometer_that_does_not_move_for_hours_of_heating_is_not_believed(thermostat: bool) -> None:
    seen = Thermometer(tank(thermostat=thermostat))
    needs = [seen.at(41, later_s=30) for _ in range(30 * 60)]
    assert "stays at 41 °C through hours of heating" in needs[-1].problem
    assert not needs[-1].wants
    assert any(need.wants for need in needs[-800:]) is thermostat, "an hour in eight, where something else ends it"
    assert seen.at(42).problem == ""


@pytest.mark.parametrize(("seconds", "believed"), [(14_300, True), (14_500, False)])
def test_a_temperature_counts_as_stuck_after_four_hours_of_heating(seconds: float, believed: bool) -> None:
    seen = Thermometer(tank())
    assert (seen.hold(41, seconds, 50).problem == "") is believed


def test_an_element_whose_own_thermostat_has_opened_is_switched_off_and_tried_again() -> None:
    seen = Thermometer(tank(Mode.BOOST))
    assert seen.hold(57, 300, draw_a=10).wants
    assert seen.hold(57, 50, draw_a=0).wants
    need = seen.hold(57, 30, draw_a=0)
    assert not need.wants and "its own thermostat has opened at 57 °C" in need.reason
    assert not seen.hold(53, 600, draw_a=0).wants
    assert seen.at(51, draw_a=0).wants, "it has cooled down by its hysteresis"


def test_it_is_tried_again_after_half_an_hour_in_any_case() -> None:
    seen = Thermometer(tank(Mode.BOOST))
    seen.hold(57, 300, draw_a=10)
    seen.hold(57, 200, draw_a=0)
    assert not seen.hold(57, 1500, draw_a=0).wants
    assert seen.hold(57, 200, draw_a=0, on=None).wants


def test_a_power_sensor_that_never_showed_a_draw_says_nothing() -> None:
    assert Thermometer(tank()).hold(30, 1000, draw_a=0).wants


def test_nor_does_one_that_has_not_reported_since() -> None:
    seen = Thermometer(tank(Mode.BOOST))
    seen.hold(40, 100, draw_a=10)
    seen.past = replace_within(seen.past, "timing", switched_s=seen.now_s)
    assert all(seen.at(40, draw_a=0, age_s=10 * n).wants for n in range(60))


def test_a_hand_that_switches_it_on_heats_to_boost_and_no_further() -> None:
    seen = Thermometer(tank(Mode.OFF))
    seen.at(50)
    seen.past = replace_within(seen.past, "manual", on=True)
    assert seen.at(60).wants and seen.at(60).target_c == 65
    assert not seen.at(65).wants
    assert not seen.past.manual.on


@pytest.mark.parametrize("available", [True, False])
def test_a_hand_that_has_switched_it_on_is_forgotten_without_a_temperature_unless_all_of_it_is_away(available) -> None:
    seen = Thermometer(tank(Mode.OFF), LoadMemory(manual=ManualMemory(on=True)))
    seen.hold(45, 100, on=True)
    assert seen.past.manual.on
    for _ in range(30):
        seen.now_s += 10
        state = LoadState(available=available, on=available or None)
        seen.past = update_tank_memory(seen.load, state, seen.past, Snapshot(seen.now_s, {}, {}))
    assert seen.at(45, on=True).wants is seen.past.manual.on is not available


def test_a_hand_that_switches_it_off_is_respected_until_the_minimum_calls() -> None:
    seen = Thermometer(tank(minimum_c=35))
    seen.at(42)
    seen.past = replace_within(seen.past, "manual", off=True)
    seen.at(38)
    assert seen.past.manual.off
    seen.at(34)
    assert not seen.past.manual.off


def test_a_hand_that_has_switched_it_off_lasts_over_a_restart_after_which_its_thermometer_is_late() -> None:
    seen = Thermometer(tank(), LoadMemory(manual=ManualMemory(off=True)))
    seen.hold(None, 120)
    assert seen.at(40).wants and seen.past.manual.off
    seen.at(50)
    assert not seen.past.manual.off


def test_a_hand_that_has_switched_it_on_lasts_over_a_restart_after_which_its_thermometer_is_late() -> None:
    seen = Thermometer(tank(Mode.OFF), LoadMemory(manual=ManualMemory(on=True)))
    assert seen.hold(None, 50, on=True).wants
    assert seen.at(60).wants and seen.past.manual.on
    assert not seen.hold(None, 70, on=True).wants and not seen.past.manual.on
    assert not Thermometer(tank(Mode.OFF), LoadMemory(manual=ManualMemory(on=True))).hold(None, 70, on=True).wants
