"""Attributes of the status entity of a group of radiators; those of dominig's script keep their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.messages.message import Message, Value, message
from .group import Group, active_cap
from .run import Outcome


def status_attributes(
    group: Group, outcome: Outcome, granted: int | None, problems: Sequence[str]
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
        "friendly_name": f"Fusebox {group.name}",
        "icon": "mdi:radiator",
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
        "wanting": 0 if memory.away else len(_relays_wanting_heat(group, outcome)),
        "allowed": active_cap(group, memory, None).most,
        "granted": granted,
        "passed_on": [group.name_of(relay) for relay in group.relays if memory.relay_memory(relay).passed_on],
        "reason": _reason(group, outcome),
        "problems": [str(problem) for problem in problems],
    }


def _one_row_each(group: Group, outcome: Outcome) -> list[int]:
    """Return a list with 1 for one row of each active relay, preferably a calling row; its sum counts the relays."""
    shown: set[str] = set()
    live = [0] * len(group.rows)
    places = sorted(range(len(group.rows)), key=lambda place: not outcome.calling[place])
    for place in places:
        relay = group.rows[place].actual
        if relay in outcome.active and relay not in shown:
            shown.add(relay)
            live[place] = 1
    return live


def _relays_wanting_heat(group: Group, outcome: Outcome) -> set[str]:
    """Return the relays of the radiators that want heat: calling or boosted."""
    calling = {row.actual for row, calls in zip(group.rows, outcome.calling, strict=True) if calls}
    return calling | {relay for relay in group.relays if outcome.memory.relay_memory(relay).boosted}


def _reason(group: Group, outcome: Outcome) -> Message:
    """Return what keeps radiators off that want heat, and which ones are on."""
    cap, active, wanting = outcome.cap, len(outcome.active), len(_relays_wanting_heat(group, outcome))
    values: dict[str, Value] = {"active": active, "wanting": wanting, "allowed": cap.most, **cap.values}
    names = ", ".join(group.name_of(relay) for relay in outcome.live)
    values |= {"names": names} if names else {}
    if group.test_mode:
        return message("radiators_tested", **values)
    if outcome.memory.away:
        return message("radiators_away")
    if wanting == 0:
        return message("radiators_warm")
    return message("radiators_all_on" if active >= wanting else cap.code, **values)
