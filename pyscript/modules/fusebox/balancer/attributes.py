"""The attributes of the status entities, and the response of `fusebox_explain`, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from .. import tuning
from ..control.demand.sg_ready import blocked_s
from ..control.demand.tank import hygiene_due_s
from ..control.estimators.counters import writes_per_hour
from ..control.estimators.phases_in_use import lines_used, phase_alone
from ..control.estimators.rated_power import part_used, with_measured_rating
from ..control.limits import fuse_budget
from ..control.limits.power_range import QuasarStatus
from ..control.site_reason import slow_meters
from ..model.decision import Decision, Note
from ..model.electrics import DUST, PerPhase, floor_to_step, watts
from ..model.load import Load
from ..model.load_memory import LoadMemory
from ..model.memory import Memory
from ..model.messages.message import message
from ..model.own_entities import AMPS, WATTS
from ..model.site import MAIN, Site
from ..model.snapshot import LoadState, Snapshot
from ..runtime.load_files import Loaded
from ..runtime.publisher import with_old_names
from ..runtime.version import VERSION
from .controls import values_of
from .installed import of_load, of_site, phase_of

ACUTE = ("over", "blind")
"""States whose reason is published even if there is another error."""


def appearance(name: str, icon: str) -> dict[str, object]:
    """Return the name and icon of an entity as attributes."""
    return {"friendly_name": name, "icon": icon}


def _amps_by_phase(values: PerPhase) -> dict[str, float]:
    """Return phase name -> current rounded to 0.1 A, for the known phases."""
    return {name: round(value, 1) for name, value in values.known().items()}


def site_attributes(
    site: Site, snapshot: Snapshot, decision: Decision, loaded: Loaded, problems: Sequence[str]
) -> dict[str, object]:
    """Return the attributes of the site. `problems` are those of devices, in addition to the mistakes of CONFIG."""
    errors = (*loaded.errors, *problems)
    grid = snapshot.grid_a.get(MAIN, {})
    ages_s = [reading.age_s for reading in grid.values()]
    oldest_s = max(ages_s, default=float("inf"))
    fuses = [c for c in decision.ceilings if c.fuse == MAIN and c.known]
    headroom = {phase_of(c): round(c.rating_a - c.flow_a, 1) for c in fuses}
    used_pct = [fuse_budget.used_pct(fuse) for fuse in decision.memory.fuses.values()]
    return {
        **appearance("Fusebox", "mdi:home-lightning-bolt"),
        "version": VERSION,
        **of_site(site, decision.ceilings),
        **values_of(site),
        "grid_a": {phase.name: None if r.value is None else round(r.value, 1) for phase, r in grid.items()},
        "headroom_a": headroom,
        "surplus_w": None if decision.surplus_w is None else round(decision.surplus_w),
        "solar_w": _rounded(snapshot.solar_w.value),
        "battery_soc_pct": _rounded(snapshot.battery_soc_pct.value),
        "battery_charge_w": _rounded(snapshot.battery_charge_w.value),
        "fuse_budget_pct": round(max(used_pct, default=0.0)),
        "reason": _site_reason(decision, loaded, errors),
        "data_age_s": None if oldest_s == float("inf") else round(oldest_s, 1),
        "errors": list(errors),
        "warnings": [*loaded.warnings, *slow_meters(site, snapshot), *_hints(snapshot)],
        **({"tuning": tuned} if (tuned := tuning.overridden()) else {}),
    }


def _hints(snapshot: Snapshot) -> list[str]:
    return [f"loads.{name}: {state.hint}" for name, state in snapshot.loads.items() if state.hint]


def _site_reason(decision: Decision, loaded: Loaded, errors: Sequence[str]) -> str:
    """Return what matters most: an acute state, then the first error, then what the decision says."""
    if not errors or decision.state in ACUTE:
        return decision.reason
    return message("last_good_config", mistake=str(errors[0])) if loaded.is_fallback else errors[0]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def allocated_text(site: Site, load: Load, note: Note) -> str:
    """Return the state of a load's entity: amps of a charger, watts of a load with a rating."""
    if load.rated_w is None:
        return f"{note.allocated_a:.1f}"
    if load.on_off:
        return f"{load.rated_w if note.allocated_a > 0 else 0:.0f}"
    # A load that is switched in steps cannot use part of a step.
    allocated_a = floor_to_step(note.allocated_a, load.step_a) if load.is_switched else note.allocated_a
    return f"{watts(allocated_a, site.voltage_v, len(load.phases)):.0f}"


def quasar_attributes(quasar: QuasarStatus | None) -> dict[str, object]:
    """Return the attributes of a Quasar: its limit is in watts, and the guard's reason replaces the allocation's.

    Empty for any other load (None).
    """
    if quasar is None:
        return {}
    found = dict(WATTS)
    if quasar.words:
        found["reason"] = quasar.words
    return found if quasar.guarded else {**found, "status": "waiting"}


