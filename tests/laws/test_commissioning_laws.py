"""A wiring test ends, and leaves nothing behind, even if a user unplugs a car or sets a current in the middle."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from fusebox.balancer.commissioning import Commissioning
from fusebox.balancer.plans.inputs import StepResult
from fusebox.control.commissioning.plan import LONGEST_S
from fusebox.control.commissioning.state import RUNNING
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.snapshot import LoadState, Status

from ..control.houses import car, charger, obey, plug, seen, site, switched
from ..control.rest import Steps
from .effort import examples

BEGINS_S = 60
"""When the test begins [s]; by then the loads have what they may have."""
AFTER_S = 60
"""How long the house is watched after the test [s]."""

PLUGGED = charger(6)
GONE = charger(6, 0.0, status=Status.UNPLUGGED)


class Bench:
    """A house with ideal devices in which a test runs, and changes by users."""

    def __init__(self, *, pool_runs: bool, second: bool) -> None:
        mode = Mode.CONTINUOUS if pool_runs else Mode.OFF
        loads = [car("car"), plug("pool", mode=mode), *([car("van", priority=2)] if second else [])]
        self.site = site(*loads, fuse_a=32)
        self.states = {"car": PLUGGED, "pool": switched(pool_runs, 10.0 if pool_runs else 0.0)}
        self.states |= {"van": PLUGGED} if second else {}
        self.test, self.memory, self.second = Commissioning(), Memory(), 0
        self.commanded = False
        self.steps = Steps()

    def tick(self) -> None:
        """A second: see, decide, obey."""
        drawn_a = sum(state.draw_a[0] or 0.0 for state in self.states.values())
        snapshot = seen({"L1": 1.0 + drawn_a}, self.second, **self.states)
        nudged = self.test.site_with_request(self.site, self.site)
        decision = self.steps.decide(nudged, snapshot, self.test.undo_test_in_memory(self.memory))
        self.memory = decision.memory
        if self.second == BEGINS_S:
            last = StepResult(self.site, self.site, snapshot, decision)
            self.test.begin(last, [load.name for load in self.site.loads], named=False)
        self.test.advance(self.site, snapshot, decision)
        self.commanded = bool(decision.commands)
        for command in decision.commands:
            self._obey(command.load, command.current_a, command.on)
        self.second += 1

    def _obey(self, name: str, current_a: float | None, on: bool | None) -> None:
        state = obey(self.states[name], current_a, on)
        if name == "pool":
            state = replace(state, draw_a=each_phase(state, 10.0 if state.on else 0.0))
        self.states[name] = state

    def unplug(self, name: str) -> None:
        state = self.states[name]
        self.states[name] = replace(state, status=Status.UNPLUGGED, can_use_power=False, draw_a=each_phase(state, 0.0))

    def plug_in(self, name: str) -> None:
        state = self.states[name]
        runs_a = (state.offer_a or 0.0) if state.on else 0.0
        self.states[name] = replace(state, status=Status.CHARGING, can_use_power=True, draw_a=each_phase(state, runs_a))

    def set_by_hand(self, name: str, current_a: float) -> None:
        self.states[name] = obey(self.states[name], current_a, None)

    def run(self, until_s: float) -> None:
        while self.second < until_s:
            self.tick()

    def run_out(self) -> None:
        """Until the test is over, and somewhat longer."""
        while self.test.state == RUNNING and self.second <= BEGINS_S + LONGEST_S:
            self.tick()
        self.run(self.second + AFTER_S)


def each_phase(state: LoadState, drawn_a: float):
    return type(state.draw_a)(*[None if a is None else drawn_a for a in state.draw_a])


MOMENTS_S = st.integers(min_value=BEGINS_S + 1, max_value=int(BEGINS_S + LONGEST_S))


@given(at_s=MOMENTS_S, away_s=st.none() | st.integers(5, 200), pool_runs=st.booleans(), second=st.booleans())
@example(at_s=BEGINS_S + 115, away_s=None, pool_runs=True, second=False)
@example(at_s=BEGINS_S + 145, away_s=None, pool_runs=True, second=False)
@examples(6)
def test_a_test_in_which_a_car_is_unplugged_ends_and_leaves_the_rest_as_before(at_s, away_s, pool_runs, second):
    bench = Bench(pool_runs=pool_runs, second=second)
    bench.run(at_s)
    bench.unplug("car")
    if away_s is not None:
        bench.run(at_s + away_s)
        bench.plug_in("car")
    bench.run_out()
    assert bench.test.state != RUNNING
    assert bench.states["pool"].on is pool_runs
    assert not second or bench.states["van"].on


@given(at_s=MOMENTS_S, set_a=st.sampled_from([7.0, 8.0, 12.0, 14.0]), pool_runs=st.booleans())
@example(at_s=BEGINS_S + 10, set_a=8.0, pool_runs=False)
@example(at_s=BEGINS_S + 165, set_a=8.0, pool_runs=True)
@example(at_s=BEGINS_S + 168, set_a=7.0, pool_runs=False)  # in the second in which the test ends its pause
@examples(6)
def test_a_current_that_its_user_sets_during_a_test_stays(at_s, set_a, pool_runs):
    bench = Bench(pool_runs=pool_runs, second=False)
    bench.run(at_s)
    while bench.commanded:
        bench.tick()  # a value set before a command was displayed cannot be distinguished from its echo
    is_under_way = bench.test.state == RUNNING
    bench.set_by_hand("car", set_a)
    bench.run_out()
    assert bench.test.state != RUNNING and bench.states["pool"].on is pool_runs
    assert not is_under_way or (bench.states["car"].offer_a, bench.states["car"].on) == (set_a, True)
