"""What there is to say of a load's phases: why it is on these, how often it was switched, and what went wrong."""

from __future__ import annotations

from ...model.load import Load
from ...model.phase_switch import PhaseSwitchMemory, Stage
from ...model.snapshot import LoadState


def phase_words(load: Load, state: LoadState, past: PhaseSwitchMemory | None, day_began_s: float) -> str:
    """To be said beside its reason; "" where there is nothing."""
    if load.switching is None or past is None:
        return ""
    if state.lines_fixed:
        return f"; its phases stay as they are: {state.lines_fixed}"
    if not past.why or (past.stage is Stage.STEADY and past.lines != 1):
        return ""
    today = switches_today(past, day_began_s)
    return f"; {past.why}; {today} switch{'' if today == 1 else 'es'} today of {2 * load.switching.most}"


def switches_today(past: PhaseSwitchMemory, day_began_s: float) -> int:
    """How often it was switched since the last local midnight."""
    return sum(at_s >= day_began_s for at_s in past.switches_s)
