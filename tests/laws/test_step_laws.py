"""Laws of a whole step, over random houses and random, broken, late readings."""

from __future__ import annotations

import copy

from hypothesis import given

from fusebox.control.control import step
from fusebox.control.data_quality import DataQuality, data_quality
from fusebox.model.ceiling import Budget
from fusebox.model.decision import Command
from fusebox.model.load import Load, Mode
from fusebox.model.load_memory import LoadMemory
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import LoadState, Snapshot
from tests.control.houses import T0_S, car, seen
from tests.control.houses import site as house

from .effort import examples
from .energy import SUNNY_MODES
from .strategies import NOTHING, evenings


def _raises(load: Load, state: LoadState, command: Command) -> bool:
    """Whether a command lets a device draw more than it is seen to be set to."""
    if command.on is True and state.on is not True:
        return True
    if command.current_a is None or command.on is False:
        return False
    return state.offer_a is None or command.current_a > state.offer_a


def _by_hand(load: Load, snapshot: Snapshot, past: LoadMemory) -> bool:
    """Whether a switched load may just have been switched on by its user."""
    return load.on_off and past.seen_on is False and snapshot.loads[load.name].on is True


def _steps(evening: tuple[Site, list[Snapshot]]):  # type: ignore[no-untyped-def]
    site, snapshots = evening
    memory = NOTHING
    for snapshot in snapshots:
        decision = step(site, snapshot, memory)
        yield site, snapshot, memory, decision
        memory = decision.memory


@examples(300)
@given(evenings(steps=4, calm=True) | evenings())
def test_while_a_ceiling_is_exceeded_nothing_under_it_is_raised(evening: tuple[Site, list[Snapshot]]) -> None:
    for site, snapshot, _, decision in _steps(evening):
        loads = {load.name: load for load in site.loads}
        for command in decision.commands:
            over = [c for c in decision.ceilings if command.load in c.weights and c.exceeded]
            if over:
                assert not _raises(loads[command.load], snapshot.loads[command.load], command), over[0].reason


@given(evenings())
def test_unknown_or_stale_readings_raise_nothing(evening: tuple[Site, list[Snapshot]]) -> None:
    for site, snapshot, before, decision in _steps(evening):
        seen = data_quality(site, snapshot)
        for load in site.loads:
            if seen[load.name] is DataQuality.GOOD:
                continue
            past = before.loads.get(load.name)
            if (
                past is not None
                and past.adopted
                and not _by_hand(load, snapshot, past)
                and snapshot.loads[load.name].available
            ):
                assert decision.notes[load.name].setpoint_a <= past.setpoint_a + 1e-9
            for command in decision.commands:
                if command.load == load.name:
                    assert not _raises(load, snapshot.loads[load.name], command)


@given(evenings())
def test_a_step_is_a_pure_function(evening: tuple[Site, list[Snapshot]]) -> None:
    for site, snapshot, memory, decision in _steps(evening):
        kept = copy.deepcopy((site, snapshot, memory))
        again = step(site, snapshot, memory)
        assert (again, again.notes, again.state, again.reason) == (
            decision,
            decision.notes,
            decision.state,
            decision.reason,
        )
        assert (site, snapshot, memory) == kept


HELD_WORDS = ("held at", "stays on", "kept on", "switched on by hand")


@given(evenings(calm=True))
def test_setpoints_fit_under_every_wire_but_for_held_minimums(evening: tuple[Site, list[Snapshot]]) -> None:
    for _, _, _, decision in _steps(evening):
        held = {n for n, note in decision.notes.items() if any(words in note.reason for words in HELD_WORDS)}
        for ceiling in decision.ceilings:
            if ceiling.binds is None and not held & set(ceiling.weights):
                used_a = sum(w * decision.notes[n].setpoint_a for n, w in ceiling.weights.items())
                assert used_a <= max(ceiling.room_a, 0.0) + 1e-5


