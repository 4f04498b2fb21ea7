"""The main meter's bound for unmeasured loads: together no more than flows into the house."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.balancer.energy.power import LoadPower, bound_powers
from fusebox.model.electrics import PerPhase
from fusebox.model.snapshot import Reading

from ...control.houses import METER, car, plug, seen, site

HOUSE = site(car("car"), plug("pool"))
SUNNY = replace(HOUSE, solar_w=METER)


def left(grid_a, told=(), of=HOUSE, solar_w=None, **powers) -> dict[str, tuple[float, bool]]:
    snapshot = replace(seen({"L1": grid_a}), solar_w=Reading(solar_w, solar_w, 0.0))
    given = {name: LoadPower(PerPhase(a), measured) for name, (a, measured) in powers.items()}
    return {name: (power.sum_a, power.measured) for name, power in bound_powers(of, snapshot, given, told).items()}


def test_a_load_without_a_reported_draw_takes_no_more_than_the_meter_leaves():
    assert left(3, car=(10.0, False)) == {"car": (3, False)}
    assert left(12, car=(10.0, False)) == {"car": (10, False)}
    assert left(12, ("pool",), car=(10.0, False), pool=(8.0, True)) == {"car": (4, False), "pool": (8, True)}
    assert left(12, car=(10.0, False), pool=(10.0, False)) == {"car": (6, False), "pool": (6, False)}


def test_a_sensor_that_reported_for_minutes_counts_unless_the_meter_contradicts_it():
    assert left(9.5, car=(10.0, True)) == {"car": (10, True)}
    assert left(3, car=(10.0, True)) == {"car": (3, False)}
    assert left(3, ("car",), car=(10.0, True)) == {"car": (10, True)}


@pytest.mark.parametrize("grid_a", [None, -5.0])
def test_a_silent_meter_or_unmeasured_sun_bounds_nothing(grid_a):
    assert left(grid_a, car=(10.0, False)) == {"car": (10, False)}


def test_what_is_generated_may_flow_too():
    assert left(-2, of=SUNNY, solar_w=1380, car=(10.0, False)) == {"car": (4, False)}
    assert left(-2, of=SUNNY, car=(10.0, False)) == {"car": (10, False)}
    assert left(0, ("pool",), car=(10.0, False), pool=(-6.0, True)) == {"car": (6, False), "pool": (0, True)}
