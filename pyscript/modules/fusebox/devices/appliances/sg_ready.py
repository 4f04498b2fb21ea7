"""Driver of `sg_ready`: two relays.

Every change goes through both open; relays open before others close, a second apart.

No state is changed into another by a single relay: if that relay were late, a heat pump that should run would be
blocked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ... import tuning
from ...model.appliance_memory import BLOCK, FORCE, NORMAL, RECOMMEND
from ...model.durations import NO_ATTEMPTS, Attempts, since
from ...model.load import Load
from ...model.messages.message import message
from ...model.readings import View
from ...model.snapshot import LoadState
from ..driver import (
    Aim,
    Answer,
    Calls,
    Contact,
    DeviceSession,
    Driver,
    appliance_state,
    entity_of,
    switch_call,
    switch_state,
    watching,
)

RelayPair = tuple[bool, bool]

RELAYS: Mapping[str, RelayPair] = {
    BLOCK: (True, False),
    NORMAL: (False, False),
    RECOMMEND: (False, True),
    FORCE: (True, True),
}
"""State -> relay 1 and relay 2 closed."""

OPEN: RelayPair = (False, False)
STATES = {pair: state for state, pair in RELAYS.items()}


@dataclass(frozen=True, slots=True)
class Wiring:
    """Memory of the two relays; times are in seconds since 1970.

    `sent`: the pair of states last sent; `closing`: attempts to close a relay while both are open. `doubt`: relay 2 did
    not close together with relay 1, so it is closed first: relay 1 alone means blocked. `open_s`: since when both have
    been seen open; `since_s`: since when they have not shown the target; `unresponsive`: sentence that names the relays
    that do not answer.
    """

    sent: Attempts[RelayPair] = NO_ATTEMPTS
    closing: Attempts[bool] = NO_ATTEMPTS
    doubt: bool = False
    open_s: float | None = None
    since_s: float | None = None
    unresponsive: str = ""


def _relay_states(load: Load, view: View) -> tuple[bool | None, bool | None]:
    """Return whether relay 1 and relay 2 are closed; None for one that is unknown."""
    one, two = (entity_of(load, key) or "" for key in ("relay_1", "relay_2"))
    return switch_state(view, one), switch_state(view, two)


def read_state(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return a heat pump's state: unavailable if a relay cannot be read; without a power sensor its draw is unknown."""
    one, two = _relay_states(load, view)
    state = None if one is None or two is None else STATES[one, two]
    on = None if state is None else state != BLOCK
    return appliance_state(load, view, voltage_v, on, sg=state)


def observe_relays(contact: Contact, wiring: Wiring, answers: tuple[Answer, ...]) -> tuple[LoadState, Wiring]:
    """Return the state and the memory, updated by since when both relays are open.

    Relays that were found not to follow their commands become the state's fault.
    """
    state, shown = contact.state, _relay_states(contact.load, contact.view)
    wiring = replace(wiring, open_s=since(wiring.open_s, shown == OPEN, contact.view.now_s))
    return (replace(state, fault=wiring.unresponsive) if wiring.unresponsive else state), wiring


def next_relay_calls(contact: Contact, wiring: Wiring, aim: Aim) -> tuple[Calls, Wiring]:
    """Return the next calls from what the relays show towards the commanded state, and the updated memory.

    No calls where no state is commanded, it is displayed, or the wait for the last step goes on. The way may lead over
    both relays open; a step is repeated after `RETRY_S`.
    """
    load, shown, pump = contact.load, _relay_states(contact.load, contact.view), aim.switched.pump
    commanded = None if pump is None else pump.commanded
    if commanded is None:
        return (), wiring
    target, now_s = RELAYS[commanded], contact.view.now_s
    if shown == target:
        sent, closing = wiring.sent.after_confirmation(), wiring.closing.after_confirmation()
        return (), replace(wiring, sent=sent, closing=closing, doubt=False, since_s=None, unresponsive="")
    wiring = replace(wiring, since_s=since(wiring.since_s, True, now_s))
    wiring = replace(wiring, unresponsive=_unresponsive_message(load, shown, wiring, now_s))
    step, wiring = _next_relay_states(shown, commanded, wiring, now_s)
    if step is None or not wiring.sent.is_due(step, tuning.RETRY_S, now_s):
        return (), wiring
    return _relay_calls(load, shown, step), replace(wiring, sent=wiring.sent.after_sending(step, now_s))


