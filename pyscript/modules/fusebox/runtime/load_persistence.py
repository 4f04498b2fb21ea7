"""The part of the loads' memories that survives a restart of Home Assistant: records for the file, and back.

Times are in seconds since 1970.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple

from .. import tuning
from ..model.appliance_memory import BLOCK, FORCE, NORMAL, RECOMMEND, PumpMemory, SwitchedMemory, TankMemory
from ..model.durations import MINUTE_S, NEVER_S, may_arrive
from ..model.electrics import Phase
from ..model.load import Load
from ..model.load_memory import (
    NEW_LOAD,
    CommandMemory,
    LoadMemory,
    ManualMemory,
    ResponseMemory,
    TimingMemory,
)
from ..model.memory import Memory
from ..model.phases_memory import NEW_PHASE_SWITCH, NEW_PHASES, PhasesMemory, PhaseSwitchMemory, Stage
from ..model.records import fast_replace, record, replace_within
from ..model.site import Site
from ..model.trace import MeterLatency
from .json_values import load_stored, to_json_values

Latencies = tuple[Annotated[float, lambda latency_s: 0 <= latency_s <= tuning.SLOWEST_S], ...]
"""Recent delays [s], in whole seconds and sorted, so that usual ones cause no write."""


class StoredLatency(NamedTuple):
    """Recent delays of a load and its meters [s]."""

    echo: Latencies = ()
    follow: Latencies = ()
    meter: Latencies = ()


class StoredPump(NamedTuple):
    """An SG-Ready heat pump; a block without an end is still active."""

    commanded: Annotated[str, (BLOCK, NORMAL, RECOMMEND, FORCE).__contains__]
    commanded_s: float
    calls_s: tuple[float, ...] = ()
    blocks_s: tuple[tuple[float, float | None], ...] = ()
    overload_s: float = 0.0


class StoredHygiene(NamedTuple):
    """The hygiene cycle of a tank; `hot_s` is None while `held_s` is 0."""

    done_s: float
    held_s: float = 0.0
    hot_s: float | None = None


@record
class StoredLoad:
    """The stored state of one load.

    `hand`: the state its user has switched it to, None for neither. `last_car`: the only phase that its last car used.
    `last_on_all`: whether that used several. `limit_a`: the current that its user has set [A]. `sent_s`: when it was
    last sent a command, only of a charger that has to wait longer for the next one than a restart takes. `sent`: the
    currents [A] and switch states that it displayed and of its last commands, stored only when Home Assistant stops.
    """

    switched_s: float = NEVER_S
    starts_s: tuple[float, ...] = ()
    hand: Literal["off", "on"] | None = None
    latency_s: StoredLatency = StoredLatency()
    phases: PhaseSwitchMemory | None = None
    sg_ready: StoredPump | None = None
    hygiene: StoredHygiene | None = None
    last_car: Phase | None = None
    last_on_all: bool = False
    limit_a: float | None = None
    sent_s: float = NEVER_S
    sent: tuple[tuple[float | None, bool | None], ...] | None = None


StoredLoads = Mapping[str, StoredLoad]
NOTHING = StoredLoad()
STORED_PHASES = ("switches_s", "in_session", "failures", "short_ups", "tried_s", "up_s", "stays_on_one", "proven",
               "by_hand", "reserved_a")  # fmt: skip


def loads_to_persist(site: Site, memory: Memory) -> StoredLoads:
    """Return load -> its state to store, without loads that have none."""
    found = {}
    for load in site.loads:
        past, switch = memory.loads.get(load.name, NEW_LOAD), memory.phase_switches.get(load.name)
        stored = _stored_load(past, switched=load.on_off)
        if load.min_write_s > tuning.LASTING_S:
            stored = fast_replace(stored, sent_s=past.command.sent_s)
        car = memory.phases_in_use.get(load.name, NEW_PHASES).for_next_car()
        phases = None if switch is None else _stored_phases(switch)
        found[load.name] = fast_replace(stored, phases=phases, last_car=car.last_car, last_on_all=car.last_on_all)
    return {name: stored for name, stored in found.items() if stored != NOTHING}


def with_last_commands(stored: StoredLoads, memory: Memory) -> StoredLoads:
    """Return the stored loads, with `sent` added for each load of the memory: what it may display after a restart.

    That is what it displays now, what it was commanded lately, and the same of before the last restart while that may
    still arrive. None for a load of which the last is unknown.
    """
    found = dict(stored)
    for name, past in memory.loads.items():
        before, displayed = past.manual.sent_before, (past.manual.displayed_a, past.manual.displayed_on)
        commanded = ((current_a, on) for _, current_a, on in past.command.recent)
        sent = None if before is None else (*before, displayed, *commanded)
        found[name] = fast_replace(stored.get(name, NOTHING), sent=sent)
    return found


def with_stored_loads(site: Site, memory: Memory, stored: StoredLoads, now_s: float) -> Memory:
    """Return the memory with the stored state of each load, and its phase switch, that it does not contain yet.

    The same memory if there is nothing to add; loads that it contains stay as they are. Of a load whose type has
    changed, what only its former type needs is not restored.
    """
    new = {name: each for name, each in stored.items() if name not in memory.loads}
    if not new:
        return memory
    restored = {name: _restore_load(each, site.by_name.get(name), now_s) for name, each in new.items()}
    known = {name: each for name, each in restored.items() if each != NEW_LOAD}
    loads = {name: replace_within(each, "manual", late_s=now_s) for name, each in known.items()}
    found = {name: PhasesMemory(last_car=each.last_car, last_on_all=each.last_on_all) for name, each in new.items()}
    cars = {name: car for name, car in found.items() if car != NEW_PHASES}
    switches = {name: _restore_phases(each.phases, now_s) for name, each in new.items() if each.phases is not None}
    memory = fast_replace(memory, loads={**memory.loads, **loads}, phases_in_use={**memory.phases_in_use, **cars})
    return fast_replace(memory, phase_switches={**memory.phase_switches, **switches})


def commands_of_earlier_package(memory: object) -> Mapping[str, CommandMemory]:
    """Return load -> its last commands in the memory of a package that has been replaced; none in this package's own.

    Otherwise a command that arrives late would seem to be set by hand.
    """
    loads = {} if isinstance(memory, Memory) else getattr(memory, "loads", {})
    stored = to_json_values({name: getattr(past, "command", None) for name, past in loads.items()})
    return {name: load_stored(CommandMemory, each, "the last commands") for name, each in stored.items()}


def with_commands(memory: Memory, commands: Mapping[str, CommandMemory]) -> Memory:
    """Return the memory with these commands for the loads of which it has none, or only the time of the last one."""
    past = {name: memory.loads.get(name, NEW_LOAD) for name in commands}
    new = {name: each for name, each in past.items() if each.command == CommandMemory(sent_s=each.command.sent_s)}
    loads = {name: fast_replace(each, command=commands[name]) for name, each in new.items()}
    return fast_replace(memory, loads={**memory.loads, **loads}) if loads else memory


def _stored_phases(past: PhaseSwitchMemory) -> PhaseSwitchMemory:
    """Return the part of a phase switch to store: counters, last commanded phases, and a switch sent but not finished.

    The progress of any other switch is observed again, and phases are measured before anything is raised.
    """
    stored = {"phase_count": past.commanded_phase_count, **{name: getattr(past, name) for name in STORED_PHASES}}
    if past.stage is Stage.RESTING and past.target is not None:
        stored |= {"stage": past.stage, "phase_count": past.phase_count, "target": past.target}
    return fast_replace(NEW_PHASE_SWITCH, **stored)


def _restore_phases(stored: PhaseSwitchMemory, now_s: float) -> PhaseSwitchMemory:
    """Return the memory of a phase switch after a restart.

    A power cut may have stopped the charger before its contactor moved. So a switch that was sent but not finished is
    sent again once no current is measured, and is counted only then.
    """
    past = _stored_phases(stored)
    if past.stage is not Stage.RESTING:
        return past
    uncounted = {"switches_s": past.switches_s[:-1], "in_session": max(past.in_session - 1, 0)}
    return fast_replace(past, stage=Stage.STOPPING, since_s=now_s, **uncounted)


def _stored_load(past: LoadMemory, *, switched: bool) -> StoredLoad:
    """Return the state of a load to store: its delays and manual state, and for an on/off load more.

    Those are its switching times, the heat pump's signals and the tank's hygiene cycle.
    """
    times = (past.response.echo_s, past.response.follow_s, past.response.meter_latency.lags_s)
    latency = StoredLatency(*map(stored_latencies, times))
    hand: Literal["off", "on"] | None = "off" if past.manual.off else "on" if past.manual.on and switched else None
    if not switched:
        return StoredLoad(hand=hand, latency_s=latency, limit_a=past.manual.limit_a)
    pump, tank = past.switched.pump, past.switched.tank
    sg_ready = None if pump is None else _stored_pump(pump)
    hygiene = None if tank is None else _stored_hygiene(tank)
    timing = past.timing
    return StoredLoad(timing.switched_s, timing.starts_s, hand, latency, sg_ready=sg_ready, hygiene=hygiene)


def stored_latencies(latencies_s: tuple[float, ...]) -> Latencies:
    """Return delays as they are stored: rounded up to whole seconds, and sorted."""
    return tuple(sorted(map(math.ceil, latencies_s)))


def _stored_pump(past: PumpMemory) -> StoredPump | None:
    """Return the state of a heat pump to store, a present block without an end; None before its first command."""
    if past.commanded is None:
        return None
    blocks: tuple[tuple[float, float | None], ...] = past.blocks
    if past.block_s is not None:
        blocks = (*blocks, (past.block_s, None))
    return StoredPump(past.commanded, past.commanded_s, past.calls_s, blocks, past.overload_s)


def _stored_hygiene(past: TankMemory) -> StoredHygiene:
    """Return the hygiene cycle of a tank, rounded to minutes, so that a hot tank does not cause a write each second."""
    if not past.held_s:
        return StoredHygiene(past.done_s)
    return StoredHygiene(past.done_s, past.held_s // MINUTE_S * MINUTE_S, past.hot_s // MINUTE_S * MINUTE_S)


def _restore_load(stored: StoredLoad, load: Load | None, now_s: float) -> LoadMemory:
    """Return the memory of a load from its stored state, with at most `LAST_TIMES` delays of each kind.

    Only a heat pump has its state, and only a tank its hygiene cycle; a load that CONFIG no longer has (None) has both,
    as it may come back. A time to come is of a clock that was set back since, and counts as now. What a heat pump was
    sent long ago can no longer arrive: a state other than normal is then set by hand. Normal may be what a power cut
    has made of another.
    """
    echo_s, follow_s, lags_s = (times_s[-tuning.LAST_TIMES :] for times_s in stored.latency_s)
    is_tank, is_pump = (load.can.keeps_heat, load.can.takes_sg_state) if load is not None else (True, True)
    tank = _restore_tank(stored.hygiene, now_s) if stored.hygiene is not None and is_tank else None
    pump = _restore_pump(stored.sg_ready, now_s) if stored.sg_ready is not None and is_pump else None
    starts_s = tuple(min(at_s, now_s) for at_s in stored.starts_s)
    timing = TimingMemory(switched_s=min(stored.switched_s, now_s), starts_s=starts_s)
    is_still = pump is not None and pump.commanded == NORMAL and not may_arrive(pump.commanded_s, now_s)
    sent = () if is_still else stored.sent
    manual = ManualMemory(limit_a=stored.limit_a, off=stored.hand == "off", on=stored.hand == "on", sent_before=sent)
    response = ResponseMemory(echo_s=echo_s, follow_s=follow_s, meter_latency=MeterLatency(lags_s=lags_s))
    command = CommandMemory(sent_s=min(stored.sent_s, now_s))
    switched = SwitchedMemory(tank=tank, pump=pump)
    return LoadMemory(command=command, timing=timing, manual=manual, response=response, switched=switched)


def _restore_pump(pump: StoredPump, now_s: float) -> PumpMemory:
    """Return a heat pump's memory. One that was blocked stayed blocked until now, as its relays were not opened."""
    blocks = tuple((from_s, now_s if to_s is None else to_s) for from_s, to_s in pump.blocks_s)
    commanded_s, overload_s = min(pump.commanded_s, now_s), min(pump.overload_s, now_s)
    return PumpMemory(
        pump.commanded, commanded_s, reached=True, calls_s=pump.calls_s, blocks=blocks, overload_s=overload_s
    )


def _restore_tank(stored: StoredHygiene, now_s: float) -> TankMemory:
    """Return a new tank memory with the stored hygiene cycle."""
    tank = TankMemory(NEVER_S, now_s, min(stored.done_s, now_s))
    return tank if stored.hot_s is None else fast_replace(tank, held_s=stored.held_s, hot_s=stored.hot_s)
