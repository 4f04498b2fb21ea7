"""One run of a group: which radiators have the turn, which relays to switch, why, and its status entity. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from .. import tuning
from ..model.durations import DUST_S, since
from ..model.heating import Group
from ..model.messages.message import Message, message
from ..model.own_entities import appearance
from . import turns
from .group import Cap, GroupMemory, GroupReadings, RelayMemory, active_cap, level_in_force
from .turns import HeatDemand, Switching, accrue, after_step, rank, settle_clocks


@dataclass(frozen=True, slots=True)
class GroupDecision:
    """The decision of one run."""

    switchings: tuple[Switching, ...]
    """Commands to send now, in order; `turns.with_command` records each as it is sent."""
    memory: GroupMemory
    """Memory for the next run."""
    cap: Cap
    """How many radiators may be on, and why."""
    active: frozenset[str]
    """Relays that will be on or may still be on."""
    calling: tuple[bool, ...]
    """Row by row, whether its thermostat calls."""
    wanting: frozenset[str]
    """Relays of the radiators that want heat: calling or boosted."""
    problems: tuple[str, ...]
    """What a person should check."""
    rest_s: float | None = None
    """Time until the next run [s]; None: only when something changes."""


def step(group: Group, readings: GroupReadings, memory: GroupMemory, stepping: bool = False) -> GroupDecision:
    """Decide once for a group: which radiators are on, what to switch now, and what to remember.

    `stepping`: the turn passes on; otherwise radiators keep it while the cap allows. At the start, those that are on
    have the turn. Relays that cannot be switched count as on.
    """
    now_s = readings.now_s
    if memory.run_s is None:
        # Radiators that are on at the start have the turn, so a restart does not switch any relay.
        memory = replace(memory, live=tuple(relay for relay in group.relays if readings.relays.get(relay)))
    heating = {relay for relay in group.relays if relay in memory.live or memory.relay_memory(relay).shown}
    memory = accrue(memory, group, heating, now_s)
    memory = turns.with_relay_states(memory, group, readings.relays)
    memory = _observe(group, readings, memory, stepping)
    cap = active_cap(group, memory, readings.granted)
    # Before a thermostat was ever known, its relay says whether it calls.
    calling = tuple(memory.calls.get(row.virtual, bool(readings.relays.get(row.actual))) for row in group.rows)
    rows = {place for place, calls in enumerate(calling) if calls}
    wanting = {group.rows[place].actual for place in rows}
    wanting |= {relay for relay in group.relays if memory.relay_memory(relay).boosted}
    if stepping:
        lasts_s = 0.0 if memory.stepped_s is None else max(now_s - memory.stepped_s, 0.0)
        memory = replace(memory, turn_lasts_s=lasts_s)
        memory = settle_clocks(memory, group, [relay for relay in wanting if readings.relays.get(relay) is not None])
    lost = _unswitchable_relays(group, readings, memory, wanting, stepping)
    known = {relay for relay in wanting if readings.relays.get(relay) is not None or relay in memory.live}
    candidates = known - lost
    slots = max(cap.most - len(lost), 0)
    # A turn that could not begin, because another relay was slow to go off, is not over.
    holders = () if stepping else (*memory.live, *sorted(memory.turned.difference(memory.live)))
    order = rank(group, memory, HeatDemand(candidates, rows, readings.debt_k), slots, holders)
    memory = _pass_idle_turns_on(readings, memory, order, slots)
    order = [relay for relay in order if not memory.relay_memory(relay).passed_on]
    live = tuple(order[:slots])
    if stepping:
        memory = after_step(memory, group, order, live, rows)
    if stepping or memory.stepped_s is None:
        memory = replace(memory, stepped_s=now_s)
    memory = replace(memory, live=live)
    due = turns.due_switchings(group, memory, readings.relays, cap.most, now_s)
    switchings, settling_s = _pace_switchings(group, memory, tuple(due), now_s)
    # The time until changed thermostats are applied.
    hold_s = None if memory.changed_s is None else max(group.hold_off_s - (now_s - memory.changed_s), 0.0)
    rests_s = [rest_s for rest_s in (hold_s, settling_s) if rest_s is not None]
    problems = (*readings.problems, *turns.problems(group, memory, readings.relays, now_s))
    active, rest_s = frozenset(live) | lost, min(rests_s, default=None)
    return GroupDecision(switchings, memory, cap, active, calling, frozenset(wanting), problems, rest_s)


def _pace_switchings(
    group: Group, memory: GroupMemory, switchings: tuple[Switching, ...], now_s: float
) -> tuple[tuple[Switching, ...], float | None]:
    """Return the commands to send now, and the time until the next one is due [s], None for none.

    All at once, or one at a time where CONFIG has a pause between relays; nothing in test mode.
    """
    if group.test_mode or not switchings:
        return (), None
    if group.settle_s <= 0:
        return switchings, None
    left_s = group.settle_s - (now_s - memory.sent_s)
    if left_s > DUST_S:
        return (), left_s
    return switchings[:1], group.settle_s if len(switchings) > 1 else None


def _observe(group: Group, readings: GroupReadings, memory: GroupMemory, stepping: bool) -> GroupMemory:
    """Return the memory with the level, thermostats, absence, boosts and idle radiators of now.

    A boost ends at its time. Unknown absence leaves it as it was. `stepping`: the turn passes on now, so a lower level
    and changed thermostats apply at once.
    """

    def noticed(relay: str, past: RelayMemory) -> RelayMemory:
        if past.boosted and past.boost_until_s is not None and past.boost_until_s <= readings.now_s + DUST_S:
            past = replace(past, boosted=False, boost_until_s=None)
        idle = readings.relays.get(relay) is True and readings.draws.get(relay) is False
        return replace(past, idle_s=since(past.idle_s, idle, readings.now_s))

    level, away = level_in_force(group, memory, readings.level, stepping), readings.away
    away = memory.away if away is None else away
    memory = replace(memory.change_relays(group.relays, noticed), level=level, away=away)
    return _apply_thermostats(group, readings, memory, stepping)


def _apply_thermostats(group: Group, readings: GroupReadings, memory: GroupMemory, stepping: bool) -> GroupMemory:
    """Return the memory with all changes of thermostats applied at once: `hold_off_s` after the first, or `stepping`.

    A thermostat that is known for the first time counts at once. A contact that has bounced back by then changes
    nothing. An unavailable thermostat keeps its last call for heat.
    """
    present = {entity: now for entity in group.thermostats if (now := readings.calls.get(entity)) is not None}
    calls = {**present, **memory.calls}
    if all(calls[entity] is now for entity, now in present.items()):
        return replace(memory, calls=calls, changed_s=None)
    since_s = readings.now_s if memory.changed_s is None else memory.changed_s
    if stepping or readings.now_s - since_s >= group.hold_off_s - DUST_S:
        return replace(memory, calls={**calls, **present}, changed_s=None)
    return replace(memory, calls=calls, changed_s=since_s)


def _unswitchable_relays(
    group: Group, readings: GroupReadings, memory: GroupMemory, wanting: Collection[str], stepping: bool
) -> frozenset[str]:
    """Return the relays that may be on and cannot be switched off: they use up places of the others.

    One that ignores an off command, and one that is unavailable, unless it has the turn and wants heat, not `stepping`.
    """
    found = set()
    for relay in group.relays:
        past, shown = memory.relay_memory(relay), readings.relays.get(relay)
        stays = relay in memory.live and relay in wanting and not stepping
        stuck = past.sent.value is False and turns.is_unanswered(past, readings.now_s)
        gone = shown is None and turns.may_be_on(past, shown) and not (stays and past.sent.value is not False)
        if stuck or gone:
            found.add(relay)
    return frozenset(found)


def _pass_idle_turns_on(readings: GroupReadings, memory: GroupMemory, order: list[str], slots: int) -> GroupMemory:
    """Return the memory in which radiators that have drawn nothing for `FOLLOW_LATEST_S` lose their turn (`passed_on`).

    They lose it until the next step, as many as other radiators wait for, the first in `order` first. Only a turn from
    the last step is passed on, and never that of a boosted radiator.
    """

    def may_lend(relay: str) -> bool:
        past = memory.relay_memory(relay)
        idle = past.idle_s is not None and readings.now_s - past.idle_s >= tuning.FOLLOW_LATEST_S
        return idle and relay in memory.turned and not past.boosted

    able = [relay for relay in order if not memory.relay_memory(relay).passed_on]
    waiting = max(len(able) - slots, 0)
    lenders = [relay for relay in able[:slots] if may_lend(relay)][:waiting]
    return memory.change_relays(lenders, lambda _, past: replace(past, passed_on=True))


def status_attributes(
    group: Group, outcome: GroupDecision, granted: int | None, problems: Sequence[str]
) -> Mapping[str, object]:
    """Return all attributes of the status entity, whose state is the number of active radiators.

    `granted`: how many the site's allocation allows, None for no limit. The lists have a 0 or 1 for each row of CONFIG,
    in its order; `radiators` has the rows' names.
    """
    memory = outcome.memory
    requested = [int(calls) for calls in outcome.calling]
    boost = [int(memory.relay_memory(row.actual).boosted) for row in group.rows]
    live = _one_row_each(group, outcome)
    return {
        **appearance(f"Fusebox {group.name}", "mdi:radiator"),
        "test_mode": group.test_mode,
        "away_status": "on" if memory.away else "off",
        "power_saving_mode": memory.level,
        "power_saving_mode_steps": list(group.max_active),
        "round_robin_index": memory.index,
        "active_radiators_number": len(outcome.active),
        "requested": requested,
        "boost": boost,
        "live": live,
        "radiator_requested_mode": requested,
        "radiator_boost_mode": boost,
        "radiator_live_mode": live,
        "radiators": [row.name for row in group.rows],
        "wanting": 0 if memory.away else len(outcome.wanting),
        "allowed": active_cap(group, memory, None).most,
        "granted": granted,
        "passed_on": [group.name_of(relay) for relay in group.relays if memory.relay_memory(relay).passed_on],
        "reason": _reason(group, outcome),
        "problems": [str(problem) for problem in problems],
    }


def _one_row_each(group: Group, outcome: GroupDecision) -> list[int]:
    """Return a list with 1 for one row of each active relay, preferably a calling row; its sum counts the relays."""
    calling_first = sorted(range(len(group.rows)), key=lambda place: not outcome.calling[place])
    chosen = {group.rows[place].actual: place for place in reversed(calling_first)}
    return [int(row.actual in outcome.active and chosen[row.actual] == place) for place, row in enumerate(group.rows)]


def _reason(group: Group, outcome: GroupDecision) -> Message:
    """Return which radiators are on, and what keeps others off that want heat: test mode, absence, or the cap.

    While away, or when none wants heat, only that.
    """
    cap, active, wanting = outcome.cap, len(outcome.active), len(outcome.wanting)
    names = ", ".join(group.name_of(relay) for relay in outcome.memory.live)
    values = {"active": active, "wanting": wanting, "allowed": cap.most, "names": names or None, **cap.values}
    if group.test_mode:
        return message("radiators_tested", **values)
    if outcome.memory.away:
        return message("radiators_away")
    if wanting == 0:
        return message("radiators_warm")
    return message("radiators_all_on" if active >= wanting else cap.code, **values)
