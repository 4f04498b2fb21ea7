"""A charge point by itself: what it offers, what it says, and how it fails."""

from itertools import pairwise

import pytest

from simhouse.physics.car import Car, Visit

from .points import Stepped

SLEEPER = Car(wakes_after_s=3, below_offer_a=0.0, gives_up_after_pauses=1)
GUEST = Car(wakes_after_s=3, below_offer_a=0.0, visits=(Visit(10, 100, 20.0), Visit(200, 1e9, 20.0)))


def test_without_a_profile_it_offers_what_it_can():
    assert Stepped().run(30).draw_a == 20


def test_a_lapsed_lease_leaves_the_safe_default_below_it():
    a = Stepped().run(30)
    assert a.set(6, level=2, kind="Relative") == "Accepted"
    assert a.set(14.5, level=3, lease_s=120) == "Accepted"
    assert a.run(60).draw_a == 14.5
    assert a.run(149).first.offered_a == 14.5
    assert a.run(152).first.offered_a == 6
    assert a.run(158).draw_a == 6


def test_the_power_that_it_offers_is_that_of_the_phases_it_has_closed():
    a = Stepped(phases=("L1", "L2", "L3")).run(30)
    for lines in (3, 1):
        a.first.close(lines)
        samples = a.run(a.now_s + 30).said[-1][1].payload["meter_value"][0]["sampled_value"]
        offered_w = next(each["value"] for each in samples if each["measurand"] == "Power.Offered")
        assert float(offered_w) == a.first.offered_a * lines * 230 > 0


@pytest.mark.parametrize(("ahead_s", "lasts"), [(-300, True), (-310, False), (100, True), (121, False)])
def test_a_wrong_clock_ends_an_absolute_lease_early_or_never_lets_it_begin(ahead_s, lasts):
    a = Stepped(clock_ahead_s=ahead_s, sets_clock=False).run(30)
    a.set(6, level=2, kind="Relative")
    a.set(14, level=3, lease_s=120)
    assert (a.run(33).first.offered_a == 14) is lasts


def test_a_drifting_clock_goes_wrong_by_and_by():
    a = Stepped(drift_s_per_h=3600, sets_clock=False).run(100)
    a.set(6, level=2, kind="Relative")
    a.set(14, level=3, lease_s=120)
    assert a.run(103).first.offered_a == 14
    assert a.run(113).first.offered_a == 6


@pytest.mark.parametrize(
    ("units", "unit", "limit", "status"),
    [("Current", "A", 10, "Accepted"), ("Current", "W", 2300, "Rejected"), ("Power", "A", 10, "Rejected"),
     ("Power", "W", 2300, "Accepted"), ("Current,Power", "W", 2300, "Accepted")],
)  # fmt: skip
def test_a_unit_that_it_does_not_take_is_rejected(units, unit, limit, status):
    a = Stepped(units=units).run(30)
    assert a.set(limit, unit=unit) == status
    assert a.run(40).draw_a == (10 if status == "Accepted" else 20)


@pytest.mark.parametrize(("watts_for", "draw_a"), [("wired", 5), ("used", 15)])
def test_watts_are_shared_by_all_wired_phases_or_by_those_that_are_used(watts_for, draw_a):
    a = Stepped(units="Power", watts_for=watts_for, below_minimum="minimum", phases=("L1", "L2", "L3")).run(30)
    a.set(3450, unit="W")
    assert a.run(40).draw_a == max(6, draw_a)


