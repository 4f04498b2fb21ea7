"""A session that has reached its limit requests nothing, in every mode except boost."""

from __future__ import annotations

import pytest

from fusebox.config.load_schemas import CHARGER_MODES
from fusebox.control.control import step
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.messages.message import message
from fusebox.model.site import Site

from ..houses import car, charger, seen, site

STOPPED = message("stopped_at_energy", limit_kwh=12.0)


def told(house: Site) -> tuple[float, str | None]:
    """Return what the car is allocated after a minute of strong sun [A], and the code of its reason."""
    memory, decision = Memory(), None
    for second in range(60):
        decision = step(house, seen({"L1": -20.0}, float(second), car=charger(0.0)), memory)
        memory = decision.memory
    assert decision is not None
    note = decision.notes["car"]
    return note.allocated_a, getattr(note.reason, "code", None)


@pytest.mark.parametrize("mode", sorted({*CHARGER_MODES.values(), Mode.BOOST}))
def test_only_boost_continues_above_a_limit(mode: Mode) -> None:
    allocated_a, code = told(site(car("car", mode=mode, stopped=STOPPED, start_after_s=0)))
    assert (allocated_a > 0) is (mode is Mode.BOOST)
    if mode is not Mode.BOOST:
        assert code == ("mode_off" if mode is Mode.OFF else "stopped_at_energy")
    if mode in (Mode.STANDARD, Mode.SOLAR_ONLY, Mode.SOLAR_PRIORITY):
        assert told(site(car("car", mode=mode, start_after_s=0)))[0] > 0, "without a limit it charges"
