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
from .act import QUIET, START_AGAIN_S, START_TIMES, act
from .answers import with_answers
from .compliance import DRAWS_A, NEAR_A, Offered, drawn_a, runs, verified
from .draw import Measured, measured, offered
from .entities import charger_of, connector_of, entity, watched
from .memory import NEVER_S, Configuration, Limit, OcppMemory
from .profiles import ProfileForm
from .recovery import is_given_up, restarts, watched_session
from .strategy import form_of, phases_are_open, phases_in_use, quirks_seen, unit_is_open, watched_phases
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


def observe(
    load: Load,
    view: View,
    state: LoadState,
    past: OcppMemory | None,
    answers: tuple[Answer, ...],
    voltage_v: float,
) -> tuple[LoadState, OcppMemory]:
    """The state with the current that is on offer, and the memory with what is seen and was answered."""
    now_s = view.now_s
    memory = _reached(with_answers(past or OcppMemory(), answers), state, now_s)
    if not state.available:
        far = replace(state, on=None, offer_a=in_force_a(load, memory, now_s), remark=_far(load, view))
        return far, replace(memory, was_on=None)
    ended = memory.was_on is True and state.on is False
    memory = replace(
        memory,
        was_on=state.on,
        starts=0 if state.status is Status.UNPLUGGED else memory.starts,
        phases=watched_phases(state, memory, now_s),
        recovery=watched_session(state, memory, now_s),
    )
    was_reset = ended and restarts(memory, now_s)
    if was_reset:
        state = replace(state, on=None)
    quirks = quirks_seen(load, view)
    shows = Offered(*offered(load, view, voltage_v, phases_in_use(load, memory)))
    if not quirks.tells_offer:
        shows = Offered(None, shows.reported_s)
    form = form_of(load, memory, quirks)
    ends = memory.compliance.ends
    memory = replace(
        memory, compliance=verified(load, state, memory, shows, form, unit_is_open(load, memory, quirks), now_s)
    )
    source, offer_a = _offer(load, state, memory, shows, now_s)
    if was_reset or memory.compliance.ends != ends or (memory.offer_source and source != memory.offer_source):
        # What is known otherwise now, or has just ended early, is nobody's hand.
        offer_a = None
    memory = replace(memory, offer_source=source)
    remark = _remark(load, form_of(load, memory, quirks), memory)
    tops_a = [a for a in (state.device_max_a, memory.compliance.top_a) if a is not None]
    if phases_are_open(load, state, memory, form_of(load, memory, quirks), now_s):
        tops_a.append(min_current_a(load, state))
        remark = remark or "kept at its minimum until the meter has told how many phases its car uses"
    state = replace(state, offer_a=offer_a, device_max_a=min(tops_a, default=None), remark=remark)
    return replace(state, trouble=_trouble(load, view, state, memory, shows)), memory


def reset(load: Load, view: View, state: LoadState, past: OcppMemory | None) -> OcppMemory:
    """The memory of a charger whose profiles a person wants cleared; one that takes none has its button pressed."""
    memory = past or OcppMemory()
    if not state.available:
        raise ValueError(f"'{load.name}' cannot be reached now; switch it off and on by its own fuse")
    button = entity(load, "reset", view)
    if state.status in QUIET and (button is None or str(view.raw(button)).strip() == "unavailable"):
        raise ValueError(f"'{load.name}' reports {state.status}, and has no reset button that could be pressed")
    return replace(memory, recovery=replace(memory.recovery, asked=True))


def in_force_a(load: Load, memory: OcppMemory, now_s: float) -> float | None:
    """The limit that the charger has by what it took [A]: the last one while it lasts, then the safe one."""
    if memory.acknowledged is not None and now_s < memory.acknowledged.until_s:
        return memory.acknowledged.current_a
    return load.failsafe_a if memory.acknowledged is not None or memory.safe_form is not None else None


def _offer(load: Load, state: LoadState, memory: OcppMemory, shows: Offered, now_s: float) -> tuple[str, float | None]:
    """The current on offer and where it is known from: what the charger says while a session is on, else what it took.

    Of one that nobody has told anything yet it is what its car draws, at least.
    """
    force_a, draw_a, commanded = in_force_a(load, memory, now_s), drawn_a(state), memory.commanded
    lapsed = memory.acknowledged is not None and now_s >= memory.acknowledged.until_s
    if state.status in QUIET:
        return "nothing", 0.0
    if memory.recovery.dozed_s is not None and commanded is not None:
        return "told", commanded.current_a
    if not runs(state):
        return "told", force_a
    if force_a == 0 and draw_a <= DRAWS_A and state.status is not Status.CHARGING:
        return "paused", 0.0
    if shows.current_a is not None and not memory.compliance.mute and not lapsed:
        return "shown", shows.current_a
    if force_a is not None:
        return "lapsed" if lapsed else "told", force_a
    return "drawn", math.ceil(draw_a * 10) / 10 if draw_a > DRAWS_A else None


