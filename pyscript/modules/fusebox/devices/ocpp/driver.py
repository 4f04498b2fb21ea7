"""`ocpp`: a charge point behind Home Assistant's OCPP integration, told by charging profiles that end by themselves."""

from __future__ import annotations

import math
from dataclasses import replace

from ...model.electrics import PerPhase
from ...model.readings import View
from ...model.site import Load
from ...model.snapshot import LoadState, Status, min_current_a
from ..chargers.status_words import WITHOUT_CAR, status_of
from ..driver import Answer, DeviceSession, Driver, no_calls, switch_state
from .act import QUIET, START_AGAIN_S, START_TIMES, tend
from .answers import heard
from .compliance import DRAWS_A, NEAR_A, Offered, drawn_a, runs, verified
from .draw import Measured, measured, offered
from .entities import charger_of, connector_of, entity, watched
from .memory import NEVER_S, Asked, Kept, Limit
from .profiles import Way
from .recovery import is_given_up, restarts, watched_session
from .strategy import phases_are_open, phases_in_use, quirks_seen, unit_is_open, watched_phases, way_of
from .vendors import GENERIC, NONE, VENDORS, quirks_of

NOTHING = Measured(PerPhase(0.0, 0.0, 0.0))
"""What flows where no car is."""

RUNNING = frozenset({Status.CHARGING, Status.SUSPENDED_CAR, Status.PAUSED})
"""A session is on."""


def read(load: Load, view: View, voltage_v: float) -> LoadState:
    """What its entities say. It has no switch for pausing: to end a session is more, it is paused with 0 A."""
    status, whole = entity(load, "status", view), entity(load, "charger_status", view)
    word = None if status is None else view.word(status)
    seen = status_of(word)
    if word is None and whole is not None and status_of(view.word(whole)) is Status.FAULT:
        seen = Status.FAULT
    # What was measured last may outlive the car by a quarter of an hour.
    drawn = NOTHING if seen is Status.UNPLUGGED else measured(load, view, voltage_v)
    switch, most = entity(load, "switch", view), entity(load, "current", view)
    on = None if switch is None else switch_state(view, switch)
    return LoadState(
        draw_a=drawn.draw_a,
        single_a=drawn.single_a,
        is_power=drawn.is_power,
        lines=drawn.lines,
        draw_age_s=drawn.age_s,
        # The switch follows the status, and lags behind a status that was restored.
        on=on if seen is Status.UNKNOWN else seen in RUNNING,
        status=seen,
        can_use_power=seen not in WITHOUT_CAR,
        available=status is not None and str(view.raw(status)).strip() != "unavailable",
        device_max_a=None if most is None else view.number(most),
    )


def look(
    load: Load, view: View, state: LoadState, past: Kept | None, answers: tuple[Answer, ...], voltage_v: float
) -> tuple[LoadState, Kept]:
    """The state with the current that is on offer, and the memory with what is seen and was answered."""
    now_s = view.now_s
    kept = _reached(heard(past or Kept(), answers), state, now_s)
    if not state.available:
        far = replace(state, on=None, offer_a=in_force_a(load, kept, now_s), remark=_far(load, view))
        return far, replace(kept, on=None)
    ended = kept.on is True and state.on is False
    kept = replace(
        kept,
        on=state.on,
        starts=0 if state.status is Status.UNPLUGGED else kept.starts,
        phases=watched_phases(state, kept, now_s),
        ladder=watched_session(state, kept, now_s),
    )
    was_reset = ended and restarts(kept, now_s)
    if was_reset:
        state = replace(state, on=None)
    quirks = quirks_seen(load, view)
    shows = Offered(*offered(load, view, voltage_v, phases_in_use(load, kept)))
    if not quirks.tells_offer:
        shows = Offered(None, shows.reported_s)
    way = way_of(load, kept, quirks)
    ends = kept.verified.ends
    kept = replace(kept, verified=verified(load, state, kept, shows, way, unit_is_open(load, kept, quirks), now_s))
    source, offer_a = _offer(load, state, kept, shows, now_s)
    if was_reset or kept.verified.ends != ends or (kept.source and source != kept.source):
        # What is known otherwise now, or has just ended early, is nobody's hand.
        offer_a = None
    kept = replace(kept, source=source)
    remark = _remark(load, way_of(load, kept, quirks), kept)
    tops_a = [a for a in (state.device_max_a, kept.verified.top_a) if a is not None]
    if phases_are_open(load, state, kept, way_of(load, kept, quirks), now_s):
        tops_a.append(min_current_a(load, state))
        remark = remark or "kept at its minimum until the meter has told how many phases its car uses"
    state = replace(state, offer_a=offer_a, device_max_a=min(tops_a, default=None), remark=remark)
    return replace(state, trouble=_trouble(load, view, state, kept, shows)), kept


def reset(load: Load, view: View, state: LoadState, past: Kept | None) -> Kept:
    """The memory of a charger whose profiles a person wants cleared; one that takes none has its button pressed."""
    kept = past or Kept()
    if not state.available:
        raise ValueError(f"'{load.name}' cannot be reached now; switch it off and on by its own fuse")
    button = entity(load, "reset", view)
    if state.status in QUIET and (button is None or str(view.raw(button)).strip() == "unavailable"):
        raise ValueError(f"'{load.name}' reports {state.status}, and has no reset button that could be pressed")
    return replace(kept, ladder=replace(kept.ladder, asked=True))


