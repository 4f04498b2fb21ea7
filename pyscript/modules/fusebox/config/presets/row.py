"""What a preset is: one make's entity names, how its current is set, how it pauses, and what its words mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ...model.snapshot import Status

ROLES = ("current", "switch", "stop", "draw", "status")
"""The keys of CONFIG whose entities a preset knows by name."""

Names = Mapping[str, str]
"""Role -> entity id, with `{p}` for the part that all entities of one charger share; it may occur twice."""


def entities(current: str, switch: str = "", draw: str = "", status: str = "", stop: str = "") -> Names:
    """The names of a charger's entities, each given without the shared part: `number.amp` for `number.{p}_amp`."""
    named = zip(ROLES, (current, switch, stop, draw, status), strict=True)
    return {role: name.replace(".", ".{p}_", 1) for role, name in named if name}


def said(**words: str) -> Mapping[str, Status]:
    """Status words by what they mean, each list separated by ` | `: `said(paused="Stopped | Waiting")`."""
    return {word: Status(status) for status, listed in words.items() for word in listed.split(" | ")}


PLUG_WORDS = said(connected="on", unplugged="off")
"""Of a binary sensor that tells whether a cable is in."""


class PauseBy(StrEnum):
    """How a charger is told to pause."""

    SWITCH = "switch"
    SELECT = "select"
    BUTTONS = "button pair"
    SERVICE = "service"
    ZERO = "0 A"


@dataclass(frozen=True, slots=True)
class Action:
    """A service of the charger's integration, such as `keba.set_current`.

    `data`: what it is called with; `{current}` stands for the amps, `{charger}` for the load's `charger`.
    """

    service: str
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs_charger(self) -> bool:
        """Whether it must be told which charger is meant."""
        return "{charger}" in self.data.values()


@dataclass(frozen=True, slots=True)
class Pause:
    """How charging is allowed and stopped.

    `run`, `stop`: for a switch its states, for a select its options; of several that mean "may charge" the first is
    the one that is set. `start_with`, `stop_with`: the services, where it is paused by services.
    """

    by: PauseBy
    run: tuple[str, ...] = ("on",)
    stop: str = "off"
    start_with: Action | None = None
    stop_with: Action | None = None

    @property
    def is_shown(self) -> bool:
        """Whether an entity tells if charging is allowed. Buttons and services leave nothing behind to look at."""
        return self.by in (PauseBy.SWITCH, PauseBy.SELECT)


@dataclass(frozen=True, slots=True)
class PhaseSwitch:
    """The entity that switches a charger between one phase and three, and what it is then set to.

    `rest_s`: how long nothing may be offered around it [s]. Its domain tells how it is set.
    """

    entity: str
    one: str | float
    three: str | float
    rest_s: float = 30


BY_SWITCH, BY_ZERO = Pause(PauseBy.SWITCH), Pause(PauseBy.ZERO)


@dataclass(frozen=True, slots=True)
class Preset:
    """One make as Home Assistant shows it.

    `also`: other names for it. `names`: the entities by role, one mapping for each language or version. `pause`: how it
    pauses; `switch_comes_and_goes`: its switch is unavailable while it could do nothing. `set_with`: the service that
    sets the current where no number does; then `current` is the sensor that shows it, and `min_current_a`, `most_a` and
    `step_a` are what may be set [A]. `min_write_s`: how long it is left alone between two writes [s]. `words`: what its
    status says, in any case and spelling; `car_if_switchable`: words that mean a car only while the switch can be used.
    `current_hidden_in`: options of its list in which the number does not show what it was set to.
    `current_unread`: its number displays what Home Assistant last sent, and never what the charger is set to.
    `phases`: what switches its phases, None where it cannot or where nobody knows.
    `note`: what its owner should know. `source`: where this was read, and of which version.
    """

    name: str
    title: str
    names: tuple[Names, ...]
    pause: Pause = BY_SWITCH
    switch_comes_and_goes: bool = False
    set_with: Action | None = None
    min_current_a: float | None = None
    most_a: float | None = None
    step_a: float | None = None
    min_write_s: float = 0
    words: Mapping[str, Status] = field(default_factory=dict)
    car_if_switchable: frozenset[str] = frozenset()
    current_hidden_in: frozenset[str] = frozenset()
    current_unread: bool = False
    phases: PhaseSwitch | None = None
    also: tuple[str, ...] = ()
    note: str = ""
    source: str = ""

    @property
    def needs_charger(self) -> bool:
        """Whether CONFIG has to say which charger its services are for."""
        return self.set_with is not None and self.set_with.needs_charger

    def domains(self, role: str) -> frozenset[str]:
        """The domains that its entity for a role may have."""
        return frozenset(names[role].partition(".")[0] for names in self.names if role in names)

    def matching(self, named: Mapping[str, object]) -> tuple[Names, str] | None:
        """The names that fit most of what CONFIG names (role -> entity id), and what stands there for `{p}`."""
        best: tuple[int, Names, str] | None = None
        for names in self.names:
            found = [prefix for role in names if (prefix := _prefix(names[role], named.get(role))) is not None]
            if found and (best is None or len(found) > best[0]):
                # The current may be set at another device than the charger: where the rest agrees, that counts.
                best = (len(found), names, found[-1])
        return None if best is None else (best[1], best[2])

    def derived(self, named: Mapping[str, object]) -> Mapping[str, str]:
        """The entities that follow from those that CONFIG names; empty when none of these is known."""
        match = self.matching(named)
        if match is None:
            return {}
        names, prefix = match
        return {role: name.replace("{p}", prefix) for role, name in names.items() if role not in named}

    def phase_switch(self, named: Mapping[str, object]) -> Mapping[str, object] | None:
        """What switches its phases, as CONFIG would write it; None where that does not follow from what it names."""
        match = self.matching(named)
        if match is None or self.phases is None:
            return None
        entity = self.phases.entity.replace("{p}", match[1])
        return {entity.partition(".")[0]: entity, "one": self.phases.one, "three": self.phases.three}


def _prefix(pattern: str, entity: object) -> str | None:
    """What stands in an entity id for `{p}`, None when it is not of this pattern."""
    if not isinstance(entity, str):
        return None
    before, after = re.escape(pattern).split(re.escape("{p}"), 1)
    after = after.replace(re.escape("{p}"), r"\1")
    match = re.fullmatch(f"{before}([a-z0-9_]+){after}", entity)
    return match.group(1) if match else None


def plain_word(word: str) -> str:
    """A device's word as it is compared: lower case, letters and digits only."""
    return "".join(c for c in word.lower() if c.isalnum())
