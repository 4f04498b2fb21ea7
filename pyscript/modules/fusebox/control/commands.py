"""Setpoints + snapshot -> only the commands that change something, and the memory of what was sent.

The device is believed, not the command: what it is seen at is compared with what it should be at, each step anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from .. import tuning
from ..model.ceiling import Ceiling
from ..model.decision import Allocation, Command, Hold
from ..model.durations import HOUR_S, backoff_s
from ..model.electrics import DUST
from ..model.load import Load, Mode
from ..model.load_memory import CommandMemory, LoadMemory, Unacknowledged
from ..model.records import fast_replace, replace_if_changed, replace_within
from ..model.snapshot import LoadState
from .estimators.acknowledgement import acknowledged, is_taken, patience_s, same
from .estimators.compliance import complies
from .limits.headroom import Ceilings
from .ramping.without_offer import with_phase_switches
from .step_context import Limits, Observed, Ramped, Shares
from .target import NOTHING, Target, target_of


@dataclass(frozen=True, slots=True)
class _Haste:
    """How urgently a device is sent what it does not display yet."""

    cuts_hurry: bool
    """Whether a cut may break the charger's write interval."""

    overloaded: bool
    """Whether a wire over it is overloaded: then a command is repeated sooner."""

    ignored: bool
    """Whether the device displays what it was sent, and draws more."""


_RELIEVES_A_FUSE = _Haste(cuts_hurry=True, overloaded=True, ignored=False)


def commands_for(seen: Observed, limits: Limits, shares: Shares, ramped: Ramped) -> tuple[tuple[Command, ...], Ramped]:
    """Commands in the order to send them, cuts first, and the memories that know of them."""
    site, snapshot, ceilings, allocation = seen.site, seen.snapshot, limits.ceilings, shares.allocation
    setpoints, remembered = ramped.setpoints, ramped.loads
    commands, after, now_s = [], dict(remembered), snapshot.now_s
    stopped = {demand.load for demand in shares.demands if demand.hold is Hold.OFF}
    for load in site.loads:
        state = snapshot.loads.get(load.name)
        past = remembered[load.name]
        if load.can.by_signal:
            continue  # its driver goes from what the relays show to what its memory says
        if state is None or not state.available:
            # A device that comes back is sent its command at once.
            answered = fast_replace(past.command.unacknowledged, count=0)
            past = replace_within(past, "command", repeats=0, unacknowledged=answered)
            if state is not None and state.switched and state.on is True and load.name in stopped:
                # Its current cannot be set, its switch can.
                command = _due(load, past, Target(on=False), state, _RELIEVES_A_FUSE, now_s)
                past = past if command is None else _sent(past, command, state, now_s)
                commands += [command] if command is not None else []
            after[load.name] = past
            continue
        setpoint, past = setpoints[load.name], acknowledged(past, state, now_s)
        ignored = not complies(past, now_s)
        wanted = _difference(state, past, target_of(load, state, setpoint.amps), setpoint.may_raise, ignored, now_s)
        command = None
        if wanted != NOTHING:
            haste = _haste(load, state, past, ceilings, allocation, ignored)
            command = _due(load, past, wanted, state, haste, now_s)
        unsent = command is None and not _was_sent(past, wanted)
        waits = unsent and _is_cut(wanted, state, past) and now_s - past.command.sent_s < load.min_write_s
        past = replace_within(past, "command", deferred_cut_a=_could_a(state, past) if waits else 0.0)
        after[load.name] = past if command is None else _sent(past, command, state, now_s)
        commands += [command] if command is not None else []
    commands = with_phase_switches(commands, ramped.phase_switches, now_s)
    commands.sort(key=lambda command: not command.urgent)
    if site.dry_run:
        after = {name: _unsent(past, seen.memory.loads[name]) for name, past in after.items()}
    return tuple(commands), fast_replace(ramped, loads=after)


