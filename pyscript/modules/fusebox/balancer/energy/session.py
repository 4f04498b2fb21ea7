"""One session of a load, from plug-in to unplug or from on to off: its energy and where that came from. Pure."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from ... import tuning
from ...model.durations import HOUR_S
from ...model.load import Load
from ...model.local_day import iso_text
from ...model.numbers import Amount, Count
from ...model.records import fast_replace, record
from ...model.snapshot import LoadState, Status
from ...planning.need import MOST_SLOTS
from ...planning.prices import quarter_start_s
from .counter import EnergyCounter, EnergySource, LoadObservation


@record
class Session:
    """A session under way."""

    start_s: float
    """When it began [s since 1970]."""
    start_kwh: Amount = 0.0
    """The load's energy counter at that time [kWh]."""
    by_draw: bool = False
    """Whether the session is only known from the load's draw."""
    measured: bool = True
    """Whether all of its energy was measured."""
    drew_s: float | None = None
    """When it last drew [s since 1970], None before it has."""
    is_drawing: bool = False
    """Whether it drew at the last observation."""
    starts: Count = 0
    """How often it started to draw."""
    pauses: Count = 0
    """How often it was paused."""
    last_pause_count: Count = 0
    """The load's count of pauses at the last observation."""
    worst_phase: str | None = None
    """The phase of the main fuse with the highest current meanwhile, None without a meter."""
    worst_a: Amount = 0.0
    """That current [A]."""
    split_kwh: Amount = 0.0
    """The part of its energy whose origin is known [kWh]."""
    solar_kwh: Amount = 0.0
    """The part of that from the sun [kWh]."""
    battery_kwh: Amount = 0.0
    """The part of that from the home battery [kWh]."""
    priced_kwh: Amount = 0.0
    """The part of its energy whose price was known [kWh]."""
    cost: float = 0.0
    """The cost of that part."""
    vehicle: str | None = None
    """The car that was recognised, or `guest`; None without any."""
    group: str | None = None
    """The group that its load belonged to at its beginning, None for none."""
    top_w: Amount = 0.0
    """The highest power at an observation [W]."""
    prices: QuarterPrices = ()
    """The prices from its beginning on."""


class Observation(NamedTuple):
    """One observation of a load and its surroundings."""

    load: Load
    draw: LoadObservation
    counter: EnergyCounter
    """Its energy counter with this observation."""
    taken_kwh: float
    """The energy since the last observation [kWh]."""
    pauses: int
    """Its remembered number of pauses."""
    worst: tuple[float, str]
    """The highest current of a phase of the main fuse since the last observation [A] and that phase, "" for none."""
    split_kwh: tuple[float, float, float] | None
    """The energy since the last observation: in total, from the sun, from the battery [kWh]; None if unknown."""
    price: float | None
    """The present price of a kWh for it, None where unknown."""

    @property
    def is_drawing(self) -> bool:
        """Whether the load draws more than `ENERGY_DRAWS_W`."""
        return self.draw.power_w > tuning.ENERGY_DRAWS_W


def is_session_under_way(load: Load, state: LoadState) -> bool | None:
    """Return whether a session is under way by the device's status; None where the status does not show that.

    A plug or tank while it is on, a charger with a car. None for a heat pump, in a fault and while unknown.
    """
    if load.can.takes_sg_state:
        return None
    if load.on_off:
        return state.on
    if load.is_switched or state.status in (Status.UNKNOWN, Status.FAULT):
        return None
    return state.status is not Status.UNPLUGGED


def begin_session(present: bool | None, observation: Observation) -> Session | None:
    """Return a new session if one begins now, else None.

    It begins by the device's status `present`, or where that is None with a draw.
    """
    if present is False or (present is None and not observation.is_drawing):
        return None
    session = Session(
        start_s=observation.draw.now_s,
        start_kwh=observation.counter.kwh,
        by_draw=present is None,
        last_pause_count=observation.pauses,
        group=observation.load.group,
    )
    return continue_session(session, present, observation)


def continue_session(past: Session, present: bool | None, observation: Observation) -> Session:
    """Return the session after one more observation: its energy by source, cost, pauses, starts and highest values.

    It counts as measured only while every observation of a draw was. `present`: whether the device reports a
    car, None without a report. A session that began by a draw no longer counts as such from the first report on.
    Without a present price, the session's last one counts (`last_price`).
    """
    draw, taken_kwh = observation.draw, observation.taken_kwh
    is_measured = draw.measured or observation.counter.source is EnergySource.COUNTER
    price = last_price(past, draw.now_s) if observation.price is None else observation.price
    worst_a, phase = observation.worst
    is_worse = phase != "" and worst_a > past.worst_a
    split_kwh, solar_kwh, battery_kwh = observation.split_kwh or (0.0, 0.0, 0.0)
    return fast_replace(
        past,
        by_draw=past.by_draw and present is None,
        measured=past.measured and (is_measured or not observation.is_drawing),
        drew_s=draw.now_s if observation.is_drawing or past.is_drawing else past.drew_s,
        is_drawing=observation.is_drawing,
        starts=past.starts + (observation.is_drawing and not past.is_drawing),
        pauses=past.pauses + max(observation.pauses - past.last_pause_count, 0),
        last_pause_count=observation.pauses,
        worst_phase=phase if is_worse else past.worst_phase,
        worst_a=worst_a if is_worse else past.worst_a,
        priced_kwh=past.priced_kwh + (0.0 if price is None else taken_kwh),
        cost=past.cost + taken_kwh * (price or 0.0),
        split_kwh=past.split_kwh + split_kwh,
        solar_kwh=past.solar_kwh + solar_kwh,
        battery_kwh=past.battery_kwh + battery_kwh,
        vehicle=observation.load.vehicle.name or past.vehicle,
        top_w=max(past.top_w, draw.power_w),
        prices=with_price(past.prices, draw.now_s, observation.price),
    )