def _reached(memory: OcppMemory, state: LoadState, now_s: float) -> OcppMemory:
    """Whether it can be reached. Who comes back may have restarted: it is asked, told and made safe anew."""
    if not state.available:
        return memory if memory.unreachable_s is not None else replace(memory, unreachable_s=now_s)
    if memory.unreachable_s is None:
        return memory
    configuration = replace(
        Configuration(),
        unit=memory.configuration.unit,
        most_stack=memory.configuration.most_stack,
        slots=memory.configuration.slots,
    )
    return replace(
        memory,
        unreachable_s=None,
        commanded=None,
        safe_form=None,
        unanswered_s=None,
        starts=0,
        offer_source="",
        configuration=configuration,
    )


def _far(load: Load, view: View) -> str:
    if entity(load, "status", view) is None:
        name, connector = charger_of(load), connector_of(load)
        return f"nothing is known of connector {connector} of charge point '{name}'; check its id, or name its entities"
    falls = f"goes down to {load.failsafe_a:g} A" if load.failsafe_a > 0 else "pauses"
    return f"it cannot be reached; by itself it {falls} when its last limit has ended"


def _remark(load: Load, form: ProfileForm, memory: OcppMemory) -> str:
    vendor = load.device.get("vendor")
    if isinstance(vendor, str) and vendor != GENERIC and quirks_of(vendor, None, None) is NONE:
        return f"vendor {vendor!r} is not known; write {', '.join(VENDORS)}, or {GENERIC}"
    if form.kind == "endless":
        return "this charger is not safe if Home Assistant dies: it takes no limit that ends by itself"
    if memory.compliance.ends:
        return "its limits ended early, so they count from when they arrive now"
    falls = f"goes down to {load.failsafe_a:g} A" if load.failsafe_a > 0 else "pauses"
    return f"it has room for one profile only, which {falls} by itself when it has ended" if form.alone else ""


def _trouble(load: Load, view: View, state: LoadState, memory: OcppMemory, shows: Offered) -> str:
    """What a person has to do something about."""
    now_s, commanded = view.now_s, memory.commanded
    if memory.is_outdated:
        return (
            "Home Assistant's OCPP integration is too old to be told which charger is meant; "
            "update it to 0.8.0 or newer"
        )
    given_up = is_given_up(memory, entity(load, "reset", view) is not None, now_s)
    if commanded is not None and (given_up or _goes_on(load, view, state, memory, commanded, shows)):
        draw_a, shows_a = drawn_a(state), shows.current_a
        does = f"draws {draw_a:.1f} A" if draw_a > DRAWS_A or shows_a is None else f"offers {shows_a:g} A"
        done = {"its profiles were cleared": memory.recovery.clears, "it was reset": memory.recovery.presses}
        tried = " and ".join(words for words, times in done.items() if times)
        also = f", also after {tried}" if tried and given_up else ""
        return f"does not follow: {does}, was told {commanded.current_a:g} A{also}; {LOOK}"
    if state.status is Status.FULL and memory.recovery.stopped_s > NEVER_S:
        return "its session was ended because it took current when it was paused; plug the car in anew, or reset it"
    if memory.starts >= START_TIMES and now_s - memory.started_s >= START_AGAIN_S:
        return f"does not begin: it was told {memory.starts} times; check that it accepts remote starts"
    return ""


def _goes_on(load: Load, view: View, state: LoadState, memory: OcppMemory, commanded: Limit, shows: Offered) -> bool:
    """Whether it goes on with more than it was told.

    No answer tells that: who rejects every profile looks like one that takes them. One limit that is not followed is
    enough of a charger that limits have not been seen to lead; its unit may still have to be found out.
    """
    seen = memory.compliance
    tries = seen.units == 0 and unit_is_open(load, memory, quirks_seen(load, view))
    more_a = max(drawn_a(state), 0.0 if seen.mute else shows.current_a or 0.0)
    ignored = seen.over and seen.since_s is not None and seen.unfollowed > seen.led
    return ignored and more_a > commanded.current_a + NEAR_A and not tries


LOOK = "check that its smart charging is on and that nothing else controls it, and restart it by its own fuse"

OCPP = Driver(watched, read, no_calls, DeviceSession(observe, act, reset))