def _unsent(past: LoadMemory, before: LoadMemory) -> LoadMemory:
    """The memory after a step of a dry run: nothing is sent, so the next step starts from what the device displays."""
    return fast_replace(
        past,
        adopted=False,
        command=CommandMemory(deferred_cut_a=past.command.deferred_cut_a),
        timing=fast_replace(past.timing, starts_s=before.timing.starts_s, writes_s=before.timing.writes_s),
        patience=replace_if_changed(past.patience, pauses=before.patience.pauses),
    )


def _difference(
    state: LoadState, past: LoadMemory, target: Target, may_raise: bool, ignored: bool, now_s: float
) -> Target:
    """The part of the target that the device does not display yet, without what would raise it now.

    A raise that was sent and is not shown yet may still arrive: it has to be taken back as if it had. What is shown but
    `ignored` is told again, but for the current of what is to be off. A device that does not display its current may be
    sent what it was adopted at, and any current that is no more than the last one: neither is a raise.
    """
    current_a, on, shown_a, last = target.current_a, target.on, state.offer_a, past.command
    if current_a is not None and shown_a is not None:
        shown_so = same(current_a, shown_a) or is_taken(past, current_a, shown_a, now_s)
        awaited_a = last.awaited_a
        if awaited_a is not None and not same(awaited_a, current_a) and awaited_a > current_a:
            current_a = current_a if may_raise else min(current_a, shown_a)
        elif (shown_so and (not ignored or on is False)) or (current_a > shown_a and not may_raise):
            current_a = None
    elif current_a is not None and not may_raise:
        is_raise = not state.offer_untold if last.sent_a is None else current_a > last.sent_a
        current_a = None if is_raise else current_a
    if on is not None:
        is_so = state.on is on and last.awaited_on in (None, on) and (on or not ignored)
        if is_so or (on and not may_raise):
            on = None
    return Target(current_a, on)


def _haste(
    load: Load,
    state: LoadState,
    past: LoadMemory,
    ceilings: Ceilings,
    allocation: Allocation,
    ignored: bool,
) -> _Haste:
    """Whether a cut is for a wire, or its meter is unknown: a cut for lack of sun, a tariff or a mode can wait."""
    mine, share = [ceilings[place] for place in ceilings.by_load.places.get(load.name, ())], allocation[load.name]
    over = [c for c in mine if c.fuse is not None and c.overdrawn]
    short = share.amps + DUST < _could_a(state, past)
    for_wires = (short and any(c.budget is None and c.bears_s is None for c in share.limited_by)) or any(
        not c.known for c in mine
    )
    answered = all(not ignored and _is_answered(c, load, past) for c in over)
    return _Haste(for_wires or not answered, overloaded=bool(over), ignored=ignored)


def _is_answered(ceiling: Ceiling, load: Load, past: LoadMemory) -> bool:
    """Whether a wire is over its rating only until the load, which complies, has followed its last command."""
    sent_a = 0.0 if past.command.sent_on is False else past.command.sent_a
    if sent_a is None:
        return False
    comes_down_a = max(ceiling.drawn_a.get(load.name, 0.0) - ceiling.weights[load.name] * sent_a, 0.0)
    return ceiling.flow_a - comes_down_a <= ceiling.rating_a


def _due(load: Load, past: LoadMemory, wanted: Target, state: LoadState, haste: _Haste, now_s: float) -> Command | None:
    """The command for what is `wanted`, None if the same was sent a moment ago or the write interval has not ended."""
    last, since_s, interval_s = past.command, now_s - past.command.sent_s, load.min_write_s
    # A Wallbox's cloud bears no more than its interval, whoever wants it.
    if load.mode is Mode.OFF and wanted.on is not True and not load.can.slow_to_tell:
        interval_s = min(interval_s, tuning.LASTING_S)
    urgent = _is_cut(wanted, state, past) or (haste.ignored and wanted.on is None and wanted.current_a is not None)
    hurries = urgent and haste.cuts_hurry
    wait_s = _wait_s(past, urgent and haste.overloaded)
    # A cut that has not arrived is repeated soon; a raise leaves a slow device its time.
    again_s = wait_s if hurries else max(wait_s, interval_s)
    under_way = since_s < again_s and (last.awaits or haste.ignored or last.repeats > 0)
    current_a = None if under_way and wanted.current_a == last.sent_a else wanted.current_a
    on = None if under_way and wanted.on is last.sent_on else wanted.on
    if (current_a is None and on is None) or (not hurries and since_s < interval_s):
        return None
    if on is False and on is last.sent_on and current_a is not None and current_a == last.sent_a:
        # Of two that are only repeated one is enough at a time.
        current_a, on = (current_a, None) if last.repeats % 2 else (None, on)
    unresponsive = last.unacknowledged.count >= tuning.UNRESPONSIVE_TIMES and since_s < wait_s
    if unresponsive and not (urgent and _is_deeper(past, current_a, on)):
        return None
    return Command(load.name, current_a, on, urgent)


