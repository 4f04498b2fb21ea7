"""Entity states -> readings with ages, in our units and signs; remembers the last numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from statistics import median
from typing import Protocol

from .. import tuning
from .durations import NEVER_S
from .electrics import amps
from .equipment import Source
from .messages.message import message
from .numbers import number_of
from .snapshot import NEVER, Reading, sum_of
from .units import (
    CURRENT_UNITS,
    PERCENT,
    POWER,
    POWER_UNITS,
    Quantity,
    are_same_unit,
    convert_unit,
    impossible_number_problem,
    normalize_unit,
    other_unit_problem,
    stated_unit_problem,
    unit_problem,
)

Convert = Callable[[float, str], float | None]
"""A number and its unit -> the number in our unit, None for another unit."""

Bounds = tuple[float, float]
"""The least and the greatest number that is possible."""
ANY_NUMBER: Bounds = (-math.inf, math.inf)

UNKNOWN_WORDS = frozenset({"unknown", "unavailable", "none", "None", ""})
"""States that mean unknown in Home Assistant. Another spelling is a device's own word, as OCPP's `Unavailable`."""
LONGEST_UNIT = 40
"""Only this many characters of an entity's unit are read and shown: a longer text is no unit."""


def credible_percent(value: float | None) -> float | None:
    """Return a percentage, None unless it is between 0 and 100; devices send 255 or 65535 for unknown."""
    return value if value is not None and 0 <= value <= 100 else None


class RawState(Protocol):
    """A state as returned by pyscript's `state.get`: a string with attributes and times."""

    last_reported: datetime

    def __str__(self) -> str: ...


GetState = Callable[[str], RawState]
"""Raises NameError for an entity that does not exist, as pyscript's `state.get` does."""


class View:
    """The states of one instant, each read once. No entity (None) is one that does not exist."""

    def __init__(self, get_state: GetState, now_s: float) -> None:
        self._get_state = get_state
        self._seen: dict[str | None, RawState | None] = {}
        self._words: dict[str | None, str | None] = {}
        self.now_s = now_s

    def raw(self, entity: str | None) -> RawState | None:
        """Return the state object, read once for this instant; None when the entity does not exist."""
        if entity not in self._seen:
            try:
                self._seen[entity] = self._get_state(entity) if entity is not None and "." in entity else None
            except NameError:
                self._seen[entity] = None
        return self._seen[entity]

    def reported_s(self, entity: str | None) -> float:
        """Return when an entity was last reported [s since 1970]; now, where it does not exist."""
        raw = self.raw(entity)
        return self.now_s if raw is None else raw.last_reported.timestamp()

    def word(self, entity: str | None) -> str | None:
        """Return the state as text; None when it is unknown, unavailable or the entity does not exist."""
        if entity not in self._words:
            text = str(self.raw(entity))  # "None", one of those words, where there is no entity
            self._words[entity] = None if text.strip() in UNKNOWN_WORDS else text
        return self._words[entity]

    def number(self, entity: str | None) -> float | None:
        """Return the state as a finite number, else None."""
        word = self.word(entity)
        return None if word is None else number_of(word)

    def measured(self, entity: str | None, units: Mapping[str, float], usual: str = "") -> float | None:
        """Return the state in the base of these units; one without a unit of its own is in `usual`.

        None without an entity, for a state that is not a number, and for another unit.
        """
        number = self.number(entity)
        return None if number is None else convert_unit(number, self.unit(entity) or usual, units)

    def percent(self, entity: str | None) -> float | None:
        """Return the state as a percentage; None where it is no credible one, or has the unit of another quantity."""
        unit = self.unit(entity)
        return None if unit and not PERCENT.fits(unit) else credible_percent(self.number(entity))

    def attribute(self, entity: str | None, name: str) -> object:
        """Return an attribute's value, None when it is missing."""
        return getattr(self.raw(entity), name, None)

    def attribute_number(self, entity: str | None, name: str) -> float | None:
        """Return an attribute as a finite number, else None."""
        return number_of(self.attribute(entity, name))

    def unit(self, entity: str | None) -> str:
        """Return the entity's unit of measurement in lower case, "" for none."""
        return normalize_unit(self.shown_unit(entity))

    def shown_unit(self, entity: str | None) -> str:
        """Return the entity's unit of measurement as displayed, at most `LONGEST_UNIT` of it; "" for none."""
        return str(self.attribute(entity, "unit_of_measurement") or "").strip()[:LONGEST_UNIT]


