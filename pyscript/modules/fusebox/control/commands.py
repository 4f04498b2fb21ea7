"""Setpoints + snapshot -> only the commands that change something, and the memory of what was sent.

What counts is what the device displays, not what was sent: each step compares that with what it should be.
"""

from __future__ import annotations

from dataclasses import replace

from .. import tuning
from ..model.ceiling import Ceiling
from ..model.decision import Command, Hold
from ..model.durations import backoff_s
from ..model.electrics import DUST
from ..model.load import Load, Mode
from ..model.load_memory import CommandMemory, LoadMemory
from ..model.phases_memory import Stage
from ..model.records import fast_replace, record, replace_if_changed, replace_within
from ..model.snapshot import LoadState
from .estimators.acknowledgement import (
    acknowledge,
    is_displayed_rounded,
    is_same_current,
    memory_after_sending,
    time_to_repeat_s,
    with_write,
)
from .estimators.compliance import complies
from .limits.island import needs_grid
from .step_context import RampResult, Setpoint, Shares, Situation
from .target import NOTHING, Target, device_target

Sending = tuple[Command | None, LoadMemory]
"""The command to a device, None for none, and the memory of its load after it."""


@record
class _Haste:
    """How urgently a device is sent what it does not display yet."""

    cuts_hurry: bool
    """Whether a cut may break the charger's write interval."""

    longest_s: float
    """The longest time until a command is repeated [s]."""

    ignored: bool
    """Whether the device displays the current that was sent, and draws more."""

    ends: bool = False
    """Whether a load in watts is to be off for good: too warm, or by its mode, and not for want of sun."""


def build_commands(observed: Situation, shares: Shares, ramped: RampResult) -> tuple[tuple[Command, ...], RampResult]:
    """Return the commands that change something, urgent ones first, and the setpoints with the memory of what was sent.

    Heat pumps get none here: their driver compares the relays with the memory. A load that switches its phases is sent
    their number once, in the step in which its rest begins. In a dry run the memory records nothing as sent.
    """
    site, now_s = observed.site, observed.now_s
    held_off = {demand.load for demand in shares.demands if demand.hold is Hold.OFF}
    after, commands = dict(ramped.loads), dict[str, Command]()
    for load in site.loads:
        past, state = after[load.name], observed.snapshot.state_of(load.name)
        if load.can.takes_sg_state:
            continue  # its driver compares the relays with the memory of this step
        if state.available:
            command, past = _command_to_available(load, past, ramped.setpoints[load.name], observed, shares)
        else:
            is_stopped = load.name in held_off or needs_grid(site, load)
            command, past = _command_to_unavailable(load, state, past, is_stopped, now_s)
        after[load.name] = past
        if command is not None:
            commands[load.name] = command
    for name, switch in ramped.phase_switches.items():
        if switch.stage is Stage.RESTING and switch.since_s == now_s:
            commands[name] = replace(commands.get(name, Command(name)), phase_count=switch.target)
    if site.dry_run:
        before = observed.memory.loads
        after = {name: _memory_after_dry_run(past, before[name], now_s) for name, past in after.items()}
    urgent_first = sorted(commands.values(), key=lambda command: not command.urgent)
    return tuple(urgent_first), fast_replace(ramped, loads=after)


def _command_to_unavailable(load: Load, state: LoadState, past: LoadMemory, is_stopped: bool, now_s: float) -> Sending:
    """Return the switch-off that an unavailable device is sent, None for none; and the memory without repeats.

    `is_stopped`: whether its load is held off or needs the lost grid; only then it is sent one.
    """
    # When the device is available again, its command is sent at once.
    answered = fast_replace(past.command.unacknowledged, count=0)
    past = replace_within(past, "command", repeats=0, unacknowledged=answered)
    if not (is_stopped and state.switched and state.on is True):
        return None, past
    # The charger's current cannot be set now, but its switch can.
    haste = _Haste(cuts_hurry=True, longest_s=tuning.IGNORES_S, ignored=False)
    command = _command_if_due(load, past, Target(on=False), state, haste, now_s)
    return command, past if command is None else memory_after_sending(past, command, state, now_s)


