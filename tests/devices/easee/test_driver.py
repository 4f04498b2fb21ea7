"""`easee` chargers: for how long what the cloud said of one is believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.devices.driver import Aim, Answer, Contact
from fusebox.devices.easee.driver import EASEE, EaseeMemory, next_calls, observe_answers, request_restart
from fusebox.model.durations import NEVER_S
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.snapshot import LoadState

from ...control.houses import car
from ...runtime.home import Home


@pytest.mark.parametrize("read_s, pulse_s, available", [(119, 1799, True), (121, 1799, False), (119, 1801, False)])
def test_an_old_state_and_one_of_a_silent_charger_are_no_evidence(read_s, pulse_s, available):
    load = replace(car("car", device={"charger": "EH1", "ttl_min": 1}), phases=(Phase.L1,))
    seen = Home()
    at_s = seen.view().now_s
    seen.shows("easee.eh1", "charging", pulse_s=at_s + read_s - pulse_s)
    state = EASEE.read(load, seen.view(read_s), 230.0)
    assert state.available is available


@pytest.mark.parametrize(
    "pulse_ago_s, offline_a, most_a",
    [(30, 10.0, 13.0), (61, 10.0, 10.0), (61, 0.0, 0.0), (61, None, 16.0), (61, 20.0, 20.0)],
)
def test_a_charger_out_of_reach_may_draw_its_offline_limit(pulse_ago_s, offline_a, most_a):
    load = replace(car("car", device={"charger": "EH1", "ttl_min": 1}), phases=(Phase.L1,))
    seen = Home()
    pulse_s = seen.view().now_s - pulse_ago_s
    seen.shows("easee.eh1", "offline", pulse_s=pulse_s, offered_a=13.0, offline_a=offline_a)
    assert EASEE.read(load, seen.view(), 230.0).unanswered_a == most_a
    seen.shows("easee.eh1", "charging", pulse_s=pulse_s, offered_a=13.0, offline_a=offline_a)
    assert EASEE.read(load, seen.view(), 230.0).unanswered_a == 0


def test_the_draw_is_on_the_phases_that_the_charger_is_wired_to_in_their_order():
    load = replace(car("car", device={"charger": "EH1", "ttl_min": 1}), phases=(Phase.L2, Phase.L3, Phase.L1))
    seen = Home()
    seen.shows("easee.eh1", "charging", l1_a=16.0, l2_a=1.0, l3_a=0.0)
    assert EASEE.read(load, seen.view(), 230.0).draw_a == PerPhase(0.0, 16.0, 1.0)


@pytest.mark.parametrize(("read_ago_s", "services"), [(4, ["resume"]), (0, [])])
def test_a_pause_is_ended_by_a_resumption_unless_a_later_report_shows_that_it_charges(read_ago_s, services):
    load = replace(car("car", device={"charger": "EH1", "ttl_min": 1}), phases=(Phase.L1,))
    home = Home()
    home.shows("easee.eh1", "charging", l1_a=16.0)
    now_s = home.view().now_s + read_ago_s
    contact = Contact(load, home.view(now_s), EASEE.read(load, home.view(now_s), 230.0), 230.0)
    paused_s = now_s - (2 if read_ago_s else 91)
    memory = EaseeMemory(16, now_s, now_s, 60.0, paused_s=paused_s, requested_s=paused_s)
    calls, memory = next_calls(contact, memory, Aim(16.0))
    assert [call.service for call in calls] == services
    assert (memory.paused_s == NEVER_S) is (services == [])
    # Otherwise the readings of an account's other chargers would leave it no request.
    assert all(call.data["urgent"] for call in calls)


def test_a_pause_that_takes_effect_late_is_ended_too():
    load = replace(car("car", device={"charger": "EH1", "ttl_min": 1}), phases=(Phase.L1,))
    home, paused = Home(), False
    began_s = home.view().now_s
    memory, resumed_s = EaseeMemory(16, began_s, began_s, 60.0, paused_s=began_s, requested_s=began_s), []
    for second in range(5, 200, 5):
        if second == 45:
            paused = True
        home.shows("easee.eh1", "ready_to_charge" if paused else "charging", began_s + second, l1_a=0.0)
        view = home.view(began_s + second)
        calls, memory = next_calls(Contact(load, view, EASEE.read(load, view, 230.0), 230.0), memory, Aim(16.0))
        if any(call.service == "resume" for call in calls):
            resumed_s.append(second)
            paused = False
    assert (paused, memory.paused_s) == (False, NEVER_S)
    assert resumed_s == [5, 125]


@pytest.mark.parametrize(("error", "again_s"), [("the cloud asks for a pause", 10), ("", 120)])
def test_a_pause_that_failed_is_requested_again_soon(error, again_s):
    load = replace(car("car", device={"charger": "EH1", "ttl_min": 1}), phases=(Phase.L1,))
    home = Home()
    home.shows("easee.eh1", "charging", l1_a=16.0)
    began_s = home.view().now_s
    memory, requested_s = EaseeMemory(0, began_s, began_s - 100, 3600.0), []
    for second in range(130):
        view = home.view(began_s + second)
        contact = Contact(load, view, replace(EASEE.read(load, view, 230.0), draw_age_s=0.0), 230.0)
        calls, memory = next_calls(contact, memory, Aim(0.0, over_fuse=True))
        pauses = [Answer(call, view.now_s, error=error) for call in calls if call.service == "pause"]
        requested_s += [second] * len(pauses)
        _, memory = observe_answers(contact, memory, pauses)
    assert requested_s[:2] == [0, again_s]


@pytest.mark.parametrize(
    ("fails", "offline_s", "dry_s", "sent_s"),
    [
        (0, (), (), [0]),
        (1, (), (), [0, 10]),
        (9, (), (), [0, 10, 20, 30, 40, 50]),
        (9, range(5, 300), (), [0]),
        (9, range(15, 16), (), [0, 10]),
        (9, (), range(5, 300), [0]),
    ],
)
def test_a_restart_that_failed_is_sent_again_for_a_minute_unless_the_charger_was_offline_since(
    fails, offline_s, dry_s, sent_s
):
    load = replace(car("car", device={"charger": "EH1", "ttl_min": 1}), phases=(Phase.L1,))
    home, restarts_s = Home(), []
    began_s, answers = home.view().now_s, ()
    memory = request_restart(Contact(load, home.view(), LoadState(), 230.0), EaseeMemory(16, began_s, began_s, 60.0))
    for second in range(400):
        home.shows("easee.eh1", "offline" if second in offline_s else "charging", began_s + second, l1_a=16.0)
        view = home.view(began_s + second)
        contact = Contact(load, view, EASEE.read(load, view, 230.0), 230.0)
        _, memory = observe_answers(contact, memory, answers)
        calls, memory = ((), memory) if second in dry_s else next_calls(contact, memory, Aim(16.0))
        is_restart = [call.service for call in calls] == ["restart"]
        restarts_s += [second] * is_restart
        error = "timeout" if is_restart and len(restarts_s) <= fails else ""
        answers = tuple(Answer(call, view.now_s, None, error) for call in calls)
    assert restarts_s == sent_s
