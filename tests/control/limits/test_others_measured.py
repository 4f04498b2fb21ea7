"""What others use is never less than minus what sun and battery are measured to give; raises are held against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from fusebox.control.control import step
from fusebox.model.decision import Decision
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Battery, Inverter, Source
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import BatteryReadings, InverterReadings, LoadState, Reading, Snapshot, Status

from ..houses import METER, T0_S, car, charger, site
from ..rest import Steps

SUN = Source(entity="sensor.sun")
THREE = "L1 L2 L3"


def untold(offer_a: float) -> LoadState:
    """A charger that does not report its car's draw."""
    return replace(charger(offer_a), draw_a=PerPhase(), device_max_a=32.0)


def look(
    of: Site, grid: dict[str, float], sun_w: float | None, second: int = 0, memory: Memory | None = None, **more: object
) -> Decision:
    """One step with a first car that is offered 16 A and does not report its draw."""
    meters = {MAIN: {Phase[p]: Reading(a, a, 0.0) for p, a in grid.items()}}
    sun = Reading() if sun_w is None else Reading(sun_w, sun_w, 0.0)
    states = {load.name: untold(16.0) if load.name == "first" else idle() for load in of.loads}
    return step(of, Snapshot(T0_S + second, meters, states, sun, **more), memory or Memory())  # type: ignore[arg-type]


def used_a(decision: Decision, name: str = "main L1") -> float:
    return round(next(c for c in decision.ceilings if c.name == name).used_a, 1)


def with_sun(**more: object) -> Site:
    return site(car("first"), phases=THREE, solar_w=SUN, **more)


def grid(first: float, others: float = 1.0) -> dict[str, float]:
    return {"L1": first, "L2": others, "L3": others}


def test_without_sun_a_car_that_leaves_some_of_its_offer_makes_no_sun() -> None:
    assert used_a(look(with_sun(), grid(8.0), 0.0)) == 0.0


def test_a_symmetric_inverter_gives_a_third_to_each_phase_others_maybe_all_to_one() -> None:
    sun_w = 3 * 4 * 230.0
    assert used_a(look(with_sun(), grid(5.0), sun_w)) == -4.0
    assert used_a(look(with_sun(inverters=(Inverter(asymmetric=True),)), grid(5.0), sun_w)) == -11.0


def test_sensors_of_the_inverter_show_what_each_phase_gets() -> None:
    of = with_sun(inverters=(Inverter(output={Phase.L1: METER}),))
    seen = {Phase.L1: Reading(2.0, 2.0, 0.0)}
    assert used_a(look(of, grid(5.0), 9000.0, inverters=(InverterReadings(seen),))) == -2.0
    series = with_sun(inverters=(Inverter(output={Phase.L1: METER}, wiring="series"),))
    assert used_a(look(series, grid(5.0), 3 * 4 * 230.0, inverters=(InverterReadings(seen),))) == -4.0


def test_what_a_battery_gives_counts_and_what_it_takes_comes_off() -> None:
    of = with_sun(batteries=(Battery(Source("sensor.soc"), Source("sensor.power")),))
    soc = Reading(50.0, 50.0, 0.0)
    for charge_w, expected_a in ((0.0, -4.0), (-3 * 2 * 230.0, -6.0), (3 * 3 * 230.0, -1.0), (9000.0, 0.0)):
        power = Reading(charge_w, charge_w, 0.0)
        decision = look(of, grid(5.0), 3 * 4 * 230.0, batteries=(BatteryReadings(soc, power),))
        assert used_a(decision) == expected_a


def test_unmeasured_sun_may_be_anything() -> None:
    assert used_a(look(with_sun(), grid(5.0), None)) == -11.0
    assert used_a(look(site(car("first"), car("sunny", mode=Mode.SOLAR_ONLY), phases=THREE), grid(5.0), None)) == -11.0


def test_an_inverter_that_sleeps_gives_what_it_last_did() -> None:
    asleep = Snapshot(
        T0_S, {MAIN: {Phase.L1: Reading(8.0, 8.0, 0.0)}}, {"first": untold(16.0)}, Reading(None, 0.0, 9e3)
    )
    assert used_a(step(site(car("first"), solar_w=SUN), asleep, Memory())) == 0.0


def test_the_meter_is_believed_where_it_shows_that_more_flows_out() -> None:
    assert used_a(look(with_sun(), grid(-3.0), 0.0)) == -3.0


def test_a_phase_exporting_more_than_measured_for_a_minute_counts_for_half_an_hour() -> None:
    """A single-phase inverter that is not in CONFIG: all 12 A of the sun on the first phase."""
    memory, seen = Memory(), []
    for second in range(0, 2000, 10):
        decision = look(with_sun(), grid(-9.0 if second <= 90 else 4.0), 3 * 4 * 230.0, second, memory)
        memory = decision.memory
        seen.append((second, used_a(decision)))
    told = dict(seen)
    assert (told[0], told[50]) == (-9.0, -9.0)
    assert told[60] == -25.0
    assert told[100] == -12.0
    assert told[1880] == -12.0
    assert told[1900] == -4.0