def amps_in_unit(number: float, unit: str, voltage_v: float, phase_count: int = 1) -> float | None:
    """Convert a current, or a power on `phase_count` phases, to amps on each; None if its unit is of neither."""
    power_w = convert_unit(number, unit, POWER_UNITS)
    return convert_unit(number, unit, CURRENT_UNITS) if power_w is None else amps(power_w, voltage_v, phase_count)


def source_unit(view: View, source: Source, entity: str) -> str | None:
    """Return the unit of a source's entity: CONFIG's, else the entity's own, "" for none.

    None where both contradict each other, unless CONFIG says that the entity's own is wrong.
    """
    stated, own = source.unit, view.shown_unit(entity)
    if stated is None:
        return own
    return stated if source.unit_is_wrong or not own or are_same_unit(stated, own) else None


class Track:
    """The last number of one entity and the interval of its reports."""

    def __init__(self) -> None:
        self.last: float | None = None
        self.number_s = self.changed_s = -math.inf
        self.reported_s = -math.inf
        self.beat_s = -math.inf
        self.intervals: list[float] = []

    def record(self, value: float, reported_s: float) -> None:
        """Store a number, when it was reported [s since 1970] and the interval; reports in one burst count as one."""
        if reported_s != self.reported_s:
            self.number_s = reported_s
            since_s = reported_s - self.beat_s
            if since_s > tuning.REPORT_BURST_S and math.isfinite(since_s):
                self.intervals.append(since_s)
                del self.intervals[: -tuning.LAST_TIMES]
            if not 0 <= since_s <= tuning.REPORT_BURST_S:
                self.beat_s = reported_s
        self.last, self.reported_s = value, reported_s

    @property
    def period_s(self) -> float | None:
        """The usual time between reports [s]: the median of the last intervals.

        None until `LAST_TIMES` of them are known; `KNOWN_TIMES` are enough if they differ little.
        """
        count = len(self.intervals)
        is_even = count >= tuning.KNOWN_TIMES and max(self.intervals) <= tuning.SLACK_RATIO * min(self.intervals)
        return median(self.intervals) if is_even or count >= tuning.LAST_TIMES else None


