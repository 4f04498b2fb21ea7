"""Devices by make: `PRESETS` has everything about chargers, `POWER_PRESETS` about loads in watts, from makes.json.

The keys of an entry of that file are the fields of the records here, except those in `UNREAD`. Words are listed by the
status that they mean. docs/chargers.md is generated from this file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ..model.data_files import read_data_file
from ..model.load import PhaseEntity
from ..model.site import slug
from ..model.snapshot import Status
from .domains import domain_of

MAKES = Path(__file__).with_name("makes.json")

ROLES = ("current", "switch", "stop", "draw", "status")
"""The keys of CONFIG whose entities a charger's preset may know by name."""

UNREAD = frozenset({"comment", "note", "source"})
"""Keys of an entry for people only: a comment for those who change it, sentences for its owner, such as what to set in
its app, and where all of it was read, with the version."""

REST_S = 30
"""The time from the end of a car's draw to its next offer [s], where no preset sets another one."""

Names = Mapping[str, str]
"""Role -> entity id, with `{p}` for the part that all entities of one charger share; it may occur twice."""


class PauseBy(StrEnum):
    """How a charger is paused."""

    SWITCH = "switch"
    SELECT = "select"
    BUTTONS = "button pair"
    SERVICE = "service"
    ZERO = "0 A"


@dataclass(frozen=True, slots=True)
class Action:
    """A service of the charger's integration, such as `keba.set_current`.

    `data`: the data of the call, in which `{current}` stands for the amps and `{charger}` for the load's `charger`.
    """

    service: str
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs_charger(self) -> bool:
        """Whether the call needs the load's `charger`."""
        return "{charger}" in self.data.values()


@dataclass(frozen=True, slots=True)
class Pause:
    """How charging is allowed and stopped.

    `run`, `stop`: the states of the switch, or the options of the select; of several in `run`, the first is the one
    that is set. `start_with`, `stop_with`: the services, for a charger that is paused by services.
    """

    by: PauseBy
    run: tuple[str, ...] = ("on",)
    stop: str = "off"
    start_with: Action | None = None
    stop_with: Action | None = None

    @property
    def is_shown(self) -> bool:
        """Whether an entity shows if charging is allowed. Buttons and services show nothing."""
        return self.by in (PauseBy.SWITCH, PauseBy.SELECT)


@dataclass(frozen=True, slots=True)
class NamingPreset:
    """A make by the names of its entities: role -> pattern, one mapping for each language or version."""

    name: str
    title: str
    names: tuple[Names, ...]
    also: tuple[str, ...] = ()
    """Other names of the make."""

    def matching(self, named: Mapping[str, object]) -> tuple[Names, str] | None:
        """Return the names that fit most of `named` (role -> entity id), and the text for `{p}`; None if none fit.

        Of equals the first. Where the text differs between roles, that of the last one counts.
        """
        parts = [[_shared_part(pattern, named.get(role)) for role, pattern in names.items()] for names in self.names]
        found = [[part for part in each if part is not None] for each in parts]
        names, fitting = max(zip(self.names, found, strict=True), key=lambda fit: len(fit[1]))
        # The current may be set at another device than the charger: where the rest agrees, that counts.
        return (names, fitting[-1]) if fitting else None

    def derive_missing(self, named: Mapping[str, object]) -> Mapping[str, str]:
        """Return role -> entity id for the roles that `named` lacks; empty when no set of names fits."""
        match = self.matching(named)
        if match is None:
            return {}
        names, prefix = match
        return {role: name.replace("{p}", prefix) for role, name in names.items() if role not in named}


@dataclass(frozen=True, slots=True)
class PowerPreset(NamingPreset):
    """One make of load in watts.

    `keys`: what CONFIG may leave out, such as its least power. `shows_draw`: its number shows what it draws, not what
    it was sent.
    """

    keys: Mapping[str, float] = field(default_factory=dict)
    shows_draw: bool = False


