"""One session of a load: from plug-in to unplug, from on to off; what it took and whose power that was. Pure."""

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
    """What is under way."""

    start_s: float
    """When it began [s since 1970]."""
    start_kwh: Amount = 0.0
    """What the load's counter showed then [kWh]."""
    by_draw: bool = False
    """Whether nothing but its draw tells that there is a session."""
    measured: bool = True
    """Whether all of it was measured."""
    drew_s: float | None = None
    """When it drew last [s since 1970], None before it has."""
    is_drawing: bool = False
    """Whether it did so at the last instant."""
    starts: Count = 0
    """How often it began to draw."""
    pauses: Count = 0
    """How often it was paused."""
    pauses_told: Count = 0
    """How many pauses were remembered of the load at the last instant."""
    worst_phase: str | None = None
    """The phase of the main fuse that carried most meanwhile, None where no meter told."""
    worst_a: Amount = 0.0
    """What that carried [A]."""
    split_kwh: Amount = 0.0
    """That part of its energy of which it is known where it came from [kWh]."""
    solar_kwh: Amount = 0.0
    """What of that came from the sun [kWh]."""
    battery_kwh: Amount = 0.0
    """What of that came from the home battery [kWh]."""
    priced_kwh: Amount = 0.0
    """That part of its energy of which the price was known [kWh]."""
    cost: float = 0.0
    """What that costs."""


class Around(NamedTuple):
    """What an instant shows around a load."""

    now_s: float
    kwh: float
    """What its counter shows [kWh]."""
    is_drawing: bool
    measured: bool
    pauses: int
    """How many pauses are remembered of it."""
    worst: tuple[float, str]
    """The most that a phase of the main fuse has carried since the last instant [A], and which one; "" for none."""
    split_kwh: tuple[float, float, float] | None
    """What it has taken since the last instant: in all, from the sun, from the battery [kWh]; None where that is not
    known."""
    priced: tuple[float, float] = (0.0, 0.0)
    """What of that has a known price [kWh], and what it costs."""


def is_present(load: Load, state: LoadState | None) -> bool | None:
    """Whether a session is under way by what the device tells; None where it tells nothing of that."""
    if state is None or load.can.by_signal:
        return None
    if load.on_off:
        return state.on
    if load.is_switched or state.status in (Status.UNKNOWN, Status.FAULT):
        return None
    return state.status is not Status.UNPLUGGED


def begun(present: bool | None, around: Around) -> Session | None:
    """A new session, where one begins now."""
    if present is False or (present is None and not around.is_drawing):
        return None
    by_draw = present is None
    session = Session(start_s=around.now_s, start_kwh=around.kwh, by_draw=by_draw, pauses_told=around.pauses)
    return gone_on(session, present, around)


def gone_on(past: Session, present: bool | None, around: Around) -> Session:
    """The session after one more instant."""
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
    """Whether it has ended. Who only shows a draw may go on after a pause."""
    if present is None and past.by_draw:
        return past.drew_s is None or now_s - past.drew_s > tuning.SESSION_APART_S
    return present is False


def is_kept(load: Load, kwh: float) -> bool:
    """Whether a finished session is worth a line: every stay of a car is, and whatever has taken something."""
    return not load.is_switched or kwh >= tuning.ENERGY_JITTER_KWH


def figures_of(session: Session, kwh: float) -> dict[str, Any]:
    """What a session has taken, whose power that was and what it costs."""
    return {
        "kwh": round(kwh, 3),
        "solar_pct": _percent(session.solar_kwh, session.split_kwh),
        "battery_pct": _percent(session.battery_kwh, session.split_kwh),
        "cost": _cost(session, kwh),
    }


def line_of(name: str, session: Session, end_s: float, kwh: float) -> dict[str, Any]:
    """A session that is over, as users get it."""
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
    """What all of it costs, None where the price of much of it was not known."""
    if session.priced_kwh <= 0 or session.priced_kwh < (1 - tuning.ALIKE_SHARE) * kwh:
        return None
    return round(session.cost * max(kwh / session.priced_kwh, 1.0), 2)
