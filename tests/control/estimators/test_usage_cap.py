"""What a car leaves of its offer goes to others that are short of it, and comes back when it eats up to its cap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from fusebox import tuning
from fusebox.model.electrics import PerPhase
from fusebox.model.snapshot import LoadState, Status

from ..houses import Evening, car, charger, obey, plug, site, switched
from ..imperfect import Device, Night

HOUSE_A = 3.0


def two(**more: object) -> Night:
    """Two cars on 25 A of which the first, which goes first, draws only 8 A."""
    return Night(site(car("first"), car("second", priority=2)), first=Device(takes_a=8, **more), second=Device())


def test_what_a_car_leaves_goes_to_the_other_after_a_minute() -> None:
    night = two().run(60, HOUSE_A)
    assert (night.devices["first"].offer_a, night.devices["second"].offer_a) == (16, 6)
    night.run(int(tuning.LASTING_S), HOUSE_A)
    assert (night.devices["first"].offer_a, night.devices["second"].offer_a) == (10, 6)
    night.run(int(tuning.FOLLOW_LATEST_S) + 5, HOUSE_A)
    assert (night.devices["first"].offer_a, night.devices["second"].offer_a) == (10, 12)
    assert night.decision is not None
    assert night.decision.notes["first"].reason.startswith("offered 10 A, because it draws less than that")


@pytest.mark.parametrize(("draw_a", "is_seen"), [(0.0, False), (4.0, True)])
def test_a_draw_sensor_that_shows_nothing_is_the_reason_and_not_the_car(draw_a: float, is_seen: bool) -> None:
    evening, offer_a = Evening(site(car("first"), car("second", priority=2))), 16.0
    for second in range(100):
        evening.step({"L1": HOUSE_A + 6 + offer_a}, second, first=charger(offer_a, draw_a), second=charger(6.0, 6.0))
        assert evening.decision is not None
        offer_a = evening.decision.notes["first"].setpoint_a
    why = "it draws less than that" if is_seen else "its draw sensor shows no draw: if its car does charge, the sensor"
    assert f"because {why}" in evening.decision.notes["first"].reason


def test_a_car_that_stopped_is_not_said_to_be_offered_what_it_left_before() -> None:
    evening, offer_a = Evening(site(car("first"), car("second", priority=2))), 16.0
    for second in range(130):
        evening.step({"L1": HOUSE_A + 14}, second, first=charger(offer_a, 8.0), second=charger(6.0, 6.0))
        assert evening.decision is not None
        offer_a = evening.decision.notes["first"].setpoint_a
    assert offer_a == 10.0
    stopped = replace(charger(offer_a, 0.0), status=Status.SUSPENDED_CAR)
    evening.step({"L1": HOUSE_A + 6}, 130, first=stopped, second=charger(6.0, 6.0))
    note = evening.decision.notes["first"]
    assert (note.allocated_a, note.reason) == (6, "has all it can use")


def test_a_charger_that_does_not_start_keeps_no_more_than_its_minimum() -> None:
    evening = Evening(site(car("first"), car("second", priority=2)))
    stays_off = replace(charger(16.0, 0.0, on=False), fault="does not start")
    for second in range(200):
        evening.step({"L1": HOUSE_A + 6}, second, first=stays_off, second=charger(6.0))
    assert evening.decision is not None
    assert evening.decision.notes["first"].allocated_a == 6
    assert evening.decision.notes["second"].allocated_a == 16


@pytest.mark.parametrize("echo_s", [0, 5, 30])
def test_the_offer_is_lowered_first_so_that_the_sum_never_exceeds_the_fuse(echo_s: int) -> None:
    night = two(echo_s=echo_s, follow_s=echo_s)
    for _ in range(400):
        night.run(1, HOUSE_A)
        offered_a = sum(device.real_a for device in night.devices.values())
        assert offered_a + HOUSE_A <= 25
    assert night.devices["second"].offer_a == 12


def test_a_car_that_wakes_up_is_offered_more_and_the_other_is_lowered() -> None:
    night = two()
    night.devices["first"].takes_a = 0
    night.run(200, HOUSE_A)
    assert (night.devices["first"].offer_a, night.devices["second"].offer_a) == (6, 16)
    night.devices["first"].takes_a = 32
    night.run(90, HOUSE_A)
    assert (night.devices["first"].offer_a, night.devices["second"].offer_a) == (16, 6)
    assert max(night.flows) <= 25


def test_a_car_a_little_below_its_offer_still_needs_it() -> None:
    night = two(makes=lambda told_a: told_a - 1.5 if told_a < 16 else told_a)
    night.devices["first"].takes_a = 32
    night.run(300, HOUSE_A)
    assert night.devices["first"].real_a >= 14.5 - 1.5


def test_it_comes_back_when_the_other_has_left() -> None:
    night = two().run(200, HOUSE_A)
    assert night.devices["first"].offer_a == 10
    night.devices["second"].here = False
    night.run(120, HOUSE_A)
    assert night.devices["first"].offer_a == 16


def test_a_car_that_is_alone_is_not_capped() -> None:
    night = Night(site(car("first")), first=Device(takes_a=8)).run(300, HOUSE_A)
    assert night.devices["first"].offer_a == 16


def test_nor_where_there_is_enough_for_both() -> None:
    night = Night(site(car("first"), car("second"), fuse_a=40), first=Device(takes_a=8), second=Device())
    night.run(300, HOUSE_A)
    assert [device.offer_a for device in night.devices.values()] == [16, 16]


def test_without_a_draw_sensor_the_whole_offer_stays() -> None:
    night = two(measured=False).run(300, HOUSE_A)
    assert night.devices["first"].offer_a == 16


def test_a_waiting_car_is_let_in_by_what_another_leaves() -> None:
    night = Night(site(car("first"), car("second", priority=2)), first=Device(takes_a=7), second=Device(on=False))
    night.run(300, 9)
    assert (night.devices["first"].offer_a, night.devices["second"].offer_a) == (9, 7)


def test_a_plug_is_let_in_too() -> None:
    evening = Evening(site(car("first"), plug("pool", 2300, priority=2)))
    loads = {"first": charger(6, 6), "pool": LoadState(PerPhase(0.0), switched=True, on=False)}
    for second in range(200):
        drawn_a = sum(state.draw_a[0] or 0.0 for state in loads.values())
        for command in evening.step({"L1": 5 + drawn_a}, second, **loads).commands:
            loads[command.load] = obey(loads[command.load], command.current_a, command.on)
        offered_a = loads["first"].offer_a or 0.0
        loads["first"] = charger(offered_a, min(offered_a, 6.0))
        loads["pool"] = LoadState(PerPhase(10.0 if loads["pool"].on else 0.0), switched=True, on=loads["pool"].on)
    assert loads["first"].offer_a == 8
    assert loads["pool"].on is True


def limits(at_s: int) -> float:
    """A car that tapers from 14 to 5 A over ten minutes."""
    return max(14 - at_s / 66, 5.0)


@pytest.mark.parametrize(
    "takes_a, changes, lasts_s",
    [(lambda _: 8.0, 1, 400), (lambda second: 8.0 + 0.3 * (second % 3 - 1), 1, 400), (limits, 10, 700)],
    ids=["steady", "noisy", "tapering"],
)
def test_nothing_swings(takes_a: Callable[[int], float], changes: int, lasts_s: int) -> None:
    night = two()
    for second in range(lasts_s):
        night.devices["first"].takes_a = takes_a(second)
        night.run(1, HOUSE_A)
    later = [a for s, a in night.told("first") if s > 60]
    assert len(later) <= changes
    assert later == sorted(later, key=lambda a: -(a or 0.0))
    seconds = [a for s, a in night.told("second")]
    assert seconds == sorted(seconds, key=lambda a: a or 0.0)


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_car_on_fewer_phases_than_its_box_eats_its_whole_offer(lines: int) -> None:
    """Its power sensor reports a sum: shared among three phases it looks as if most of the offer were left."""
    of = site(car("first", phases="L1 L2 L3"), car("second", phases="L1", priority=2), phases="L1 L2 L3")
    evening = Evening(of)
    offers = {"first": 6.0, "second": 6.0}
    for second in range(150):
        shared = PerPhase(*[offers["first"] * lines / 3] * 3)
        first = replace(charger(offers["first"], phases="L1 L2 L3"), draw_a=shared, is_power=True)
        second_car = charger(offers["second"])
        grid: dict[str, float | None] = {
            "L1": HOUSE_A + offers["first"] + offers["second"],
            "L2": HOUSE_A + (offers["first"] if lines > 1 else 0.0),
            "L3": HOUSE_A + (offers["first"] if lines > 2 else 0.0),
        }
        decision = evening.step(grid, second, first=first, second=second_car)
        for command in decision.commands:
            offers[command.load] = command.current_a or offers[command.load]
        assert decision.memory.loads["first"].response.unused_offer.usage_cap_a is None


FULL_HOUSE_A = 14.0
"""With it 25 A have room for one car, and not for two."""


def one_full(status: Status = Status.SUSPENDED_CAR, **more: object) -> Night:
    """Two cars of which the first, which goes first, is plugged in and full."""
    loads = car("first", **{"lends_rating": True, **more}), car("second", priority=2)
    full = Device(takes_a=0, rests_as=status)
    return Night(site(*loads), first=full, second=Device(on=False, really_on=False))


def test_while_a_full_car_draws_nothing_another_uses_its_minimum() -> None:
    night = one_full().run(300, FULL_HOUSE_A)
    assert night.devices["first"].on
    assert (night.devices["first"].offer_a, night.devices["second"].draw_a) == (6, 11)
    assert night.decision is not None
    assert night.decision.notes["first"].reason == (
        "offered 6 A, because it draws less than that: other loads get what it leaves"
    )


def test_when_it_draws_again_the_other_makes_way_at_once() -> None:
    night = one_full().run(300, FULL_HOUSE_A)
    night.devices["first"].takes_a = 32
    woken = len(night.flows)
    night.run(120, FULL_HOUSE_A)
    assert night.flows[woken] == FULL_HOUSE_A + 6 + 11
    # Both at their minimum: 1.04 times the rating, which a fuse carries for an hour.
    assert max(night.flows[woken + 2 :]) == FULL_HOUSE_A + 6 + 6
    night.run(600, FULL_HOUSE_A)
    assert (night.devices["first"].draw_a, night.devices["second"].draw_a) == (11, 0)


def test_a_car_that_draws_every_now_and_then_lends_nothing() -> None:
    night = one_full()
    for _ in range(10):
        night.devices["first"].takes_a = 6
        night.run(5, FULL_HOUSE_A)
        night.devices["first"].takes_a = 0
        night.run(40, FULL_HOUSE_A)
        assert night.devices["second"].draw_a == 0


@pytest.mark.parametrize(
    "kept",
    [{"lends_rating": False}, {"status": Status.CHARGING}],
    ids=["where no meter shows its start", "while it is said to charge"],
)
def test_its_minimum_is_kept_free(kept: dict[str, object]) -> None:
    night = one_full(**kept).run(400, FULL_HOUSE_A)
    assert night.devices["second"].draw_a == 0


def beside_an_idle_plug(seconds: int, *, draws_a: float = 0.0, **more: object) -> dict[str, LoadState]:
    """Return a plug of 10 A that is on, and a car after it, after this time on 25 A of which the house takes 10."""
    evening = Evening(site(plug("pool", 2300, **{"lends_rating": True, **more}), car("car", priority=2)))
    loads = {"pool": switched(True, draws_a), "car": charger(6.0, 0.0, on=False)}
    for second in range(0, seconds, 10):
        drawn_a = sum(state.draw_a[0] or 0.0 for state in loads.values())
        for command in evening.step({"L1": 10 + drawn_a}, second, **loads).commands:
            loads[command.load] = obey(loads[command.load], command.current_a, command.on)
        loads["pool"] = switched(loads["pool"].on is True, draws_a)
    return loads


def test_a_plug_that_has_drawn_nothing_for_half_an_hour_lends_its_rating() -> None:
    early, late = beside_an_idle_plug(1700), beside_an_idle_plug(2300)
    assert (early["car"].on, late["car"].on, late["car"].offer_a) == (False, True, 15)
    assert late["pool"].on


@pytest.mark.parametrize(
    "kept",
    [{"lends_rating": False}, {"draws_a": 1.0}],
    ids=["where no meter shows its start", "while it draws a little"],
)
def test_the_rating_of_a_plug_is_kept_free(kept: dict[str, Any]) -> None:
    assert beside_an_idle_plug(2300, **kept)["car"].on is False
