"""One session of a load, from plug-in to unplug or from on to off: its energy and where that came from. Pure."""

from __future__ import annotations

from typing import Any, NamedTuple

from ... import tuning
from ...model.load import Load
from ...model.local_day import iso_text
from ...model.numbers import Amount, Count
from ...model.records import fast_replace, record
from ...model.snapshot import LoadState, Status


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
    pauses_told: Count = 0
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


class Around(NamedTuple):
    """One observation of a load and its surroundings."""

    now_s: float
    kwh: float
    """Its energy counter [kWh]."""
    is_drawing: bool
    measured: bool
    pauses: int
    """Its remembered number of pauses."""
    worst: tuple[float, str]
    """The highest current of a phase of the main fuse since the last observation [A] and that phase, "" for none."""
    split_kwh: tuple[float, float, float] | None
    """The energy since the last observation: in total, from the sun, from the battery [kWh]; None if unknown."""
    priced: tuple[float, float] = (0.0, 0.0)
    """The energy since the last observation with a known price [kWh], and its cost."""


def is_present(load: Load, state: LoadState | None) -> bool | None:
    """Return whether a session is under way by the device's status; None where the status does not show that."""
    if state is None or load.can.by_signal:
        return None
    if load.on_off:
        return state.on
    if load.is_switched or state.status in (Status.UNKNOWN, Status.FAULT):
        return None
    return state.status is not Status.UNPLUGGED


def new_session(present: bool | None, around: Around) -> Session | None:
    """Return a new session if one begins now, else None."""
    if present is False or (present is None and not around.is_drawing):
        return None
    by_draw = present is None
    session = Session(start_s=around.now_s, start_kwh=around.kwh, by_draw=by_draw, pauses_told=around.pauses)
    return gone_on(session, present, around)


def gone_on(past: Session, present: bool | None, around: Around) -> Session:
    """Return the session after one more observation."""
    worst_a, phase = around.worst
    is_worse = phase != "" and worst_a > past.worst_a
    taken_kwh, solar_kwh, battery_kwh = (0.0, 0.0, 0.0) if around.split_kwh is None else around.split_kwh
    return fast_replace(
        past,
        by_draw=past.by_draw and present is None,
        measured=past.measured and (around.measured or not around.is_drawing),
        drew_s=around.now_s if around.is_drawing or past.is_drawing else past.drew_s,
        is_drawing=around.is_drawing,
        starts=past.starts + (around.is_drawing and not past.is_drawing),
        pauses=past.pauses + max(around.pauses - past.pauses_told, 0),
        pauses_told=around.pauses,
        worst_phase=phase if is_worse else past.worst_phase,
        worst_a=worst_a if is_worse else past.worst_a,
        priced_kwh=past.priced_kwh + around.priced[0],
        cost=past.cost + around.priced[1],
        split_kwh=past.split_kwh + taken_kwh,
        solar_kwh=past.solar_kwh + solar_kwh,
        battery_kwh=past.battery_kwh + battery_kwh,
    )


def is_over(past: Session, present: bool | None, now_s: float) -> bool:
    """Return whether a session has ended. One known from its draw alone may continue after a pause."""
    if present is None and past.by_draw:
        return past.drew_s is None or now_s - past.drew_s > tuning.SESSION_APART_S
    return present is False


def is_kept(load: Load, kwh: float) -> bool:
    """Return whether a finished session is stored: every stay of a car, and any other that took energy."""
    return not load.is_switched or kwh >= tuning.ENERGY_JITTER_KWH


def figures_of(session: Session, kwh: float) -> dict[str, Any]:
    """Return the energy, its origin and its cost of a session, as published."""
    return {
        "kwh": round(kwh, 3),
        "solar_pct": _percent(session.solar_kwh, session.split_kwh),
        "battery_pct": _percent(session.battery_kwh, session.split_kwh),
        "cost": _cost(session, kwh),
    }


def line_of(name: str, session: Session, end_s: float, kwh: float) -> dict[str, Any]:
    """Return a finished session in the form that users get."""
    return {
        "load": name,
        "start": iso_text(session.start_s),
        "end": iso_text(end_s),
        **figures_of(session, kwh),
        "starts": session.starts,
        "pauses": session.pauses,
        "worst_phase": session.worst_phase,
        "worst_a": None if session.worst_phase is None else round(session.worst_a, 1),
        "measured": session.measured,
    }


def _percent(part_kwh: float, whole_kwh: float) -> int | None:
    return round(100 * part_kwh / whole_kwh) if whole_kwh > 0 else None


def _cost(session: Session, kwh: float) -> float | None:
    """Return the cost of all energy, None where the price of much of it was unknown."""
    if session.priced_kwh <= 0 or session.priced_kwh < (1 - tuning.ALIKE_SHARE) * kwh:
        return None
    return round(session.cost * max(kwh / session.priced_kwh, 1.0), 2)
