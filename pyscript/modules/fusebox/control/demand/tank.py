"""What a hot-water tank needs now: for which purpose it heats, to which temperature, and in which mode. Pure.

A purpose begins below one temperature and ends at another. Urgent purposes are served from any source, as in
`standard`; purposes for surplus wait for their budget. No purpose overrides a fuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from ... import tuning
from ...model.appliance_memory import URGENT, ApplianceNeed, TankMemory
from ...model.durations import CLOCK_SET_S, DAY_S, HOUR_S, NEVER_S
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from ...model.messages.message import Value, message
from ...model.numbers import number_of
from ...model.records import fast_replace, replace_within
from ...model.snapshot import LoadState, Snapshot
from .tank_temperature import WAITS, Needed, has_thermostat, need_without_temperature, observe_temperature

PURPOSES = URGENT | {"normal", "warm", "surplus"}
"""All purposes that a tank may heat for."""
PLANNED = "planned"
"""What a tank remembers as its mode in a block of its plan."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """Heat to `to_c` [°C] once it is below `below_c`. `mode` is the mode it is served in."""

    name: str
    below_c: float
    to_c: float
    mode: Mode
    code: str
    """The code of the message for this purpose."""
    values: Mapping[str, Value]


def update_tank_memory(load: Load, state: LoadState, past: LoadMemory, snapshot: Snapshot) -> LoadMemory:
    """Return the memory of a tank updated from its state: its temperatures, what it needs now, and manual switching.

    A manual `on` makes it heat to the boost temperature; it ends there, and while the temperature is unknown, but not
    right after a restart or while it is unavailable. A manual `off` ends when the tank is known to need no heat, or
    becomes urgent. Without a reading and a thermostat it may not start. One that was served from any source and now
    waits for a budget has no patience without energy left.
    """
    now_s, switched = snapshot.now_s, past.switched
    tank = switched.tank or TankMemory(now_s, now_s, now_s)
    before = tank.heating
    if tank.begun_s == NEVER_S:
        tank = fast_replace(tank, begun_s=now_s, seen_s=now_s)
    if tank.done_s < CLOCK_SET_S < now_s:
        tank = fast_replace(tank, done_s=now_s)  # it was first seen before the clock was set
    is_new = tank.known_c is None or tank.mode == ""
    tank, temperature_c = observe_temperature(load, state, tank, past.timing.switched_s, now_s)
    tank = _count_hygiene_time(load, tank, temperature_c, now_s)
    if temperature_c is None:
        tank, need = need_without_temperature(load, state, tank, now_s, by_hand=past.manual.on)
    else:
        begun = _started_purposes(load, state, tank, is_new)
        tank, need = _need_at_temperature(load, tank, temperature_c, now_s, begun)
    if state.temperature_c is None and not has_thermostat(load):
        need = fast_replace(need, no_start_reason=WAITS)
    manual_on, manual_off = past.manual.on, past.manual.off
    is_blind = temperature_c is None and state.available and need.reason != WAITS
    if is_blind or (temperature_c is not None and temperature_c >= load.number("boost_c")):
        manual_on = False
    if manual_on and temperature_c is not None and not need.wants:
        need = fast_replace(need, wants=True, reason="", target_c=load.number("boost_c"))
    was = switched.need
    if was is not None and was.wants and was.mode == Mode.STANDARD and need.mode != was.mode:
        # It was served from any source until now, so there is no time without sun left to wait for.
        past = replace_within(past, "patience", budget_short_since_s=NEVER_S)
    forced = (tank.heating - before) & URGENT
    if forced or (temperature_c is not None and not need.wants):
        manual_off = False
    mode = _mode_or_planned(load) if state.available and temperature_c is not None else tank.mode
    is_hot = mode == PLANNED and temperature_c is not None and not need.wants and not _is_in_dearer_block(load, tank)
    tank = fast_replace(tank, seen_s=now_s, mode=mode, hot_in=load.block if is_hot else tank.hot_in)
    past = replace_within(past, "manual", off=manual_off, on=manual_on)
    return fast_replace(past, switched=fast_replace(switched, need=need, tank=tank))


def hygiene_due_s(load: Load, tank: TankMemory) -> float:
    """Return when the next hygiene cycle is due [s since 1970]."""
    return tank.done_s + DAY_S * load.number("hygiene_every_days")


def _count_hygiene_time(load: Load, tank: TankMemory, temperature_c: float | None, now_s: float) -> TankMemory:
    """Return the memory with the time at hygiene temperature added; after an hour in all the cycle is done.

    Only steps up to `SLOWEST_S` that begin and end at that temperature count. The time counted is lost after a day
    below it.
    """
    step_s = now_s - tank.seen_s
    hot = temperature_c is not None and temperature_c >= load.number("hygiene_c")
    if not hot:
        return fast_replace(tank, held_s=0.0) if tank.held_s and now_s - tank.hot_s > DAY_S else tank
    held_s = tank.held_s + (step_s if 0 < step_s <= tuning.SLOWEST_S and tank.hot_s == tank.seen_s else 0.0)
    if held_s >= HOUR_S:
        return fast_replace(tank, held_s=0.0, hot_s=now_s, done_s=now_s)
    return fast_replace(tank, held_s=held_s, hot_s=now_s)


def _possible_purposes(load: Load, tank: TankMemory, now_s: float) -> Iterator[Purpose]:
    """Yield what a tank may heat for now, the most urgent first.

    Minimum temperature and hygiene in every mode, if configured or due; a cheap price in every mode except `off`; then
    the heating of its mode: to the boost temperature in `boost` and the modes for surplus, otherwise to the normal one.
    """
    normal_c, boost_c, spread_k = (load.number(key) for key in ("normal_c", "boost_c", "hysteresis_c"))
    minimum_c, hygiene_c = number_of(load.device.get("minimum_c")), load.number("hygiene_c")
    if minimum_c is not None:
        to_c = max(min(minimum_c + spread_k, normal_c), minimum_c)
        yield Purpose("minimum", minimum_c, to_c, Mode.STANDARD, "tank_below_minimum", {"minimum_c": minimum_c})
    if now_s >= hygiene_due_s(load, tank):
        left_min = max(HOUR_S - tank.held_s, 0.0) / 60
        values = {"hygiene_c": hygiene_c, "left_min": round(left_min)}
        low_c = hygiene_c + tuning.HYGIENE_ABOVE_K
        yield Purpose("hygiene", low_c, low_c + 2 * tuning.HYGIENE_ABOVE_K, Mode.STANDARD, "tank_hygiene", values)
    if load.signal is not None and now_s < load.signal.until_s and load.mode is not Mode.OFF:
        values = {"target_c": boost_c}
        yield Purpose("warm", boost_c - spread_k, boost_c, Mode.STANDARD, "tank_heats_by_price", values)
    if load.mode in (Mode.STANDARD, Mode.NORMAL, Mode.SOLAR_PRIORITY, Mode.BOOST):
        to_c = boost_c if load.mode is Mode.BOOST else normal_c
        yield Purpose("normal", to_c - spread_k, to_c, Mode.STANDARD, "tank_heats", {"target_c": to_c})
    if load.mode in (Mode.SOLAR_ONLY, Mode.SOLAR_PRIORITY, Mode.EXCESS):
        mode = Mode.EXCESS if load.mode is Mode.EXCESS else Mode.SOLAR_ONLY
        yield Purpose("surplus", boost_c - spread_k, boost_c, mode, "tank_heats", {"target_c": boost_c})


def _started_purposes(load: Load, state: LoadState, tank: TankMemory, is_new: bool) -> Set[str]:
    """Return the purposes it has begun to heat for: those so far, and `normal` when a boost or a planned block begins.

    All when a new tank is found heating (`is_new`). Left to its hysteresis, a tank would often skip the cheap hour of
    its plan and heat in the dear one that follows. One that was hot in a block is left to it in dearer ones for the
    same time, and in any while it has lost less than half of it: a plan of many short blocks would start it in each.
    """
    if is_new:
        return PURPOSES if state.on is True else tank.heating
    mode = _mode_or_planned(load)
    is_due = mode == Mode.BOOST or (mode == PLANNED and not _is_left_to_hysteresis(load, tank))
    return tank.heating | {"normal"} if is_due and tank.mode != mode else tank.heating


def keeps_heat(load: Load, tank: TankMemory, due_s: float | None) -> bool:
    """Return whether it was hot in a block of its plan for this time and has lost less than half of its hysteresis.

    Not while it heats again.
    """
    middle_c = load.number("normal_c") - load.number("hysteresis_c") / 2
    was_hot = tank.hot_in is not None and tank.hot_in.due_s == due_s and "normal" not in tank.heating
    return was_hot and tank.known_c is not None and tank.known_c > middle_c


def _is_left_to_hysteresis(load: Load, tank: TankMemory) -> bool:
    """Return whether the present block of its plan does not start a tank that was hot in one for the same time."""
    return load.block is not None and (keeps_heat(load, tank, load.block.due_s) or _is_in_dearer_block(load, tank))


def _is_in_dearer_block(load: Load, tank: TankMemory) -> bool:
    """Return whether a tank was hot in a block of its plan for the same time that was cheaper than the present one."""
    block, hot_in = load.block, tank.hot_in
    if block is None or hot_in is None:
        return False
    return block.due_s == hot_in.due_s and block.price > hot_in.price


def _mode_or_planned(load: Load) -> str:
    """Return a tank's mode, `PLANNED` in a block of its plan unless a wiring test has set another mode."""
    return PLANNED if load.in_block and load.mode is Mode.STANDARD else str(load.mode)