@given(evenings(calm=True, sunny=True))
def test_who_lives_on_a_budget_alone_fits_into_it_unless_clouds_are_waited_for(
    evening: tuple[Site, list[Snapshot]],
) -> None:
    for site, _, _, decision in _steps(evening):
        for ceiling in decision.ceilings:
            alone = {load.name for load in site.loads if load.mode is Mode.SOLAR_ONLY and load.name in ceiling.weights}
            if ceiling.budget is Budget.SOLAR:
                held = {n for n in alone if any(words in decision.notes[n].reason for words in HELD_WORDS)}
                used_a = sum(ceiling.weights[n] * decision.notes[n].setpoint_a for n in alone - held)
                assert used_a <= ceiling.room_a + 1e-5


@given(evenings())
def test_a_setpoint_is_nothing_or_minimum_to_maximum(evening: tuple[Site, list[Snapshot]]) -> None:
    most_a = {load.name: load.max_a for load in evening[0].loads}
    for site, snapshot, before, decision in _steps(evening):
        for load in site.loads:
            state, amps = snapshot.loads[load.name], decision.notes[load.name].setpoint_a
            device_min_a = max(load.min_a, state.device_min_a or 0.0)
            if load.on_off:  # counts for what it was seen to draw, which may be more than its plate says
                most_a[load.name] = max(most_a[load.name], *(a or 0.0 for a in state.draw_a))
            past = before.loads.get(load.name)
            # What was adopted from the device may lie below our minimum until the first raise or cut.
            adopted = past is None or not past.adopted or amps == past.setpoint_a
            assert amps == 0 or adopted or device_min_a - 1e-9 <= amps <= most_a[load.name] + 1e-9


@given(evenings(sunny=True))
def test_a_battery_whose_power_is_unknown_raises_nothing_that_lives_on_a_budget(
    evening: tuple[Site, list[Snapshot]],
) -> None:
    for site, snapshot, before, decision in _steps(evening):
        if site.battery is None or snapshot.battery_charge_w.value is not None:
            continue
        for load in site.loads:
            if load.mode in SUNNY_MODES:
                past = before.loads.get(load.name)
                available = snapshot.loads[load.name].available
                if past is not None and past.adopted and available and not _by_hand(load, snapshot, past):
                    assert decision.notes[load.name].setpoint_a <= past.setpoint_a + 1e-9
                for command in decision.commands:
                    assert command.load != load.name or not _raises(load, snapshot.loads[load.name], command)


@given(evenings(sunny=True))
def test_a_charge_never_known_starts_nothing_on_the_sun(evening: tuple[Site, list[Snapshot]]) -> None:
    for site, snapshot, before, decision in _steps(evening):
        if site.battery is None or decision.memory.battery is not None:
            continue
        for load in site.loads:
            past = before.loads.get(load.name)
            if past is None or _by_hand(load, snapshot, past):
                continue
            if load.mode is Mode.SOLAR_ONLY and past.adopted and past.setpoint_a == 0:
                assert decision.notes[load.name].setpoint_a == 0


@given(evenings())
def test_what_cannot_be_steered_is_not_commanded(evening: tuple[Site, list[Snapshot]]) -> None:
    for _, snapshot, _, decision in _steps(evening):
        assert all(snapshot.loads[command.load].available for command in decision.commands)


@given(evenings())
def test_every_load_has_a_reason(evening: tuple[Site, list[Snapshot]]) -> None:
    for site, _, _, decision in _steps(evening):
        for load in site.loads:
            assert decision.notes[load.name].reason
        assert decision.reason


def test_memory_does_not_grow_with_time() -> None:
    """An evening of changes leaves a bounded window behind, not a history."""
    site, snapshot = house(car("car")), seen({"L1": 5.0})
    memory = Memory()
    for second in range(500):
        grid = {
            "main": {p: type(r)(second % 7 + 1.0, second % 7 + 1.0, 0.0) for p, r in snapshot.grid_a["main"].items()}
        }
        memory = step(site, Snapshot(T0_S + second, grid, snapshot.loads), memory).memory
    assert all(len(room.pairs) <= 22 for room in memory.headroom.values())
