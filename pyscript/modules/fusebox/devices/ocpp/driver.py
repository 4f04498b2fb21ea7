"""`ocpp`: a charge point behind Home Assistant's OCPP integration, told by charging profiles that end by themselves."""

from __future__ import annotations

from dataclasses import replace

from ...model.electrics import PerPhase
from ...model.load import Load
from ...model.readings import View
from ...model.snapshot import LoadState, Status, min_current_a
from ..chargers.status_words import WITHOUT_CAR, status_of
from ..driver import Answer, DeviceSession, Driver, no_calls, switch_state, until_unplugged
from .act import act
from .answers import with_answers
from .car import with_pauses
from .compliance import verified
from .draw import Measured, measured, offered
from .entities import entity, watched
from .memory import Configuration, OcppMemory
from .messages import fault, note, unreachable
from .observation import QUIET, Observation, Offered
from .offer import in_force_a, on_offer
from .phases import phases_are_open, phases_in_use, with_phases
from .recovery import was_reset, with_session
from .strategy import form_of, is_unit_open, quirks_seen

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
        far = replace(state, on=None, offer_a=in_force_a(load, memory, now_s), note=unreachable(load, view))
        return far, replace(memory, was_on=None)
    ended = memory.was_on is True and state.on is False
    memory = replace(
        memory,
        was_on=state.on,
        starts=0 if state.status is Status.UNPLUGGED else memory.starts,
        phases=with_phases(state, memory, now_s),
        recovery=with_session(state, memory.recovery),
        car=with_pauses(state, memory, now_s),
    )
    is_restarting = ended and was_reset(memory.recovery, now_s)
    if is_restarting:
        state = replace(state, on=None)
    kinds = memory.compliance.tried.kind_changes
    seen = _seen(load, view, state, memory, voltage_v)
    memory = replace(memory, compliance=verified(seen, memory))
    seen = replace(seen, form=form_of(load, memory, quirks_seen(load, view)))
    source, offer_a = on_offer(seen, memory)
    has_changed = memory.compliance.tried.kind_changes != kinds or source != (memory.offer_source or source)
    if is_restarting or has_changed:
        # What is known otherwise now, or has just ended early, is nobody's doing.
        offer_a = None
    memory = replace(memory, offer_source=source)
    state = _with_most(seen, replace(state, offer_a=offer_a), memory)
    return replace(state, fault=fault(seen, memory, entity(load, "reset", view) is not None)), memory


def _seen(load: Load, view: View, state: LoadState, memory: OcppMemory, voltage_v: float) -> Observation:
    """What this step sees."""
    quirks = quirks_seen(load, view)
    shows = Offered(*offered(load, view, voltage_v, phases_in_use(load, memory)))
    if not quirks.tells_offer:
        shows = Offered(None, shows.reported_s)
    form, unit_is_open = form_of(load, memory, quirks), is_unit_open(load, memory, quirks)
    return Observation(load, state, shows, form, unit_is_open, view.now_s)


def _with_most(seen: Observation, state: LoadState, memory: OcppMemory) -> LoadState:
    """The state with the most that the charger takes, and what is worth knowing of it."""
    words = note(seen.load, seen.form, memory)
    most_a = [a for a in (state.device_max_a, memory.compliance.evidence.own_limit_a) if a is not None]
    if phases_are_open(seen, memory):
        most_a.append(min_current_a(seen.load, state))
        words = words or "kept at its minimum until the meter has told how many phases its car uses"
    return replace(state, device_max_a=min(most_a, default=None), note=words)


def reset(load: Load, view: View, state: LoadState, past: OcppMemory | None) -> OcppMemory:
    """The memory of a charger whose profiles a person wants cleared; one that takes none has its button pressed."""
    memory = past or OcppMemory()
    if not state.available:
        raise ValueError(f"'{load.name}' cannot be reached now; switch it off and on by its own fuse")
    button = entity(load, "reset", view)
    if state.status in QUIET and (button is None or str(view.raw(button)).strip() == "unavailable"):
        raise ValueError(f"'{load.name}' reports {state.status}, and has no reset button that could be pressed")
    return replace(memory, recovery=replace(memory.recovery, reset_requested=True))


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
        offer_source=None,
        configuration=configuration,
    )


OCPP = Driver(watched, read, no_calls, DeviceSession(observe, act, reset), until_unplugged)