def _is_cut(wanted: Target, state: LoadState, past: LoadMemory) -> bool:
    """Whether a device is to be lowered or switched off."""
    lower = wanted.current_a is not None and wanted.current_a < _could_a(state, past)
    return wanted.on is False or (wanted.on is None and lower)


def _was_sent(past: LoadMemory, wanted: Target) -> bool:
    """Whether that is what the device was last sent: then it does not wait for its write interval to receive it."""
    return wanted.current_a in (None, past.command.sent_a) and wanted.on in (None, past.command.sent_on)


def _could_a(state: LoadState, past: LoadMemory) -> float:
    """The highest current that the device may be set to, now or once it has followed its last command [A]."""
    return max(state.offer_a or 0.0, past.command.awaited_a or 0.0)


def _wait_s(past: LoadMemory, overloaded: bool) -> float:
    """How long after the last command the same may be sent again [s]."""
    longest_s = tuning.RETRY_LONGEST_S / 2 if overloaded else tuning.RETRY_LONGEST_S
    times = max(past.command.repeats, past.command.unacknowledged.count - tuning.UNRESPONSIVE_TIMES)
    return backoff_s(patience_s(past.response), times, longest_s)


def _is_deeper(past: LoadMemory, current_a: float | None, on: bool | None) -> bool:
    sent_a = past.command.sent_a
    return (on is False and past.command.sent_on is not False) or (
        current_a is not None and (sent_a is None or current_a <= sent_a - tuning.TOLERANCE_A)
    )


def _sent(past: LoadMemory, command: Command, state: LoadState, now_s: float) -> LoadMemory:
    """The memory that knows of a command that leaves now."""
    last, before = past.command, past.command.unacknowledged
    sent_a = last.sent_a if command.current_a is None else command.current_a
    sent_on = last.sent_on if command.on is None else command.on
    repeated = sent_a == last.sent_a and sent_on is last.sent_on
    soon = now_s - last.sent_s < max(tuning.LASTING_S, 2 * _wait_s(past, overloaded=False))
    repeats = last.repeats + 1 if repeated and (soon or last.awaits) else 0
    # What is displayed but not followed is sent again without expecting the device to display anything new.
    shows_a = command.current_a is None or same(command.current_a, state.offer_a)
    shows_on = command.on is None or command.on is state.on
    unacknowledged = before if before.count else Unacknowledged(0, now_s, state.offer_a)
    if not (shows_a and shows_on):
        unacknowledged = fast_replace(unacknowledged, count=unacknowledged.count + 1)
    return fast_replace(
        past,
        command=fast_replace(
            last,
            sent_a=sent_a,
            sent_on=sent_on,
            awaits_a=last.awaits_a if command.current_a is None else not shows_a,
            awaits_on=last.awaits_on if command.on is None else not shows_on,
            sent_s=now_s,
            first_sent_s=last.first_sent_s if repeats else now_s,
            repeats=repeats,
            unacknowledged=unacknowledged,
            recent=(*last.recent, (now_s, command.current_a, command.on)),
        ),
        timing=fast_replace(past.timing, writes_s=(*(s for s in past.timing.writes_s if now_s - s < HOUR_S), now_s)),
    )
