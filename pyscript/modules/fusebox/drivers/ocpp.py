"""`ocpp`: a charge point behind Home Assistant's OCPP integration, told by charging profiles that end by themselves."""

from __future__ import annotations

import math
from dataclasses import replace

from ..readings import View
from ..site import Load
from ..snapshot import LoadState, Status
from .contract import Answer, Driver, Tending, no_calls, switch_state
from .ocpp_answers import heard
from .ocpp_draw import measured, offered
from .ocpp_entities import charger_of, connector_of, entity, watched
from .ocpp_memory import Asked, Kept
from .ocpp_tend import tend
from .ocpp_verify import DRAWS_A, Offered, drawn_a, runs, verified
from .ocpp_way import phases_in_use, quirks_seen, unit_is_open, watched_phases, way_of
from .status_words import WITHOUT_CAR, status_of

RUNNING = frozenset({Status.CHARGING, Status.SUSPENDED_CAR, Status.PAUSED})
"""A session is on."""


def read(load: Load, view: View, voltage_v: float) -> LoadState:
    """What its entities say. It has no switch for pausing: to end a session is more, it is paused with 0 A."""
    status, whole = entity(load, "status", view), entity(load, "charger_status", view)
    word = None if status is None else view.word(status)
    seen = status_of(word)
    if word is None and whole is not None and status_of(view.word(whole)) is Status.FAULT:
        seen = Status.FAULT
    drawn = measured(load, view, voltage_v)
    switch, most = entity(load, "switch", view), entity(load, "current", view)
    on = None if switch is None else switch_state(view, switch)
    return LoadState(
        draw_a=drawn.draw_a,
        single_a=drawn.single_a,
        is_power=drawn.is_power,
        draw_age_s=drawn.age_s,
        # The switch follows the status, and lags behind a status that was restored.
        on=on if seen is Status.UNKNOWN else seen in RUNNING,
        status=seen,
        takes_part=seen not in WITHOUT_CAR,
        available=status is not None and str(view.raw(status)).strip() != "unavailable",
        ceiling_a=None if most is None else view.number(most),
    )


def look(
    load: Load, view: View, state: LoadState, past: Kept | None, answers: tuple[Answer, ...], voltage_v: float
) -> tuple[LoadState, Kept]:
    """The state with the current that is on offer, and the memory with what is seen and was answered."""
    now_s = view.now_s
    kept = _reached(heard(past or Kept(), answers), state, now_s)
    if not state.available:
        return replace(state, offer_a=in_force_a(load, kept, now_s), remark=_far(load, kept, view)), kept
    if state.status is Status.UNPLUGGED:
        kept = replace(kept, starts=0)
    kept = replace(kept, car=state.status is not Status.UNPLUGGED, phases=watched_phases(state, kept, now_s))
    quirks = quirks_seen(load, view)
    shows = Offered(*offered(load, view, voltage_v, phases_in_use(load, kept)))
    if not quirks.tells_offer:
        shows = Offered(None, shows.reported_s)
    way = way_of(load, kept, quirks)
    ends = kept.verified.ends
    kept = replace(kept, verified=verified(load, state, kept, shows, way, unit_is_open(load, kept, quirks), now_s))
    # A limit that has just ended early is nobody's hand.
    offer_a = None if kept.verified.ends != ends else _offer_a(load, state, kept, shows, now_s)
    return replace(state, offer_a=offer_a, remark=_remark(way_of(load, kept, quirks).kind, kept)), kept


def in_force_a(load: Load, kept: Kept, now_s: float) -> float | None:
    """The limit that the charger has by what it took [A]: the last one while it lasts, then the safe one."""
    if kept.taken is not None and now_s < kept.taken.until_s:
        return kept.taken.current_a
    return load.failsafe_a if kept.taken is not None or kept.ground is not None else None


def _offer_a(load: Load, state: LoadState, kept: Kept, shows: Offered, now_s: float) -> float | None:
    """The current on offer: what the charger says while a session is on, else what it took."""
    force_a, draw_a = in_force_a(load, kept, now_s), drawn_a(state)
    if state.status in (Status.FULL, Status.FAULT):
        return None
    if not runs(state):
        return force_a
    if force_a == 0 and draw_a <= DRAWS_A and state.status is not Status.CHARGING:
        return 0.0
    if shows.current_a is not None and not kept.verified.mute:
        return shows.current_a
    if force_a is not None:
        return force_a
    # Nobody has told it anything yet: it offers what its car draws, at least.
    return math.ceil(draw_a * 10) / 10 if draw_a > DRAWS_A else None


def _reached(kept: Kept, state: LoadState, now_s: float) -> Kept:
    """Whether it can be reached. Who comes back may have restarted: it is asked, told and made safe anew."""
    if not state.available:
        return kept if kept.away_s is not None else replace(kept, away_s=now_s)
    if kept.away_s is None:
        return kept
    asked = replace(Asked(), unit=kept.asked.unit, most_stack=kept.asked.most_stack)
    return replace(kept, away_s=None, told=None, ground=None, busy_s=None, starts=0, asked=asked)


def _far(load: Load, kept: Kept, view: View) -> str:
    if entity(load, "status", view) is None:
        name, connector = charger_of(load), connector_of(load)
        return f"nothing is known of connector {connector} of charge point '{name}'; check its id, or name its entities"
    falls = f"goes down to {load.failsafe_a:g} A" if load.failsafe_a > 0 else "pauses"
    return f"it cannot be reached; by itself it {falls} when its last limit has ended"


def _remark(kind: str, kept: Kept) -> str:
    if kind == "endless":
        return "this charger is not safe if Home Assistant dies: it takes no limit that ends by itself"
    return "its limits ended early, so they count from when they arrive now" if kept.verified.ends else ""


OCPP = Driver(watched, read, no_calls, Tending(look, tend))
