"""The start of a wiring test: normally, after an unsure one, and after one without a result."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.commissioning import state as commissioning_state
from fusebox.control.commissioning.level import LevelResult, Sample, median_plateau
from fusebox.control.commissioning.plan import Nudge, levels_to_test, nudge_site, refusal_reason, skip_reason
from fusebox.control.commissioning.run import advance_test, begin_test, loads_to_test
from fusebox.control.commissioning.state import ABORTED, DONE, RUNNING, uncertain_loads
from fusebox.control.commissioning.trial import Trial, observe_trial
from fusebox.control.diagnostics.wiring_fit import Fit
from fusebox.control.observe import observe_step
from fusebox.model.electrics import PerPhase
from fusebox.model.equipment import Source
from fusebox.model.load import Mode
from fusebox.model.load_memory import CommandMemory, LoadMemory
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import Move
from fusebox.model.site import MAIN
from fusebox.model.snapshot import LoadState

from ..houses import T0_S, Evening, car, charger, plug, seen, site, switched

CAR, SECOND, POOL = car("car"), car("second"), plug("pool", mode=Mode.OFF)
HOUSE = site(CAR, SECOND, POOL)
GONE = LoadState(available=False)


@pytest.mark.parametrize(
    ("unsure", "chosen", "left"),
    [
        (("pool",), ["car", "pool"], ["pool"]),
        ((), ["car", "pool"], ["car", "pool"]),
        (("pool",), ["car"], ["car"]),
    ],
)
def test_another_test_continues_with_what_the_last_one_was_not_sure_of(unsure, chosen, left):
    last = commissioning_state.Test(DONE, 0.0, (), unsure=unsure)
    assert loads_to_test(chosen, last) == left
    assert loads_to_test(chosen, commissioning_state.Test()) == chosen


def test_what_is_not_known_outlives_a_test_that_is_aborted():
    last = commissioning_state.Test(DONE, 0.0, (), unsure=("pool",))
    home = Evening(HOUSE)
    decision = home.step({"L1": 2.0}, 0, car=charger(6), second=charger(6), pool=switched(on=False))
    test = begin_test(
        HOUSE, seen({"L1": 2.0}, pool=switched(on=False)), decision.memory.loads, ["car", "pool"], last, False
    )
    assert (test.waiting, test.unsure) == (("pool",), ("pool",))


def test_where_nothing_is_there_it_is_not_done_but_says_that_nothing_was_tested():
    home = Evening(HOUSE)
    decision = home.step({"L1": 2.0}, 0, car=GONE, second=GONE, pool=GONE)
    snapshot = seen({"L1": 2.0}, car=GONE, second=GONE, pool=GONE)
    test = begin_test(HOUSE, snapshot, decision.memory.loads, ["car", "pool"], commissioning_state.Test(), False)
    over = advance_test(test, HOUSE, snapshot, decision)
    assert (over.state, over.reason) == (
        ABORTED,
        "nothing could be tested: car, pool left out",
    )


@pytest.mark.parametrize(
    ("told_a", "first"), [((), 10.0), ((10.0,), 9.5), ((10.0, 9.5), 9.0), ((10.0, 9.5, 9.0), 10.0)]
)
def test_levels_that_a_charger_was_not_sent_before_come_first(told_a, first):
    assert levels_to_test(CAR, charger(6), LoadMemory(setpoint_a=6.0), told_a)[0] == first


ALONE = Trial("pool", (), 0.0, 0.0, alone=True)


def test_chargers_that_had_to_rest_rest_until_the_test_is_over():
    test = commissioning_state.Test(RUNNING, T0_S, ("car",), done=(ALONE,))
    between = {load.name: load.mode for load in nudge_site(HOUSE, test.nudge).loads}
    assert between == {"car": Mode.OFF, "second": Mode.OFF, "pool": Mode.OFF}
    home = Evening(HOUSE)
    decision = home.step({"L1": 2.0}, 0, car=charger(0, on=False), second=charger(0, on=False), pool=switched(on=False))
    snapshot = seen({"L1": 2.0}, car=charger(0, on=False), second=charger(0, on=False), pool=switched(on=False))
    resting = {name: replace(past, setpoint_a=0.0) for name, past in decision.memory.loads.items()}
    decision = replace(decision, memory=replace(decision.memory, loads=resting))
    trial = advance_test(test, HOUSE, snapshot, decision).trial
    assert (trial.alone, trial.rests, trial.levels_a[0]) == (True, True, 6.0)
    nudge = replace(test, waiting=(), trial=trial).nudge
    assert (nudge.load, nudge.level_a, nudge.alone) == ("car", 0.0, True)


def test_a_switched_loads_own_sensor_is_not_counted_on_while_it_is_tested():
    snapshot = seen({"L1": 12.0}, car=charger(6, 0.006), pool=switched(on=True, draw_a=0.01))
    known = observe_step(nudge_site(HOUSE, Nudge("pool", 10.0)), snapshot, Memory()).snapshot.loads
    assert (known["pool"].draw_a[0], known["car"].draw_a[0]) == (None, 0.006)
    assert observe_step(HOUSE, snapshot, Memory()).snapshot.loads["pool"].draw_a[0] == 0.01


@pytest.mark.parametrize(("max_a", "allowed_a"), [(16.0, 6.0), (0.0, 0.0)])
def test_another_charger_is_at_its_minimum_but_never_above_its_maximum(max_a, allowed_a):
    house = nudge_site(site(CAR, car("second", max_a=max_a)), Nudge("car", 10.0))
    home = Evening(house)
    home.run(2, 0, 60, car=charger(6), second=charger(6))
    assert home.memory.loads["second"].setpoint_a == allowed_a


@pytest.mark.parametrize("max_a", [0.0, 5.0])
def test_a_charger_whose_maximum_is_below_its_minimum_is_left_out_and_not_started(max_a):
    of = site(car("car", max_a=max_a))
    home = Evening(nudge_site(of, Nudge("car", 6.0)))
    home.run(2, 0, 60, car=charger(6))
    past = home.memory.loads["car"]
    assert past.setpoint_a == 0
    assert str(skip_reason(of.by_name["car"], charger(6), past)) == "car cannot use power now"


def test_a_plug_whose_sensor_reports_kilowatts_stays_on_while_it_is_tested():
    of = nudge_site(site(POOL, fuse_a=16), Nudge("pool", 10.0))
    home = Evening(of)
    home.step({"L1": 2.0}, 0, pool=switched(on=False, draw_a=0.0))
    for second in range(1, 100):
        home.step({"L1": 2.0}, second, pool=switched(on=False, draw_a=0.0))
    assert home.memory.loads["pool"].setpoint_a == 10.0
    home.step({"L1": 12.0}, 100, pool=switched(on=True, draw_a=0.01))
    assert home.memory.loads["pool"].setpoint_a == 10.0


@pytest.mark.parametrize(("shown_a", "said"), [(20.0, ("there is no room for pool under its fuse",)), (2.0, ())])
def test_a_load_that_its_fuse_has_no_room_for_is_named_with_that(shown_a, said):
    trial = Trial("pool", (10.0, 0.0), T0_S - 600, T0_S - 600)
    test = commissioning_state.Test(RUNNING, T0_S - 600, (), trial, ends_s=T0_S - 60)
    states = {"car": charger(0, on=False), "second": charger(0, on=False), "pool": switched(on=False)}
    decision = Evening(HOUSE).step({"L1": shown_a}, 0, **states)
    assert advance_test(test, HOUSE, seen({"L1": shown_a}, **states), decision).left_out == said


@pytest.mark.parametrize(("level_a", "waits"), [(10.0, True), (0.0, False)])
def test_a_plug_waits_for_headroom_to_go_on_and_for_none_while_it_is_off(level_a, waits):
    states = {"car": charger(0, on=False), "second": charger(0, on=False), "pool": switched(on=False)}
    decision = Evening(HOUSE).step({"L1": 20.0}, 0, **states)
    trial = Trial("pool", (level_a, 10.0 - level_a), T0_S - 5, T0_S - 5)
    test = commissioning_state.Test(RUNNING, T0_S - 5, (), trial, ends_s=T0_S + 300)
    after = advance_test(test, HOUSE, seen({"L1": 20.0}, **states), decision).trial
    assert (after.waits, after.alone) == (waits, waits)
    # What the meters show is observed only at a level that the load can be at.
    assert bool(after.trace) is not waits


def test_a_load_that_is_left_out_again_on_a_retry_is_named_once():
    trial = Trial("pool", (10.0, 0.0), T0_S - 60, T0_S - 60, missed_a=(10.0,))
    states = {"car": charger(0, on=False), "second": charger(0, on=False), "pool": LoadState(available=False)}
    test = commissioning_state.Test(RUNNING, T0_S - 60, (), done=(trial,))
    home = Evening(HOUSE)
    for second in range(5):
        decision = home.step({"L1": 2.0}, second, **states)
        test = advance_test(test, HOUSE, seen({"L1": 2.0}, second, **states), decision)
    assert test.left_out == ("pool is not available",)


@pytest.mark.parametrize(("shown_a", "runs"), [(30.0, False), (-30.0, True)])
@pytest.mark.parametrize("sunny", [False, True])
def test_a_turned_meter_over_its_limit_refuses_no_test_where_nothing_generates(shown_a, runs, sunny):
    home = replace(HOUSE, solar_w=Source("sensor.sun")) if sunny else HOUSE
    states = {"car": charger(16, 15.0), "second": charger(16, 15.0), "pool": switched(on=False)}
    decision = Evening(home).step({"L1": shown_a}, 0, **states)
    said = None if runs and not sunny else "main L1 is over its limit: 30 A of 25 A"
    assert refusal_reason(home, seen({"L1": shown_a}, **states), decision) == said


@pytest.mark.parametrize(
    ("levels_a", "place", "paused_first"),
    [
        ((10.0, 6.0, 9.5, 6.0, 0.0, 6.0), 0, (0.0, 6.0, 10.0, 6.0, 9.5, 6.0)),  # it ran before
        ((6.0, 10.0, 6.0, 0.0), 1, (6.0, 0.0, 10.0, 6.0, 0.0)),  # it did not, and is off again at the end
    ],
)
@pytest.mark.parametrize(("waited_s", "pauses"), [(30.0, False), (90.0, True)])
def test_a_charger_that_finds_no_room_to_rise_pauses_first(levels_a, place, paused_first, waited_s, pauses):
    states = {"car": charger(6, 6.0), "second": charger(0, on=False), "pool": switched(on=False)}
    decision = Evening(HOUSE).step({"L1": 22.0}, 0, **states)
    resting = {**decision.memory.loads, "car": replace(decision.memory.loads["car"], setpoint_a=6.0)}
    decision = replace(decision, memory=replace(decision.memory, loads=resting))
    trial = Trial("car", levels_a, T0_S, T0_S - waited_s, place=place)
    test = commissioning_state.Test(RUNNING, T0_S - 100, (), trial, ends_s=T0_S + 300)
    found = advance_test(test, HOUSE, seen({"L1": 22.0}, **states), decision).trial
    assert found.levels_a == (paused_first if pauses else levels_a)


@pytest.mark.parametrize(
    ("levels_a", "place", "left_a", "missed_a"),
    [
        ((10.0, 6.0, 9.5, 6.0, 0.0, 6.0), 0, (0.0, 6.0), (10.0, 6.0, 9.5, 6.0)),
        ((10.0, 6.0, 9.5, 6.0, 0.0, 6.0), 5, (6.0,), ()),  # back from its pause
        ((0.0, 6.0, 10.0, 6.0, 9.5, 6.0), 0, (0.0, 6.0), (10.0, 6.0, 9.5, 6.0)),  # its pause was moved forward
        ((0.0, 6.0, 10.0, 6.0, 9.5, 6.0), 1, (6.0,), (10.0, 6.0, 9.5, 6.0)),
        ((0.0, 6.0, 10.0, 6.0, 9.5, 6.0), 2, (), (10.0, 6.0, 9.5, 6.0)),
        ((10.0, 6.0, 9.5, 6.0), 0, (), (10.0, 6.0, 9.5, 6.0)),  # tested again for what it missed
        ((6.0, 10.0, 6.0, 0.0), 1, (0.0,), (10.0, 6.0)),
    ],
)
def test_a_load_whose_time_is_up_has_at_most_its_pause_left(levels_a, place, left_a, missed_a):
    states = {"car": charger(6, 6.0), "second": charger(0, on=False), "pool": switched(on=False)}
    decision = Evening(HOUSE).step({"L1": 8.0}, 0, **states)
    at_rest = Sample(T0_S, seen({"L1": 8.0}).grid_a, PerPhase(6.0), 6.0, 6.0, 6.0, 0.0)
    before = median_plateau((at_rest,), 5.0)
    trial = Trial("car", levels_a, T0_S, T0_S - 60, place=place, samples=(at_rest,), before=before)
    test = commissioning_state.Test(RUNNING, T0_S - 100, (), trial, ends_s=T0_S)
    after = advance_test(test, HOUSE, seen({"L1": 8.0}, **states), decision)
    (found,) = after.trials
    assert (found.levels_a[place:], found.missed_a) == (left_a, missed_a)
    assert (after.trial is None) is (left_a == ())


@pytest.mark.parametrize(("sent_a", "left"), [((6.0,), ("car",)), ((6.0, 9.0, 10.0), ())])
def test_a_test_is_not_sure_of_a_charger_that_it_could_not_raise(sent_a, left):
    """Whether it rounds is not known."""
    move = Move(PerPhase(4.0), {MAIN: PerPhase(4.0)}, commanded_a=4.0)
    results = (
        *(LevelResult(move) for _ in range(6)),
        LevelResult(shown_a=tuple((each_a, each_a) for each_a in sent_a)),
    )
    trial = Trial("car", (10.0, 6.0, 9.5, 6.0, 9.0, 6.0, 0.0, 6.0), T0_S, T0_S, results=results)
    test = commissioning_state.Test(DONE, T0_S, (), done=(trial,))
    assert uncertain_loads(test, Fit(HOUSE, test.moves)) == left


@pytest.mark.parametrize(("since_s", "place"), [(2, 0), (20, 1)])
def test_a_current_that_was_sent_before_is_waited_for_when_it_is_sent_again(since_s, place):
    def sample(second, sent_a):
        return Sample(T0_S + second, seen({"L1": 6.0}).grid_a, PerPhase(6.0), 6.0, 10.0, sent_a, 0.0)

    samples = tuple(sample(second, 10.0 if second == 5 or second > 60 - since_s else 6.0) for second in range(60))
    trial = Trial("car", (10.0, 6.0), T0_S, T0_S, samples=samples, before=median_plateau(samples[:1], 5.0))
    past = LoadMemory(setpoint_a=10.0, command=CommandMemory(sent_a=10.0, sent_on=True))
    snapshot = seen({"L1": 6.0}, 60, car=charger(6, 6.0))
    assert observe_trial(trial, HOUSE, snapshot, past, {MAIN: 0.0}).place == place
