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
from ..model.decision import Decision, Note
from ..model.durations import NEVER_S
from ..model.messages.message import Message, code_of
from ..model.own_entities import SITE_ENTITY, load_entity

Kind = Literal["limited", "shed", "blind", "recovered", "escalated"]


RUNS = frozenset({"charging", "on"})
STOPPED = frozenset({"paused", "waiting", "off"})
STATES: Mapping[str, Kind] = {"limited": "limited", "over": "limited", "blind": "blind"}
"""State of the site -> the kind of event that reports it."""

AMISS = frozenset({"over", "blind"})
"""States whose end is reported as `recovered`; being limited is normal."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `load` is the load's name, "" for the site."""

    kind: Kind
    load: str
    message: str

    @property
    def data(self) -> dict[str, object]:
        """The data of the Home Assistant event."""
        about = self.load or "site"
        return {
            "load": self.load or None,
            "message": str(self.message),
            "code": code_of(self.message),
            "values": dict(self.message.values) if isinstance(self.message, Message) else {},
            "name": f"Fusebox {self.load}".strip(),
            "entity_id": load_entity(about),
        }

    @property
    def logbook(self) -> dict[str, object]:
        """The data of the logbook entry. Its entity is the site's, because the logbook lists no sensor with a unit."""
        said = f"{self.kind}: {self.message}" if self.message else self.kind
        return {"name": self.data["name"], "message": said, "entity_id": SITE_ENTITY}


@dataclass(frozen=True, slots=True)
class Watched:
    """What the last decision was, and what has been reported.

    `state` is the site's, "" before the first decision. `amiss`: a bad state was reported and its end was not.
    `statuses` and `problems`: load -> status, and the problems of the whole site. `told_s`: (kind, load) -> last report
    [s since 1970].
    """

    state: str = ""
    amiss: bool = False
    statuses: Mapping[str, str] = field(default_factory=dict)
    problems: frozenset[str] = frozenset()
    told_s: Mapping[tuple[Kind, str], float] = field(default_factory=dict)


def events_of(
    before: Watched, now_s: float, decision: Decision, problems: Sequence[str]
) -> tuple[Watched, tuple[Event, ...]]:
    """Return the updated memory and the new events since the last decision.

    There are none at the first decision: a state from before a start did not begin now.
    """
    found: list[Event] = []
    if before.state:
        found = [*_of_site(before, decision), *_shed_events(before, decision.notes), *_problem_events(before, problems)]
    # If a beginning was reported, so is its end, however soon.
    told = tuple(each for each in found if each.kind == "recovered" or _is_due(before, each, now_s))
    amiss = before.amiss
    for each in told:
        if each.kind in ("limited", "blind", "recovered"):
            amiss = decision.state in AMISS
    texts = {each.message for each in told if each.kind == "escalated"}
    # A problem that came too soon after the last report is reported later, if it persists.
    known = frozenset(text for text in problems if not before.state or text in before.problems or text in texts)
    statuses = {name: note.status for name, note in decision.notes.items()}
    told_s = {**before.told_s, **{(each.kind, each.load): now_s for each in told}}
    return Watched(decision.state, amiss, statuses, known, told_s), told


def _is_due(before: Watched, each: Event, now_s: float) -> bool:
    """Return whether the last event of this kind and load is at least `RETRY_LONGEST_S` ago."""
    return not 0 <= now_s - before.told_s.get((each.kind, each.load), NEVER_S) < tuning.RETRY_LONGEST_S


def _of_site(before: Watched, decision: Decision) -> list[Event]:
    """Return the event for a change of the site's state, at most one."""
    state = decision.state
    if before.amiss and state not in AMISS:
        return [Event("recovered", "", decision.reason)]
    if state != before.state and state in STATES:
        return [Event(STATES[state], "", decision.reason)]
    return []


def _shed_events(before: Watched, notes: Mapping[str, Note]) -> list[Event]:
    """Return an event for each load that was running and is stopped by a ceiling."""
    return [
        Event("shed", name, note.reason)
        for name, note in notes.items()
        if before.statuses.get(name) in RUNS and note.status in STOPPED and note.limited_by
    ]


def _problem_events(before: Watched, problems: Sequence[str]) -> list[Event]:
    """Return an event for each new problem. A load's problem begins with its name or its path in CONFIG."""
    new = [problem for problem in problems if problem not in before.problems]
    return [Event("escalated", _load_of(text, before), text) for text in new]


def _load_of(problem: str, before: Watched) -> str:
    """Return the name of the load that a problem is about, "" for none."""
    name = re.split(r"[ .:]", problem.removeprefix("loads."), maxsplit=1)[0]
    return name if name in before.statuses else ""
