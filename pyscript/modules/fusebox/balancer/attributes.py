"""The attributes of the status entities as plain values: those of the site with its fuses, and those of each load."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from math import isfinite

from .. import tuning
from ..config.read_config import allowed_modes
from ..control.demand.tank import hygiene_due_s
from ..control.estimators.phases_in_use import known_phase_count, phase_alone
from ..control.estimators.usage import part_of_rating_to_reserve, with_measured_rating
from ..control.limits import fuse_budget
from ..control.limits.power_range import QuasarStatus
from ..control.site_reason import slow_meter_messages
from ..model.by_time import TimeTable
from ..model.ceiling import Ceiling
from ..model.data_quality import DataQuality, reading_quality
from ..model.decision import Decision, LoadNote
from ..model.durations import HOUR_S
from ..model.electrics import DUST, floor_to_step, watts
from ..model.load import Load, Mode
from ..model.load_memory import LoadMemory
from ..model.memory import Memory
from ..model.messages.message import message
from ..model.numbers import rounded
from ..model.own_entities import AMPS, WATTS, appearance, load_entity
from ..model.site import MAIN, Site
from ..model.snapshot import LoadState, Snapshot
from ..runtime.load_files import LoadedConfig
from ..runtime.version import VERSION
from .boosts import has_boost_rule
from .controls import setting_values

ACUTE = ("over", "blind")
"""States whose reason is published even if a device has a problem."""


def site_attributes(
    site: Site, snapshot: Snapshot, decision: Decision, loaded: LoadedConfig, problems: Sequence[str]
) -> dict[str, object]:
    """Return the attributes of the site's entity; values without a reading are None, phases without one left out.

    `problems` are those of devices, in addition to the mistakes of CONFIG. The reason is that of `_site_reason`.
    """
    errors = (*loaded.errors, *problems)
    grid = snapshot.grid_a.get(MAIN, {})
    oldest_s = max((reading.age_s for reading in grid.values()), default=float("inf"))
    fuses = [c for c in decision.ceilings if c.fuse == MAIN and c.known]
    headroom = {phase_name(c): round(c.rating_a - c.net_a, 1) for c in fuses}
    limit_w = site.import_limit_w(snapshot.wall_s)
    used_pct = [fuse_budget.used_budget_pct(fuse) for fuse in decision.memory.fuses.values()]
    hints = [f"loads.{name}: {state.hint}" for name, state in snapshot.loads.items() if state.hint]
    return {
        **appearance("Fusebox", "mdi:home-lightning-bolt"),
        "version": VERSION,
        **fuse_attributes(site, decision.ceilings),
        **setting_values(site),
        **({"import_limit_w": limit_w} if isinstance(site.max_import_w, TimeTable) else {}),
        "grid_a": {phase.name: rounded(reading.value) for phase, reading in grid.items()},
        "headroom_a": headroom,
        "surplus_w": None if decision.surplus_w is None else round(decision.surplus_w),
        "solar_w": rounded(snapshot.solar_w.value),
        "battery_soc_pct": rounded(mean_soc_pct(site, snapshot)),
        "battery_charge_w": rounded(snapshot.battery_charge_w.value),
        **batteries_attribute(snapshot),
        "fuse_budget_pct": round(max(used_pct, default=0.0)),
        "reason": _site_reason(decision, loaded, errors),
        "data_age_s": None if oldest_s == float("inf") else round(oldest_s, 1),
        "silent_s": silent_meters_s(site, snapshot),
        "island": site.island if _knows_island(site, snapshot, loaded) else None,
        "errors": list(errors),
        "warnings": [*loaded.warnings, *slow_meter_messages(site, snapshot), *hints],
        **({"tuning": tuned} if (tuned := tuning.overridden()) else {}),
    }


def silent_meters_s(site: Site, snapshot: Snapshot) -> dict[str, int]:
    """Return circuit and phase -> the age of its last report [s], for meters whose last report is stale."""
    return {
        f"{circuit} {phase.name}": round(reading.age_s)
        for (circuit, phase), reading in snapshot.meters.items()
        if isfinite(reading.age_s) and reading_quality(site, reading) >= DataQuality.STALE
    }


def fuse_attributes(site: Site, ceilings: Sequence[Ceiling]) -> dict[str, object]:
    """Return the attributes of the main fuse, its circuits, and the loads' entities in CONFIG's order."""
    return {
        "voltage_v": site.voltage_v,
        "fuse_a": site.circuit(MAIN).fuse_a,
        "circuits": {
            circuit.name: {
                "fuse_a": circuit.fuse_a,
                "parent": circuit.parent,
                "flow_a": {phase_name(c): round(c.flow_a, 1) for c in ceilings if c.fuse == circuit.name and c.known},
            }
            for circuit in site.circuits
            if circuit.name != MAIN
        },
        "loads": [load_entity(load.name) for load in site.loads],
    }


def phase_name(fuse: Ceiling) -> str:
    """Return the name of the phase of a fuse's ceiling."""
    return fuse.name.split()[-1]