def test_a_car_without_a_sensor_uses_the_sun_of_an_inverter_on_one_phase() -> None:
    """CONFIG says nothing of the inverter: it would take 12 A of sun on L1 for 4 A on each phase."""
    of = site(car("first", mode=Mode.SOLAR_ONLY), phases=THREE, solar_w=SUN, netting="sum")
    sun, memory, offers_a = Reading(12 * 230.0, 12 * 230.0, 0.0), Memory(), [0.0]
    steps = Steps()
    for second in range(1200):
        meters = {p: Reading(a, a, 0.0) for p, a in zip(of.phases, (offers_a[-1] - 11.0, 1.0, 1.0), strict=True)}
        state = replace(untold(max(offers_a[-1], 6.0)), on=offers_a[-1] > 0)
        memory = steps.decide(of, Snapshot(T0_S + second, {MAIN: meters}, {"first": state}, sun), memory).memory
        offers_a.append(memory.loads["first"].setpoint_a)
    assert sum(before == 0 < after for before, after in pairwise(offers_a)) <= 2
    assert sum(offers_a) * 230 / 3.6e6 > 0.4


def test_two_cars_after_one_leaves_nine_amps_share_only_what_the_fuse_tolerates() -> None:
    of = site(car("first", max_a=16), car("second", priority=2, max_a=32), solar_w=SUN)
    memory, offered_a = Memory(), 0.0
    for second in range(120):
        meter = Reading(8.0 + offered_a, 8.0 + offered_a, 0.0)
        states = {"first": untold(16.0), "second": charger(max(offered_a, 6.0), offered_a, on=offered_a > 0)}
        states["second"] = replace(states["second"], device_max_a=32.0)
        decision = step(of, Snapshot(T0_S + second, {MAIN: {Phase.L1: meter}}, states, Reading(0.0, 0.0, 0.0)), memory)
        memory, offered_a = decision.memory, decision.notes["second"].setpoint_a
    assert offered_a == 9.0


def offers(of: Site, house_a: float, takes_a: Callable[[int], float], for_s: int = 150) -> list[float]:
    """Return the first car's offer second by second in such a house when it draws at most this."""
    memory, offers_a = Memory(), [0.0]
    for second in range(for_s):
        meter_a = house_a + min(offers_a[-1], takes_a(second))
        states = {load.name: idle() for load in of.loads}
        states["first"] = replace(untold(max(offers_a[-1], 6.0)), on=offers_a[-1] > 0)
        meters = {MAIN: {Phase.L1: Reading(meter_a, meter_a, 0.0)}}
        decision = step(of, Snapshot(T0_S + second, meters, states), memory)
        memory = decision.memory
        offers_a.append(decision.notes["first"].setpoint_a)
    return offers_a


def test_a_raise_that_no_meter_shows_frees_nothing_for_the_next() -> None:
    """Neither without generation, nor with unmeasured solar power."""
    first, sunny = car("first", max_a=32), car("sunny", mode=Mode.SOLAR_ONLY, priority=2)
    for of in (site(first), site(first, sunny)):
        assert max(offers(of, 12.0, lambda second: 7.0)) == 13.0
        assert max(offers(of, 2.0, lambda second: 32.0)) == 23.0


def test_a_car_that_comes_to_an_offer_that_stands_shows_it_however_late() -> None:
    """Then the rest is for another: 25 A less 2 A of house less 16 A."""
    of = site(car("first"), car("second", priority=2))
    memory, offered_a = Memory(), 0.0
    for second in range(150):
        first_a = 16.0 if second >= 60 else 0.0
        meters = {MAIN: {Phase.L1: Reading(*[2.0 + first_a + offered_a] * 2, 0.0)}}
        states = {"first": untold(16.0) if second else replace(idle(), draw_a=PerPhase()), "second": idle()}
        if second >= 100:
            states["second"] = charger(max(offered_a, 6.0), offered_a, on=offered_a > 0)
        decision = step(of, Snapshot(T0_S + second, meters, states), memory)
        memory = decision.memory
        offered_a = decision.notes["second"].setpoint_a
    assert offered_a == 7.0


def idle() -> LoadState:
    """A charger without a car."""
    return charger(6.0, 0.0, on=False, status=Status.UNPLUGGED)


def test_where_nothing_generates_others_use_nothing_at_least() -> None:
    """Either of two cars without a draw sensor may draw the 10 A that flow, but not both."""
    of = site(car("first"), car("second", priority=2))
    loads = {"first": untold(16.0), "second": untold(16.0)}
    decision = step(of, Snapshot(T0_S, {MAIN: {Phase.L1: Reading(10.0, 10.0, 0.0)}}, loads), Memory())
    assert used_a(decision) == 0.0
    assert sum(share.amps for share in decision.allocation.values()) == 25.0


def test_a_car_that_may_feed_the_house_and_reports_nothing_may_give_anything() -> None:
    v2g = replace(car("v2g"), type="quasar")
    of = site(car("first"), v2g, solar_w=SUN)
    meters, sun = {MAIN: {Phase.L1: Reading(5.0, 5.0, 0.0)}}, Reading(0.0, 0.0, 0.0)
    for away, expected_a in ((False, 0.0), (True, -11.0)):
        loads = {"first": untold(16.0), "v2g": LoadState(available=False) if away else idle()}
        assert used_a(step(of, Snapshot(T0_S, meters, loads, sun), Memory())) == expected_a


@pytest.mark.parametrize("netting", ["per_phase", "sum"])
def test_no_budget_and_no_contract_counts_a_sun_that_is_not_measured(netting: str) -> None:
    """A car on three phases that leaves 9 A of its offer on each, at night and with 2 A of sun on each."""
    of = site(car("first", phases=THREE), phases=THREE, solar_w=SUN, netting=netting, max_import_w=9200)
    for sun_a, expected_a in ((0.0, 0.0), (2.0, -6.0)):
        decision = look(of, dict.fromkeys(("L1", "L2", "L3"), 7.0 - sun_a), 3 * sun_a * 230)
        assert used_a(decision, "contract") == expected_a
        assert decision.surplus_w == pytest.approx(-expected_a * 230)
