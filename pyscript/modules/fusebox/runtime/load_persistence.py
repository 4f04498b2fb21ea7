"""What of the loads' memories outlives a restart of Home Assistant, as plain values that a file can hold.

Times are kept as they are, in seconds since 1970. What makes no sense when it comes back is left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .. import tuning
from ..model.appliance_memory import BLOCK, FORCE, NORMAL, RECOMMEND, PumpMemory, TankMemory
from ..model.durations import MINUTE_S, NEVER_S
from ..model.load_memory import LoadMemory, ResponseTimes
from ..model.memory import Memory
from ..model.meter_memory import MeterLatency
from ..model.phase_switch import NEW_PHASE_SWITCH, PhaseSwitchMemory
from ..model.readings import finite
from ..model.records import fast_replace
from ..model.site import Site

PlainLoads = dict[str, dict[str, Any]]
"""Load -> what is kept of it."""


def to_plain(site: Site, memory: Memory) -> PlainLoads:
    """What is to be kept of each load; nothing of those that have nothing to tell."""
    found = {}
    for load in site.loads:
        past = memory.loads.get(load.name)
        kept = {} if past is None else _kept_latency(past)
        if past is not None and load.on_off:
            kept |= _kept(past)
        switch = memory.phase_switches.get(load.name)
        if switch is not None:
            kept["phases"] = _kept_phases(switch)
        found[load.name] = kept
    return {name: values for name, values in found.items() if values}


def with_restored(memory: Memory, kept: Mapping[str, Any], now_s: float) -> Memory:
    """The memory with what was kept of loads that it knows nothing of yet."""
    new = {name: values for name, values in kept.items() if name not in memory.loads and isinstance(values, Mapping)}
    if not new:
        return memory
    switched = {name: _phases(values["phases"], now_s) for name, values in new.items() if "phases" in values}
    others = {name: _restored(values, now_s) for name, values in new.items() if values.keys() - {"phases"}}
    return fast_replace(memory, loads={**memory.loads, **others}, phase_switches={**memory.phase_switches, **switched})


COUNTS = ("lines", "in_session", "failures", "short_ups", "by_hand")
"""What of a switch of phases is a whole number."""
TIMES = ("tried_s", "up_s")
"""What of it is a time."""
FLAGS = ("stays_on_one", "proven")


def _kept_phases(past: PhaseSwitchMemory) -> dict[str, Any]:
    """What wears out its relays, and what it was told last; how far a switch had come is seen anew."""
    found: dict[str, Any] = {"switches_s": [round(s) for s in past.switches_s], "lines": past.told}
    found |= {name: getattr(past, name) for name in (*COUNTS[1:], *FLAGS, "reserved_a") if getattr(past, name)}
    return found | {name: round(getattr(past, name)) for name in TIMES if math.isfinite(getattr(past, name))}


def _phases(kept: object, now_s: float) -> PhaseSwitchMemory:
    """Its phases are measured before anything is raised: nobody knows what happened since."""
    said = kept if isinstance(kept, Mapping) else {}
    counts = {name: int(number) for name in COUNTS if (number := finite(said.get(name))) is not None and number >= 0}
    times = {name: min(number, now_s) for name in TIMES if (number := finite(said.get(name))) is not None}
    flags = {name: said.get(name) is True for name in FLAGS}
    switches_s = tuple(min(s, now_s) for s in map(finite, _listed(said.get("switches_s"))) if s is not None)
    reserved_a = max(finite(said.get("reserved_a")) or 0.0, 0.0)
    known: dict[str, Any] = {**counts, **times, **flags, "switches_s": switches_s, "reserved_a": reserved_a}
    return fast_replace(NEW_PHASE_SWITCH, **known)


def _kept_latency(past: LoadMemory) -> dict[str, Any]:
    """How long it and its meters take, in whole seconds and in order: what is usual is not to be written each time."""
    times = {"echo": past.response.echo_s, "follow": past.response.follow_s, "meter": past.meter_latency.lags_s}
    found = {name: sorted(math.ceil(s) for s in times_s) for name, times_s in times.items() if times_s}
    return {"latency_s": found} if found else {}


def _latency(kept: object) -> tuple[ResponseTimes, MeterLatency]:
    said = kept if isinstance(kept, Mapping) else {}
    times = {name: [finite(s) for s in _listed(said.get(name))] for name in ("echo", "follow", "meter")}
    known = {
        name: tuple(s for s in times_s if s is not None and 0 <= s <= tuning.SLOWEST_S)[-tuning.LAST_TIMES :]
        for name, times_s in times.items()
    }
    return ResponseTimes(echo_s=known["echo"], follow_s=known["follow"]), MeterLatency(lags_s=known["meter"])


def _kept(past: LoadMemory) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if math.isfinite(past.switched_s):
        found["switched_s"] = round(past.switched_s, 1)
    if past.starts_s:
        found["starts_s"] = [round(s, 1) for s in past.starts_s]
    if past.manual_off or past.switched.manual_on:
        found["hand"] = "off" if past.manual_off else "on"
    pump = past.switched.pump
    if pump is not None and pump.told is not None:
        spans = pump.blocks if pump.block_s is None else (*pump.blocks, (pump.block_s, None))
        found["sg_ready"] = {
            "told": pump.told,
            "told_s": round(pump.told_s, 1),
            "calls_s": [round(s, 1) for s in pump.calls_s],
            "blocks_s": [[round(from_s, 1), to_s and round(to_s, 1)] for from_s, to_s in spans],
        }
    tank = past.switched.tank
    if tank is not None:
        # By the minute: who is hot is not to be written each second.
        found["hygiene"] = {"done_s": round(tank.done_s), "held_s": tank.held_s // MINUTE_S * MINUTE_S}
        found["hygiene"]["hot_s"] = round(tank.hot_s // MINUTE_S * MINUTE_S) if tank.held_s else None
    return found


def _restored(values: Mapping[str, Any], now_s: float) -> LoadMemory:
    past = LoadMemory()
    switched_s = finite(values.get("switched_s"))
    if switched_s is not None:
        past = replace(past, switched_s=min(switched_s, now_s))
    times_s = [finite(s) for s in _listed(values.get("starts_s"))]
    hand = values.get("hand")
    response, meter_latency = _latency(values.get("latency_s"))
    return replace(
        past,
        response=response,
        meter_latency=meter_latency,
        starts_s=tuple(min(s, now_s) for s in times_s if s is not None),
        manual_off=hand == "off",
        switched=replace(
            past.switched,
            manual_on=hand == "on",
            tank=_tank(values.get("hygiene"), now_s),
            pump=_pump(values.get("sg_ready"), now_s),
        ),
    )


def _pump(kept: object, now_s: float) -> PumpMemory | None:
    """A heat pump's memory. One that was blocked has been so until now: nobody has opened its relays meanwhile."""
    said = kept if isinstance(kept, Mapping) else {}
    told, told_s = said.get("told"), finite(said.get("told_s"))
    if told not in (BLOCK, NORMAL, RECOMMEND, FORCE) or told_s is None:
        return None
    calls_s = [finite(s) for s in _listed(said.get("calls_s"))]
    spans = [(finite(each[0]), each[1]) for each in _listed(said.get("blocks_s")) if len(_listed(each)) == 2]
    blocks = tuple(
        (from_s, now_s if (end_s := finite(to)) is None else min(end_s, now_s))
        for from_s, to in spans
        if from_s is not None
    )
    return PumpMemory(
        told=told,
        told_s=min(told_s, now_s),
        reached=True,
        calls_s=tuple(min(s, now_s) for s in calls_s if s is not None),
        blocks=blocks,
    )


def _listed(value: object) -> list[Any] | tuple[Any, ...]:
    return value if isinstance(value, list | tuple) else ()


def _tank(hygiene: object, now_s: float) -> TankMemory | None:
    """A tank's memory that begins anew but for its hygiene cycle."""
    said = hygiene if isinstance(hygiene, Mapping) else {}
    done_s, held_s, hot_s = (finite(said.get(key)) for key in ("done_s", "held_s", "hot_s"))
    if done_s is None:
        return None
    tank = TankMemory(NEVER_S, now_s, min(done_s, now_s))
    if held_s is None or hot_s is None:
        return tank
    return replace(tank, held_s=max(held_s, 0.0), hot_s=min(hot_s, now_s))
