"""Driver of `number`: a charger with a current that Home Assistant can set, and switch, draw and status if it has them.

A preset describes the special traits of a make; `wallbox` is such a charger under another name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...config.domains import SET_BY_HAND, domain_of
from ...config.presets import Action, PauseBy, Preset, preset_named
from ...config.tree import known_choices
from ...model.decision import Command
from ...model.load import Load, PhaseEntity
from ...model.messages.message import Message, message, with_frame
from ...model.numbers import number_of
from ...model.readings import View
from ...model.site import letters_and_digits
from ...model.snapshot import LoadState, Status
from ...model.units import SETPOINT, other_unit_problem
from ..driver import (
    Driver,
    ServiceCall,
    draw_entities,
    draw_fields,
    entity_of,
    is_select,
    named_entities,
    set_value_or_option_call,
    switch_call,
    until_unplugged,
)
from .status import WITHOUT_CAR, parse_status_word

PLAIN = Preset("", "any charger with a number, and a switch where it has one", ({},))
"""The preset for a charger without one."""


def load_preset(load: Load) -> Preset:
    """Return the load's preset; `PLAIN` without one."""
    return preset_named("wallbox" if load.type == "wallbox" else load.device.get("preset")) or PLAIN


def current_call(load: Load, row: Preset, current_a: float) -> ServiceCall | None:
    """Return the call that sets the current [A]: the preset's service, else its number or select.

    None without either.
    """
    if row.set_with is not None:
        return _action_call(load, row.set_with, current_a)
    current = entity_of(load, "current")
    return None if current is None else set_value_or_option_call(current, current_a)


def pause_call(load: Load, row: Preset, on: bool) -> ServiceCall | None:
    """Return the call that starts (`on`) or pauses charging: a service, button, select or switch.

    As the preset says; None when CONFIG has no such entity, or the preset no such service.
    """
    pause, switch = row.pause, entity_of(load, "switch")
    if pause.by is PauseBy.SERVICE:
        action = pause.start_with if on else pause.stop_with
        return None if action is None else _action_call(load, action, None)
    if pause.by is PauseBy.BUTTONS:
        button = switch if on else entity_of(load, "stop")
        return None if button is None else ServiceCall(domain_of(button), "press", {"entity_id": button})
    if switch is None:
        return None
    if is_select(switch):
        return set_value_or_option_call(switch, pause.run[0] if on else pause.stop)
    return switch_call(switch, on is not _is_inverted(row))


def means_charging_allowed(switch: str, row: Preset, word: str | None) -> bool | None:
    """Return whether the state of a switch or select means that charging is allowed; None if unknown or neither."""
    if word is None:
        return None
    if is_select(switch):
        return True if word in row.pause.run else False if word == row.pause.stop else None
    on = {"on": True, "off": False}.get(word.lower())
    return None if on is None else on is not _is_inverted(row)


def _is_inverted(row: Preset) -> bool:
    """Return whether the preset's switch is on while charging is paused."""
    return row.pause.by is PauseBy.SWITCH and row.pause.stop == "on"


def _action_call(load: Load, action: Action, current_a: float | None) -> ServiceCall:
    """Return the call of a preset's service, with the current [A] and the load's charger filled in."""
    known: Mapping[str, object] = {"{current}": current_a, "{charger}": load.device.get("charger")}
    domain, _, service = action.service.partition(".")
    return ServiceCall(domain, service, {key: known.get(value, value) for key, value in action.data.items()})


def _phase_entity(load: Load) -> PhaseEntity | None:
    """Return the entity that switches the load's phases, None when CONFIG does not name one."""
    found = load.device.get("phase_switch")
    return found if load.switching is not None and isinstance(found, PhaseEntity) else None


def _phase_count_setting(load: Load, view: View) -> int | None:
    """Return how many phases the phase switch is set to; None when unknown, or neither one nor all (automatic)."""
    way = _phase_entity(load)
    word = None if way is None else view.word(way.entity)
    if load.switching is None or way is None or word is None:
        return None
    counts = {1: way.one, len(load.switching.phases): way.three}
    return next((count for count, state in counts.items() if _is_in_state(state, word)), None)


def _is_in_state(state: str | float, word: str) -> bool:
    """Return whether an entity that displays `word` is in a state given in CONFIG: a text in any case, or a number."""
    return word.lower() == state.lower() if isinstance(state, str) else number_of(word) == state


def phase_call(load: Load, phase_count: int) -> ServiceCall | None:
    """Return the call that switches to one phase (`phase_count` 1), otherwise to all.

    None without a phase switch in CONFIG.
    """
    way = _phase_entity(load)
    if way is None:
        return None
    state = way.one if phase_count == 1 else way.three
    if isinstance(state, str) and not is_select(way.entity):
        return switch_call(way.entity, state == "on")
    return set_value_or_option_call(way.entity, state)


def phase_option_problems(view: View, load: Load) -> Iterator[Message]:
    """Yield a message for each state in CONFIG that is no option of the select that switches the load's phases.

    None while the select is unknown or lists no options. Home Assistant accepts an option in its own letter case only.
    """
    way = _phase_entity(load)
    options = None if way is None or view.word(way.entity) is None else view.attribute(way.entity, "options")
    if way is None or not isinstance(options, (list, tuple)) or not options:
        return
    for key, state in (("one", way.one), ("three", way.three)):
        if state not in options:
            what, known = f"an option of {way.entity}", known_choices(state, map(str, options))
            wrong = message("value_not_of", value=repr(state), what=what, **known)
            yield with_frame(wrong, "path", f"loads.{load.name}.phase_switch.{key}")


