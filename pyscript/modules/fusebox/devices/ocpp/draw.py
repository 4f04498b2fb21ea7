"""What a charge point draws and offers, from whichever of its entities shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ... import tuning
from ...model.durations import NEVER_S
from ...model.electrics import PerPhase
from ...model.equipment import Source
from ...model.load import Load
from ...model.readings import View, source_unit
from ...model.snapshot import Status
from ...model.units import CURRENT_UNITS, POWER_UNITS, normalize_unit
from ..chargers.status import parse_status_word
from ..driver import draw_fields, positive_source_current_a, single_draw
from .entities import existing_entity


@dataclass(frozen=True, slots=True)
class ReportedOffer:
    """The current that the charger reports to offer."""

    current_a: float | None
    """None where it reports nothing."""
    reported_s: float


NO_OFFER = ReportedOffer(None, NEVER_S)

LINES = ("L1", "L2", "L3")
"""The charger's own names of its phases, in the order of the load's `phases` that they are wired to."""
SPELLINGS = ("{}", "{}-N")
"""How chargers write a phase in their meter values."""


def measure_draw(load: Load, view: View, voltage_v: float) -> Mapping[str, Any]:
    """Return the fields of a state that the best entity measures: CONFIG's `draw`, else a current before a power.

    Values of each phase come before a single one that does not show its phases. A current that is only a placeholder is
    left out; empty without any.
    """
    named = load.device.get("draw")
    if isinstance(named, Mapping):
        return draw_fields(view, load, named, voltage_v)
    if isinstance(named, Source):
        return _measure_one_entity(load, view, named, voltage_v)
    current, power = (_numeric_entity(load, key, view) for key in ("draw", "power"))
    if current is not None and power is not None and _is_placeholder(load, view, current, power, voltage_v):
        current = None
    entities = [_numeric_entity(load, f"draw_{line.lower()}", view) for line in LINES[: len(load.phases)]]
    if current is not None and (None in entities or _currents_by_line(load, view, current) is not None):
        return _measure_one_entity(load, view, Source(current), voltage_v)
    if None not in entities:
        sources = {phase: Source(entity) for phase, entity in zip(load.phases, entities, strict=True)}
        return draw_fields(view, load, sources, voltage_v)
    return {} if power is None else _measure_one_entity(load, view, Source(power), voltage_v)


def _is_placeholder(load: Load, view: View, current: str, power: str, voltage_v: float) -> bool:
    """Return whether a current of 0 was set by the integration and not measured, because power flows.

    When charging pauses or ends, the integration sets the current to 0 even if the charge point reports none. The power
    may be the same text before and after a pause; a charge point that reports both also reports a power of 0. So the 0
    has to be no later than the power, or from before charging resumed; False while either is unknown.
    """
    flows_a = positive_source_current_a(view, Source(power), voltage_v, 1)
    displayed_a = positive_source_current_a(view, Source(current), voltage_v, 1)
    if flows_a is None or displayed_a is None or displayed_a > tuning.DRAWS_A or flows_a <= tuning.DRAWS_A:
        return False
    current_s, power_s = (changed_s(view, entity) for entity in (current, power))
    if current_s is None or power_s is None:
        return False
    # A restart of Home Assistant restores both at about the same time.
    return current_s <= power_s + tuning.MOMENT_S or current_s + tuning.MOMENT_S < _resumed_s(load, view)


def _resumed_s(load: Load, view: View) -> float:
    """Return when the connector's status became "Charging" [s since 1970], minus infinity while it is another."""
    status = existing_entity(load, "status", view)
    return (changed_s(view, status) or NEVER_S) if parse_status_word(view.word(status)) is Status.CHARGING else NEVER_S


def draw_age_when_suspended_s(view: View, status: str | None, age_s: float) -> float:
    """Return the age of a draw while a session is suspended [s]: the integration sets the draw to 0 with the status.

    For `QUICK_S` after that, which a car may take to stop, the age is `QUICK_S` longer, because that 0 was not
    measured.
    """
    suspended_s = changed_s(view, status)
    if suspended_s is None or view.now_s - suspended_s >= tuning.QUICK_S:
        return age_s
    return max(age_s, view.now_s - suspended_s + tuning.QUICK_S)


def changed_s(view: View, entity: str | None) -> float | None:
    """Return when an entity's state last changed [s since 1970], None when unknown.

    Reports repeat every value unchanged.
    """
    changed = view.attribute(entity, "last_changed")
    return changed.timestamp() if isinstance(changed, datetime) else None


def read_offer(load: Load, view: View, voltage_v: float, phases: int) -> ReportedOffer:
    """Return what the charger reports to offer [A] and when; `NO_OFFER` without a value.

    By CONFIG's `offered`, else by the first of the charger's entities with a value. `phases`: how many of them share an
    offered power.
    """
    named = load.device.get("offered")
    found = (_numeric_entity(load, key, view) for key in ("offered", "power_offered"))
    sources = [named] if isinstance(named, Source) else [Source(each) for each in found if each is not None]
    for source in sources:
        offered_a = positive_source_current_a(view, source, voltage_v, phases)
        if offered_a is not None:
            return ReportedOffer(offered_a, view.reported_s(source.entity))
    return NO_OFFER


