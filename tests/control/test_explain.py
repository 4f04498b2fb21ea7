"""A reason names the other load that has the amps."""

from __future__ import annotations

from fusebox.control.control import step
from fusebox.model.memory import Memory

from .houses import car, charger, seen, site


def test_a_load_limited_by_a_wire_is_told_which_load_has_its_amps() -> None:
    house = site(car("garage"), car("guest", priority=2))
    decision = step(house, seen({"L1": 23.0}, garage=charger(16.0), guest=charger(6.0)), Memory())
    assert decision.notes["guest"].reason.startswith("may have 8.0 A, main L1: garage 16 A, 1 A used by others")
    assert "garage" not in decision.notes["garage"].reason