def watched_entities(load: Load) -> tuple[str, ...]:
    """Return the entities to watch: current, status, draw, phase switch, and the switch if it shows a state."""
    keys = ("current", "switch", "status") if load_preset(load).pause.is_shown else ("current", "status")
    way = _phase_entity(load)
    return named_entities(load, *keys) + draw_entities(load.device.get("draw")) + (() if way is None else (way.entity,))


def read_state(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return a charger's state; unavailable without a readable number for its current, unless that can still be set.

    Its range is that of the number, else of the preset. It can pause by a switch, or by a number that goes down to 0 A.
    Without a car it cannot use power; some status words mean that only while the charger has no switch. Its offer is
    unknown where its number does not show the current that it was set to.
    """
    row, current = load_preset(load), entity_of(load, "current")
    word = view.word(entity_of(load, "status"))
    unit, shown_a, fault = view.shown_unit(current), view.number(current), ""
    if shown_a is not None and unit and not SETPOINT.fits(unit):
        # Amps must not be sent to it.
        shown_a, fault = None, other_unit_problem(str(current), unit, SETPOINT)
    if shown_a is not None and shown_a < 0:
        shown_a = None  # no charger can be set to that, so it is not its user's setting
    switched, on = _switch_state(load, row, view)
    device_min_a = _attribute_or(view, current, "min", row.min_current_a)
    reported = parse_status_word(word, row.words)
    if word is not None and not switched and letters_and_digits(word) in map(letters_and_digits, row.car_if_switchable):
        reported = Status.UNPLUGGED
    is_unset = _is_current_unknown_but_settable(load, row, view)
    is_hidden = is_unset or _hides_current(load, row, view, reported)
    return LoadState(
        offer_a=None if is_hidden else shown_a,
        offer_hidden=is_hidden,
        offer_unset=is_unset,
        offer_is_set=current is not None and domain_of(current) in SET_BY_HAND,
        phase_setting=_phase_count_setting(load, view),
        switched=switched,
        on=on,
        on_hidden=not row.pause.is_shown,
        # A switch counts even if it is unavailable for a while.
        can_pause=switched or (device_min_a or 0.0) <= 0 or view.raw(entity_of(load, "switch")) is not None,
        status=reported,
        can_use_power=reported not in WITHOUT_CAR,
        available=is_unset or shown_a is not None,
        device_min_a=device_min_a,
        device_max_a=_attribute_or(view, current, "max", row.most_a),
        device_step_a=_attribute_or(view, current, "step", row.step_a),
        fault=fault,
        missing=_missing_entity_message(load, row, view),
        **draw_fields(view, load, load.device.get("draw"), voltage_v),
    )


def _is_current_unknown_but_settable(load: Load, row: Preset, view: View) -> bool:
    """Return whether the current can be set although its entity has no value, while the charger's switch has one.

    Without a switch another entity has to have one. Home Assistant drops the calls of a number that is unavailable, and
    not those of a preset's service.
    """
    current, switch = entity_of(load, "current"), entity_of(load, "switch")
    states = ("unknown",) if row.set_with is None else ("unknown", "unavailable")
    others = [each for each in watched_entities(load) if each != current] if switch is None else [switch]
    return current is not None and str(view.raw(current)) in states and any(view.word(each) for each in others)


def _hides_current(load: Load, row: Preset, view: View, status: Status) -> bool:
    """Return whether the number does not show the current that the charger is set to.

    True for a make that never shows it; for one with `current_hidden_in`, without a car and in these options of the
    switch. In any other option a car may draw what the number shows, because the charger has discarded the current it
    was sent.
    """
    switch = entity_of(load, "switch")
    if not row.current_hidden_in or switch is None:
        return row.current_unread
    return status in WITHOUT_CAR or view.word(switch) in row.current_hidden_in


def _missing_entity_message(load: Load, row: Preset, view: View) -> str:
    """Return the message of the first entity that the preset expects and that does not exist.

    "" when all exist, and for a charger without a preset.
    """
    gone = [] if row is PLAIN else [entity for entity in watched_entities(load) if view.raw(entity) is None]
    return message("preset_entity_missing", entity=gone[0], preset=row.name) if gone else ""


def _attribute_or(view: View, current: str | None, attribute: str, otherwise: float | None) -> float | None:
    """Return an attribute of the current's number, `otherwise` where it has none."""
    number = view.attribute_number(current, attribute)
    return otherwise if number is None else number


def _switch_state(load: Load, row: Preset, view: View) -> tuple[bool, bool | None]:
    """Return whether something can pause the charger now, and whether charging is allowed (None when unknown).

    A switch that a preset promises but Home Assistant does not have counts as none, and so does an unreadable one of a
    make whose switch comes and goes.
    """
    if not row.pause.is_shown:
        return row.pause.by is not PauseBy.ZERO, None
    switch = entity_of(load, "switch")
    word, is_missing = view.word(switch), row is not PLAIN and view.raw(switch) is None
    if switch is None or is_missing or (word is None and row.switch_comes_and_goes):
        return False, None
    return True, means_charging_allowed(switch, row, word)


def command_calls(load: Load, command: Command) -> tuple[ServiceCall, ...]:
    """Return the calls of a command: off first, on last, so that current and phases are set while it is paused.

    Without those that nothing in CONFIG can do.
    """
    row = load_preset(load)
    current = None if command.current_a is None else current_call(load, row, command.current_a)
    pause = None if command.on is None else pause_call(load, row, command.on)
    phases = None if command.phase_count is None else phase_call(load, command.phase_count)
    ordered = (phases, current, pause) if command.on else (pause, current, phases)
    return tuple(call for call in ordered if call is not None)


NUMBER = Driver(watched_entities, read_state, command_calls, boosted=until_unplugged)
