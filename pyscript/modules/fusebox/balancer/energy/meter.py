"""Counts the energy and the sessions of all loads, in one object that outlives reloads of the scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ... import tuning
from ...control.estimators.phases_in_use import narrow_phases
from ...model.durations import NEVER_S, has_passed
from ...model.electrics import PerPhase
from ...model.load import Load
from ...model.memory import Memory
from ...model.records import fast_replace
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot
from ...runtime.store import singleton
from .counter import WS_PER_KWH, LoadObservation, advance_counter
from .load_energy import (
    NEW_ENERGY,
    NO_PHASE,
    HouseEnergy,
    LastDraw,
    LoadEnergy,
    from_plain,
    has_changed,
    highest_main_phase_a,
    house_from_plain,
    to_plain,
)
from .power import (
    LoadPower,
    LoadPowers,
    bound_powers,
    exports_unmeasured,
    is_draw_known,
    is_idle,
    is_measured_now,
    load_source_shares,
    present_power,
)
from .session import (
    Observation,
    Session,
    begin_session,
    continue_session,
    has_ended,
    is_session_under_way,
    session_line,
)

ReadCounter = Callable[[Load], float | None]
"""Returns the counter of a load's device [kWh], None for no value."""


class EnergyMeter:
    """The energies of all loads by name, including loads that have left CONFIG, in case they return.

    `powers_w`: load -> its present power, for those whose draw is measured [W]. `house`: what is remembered of the
    house. `finished`: lines of ended sessions that are not on file yet. `restored`: whether earlier files have been
    read. `stored_kwh`: load -> energy on file, None where nothing is persisted. `prices`: price of a kWh from the grid
    and revenue of an exported one, None while unknown.
    """

    def __init__(self) -> None:
        self.loads: Mapping[str, LoadEnergy] = {}
        self.powers_w: Mapping[str, float] = {}
        self.house = HouseEnergy()
        self.finished: list[dict[str, Any]] = []
        self.prices: tuple[float, float] | None = None
        self.restored = False
        self.stored_kwh: Mapping[str, float] | None = None
        self._at_s = NEVER_S
        self._clock_s = NEVER_S
        self._seen: Mapping[str, tuple[str | None, LoadState]] = {}
        """Load -> its car and its state at the last count."""
        self._shares: Mapping[str, tuple[float, float]] = {}
        """Load -> the shares of its power from the sun and from the battery then (0 to 1); none while unknown."""
        self._worst = NO_PHASE

    def observe(
        self, site: Site, snapshot: Snapshot, memory: Memory, reading_kwh: ReadCounter, steady_s: float | None = None
    ) -> None:
        """Count energy, sessions and cost of all loads up to now, if a load or its car has changed, or after `SHOWN_S`.

        Otherwise only the highest current of the main fuse is remembered, for the sessions. A load of which nothing can
        be read is counted once it is back. `reading_kwh`: returns the value of a load's own counter, None without one.
        `steady_s`: a clock that is never set [s], None where the host has none.
        """
        self._worst = max(self._worst, highest_main_phase_a(snapshot))
        # A car that is corrected just before it leaves is that of the session.
        seen = {load.name: (load.vehicle.name, snapshot.state_of(load.name)) for load in site.loads}
        clock_s = snapshot.now_s if steady_s is None else steady_s
        if not self._is_count_due(seen, clock_s):
            return
        now_s, worst = snapshot.now_s, self._worst
        passed_s = {load.name: self._time_since_last_s(load.name, now_s, steady_s) for load in site.loads}
        self._at_s, self._clock_s, self._seen, self._worst = now_s, clock_s, seen, NO_PHASE
        used, narrow = narrow_phases(site, snapshot, memory, doubted=True)
        powers, lasts = self._present_powers(used, narrow, passed_s)
        self._observe_house(site, snapshot)
        loads = dict(self.loads)
        for load in site.loads:
            name, state, counted_kwh = load.name, narrow.state_of(load.name), reading_kwh(load)
            if name in loads and not (state.available or is_draw_known(load, state) or counted_kwh is not None):
                continue
            past, power = loads.get(name, NEW_ENERGY), powers[name]
            power_w = power.sum_a * site.voltage_v
            most_w = load.max_a * site.voltage_v * len(load.phases)
            idle = is_idle(load, state, power, power_w)
            draw = LoadObservation(now_s, passed_s[name], power_w, power.measured, idle, counted_kwh, most_w)
            counter = advance_counter(past.counter, draw)
            taken_kwh = counter.kwh - past.counter.kwh
            pauses = memory.loads[name].patience.pauses if name in memory.loads else 0
            split_kwh = self._split_by_source_kwh(name, passed_s[name])
            observation = Observation(load, draw, counter, taken_kwh, pauses, worst, split_kwh, self.price_of(name))
            session = self._update_session(past, snapshot.state_of(name), observation)
            loads[name] = LoadEnergy(counter, session, lasts[name])
        self._end_sessions_of_others(loads, site)
        drawn_a = {name: power.by_phase_a for name, power in powers.items()}
        self._shares = load_source_shares(site, snapshot, drawn_a, self.house.exported_s) or {}
        self.powers_w = {name: power.sum_a * site.voltage_v for name, power in powers.items() if power.measured}
        self.loads = loads

    def _is_count_due(self, seen: Mapping[str, tuple[str | None, LoadState]], clock_s: float) -> bool:
        """Return whether to count now: after `SHOWN_S`, or when a load's car or state has changed (`has_changed`).

        `seen`: load -> its car and its state. `clock_s`: the steady clock, the wall clock where the host has none [s].
        """
        before = self._seen
        if seen.keys() != before.keys() or has_passed(tuning.SHOWN_S, self._clock_s, clock_s):
            return True
        return any(car != before[name][0] or has_changed(state, before[name][1]) for name, (car, state) in seen.items())

    def published_kwh(self, name: str) -> float:
        """Return a load's energy on file [kWh], so that it never falls after a power cut; 0 before it is there.

        Where nothing is persisted, what is counted.
        """
        return self.loads[name].counter.kwh if self.stored_kwh is None else self.stored_kwh.get(name, 0.0)

    def price_of(self, name: str) -> float | None:
        """Return the present price of a kWh for a load, a mix of sun and grid; None if no price is known.

        Its share of sun costs what exporting it would have earned, at most the price of the grid; energy from a battery
        costs as from the grid.
        """
        if self.prices is None:
            return None
        sun, _ = self._shares.get(name, (0.0, 0.0))
        paid, earned = self.prices
        return paid - sun * (paid - min(paid, earned))

    def plain(self) -> dict[str, Any]:
        """Return everything to persist as plain values, without finished sessions."""
        return to_plain(self.loads, self.house)

    def restore(self, stored: object) -> None:
        """Take over persisted values, once per process; loads that are counted already keep their new values."""
        if not self.restored:
            self.loads = {**from_plain(stored), **self.loads}
            self.house = house_from_plain(stored) if self.house.exported_s is None else self.house
            self.restored = True

    def take_over(self, older: Any) -> None:
        """Continue from the meter of an older version of the code, whose `plain` must keep its name."""
        self.finished = older.finished
        self.restore(older.plain())
        # A running older version has its attribute under the name `kept_kwh`.
        self.restored, self.stored_kwh = older.restored, getattr(older, "stored_kwh", vars(older).get("kept_kwh"))

    def marks(self) -> dict[str, tuple[float, float | None]]:
        """Return load -> its energy [kWh] and when its session began, None without one: a change has to be stored."""
        return {name: (each.counter.kwh, each.session_start_s) for name, each in self.loads.items()}

    def _observe_house(self, site: Site, snapshot: Snapshot) -> None:
        """Remember an export that no sensor measures, and forget one that is later than now, as the clock was set."""
        exported_s, now_s = self.house.exported_s, snapshot.now_s
        if exports_unmeasured(site, snapshot):
            self.house = HouseEnergy(now_s)
        elif exported_s is not None and exported_s > now_s:
            self.house = HouseEnergy()

    def _time_since_last_s(self, name: str, now_s: float, steady_s: float | None) -> float:
        """Return the time since a load was last observed [s], 0 for the first time.

        Within this process the steady clock counts, because the wall clock may have been set; without it a long gap
        counts nothing. Over a restart only the wall clock is known.
        """
        at_s = self.loads.get(name, NEW_ENERGY).counter.at_s
        if at_s is None:
            return 0.0
        if at_s != self._at_s:
            return max(now_s - at_s, 0.0)
        if steady_s is not None:
            return max(steady_s - self._clock_s, 0.0)
        passed_s = now_s - at_s
        return passed_s if 0 <= passed_s <= tuning.LASTING_S else 0.0

    def _present_powers(
        self, site: Site, snapshot: Snapshot, passed_s: Mapping[str, float]
    ) -> tuple[LoadPowers, Mapping[str, LastDraw]]:
        """Return load -> power, measured, or estimated and bounded; and load -> its last measured draw.

        An estimate is by that draw and its state; together they are no more than the house's meter leaves. `site`,
        `snapshot`: with the phases that loads use.
        """
        powers, lasts, measured = dict[str, LoadPower](), dict[str, LastDraw](), set[str]()
        for load in site.loads:
            name, state, last = load.name, snapshot.state_of(load.name), self.loads.get(load.name, NEW_ENERGY).last
            lasts[name] = last._replace(silent_s=last.silent_s + passed_s[name])
            powers[name] = present_power(load, state, LoadPower(PerPhase(*last.a), True), lasts[name].silent_s)
            if is_measured_now(load, state, powers[name]):
                measured.add(name)
        bounded = bound_powers(site, snapshot, powers, measured)
        for load in site.loads:
            if bounded[load.name].measured and is_draw_known(load, snapshot.state_of(load.name)):
                lasts[load.name] = LastDraw((*bounded[load.name].by_phase_a,), 0.0)
        return bounded, lasts

    def _split_by_source_kwh(self, name: str, passed_s: float) -> tuple[float, float, float] | None:
        """Return a load's energy since the last observation: in total, from the sun, from the battery [kWh].

        None while its source is unknown, and after a gap of more than `LASTING_S`. `passed_s`: the time since that
        observation [s].
        """
        if name not in self._shares or passed_s > tuning.LASTING_S:
            return None
        sun, battery = self._shares[name]
        taken_kwh = self.loads[name].counter.power_w * passed_s / WS_PER_KWH
        return taken_kwh, sun * taken_kwh, battery * taken_kwh

    def _update_session(self, past: LoadEnergy, state: LoadState, observation: Observation) -> Session | None:
        """Return the session of a load after this observation, None between sessions.

        One that has ended is added to `finished`: every stay of a car, and any other that took energy.
        """
        load, now_s = observation.load, observation.draw.now_s
        present = is_session_under_way(load, state)
        if past.session is None:
            return begin_session(present, observation)
        if not has_ended(past.session, present, now_s):
            return continue_session(past.session, present, observation)
        self._end_session(load.name, past, now_s, observation.counter.kwh, is_stay=not load.is_switched)
        return None

    def _end_sessions_of_others(self, loads: dict[str, LoadEnergy], site: Site) -> None:
        """End the sessions of loads that left CONFIG, in place; those that took energy are added to `finished`."""
        for name in loads.keys() - {load.name for load in site.loads}:
            past = loads[name]
            self._end_session(name, past, past.counter.at_s or 0.0, past.counter.kwh, is_stay=False)
            loads[name] = fast_replace(past, session=None)

    def _end_session(self, name: str, past: LoadEnergy, now_s: float, total_kwh: float, *, is_stay: bool) -> None:
        """Add the line of a load's session to `finished` if it took energy or `is_stay`; nothing without a session.

        It ended now, or at its last draw if it is known from draws only; after a gap in the observations of more than
        `LASTING_S`, when it was last observed. `total_kwh`: the load's counter at the end.
        """
        session, end_s, observed_s = past.session, now_s, past.counter.at_s
        if session is None:
            return
        kwh = total_kwh - session.start_kwh
        if session.by_draw and session.drew_s is not None:
            end_s = session.drew_s
        elif observed_s is not None and now_s - observed_s > tuning.LASTING_S:
            end_s = observed_s
        if is_stay or kwh >= tuning.ENERGY_JITTER_KWH:
            # A clock may have been set back meanwhile.
            self.finished.append(session_line(name, session, max(end_s, session.start_s), kwh))


def energy_meter() -> EnergyMeter:
    """Return the meter of this process; it takes over the state of an older version of the code."""
    return singleton("energy_meter", EnergyMeter, EnergyMeter.take_over)
