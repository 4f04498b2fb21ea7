"""A car that does not take up again after a pause: its current is taken away for a moment and comes anew, once."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.snapshot import LoadState, Status
from .context import StepContext
from .memory import CarMemory, OcppMemory
from .observation import drawn_a
from .states import Car, CarEvent


def with_pauses(state: LoadState, memory: OcppMemory, now_s: float) -> CarMemory:
    """What is remembered of pauses; a car that leaves ends it all."""
    car, limit = memory.car, memory.commanded
    if state.status is Status.UNPLUGGED:
        return replace(car.moved(CarEvent.LEFT, now_s), was_woken=False)
    if limit is None or memory.acknowledged != limit or car.state is Car.WAKING:
        return car
    if limit.current_a <= 0:
        return car.moved(CarEvent.PAUSE, now_s)
    is_long = now_s - car.since_s >= tuning.OCPP_LONG_PAUSE_S
    car = car.moved(CarEvent.LONG_PAUSE_OVER if is_long else CarEvent.SHORT_PAUSE_OVER, limit.first_s)
    return car.moved(CarEvent.DRAWS, now_s) if drawn_a(state) > tuning.OCPP_DRAWS_A else car


def with_waking(context: StepContext, memory: OcppMemory) -> OcppMemory:
    """Begin to wake a car that sleeps, and end that in its time: then its current is due anew."""
    car, now_s = memory.car, context.now_s
    if car.state is Car.WAKING and now_s - car.since_s >= tuning.OCPP_WAKES_S:
        return replace(memory, commanded=None, car=car.moved(CarEvent.WOKEN, now_s))
    if car.state is Car.RESUMED and not car.was_woken and _sleeps(context, memory):
        return replace(memory, car=replace(car.moved(CarEvent.SLEEPS, now_s), was_woken=True))
    return memory


def _sleeps(context: StepContext, memory: OcppMemory) -> bool:
    """Whether it has drawn nothing for long although it may, in a session that is on."""
    state, limit = context.state, memory.commanded
    is_on = state.on is not False and state.status in (Status.SUSPENDED_CAR, Status.CHARGING)
    may = limit is not None and limit.current_a > 0 and drawn_a(state) <= tuning.OCPP_DRAWS_A
    return is_on and may and context.now_s - memory.car.since_s >= tuning.OCPP_SLEEPS_S
