"""Laws of a whole step, over random houses and random, broken, late readings."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from hypothesis import example, given

from fusebox.control.control import step
from fusebox.model.ceiling import Budget
from fusebox.model.data_quality import DataQuality, quality_by_load
from fusebox.model.decision import Command, Decision
from fusebox.model.load import Load, Mode
from fusebox.model.load_memory import LoadMemory
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import LoadState, Snapshot, Status
from fusebox.tuning import TOLERANCE_A
from tests.control.houses import METER, T0_S, car, charger, seen
from tests.control.houses import site as house

from .effort import examples
from .energy import SUNNY_MODES
from .strategies import NOTHING, evenings


def _raises(load: Load, state: LoadState, past: LoadMemory | None, command: Command) -> bool:
    """Return whether a device may draw more after a command than its displayed value, or its last command if it
    displays none."""
    if command.on is True and state.on is not True:
        return True
    if command.current_a is None or command.on is False:
        return False
    set_a = state.offer_a
    if set_a is None and past is not None:
        set_a = past.command.sent_a
    elif set_a == 0 and (state.status is Status.CHARGING or any(state.draw_a)):
        # A charging car contradicts a displayed 0 A: its least current is no raise.
        set_a = max(load.min_a, *(a or 0.0 for a in state.draw_a))
    return set_a is None or command.current_a > set_a


def _by_hand(load: Load, snapshot: Snapshot, past: LoadMemory) -> bool:
    """Whether a switched load may just have been switched on by its user."""
    return load.on_off and past.manual.displayed_on is False and snapshot.loads[load.name].on is True


class Stepped(NamedTuple):
    """A step of an evening: what was seen until then, what was remembered before, and what was decided."""

    site: Site
    snapshots: list[Snapshot]
    before: Memory
    decision: Decision

    @property
    def snapshot(self) -> Snapshot:
        """Return the present snapshot."""
        return self.snapshots[-1]

    def may_not_rise(self, load: Load) -> bool:
        """Whether what was decided for it before is still known: neither new, nor away, nor in its user's hand."""
        past = self.before.loads.get(load.name)
        steered = past is not None and past.adopted and self.snapshot.loads[load.name].available
        return steered and past is not None and not _by_hand(load, self.snapshot, past)

    def assert_not_raised(self, load: Load) -> None:
        """Neither its setpoint nor its device's commands."""
        if self.may_not_rise(load):
            assert self.decision.notes[load.name].setpoint_a <= self.before.loads[load.name].setpoint_a + 1e-9
        for command in self.decision.commands:
            if command.load == load.name:
                assert not _raises(load, self.snapshot.loads[load.name], self.before.loads.get(load.name), command)


def _steps(evening: tuple[Site, list[Snapshot]]) -> Iterator[Stepped]:
    site, snapshots = evening
    memory = NOTHING
    for number, snapshot in enumerate(snapshots, 1):
        decision = step(site, snapshot, memory)
        yield Stepped(site, snapshots[:number], memory, decision)
        memory = decision.memory


def _each_of(laws: Sequence[Callable[[Stepped], None]], evening: tuple[Site, list[Snapshot]]) -> None:
    """One evening for all laws: to make it up and to live through it takes far longer than to look at it."""
    for stepped in _steps(evening):
        for law in laws:
            law(stepped)


@examples(100)
@given(evenings(steps=4, calm=True) | evenings())
def test_while_a_ceiling_is_exceeded_nothing_under_it_is_raised(evening: tuple[Site, list[Snapshot]]) -> None:
    for site, snapshots, before, decision in _steps(evening):
        loads = {load.name: load for load in site.loads}
        for command in decision.commands:
            over = [c for c in decision.ceilings if command.load in c.weights and c.exceeded]
            if over:
                state = snapshots[-1].loads[command.load]
                past = before.loads.get(command.load)
                assert not _raises(loads[command.load], state, past, command), over[0].reason


def unknown_or_stale_readings_raise_nothing(stepped: Stepped) -> None:
    quality = quality_by_load(stepped.site, stepped.snapshot)
    for load in stepped.site.loads:
        if quality[load.name] is not DataQuality.GOOD:
            stepped.assert_not_raised(load)


def a_step_is_a_pure_function(stepped: Stepped) -> None:
    site, snapshot, memory, decision = stepped.site, stepped.snapshot, stepped.before, stepped.decision
    kept = copy.deepcopy((site, snapshot, memory))
    again = step(site, snapshot, memory)
    assert (again, again.notes, again.state, again.reason) == (
        decision,
        decision.notes,
        decision.state,
        decision.reason,
    )
    assert (site, snapshot, memory) == kept


def a_setpoint_is_nothing_or_minimum_to_maximum(stepped: Stepped) -> None:
    for load in stepped.site.loads:
        state, amps = stepped.snapshot.loads[load.name], stepped.decision.notes[load.name].setpoint_a
        device_min_a, most_a = max(load.min_a, state.device_min_a or 0.0), load.max_a
        if load.on_off:  # counts with its measured draw, which may be more than its rating
            most_a = max(most_a, *(a or 0.0 for seen in stepped.snapshots for a in seen.loads[load.name].draw_a))
        past = stepped.before.loads.get(load.name)
        # What was adopted from the device may lie below our minimum until the first raise or cut.
        adopted = past is None or not past.adopted or amps == past.setpoint_a
        assert amps == 0 or adopted or device_min_a - 1e-9 <= amps <= most_a + 1e-9