def mean_soc_pct(site: Site, snapshot: Snapshot) -> float | None:
    """Return the mean state of charge of the batteries [%], weighted by capacity if all are known.

    None if one charge is unknown, and without a battery.
    """
    known = [snapshot.battery(at).soc_pct.value for at in range(len(site.batteries))]
    sizes = [battery.orders.capacity_kwh for battery in site.batteries]
    weights = [1.0 if None in sizes else size or 0.0 for size in sizes]
    both = [(soc_pct, weight) for soc_pct, weight in zip(known, weights, strict=False) if soc_pct is not None]
    if not both or len(both) < len(known):
        return None
    return sum(soc_pct * weight for soc_pct, weight in both) / sum(weight for _, weight in both)


def batteries_attribute(snapshot: Snapshot) -> dict[str, object]:
    """Return the charge and power of each of several batteries as an attribute; empty for one."""
    if len(snapshot.batteries) < 2:
        return {}
    found = snapshot.batteries
    return {"batteries": [{"soc_pct": rounded(b.soc_pct.value), "charge_w": rounded(b.charge_w.value)} for b in found]}


def _knows_island(site: Site, snapshot: Snapshot, loaded: LoadedConfig) -> bool:
    """Return whether the site has no grid, or CONFIG names an entity for `site.island` that has had a value."""
    is_awaited = any(text.startswith("site.island: ") for text in snapshot.unsettled)
    return not site.has_grid or ("site.island" in loaded.config.live and not is_awaited)


def _site_reason(decision: Decision, loaded: LoadedConfig, errors: Sequence[str]) -> str:
    """Return the decision's reason if its state is acute or there are no errors, otherwise the first error.

    A mistake in CONFIG comes first, as in the site's state. While an earlier CONFIG is in use, the message says so and
    quotes that mistake.
    """
    if loaded.is_fallback:
        return message("last_good_config", mistake=str(errors[0]))
    return errors[0] if loaded.errors or (errors and decision.state not in ACUTE) else decision.reason


def allocated_text(site: Site, load: Load, note: LoadNote) -> str:
    """Return the state of a load's entity, a number: amps with one decimal, or whole watts for a load with `rated_w`.

    A load that is on or off has `rated_w` or 0; one that is switched in steps has whole steps only.
    """
    if load.rated_w is None:
        return f"{note.allocated_a:.1f}"
    if load.on_off:
        return f"{load.rated_w if note.allocated_a > 0 else 0:.0f}"
    # A load that is switched in steps cannot use part of a step.
    allocated_a = floor_to_step(note.allocated_a, load.step_a) if load.is_switched else note.allocated_a
    return f"{watts(allocated_a, site.voltage_v, len(load.phases)):.0f}"


def quasar_attributes(quasar: QuasarStatus | None) -> dict[str, object]:
    """Return the attributes of a Quasar: its limit is in watts; a reason of the guard replaces the decision's.

    Its status is "waiting" unless the guard is in force (`guarded`). Empty for any other load (None).
    """
    if quasar is None:
        return {}
    found = dict(WATTS)
    if quasar.reason:
        found["reason"] = quasar.reason
    return found if quasar.guarded else {**found, "status": "waiting"}