def _next_relay_states(
    shown: tuple[bool | None, bool | None], state: str, wiring: Wiring, now_s: float
) -> tuple[RelayPair | None, Wiring]:
    """Return the relay states to send next, None while waiting; and the updated memory. `shown` is not yet `state`.

    Any closed relay is opened first; both have to be open for `TICK_S`, and `RETRY_S` lies between two closings. While
    a relay is unknown, only relay 1 may be opened, for the normal state. A lone relay where both should be closed makes
    the wiring doubtful: then only "recommend" is closed.
    """
    target = RELAYS[state]
    if None in shown:
        # While a relay is unknown, only relay 1 may open: that never blocks the heat pump.
        return ((False, shown[1] is True) if state == NORMAL and shown[0] else None), wiring
    if shown != OPEN:
        settling = wiring.sent.value == target != OPEN and now_s - wiring.sent.sent_s < tuning.QUICK_S
        lone = target == RELAYS[FORCE] and shown == RELAYS[BLOCK]
        doubt = True if lone and not settling else wiring.doubt and shown != RELAYS[RECOMMEND]
        closing = wiring.closing.after_confirmation() if wiring.doubt and not doubt else wiring.closing
        return (None if settling else OPEN), replace(wiring, doubt=doubt, closing=closing)
    if now_s - max(wiring.open_s or now_s, wiring.sent.sent_s) < tuning.TICK_S:
        return None, wiring
    if not wiring.closing.is_due(True, tuning.RETRY_S, now_s):
        return None, wiring
    step = RELAYS[RECOMMEND] if wiring.doubt else target
    return step, replace(
        wiring, closing=wiring.closing.after_sending(True, now_s), sent=wiring.sent.after_confirmation()
    )


def _relay_calls(load: Load, shown: tuple[bool | None, bool | None], step: RelayPair) -> Calls:
    """Return the calls for the relays that have to change; one of unknown state may be closed, never opened.

    Relay 1 opens first and closes last, because relay 1 alone blocks the heat pump.
    """
    one, two = (entity_of(load, key) or "" for key in ("relay_1", "relay_2"))
    changes = [(one, step[0], shown[0]), (two, step[1], shown[1])]
    opening = [switch_call(relay, False) for relay, wanted, is_on in changes if not wanted and is_on]
    closing = [switch_call(relay, True) for relay, wanted, is_on in reversed(changes) if wanted and not is_on]
    return (*opening, *closing)


def _unresponsive_message(load: Load, shown: tuple[bool | None, bool | None], wiring: Wiring, now_s: float) -> str:
    """Return the message of relays that ignore their last command, "" for none.

    Only once the commanded state has been missed for `IGNORES_S`. Shortly after a command the last message stays.
    """
    for_s = 0.0 if wiring.since_s is None else now_s - wiring.since_s
    if for_s < tuning.IGNORES_S:
        return ""
    if wiring.sent.value is None or now_s - wiring.sent.sent_s < tuning.QUICK_S:
        return wiring.unresponsive
    pairs = zip(("relay_1", "relay_2"), wiring.sent.value, shown, strict=True)
    names = [str(entity_of(load, key)) for key, commanded, shows in pairs if shows is not commanded]
    return message("relay_unanswered", relays=", ".join(names)) if names else wiring.unresponsive


SESSION = DeviceSession(Wiring, observe_relays, next_relay_calls)
SG_READY = Driver(watching("relay_1", "relay_2", draw="power"), read_state, session=SESSION)
