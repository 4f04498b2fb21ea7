"""Consecutive decisions -> events for automations and the logbook. Pure.

A state is reported when it begins and when it ends; an event of one kind and load at most every five minutes, because a
house at its limit would report nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from .. import tuning
from ..model.decision import Decision, LoadNote
from ..model.durations import NEVER_S
from ..model.messages.message import as_event_data, message
from ..model.own_entities import SITE_ENTITY, load_entity
from ..model.records import record

EventKind = Literal["limited", "shed", "blind", "recovered", "escalated", "island", "grid_back"]


RUNS = frozenset({"charging", "on"})
STOPPED = frozenset({"paused", "waiting", "off"})
STATES: Mapping[str, EventKind] = {"limited": "limited", "over": "limited", "blind": "blind"}
"""State of the site -> the kind of event that reports it."""

NEVER_DROPPED = frozenset({"recovered", "island", "grid_back"})
"""Kinds that are reported however soon after the last one."""

AMISS = frozenset({"over", "blind"})
"""States whose end is reported as `recovered`; being limited is normal."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `load` is the load's name, "" for the site."""

    kind: EventKind
    load: str
    message: str

    @property
    def data(self) -> dict[str, object]:
        """The data of the Home Assistant event: load (None for the site), the message's fields, name and entity."""
        return {
            "load": self.load or None,
            **as_event_data(self.message),
            "name": f"Fusebox {self.load}".strip(),
            "entity_id": load_entity(self.load or "site"),
        }

    @property
    def logbook(self) -> dict[str, object]:
        """The data of the logbook entry. Its entity is the site's, because the logbook lists no sensor with a unit."""
        said = f"{self.kind}: {self.message}" if self.message else self.kind
        return {"name": self.data["name"], "message": said, "entity_id": SITE_ENTITY}


@record
class EventMemory:
    """What the last decision was, and what has been reported.

    `state` is the site's, "" before the first decision. `amiss`: a bad state was reported and its end was not.
    `on_island`: the grid was gone. `statuses` and `problems`: load -> status, and the problems of the whole site.
    `reported_s`: (kind, load) -> last report [s since 1970].
    """

    state: str = ""
    amiss: bool = False
    on_island: bool = False
    statuses: Mapping[str, str] = field(default_factory=dict)
    problems: frozenset[str] = frozenset()
    reported_s: Mapping[tuple[EventKind, str], float] = field(default_factory=dict)


def find_events(
    before: EventMemory, now_s: float, decision: Decision, problems: Sequence[str]
) -> tuple[EventMemory, tuple[Event, ...]]:
    """Return the updated memory and the events since the last decision: of the site, stopped loads and new problems.

    No events at the first decision, as a state from before a start did not begin now; none of a kind and load that was
    reported less than `RETRY_LONGEST_S` ago, except a recovery and the grid's loss and return. A loss or return of the
    grid replaces the event of the site's state.
    """
    found: list[Event] = []
    on_island = decision.memory.island_s >= now_s
    if before.state:
        of_site = _grid_events(before, decision, on_island) or _site_events(before, decision)
        found = [*of_site, *_shed_events(before, decision.notes), *_problem_events(before, problems)]
    reported = tuple(each for each in found if each.kind in NEVER_DROPPED or _is_due(before, each, now_s))
    tells_state = any(each.kind in ("limited", "blind", "recovered") for each in reported)
    amiss = decision.state in AMISS if tells_state else before.amiss
    texts = {each.message for each in reported if each.kind == "escalated"}
    # A problem that came too soon after the last report is reported later, if it persists.
    known = frozenset(text for text in problems if not before.state or text in before.problems or text in texts)
    statuses = {name: note.status for name, note in decision.notes.items()}
    reported_s = {**before.reported_s, **{(each.kind, each.load): now_s for each in reported}}
    return EventMemory(decision.state, amiss, on_island, statuses, known, reported_s), reported


def _grid_events(before: EventMemory, decision: Decision, on_island: bool) -> list[Event]:
    """Return the event for a grid that is lost or has returned, at most one."""
    if on_island == before.on_island:
        return []
    return [Event("island", "", decision.reason) if on_island else Event("grid_back", "", message("grid_has_returned"))]


def _is_due(before: EventMemory, each: Event, now_s: float) -> bool:
    """Return whether the last event of this kind and load is at least `RETRY_LONGEST_S` ago, or later than now."""
    return not 0 <= now_s - before.reported_s.get((each.kind, each.load), NEVER_S) < tuning.RETRY_LONGEST_S


def _site_events(before: EventMemory, decision: Decision) -> list[Event]:
    """Return the event for a change of the site's state, as a list of at most one.

    `recovered` when a reported overload or blindness has ended, otherwise the kind of the new state, if it has one.
    """
    state = decision.state
    if before.amiss and state not in AMISS:
        return [Event("recovered", "", decision.reason)]
    return [Event(STATES[state], "", decision.reason)] if state != before.state and state in STATES else []


def _shed_events(before: EventMemory, notes: Mapping[str, LoadNote]) -> list[Event]:
    """Return an event for each load that was charging or on and is now paused, waiting or off under a ceiling."""
    stopped = [name for name, note in notes.items() if note.status in STOPPED and note.limited_by]
    return [Event("shed", name, notes[name].reason) for name in stopped if before.statuses.get(name) in RUNS]


def _problem_events(before: EventMemory, problems: Sequence[str]) -> list[Event]:
    """Return an event for each new problem. A load's problem begins with its name or its path in CONFIG."""
    new = [problem for problem in problems if problem not in before.problems]
    return [Event("escalated", _load_of_problem(text, before), text) for text in new]


def _load_of_problem(problem: str, before: EventMemory) -> str:
    """Return the name of the load that a problem begins with, or its path in CONFIG; "" if that is no known load."""
    name = re.split(r"[ .:]", problem.removeprefix("loads."), maxsplit=1)[0]
    return name if name in before.statuses else ""
