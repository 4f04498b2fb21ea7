"""`number`: any charger whose current Home Assistant can set, with a switch, a draw and a status where it has them.

A preset says what is special about a make; `wallbox` is such a charger by another name."""

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
"""What a charger without a preset is taken for."""


def preset_of(load: Load) -> Preset:
    """Its row; `PLAIN` without a preset."""
    return preset_named("wallbox" if load.type == "wallbox" else load.device.get("preset")) or PLAIN


def current_call(load: Load, row: Preset, current_a: float) -> ServiceCall | None:
    """What sets its current [A]; None when nothing does."""
    if row.set_with is not None:
        return _called(load, row.set_with, current_a)
    current = entity_of(load, "current")
    if current is None:
        return None
    return set_call(current, current_a)


def pause_call(load: Load, row: Preset, on: bool) -> ServiceCall | None:
    """What lets it charge, or pauses it; None when nothing does."""
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
    """Whether a switch or a list says that it may charge; None when it says neither yes nor no."""
    if word is None:
        return None
    if is_list(switch):
        return True if word in row.pause.run else False if word == row.pause.stop else None
    on = {"on": True, "off": False}.get(word.lower())
    return None if on is None else on is not _is_inverted(row)


def _is_inverted(row: Preset) -> bool:
    """Whether its switch is on while it is paused. One that its owner has made is on when it may charge."""
    return row.pause.by is PauseBy.SWITCH and row.pause.stop == "on"


def _called(load: Load, action: Action, current_a: float | None) -> ServiceCall:
    known: Mapping[str, object] = {"{current}": current_a, "{charger}": load.device.get("charger")}
    domain, _, service = action.service.partition(".")
    return ServiceCall(domain, service, {key: known.get(value, value) for key, value in action.data.items()})


SET_BY_HAND = ("number", "input_number")
"""What shows the current that somebody has set. A sensor may show 0 because the car wants nothing."""


def _phase_entity(load: Load) -> str | None:
    """What switches its phases, where its owner has asked for it."""
    way = load.device.get("phase_switch")
    if load.switching is None or not isinstance(way, Mapping):
        return None
    return next((str(way[key]) for key in WAYS if way.get(key) is not None), None)


def _lines_set(load: Load, view: View) -> int | None:
    """How many phases its phase switch says; None where it says neither one nor three, as in its own automatic."""
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
    """What switches it to one phase, or to all; None when nothing does."""
    entity, way = _phase_entity(load), load.device.get("phase_switch")
    if entity is None or not isinstance(way, Mapping):
        return None
    state = way["one" if lines == 1 else "three"]
    if isinstance(state, str) and not is_list(entity):
        return switch_call(entity, state == "on")
    return set_call(entity, state)


def entities(load: Load) -> tuple[str, ...]:
    """Current, switch, status and draw. Buttons show nothing."""
    keys = ("current", "switch", "status") if preset_of(load).pause.is_shown else ("current", "status")
    phases = _phase_entity(load)
    return named_entities(load, *keys) + draw_entities(load.device.get("draw")) + ((phases,) if phases else ())


def read(load: Load, view: View, voltage_v: float) -> LoadState:
    """A charger without its number, or with an unavailable one, cannot be steered: it is not available."""
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
    """Whether a number is unknown, which can be set nevertheless, beside a switch that can stop the charger."""
    switch, current = entity_of(load, "switch"), entity_of(load, "current")
    is_known = switch is not None and shows_on(switch, row, view.word(switch)) is not None
    return is_known and current is not None and str(view.raw(current)) == "unknown"


def _hides_current(load: Load, row: Preset, view: View, status: Status) -> bool:
    """Whether its number does not show what it was set to.

    In any other option a car may draw what the number shows: the charger has deleted what it was set to.
    """
    switch = entity_of(load, "switch")
    if row.current_unread:
        return True
    if not row.current_hidden_in or switch is None:
        return False
    return status in WITHOUT_CAR or view.word(switch) in row.current_hidden_in


def _shown_a(view: View, current: str) -> float | None:
    """What its number shows [A]; None where that is in another unit, and amps must not be sent to it."""
    unit = view.unit(current)
    return None if unit and not SETPOINT.fits(unit) else view.number(current)


def _missing(load: Load, row: Preset, view: View) -> str:
    """An entity that its preset looks for and that is disabled, or called otherwise; "" when all are there."""
    gone = [] if row is PLAIN else [entity for entity in entities(load) if view.raw(entity) is None]
    if not gone:
        return ""
    return message("preset_entity_missing", entity=gone[0], preset=row.name)


def _limit(view: View, current: str | None, attribute: str, otherwise: float | None) -> float | None:
    told = None if current is None else view.attribute_number(current, attribute)
    return otherwise if told is None else told


def _switch(load: Load, row: Preset, view: View) -> tuple[bool, bool | None]:
    """Whether there is anything that can pause it now, and whether it may charge; None when that is unknown."""
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
    """Whether there is a switch, be it unavailable for a while."""
    switch = entity_of(load, "switch")
    return switch is not None and view.raw(switch) is not None


def calls(load: Load, command: Command) -> tuple[ServiceCall, ...]:
    """Off goes first, on goes last: current and phases are never set under a charger that is not to run at them."""
    row = preset_of(load)
    current = None if command.current_a is None else current_call(load, row, command.current_a)
    pause = None if command.on is None else pause_call(load, row, command.on)
    phases = None if command.lines is None else phase_call(load, command.lines)
    ordered = (phases, current, pause) if command.on else (pause, current, phases)
    return tuple(call for call in ordered if call is not None)


NUMBER = Driver(entities, read, calls, boosted=until_unplugged)
