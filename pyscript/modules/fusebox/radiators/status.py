"""Attributes of the status entity of a group of radiators; those of dominig's script keep their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .group import Group, cap_of
from .run import Outcome


def attributes_of(group: Group, outcome: Outcome, granted: int | None, problems: Sequence[str]) -> Mapping[str, object]:
    """Return all attributes of the status entity, whose state is the number of active radiators.

    `granted`: how many the site's allocation allows, None for no limit. The lists have a 0 or 1 for each row of CONFIG,
    in its order; `radiators` has the rows' names.
    """
    memory = outcome.memory
    requested = [int(calls) for calls in outcome.calling]
    boost = [int(memory.of(row.actual).boosted) for row in group.rows]
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
        "wanting": 0 if memory.away else len(_wanting(group, outcome)),
        "allowed": cap_of(group, memory, None).most,
        "granted": granted,
        "reason": _reason(group, outcome),
        "problems": list(problems),
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


def _wanting(group: Group, outcome: Outcome) -> set[str]:
    """Return the relays of the radiators that want heat: calling or boosted."""
    calling = {row.actual for row, calls in zip(group.rows, outcome.calling, strict=True) if calls}
    return calling | {relay for relay in group.relays if outcome.memory.of(relay).boosted}


def _reason(group: Group, outcome: Outcome) -> str:
    memory = outcome.memory
    wanting = _wanting(group, outcome)
    passed_on = [group.name_of(relay) for relay in group.relays if memory.of(relay).passed_on and relay in wanting]
    names = ", ".join(group.name_of(relay) for relay in outcome.live)
    found = f"{len(outcome.active)} of {len(wanting)} that want heat are on; {outcome.cap.reason}"
    if names:
        found += f"; the turn is with {names}"
    if passed_on:
        found += f"; {', '.join(passed_on)} left the turn to others"
    return f"test mode, nothing is switched: {found}" if group.test_mode else found
