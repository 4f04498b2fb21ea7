"""Every load's counter and session, step by step: one object that outlives reloads of the scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ... import tuning
from ...control.estimators.phases_in_use import narrowed
from ...model.load import Load
from ...model.memory import Memory
from ...model.records import fast_replace
from ...model.site import MAIN, Site
from ...model.snapshot import LoadState, Snapshot
from ...runtime.store import STORE
from .counter import WS_PER_KWH, EnergySource, Seen, advanced
from .load_energy import LoadEnergy
from .persistence import from_plain, to_plain
from .power import LoadPower, power_of
from .session import Around, Session, begun, gone_on, is_kept, is_over, is_present, line_of
from .sources import Shares, shares_of


class EnergyMeter:
    """The energies of all loads by name; of those that have left CONFIG too, in case they come back.

    `finished`: lines of sessions that have ended and are not on file yet. `changes`: grows with what a file would have
    to be told. `restored`: whether what an earlier process has kept is in it.
    """

    def __init__(self) -> None:
        self.loads: Mapping[str, LoadEnergy] = {}
        self.finished: list[dict[str, Any]] = []
        self.changes = 0
        self.restored = False
        self._at_s = float("-inf")

    def observe(self, site: Site, snapshot: Snapshot, memory: Memory, readings_kwh: Mapping[str, float]) -> None:
        """One more instant. `readings_kwh`: what the devices' own counters show, where they show anything."""
        now_s = snapshot.now_s
        passed_s, self._at_s = now_s - self._at_s, now_s
        _, narrow = narrowed(site, snapshot, memory.phases_in_use)
        powers = {load.name: self._power(load, narrow.loads.get(load.name), now_s) for load in site.loads}
        shares = shares_of(site, snapshot, {name: power.by_phase_a for name, power in powers.items()})
        worst = _worst(snapshot)
        loads = dict(self.loads)
        for load in site.loads:
            name, power = load.name, powers[load.name]
            past, power_w = loads.get(name, LoadEnergy()), power.sum_a * site.voltage_v
            most_w = load.max_a * site.voltage_v * len(load.phases)
            counter = advanced(past.counter, Seen(now_s, power_w, power.measured, readings_kwh.get(name), most_w))
            around = Around(
                now_s,
                counter.kwh,
                power_w > tuning.ENERGY_DRAWS_W,
                power.measured or counter.source is EnergySource.COUNTER,
                memory.loads[name].pauses if name in memory.loads else 0,
                worst,
                _split_kwh(shares, name, power_w, passed_s),
            )
            self.changes += counter.kwh > past.counter.kwh
            session = self._session(load, past, snapshot.loads.get(name), around)
            is_told = power.measured and power is not past.last
            loads[name] = fast_replace(
                past,
                counter=counter,
                session=session,
                last=power if is_told else past.last,
                last_s=now_s if is_told else past.last_s,
                power_w=power_w if power.measured else None,
            )
        self.loads = loads

    def plain(self) -> dict[str, Any]:
        """All that is to outlive a restart, and a change of this code, but for what is finished."""
        return to_plain(self.loads)

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Go on from what was kept, once in the life of the process."""
        if not self.restored:
            self.loads = {**from_plain(kept), **self.loads}
            self.restored = True

    def _power(self, load: Load, state: LoadState | None, now_s: float) -> LoadPower:
        past = self.loads.get(load.name, LoadEnergy())
        return power_of(load, state, past.last, now_s - past.last_s)

    def _session(self, load: Load, past: LoadEnergy, state: LoadState | None, around: Around) -> Session | None:
        present = is_present(load, state)
        if past.session is None:
            session = begun(present, around)
            self.changes += session is not None
            return session
        if not is_over(past.session, present, around.now_s):
            return gone_on(past.session, present, around)
        self.changes += 1
        seen_s = past.counter.at_s if past.counter.at_s is not None else around.now_s
        end_s = past.session.drew_s if past.session.by_draw and past.session.drew_s is not None else seen_s
        kwh = around.kwh - past.session.start_kwh
        if is_kept(load, kwh):
            self.finished.append(line_of(load.name, past.session, end_s, kwh, cost=None))
        return None


def _worst(snapshot: Snapshot) -> tuple[str, float] | None:
    """The phase of the main fuse that carries most now."""
    flows = [(r.value, phase.name) for phase, r in snapshot.grid_a.get(MAIN, {}).items() if r.value is not None]
    if not flows:
        return None
    most_a, phase = max(flows)
    return phase, most_a


def _split_kwh(shares: Shares | None, name: str, power_w: float, passed_s: float) -> tuple[float, float, float] | None:
    """What came from where since the last instant: in all, from the sun, from the battery."""
    if shares is None or not 0 <= passed_s <= tuning.ENERGY_HELD_S:
        return None
    sun, battery = shares[name]
    taken_kwh = power_w * passed_s / WS_PER_KWH
    return taken_kwh, sun * taken_kwh, battery * taken_kwh


def energy_meter() -> EnergyMeter:
    """The one of this process; what an older load of the code has counted goes on."""
    found = STORE.get("energy_meter")
    if type(found) is not EnergyMeter:
        fresh = EnergyMeter()
        if found is not None:
            fresh.finished = found.finished
            fresh.restore(found.plain())
            fresh.restored = found.restored
        found = STORE["energy_meter"] = fresh
    return found