@pytest.mark.parametrize(
    ("firmware", "place", "status"),
    [
        ({"rejects_from_s": 0}, {}, "Rejected"),
        ({"smart_charging": False}, {}, "NotSupported"),
        ({"highest_stack_level": 2}, {"level": 3}, "Rejected"),
        ({"highest_stack_level": 0}, {"level": 0}, "Accepted"),
        ({}, {"purpose": "ChargePointMaxProfile", "connector": 1}, "Rejected"),
        ({}, {"purpose": "ChargePointMaxProfile", "connector": 0}, "Accepted"),
        ({}, {"connector": 0}, "Accepted"),
        ({}, {"connector": 2}, "Rejected"),
        ({}, {"purpose": "TxProfile"}, "Accepted"),
        ({}, {"purpose": "TxProfile", "transactionId": 5}, "Rejected"),
        ({"most_profiles": 0}, {}, "Rejected"),
    ],
)
def test_which_profiles_it_takes(firmware, place, status):
    assert Stepped(**firmware).run(30).set(10, **place) == status


def test_a_transactions_profile_needs_a_transaction_and_ends_with_it():
    a = Stepped(car=GUEST).run(5)
    assert a.set(8, purpose="TxProfile") == "Rejected"
    a.run(30)
    assert a.set(8, purpose="TxProfile") == "Accepted"
    assert a.run(50).draw_a == 8
    assert a.run(150).draw_a == 0 and not a.point.profiles
    assert a.run(250).draw_a == 20


def test_the_maximum_is_kept_in_flash_and_each_write_counts():
    a = Stepped().run(30)
    a.set(10)
    a.set(10, purpose="ChargePointMaxProfile", connector=0)
    assert a.point.flash_writes == 1


@pytest.mark.parametrize(
    ("limit", "below", "offered"), [(0, "minimum", 0), (3, "pause", 0), (3, "minimum", 6), (6, "pause", 6)]
)
def test_below_six_amps_is_a_pause_for_some_and_six_for_others(limit, below, offered):
    a = Stepped(below_minimum=below).run(30)
    a.set(limit)
    assert a.run(40).draw_a == offered
    assert a.words()[-1][1] == ("Charging" if offered else "SuspendedEVSE")


@pytest.mark.parametrize(
    ("cure", "cured_by_clear", "cured_by_reset"),
    [("nothing", False, False), ("clear", True, False), ("reset", False, True)],
)
def test_one_that_accepts_and_ignores_is_cured_by_what_cures_it(cure, cured_by_clear, cured_by_reset):
    a = Stepped(unresponsive_from_s=20, cured_by=cure).run(30)
    assert a.set(8) == "Accepted"
    assert a.run(60).draw_a == 20
    a.point.clear_profiles()
    a.set(8)
    assert (a.run(70).draw_a == 8) is cured_by_clear
    a.point.electronics.reset()
    assert (a.run(150).draw_a == 8) is (cured_by_clear or cured_by_reset)


def test_it_obeys_late_where_its_make_is_slow():
    a = Stepped(obeys_after_s=10).run(30)
    a.set(8)
    assert a.run(40).first.offered_a == 20 and a.run(41).first.offered_a == 8


def test_a_visit_in_its_words():
    a = Stepped(car=GUEST).run(150)
    assert [word for _, word in a.words()] == ["Available", "Preparing", "SuspendedEV", "Charging", "Available"]
    assert [name for _, name in a.actions("StartTransaction", "StopTransaction")] == [
        "StartTransaction", "StopTransaction",
    ]  # fmt: skip
    assert next(m for _, m in a.said if m.action == "StopTransaction").payload["reason"] == "EVDisconnected"


@pytest.mark.parametrize(("stuck", "answer"), [(True, "Rejected"), (False, "Accepted")])
def test_after_a_stop_from_afar_some_wait_for_the_plug(stuck, answer):
    a = Stepped(car=GUEST, finishing_until_replug=stuck).run(50)
    assert a.point.remote_stop(a.first.session.id) == "Accepted"
    assert a.run(60).draw_a == 0
    assert a.words()[-1][1] == ("Finishing" if stuck else "Preparing")
    assert a.point.remote_start(1) == answer
    assert (a.run(80).draw_a > 0) is not stuck
    assert a.run(250).draw_a == 20


