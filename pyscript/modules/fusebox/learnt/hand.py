"""The user's own hand: a current or a switch that was changed at the device, and by nobody here, is respected."""

from __future__ import annotations

from ..decision import AMP_DUST
from ..memory import LoadMemory
from ..records import changed, copied
from ..site import Load
from ..snapshot import LoadState
from .answers import same

QUIET_S = 5.0
"""A change so soon after a command may still be its echo."""

ECHO_S = 90.0
OFF_ECHO_S = 180.0
"""What was sent within this time and shows up again is a late echo. Off lasts longer: it costs a session."""

TRIES = 3
"""After so many repetitions nobody waits for an answer any more."""


def watched_hand(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> LoadMemory:
    """The memory that knows what a user has set at the device, until the session is over or it is changed again.

    Only a device that has shown our last command and then something else was touched.
    """
    if not state.available:
        return copied(past, seen_a=None, seen_on=None)
    told = tuple(each for each in past.told if now_s - each[0] < OFF_ECHO_S)
    hand_a, hand_off = past.hand_a, past.hand_off
    # A device that has not answered for several commands does not answer this one either: then it was its user.
    pending = (past.sent_a is not None or past.sent_on is not None) and past.ask.again < TRIES
    if past.setpoint_a > 0 and not pending and now_s - past.sent_s >= QUIET_S:
        if _changed(past.seen_a, state.offer_a) and not any(
            same(state.offer_a, a) for s, a, _ in told if now_s - s < ECHO_S
        ):
            hand_a = state.offer_a
        if load.can.by_signal:
            pass  # its relays are watched by its own memory
        elif past.seen_on is True and state.on is False and not any(on is False for _, _, on in told):
            hand_off = True
    if state.on or not (state.takes_part or load.on_off):
        hand_off = False
    if not state.takes_part or (hand_a is not None and hand_a + AMP_DUST >= load.max_a):
        hand_a = None
    past = _switched_on(load, state, past, told, pending, now_s)
    now = (state.offer_a, state.on, hand_a, hand_off, told)
    if now == (past.seen_a, past.seen_on, past.hand_a, past.hand_off, past.told):
        return past
    return copied(past, seen_a=state.offer_a, seen_on=state.on, hand_a=hand_a, hand_off=hand_off, told=told)


def _switched_on(
    load: Load,
    state: LoadState,
    past: LoadMemory,
    told: tuple[tuple[float, float | None, bool | None], ...],
    pending: bool,
    now_s: float,
) -> LoadMemory:
    """The memory of a switched load that its user has switched on: it runs, and that was a start."""
    by_hand = past.switched.hand_on and state.on is not False
    rested = past.setpoint_a <= 0 and not pending and now_s - past.sent_s >= QUIET_S
    if (
        load.on_off
        and not load.can.by_signal
        and rested
        and past.seen_on is False
        and state.on
        and not any(on for _, _, on in told)
    ):
        by_hand = True
        starts_s = (*past.starts_s, now_s)
        past = copied(past, setpoint_a=load.max_a, switched_s=now_s, changed_s=now_s, before_a=0.0, starts_s=starts_s)
    return changed(past, switched=changed(past.switched, hand_on=by_hand))


def _changed(before_a: float | None, now_a: float | None) -> bool:
    return before_a is not None and now_a is not None and not same(before_a, now_a)
