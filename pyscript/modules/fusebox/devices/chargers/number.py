"""Driver of `number`: a charger with a current that Home Assistant can set, and switch, draw and status if it has them.

A preset describes the special traits of a make; `wallbox` is such a charger under another name.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...config.phase_switching import WAYS
from ...config.presets import Preset, preset_named
from ...config.presets.row import Action, PauseBy, plain_word
from ...model.decision import Command
from ...model.load import Load
from ...model.messages.message import message
from ...model.numbers import number_of
from ...model.readings import View
from ...model.snapshot import LoadState, Status
from ...model.units import SETPOINT
from ..driver import (
    Driver,
    ServiceCall,
    draw_age_s,
    draw_entities,
    entity_of,
    is_list,
    named_entities,
    read_draw,
    set_call,
    single_draw,
    switch_call,
    until_unplugged,
)
from .status import WITHOUT_CAR, status_of

PLAIN = Preset("", "any charger with a number, and a switch where it has one", ({},))
"""The preset for a charger without one."""


def preset_of(load: Load) -> Preset:
    """Return the load's preset; `PLAIN` without one."""
    return preset_named("wallbox" if load.type == "wallbox" else load.device.get("preset")) or PLAIN


def current_call(load: Load, row: Preset, current_a: float) -> ServiceCall | None:
    """Return the call that sets the current [A]; None when nothing can set it."""
    if row.set_with is not None:
        return _called(load, row.set_with, current_a)
    current = entity_of(load, "current")
    if current is None:
        return None
    return set_call(current, current_a)


def pause_call(load: Load, row: Preset, on: bool) -> ServiceCall | None:
    """Return the call that starts (`on`) or pauses charging; None when nothing can do that."""
    pause, switch = row.pause, entity_of(load, "switch")
    if pause.by is PauseBy.SERVICE:
        action = pause.start_with if on else pause.stop_with
        return None if action is None else _called(load, action, None)
    if pause.by is PauseBy.BUTTONS:
        button = switch if on else entity_of(load, "stop")
        return None if button is None else ServiceCall(button.split(".")[0], "press", {"entity_id": button})
    if switch is None:
        return None
    if is_list(switch):
        return set_call(switch, pause.run[0] if on else pause.stop)
    return switch_call(switch, on is not _is_inverted(row))


def shows_on(switch: str, row: Preset, word: str | None) -> bool | None:
    """Whether the state of a switch or select means that charging is allowed; None when it means neither."""
    if word is None:
        return None
    if is_list(switch):
        return True if word in row.pause.run else False if word == row.pause.stop else None
    on = {"on": True, "off": False}.get(word.lower())
    return None if on is None else on is not _is_inverted(row)


def _is_inverted(row: Preset) -> bool:
    """Whether the preset's switch is on while charging is paused.

    A user's own switch is on while charging is allowed.
    """
    return row.pause.by is PauseBy.SWITCH and row.pause.stop == "on"


def _called(load: Load, action: Action, current_a: float | None) -> ServiceCall:
    known: Mapping[str, object] = {"{current}": current_a, "{charger}": load.device.get("charger")}
    domain, _, service = action.service.partition(".")
    return ServiceCall(domain, service, {key: known.get(value, value) for key, value in action.data.items()})


SET_BY_HAND = ("number", "input_number")
"""Domains of entities that show a current set by somebody. A sensor may show 0 because the car wants nothing."""


def _phase_entity(load: Load) -> str | None:
    """Return the entity that switches the load's phases, None when CONFIG does not name one."""
    way = load.device.get("phase_switch")
    if load.switching is None or not isinstance(way, Mapping):
        return None
    return next((str(way[key]) for key in WAYS if way.get(key) is not None), None)


def _lines_set(load: Load, view: View) -> int | None:
    """Return how many phases the phase switch is set to; None when unknown, or neither one nor all (automatic)."""
    entity, way = _phase_entity(load), load.device.get("phase_switch")
    word = None if entity is None else view.word(entity)
    if load.switching is None or word is None or not isinstance(way, Mapping):
        return None
    number = number_of(word)
    shown = {
        count: _is_state(way[key], word, number) for key, count in (("one", 1), ("three", len(load.switching.phases)))
    }
    return next((count for count, is_so in shown.items() if is_so), None)


def _is_state(state: object, word: str, number: float | None) -> bool:
    if isinstance(state, str):
        return word.lower() == state.lower()
    return number is not None and number == state


def phase_call(load: Load, lines: int) -> ServiceCall | None:
    """Return the call that switches to one phase, or to all; None without a phase switch."""
    entity, way = _phase_entity(load), load.device.get("phase_switch")
    if entity is None or not isinstance(way, Mapping):
        return None
    state = way["one" if lines == 1 else "three"]
    if isinstance(state, str) and not is_list(entity):
        return switch_call(entity, state == "on")
    return set_call(entity, state)


