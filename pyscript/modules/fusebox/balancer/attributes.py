"""The attributes of the status entities, and the response of `fusebox_explain`, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from math import isfinite

from .. import tuning
from ..control.demand.tank import hygiene_due_s
from ..control.estimators.phases_in_use import known_phase_count, phase_alone
from ..control.estimators.rated_power import part_of_rating_to_reserve, with_measured_rating
from ..control.limits import fuse_budget
from ..control.limits.power_range import QuasarStatus
from ..control.load_reason import loads_under
from ..control.site_reason import slow_meter_messages
from ..model.by_time import TimeTable
from ..model.data_quality import DataQuality, reading_quality
from ..model.decision import Decision, Note
from ..model.durations import HOUR_S
from ..model.electrics import DUST, floor_to_step, watts
from ..model.load import Load
from ..model.load_memory import LoadMemory
from ..model.memory import Memory
from ..model.messages.message import message
from ..model.numbers import rounded
from ..model.own_entities import AMPS, WATTS, appearance
from ..model.site import MAIN, Site
from ..model.snapshot import LoadState, Snapshot
from ..runtime.load_files import LoadedConfig
from ..runtime.version import VERSION
from .controls import setting_values
from .site_attributes import batteries_attribute, fuse_attributes, mean_soc_pct, phase_name, wiring_attributes

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


def allocated_text(site: Site, load: Load, note: Note) -> str:
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


def load_attributes(snapshot: Snapshot, load: Load, note: Note, since: str) -> dict[str, object]:
    """Return the attributes that loads of all types have. `since`: when the status last changed."""
    return {
        **appearance(f"Fusebox {load.name}", _icon(load)),
        **(AMPS if load.rated_w is None else WATTS),
        **wiring_attributes(load),
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


def _icon(load: Load) -> str:
    """Return the icon of a load: a socket if it is on or off, a heating coil if in steps or watts, else a charger."""
    if load.on_off:
        return "mdi:power-socket"
    return "mdi:heating-coil" if load.is_switched else "mdi:ev-station"


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
    found: dict[str, object] = {"starts_today": sum(s >= snapshot.day_began_s for s in past.timing.starts_s)}
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


CEILING_FIELDS = ("name", "room_a", "flow_a", "rating_a")
NOTE_FIELDS = ("allocated_a", "setpoint_a", "available_a", "status", "limited_by", "reason")
"""The fields of a ceiling and of a note that `fusebox_explain` returns."""


def _fields(of: object, names: Sequence[str]) -> dict[str, object]:
    """Return name -> value of these fields of a record, currents rounded to hundredths."""
    found = {name: getattr(of, name) for name in names}
    return {name: round(value, 2) if name.endswith("_a") else value for name, value in found.items()}


def explain_decision(site: Site, decision: Decision, loaded: LoadedConfig) -> dict[str, object]:
    """Return the whole last decision as plain values, for `fusebox_explain`.

    The site's state, ceilings and loads with their currents [A] and reasons, commands, and CONFIG's mistakes.
    """
    shares_a = {name: note.allocated_a for name, note in decision.notes.items()}
    return {
        "state": decision.state,
        "reason": decision.reason,
        "distribution": str(site.distribution),
        "ceilings": [
            {**_fields(c, CEILING_FIELDS), "reason": str(c.limit_message(**loads_under(c, shares_a)))}
            for c in decision.ceilings
        ],
        "loads": {
            name: {**_fields(note, NOTE_FIELDS), "binding": note.limited_by} for name, note in decision.notes.items()
        },
        "commands": [
            {"load": c.load, "current_a": c.current_a, "on": c.on, "phases": c.phase_count} for c in decision.commands
        ],
        "errors": list(loaded.errors),
        "warnings": list(loaded.warnings),
    }
