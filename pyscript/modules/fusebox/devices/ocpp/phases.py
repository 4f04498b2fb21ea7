"""How many phases share a limit in watts: by what its car draws."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.load import Load
from ...model.snapshot import LoadState, Status
from .memory import OcppMemory, PhasesUsed
from .observation import Observation
from .states import Deviation


def phases_in_use(load: Load, memory: OcppMemory) -> int:
    """How many phases share a limit in watts."""
    return min(memory.phases.count or len(load.phases), len(load.phases))


def with_phases(state: LoadState, memory: OcppMemory, now_s: float) -> PhasesUsed:
    """How many phases share a limit in watts.

    All of them, until a car on fewer goes on drawing more than it was told on one: then the charger counts those that
    are used. All again where it then offers nothing at all. What a sensor for all phases tells is no evidence, unless
    another beside it tells how many draw, or the house's meter has.
    """
    past, limit = memory.phases, memory.commanded
    if state.status is Status.UNPLUGGED:
        return PhasesUsed()
    if past.count is not None and memory.compliance.deviation is Deviation.NOTHING:
        return PhasesUsed()
    drawn_a = [a for a in state.draw_a if a is not None]
    using = sum(a > tuning.OCPP_USES_A for a in drawn_a)
    if past.drew_s is None and using:
        past = replace(past, drew_s=now_s)
    if state.single_a is not None and state.lines is None and past.metered == 1:
        drawn_a, using = [state.single_a], int(state.single_a > tuning.OCPP_USES_A)
    elif state.single_a is not None and state.lines is None:
        return past
    if not using:
        return past
    if using != past.seen:
        return replace(past, seen=using, since_s=now_s)
    if limit is None or now_s - max(past.since_s, limit.first_s) < tuning.OCPP_SETTLED_S:
        return past
    if now_s - state.draw_age_s < limit.first_s + tuning.OCPP_SETTLED_S / 2:
        return past  # measured before it could have followed
    if past.count is not None and using > past.count:
        return replace(past, count=using)
    most_a = limit.current_a + tuning.OCPP_TOO_MUCH_A
    too_much = limit.form.unit == "W" and limit.current_a > 0 and max(drawn_a) > most_a
    return replace(past, count=using) if too_much and using < limit.form.phases else past


def phases_are_open(seen: Observation, memory: OcppMemory) -> bool:
    """Whether a limit in watts may all go to one phase: of a car whose whole power alone is known, nobody says."""
    known, now_s = memory.phases, seen.now_s
    is_shared = seen.form.unit == "W" and len(seen.load.phases) > 1 and seen.state.is_power
    if not is_shared or known.count is not None:
        return False
    if known.metered is None:
        return known.drew_s is None or now_s - known.drew_s < tuning.OCPP_METERED_S
    # Of a car on one phase it shows next whether the charger counts that one only.
    return known.metered == 1 and (known.seen is None or now_s - known.since_s < tuning.OCPP_SHOWN_S)
