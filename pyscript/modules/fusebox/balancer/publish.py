"""Decisions -> status entities: written on change, and every half minute without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from .. import tuning
from ..control.estimators.counters import writes_per_hour
from ..control.estimators.phases_in_use import narrowed
from ..control.limits import fuse_budget
from ..control.limits.power_range import QuasarStatus
from ..model.decision import Decision, Note
from ..model.electrics import PerPhase, floor_to_step, watts
from ..model.load import Load
from ..model.load_memory import LoadMemory
from ..model.site import MAIN, Site
from ..model.snapshot import LoadState, Snapshot
from ..runtime.load_files import Loaded
from ..runtime.old_names import with_old_names
from ..runtime.ports import Ports
from ..runtime.publisher import SITE_ENTITY, EntityPublisher
from ..runtime.store import STORE
from .attributes import switched_attributes
from .dry_run import present

ACUTE = ("over", "blind")
"""States whose reason is told although something else is wrong too."""

LAST_GOOD = "until it is mended the last good CONFIG stays in force"

AGEING = frozenset({"data_age_s", "writes_per_hour"})
"""Attributes that change by themselves: not worth a write of their own."""

NO_QUASARS: Mapping[str, QuasarStatus] = MappingProxyType({})


class Writer:
    """Writes status entities, only when they have changed, and removes those that nobody owns any longer."""

    def __init__(self, ports: Ports, loaded: Loaded) -> None:
        self._loaded = loaded
        self._shown = EntityPublisher(ports, "balancer", AGEING)
        self._since: dict[str, tuple[str, str]] = STORE.setdefault("since", {})

    def config_error(self, now_s: float, errors: Sequence[str]) -> None:
        """There is no CONFIG to work with: say so."""
        attributes = {**_appearance("Fusebox", "mdi:fuse-alert"), "reason": _first(errors), "errors": list(errors)}
        self._shown.write(now_s, SITE_ENTITY, "config_error", attributes)
        self._remove_others({SITE_ENTITY})

    def failure(self, now_s: float, text: str) -> None:
        """No decision could be made at all: nothing is seen, so nothing is promised."""
        attributes = {**_appearance("Fusebox", "mdi:fuse-alert"), "reason": text, "errors": [text]}
        self._shown.failure(now_s, SITE_ENTITY, "blind", attributes)

    def decision(
        self,
        site: Site,
        snapshot: Snapshot,
        decision: Decision,
        problems: Sequence[str],
        quasars: Mapping[str, QuasarStatus] = NO_QUASARS,
    ) -> None:
        """The site's entity and one for each load. `problems` are those of devices, beside the mistakes of CONFIG.

        `quasars`: what there is to tell of each Quasar.
        """
        now_s, mine, loaded = snapshot.now_s, {SITE_ENTITY}, self._loaded
        state = "config_error" if loaded.errors else decision.state
        attributes = _site_attributes(site, snapshot, decision, loaded, problems)
        self._shown.write(now_s, SITE_ENTITY, state, attributes)
        _, narrow = narrowed(site, snapshot, decision.memory.phases_in_use)
        for load in site.loads:
            entity = f"sensor.fusebox_{load.name}"
            mine.add(entity)
            note, state_now = decision.notes[load.name], snapshot.loads.get(load.name) or LoadState()
            has = present(site, load, state_now) if site.dry_run else _allocated(site, load, note)
            since = self._since_when(entity, note.status, now_s)
            self._shown.write(
                now_s,
                entity,
                f"{quasars[load.name].limit_w:.0f}" if load.name in quasars else has,
                {
                    **_load_attributes(site, narrow, load, note, since),
                    **_in_watts(quasars.get(load.name)),
                    **_counts(load, decision.memory.loads[load.name], now_s),
                    **_own(site, snapshot, load, decision.memory.loads[load.name]),
                },
            )
        self._remove_others(mine)

    def remove_all(self) -> None:
        """Take away everything that is shown."""
        self._remove_others(set())

    def _since_when(self, entity: str, status: str, now_s: float) -> str:
        if self._since.get(entity, ("", ""))[0] != status:
            self._since[entity] = (status, datetime.fromtimestamp(now_s, UTC).isoformat(timespec="seconds"))
        return self._since[entity][1]

    def _remove_others(self, mine: set[str]) -> None:
        for entity in self._shown.keep_only(mine):
            self._since.pop(entity, None)


def _appearance(name: str, icon: str) -> dict[str, object]:
    return {"friendly_name": name, "icon": icon}


def _first(errors: Sequence[str]) -> str:
    return errors[0] if errors else ""


def _amps_by_phase(values: PerPhase) -> dict[str, float]:
    return {name: round(value, 1) for name, value in values.known().items()}


def _site_attributes(
    site: Site, snapshot: Snapshot, decision: Decision, loaded: Loaded, problems: Sequence[str]
) -> dict[str, object]:
    errors = (*loaded.errors, *problems)
    in_force = (LAST_GOOD,) if loaded.is_fallback else ()
    grid = snapshot.grid_a.get(MAIN, {})
    ages_s = [reading.age_s for reading in grid.values()]
    oldest_s = max(ages_s, default=float("inf"))
    fuses = [c for c in decision.ceilings if c.fuse == MAIN and c.known]
    headroom = {c.name.split()[-1]: round(c.rating_a - c.flow_a, 1) for c in fuses}
    used_pct = [fuse_budget.used_pct(fuse) for fuse in decision.memory.fuses.values()]
    return {
        **_appearance("Fusebox", "mdi:home-lightning-bolt"),
        "grid_a": {phase.name: None if r.value is None else round(r.value, 1) for phase, r in grid.items()},
        "headroom_a": headroom,
        "surplus_w": None if decision.surplus_w is None else round(decision.surplus_w),
        "solar_w": _rounded(snapshot.solar_w.value),
        "battery_soc_pct": _rounded(snapshot.battery_soc_pct.value),
        "battery_charge_w": _rounded(snapshot.battery_charge_w.value),
        "fuse_budget_pct": round(max(used_pct, default=0.0)),
        "reason": "; ".join(
            [*errors[:1], *in_force, *([decision.reason] if not errors or decision.state in ACUTE else [])]
        ),
        "data_age_s": None if oldest_s == float("inf") else round(oldest_s, 1),
        "errors": list(errors),
        "warnings": list(loaded.warnings),
        **({"tuning": tuned} if (tuned := tuning.overridden()) else {}),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _allocated(site: Site, load: Load, note: Note) -> str:
    if load.rated_w is None:
        return f"{note.allocated_a:.1f}"
    if load.on_off:
        return f"{load.rated_w if note.allocated_a > 0 else 0:.0f}"
    # What is switched in steps can use no part of one.
    allocated_a = floor_to_step(note.allocated_a, load.step_a) if load.is_switched else note.allocated_a
    return f"{watts(allocated_a, site.voltage_v, len(load.phases)):.0f}"


def _in_watts(quasar: QuasarStatus | None) -> dict[str, object]:
    """A limit in watts; what the guard says comes before what the allocation says."""
    if quasar is None:
        return {}
    found: dict[str, object] = {"unit_of_measurement": "W", "device_class": "power"}
    if quasar.words:
        found["reason"] = quasar.words
    return found if quasar.guarded else {**found, "status": "waiting"}


def _load_attributes(site: Site, snapshot: Snapshot, load: Load, note: Note, since: str) -> dict[str, object]:
    state = snapshot.loads.get(load.name) or LoadState()
    in_watts = load.rated_w is not None
    attributes = {
        **_appearance(f"Fusebox {load.name}", "mdi:power-socket" if load.on_off else "mdi:ev-station"),
        "unit_of_measurement": "W" if in_watts else "A",
        "device_class": "power" if in_watts else "current",
        "state_class": "measurement",
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


def _own(site: Site, snapshot: Snapshot, load: Load, past: LoadMemory) -> dict[str, object]:
    """What only loads of this kind tell."""
    state = snapshot.loads.get(load.name)
    return {} if state is None else switched_attributes(site, snapshot, load, state, past)


def _counts(load: Load, past: LoadMemory, now_s: float) -> dict[str, object]:
    """How often this session was paused, and how many commands the last hour has seen; of relays nobody counts them."""
    if past.switched.pump is not None:
        return {}
    pauses = {} if load.on_off else {"pauses": past.pauses}
    return {**pauses, "writes_per_hour": writes_per_hour(past, now_s)}


def explanation(site: Site, decision: Decision, loaded: Loaded) -> dict[str, object]:
    """The whole last decision as plain values, for `fusebox_explain`."""
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
                "reason": c.reason,
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
        "commands": [{"load": c.load, "current_a": c.current_a, "on": c.on} for c in decision.commands],
        "errors": list(loaded.errors),
        "warnings": list(loaded.warnings),
    }