def _command_to_available(
    load: Load, past: LoadMemory, setpoint: Setpoint, observed: Situation, shares: Shares
) -> Sending:
    """Return the command that an available device is sent now, None for none; and the memory of what was sent.

    The command is what it does not display yet; a current that it displays only to running devices that need that every
    `renew_s`. A cut that waits for its write interval is remembered (`deferred_cut_a`).
    """
    state, now_s = observed.snapshot.loads[load.name], observed.now_s
    past = acknowledge(past, state, now_s)
    target, ignored = device_target(load, state, setpoint.amps), not complies(past, now_s)
    wanted = _undisplayed_part(state, past, target, setpoint.may_raise, ignored, now_s)
    if wanted != NOTHING:
        haste = _command_haste(load, state, past, shares, ignored)
        if needs_grid(observed.site, load):
            haste = replace(haste, cuts_hurry=True, longest_s=tuning.IGNORES_S)
        command = _command_if_due(load, past, wanted, state, haste, now_s)
        if command is not None:
            past = replace_within(past, "command", deferred_cut_a=0.0)
            return command, memory_after_sending(past, command, state, now_s)
    elif load.renew_s and setpoint.amps > 0 and now_s - past.command.sent_s >= load.renew_s:
        renewed = fast_replace(past.command, sent_s=now_s, deferred_cut_a=0.0)
        past = fast_replace(past, command=renewed, timing=with_write(past.timing, now_s))
        return Command(load.name, target.current_a), past
    was_sent = wanted.current_a in (None, past.command.sent_a) and wanted.on in (None, past.command.sent_on)
    waits = now_s - past.command.sent_s < load.min_write_s and not was_sent
    is_deferred_cut = waits and _is_cut(wanted, state, past)
    deferred_cut_a = _highest_possible_offer_a(state, past) if is_deferred_cut else 0.0
    return None, replace_within(past, "command", deferred_cut_a=deferred_cut_a)


def _memory_after_dry_run(past: LoadMemory, before: LoadMemory, now_s: float) -> LoadMemory:
    """Return the memory after a step of a dry run, in which nothing is sent and no start or pause is counted.

    Of the commands only a deferred cut and the time of the last one remain, and for `SLOWEST_S` one that was sent
    before the dry run and is not displayed yet: otherwise it would count as the user's. Changes, starts, writes and
    pauses are those of `before` the step. The load is no longer adopted, so the next step starts from what the device
    displays.
    """
    command, deferred_cut_a, seen = before.command, past.command.deferred_cut_a, past.timing
    if not command.awaits or now_s - command.sent_s > tuning.SLOWEST_S:
        command = CommandMemory(sent_s=command.sent_s, deferred_cut_a=deferred_cut_a)
    timing = fast_replace(before.timing, admitted_s=seen.admitted_s, over_since_s=seen.over_since_s)
    timing = fast_replace(timing, grid_at_report=seen.grid_at_report)
    patience = replace_if_changed(past.patience, pauses=before.patience.pauses)
    return fast_replace(past, adopted=False, command=command, timing=timing, patience=patience)


def _undisplayed_part(
    state: LoadState, past: LoadMemory, target: Target, may_raise: bool, ignored: bool, now_s: float
) -> Target:
    """Return the part of the target that the device does not display yet; a raise or a switch-on only if `may_raise`.

    The device's own rounding counts as displayed. A higher current that was sent and is not displayed yet may still
    arrive, so the target is sent again to take it back. What is displayed but `ignored` is sent again, except a
    switch-on and the current of a load that is to be off. Where no current is displayed, the target is always sent if
    `may_raise`, otherwise up to the current sent last; before the first only to a device that never displays any.
    """
    current_a, on, shown_a, last = target.current_a, target.on, state.offer_a, past.command
    if current_a is not None and shown_a is not None:
        shown_so = is_same_current(current_a, shown_a) or is_displayed_rounded(past, current_a, shown_a, now_s)
        if current_a <= 0 and shown_a >= state.starts_at_a and last.sent_a != current_a:
            shown_so = False  # a load in watts that displays a few of them is on
        awaited_a = last.awaited_a
        if awaited_a is not None and not is_same_current(awaited_a, current_a) and awaited_a > current_a:
            current_a = current_a if may_raise else min(current_a, shown_a)
        elif (shown_so and (not ignored or on is False)) or (current_a > shown_a and not may_raise):
            current_a = None
    elif current_a is not None and not may_raise:
        is_raise = not state.offer_hidden if last.sent_a is None else current_a > last.sent_a
        current_a = None if is_raise else current_a
    if on is not None:
        is_so = state.on is on and last.awaited_on in (None, on) and (on or not ignored)
        if is_so or (on and not may_raise):
            on = None
    return Target(current_a, on)