def has_ended(past: Session, present: bool | None, now_s: float) -> bool:
    """Return whether a session has ended: by the device's status (`present` False).

    While that is unknown (None), a session known from its draw alone ends `SESSION_APART_S` after its last draw, and
    any other goes on.
    """
    if present is None and past.by_draw:
        return past.drew_s is None or now_s - past.drew_s > tuning.SESSION_APART_S
    return present is False


def session_figures(session: Session, kwh: float) -> dict[str, Any]:
    """Return a session's energy [kWh], shares from sun and battery [%, None if unknown] and cost, as published."""
    return {
        "kwh": round(kwh, 3),
        "solar_pct": _percent(session.solar_kwh, session.split_kwh),
        "battery_pct": _percent(session.battery_kwh, session.split_kwh),
        "cost": _cost(session, kwh),
    }


def session_line(name: str, session: Session, end_s: float, kwh: float) -> dict[str, Any]:
    """Return a finished session in the form that users get."""
    return {
        "load": name,
        "vehicle": session.vehicle,
        "start": iso_text(session.start_s),
        "end": iso_text(end_s),
        **session_figures(session, kwh),
        "saved": _saved(session, kwh),
        "starts": session.starts,
        "pauses": session.pauses,
        "worst_phase": session.worst_phase,
        "worst_a": None if session.worst_phase is None else round(session.worst_a, 1),
        "measured": session.measured,
        "group": session.group,
    }


def _percent(part_kwh: float, whole_kwh: float) -> int | None:
    """Return a part in per cent of the whole, None where there is no whole."""
    return round(100 * part_kwh / whole_kwh) if whole_kwh > 0 else None


def _cost(session: Session, kwh: float) -> float | None:
    """Return the cost of all energy, None where the price of more than `ALIKE_SHARE` of it was unknown.

    Energy without a price costs the mean of the rest.
    """
    if session.priced_kwh <= 0 or session.priced_kwh < (1 - tuning.ALIKE_SHARE) * kwh:
        return None
    return cents(session.cost * max(kwh / session.priced_kwh, 1.0))


def cents(cost: float) -> float:
    """Return a cost in hundredths, never -0.0."""
    return round(cost, 2) + 0.0


def _saved(session: Session, kwh: float) -> float | None:
    """Return how much less it has cost than at once, below 0 for more; None where either is unknown."""
    cost, at_once = _cost(session, kwh), at_once_cost(session.prices, session.start_s, kwh, session.top_w)
    return None if cost is None or at_once is None else cents(at_once - cost)


QuarterPrices = tuple[tuple[float, float], ...]
"""Quarter hours with a known price: their start [s since 1970], and the price of a kWh then."""


def with_price(past: QuarterPrices, now_s: float, price: float | None) -> QuarterPrices:
    """Return the prices with `price` for the present quarter hour, unless that has one already or `price` is None.

    At most `MOST_SLOTS` are stored (two days); later ones are left out.
    """
    start_s = float(quarter_start_s(now_s))
    if price is None or len(past) >= MOST_SLOTS or (past and past[-1][0] >= start_s):
        return past
    return (*past, (start_s, price))


def last_price(past: Session, now_s: float) -> float | None:
    """Return the last known price of a session while the present one is unknown, as at a restart.

    None without one, and once its quarter hour began more than an hour ago.
    """
    return past.prices[-1][1] if past.prices and now_s - past.prices[-1][0] <= HOUR_S else None


def at_once_cost(prices: QuarterPrices, start_s: float, kwh: float, top_w: float) -> float | None:
    """Return the cost of an energy taken at this power from `start_s` on [s since 1970].

    None where the first price is not known, or the load never drew. A quarter hour without a price has the last one.
    """
    if not prices or top_w <= 0 or prices[0][0] > start_s:
        return None
    cost, left_kwh, at_s = 0.0, kwh, start_s
    ends_s = [next_s for next_s, _ in prices[1:]] + [math.inf]
    for (_, price), end_s in zip(prices, ends_s, strict=True):
        taken_kwh = min(left_kwh, top_w / 1000 * (end_s - at_s) / HOUR_S)
        cost, left_kwh, at_s = cost + taken_kwh * price, left_kwh - taken_kwh, end_s
    return cost