def in_force_a(load: Load, kept: Kept, now_s: float) -> float | None:
    """The limit that the charger has by what it took [A]: the last one while it lasts, then the safe one."""
    if kept.taken is not None and now_s < kept.taken.until_s:
        return kept.taken.current_a
    return load.failsafe_a if kept.taken is not None or kept.ground is not None else None


def _offer(load: Load, state: LoadState, kept: Kept, shows: Offered, now_s: float) -> tuple[str, float | None]:
    """The current on offer and where it is known from: what the charger says while a session is on, else what it took.

    Of one that nobody has told anything yet it is what its car draws, at least.
    """
    force_a, draw_a, told = in_force_a(load, kept, now_s), drawn_a(state), kept.told
    lapsed = kept.taken is not None and now_s >= kept.taken.until_s
    if state.status in QUIET:
        return "nothing", 0.0
    if kept.ladder.dozed_s is not None and told is not None:
        return "told", told.current_a
    if not runs(state):
        return "told", force_a
    if force_a == 0 and draw_a <= DRAWS_A and state.status is not Status.CHARGING:
        return "paused", 0.0
    if shows.current_a is not None and not kept.verified.mute and not lapsed:
        return "shown", shows.current_a
    if force_a is not None:
        return "lapsed" if lapsed else "told", force_a
    return "drawn", math.ceil(draw_a * 10) / 10 if draw_a > DRAWS_A else None


def _reached(kept: Kept, state: LoadState, now_s: float) -> Kept:
    """Whether it can be reached. Who comes back may have restarted: it is asked, told and made safe anew."""
    if not state.available:
        return kept if kept.away_s is not None else replace(kept, away_s=now_s)
    if kept.away_s is None:
        return kept
    asked = replace(Asked(), unit=kept.asked.unit, most_stack=kept.asked.most_stack, slots=kept.asked.slots)
    return replace(kept, away_s=None, told=None, ground=None, busy_s=None, starts=0, source="", asked=asked)


def _far(load: Load, view: View) -> str:
    if entity(load, "status", view) is None:
        name, connector = charger_of(load), connector_of(load)
        return f"nothing is known of connector {connector} of charge point '{name}'; check its id, or name its entities"
    falls = f"goes down to {load.failsafe_a:g} A" if load.failsafe_a > 0 else "pauses"
    return f"it cannot be reached; by itself it {falls} when its last limit has ended"


def _remark(load: Load, way: Way, kept: Kept) -> str:
    vendor = load.device.get("vendor")
    if isinstance(vendor, str) and vendor != GENERIC and quirks_of(vendor, None, None) is NONE:
        return f"vendor {vendor!r} is not known; write {', '.join(VENDORS)}, or {GENERIC}"
    if way.kind == "endless":
        return "this charger is not safe if Home Assistant dies: it takes no limit that ends by itself"
    if kept.verified.ends:
        return "its limits ended early, so they count from when they arrive now"
    falls = f"goes down to {load.failsafe_a:g} A" if load.failsafe_a > 0 else "pauses"
    return f"it has room for one profile only, which {falls} by itself when it has ended" if way.alone else ""


def _trouble(load: Load, view: View, state: LoadState, kept: Kept, shows: Offered) -> str:
    """What a person has to do something about."""
    now_s, told = view.now_s, kept.told
    if kept.outdated:
        return (
            "Home Assistant's OCPP integration is too old to be told which charger is meant; "
            "update it to 0.8.0 or newer"
        )
    given_up = is_given_up(kept, entity(load, "reset", view) is not None, now_s)
    if told is not None and (given_up or _goes_on(load, view, state, kept, told, shows)):
        draw_a, shows_a = drawn_a(state), shows.current_a
        does = f"draws {draw_a:.1f} A" if draw_a > DRAWS_A or shows_a is None else f"offers {shows_a:g} A"
        done = {"its profiles were cleared": kept.ladder.clears, "it was reset": kept.ladder.presses}
        tried = " and ".join(words for words, times in done.items() if times)
        also = f", also after {tried}" if tried and given_up else ""
        return f"does not follow: {does}, was told {told.current_a:g} A{also}; {LOOK}"
    if state.status is Status.FULL and kept.ladder.stopped_s > NEVER_S:
        return "its session was ended because it took current when it was paused; plug the car in anew, or reset it"
    if kept.starts >= START_TIMES and now_s - kept.start_s >= START_AGAIN_S:
        return f"does not begin: it was told {kept.starts} times; check that it accepts remote starts"
    return ""


def _goes_on(load: Load, view: View, state: LoadState, kept: Kept, told: Limit, shows: Offered) -> bool:
    """Whether it goes on with more than it was told.

    No answer tells that: who rejects every profile looks like one that takes them. One limit that is not followed is
    enough of a charger that limits have not been seen to lead; its unit may still have to be found out.
    """
    seen = kept.verified
    tries = seen.units == 0 and unit_is_open(load, kept, quirks_seen(load, view))
    more_a = max(drawn_a(state), 0.0 if seen.mute else shows.current_a or 0.0)
    ignored = seen.over and seen.since_s is not None and seen.unfollowed > seen.led
    return ignored and more_a > told.current_a + NEAR_A and not tries


LOOK = "check that its smart charging is on and that nothing else controls it, and restart it by its own fuse"

OCPP = Driver(watched, read, no_calls, DeviceSession(look, tend, reset))
