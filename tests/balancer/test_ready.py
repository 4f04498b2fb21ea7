"""When a planned run is over: the last block ends as soon as its energy is complete."""

from __future__ import annotations

import pytest

from fusebox.balancer.plans.course import planned_end_s

FROM_S = 1_800_000_000.0 // 900 * 900


@pytest.mark.parametrize(
    ("powers", "need_kwh", "passed_s", "end_s"),
    [
        ((0, 0, 0), 1.0, 0, None),
        ((0, 4, 4, 0), 2.0, 0, 2700),
        ((0, 4, 4, 0), 1.5, 0, 2250),  # half of the last quarter is enough
        ((4, 0), 0.5, 450, 900),  # half of the present quarter is over
        ((4, 0), 0.25, 450, 675),
        ((4, 4), 9.0, 0, 1800),
    ],
)
def test_a_plan_ends_when_its_energy_is_complete(powers, need_kwh, passed_s, end_s) -> None:
    found = planned_end_s(powers, need_kwh, FROM_S + passed_s)
    assert found == (None if end_s is None else pytest.approx(FROM_S + end_s))
