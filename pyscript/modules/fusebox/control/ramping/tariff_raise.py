"""How far one command may raise a charger under a tariff window, beyond the usual step. Pure."""

from __future__ import annotations

from ... import tuning
from ...model.load import Load
from ...model.snapshot import LoadState
from ..limits.headroom import Headroom
from ..limits.load_envelope import may_leap

INFINITE_S = float("inf")


def highest_raise_a(load: Load, state: LoadState | None, setpoint_a: float, headroom: Headroom) -> float:
    """Return the highest current that one command may set [A], 0.0 where only the usual step applies.

    A charger with a write interval wastes what a window leaves until its next command, and the rest of the window
    compensates for a current that was too high. No fuse does: only `TARIFF_LEAP_SHARE` of what the other ceilings leave
    above the setpoint may be used, the rest is reserved for measurement errors.
    """
    ceilings = headroom.ceilings_with_room(load.name)
    if state is None or not may_leap(load, state) or all(c.ends_in_s == INFINITE_S for c, _ in ceilings):
        return 0.0
    other_a = [left_a / c.weights[load.name] for c, left_a in ceilings if c.ends_in_s == INFINITE_S]
    return setpoint_a + tuning.TARIFF_LEAP_SHARE * max(min(other_a, default=0.0) - setpoint_a, 0.0)
