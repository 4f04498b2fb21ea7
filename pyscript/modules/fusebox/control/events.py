"""Decision after decision -> what happened, in words for automations and logbooks. Pure.

A state is told when it begins and when it has ended, and the same of the same load at most every five minutes: a house
at its limit would tell nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from .. import tuning
from ..model.decision import Decision, Note
from ..model.durations import NEVER_S
from ..model.own_entities import SITE_ENTITY, load_entity

Kind = Literal["limited", "shed", "blind", "recovered", "escalated"]


RUNS = frozenset({"charging", "on"})
STOPPED = frozenset({"paused", "waiting", "off"})
STATES: Mapping[str, Kind] = {"limited": "limited", "over": "limited", "blind": "blind"}
"""The site's state words that are worth telling."""

AMISS = frozenset({"over", "blind"})
"""What a site recovers from; being limited is its daily work."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `load`: whose, "" for the site."""

    kind: Kind
    load: str
    message: str

    @property
    def data(self) -> dict[str, object]:
        """What goes with the event."""
        about = self.load or "site"
        return {
            "load": self.load or None,
            "message": self.message,
            "name": f"Fusebox {self.load}".strip(),
            "entity_id": load_entity(about),
        }

    @property
    def logbook(self) -> dict[str, object]:
        """What goes with an entry of Home Assistant's logbook. All are the site's: it lists no sensor with a unit."""
        said = f"{self.kind}: {self.message}" if self.message else self.kind
        return {"name": self.data["name"], "message": said, "entity_id": SITE_ENTITY}


@dataclass(frozen=True, slots=True)
class Watched:
    """What was seen at the last decision.

    `state`: the site's, "" before the first; `amiss`: whether it has been told that something is, and no end of it;
    `statuses`, `problems`: those of loads, and of anything; `told_s`: (kind, load) -> when last [s since 1970].
    """

    state: str = ""
    amiss: bool = False
    statuses: Mapping[str, str] = field(default_factory=dict)
    problems: frozenset[str] = frozenset()
    told_s: Mapping[tuple[Kind, str], float] = field(default_factory=dict)


def events_of(
    before: Watched, now_s: float, decision: Decision, problems: Sequence[str]
) -> tuple[Watched, tuple[Event, ...]]:
    """What is new since the last decision. Nothing at the first: what was so before a start did not happen now."""
    found: list[Event] = []
    if before.state:
        found = [*_of_site(before, decision), *_shed(before, decision.notes), *_escalated(before, problems)]
    # An end is told whenever its beginning was, however soon.
    told = tuple(each for each in found if each.kind == "recovered" or _is_due(before, each, now_s))
    amiss = before.amiss
    for each in told:
        if each.kind in ("limited", "blind", "recovered"):
            amiss = decision.state in AMISS
    texts = {each.message for each in told if each.kind == "escalated"}
    # What was not told for its haste is told later, if it is still there.
    known = frozenset(text for text in problems if not before.state or text in before.problems or text in texts)
    statuses = {name: note.status for name, note in decision.notes.items()}
    told_s = {**before.told_s, **{(each.kind, each.load): now_s for each in told}}
    return Watched(decision.state, amiss, statuses, known, told_s), told


def _is_due(before: Watched, each: Event, now_s: float) -> bool:
    return not 0 <= now_s - before.told_s.get((each.kind, each.load), NEVER_S) < tuning.RETRY_LONGEST_S


def _of_site(before: Watched, decision: Decision) -> list[Event]:
    state = decision.state
    if before.amiss and state not in AMISS:
        return [Event("recovered", "", decision.reason)]
    if state != before.state and state in STATES:
        return [Event(STATES[state], "", decision.reason)]
    return []


def _shed(before: Watched, notes: Mapping[str, Note]) -> list[Event]:
    """Loads that ran and that a ceiling has stopped."""
    return [
        Event("shed", name, note.reason)
        for name, note in notes.items()
        if before.statuses.get(name) in RUNS and note.status in STOPPED and note.limited_by
    ]


def _escalated(before: Watched, problems: Sequence[str]) -> list[Event]:
    """Return an event for each new problem. A load's problem begins with its name, or with its path in CONFIG."""
    new = [problem for problem in problems if problem not in before.problems]
    return [Event("escalated", _load_of(text, before), text) for text in new]


def _load_of(problem: str, before: Watched) -> str:
    """Return the load that a problem is about, "" where it is about none."""
    name = re.split(r"[ .:]", problem.removeprefix("loads."), maxsplit=1)[0]
    return name if name in before.statuses else ""