def entities(load: Load) -> tuple[str, ...]:
    """Return the entities to watch: current, status, draw, phase switch, and the switch unless it is a button."""
    keys = ("current", "switch", "status") if preset_of(load).pause.is_shown else ("current", "status")
    phases = _phase_entity(load)
    return named_entities(load, *keys) + draw_entities(load.device.get("draw")) + ((phases,) if phases else ())


def read(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return a charger's state.

    Without a readable number for its current it cannot be controlled: it is unavailable.
    """
    row = preset_of(load)
    current, status = entity_of(load, "current"), entity_of(load, "status")
    word = None if status is None else view.word(status)
    shown_a = None if current is None else _shown_a(view, current)
    single_a, is_power = single_draw(view, load, load.device.get("draw"), voltage_v)
    switched, on = _switch(load, row, view)
    device_min_a = _limit(view, current, "min", row.min_current_a)
    seen = status_of(word, row.words)
    if word is not None and not switched and plain_word(word) in map(plain_word, row.car_if_switchable):
        seen = Status.UNPLUGGED
    is_unset = _is_unset(load, row, view)
    untold = is_unset or _hides_current(load, row, view, seen)
    return LoadState(
        draw_a=read_draw(view, load, load.device.get("draw"), voltage_v),
        single_a=single_a,
        is_power=is_power,
        draw_age_s=draw_age_s(view, load.device.get("draw")),
        offer_a=None if untold else shown_a,
        offer_untold=untold,
        offer_unset=is_unset,
        offer_is_set=current is not None and current.split(".")[0] in SET_BY_HAND,
        lines_set=_lines_set(load, view),
        switched=switched,
        on=on,
        on_untold=not row.pause.is_shown,
        can_pause=switched or (device_min_a or 0.0) <= 0 or _has_switch(load, view),
        status=seen,
        can_use_power=seen not in WITHOUT_CAR,
        available=is_unset or shown_a is not None,
        device_min_a=device_min_a,
        device_max_a=_limit(view, current, "max", row.most_a),
        device_step_a=_limit(view, current, "step", row.step_a),
        missing=_missing(load, row, view),
    )


def _is_unset(load: Load, row: Preset, view: View) -> bool:
    """Whether the number's state is unknown but can still be set, next to a switch that can stop the charger."""
    switch, current = entity_of(load, "switch"), entity_of(load, "current")
    is_known = switch is not None and shows_on(switch, row, view.word(switch)) is not None
    return is_known and current is not None and str(view.raw(current)) == "unknown"


def _hides_current(load: Load, row: Preset, view: View, status: Status) -> bool:
    """Whether the number does not show the current that the charger is set to.

    `current_hidden_in` lists the options in which that is so. In any other option a car may draw what the number shows,
    because the charger has discarded the current it was sent.
    """
    switch = entity_of(load, "switch")
    if row.current_unread:
        return True
    if not row.current_hidden_in or switch is None:
        return False
    return status in WITHOUT_CAR or view.word(switch) in row.current_hidden_in


def _shown_a(view: View, current: str) -> float | None:
    """Return the current that the number shows [A]; None in another unit: amps must not be sent to such a number."""
    unit = view.unit(current)
    return None if unit and not SETPOINT.fits(unit) else view.number(current)


def _missing(load: Load, row: Preset, view: View) -> str:
    """Report an entity that the preset expects and that is disabled or has another name; "" when all are there."""
    gone = [] if row is PLAIN else [entity for entity in entities(load) if view.raw(entity) is None]
    if not gone:
        return ""
    return message("preset_entity_missing", entity=gone[0], preset=row.name)


def _limit(view: View, current: str | None, attribute: str, otherwise: float | None) -> float | None:
    told = None if current is None else view.attribute_number(current, attribute)
    return otherwise if told is None else told


def _switch(load: Load, row: Preset, view: View) -> tuple[bool, bool | None]:
    """Return whether something can pause the charger now, and whether charging is allowed (None when unknown)."""
    if not row.pause.is_shown:
        return row.pause.by is not PauseBy.ZERO, None
    switch = entity_of(load, "switch")
    word = None if switch is None else view.word(switch)
    if (
        switch is None
        or (word is None and row.switch_comes_and_goes)
        or (row is not PLAIN and view.raw(switch) is None)
    ):
        return False, None
    return True, shows_on(switch, row, word)


def _has_switch(load: Load, view: View) -> bool:
    """Whether the charger has a switch, even one that is unavailable for a while."""
    switch = entity_of(load, "switch")
    return switch is not None and view.raw(switch) is not None


def calls(load: Load, command: Command) -> tuple[ServiceCall, ...]:
    """Return the calls of a command: off first, on last, so that current and phases are set while it is paused."""
    row = preset_of(load)
    current = None if command.current_a is None else current_call(load, row, command.current_a)
    pause = None if command.on is None else pause_call(load, row, command.on)
    phases = None if command.lines is None else phase_call(load, command.lines)
    ordered = (phases, current, pause) if command.on else (pause, current, phases)
    return tuple(call for call in ordered if call is not None)


NUMBER = Driver(entities, read, calls, boosted=until_unplugged)
