"""Why nothing is raised: what is said of a car that would have room, if only the meter said so."""

from __future__ import annotations

import pytest

from fusebox.control.control import step
from fusebox.control.ramping.obstacles import _ceiling_obstacle
from fusebox.model.ceiling import Ceiling
from fusebox.model.electrics import Phase
from fusebox.model.messages.message import code_of
from fusebox.model.meter_memory import HeadroomMemory
from fusebox.model.site import MAIN
from fusebox.model.snapshot import Reading, Snapshot

from ..houses import T0_S, Evening, car, charger, plug, site, switched

SETTLED_S = 60


@pytest.mark.parametrize(
    ("age_s", "words"),
    [
        (1.0, "not raised: a meter reading is missing"),
        (40.0, "no more than its minimum while a meter reading is late"),
        (400.0, "in fail-safe until a silent or stuck meter reports again: main L1 ("),
    ],
)
def test_a_meter_that_says_nothing_is_the_reason(age_s, words):
    evening = Evening(site(car("car", max_a=6.0)))
    loads = evening.run(5.0, 0, SETTLED_S, car=charger(6))
    silent = Snapshot(T0_S + SETTLED_S, {MAIN: {Phase.L1: Reading(None, 11.0, age_s)}}, loads)
    note = step(site(car("car")), silent, evening.memory).notes["car"]
    assert note.reason.startswith(words) and note.setpoint_a == 6


@pytest.mark.parametrize(
    ("on", "words"), [(True, "has all it can use"), (False, "waits for the next meter reading")], ids=["on", "off"]
)
def test_a_plug_stays_as_it_is_while_a_meter_is_late_and_is_not_said_to_have_a_minimum(on, words):
    evening, pool = Evening(site(plug("pool"))), switched(on, 10.0 * on)
    if on:
        evening.run(5.0, 0, SETTLED_S, pool=pool)
    late = Snapshot(T0_S + SETTLED_S, {MAIN: {Phase.L1: Reading(None, 11.0, 40.0)}}, {"pool": pool})
    note = evening.decide(late).notes["pool"]
    assert (note.status, note.setpoint_a, note.reason) == ("blind", 10.0 * on, words)


@pytest.mark.parametrize(
    ("house_a", "seconds", "setpoint_a", "words"),
    [
        (15.0, 1, 6, "held at 6 A: main L1 (16 A) is overloaded"),
        (29.0, 2, 0, "needs 6 A, limited by the main fuse (L1, 16 A): house 29 A"),
        (9.0, 1, 6, "not raised: a meter reading is missing"),
    ],
)
@pytest.mark.parametrize("was_a", [9.0, 40.0], ids=["the silent phase had room", "the silent phase was overloaded"])
def test_a_measured_overload_is_the_reason_though_another_phase_is_silent(was_a, house_a, seconds, setpoint_a, words):
    of = site(car("car", max_a=6.0, phases="L1 L2"), fuse_a=16, phases="L1 L2")
    evening, load = Evening(of), charger(6.0, phases="L1 L2")
    for second in range(60):
        evening.step({"L1": 8.0, "L2": 8.0}, second, car=load)
    for second in range(60, 60 + seconds):
        phases = {Phase.L1: Reading(house_a + 6, house_a + 6, 0.0), Phase.L2: Reading(None, was_a, 0.5)}
        decision = evening.decide(Snapshot(T0_S + second, {MAIN: phases}, {"car": load}))
    note = decision.notes["car"]
    assert (note.status, note.setpoint_a) == ("blind", setpoint_a) and note.reason.startswith(words)


def test_a_wait_for_lasting_room_says_how_much_under_which_fuse():
    evening = Evening(site(car("car"), car("van", priority=2)))
    loads = {"car": charger(6), "van": charger(6, 0.0, on=False)}
    for start_s, house_a in ((0, 15.0), (25, 12.0), (50, 9.0)):
        loads = evening.run(house_a, start_s, start_s + 8, **loads)
    assert evening.decision is not None
    reason = evening.decision.notes["van"].reason
    assert reason == "waits until 6 A stay free (it watches for up to 90 s), limited by main L1 (25 A)"


@pytest.mark.parametrize(
    ("flow_a", "tolerates_s", "code"),
    [(24.0, None, None), (26.0, None, "limit_exceeded"), (26.0, 300.0, None)],
)
def test_nothing_is_raised_under_an_exceeded_limit_unless_it_tolerates_that_for_a_time(flow_a, tolerates_s, code):
    limit = Ceiling("main L1", "", 0.0, {}, used_a=20.0, flow_a=flow_a, rating_a=25.0, tolerates_s=tolerates_s)
    assert code_of(_ceiling_obstacle(limit, {"main L1": HeadroomMemory(0.0, (), 0.0)}, 1000.0)) == code