class Meters:
    """Turns sources into readings; remembers each entity's last number and usual interval."""

    def __init__(self) -> None:
        self._tracks: dict[str, Track] = {}
        self.problems: dict[str, str] = {}
        """Entity -> what is wrong with how it is given, not with what it reads."""
        self.rejected: list[float] = []
        """Signed numbers that were impossible, in our units."""
        self.reversed_s = NEVER_S
        """When a meter last showed an export that proves it reversed, or any soon after [s since 1970]."""

    def current(self, view: View, source: Source, voltage_v: float, lowest_a: float = -math.inf) -> Reading:
        """Return the current of a grid source [A, + = import]; unknown for a unit that is neither current nor power.

        Also below `lowest_a`, more than can be exported there. Either is recorded in `problems`.
        """
        convert, within = partial(amps_in_unit, voltage_v=voltage_v), (lowest_a, math.inf)
        return self._signed_reading(view, source, convert, None, within)

    def power(self, view: View, source: Source, within_w: Bounds = ANY_NUMBER) -> Reading:
        """Return the power of a source [W]; a number without a unit counts as watts.

        Unknown outside `within_w` and for any other unit than one of power; either is recorded in `problems`.
        """
        units = {**POWER_UNITS, "": 1.0}
        return self._signed_reading(view, source, partial(convert_unit, units=units), POWER, within_w)

    def percent(self, view: View, source: Source) -> Reading:
        """Return a percentage from a source; a number without a unit counts as one.

        Unknown unless it is between 0 and 100, and for any other unit; either is recorded in `problems`.
        """
        units, within = {"%": 1.0, "": 1.0}, (0.0, 100.0)
        return self._signed_reading(view, source, partial(convert_unit, units=units), PERCENT, within)

    def _signed_reading(
        self, view: View, source: Source, convert: Convert, quantity: Quantity | None, within: Bounds
    ) -> Reading:
        """Return the reading of a source with its sign: of one entity, or import less export of a pair.

        NEVER without an entity, and with only one of a pair. `convert` gets a number and its unit, CONFIG's or else the
        entity's own ("" for none). A unit that it rejects by None is recorded in `problems`, as one that does not
        measure `quantity` (None: a current or power); so is one of CONFIG that contradicts the entity's own, unless
        CONFIG calls that one wrong; and a signed number outside `within`, such as a register's word for no value.
        """

        def convert_own(entity: str, number: float) -> float | None:
            unit, problem = source_unit(view, source, entity), ""
            sign = -1.0 if (entity == source.export_entity) != source.invert else 1.0
            found = None if unit is None else convert(number, unit)
            if unit is None:
                problem = stated_unit_problem(entity, source.unit or "", view.shown_unit(entity))
            elif found is None:
                problem = unit_problem(entity, unit) if quantity is None else other_unit_problem(entity, unit, quantity)
            elif not within[0] <= sign * found <= within[1]:
                problem = impossible_number_problem(entity, view.word(entity), unit)
                self.rejected.append(sign * found)
            if problem:
                self.problems[entity] = problem
            return None if problem else found

        def read(entity: str | None) -> Reading:
            return NEVER if entity is None else self._entity_reading(view, entity, convert_own, source.heartbeat)

        whole = read(source.entity)
        if source.entity is None:
            whole = sum_of([read(source.import_entity), read(source.export_entity).multiplied(-1.0)])
        return whole.multiplied(-1.0) if source.invert else whole

    def _entity_reading(
        self, view: View, entity: str, convert: Callable[[str, float], float | None], heartbeat: bool
    ) -> Reading:
        """Return the reading of one entity: its value, the last one it had, its age and the usual interval.

        The value is None while the state is not a number or `convert` rejects it (a word is recorded in `problems`),
        and the age goes on. NEVER before the first value. Without `heartbeat` each reading counts as new.
        """
        track = self._tracks.setdefault(entity, Track())
        number = view.number(entity)
        if number is None and view.word(entity) is not None:
            self.problems[entity] = number_problem(entity, view.word(entity))
        value = None if number is None else convert(entity, number)
        if value is not None:
            track.changed_s = view.reported_s(entity)
            track.record(value, track.changed_s if heartbeat else view.now_s)
        # A report from the future dates from before the clock was set back: it ages from now on.
        track.number_s = min(track.number_s, view.now_s)
        if track.last is None:
            return NEVER
        age_s = view.now_s - track.number_s
        if heartbeat:
            return Reading(value, track.last, age_s, track.period_s)
        return Reading(value, track.last, age_s, unchanged_s=max(view.now_s - track.changed_s, 0.0))


def number_problem(entity: str, word: str | None) -> str:
    """Return what is wrong with an entity that displays a word where a number is read."""
    return message("no_number", entity=entity, text=word or "")


class LinkState(str):
    """A state from a device link as text, with its unit and the time it was read [aware UTC]."""

    unit_of_measurement: str
    last_reported: datetime

    def __new__(cls, value: float | str | None, unit: str, read_s: float, **attributes: object) -> LinkState:
        """Return a state with these attributes; `value` None is unknown, `read_s` the host's time [s since 1970]."""
        made = super().__new__(cls, "unknown" if value is None else str(value))
        made.unit_of_measurement = unit
        made.last_reported = datetime.fromtimestamp(read_s, UTC)
        made.__dict__.update(attributes)
        return made
