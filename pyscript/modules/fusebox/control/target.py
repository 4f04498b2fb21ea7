"""The device state (current, switch) that realises a setpoint, the currents it can be set to, and the fail-safe one."""

from __future__ import annotations

from typing import NamedTuple

from ..model.decision import Demand
from ..model.electrics import DUST, floor_to_step
from ..model.load import Load
from ..model.snapshot import LoadState, Status, min_current_a


class Target(NamedTuple):
    """What a device should be set to; None leaves a part unchanged."""

    current_a: float | None = None
    on: bool | None = None


NOTHING = Target()


def device_target(load: Load, state: LoadState, setpoint_a: float) -> Target:
    """Return the current and switch state that bring a load to its setpoint [A], 0 for off; None for what stays.

    A current is rounded down to the device's step, and the switch is on; an on/off load gets only a switch state. A
    charger that is off is parked at its minimum or its offer, whichever is lower, or left at an unknown offer; one in
    watts at 0. It is switched off if it can use power. Without a switch it gets 0 A instead, unless its device's lowest
    current is above 0. With a fault and a setpoint of 0 nothing is changed.
    """
    if load.on_off:
        return Target(on=setpoint_a > 0)
    lowest_a, base_a, device_step_a = min_current_a(load, state), state.device_min_a or 0.0, state.device_step_a or 0.0
    if setpoint_a > 0:
        return Target(floor_to_step(setpoint_a, device_step_a, base_a), True if state.switched else None)
    if state.status is Status.FAULT:
        return Target()
    # The next car starts at the minimum: it does not jump to yesterday's current when it is plugged in.
    parked_a = None if state.offer_a is None else min(state.offer_a, lowest_a)
    if load.can.in_watts and base_a <= 0:
        parked_a = 0.0
    if not state.can_use_power:
        return Target(parked_a)
    if state.switched:
        return Target(parked_a, False)
    # Without a switch, only a current of 0 A can pause the charger; from 0 to 6 A the behaviour of cars is undefined.
    return Target(parked_a if base_a > 0 else 0.0)


def device_steps(load: Load, state: LoadState) -> tuple[float, float]:
    """Return the step of the currents that a device accepts, and the current that the steps start from [A].

    The device's own step, from its minimum; CONFIG's step from 0 where that is coarser, and for an on/off load.
    """
    if load.on_off or load.step_a > (state.device_step_a or 0.0):
        return load.step_a, 0.0
    return state.device_step_a or 0.0, state.device_min_a or 0.0


def round_down_to_steps(share_a: float, demand: Demand, steps: tuple[float, float]) -> float:
    """Return a share rounded down to the device's steps, never below the demand's minimum; 0 stays 0 [A].

    A demand with one current only is not rounded.
    """
    if share_a <= 0:
        return 0.0
    if share_a + DUST >= demand.max_a and demand.max_a == demand.min_a:
        return demand.max_a
    return max(floor_to_step(share_a, *steps), demand.min_a)


def failsafe_current_a(load: Load, min_a: float) -> float:
    """Return the highest current that a load may draw without readings [A], 0 for off.

    Its fail-safe current, at least `min_a`, the lowest current that its device can be set to. 0 for a load that is only
    on or off or has no fail-safe current, unless it only gets a signal.
    """
    if (load.on_off or load.failsafe_a <= 0) and not load.can.takes_sg_state:
        return 0.0
    return max(load.failsafe_a, min_a)