def what_cannot_be_steered_is_not_commanded(stepped: Stepped) -> None:
    # A charger whose current cannot be set may still be switched off.
    loads = stepped.snapshot.loads
    assert all(command.on is False or loads[command.load].available for command in stepped.decision.commands)


def every_load_has_a_reason(stepped: Stepped) -> None:
    assert all(stepped.decision.notes[load.name].reason for load in stepped.site.loads)
    assert stepped.decision.reason


@given(evenings())
def test_the_laws_of_any_step(evening: tuple[Site, list[Snapshot]]) -> None:
    laws = (
        unknown_or_stale_readings_raise_nothing,
        a_step_is_a_pure_function,
        a_setpoint_is_nothing_or_minimum_to_maximum,
        what_cannot_be_steered_is_not_commanded,
        every_load_has_a_reason,
    )
    _each_of(laws, evening)


NOISE = (house(car("car"), fuse_a=17, margin_a=2.0), [seen({"L1": 16.0}, car=charger(16))])
"""A car at 16 A has 1 A more than the room beside a margin of 2 A."""
NO_SUN_NO_ROOM = (
    house(car("car", mode=Mode.SOLAR_ONLY, stop_after_s=60), fuse_a=16, solar_w=METER),
    [seen({"L1": 14.0}, at_s, car=charger(6, 2)) for at_s in (0, 59, 60)],
)
"""A car draws 2 A of its 6 A in the dark; the fuse has no room for 6 A, but bears what flows."""
HELD_WORDS = ("held at", "stays on", "kept on", "switched on by hand", "ignores its limit")
"""A load whose reason has one of these may exceed a limit; the fault of the last goes before the hold in a reason."""


def _raised_loads(before: Memory, decision: Decision) -> set[str]:
    """Return the loads whose setpoint has risen; none that was adopted in this step."""
    steered = {name: past.setpoint_a for name, past in before.loads.items() if past.adopted}
    return {name for name, amps in steered.items() if decision.notes[name].setpoint_a > amps}


@given(evenings(calm=True))
@example(NOISE)
def test_setpoints_fit_under_every_wire_except_for_held_minimums(evening: tuple[Site, list[Snapshot]]) -> None:
    for site, _, before, decision in _steps(evening):
        held = {n for n, note in decision.notes.items() if any(words in note.reason for words in HELD_WORDS)}
        for ceiling in decision.ceilings:
            if ceiling.binds is None and not held & set(ceiling.weights):
                used_a = sum(w * decision.notes[n].setpoint_a for n, w in ceiling.weights.items())
                # While the meter shows no overload, minimums that were offered stay, and their reason names no hold.
                stays = not ceiling.exceeded and all(
                    decision.notes[n].setpoint_a <= site.by_name[n].min_a + 1e-5 for n in ceiling.weights
                )
                # Noise within the margin cuts nothing; a raise leaves all of the margin free.
                noise_a = min(ceiling.margin_a, TOLERANCE_A)
                noise_a = 0.0 if _raised_loads(before, decision) & set(ceiling.weights) else noise_a
                assert used_a <= max(ceiling.headroom_a + noise_a, 0.0) + 1e-5 or stays


def _is_under_a_cloud(load: Load, past: LoadMemory, snapshots: list[Snapshot]) -> bool:
    """Return whether a load has lacked its energy for less than its patience; a wire may hold it then, unnamed."""
    since_s = past.patience.budget_short_since_s
    return since_s is not None and snapshots[-1].now_s - since_s < load.stop_after_s


@given(evenings(calm=True, sunny=True))
@example(NO_SUN_NO_ROOM)
def test_loads_on_a_budget_alone_fit_into_it_except_while_waiting_for_clouds(
    evening: tuple[Site, list[Snapshot]],
) -> None:
    for site, snapshots, _, decision in _steps(evening):
        for ceiling in decision.ceilings:
            alone = {load.name for load in site.loads if load.mode is Mode.SOLAR_ONLY and load.name in ceiling.weights}
            if ceiling.budget is Budget.SOLAR:
                held = {n for n in alone if any(words in decision.notes[n].reason for words in HELD_WORDS)}
                held |= {n for n in alone if _is_under_a_cloud(site.by_name[n], decision.memory.loads[n], snapshots)}
                # Without a reading a load keeps what it has until its meter is stale.
                held |= {n for n in alone if decision.notes[n].status == "blind"}
                used_a = sum(ceiling.weights[n] * decision.notes[n].setpoint_a for n in alone - held)
                assert used_a <= ceiling.headroom_a + 1e-5


def a_battery_whose_power_is_unknown_raises_nothing_that_lives_on_a_budget(stepped: Stepped) -> None:
    if stepped.site.batteries and stepped.snapshot.battery_charge_w.value is None:
        for load in stepped.site.loads:
            if load.mode in SUNNY_MODES:
                stepped.assert_not_raised(load)


def a_charge_never_known_starts_nothing_on_the_sun(stepped: Stepped) -> None:
    if None not in stepped.decision.memory.batteries:
        return
    for load in stepped.site.loads:
        past = stepped.before.loads.get(load.name)
        if past is None or _by_hand(load, stepped.snapshot, past):
            continue
        if load.mode is Mode.SOLAR_ONLY and past.adopted and past.setpoint_a == 0:
            assert stepped.decision.notes[load.name].setpoint_a == 0


@given(evenings(sunny=True))
def test_the_laws_of_a_battery(evening: tuple[Site, list[Snapshot]]) -> None:
    laws = (
        a_battery_whose_power_is_unknown_raises_nothing_that_lives_on_a_budget,
        a_charge_never_known_starts_nothing_on_the_sun,
    )
    _each_of(laws, evening)


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
