"""`quasar`: a bidirectional charger behind its guard, which tells what flows, what is asked for and what it allows.

The guard keeps the limits itself, so there are no calls. Nothing is known of a Quasar whose guard does not run: it is
left alone and counts as part of the house.
"""

from __future__ import annotations

from ...model.electrics import PerPhase, amps, ceil_to_step
from ...model.load import QUASAR_LEAST_W, Load
from ...model.readings import View
from ...model.snapshot import LoadState, Status
from ..driver import Driver, no_calls

STATES = {
    "0": Status.UNPLUGGED,
    "1": Status.CHARGING,
    "2": Status.CONNECTED,
    "3": Status.CONNECTED,
    "4": Status.PAUSED,
    "5": Status.CONNECTED,
    "6": Status.UNPLUGGED,
    "7": Status.FAULT,
    "8": Status.CONNECTED,
    "9": Status.FAULT,
    "10": Status.CONNECTED,
    "11": Status.CHARGING,
}
"""What the charger's own state register says."""


def link_entity(load: str, what: str) -> str:
    """Where the guard tells `power`, `request`, `offer` [W, + charging] or `state`, in the shape of an entity."""
    return f"quasar.{load.lower()}_{what}"


def entities(load: Load) -> tuple[str, ...]:
    """The guard's own."""
    return tuple(link_entity(load.name, what) for what in ("power", "request", "offer", "state"))


def read(load: Load, view: View, voltage_v: float) -> LoadState:
    """A draw below zero flows out. While it is asked to give, or has no car, it takes no part in what there is to take.

    One that nobody asks for anything keeps its offer as any other charger whose car does not draw.
    """
    power, request, offer, state = entities(load)
    power_w, request_w, offer_w = view.number(power), view.number(request), view.number(offer)
    if offer_w is None or power_w is None:
        # Without a guard nothing here steers it, and nothing is wrong with it.
        return LoadState(available=False, left_alone=view.raw(offer) is None)
    seen, raw = STATES.get(view.word(state) or "", Status.UNKNOWN), view.raw(power)
    least_a = ceil_to_step(amps(QUASAR_LEAST_W, voltage_v), load.step_a)
    wanted_w = request_w or 0.0
    most_a = ceil_to_step(amps(wanted_w, voltage_v), load.step_a)
    return LoadState(
        draw_a=PerPhase.each(load.phases, amps(power_w, voltage_v)),
        draw_age_s=0.0 if raw is None else max(view.now_s - raw.last_reported.timestamp(), 0.0),
        offer_a=amps(offer_w, voltage_v),
        status=seen,
        can_use_power=wanted_w >= 0 and seen not in (Status.UNPLUGGED, Status.FAULT),
        device_min_a=least_a,
        device_max_a=max(most_a, least_a) if wanted_w > 0 else None,
    )


QUASAR = Driver(entities, read, no_calls)