def test_a_reset_frees_one_that_is_stuck_in_finishing():
    a = Stepped(reboot_s=30).run(50)
    a.point.remote_stop(a.first.session.id)
    a.run(60).point.electronics.reset()
    assert not a.run(75).point.electronics.running
    assert a.run(120).draw_a == 20


def test_one_that_needs_a_remote_start_waits_for_it():
    a = Stepped(needs_remote_start=True).run(60)
    assert a.draw_a == 0 and a.words()[-1][1] == "Preparing"
    assert a.point.remote_start(1) == "Accepted"
    assert a.run(90).draw_a == 20


def test_a_car_that_sleeps_is_woken_by_a_new_transaction():
    a = Stepped(car=SLEEPER, finishing_until_replug=False).run(30)
    a.set(0)
    a.run(60)
    a.set(10)
    assert a.run(120).draw_a == 0 and a.words()[-1][1] == "SuspendedEV"
    a.point.remote_stop(a.first.session.id)
    a.run(125).point.remote_start(1)
    assert a.run(150).draw_a == 10


@pytest.mark.parametrize(("loops", "boots"), [(0, 2), (3, 5)])
def test_a_reset_is_a_boot_or_a_loop_of_them(loops, boots):
    a = Stepped(boot_loops=loops, reboot_s=30).run(50)
    a.point.electronics.reset()
    a.run(600)
    assert a.point.electronics.boots == boots == len(a.actions("BootNotification"))
    assert a.draw_a == 20


@pytest.mark.parametrize(("keeps", "offered"), [(True, 8), (False, 20)])
def test_some_forget_their_profiles_in_a_reboot(keeps, offered):
    a = Stepped(keeps_profiles=keeps).run(30)
    a.set(8)
    a.run(40).point.electronics.reset()
    assert a.run(120).first.offered_a == offered


def test_without_power_nothing_flows_and_it_boots_when_power_is_back():
    a = Stepped().run(30).run(40, powered=False)
    assert a.draw_a == 0 and not a.point.electronics.running
    assert a.run(120).draw_a == 20 and a.point.electronics.boots == 2


def test_a_fault_stops_the_car_and_is_reported():
    a = Stepped(faulted=((30, 60),)).run(50)
    assert a.draw_a == 0 and a.words()[-1][1] == "Faulted" and a.words(0)[-1][1] == "Faulted"
    assert a.run(90).draw_a == 20


def test_meter_values_come_at_the_interval_and_seldom_without_a_car():
    a = Stepped(car=GUEST, meter_every_s=20, idle_meter_every_s=50).run(195)
    seconds = [s for s, _ in a.actions("MeterValues")]
    assert [b - a for a, b in pairwise(seconds) if 30 < a < 70] == [20, 20]
    assert seconds[-1] - seconds[-2] == 50


@pytest.mark.parametrize(("least_s", "every_s"), [(1, 5), (30, 30)])
def test_the_interval_can_be_changed_within_what_the_make_permits(least_s, every_s):
    a = Stepped(least_meter_every_s=least_s, meter_every_s=60).run(30)
    assert a.point.configuration.change("MeterValueSampleInterval", "5") == "Accepted"
    seconds = [s for s, _ in a.run(200).actions("MeterValues")]
    assert seconds[-1] - seconds[-2] == every_s


@pytest.mark.parametrize(
    ("key", "value", "status"),
    [("MeterValueSampleInterval", "x", "Rejected"), ("NumberOfConnectors", "2", "Rejected"),
     ("Nonsense", "1", "NotSupported")],
)  # fmt: skip
def test_what_cannot_be_changed(key, value, status):
    assert Stepped().point.configuration.change(key, value) == status


def test_two_connectors_have_cars_and_limits_of_their_own():
    a = Stepped(connectors=2).run(30)
    a.set(8, connector=2)
    assert a.run(40).draw_a == 20
    assert a.point.connectors[2].car_state.draw_a == 8
    a.set(7, connector=0, level=4, id=99)
    assert a.run(50).draw_a == 7 == a.point.connectors[2].car_state.draw_a