def _need_at_temperature(load: Load, tank: TankMemory, temperature_c: float, now_s: float, begun: Set[str]) -> Needed:
    """Return the memory and what a tank needs at a known temperature; nothing while its own thermostat is open.

    Purposes that take any source come before those for surplus. `begun`: the purposes it heats for, which go on to
    their upper temperature; heating to the normal one also after a mode that has interrupted it, as between the blocks
    of a plan.
    """
    purposes = list(_possible_purposes(load, tank, now_s))
    heating = [p for p in purposes if temperature_c < (p.to_c if p.name in begun else p.below_c)]
    names = {p.name for p in heating}
    if "normal" not in {p.name for p in purposes} and temperature_c < load.number("normal_c"):
        names |= begun & {"normal"}
    tank = fast_replace(tank, heating=frozenset(names))
    is_late = now_s - hygiene_due_s(load, tank) >= DAY_S
    problem = message("tank_hygiene_late", hygiene_c=load.number("hygiene_c")) if is_late else ""
    if tank.cut_s > NEVER_S:
        cut_c = temperature_c if tank.cut_c is None else tank.cut_c
        opened = message("tank_thermostat_open", temperature_c=temperature_c, cut_c=cut_c)
        return tank, ApplianceNeed(str(load.mode), False, opened, None, problem)
    urgent = [p for p in heating if p.mode is Mode.STANDARD]
    chosen = urgent or heating
    if chosen:
        # A tank that heats for two purposes heats to the higher temperature.
        target_c, first = max(p.to_c for p in chosen), chosen[0]
        is_above = first.name == "minimum" and temperature_c >= first.below_c
        code, values = ("tank_heats", {"target_c": target_c}) if is_above else (first.code, first.values)
        reason = message(code, temperature_c=temperature_c, **values)
        return tank, ApplianceNeed(str(first.mode), True, reason, target_c, problem)
    idle = message("tank_off", temperature_c=temperature_c)
    if purposes:
        again_c = max(p.below_c for p in purposes)
        idle = message("tank_hot_enough", temperature_c=temperature_c, again_c=again_c)
    return tank, ApplianceNeed(str(load.mode), False, idle, None, problem)
