"""The energy of one load: its counter, its session and its power, and how that is stored."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ... import tuning
from ...model.numbers import Amount
from ...model.records import fast_replace, record
from ...model.site import MAIN
from ...model.snapshot import LoadState, Snapshot
from ...runtime.json_values import load_stored, to_json_values
from .counter import EnergyCounter, EnergySource, Level
from .session import Session


class LastDraw(NamedTuple):
    """The last measured draw of a load."""

    a: tuple[float | None, float | None, float | None]
    """On each phase [A]."""
    silent_s: Amount = math.inf
    """How long ago it was measured [s]; infinite where a file does not say that, as the first ones of 1.0.0."""


NO_DRAW = LastDraw((None, None, None))
"""The last draw of a load that was never measured."""


@record
class LoadEnergy:
    """The state of one load's energy, as it is stored."""

    counter: EnergyCounter
    """The counter of its energy."""
    session: Session | None = None
    """The present session, None between sessions."""
    last: LastDraw = NO_DRAW
    """Its last measured draw."""

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


NEW_ENERGY = LoadEnergy(EnergyCounter())
"""The energy of a load without any observation."""

NO_PHASE = (0.0, "")
"""No meter shows the current of any phase."""


def has_changed(state: LoadState, then: LoadState) -> bool:
    """Return whether a load's status, its switch or its draw differs from what they were.

    The draw on any phase by more than `TOLERANCE_A`, or because it has become known or unknown.
    """
    if state.status is not then.status or state.on is not then.on:
        return True
    draw_a, then_a = state.draw_a.known(), then.draw_a.known()
    return draw_a.keys() != then_a.keys() or any(abs(a - then_a[p]) > tuning.TOLERANCE_A for p, a in draw_a.items())


def highest_main_phase_a(snapshot: Snapshot) -> tuple[float, str]:
    """Return the highest current of any phase of the main fuse [A] and the phase's name; `NO_PHASE` if unknown."""
    flows = [(r.value, phase) for phase, r in snapshot.grid_a.get(MAIN, {}).items() if r.value is not None]
    if not flows:
        return NO_PHASE
    worst_a, phase = max(flows)
    return worst_a, phase.name


COUNTERS_NAME = "fusebox.energy"
"""The file of all counters, in Home Assistant's `.storage`."""


HOUSE = "(house)"
"""The key of the house in the file; no load can be called so."""


@dataclass(frozen=True, slots=True)
class HouseEnergy:
    """The stored state of the house as a whole, in addition to that of each load."""

    exported_s: Amount | None = None
    """When it last exported what no sensor of panels measures [s since 1970], None for never."""


def to_plain(loads: Mapping[str, LoadEnergy], house: HouseEnergy) -> dict[str, Any]:
    """Return the state of all loads, and of the house, as values to store."""
    stored: dict[str, Any] = to_json_values({HOUSE: house, **loads})
    return stored


def from_plain(stored: object) -> dict[str, LoadEnergy]:
    """Return load -> its stored state, without a session that contradicts its counter; damaged parts are left out."""
    if isinstance(stored, Mapping):
        stored = {name: each for name, each in stored.items() if name != HOUSE}
    found = load_stored(dict[str, LoadEnergy], stored, COUNTERS_NAME, whole=(Level, Session))
    return {name: each if _fits_counter(each) else fast_replace(each, session=None) for name, each in found.items()}


def house_from_plain(stored: object) -> HouseEnergy:
    """Return the stored state of the house; an empty one where the file has none, as before November 2026."""
    house = stored.get(HOUSE, {}) if isinstance(stored, Mapping) else {}
    return load_stored(HouseEnergy, house, COUNTERS_NAME)


def _fits_counter(energy: LoadEnergy) -> bool:
    """Return whether the session of a load has begun, and with no more energy than its counter shows."""
    session = energy.session
    return session is None or (session.start_s > 0 and session.start_kwh <= energy.counter.kwh)
