"""What a device has to be at for its load to be at a setpoint: by any decision, and where none can be made."""

from __future__ import annotations

from typing import NamedTuple

from ..model.electrics import floor_to_step
from ..model.load import Load
from ..model.snapshot import LoadState, Status, min_current_a


class Target(NamedTuple):
    """What a device should be at; None leaves it alone."""

    current_a: float | None = None
    on: bool | None = None


NOTHING = Target()


def target_of(load: Load, state: LoadState, setpoint_a: float) -> Target:
    """What brings a load to its setpoint [A], 0 for off: by its switch, or by its current where that is all it has."""
    if load.on_off:
        return Target(on=setpoint_a > 0)
    lowest_a, base_a, device_step_a = min_current_a(load, state), state.device_min_a or 0.0, state.device_step_a or 0.0
    if setpoint_a > 0:
        return Target(floor_to_step(setpoint_a, device_step_a, base_a), True if state.switched else None)
    if state.status is Status.FAULT:
        return Target()
    # Whatever starts next starts at the minimum: a car that is plugged in does not jump to yesterday's current.
    parked_a = None if state.offer_a is None else min(state.offer_a, lowest_a)
    if not state.can_use_power:
        return Target(parked_a)
    if state.switched:
        return Target(parked_a, False)
    # Without a switch only a number that goes down to nothing can pause it; between that and 6 A no car is defined.
    return Target(parked_a if base_a > 0 else 0.0)


def failsafe_a(load: Load, min_a: float) -> float:
    """The most that a load may go on with where nothing is seen [A], 0 for off; `min_a`: what it can be set to."""
    if (load.on_off or load.failsafe_a <= 0) and not load.can.by_signal:
        return 0.0
    return max(load.failsafe_a, min_a)
