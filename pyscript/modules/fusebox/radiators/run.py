"""One run of a group: (group, readings, memory) -> which radiators have the turn, which relays to switch, why. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from .. import tuning
from ..model.durations import DUST_S
from . import relays as r
from .group import Cap, Group, GroupMemory, GroupReadings, RelayMemory, cap_of, level_in_force
from .relays import Switching
from .turns import HeatDemand, accrue, after_step, rank, settle_clocks


@dataclass(frozen=True, slots=True)
class Outcome:
    """The decision of one run."""

    switchings: tuple[Switching, ...]
    """Commands to send now, in order; `told` records each as it is sent."""
    memory: GroupMemory
    """Memory for the next run."""
    cap: Cap
    """How many radiators may be on, and why."""
    live: tuple[str, ...]
    """The relays that have the turn."""
    active: frozenset[str]
    """Relays that will be on or may still be on."""
    calling: tuple[bool, ...]
    """Row by row, whether its thermostat calls."""
    problems: tuple[str, ...]
    """What a person should check."""
    rest_s: float | None = None
    """The next run is needed after so long [s]; None: only when something changes."""


def step(group: Group, seen: GroupReadings, memory: GroupMemory, stepping: bool = False) -> Outcome:
    """Decide once for a group. `stepping`: the turn passes on; otherwise radiators keep it while the cap allows."""
    now_s = seen.now_s
    if memory.run_s is None:
        # Radiators that are on at the start have the turn, so a restart does not switch any relay.
        memory = replace(memory, live=tuple(relay for relay in group.relays if seen.relays.get(relay)))
    heating = {relay for relay in group.relays if relay in memory.live or memory.of(relay).shown}
    memory = accrue(memory, group, heating, now_s)
    memory = r.with_relay_states(memory, group, seen.relays)
    memory = _observe(group, seen, memory, stepping)
    cap = cap_of(group, memory, seen.granted)
    calling = tuple(_calls(memory, seen, row.virtual, row.actual) for row in group.rows)
    rows = {place for place, calls in enumerate(calling) if calls}
    wanting = {group.rows[place].actual for place in rows}
    wanting |= {relay for relay in group.relays if memory.of(relay).boosted}
    if stepping:
        lasts_s = 0.0 if memory.stepped_s is None else max(now_s - memory.stepped_s, 0.0)
        memory = replace(memory, turn_lasts_s=lasts_s)
        memory = settle_clocks(memory, group, [relay for relay in wanting if seen.relays.get(relay) is not None])
    lost = _unswitchable_relays(group, seen, memory, wanting, stepping)
    candidates = {
        relay for relay in wanting if relay not in lost and (seen.relays.get(relay) is not None or relay in memory.live)
    }
    slots = max(cap.most - len(lost), 0)
    order = rank(group, memory, HeatDemand(candidates, rows, seen.debt_k), slots, () if stepping else memory.live)
    memory = _lending(seen, memory, order, slots)
    order = [relay for relay in order if not memory.of(relay).passed_on]
    live = tuple(order[:slots])
    if stepping:
        memory = after_step(memory, group, order, live, rows)
    if stepping or memory.stepped_s is None:
        memory = replace(memory, stepped_s=now_s)
    memory = replace(memory, live=live)
    switchings, settling_s = _one_by_one(
        group, memory, tuple(r.switchings(group, memory, seen.relays, live, cap.most, now_s)), now_s
    )
    rests_s = [rest_s for rest_s in (_hold_left_s(group, memory, now_s), settling_s) if rest_s is not None]
    problems = (*seen.problems, *r.problems(group, memory, seen.relays, now_s))
    active = frozenset(live) | lost
    return Outcome(switchings, memory, cap, live, active, calling, problems, min(rests_s, default=None))


def _one_by_one(
    group: Group, memory: GroupMemory, switchings: tuple[Switching, ...], now_s: float
) -> tuple[tuple[Switching, ...], float | None]:
    """Return the commands to send now, and after how long the next is due [s]. In test mode nothing is sent."""
    if group.test_mode or not switchings:
        return (), None
    if group.settle_s <= 0:
        return switchings, None
    left_s = group.settle_s - (now_s - memory.told_s)
    if left_s > DUST_S:
        return (), left_s
    return switchings[:1], group.settle_s if len(switchings) > 1 else None


def _observe(group: Group, seen: GroupReadings, memory: GroupMemory, stepping: bool) -> GroupMemory:
    """Return the memory with the level, thermostats, absence and boosts of now."""

    def noticed(relay: str, past: RelayMemory) -> RelayMemory:
        if past.boosted and past.boost_until_s is not None and past.boost_until_s <= seen.now_s + DUST_S:
            past = replace(past, boosted=False, boost_until_s=None)
        idle = seen.relays.get(relay) is True and seen.draws.get(relay) is False
        return replace(past, idle_s=(seen.now_s if past.idle_s is None else past.idle_s) if idle else None)

    level, away = level_in_force(group, memory, seen.level, stepping), memory.away if seen.away is None else seen.away
    memory = replace(memory.each(group.relays, noticed), level=level, away=away)
    return _thermostats(group, seen, memory, stepping)


def _thermostats(group: Group, seen: GroupReadings, memory: GroupMemory, stepping: bool) -> GroupMemory:
    """Return the memory with thermostat changes applied together, `hold_off_s` after the first of them.

    This absorbs chattering contacts. An unknown thermostat keeps its last call.
    """
    present = {entity: now for entity in group.thermostats if (now := seen.calls.get(entity)) is not None}
    calls = {**present, **memory.calls}
    if all(calls[entity] is now for entity, now in present.items()):
        return replace(memory, calls=calls, changed_s=None)
    since_s = seen.now_s if memory.changed_s is None else memory.changed_s
    if stepping or seen.now_s - since_s >= group.hold_off_s - DUST_S:
        return replace(memory, calls={**calls, **present}, changed_s=None)
    return replace(memory, calls=calls, changed_s=since_s)


def _hold_left_s(group: Group, memory: GroupMemory, now_s: float) -> float | None:
    return None if memory.changed_s is None else max(group.hold_off_s - (now_s - memory.changed_s), 0.0)


def _calls(memory: GroupMemory, seen: GroupReadings, thermostat: str, relay: str) -> bool:
    """Whether a thermostat calls for heat; before it is known, its radiator keeps its state."""
    return memory.calls.get(thermostat, bool(seen.relays.get(relay)))


def _unswitchable_relays(
    group: Group, seen: GroupReadings, memory: GroupMemory, wanting: Collection[str], stepping: bool
) -> frozenset[str]:
    """Return the relays that may be on and cannot be switched off: they use up places of the others."""
    found = set()
    for relay in group.relays:
        past, shown = memory.of(relay), seen.relays.get(relay)
        stays = relay in memory.live and relay in wanting and not stepping
        stuck = past.sent.value is False and r.is_unanswered(past, seen.now_s)
        gone = shown is None and r.counts_as_on(past, shown) and not (stays and past.sent.value is not False)
        if stuck or gone:
            found.add(relay)
    return frozenset(found)


def _lending(seen: GroupReadings, memory: GroupMemory, order: list[str], slots: int) -> GroupMemory:
    """Return the memory with idle turns passed on: radiators that draw nothing leave their turn to those that wait.

    A turn that was received this way is not passed on again.
    """

    def may_lend(relay: str) -> bool:
        past = memory.of(relay)
        idle = past.idle_s is not None and seen.now_s - past.idle_s >= tuning.FOLLOW_LATEST_S
        return idle and relay in memory.turned and not past.boosted

    able = [relay for relay in order if not memory.of(relay).passed_on]
    waiting = max(len(able) - slots, 0)
    lenders = [relay for relay in able[:slots] if may_lend(relay)][:waiting]
    return memory.each(lenders, lambda _, past: replace(past, passed_on=True))
