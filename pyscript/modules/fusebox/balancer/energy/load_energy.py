"""The energy of one load: its counter, its session and its power, and how that is stored."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ... import tuning
from ...model.electrics import PerPhase
from ...model.numbers import Amount
from ...model.records import fast_replace, record
from ...model.site import MAIN
from ...model.snapshot import Snapshot
from ...runtime.json_values import load_stored, to_json_values
from .counter import WS_PER_KWH, EnergyCounter, EnergySource, Level
from .power import NOTHING, LoadPower
from .session import Session


@record
class LoadEnergy:
    """The state of one load's energy."""

    counter: EnergyCounter = EnergyCounter()
    """The counter of its energy."""
    session: Session | None = None
    """The present session, None between sessions."""
    last: LoadPower = NOTHING
    """The last measured draw."""
    silent_s: float = math.inf
    """How long ago that was measured [s], infinite if never."""
    shares: tuple[float, float] | None = None
    """The shares of its power from the sun and from the battery (0 to 1); None if unknown."""
    power_w: float | None = None
    """Its present power [W], None without a sensor."""

    @property
    def measured(self) -> bool:
        """Whether the energy counted last was measured."""
        return self.counter.source is not EnergySource.RECKONED

    @property
    def session_kwh(self) -> float | None:
        """The energy of the present session [kWh], None between sessions."""
        return None if self.session is None else self.counter.kwh - self.session.start_kwh

    @property
    def session_start_s(self) -> float | None:
        """When the present session began [s since 1970], None between sessions."""
        return None if self.session is None else self.session.start_s


NEW_ENERGY = LoadEnergy()
"""The energy of a load without any observation."""

NO_PHASE = (0.0, "")
"""No meter shows the current of any phase."""


def has_moved(draw_a: PerPhase, then_a: PerPhase) -> bool:
    """Return whether the draw on any phase differs by more than `TOLERANCE_A`, or has become known or unknown."""
    if draw_a.known().keys() != then_a.known().keys():
        return True
    return any(abs(change_a) > tuning.TOLERANCE_A for change_a in then_a.change_to(draw_a).known().values())


def highest_main_phase_a(snapshot: Snapshot) -> tuple[float, str]:
    """Return the highest current of any phase of the main fuse [A] and the phase's name; `NO_PHASE` if unknown."""
    flows = [(r.value, phase) for phase, r in snapshot.grid_a.get(MAIN, {}).items() if r.value is not None]
    if not flows:
        return NO_PHASE
    worst_a, phase = max(flows)
    return worst_a, phase.name


def split_by_source_kwh(past: LoadEnergy, passed_s: float) -> tuple[float, float, float] | None:
    """Return the energy since the last observation: in total, from the sun, from the battery [kWh].

    None while its source is unknown, and after a gap of more than `LASTING_S`. `passed_s`: the time since that
    observation [s].
    """
    if past.shares is None or passed_s > tuning.LASTING_S:
        return None
    taken_kwh = past.counter.power_w * passed_s / WS_PER_KWH
    return taken_kwh, past.shares[0] * taken_kwh, past.shares[1] * taken_kwh


COUNTERS_NAME = "fusebox.energy"
"""The file of all counters, in Home Assistant's `.storage`."""


class StoredDraw(NamedTuple):
    """The last measured draw of a load on each phase [A], and its age when the file was written [s]."""

    a: tuple[float | None, float | None, float | None]
    silent_s: Amount


class DatedDraw(NamedTuple):
    """The last measured draw as the first files of 1.0.0 have it: with its time [s since 1970]."""

    a: tuple[float | None, float | None, float | None]
    s: Amount


@dataclass(frozen=True, slots=True)
class StoredEnergy:
    """The stored state of one load."""

    counter: EnergyCounter
    session: Session | None = None
    last: StoredDraw | DatedDraw | None = None


HOUSE = "(house)"
"""The key of the house in the file; no load can be called so."""


@dataclass(frozen=True, slots=True)
class HouseEnergy:
    """The stored state of the house as a whole, in addition to that of each load."""

    exported_s: Amount | None = None
    """When it last exported what no sensor of panels measures [s since 1970], None for never."""


def to_plain(loads: Mapping[str, LoadEnergy], house: HouseEnergy) -> dict[str, Any]:
    """Return the state of all loads, and of the house, as values to store."""
    found: dict[str, object] = {HOUSE: house}
    for name, each in loads.items():
        last = StoredDraw((*each.last.by_phase_a,), each.silent_s) if each.last.measured else None
        found[name] = StoredEnergy(each.counter, each.session, last)
    stored: dict[str, Any] = to_json_values(found)
    return stored


def from_plain(stored: object) -> dict[str, LoadEnergy]:
    """Return load -> its stored state; damaged parts are left out."""
    if isinstance(stored, Mapping):
        stored = {name: each for name, each in stored.items() if name != HOUSE}
    found = load_stored(dict[str, StoredEnergy], stored, COUNTERS_NAME, whole=(Level, Session))
    return {name: _restore_load(each) for name, each in found.items()}


def house_from_plain(stored: object) -> HouseEnergy:
    """Return the stored state of the house; an empty one where the file has none, as before November 2026."""
    house = stored.get(HOUSE, {}) if isinstance(stored, Mapping) else {}
    return load_stored(HouseEnergy, house, COUNTERS_NAME)


def _restore_load(stored: StoredEnergy) -> LoadEnergy:
    """Return the state of a load from the file, without a session that contradicts its counter.

    Its last draw counts as measured, and is as old as the file says.
    """
    found, session = LoadEnergy(stored.counter), stored.session
    if session is not None and session.start_s > 0 and session.start_kwh <= stored.counter.kwh:
        found = fast_replace(found, session=session)
    last = stored.last
    if last is None:
        return found
    silent_s = last.silent_s if isinstance(last, StoredDraw) else max(0.0, (stored.counter.at_s or last.s) - last.s)
    return fast_replace(found, last=LoadPower(PerPhase(*last.a), True), silent_s=silent_s)
