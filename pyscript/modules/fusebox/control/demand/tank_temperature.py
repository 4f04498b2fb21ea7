"""Whether a tank's temperature is credible or its own thermostat has opened, and whether a load in watts is hot enough.

Pure. Without a temperature the tank may be cold or boiling. So nothing starts, and a running tank stops. Only a tank
with its own thermostat, which ends overheating, is heated in doses: an hour in every eight, in modes that would heat at
all. That is enough to wash with. A load in watts ends at `max_c` in every mode, and heats again a little below.
"""

from __future__ import annotations

from ... import tuning
from ...model.appliance_memory import ApplianceNeed, TankMemory
from ...model.durations import HOUR_S, NEVER_S
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from ...model.messages.message import Message, message
from ...model.numbers import number_of
from ...model.records import fast_replace
from ...model.snapshot import LoadState, Snapshot

WAITS = message("waits_for_temperature")

Needed = tuple[TankMemory, ApplianceNeed]
"""The memory of a tank, and what it needs now."""


def observe_temperature(
    load: Load, state: LoadState, tank: TankMemory, switched_s: float, now_s: float
) -> tuple[TankMemory, float | None]:
    """Return the updated memory, and the temperature to rely on [°C].

    While it is missing the last one counts for `LASTING_S`, for `TANK_GRACE_S` with a thermostat. None after that, and
    once it has not moved in `TANK_STUCK_S` of heating.
    """
    reading_c = state.temperature_c
    step_s = min(max(now_s - tank.seen_s, 0.0), tuning.SLOWEST_S)
    tank = _watch_thermostat(load, state, tank, switched_s, now_s)
    if reading_c is None:
        patience_s = tuning.TANK_GRACE_S if has_thermostat(load) else tuning.LASTING_S
        known = now_s - max(tank.known_s, tank.begun_s) < patience_s
        return tank, tank.known_c if known else None
    heats = state.on is True and _element_draws(load, state) is not False
    same_s = 0.0 if reading_c != tank.known_c else tank.same_s + (step_s if heats else 0.0)
    tank = fast_replace(tank, known_c=reading_c, known_s=now_s, same_s=same_s)
    return tank, None if same_s >= tuning.TANK_STUCK_S else reading_c


def has_thermostat(load: Load) -> bool:
    """Return whether CONFIG says that the tank has its own thermostat."""
    return load.device.get("thermostat") is True


def _element_draws(load: Load, state: LoadState) -> bool | None:
    """Return whether the heating element draws clearly more than standby; None without a draw sensor."""
    draw_a = state.draw_a.highest
    return None if draw_a is None else draw_a >= tuning.RATING_STANDBY_SHARE * load.max_a


def _watch_thermostat(load: Load, state: LoadState, tank: TankMemory, switched_s: float, now_s: float) -> TankMemory:
    """Return the memory of whether the tank's own thermostat has opened: on, a tank that has drawn draws nothing.

    That has to last for `LASTING_S`, beginning with a draw report as long after the switch-on. It counts as closed
    again when the tank draws, has cooled by its hysteresis, or after `FORGET_S`.
    """
    draws = _element_draws(load, state)
    reading_c = state.temperature_c
    cooled = reading_c is not None and tank.cut_c is not None and reading_c <= tank.cut_c - load.number("hysteresis_c")
    if tank.cut_s > NEVER_S and (now_s - tank.cut_s >= tuning.FORGET_S or cooled or draws):
        tank = fast_replace(tank, cut_c=None, cut_s=NEVER_S)
    if draws:
        return tank if tank.drew and tank.idle_s is None else fast_replace(tank, drew=True, idle_s=None)
    # A sensor that has not reported since the switch-on reveals nothing about it.
    has_reported = now_s - state.draw_age_s >= switched_s + tuning.LASTING_S
    if state.on is not True or draws is None or not tank.drew or not has_reported:
        return tank if tank.idle_s is None else fast_replace(tank, idle_s=None)
    idle_s = now_s if tank.idle_s is None else tank.idle_s
    if now_s - idle_s < tuning.LASTING_S:
        return fast_replace(tank, idle_s=idle_s)
    return fast_replace(tank, idle_s=None, cut_c=reading_c, cut_s=now_s)


