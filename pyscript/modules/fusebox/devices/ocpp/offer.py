"""The current that a charge point has on offer, and where that is known from."""

from __future__ import annotations

import math

from ... import tuning
from ...model.load import Load
from ...model.snapshot import Status
from .memory import OcppMemory, OfferSource
from .observation import QUIET, Observation, is_running
from .states import Car


def in_force_a(load: Load, memory: OcppMemory, now_s: float) -> float | None:
    """The limit that the charger has by what it took [A]: the last one while it lasts, then the safe one."""
    if memory.acknowledged is not None and now_s < memory.acknowledged.until_s:
        return memory.acknowledged.current_a
    return load.failsafe_a if memory.acknowledged is not None or memory.safe_form is not None else None


def on_offer(seen: Observation, memory: OcppMemory) -> tuple[OfferSource, float | None]:
    """The current on offer and where it is known from: what the charger says while a session is on, else what it took.

    Of one that nobody has told anything yet it is what its car draws, at least.
    """
    state, draw_a, now_s = seen.state, seen.draw_a, seen.now_s
    force_a, commanded = in_force_a(seen.load, memory, now_s), memory.commanded
    lapsed = memory.acknowledged is not None and now_s >= memory.acknowledged.until_s
    if state.status in QUIET:
        return OfferSource.NOTHING, 0.0
    if memory.car.state is Car.WAKING and commanded is not None:
        return OfferSource.COMMANDED, commanded.current_a
    if not is_running(state):
        return OfferSource.COMMANDED, force_a
    if force_a == 0 and draw_a <= tuning.OCPP_DRAWS_A and state.status is not Status.CHARGING:
        return OfferSource.PAUSED, 0.0
    if seen.offered.current_a is not None and not memory.compliance.evidence.offer_is_mute and not lapsed:
        return OfferSource.SHOWN, seen.offered.current_a
    if force_a is not None:
        return OfferSource.LAPSED if lapsed else OfferSource.COMMANDED, force_a
    return OfferSource.DRAWN, math.ceil(draw_a * 10) / 10 if draw_a > tuning.OCPP_DRAWS_A else None