def _command_haste(load: Load, state: LoadState, past: LoadMemory, shares: Shares, ignored: bool) -> _Haste:
    """Return how urgently a device is sent its command.

    A cut is urgent if a wire limits the load's share below its offer, or one of its ceilings is not measured. It is
    also urgent while a fuse above it is overloaded, unless the last command will end that once it is followed; an
    `ignored` one will not. Budgets and limits over time never make a cut urgent. An overload halves the longest time to
    a repetition; one that a breaker does not carry for an hour (IEC 60898-1) shortens it to `IGNORES_S`. `ends`: a load
    in watts has no share, and nothing limits it.
    """
    mine, share = shares.limits.ceilings.over(load.name), shares.allocation[load.name]
    over = [c for c in mine if c.fuse is not None and c.overdrawn]
    short = share.limited_by and share.amps + DUST < _highest_possible_offer_a(state, past)
    is_limited = short and any(c.budget is None and c.tolerates_s is None for c in share.limited_by)
    for_wires = is_limited or any(not c.known for c in mine)
    answered = not over or (not ignored and all(_is_relieved_by_command(c, load, past) for c in over))
    ends = load.can.in_watts and share.amps <= 0 and not share.limited_by
    longest_s = tuning.RETRY_LONGEST_S / 2 if over else tuning.RETRY_LONGEST_S
    if any(c.flow_a > tuning.RAISE_BORNE_RATIO * c.rating_a for c in over):
        longest_s = tuning.IGNORES_S
    return _Haste(for_wires or not answered, longest_s, ignored, ends)


def _is_relieved_by_command(ceiling: Ceiling, load: Load, past: LoadMemory) -> bool:
    """Return whether a fuse is over its rating only until the load has followed its last command; False before any."""
    sent_a = 0.0 if past.command.sent_on is False else past.command.sent_a
    if sent_a is None:
        return False
    comes_down_a = max(ceiling.drawn_a.get(load.name, 0.0) - ceiling.weights[load.name] * sent_a, 0.0)
    return ceiling.flow_a - comes_down_a <= ceiling.rating_a


def _command_if_due(
    load: Load, past: LoadMemory, wanted: Target, state: LoadState, haste: _Haste, now_s: float
) -> Command | None:
    """Return the command that brings a device to `wanted`, None if it is not due yet.

    It waits for the write interval, except an urgent cut. It is not repeated while the device may still follow the last
    one: then only what differs from that is sent. A repeated off alternates between current and switch. A device that
    does not respond gets at most one command per waiting time, unless it is cut further: off, or lower by
    `TOLERANCE_A` or more.
    """
    last, since_s, interval_s = past.command, now_s - past.command.sent_s, _write_interval_s(load, wanted, haste)
    urgent = _is_cut(wanted, state, past) or (haste.ignored and wanted.on is None and wanted.current_a is not None)
    hurries = urgent and haste.cuts_hurry
    wait_s = time_to_repeat_s(past, haste.longest_s if urgent else tuning.RETRY_LONGEST_S)
    if hurries and state.refused and load.min_write_s <= tuning.RETRY_S:
        # A cut whose call failed is repeated soon, then less often, unless the device tolerates few writes.
        wait_s = backoff_s(tuning.TICK_S, last.repeats, wait_s)
    # A cut that has not arrived is repeated soon; a raise gives a slow device time to follow.
    again_s = wait_s if hurries else max(wait_s, interval_s)
    under_way = since_s < again_s and (last.awaits or haste.ignored or last.repeats > 0)
    current_a = None if under_way and wanted.current_a == last.sent_a else wanted.current_a
    on = None if under_way and wanted.on is last.sent_on else wanted.on
    if (current_a is None and on is None) or (not hurries and since_s < interval_s):
        return None
    if on is False and on is last.sent_on and current_a is not None and current_a == last.sent_a:
        # Repeat current and switch in turns, one per command.
        current_a, on = (current_a, None) if last.repeats % 2 else (None, on)
    unresponsive = last.unacknowledged.count >= tuning.UNRESPONSIVE_TIMES and since_s < wait_s
    is_lower = current_a is not None and (last.sent_a is None or current_a <= last.sent_a - tuning.TOLERANCE_A)
    goes_below_last = is_lower or (on is False and last.sent_on is not False)
    if unresponsive and not (urgent and goes_below_last):
        return None
    return Command(load.name, current_a, on, urgent)


def _write_interval_s(load: Load, wanted: Target, haste: _Haste) -> float:
    """Return the shortest time between two commands [s]: the load's `min_write_s`; 0 for one that goes off for good.

    In mode `off` at most `LASTING_S`, unless its cloud is slow: a Wallbox's tolerates no write within its interval.
    """
    if haste.ends:
        return 0.0
    is_to_be_off = load.mode is Mode.OFF and wanted.on is not True and not load.can.delays_stops
    return min(load.min_write_s, tuning.LASTING_S) if is_to_be_off else load.min_write_s


def _is_cut(wanted: Target, state: LoadState, past: LoadMemory) -> bool:
    """Return whether a target switches a device off or, without switching it on, lowers its highest possible offer."""
    lower = wanted.current_a is not None and wanted.current_a < _highest_possible_offer_a(state, past)
    return wanted.on is False or (wanted.on is None and lower)


def _highest_possible_offer_a(state: LoadState, past: LoadMemory) -> float:
    """Return the highest current that the device may be set to, now or once it has followed its last command [A].

    0 where neither is known.
    """
    return max(state.offer_a or 0.0, past.command.awaited_a or 0.0)