def need_without_temperature(load: Load, state: LoadState, tank: TankMemory, now_s: float, *, by_hand: bool) -> Needed:
    """Return the memory and what a tank of unknown temperature needs: nothing, unless it has its own thermostat.

    Then it heats for an hour in every `TANK_DOSE_WINDOW_S`, unless its thermostat has opened or its mode does not heat.
    The missing or stuck thermometer is the need's problem, but right after a restart the tank goes on as it is.
    `by_hand`: whether its user has switched it on.
    """
    step_s = min(max(now_s - tank.seen_s, 0.0), tuning.SLOWEST_S)
    own, stuck = has_thermostat(load), tank.same_s >= tuning.TANK_STUCK_S
    if not stuck and now_s - tank.begun_s < (tuning.TANK_GRACE_S if own else tuning.LASTING_S):
        # After a restart a thermometer may appear later than the switch: heating continues, nothing starts.
        heats = state.on is True and (by_hand or load.mode is not Mode.OFF)
        return tank, ApplianceNeed(str(Mode.STANDARD if heats else load.mode), heats, WAITS)
    problem = _temperature_problem(load, tank.known_c if stuck else None)
    if not own:
        return tank, ApplianceNeed(str(load.mode), False, message("tank_waits_for_thermometer"), None, problem)
    if now_s - tank.window_s >= tuning.TANK_DOSE_WINDOW_S:
        tank = fast_replace(tank, window_s=now_s, dose_s=0.0)
    elif state.on is True and _element_draws(load, state) is not False:
        tank = fast_replace(tank, dose_s=tank.dose_s + step_s)
    mode = _dose_mode(load)
    if mode is None:
        return tank, ApplianceNeed(str(load.mode), False, message("mode_off"), None, problem)
    if tank.cut_s > NEVER_S:
        return tank, ApplianceNeed(str(mode), False, message("tank_blind_thermostat_open"), None, problem)
    if tank.dose_s >= HOUR_S:
        return tank, ApplianceNeed(str(mode), False, message("tank_hour_used"), None, problem)
    return tank, ApplianceNeed(str(mode), True, message("tank_hour_given"), load.number("normal_c"), problem)


def _temperature_problem(load: Load, stuck_c: float | None) -> Message:
    """Return what is wrong with a thermometer that is stuck at a temperature [°C], or has none."""
    entity = str(load.device.get("temperature"))
    if stuck_c is None:
        return message("tank_temperature_unknown", entity=entity)
    return message("tank_temperature_stuck", shown_c=stuck_c, entity=entity)


def _dose_mode(load: Load) -> Mode | None:
    """Return the mode in which a tank of unknown temperature is heated in doses; None in mode `off`.

    `standard` if its mode heats from any source, or in any mode if it has a `minimum_c`; otherwise its own mode.
    """
    needs_own_energy = load.mode in (Mode.SOLAR_ONLY, Mode.EXCESS, Mode.OFF)
    if load.device.get("minimum_c") is not None or not needs_own_energy:
        return Mode.STANDARD
    return None if load.mode is Mode.OFF else load.mode


def with_watched_maximum(load: Load, state: LoadState, past: LoadMemory, snapshot: Snapshot) -> LoadMemory:
    """Return the memory with what a load in watts needs by its temperature; no need without a thermometer or `max_c`.

    It wants power below `max_c`, after reaching that only `HEATS_AGAIN_K` below; none, with a problem, while the
    temperature is unknown. `snapshot` is not used: its signature is that of all watched appliances.
    """
    max_c, before = number_of(load.device.get("max_c")), past.switched.need
    if max_c is None or load.device.get("temperature") is None:
        need = None
    elif state.temperature_c is None:
        need = ApplianceNeed(str(load.mode), False, WAITS, max_c, _temperature_problem(load, None))
    else:
        was_hot = before is not None and not before.wants
        again_c = max_c - tuning.HEATS_AGAIN_K
        wants = state.temperature_c < (again_c if was_hot else max_c)
        values = {"temperature_c": state.temperature_c, "max_c": max_c, "again_c": again_c}
        need = ApplianceNeed(str(load.mode), wants, "" if wants else message("at_max_temperature", **values), max_c)
    return past if need == before else fast_replace(past, switched=fast_replace(past.switched, need=need))
