"""A reason names the other load that has the amps, the sun or the contract, and a paused one its limit."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from fusebox.balancer.publish import explain_decision
from fusebox.control.control import step
from fusebox.model.load import Load, Mode
from fusebox.model.load_plan import LoadPlan
from fusebox.model.memory import Memory
from fusebox.model.messages.message import code_of
from fusebox.model.site import Distribution
from fusebox.model.snapshot import LoadState, Status

from .houses import T0_S, Evening, car, charger, heating, in_watts, plug, seen, site, switched
from .imperfect import Device, Night


def test_the_reason_of_a_load_limited_by_a_fuse_names_the_load_with_the_amps() -> None:
    house = site(car("garage"), car("guest", priority=2))
    decision = step(house, seen({"L1": 23.0}, garage=charger(16.0), guest=charger(6.0)), Memory())
    assert decision.notes["guest"].reason.startswith(
        "limited to 8 A by the main fuse (L1, 25 A): garage 16 A, house 1 A"
    )
    assert "garage" not in decision.notes["garage"].reason


def test_a_draw_above_its_setpoint_is_named_with_its_load_and_not_with_the_house() -> None:
    evening = Evening(site(car("garage"), car("guest", priority=2), fuse_a=32))
    for second in range(60):
        decision = evening.step({"L1": 29.0}, second, garage=charger(16.0, 22.0), guest=charger(6.0))
    assert "limited to 9 A by the main fuse (L1, 32 A): garage 22 A, house 1 A" in decision.notes["guest"].reason
    loaded = SimpleNamespace(errors=(), warnings=())
    (fuse,) = explain_decision(evening.site, decision, loaded)["ceilings"]
    assert fuse["reason"].endswith("by the main fuse (L1, 32 A): garage 22 A, guest 9 A, house 1 A")


def test_the_reason_of_a_load_limited_by_the_contract_names_the_other_load() -> None:
    house = site(car("garage"), car("guest", priority=2), max_import_w=4000.0)
    decision = step(house, seen({"L1": 17.0}, garage=charger(10.0), guest=charger(6.0)), Memory())
    reason = decision.notes["guest"].reason
    assert reason.startswith("limited to 6 A by the import limit of 4 kW: garage 2.4 kW, house 0.2 kW")


def test_a_load_that_has_almost_nothing_of_the_contract_is_not_named() -> None:
    house = site(in_watts("lamp", 10), car("guest", priority=2), max_import_w=1700.0)
    decision = step(house, seen({"L1": 7.0}, lamp=heating(10 / 230), guest=charger(6.0)), Memory())
    assert "limit of 1.7 kW: house 0.2 kW" in decision.notes["guest"].reason


def test_a_charger_that_is_held_under_a_fuse_that_is_not_exceeded_is_only_limited_by_it() -> None:
    night = Night(site(car("first"), car("second", priority=2), fuse_a=20), first=Device(takes_a=0), second=Device())
    night.run(300, 1.3)
    night.run(60, 12.6)
    assert night.decision is not None and night.flows[-1] < 20
    for note in night.decision.notes.values():
        assert "overloaded" not in note.reason, note.reason
    assert night.decision.notes["second"].setpoint_a == 6
    assert night.decision.notes["second"].reason == "limited to 6 A by the main fuse (L1, 20 A): first 6 A, house 13 A"


def test_a_switch_that_shows_nothing_is_not_said_to_stay_off() -> None:
    night = Night(site(car("car", max_a=6.0, device={"switch": "switch.car"})), car=Device(on=False))
    night.devices["car"].dead = True
    night.run(200, 2.0)
    assert night.problem().startswith("stays off although")
    night.devices["car"].on = None  # type: ignore[assignment]
    night.run(200, 2.0)
    assert night.problem() == "no answer from switch.car: look at the relay, and at what else switches it"


@pytest.mark.parametrize(
    ("load", "device", "code"),
    [
        (plug("pool"), Device(on=False, offer_a=None), "on_not_taken"),
        (in_watts("pool", 2300), Device(offer_a=0, real_a=0, has_switch=False), "power_not_taken"),
    ],
)
def test_what_does_not_switch_on_is_off(load: Load, device: Device, code: str) -> None:
    night = Night(site(load), pool=device)
    night.devices["pool"].dead = True
    night.run(200, 2.0)
    assert night.decision is not None
    note = night.decision.notes["pool"]
    assert (note.status, code_of(note.problem)) == ("off", code)


def test_the_reason_of_a_load_that_waits_for_sun_names_the_load_that_has_it() -> None:
    first = car("garage", mode=Mode.SOLAR_PRIORITY)
    house = site(first, car("guest", mode=Mode.SOLAR_ONLY, priority=2))
    decision = step(house, seen({"L1": -1.0}, garage=charger(8.0), guest=charger(6.0, 0.0, on=False)), Memory())
    assert decision.notes["guest"].reason.endswith("waits for sun: 0 kW left, needs 1.4 kW; used: garage 2.1 kW")


@pytest.mark.parametrize(("exported_a", "free_kw"), [(8.0, "0"), (28.0, "1.1")])
def test_a_load_without_enough_sun_waits_for_that_also_while_a_fuse_has_no_room(exported_a, free_kw) -> None:
    house = site(car("guest", mode=Mode.SOLAR_ONLY), phases="L1 L2", netting="sum")
    decision = step(house, seen({"L1": 23.0, "L2": -exported_a}, guest=charger(6.0, 0.0, on=False)), Memory())
    assert decision.notes["guest"].reason == f"waits for sun: {free_kw} kW left, needs 1.4 kW"
    assert not decision.notes["guest"].held_back


@pytest.mark.parametrize(
    ("meter_a", "why"),
    [
        (4.0, "1.84 kW of sun is not enough for more alongside other loads (garage 1.4 kW)"),
        (7.0, "1.15 kW of sun is not enough for more"),
    ],
)
def test_the_reason_of_a_load_at_its_minimum_names_a_load_without_which_the_sun_is_enough(meter_a, why) -> None:
    house = site(car("garage", mode=Mode.SOLAR_PRIORITY), car("guest", mode=Mode.SOLAR_PRIORITY, priority=2))
    decision = step(house, seen({"L1": meter_a}, garage=charger(6.0), guest=charger(6.0)), Memory())
    assert decision.notes["guest"].reason == f"at its minimum of 6 A: {why}"


def test_a_load_above_its_minimum_is_not_said_to_be_at_it_because_the_sun_was_away_for_a_moment() -> None:
    away = {"real_a": 0.0, "on": False, "really_on": False, "measured": False}
    night = Night(
        site(
            car("car", mode=Mode.SOLAR_ONLY),
            car("guest", mode=Mode.SOLAR_ONLY, priority=2),
            distribution=Distribution.SHARED,
        ),
        car=Device(**away),  # type: ignore[arg-type]
        guest=Device(**away),  # type: ignore[arg-type]
    )
    night.run(150, -20.0).run(1, -8.0).run(5, -20.0)
    assert night.decision is not None
    note = night.decision.notes["car"]
    assert note.setpoint_a == 10
    assert note.reason == "waits until more than 10 A stay free (it watches for up to 90 s), limited by the surplus"


def test_a_plug_that_is_on_is_never_said_to_want_more_than_its_minimum() -> None:
    """The sun that has just returned is enough for it, that of the last seconds was not."""
    house, memory, reasons = site(plug("pool", 2500, mode=Mode.SOLAR_ONLY, min_on_s=0)), Memory(), set()
    for second, sun_a in enumerate([13.0] * 40 + [8.0] * 5 + [13.0] * 30):
        decision = step(house, seen({"L1": 12.0 - sun_a}, second, pool=switched(True, 10.9)), memory)
        memory = decision.memory
        reasons.add(code_of(decision.notes["pool"].reason))
    assert reasons == {"all_it_can_use", "kept_without_energy"}


def test_a_charger_in_whole_amps_has_all_it_can_use_below_a_maximum_between_two_of_them() -> None:
    night = Night(site(car("car", max_a=13.6)), car=Device(offer_a=6.0)).run(60, 2.0)
    assert night.devices["car"].offer_a == 13
    reasons = set()
    for _ in range(30):
        night.run(1, 2.0)
        assert night.decision is not None
        reasons.add(night.decision.notes["car"].reason)
    assert reasons == {"has all it can use"}


@pytest.mark.parametrize("mode", [Mode.STANDARD, Mode.BOOST])
@pytest.mark.parametrize(
    ("status", "after_s", "is_still"),
    [
        (Status.PAUSED, 30, False),
        (Status.PAUSED, 90, True),
        (Status.CONNECTED, 90, True),
        (Status.CHARGING, 90, False),
        (Status.UNKNOWN, 90, False),
    ],
)
def test_a_car_that_draws_nothing_of_its_offer_for_a_minute_is_not_said_to_have_all_it_can_use(
    mode, status, after_s, is_still
) -> None:
    """A charger that reports charging, or nothing at all, may have a draw sensor that shows nothing."""
    night = Night(site(car("car", mode=mode)), car=Device(takes_a=0, rests_as=status)).run(after_s, 2.0)
    assert night.decision is not None
    assert (code_of(night.decision.notes["car"].reason) == "draws_nothing") is is_still
    assert night.decision.state == "ok"


@pytest.mark.parametrize(("house_a", "limited_by"), [(2.4, ""), (2.8, ""), (3.0, ""), (3.4, "main L1")])
def test_a_planned_load_is_not_limited_by_a_fuse_that_leaves_nearly_what_its_plan_gives_it(house_a, limited_by) -> None:
    """A plan gives a load just what its fuse is expected to leave: the reason would alternate between the two."""
    plan = LoadPlan("07:00", energy_kwh=20.0)
    cars = [
        car(name, plan=plan, priority=place).with_cap(planned_a, Mode.STANDARD)
        for place, (name, planned_a) in enumerate((("first", 10.2), ("second", 7.3)), start=1)
    ]
    readings = seen({"L1": 17.0 + house_a}, first=charger(10.0), second=charger(7.0))
    decision = step(site(*cars, fuse_a=20), readings, Memory())
    note = decision.notes["second"]
    assert note.limited_by == limited_by
    assert (note.reason == "has all it can use", decision.state == "ok") == (not limited_by, not limited_by)


def test_the_reason_of_a_load_without_sun_omits_one_that_charges_from_the_grid() -> None:
    first = car("garage", mode=Mode.SOLAR_PRIORITY)
    house = site(first, car("guest", mode=Mode.SOLAR_ONLY, priority=2))
    decision = step(house, seen({"L1": 8.0}, garage=charger(6.0), guest=charger(6.0, 0.0, on=False)), Memory())
    assert "garage" not in decision.notes["guest"].reason


def test_a_load_that_no_sun_limits_has_all_it_can_use_until_it_makes_way_for_one_that_needs_sun() -> None:
    heater = in_watts("heater", 3000, mode=Mode.SOLAR_ONLY, priority=2)
    evening = Evening(site(car("car"), heater, fuse_a=35, distribution=Distribution.OPTIMIZED))
    for second in range(60):
        decision = evening.step({"L1": 9.0}, second, car=charger(16.0), heater=heating(0.0))
    note = decision.notes["car"]
    assert (note.setpoint_a, note.allocated_a, note.limited_by) == (16, 16, "")
    assert note.reason == "has all it can use"


def test_a_car_that_is_left_within_a_margin_is_said_to_be_limited_to_what_it_has() -> None:
    evening = Evening(site(car("car"), car("guest", priority=2), margin_a=1.0))
    for second in range(60):
        decision = evening.step({"L1": 24.6 if second > 40 else 23.4}, second, car=charger(16.0), guest=charger(7.0))
    note = decision.notes["guest"]
    assert (note.setpoint_a, note.allocated_a, decision.allocation["guest"].amps) == (7, 7, pytest.approx(6.4))
    assert note.reason == "limited to 7 A by the main fuse (L1, 25 A): car 16 A, house 2 A"


def test_a_car_whose_last_raises_were_taken_back_waits_and_is_not_said_to_be_rising() -> None:
    evening, now_s = Evening(site(car("car"))), T0_S + 20
    evening.run(5.0, 0, 20, car=charger(10.0))
    past = evening.memory.loads["car"]
    timing = replace(past.timing, changed_s=now_s - 1, raised_s=now_s - 20, before_a=14.0)
    sawing = replace(past, setpoint_a=10.0, timing=timing, patience=replace(past.patience, undone=9))
    evening.memory = replace(evening.memory, loads={"car": sawing})
    note = evening.step({"L1": 15.0}, 20, car=charger(10.0)).notes["car"]
    assert (note.setpoint_a, note.allocated_a) == (10, 16)
    assert note.reason == "waits until more than 10 A stay free (it watches for up to 90 s)"


def test_a_car_that_waits_for_its_start_is_not_said_to_be_limited_to_more_than_nothing() -> None:
    decision = step(site(car("car")), seen({"L1": 15.0}, car=charger(6.0, 0.0, on=False)), Memory())
    assert 0 < decision.allocation["car"].amps < 16
    assert decision.notes["car"].setpoint_a == 0
    assert decision.notes["car"].reason.startswith("not raised before main L1 has been observed")


def test_after_a_start_a_car_waits_until_its_fuse_was_observed_and_says_so() -> None:
    """A higher current for the car would stop the plug, so it is not raised before the fuse has been observed."""
    evening = Evening(site(car("car"), plug("pool", priority=2), distribution=Distribution.STRICT))
    states = {"car": charger(6.0), "pool": switched(True, 10.0)}
    for second in range(20):
        reason = evening.step({"L1": 18.0}, second, **states).notes["car"].reason
        assert reason == "not raised before main L1 has been observed for 20 s"
    assert evening.step({"L1": 18.0}, 20, **states).notes["car"].reason == "rising"


def test_of_two_limits_the_one_that_leaves_less_now_is_named() -> None:
    """A car spares the minimum of the next one, for which neither phase has room; L1 lacks much less than L2."""
    every = "L1 L2 L3"
    cars = [car(name, phases=every, priority=place, max_a=12.0) for place, name in enumerate(("one", "two", "three"))]
    home = site(*cars, phases=every, distribution=Distribution.OPTIMIZED)
    states = {"one": charger(12.0, phases=every), "two": charger(7.0, phases=every)}
    grid = {"L1": 20.6, "L2": 25.0, "L3": 19.0}
    decision = step(home, seen(grid, **states, three=charger(6.0, 0.0, on=False, phases=every)), Memory())
    assert decision.notes["two"].limited_by == "main L2, main L1"
    assert decision.notes["two"].reason == "limited to 7 A by the main fuse (L2, 25 A): one 12 A, house 6 A"


def test_a_load_at_its_minimum_for_the_next_one_names_that_where_it_cannot_start_all_the_same() -> None:
    """Under `optimized` a car leaves current for a tank that needs 12.6 A, of which even then only 12 A are free."""
    home = site(car("ev"), plug("tank", 2900, priority=2), fuse_a=20, distribution=Distribution.OPTIMIZED)
    notes = step(home, seen({"L1": 8.0}, ev=charger(6.0), tank=switched(False, 0.0)), Memory()).notes
    assert notes["ev"].reason == "leaves current free so that tank can start"
    assert notes["tank"].reason == "needs 12.6 A, limited by the main fuse (L1, 20 A): ev 6 A, house 2 A"


def paused_guest(pause_s: float = 180, **limits: object) -> tuple[Evening, dict[str, LoadState]]:
    """Half a minute after the house load rose until only one of two cars fits."""
    evening = Evening(site(car("garage"), car("guest", priority=2, pause_s=pause_s), **limits))  # type: ignore[arg-type]
    loads = evening.run(2.0, 0, 60, garage=charger(6.0), guest=charger(6.0))
    return evening, evening.run(16.0 if not limits else 8.0, 60, 240, **loads)


@pytest.mark.parametrize(
    ("limits", "name", "has"), [({}, "main L1", "9 A"), ({"max_import_w": 4000.0}, "contract", "2.2 kW")]
)
def test_a_paused_load_names_its_limit_and_the_load_that_has_its_current(limits, name, has) -> None:
    evening, _ = paused_guest(**limits)
    assert evening.decision is not None
    note = evening.decision.notes["guest"]
    assert (note.status, note.limited_by) == ("paused", name)
    assert note.reason.startswith("paused until 6 A have been free for 3 min, limited by the ")
    assert f": garage {has}, house" in note.reason


@pytest.mark.parametrize(("pause_s", "words"), [(20, "20 s"), (90, "90 s"), (120, "2 min"), (3600, "60 min")])
def test_a_pause_is_told_in_seconds_unless_it_is_of_whole_minutes(pause_s, words) -> None:
    evening, _ = paused_guest(pause_s)
    assert evening.decision is not None
    reason = evening.decision.notes["guest"].reason
    assert reason.startswith(f"paused until 6 A have been free for {words}, limited by the main fuse (L1, 25 A)")


def test_a_load_in_watts_without_a_minimum_needs_no_single_watt() -> None:
    evening = Evening(site(in_watts("rod")))
    for second in range(60):
        decision = evening.step({"L1": 30.0}, second, rod=heating(0.0))
    assert decision.notes["rod"].reason == "limited by the main fuse (L1, 25 A): house 30 A"


def test_a_pause_of_a_load_in_watts_is_told_in_watts() -> None:
    evening = Evening(site(car("garage"), in_watts("tank", priority=2, min_a=1000 / 230)))
    loads = evening.run(2.0, 0, 60, garage=charger(6.0), tank=heating(1000 / 230))
    evening.run(16.0, 60, 120, **loads)
    assert evening.decision is not None
    reason = evening.decision.notes["tank"].reason
    assert reason == "needs 1000 W, limited by the main fuse (L1, 25 A): garage 9 A, house 16 A"


def test_a_pause_names_its_limit_also_once_the_minimum_fits_again() -> None:
    evening, loads = paused_guest()
    evening.run(2.0, 240, 260, **loads)
    assert evening.decision is not None
    note = evening.decision.notes["guest"]
    assert (note.status, note.limited_by) == ("paused", "main L1")
    assert note.reason.startswith("paused by main L1 until") and "needs" not in note.reason