def load_attributes(snapshot: Snapshot, load: Load, note: Note, since: str) -> dict[str, object]:
    """Return the attributes that loads of all types have. `since`: when the status last changed."""
    state = snapshot.loads.get(load.name) or LoadState()
    attributes = {
        **appearance(f"Fusebox {load.name}", "mdi:power-socket" if load.on_off else "mdi:ev-station"),
        **(AMPS if load.rated_w is None else WATTS),
        **of_load(load),
        **values_of(load),
        "mode": str(load.mode),
        "status": note.status,
        "setpoint_a": round(note.setpoint_a, 1),
        "draw_a": _amps_by_phase(state.draw_a),
        "available_a": round(note.available_a, 1),
        "limited_by": note.limited_by,
        "reason": note.reason,
        "since": since,
    }
    return with_old_names(attributes)


def commissioning_attributes(site: Site, load: Load, as_set: Load) -> dict[str, object]:
    """Return the mode that a load is set to while the wiring test runs, and that the test decides what it has."""
    if site.tested is None or (load.is_switched and load.name != site.tested):
        return {}
    code = "moved_by_wiring_test" if load.name == site.tested else "waits_for_wiring_test"
    return {"mode": str(as_set.mode), "reason": message(code)}


def counts(load: Load, past: LoadMemory, now_s: float) -> dict[str, object]:
    """Return the pauses of this session and the commands of the last hour; empty for a heat pump."""
    if past.switched.pump is not None:
        return {}
    pauses = {} if load.on_off else {"pauses": past.patience.pauses}
    return {**pauses, "writes_per_hour": writes_per_hour(past, now_s)}


def phase_attributes(load: Load, memory: Memory, day_began_s: float, phases_reason: str) -> dict[str, object]:
    """Return on which phases a charger is known to be, why, and how often that was switched today."""
    if load.is_switched or len(load.phases) == 1:
        return {}
    alone, switch = phase_alone(load, memory), memory.phase_switches.get(load.name)
    lines = lines_used(load, memory)
    found: dict[str, object] = {
        "phases_used": None if lines is None else [p.name for p in (load.phases if alone is None else (alone,))]
    }
    if load.switching is not None and switch is not None:
        found["phase_switches"] = switch.switches_since(day_began_s)
        found["phases_reason"] = phases_reason
    return found


def switched_attributes(site: Site, snapshot: Snapshot, load: Load, past: LoadMemory) -> dict[str, object]:
    """Return the attributes of loads that are only on or off: starts, learnt power, temperatures; else empty."""
    state = snapshot.loads.get(load.name)
    if state is None or not load.on_off:
        return {}
    pump = past.switched.pump
    if pump is not None:
        # A heat pump decides itself when it runs, so its starts and draw are neither counted nor learnt.
        return {"sg_state": pump.told, "blocked_min": round(blocked_s(pump, snapshot.now_s) / 60)}
    found: dict[str, object] = {"starts_today": sum(s >= snapshot.day_began_s for s in past.timing.starts_s)}
    known = with_measured_rating(load, past)
    learnt_a = known.max_a * part_used(load, past, snapshot.now_s)
    if abs(learnt_a - load.max_a) > DUST:
        found["learnt_w"] = round(watts(learnt_a, site.voltage_v, len(load.phases)))
    tank, need = past.switched.tank, past.switched.need
    if tank is not None:
        found["temperature_c"] = state.temperature_c
        found["target_c"] = None if need is None else need.target_c
        due = datetime.fromtimestamp(hygiene_due_s(load, tank), UTC)
        found["hygiene_due"] = due.isoformat(timespec="minutes")
    return found


def explanation(site: Site, decision: Decision, loaded: Loaded) -> dict[str, object]:
    """Return the whole last decision as plain values, for `fusebox_explain`."""
    return {
        "state": decision.state,
        "reason": decision.reason,
        "distribution": str(site.distribution),
        "ceilings": [
            {
                "name": c.name,
                "room_a": round(c.room_a, 2),
                "flow_a": round(c.flow_a, 2),
                "rating_a": round(c.rating_a, 2),
                "reason": str(c.explained()),
            }
            for c in decision.ceilings
        ],
        "loads": {
            name: with_old_names(
                {
                    "allocated_a": round(note.allocated_a, 2),
                    "setpoint_a": round(note.setpoint_a, 2),
                    "available_a": round(note.available_a, 2),
                    "status": note.status,
                    "limited_by": note.limited_by,
                    "reason": note.reason,
                }
            )
            for name, note in decision.notes.items()
        },
        "commands": [
            {"load": c.load, "current_a": c.current_a, "on": c.on, "phases": c.lines} for c in decision.commands
        ],
        "errors": list(loaded.errors),
        "warnings": list(loaded.warnings),
    }
