"""Limits of a session: a charger stops at a state of charge or an energy, until its car leaves or the limit is raised.

CONFIG's limits count for every session, those of a service for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ..model.electrics import number_text
from ..model.load import Load
from ..model.messages.message import Message, message
from ..model.readings import View
from ..model.records import remember_results
from ..model.site import Site
from ..planning.plan_progress import PlanProgress
from ..runtime.store import PersistedRecord, PersistedState
from .energy.load_energy import NEW_ENERGY, LoadEnergy
from .plans.modes import reports_car


class Stop(NamedTuple):
    """The limits of one load in one session."""

    session_s: float | None = None
    """When that session began [s since 1970]; None: the next one."""
    soc_pct: float | None = None
    """The state of charge that a service has set [%], None where CONFIG's counts."""
    energy_kwh: float | None = None
    """The energy that a service has set [kWh], None where CONFIG's counts."""
    reached_pct: float | None = None
    """The limit that its state of charge has reached [%], None before that; it stays off when that falls again."""
    vehicle: str | None = None
    """The car that reached it, by its name in CONFIG; None for the charger's own."""


NO_STOP = Stop()


LimitsInForce = Mapping[str, Mapping[str, Any]]
"""Load -> the values of its fields for the limits that count now: `STOP_KEYS`, and why it is `stopped`."""


@dataclass(frozen=True, slots=True)
class StoredStops:
    """Load -> its limits."""

    loads: Mapping[str, Stop] = field(default_factory=dict)


STATE = PersistedState("pyscript.fusebox_stops", "Fusebox session limits", StoredStops)


class Stops(PersistedRecord[StoredStops]):
    """The limits of the present sessions; persisted over restarts."""

    state = STATE

    async def set_limits(self, load: str, limits: Mapping[str, Any], session_s: float | None) -> None:
        """Set limits of a load, by the fields of `Stop`, and persist them; fields that are not given stay.

        `session_s`: the start of the session they count for, None for the next one. Raises what Home Assistant raises.
        """
        stop = self.record.loads.get(load, NO_STOP)._replace(session_s=session_s, **limits)
        await self.update_on_disk(StoredStops({**self.record.loads, load: stop}))

    def update_limits_in_force(
        self, site: Site, view: View, energies: Mapping[str, LoadEnergy], progress: Mapping[str, PlanProgress]
    ) -> LimitsInForce:
        """Return load -> limits in force, with why it is stopped; without loads that have no limit.

        A service's limit replaces CONFIG's until its session ends; a state of charge that was reached counts as reached
        until the session ends or another car comes. Both are persisted here when they change. `site`: as configured;
        `energies`: load -> its energy; `progress`: load -> the progress of its plan, with or without a plan.
        """
        found: dict[str, Mapping[str, Any]] = {}
        stops: dict[str, Stop] = {}
        for load in site.loads:
            energy = energies.get(load.name, NEW_ENERGY)
            stop = limits_for_session(self.record.loads.get(load.name, NO_STOP), energy)
            soc_pct = load.stop_soc_pct if stop.soc_pct is None else stop.soc_pct
            energy_kwh = load.stop_energy_kwh if stop.energy_kwh is None else stop.energy_kwh
            if stop.vehicle != load.vehicle.name:
                stop = stop._replace(reached_pct=None, vehicle=None)
            if soc_pct is None and energy_kwh is None:
                continue
            now_pct = None if soc_pct is None else _soc_pct(load, view, energy, progress.get(load.name, PlanProgress()))
            why = soc_stop_reason(soc_pct, now_pct, stop.reached_pct)
            if why is not None:
                stop = stop._replace(reached_pct=soc_pct, session_s=energy.session_start_s, vehicle=load.vehicle.name)
            elif energy_kwh is not None and (energy.session_kwh or 0.0) >= energy_kwh:
                why = message("stopped_at_energy", limit_kwh=energy_kwh)
            found[load.name] = {"stop_soc_pct": soc_pct, "stop_energy_kwh": energy_kwh, "stopped": why or load.stopped}
            if stop != NO_STOP:
                stops[load.name] = stop
        self.update(StoredStops(stops))
        return found


def _soc_pct(load: Load, view: View, energy: LoadEnergy, progress: PlanProgress) -> float | None:
    """Return the state of charge of a load's car [%], counted on from its last report by the energy since.

    None without an entity in CONFIG, without a session, and before the first report. `progress` has that report, over
    restarts too; one from before the session does not count.
    """
    entity, began_s = load.vehicle.soc_pct, energy.session_start_s
    if entity is None or began_s is None:
        return None
    past = progress if progress.at_s is not None and progress.at_s >= began_s else PlanProgress()
    more_kwh = 0.0 if past.counter_kwh is None else energy.counter.kwh - past.counter_kwh
    charge = past.charge.after_report(view.percent(entity), more_kwh, load.vehicle.name)
    now_pct = charge.estimated_soc_pct(load.vehicle)
    return charge.soc_pct if now_pct is None else now_pct


def limits_for_session(stop: Stop, energy: LoadEnergy) -> Stop:
    """Return the limits in force for the present session; none if they were set for another one, or it has ended.

    Limits that were set for the next session belong to it from its start.
    """
    began_s = energy.session_start_s
    if stop.session_s is None:
        return stop if stop == NO_STOP else stop._replace(session_s=began_s)
    return stop if stop.session_s == began_s else NO_STOP


def soc_stop_reason(limit_pct: float | None, now_pct: float | None, reached_pct: float | None) -> Message | None:
    """Return why a load stops at a state of charge, None while it has not reached it. All in percent, None if unknown.

    `reached_pct`: the limit that it has reached before in this session; the same or a lower one counts as reached.
    """
    if limit_pct is None:
        return None
    is_reached = now_pct is not None and now_pct >= limit_pct
    if is_reached or (reached_pct is not None and limit_pct <= reached_pct):
        return message("stopped_at_soc", limit_pct=limit_pct)
    return None


@remember_results
def with_stops(site: Site, in_force: LimitsInForce) -> Site:
    """Return the site with the limits in force; a load that has reached one is `stopped`. The same site without any."""
    stopped = {load.name: replace(load, **in_force[load.name]) for load in site.loads if load.name in in_force}
    return site.with_loads(stopped)


UNITS: Mapping[str, str] = {"stop_soc_pct": "%", "stop_energy_kwh": "kWh"}
"""Limit -> its unit."""


def can_stop(load: Load) -> bool:
    """Return whether a load can have limits of a session: a charger that shows whether a car is plugged in."""
    return not load.can.discharges and reports_car(load)


def limit_attributes(load: Load) -> dict[str, object]:
    """Return the limits of a load's session as text (`stop_at`) and as numbers, None where none is set.

    Empty where a load can have none (`can_stop`). The limit in percent only where a state of charge is configured.
    """
    if not can_stop(load):
        return {}
    limits = {"stop_soc_pct": load.stop_soc_pct} if load.vehicle.soc_pct is not None else {}
    limits["stop_energy_kwh"] = load.stop_energy_kwh
    texts = [f"{number_text(value)} {UNITS[key]}" for key, value in limits.items() if value is not None]
    return {"stop_at": ", ".join(texts) or None, **limits}