@dataclass(frozen=True, slots=True)
class Preset(NamingPreset):
    """One make of charger as it appears in Home Assistant.

    `names`: role -> entity name pattern, one mapping for each language or version.
    `pause`: how to pause it; `switch_comes_and_goes`: its switch is unavailable whenever switching would have no
    effect. `set_with`: the service that sets the current when there is no number; then `current` is the sensor that
    shows it, and `min_current_a`, `most_a` and `step_a` are the range and step [A]. `min_write_s`: minimum time between
    two writes [s]. `words`: meaning of each status word, whatever its case and spelling; `car_if_switchable`: words
    that mean a connected car only while the switch is available. `current_hidden_in`: select options in which the
    number does not show the set current. `current_unread`: the number shows what Home Assistant last sent, never the
    charger's own value. `phases`: the entity that switches phases, with `{p}`, None when there is none or it is
    unknown; its domain decides how it is set. `phase_rest_s`: no current is offered for so long before and after [s].
    """

    pause: Pause = Pause(PauseBy.SWITCH)
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
    phases: PhaseEntity | None = None
    phase_rest_s: float = REST_S

    @property
    def needs_charger(self) -> bool:
        """Whether CONFIG must name the charger for its services."""
        return self.set_with is not None and self.set_with.needs_charger

    def domains(self, role: str) -> frozenset[str]:
        """Return the domains that the entity of a role may have."""
        return frozenset(domain_of(names[role]) for names in self.names if role in names)

    def phase_switch(self, named: Mapping[str, object]) -> Mapping[str, object] | None:
        """Return the phase-switch section as CONFIG would write it; None without one, or when no name set fits."""
        match = self.matching(named)
        if match is None or self.phases is None:
            return None
        entity = self.phases.entity.replace("{p}", match[1])
        return {domain_of(entity): entity, "one": self.phases.one, "three": self.phases.three}


def _shared_part(pattern: str, entity: object) -> str | None:
    """Return the text that stands for `{p}` in an entity id, None when the id does not fit the pattern."""
    if not isinstance(entity, str):
        return None
    match = _entities_of(pattern).fullmatch(entity)
    return match.group(1) if match else None


@cache
def _entities_of(pattern: str) -> re.Pattern[str]:
    """Return the expression that entity ids fit which a pattern means; its group is the text that stands for `{p}`."""
    before, after = re.escape(pattern).split(re.escape("{p}"), 1)
    after = after.replace(re.escape("{p}"), r"\1")
    return re.compile(f"{before}([a-z0-9_]+){after}")


PresetKind = TypeVar("PresetKind", bound=NamingPreset)


def _make_pause(row: dict[str, Any]) -> Pause:
    """Return how to pause a charger, by an entry of makes.json."""
    made: dict[str, Any] = {key: Action(**row[key]) for key in ("start_with", "stop_with") if key in row}
    made |= {"by": PauseBy(row["by"]), "run": tuple(row.get("run", ("on",)))}
    return Pause(**{**row, **made})


PARSED: Mapping[str, Callable[[Any], Any]] = {
    "names": tuple,
    "also": tuple,
    "car_if_switchable": frozenset,
    "current_hidden_in": frozenset,
    "pause": _make_pause,
    "set_with": lambda row: Action(**row),
    "words": lambda row: {word: Status(status) for status, listed in row.items() for word in listed},
    "phases": lambda row: PhaseEntity(**row),
}
"""Key of an entry of makes.json -> what makes its value the field of a preset; other values are fields as they are."""


def names_of(presets: Mapping[str, PresetKind]) -> Mapping[str, PresetKind]:
    """Return every name of a preset -> the preset."""
    return {name: row for row in presets.values() for name in (row.name, *row.also)}


def _make_presets(kind: type[PresetKind], rows: Mapping[str, Mapping[str, Any]]) -> Mapping[str, PresetKind]:
    """Return name -> preset, by the entries of makes.json."""
    return {name: _make_preset(kind, name, row) for name, row in rows.items()}


def _make_preset(kind: type[PresetKind], name: str, row: Mapping[str, Any]) -> PresetKind:
    """Return the preset of an entry of makes.json; ValueError with its name if it is damaged."""
    try:
        keys = {key: PARSED[key](value) if key in PARSED else value for key, value in row.items() if key not in UNREAD}
        return kind(name=name, **keys)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{name}: {type(error).__name__} {error}") from error


Makes = tuple[Mapping[str, Preset], Mapping[str, PowerPreset], Mapping[str, str]]
"""The content of makes.json: chargers, loads in watts, and chargers not to be steered -> why."""


def read_makes(file: Path) -> Makes:
    """Return the chargers, the loads in watts and the chargers not to be steered in a file such as makes.json.

    ImportError, with the file's name, if it is missing or damaged.
    """

    def make(read: Any) -> Makes:
        chargers, in_watts = _make_presets(Preset, read["chargers"]), _make_presets(PowerPreset, read["in_watts"])
        return chargers, in_watts, dict(read["not_steerable"])

    return read_data_file(file, make)


PRESETS, POWER_PRESETS, NOT_STEERABLE = read_makes(MAKES)
"""Presets of chargers and of loads in watts by name; chargers that cannot be controlled -> why, and what to do."""

NAMES, POWER_NAMES = names_of(PRESETS), names_of(POWER_PRESETS)


def preset_named(name: object) -> Preset | None:
    """Return the preset of this name, in any spelling; None for none."""
    return NAMES.get(slug(name)) if isinstance(name, str) else None


def power_preset_named(name: object) -> PowerPreset | None:
    """Return the preset of this name for a load in watts, in any spelling; None for none."""
    return POWER_NAMES.get(slug(name)) if isinstance(name, str) else None
