"""A dry run reports what would be commanded, and its entities show what each load has now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .. import tuning
from ..devices import DRIVERS
from ..devices.driver import ServiceCall, entity_of
from ..model.decision import Command, Decision, DecisionReport, LoadNote
from ..model.durations import has_passed
from ..model.electrics import number_text, watts
from ..model.load import Load
from ..model.messages.message import with_frame
from ..model.numbers import number_of
from ..model.site import Site
from ..model.snapshot import LoadState, Snapshot, Status

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class _Intent:
    """A command that would be sent, since when, and what the device displayed then."""

    command: Command
    since_s: float
    before: tuple[float | None, bool | None]

    def still_holds(self, state: LoadState, allocated_a: float, now_s: float) -> bool:
        """Return whether to report the command again in a step that makes no new one.

        Yes while the share is at least its current and suits its switch, and the device displays what it did then; for
        at most `RENEW_S`. Not a cut of a running load whose share is again at least what its device displays.
        """
        fits = allocated_a >= (self.command.current_a or 0.0) and self.command.on is not (allocated_a <= 0)
        if self.command.current_a is not None and state.offer_a is not None and state.on is not False:
            fits = fits and not self.command.current_a < state.offer_a <= allocated_a
        return fits and self.before == _displayed_state(state) and not has_passed(tuning.RENEW_S, self.since_s, now_s)


class DryRun:
    """Remembers the command reported for each load."""

    def __init__(self) -> None:
        self._intents: dict[str, _Intent] = {}

    def explain_commands(self, site: Site, snapshot: Snapshot, decision: Decision) -> Decision:
        """Return the decision with each load's unsent command in its reason; unchanged unless `dry_run` is on.

        Changes of a heat pump's relays are added too. A command is remembered and reported for as long as its load has
        the same share and its device has not changed (`still_holds`), even if a newer one sets slightly more: a limit
        around a whole ampere would report another current every few seconds.
        """
        if not site.dry_run:
            return decision
        now_s, states = snapshot.now_s, snapshot.loads
        held = {
            name: each
            for name, each in self._intents.items()
            if name in states and each.still_holds(states[name], decision.allocation[name].amps, now_s)
        }
        new = {c.load: _Intent(c, now_s, _displayed_state(states[c.load])) for c in decision.commands}
        kept = {name: each for name, each in held.items() if name in new and _is_slightly_lower(each, new[name])}
        intents = self._intents = {**held, **new, **kept}

        def explain() -> DecisionReport:
            loads = site.by_name
            would = {name: _command_effect(loads[name], each.command, states[name]) for name, each in intents.items()}
            would |= _relay_changes(site, snapshot, decision)
            notes = {
                name: _note_with_command(note, intents.get(name), would[name]) if name in would else note
                for name, note in decision.notes.items()
            }
            reason = decision.reason
            if would:
                reason = with_frame(reason, "would", ", ".join(would.values()))
            return DecisionReport(notes, "dry_run", reason)

        return replace(decision, explain=explain)


def _is_slightly_lower(held: _Intent, new: _Intent) -> bool:
    """Return whether a reported command sets a slightly lower current than a newer command for the same load."""
    held_a, new_a = held.command.current_a, new.command.current_a
    return held_a is not None and new_a is not None and 0 < new_a - held_a <= tuning.TOLERANCE_A


def _note_with_command(note: LoadNote, intent: _Intent | None, would: str) -> LoadNote:
    """Return the note of a load with the command that is not sent: in its reason (`would`), and as its setpoint."""
    setpoint_a = None if intent is None else intent.command.current_a
    return replace(
        note,
        reason=with_frame(note.reason, "would", would),
        setpoint_a=note.setpoint_a if setpoint_a is None else setpoint_a,
    )


def _displayed_state(state: LoadState) -> tuple[float | None, bool | None]:
    """Return the current [A] and switch state that a device displays, None for each that it does not."""
    return state.offer_a, state.on


def present_allocation_text(site: Site, load: Load, state: LoadState) -> str:
    """Return the number for a load's entity, without a unit: a charger's offer [A], or a load's power [W].

    A charger without an offer: its draw; "0.0" when off or without a car. A load on or off without a measured draw: its
    rated power or 0. "unknown" where none of these is known.
    """
    if load.rated_w is None:
        off = state.on is False or state.status is Status.UNPLUGGED
        offered_a = max(state.draw_a.known().values(), default=None) if state.offer_a is None else state.offer_a
        return "0.0" if off else UNKNOWN if offered_a is None else f"{offered_a:.1f}"
    if load.on_off and not any(state.draw_a.known().values()):
        return UNKNOWN if state.on is None else f"{load.rated_w if state.on else 0:.0f}"
    drawn = state.draw_a.known().values()
    if not drawn and load.can.in_watts and state.offer_a is not None:
        return str(load.watts_of(state.offer_a))
    return f"{watts(sum(drawn), site.voltage_v, 1):.0f}" if drawn else UNKNOWN


def _relay_changes(site: Site, snapshot: Snapshot, decision: Decision) -> dict[str, str]:
    """Return heat pump -> sentence on how its relays would be switched, where they display another state."""
    found = {}
    for load in site.loads:
        pump = decision.memory.loads[load.name].switched.pump
        displayed = snapshot.loads[load.name].sg if load.name in snapshot.loads else None
        if pump is not None and pump.commanded is not None and displayed not in (None, pump.commanded):
            found[load.name] = f"set {load.name} from {displayed} to {pump.commanded}"
    return found


def _command_effect(load: Load, command: Command, state: LoadState) -> str:
    """Return what a command would do, entity by entity where its driver makes plain calls."""
    calls = DRIVERS[load.type].calls(load, command)
    found = [_describe_call(call, load, state) for call in calls] or _describe_command(load, command, state)
    return " and ".join(found)


def _describe_call(call: ServiceCall, load: Load, state: LoadState) -> str:
    """Return what a service call would do, as words with the entity and the value: switch, press, set; else the call.

    A number is described as a change from the value that the device displays.
    """
    entity = call.data.get("entity_id")
    if call.service in ("turn_on", "turn_off"):
        return f"switch {entity} {'on' if call.service == 'turn_on' else 'off'}"
    if call.service == "press":
        return f"press {entity}"
    if call.service == "select_option":
        return f"set {entity} to {call.data['option']}"
    if call.service == "set_value":
        if load.can.in_watts:
            before = "" if state.offer_a is None else f"from {load.watts_of(state.offer_a)} "
            return f"set {entity} {before}to {call.data['value']} W"
        return f"set {entity} {_describe_change(number_of(call.data['value']) or 0.0, state)}"
    return f"call {call.domain}.{call.service} for {load.name}"


def _describe_command(load: Load, command: Command, state: LoadState) -> list[str]:
    """Return what a command would do, as words without an entity: its current, its switch, or both."""
    found = []
    if command.current_a is not None:
        found.append(f"set {load.name} {_describe_change(command.current_a, state)}")
    if command.on is not None:
        found.append(f"switch {entity_of(load, 'switch') or load.name} {'on' if command.on else 'off'}")
    return found


def _describe_change(amps: float, state: LoadState) -> str:
    """Return a change of the current as words: "from 6 to 10 A"."""
    before = "" if state.offer_a is None else f"from {number_text(state.offer_a)} "
    return f"{before}to {number_text(amps)} A"