def load_attributes(snapshot: Snapshot, load: Load, note: LoadNote, since: str) -> dict[str, object]:
    """Return the attributes that loads of all types have. `since`: when the status last changed."""
    icon = "mdi:power-socket" if load.on_off else "mdi:heating-coil" if load.is_switched else "mdi:ev-station"
    return {
        **appearance(f"Fusebox {load.name}", icon),
        **(AMPS if load.rated_w is None else WATTS),
        "type": load.type,
        "circuit": load.circuit,
        "phases": [phase.name for phase in load.phases],
        "modes": list(allowed_modes(load.type)),
        **({"boosted": load.mode is Mode.BOOST} if has_boost_rule(load) else {}),
        **setting_values(load),
        "mode": str(load.mode),
        "status": note.status,
        "setpoint_a": round(note.setpoint_a, 1),
        "draw_a": {phase: round(a, 1) for phase, a in snapshot.state_of(load.name).draw_a.known().items()},
        "available_a": round(note.available_a, 1),
        "limited_by": note.limited_by,
        "reason": note.reason,
        "since": since,
        "binding": note.limited_by,
    }


def wiring_test_attributes(site: Site, load: Load, as_set: Load, state: LoadState) -> dict[str, object]:
    """Return a load's mode as set and the reason that the wiring test decides, while one runs.

    Empty without a running test, and for a switched load that is not under test; without the reason for a load under
    test that has become unavailable.
    """
    if site.tested is None or (load.is_switched and load.name != site.tested):
        return {}
    if load.name == site.tested and not state.available:
        return {"mode": str(as_set.mode)}
    code = "moved_by_wiring_test" if load.name == site.tested else "waits_for_wiring_test"
    return {"mode": str(as_set.mode), "reason": message(code)}


def pause_and_write_counts(load: Load, past: LoadMemory, now_s: float) -> dict[str, object]:
    """Return how often a load was paused in this session, and the commands it was sent in the last hour.

    Only the commands for a load that is on or off, empty for a heat pump.
    """
    if past.switched.pump is not None:
        return {}
    pauses = {} if load.on_off else {"pauses": past.patience.pauses}
    return {**pauses, "writes_per_hour": sum(now_s - sent_s < HOUR_S for sent_s in past.timing.writes_s)}


def phase_attributes(load: Load, memory: Memory, day_began_s: float, phases_reason: str) -> dict[str, object]:
    """Return on which phases a charger is known to be (None if unknown), why, and how often that was switched today.

    Empty for a switched load and on one phase; the last two only where phases can be switched.
    """
    if load.is_switched or len(load.phases) == 1:
        return {}
    alone, switch = phase_alone(load, memory), memory.phase_switches.get(load.name)
    phase_count = known_phase_count(load, memory)
    found: dict[str, object] = {
        "phases_used": None if phase_count is None else [p.name for p in (load.phases if alone is None else (alone,))]
    }
    if load.switching is not None and switch is not None:
        found["phase_switches"] = switch.switches_since(day_began_s)
        found["phases_reason"] = phases_reason
    return found


def switched_attributes(site: Site, snapshot: Snapshot, load: Load, past: LoadMemory) -> dict[str, object]:
    """Return the attributes of a load by its kind; empty for a charger and without a state.

    A heat pump: its signal and blocked time. In watts: temperature and target. Any other that is on or off: starts of
    today, its learnt power if that differs from its rating, and for a tank its temperatures and when hygiene is due.
    """
    state = snapshot.loads.get(load.name)
    if state is not None and load.can.in_watts and past.switched.need is not None:
        return {"temperature_c": state.temperature_c, "target_c": past.switched.need.target_c}
    if state is None or not load.on_off:
        return {}
    pump = past.switched.pump
    if pump is not None:
        # A heat pump decides itself when it runs, so its starts and draw are neither counted nor learnt.
        return {"sg_state": pump.commanded, "blocked_min": round(pump.blocked_time_s(snapshot.now_s) / 60)}
    found: dict[str, object] = {"starts_today": past.timing.starts_since(snapshot.day_began_s)}
    learnt_a = with_measured_rating(load, past).max_a * part_of_rating_to_reserve(load, past, snapshot.now_s)
    if abs(learnt_a - load.max_a) > DUST:
        found["learnt_w"] = round(watts(learnt_a, site.voltage_v, len(load.phases)))
    tank, need = past.switched.tank, past.switched.need
    if tank is not None:
        found["temperature_c"] = state.temperature_c
        found["target_c"] = None if need is None else need.target_c
        due = datetime.fromtimestamp(hygiene_due_s(load, tank), UTC)
        found["hygiene_due"] = due.isoformat(timespec="minutes")
    return found