def _numeric_entity(load: Load, key: str, view: View) -> str | None:
    """Return the entity under a key if it shows a number, else None."""
    found = existing_entity(load, key, view)
    return found if view.number(found) is not None else None


def _measure_one_entity(load: Load, view: View, source: Source, voltage_v: float) -> Mapping[str, Any]:
    """Return the fields that one entity measures: by its attributes for each line, else its state counts on all phases.

    Where a power reported with a current shows fewer lines, only the first of them draw. Nothing in another unit.
    """
    fields = draw_fields(view, load, source, voltage_v)
    by_line = None if source.entity is None or source.invert else _currents_by_line(load, view, source.entity)
    if by_line is None or source.entity is None:
        single_a = fields["single_a"]
        if single_a is None or fields["is_power"]:
            return fields
        phase_count = _phase_count_by_power(load, view, source.entity, single_a, voltage_v)
        if phase_count is None:
            return fields
        # A car on fewer phases than its box has is on the first of the box's lines.
        drawn = {phase: single_a if place < phase_count else 0.0 for place, phase in enumerate(load.phases)}
        return {**fields, "draw_a": PerPhase.of(drawn), "phases_drawing": phase_count}
    unit = normalize_unit(source_unit(view, source, source.entity) or "")
    if unit in POWER_UNITS:
        # The attributes may be in another unit than the state: only how they compare counts.
        whole_a, total = positive_source_current_a(view, source, voltage_v, 1) or 0.0, sum(by_line)
        drawn_a = [whole_a * each / total if total > 0 else 0.0 for each in by_line]
    elif unit in CURRENT_UNITS:
        amps = [each * CURRENT_UNITS[unit] for each in by_line]
        drawn_a = _drop_lines_without_power(load, view, source.entity, amps, voltage_v)
    else:
        return {"draw_age_s": fields["draw_age_s"]}
    return {"draw_a": PerPhase.of(dict(zip(load.phases, drawn_a, strict=True))), "draw_age_s": fields["draw_age_s"]}


def _drop_lines_without_power(
    load: Load, view: View, current: str, by_line: list[float], voltage_v: float
) -> list[float]:
    """Return the current of each line [A], 0 on the last lines if the reported power is too low for all of them.

    Unchanged where that power is missing, or older than the currents. Only the power shows that a charger has gone to
    one phase at the same current, if it reports nothing for phases out of use.
    """
    power, using = _numeric_entity(load, "power", view), sum(each > tuning.DRAWS_A for each in by_line)
    phase_count = _phase_count_by_power(load, view, current, max(by_line), voltage_v)
    if power is None or phase_count is None or phase_count >= using:
        return by_line
    current_s, power_s = (changed_s(view, entity) for entity in (current, power))
    if current_s is None or power_s is None or power_s < current_s - tuning.MOMENT_S:
        return by_line
    return [each if place < phase_count else 0.0 for place, each in enumerate(by_line)]


def _phase_count_by_power(load: Load, view: View, current: str | None, single_a: float, voltage_v: float) -> int | None:
    """Return how many phases carry a current, by the power that was reported with it [A, both].

    None without both in the same moment, for a current that is too small, and where no number of phases fits.
    """
    power = _numeric_entity(load, "power", view)
    if power is None or current is None or single_a <= tuning.CLEARLY_A:
        return None
    if abs(view.reported_s(power) - view.reported_s(current)) > tuning.MOMENT_S:
        return None
    whole_a, is_power = single_draw(view, load, Source(power), voltage_v)
    if whole_a is None or not is_power:
        return None
    count = round(whole_a / single_a)
    fits = 1 <= count <= len(load.phases) and abs(whole_a / count - single_a) <= tuning.TOLERANCE_A
    return count if fits else None


def _currents_by_line(load: Load, view: View, current: str) -> list[float] | None:
    """Return the currents that the attributes show for the load's phases, in the order of the charger's lines.

    None when they do not cover the phases, or no lines add up to the state: the integration sets the state to 0 when
    charging stops, and leaves attributes of phases that a report does not contain unchanged.
    """
    state = view.number(current)
    named = [_line_current_a(view, current, line) for line in LINES]
    known = [each for each in named if each is not None]
    if state is None or not known:
        return None
    lines = [max(known)] if len(load.phases) == 1 else named[: len(load.phases)]
    values = [each for each in lines if each is not None]
    if len(values) < len(lines):
        return None
    return _drop_outdated_lines(values, state) if view.unit(current) in CURRENT_UNITS else values


def _drop_outdated_lines(values: list[float], state: float) -> list[float] | None:
    """Return the currents of the lines that add up to the state, 0 on the others; None when no lines do.

    The state is the mean over the lines that carry current; older versions of the integration show their sum.
    """
    for count in range(len(values), 0, -1):
        using = [each for each in values[:count] if each > 0]
        total = sum(using)
        if using and any(abs(each - state) <= tuning.TOLERANCE_A for each in (total / len(using), total)):
            return [*values[:count], *[0.0] * (len(values) - count)]
    return None


def _line_current_a(view: View, current: str, line: str) -> float | None:
    """Return the current that an attribute shows for one of the charger's lines, in any spelling; None for none."""
    found = (view.attribute_number(current, spelling.format(line)) for spelling in SPELLINGS)
    value = next((each for each in found if each is not None), None)
    return None if value is None else max(value, 0.0)
