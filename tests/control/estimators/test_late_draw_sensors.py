"""A draw sensor whose new reports have old values: learnt from the meter, so that no load is cut for its own raise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.electrics import PerPhase
from fusebox.model.load import Mode
from tests.control.houses import METER, Evening, car, charger, obey, seen, site

PHASES = "L1 L2 L3"


def writes_and_evening(late_s: int, every_s: int = 1) -> tuple[int, Evening]:
    """Return the commands in 15 minutes of changing sun, and the evening.

    A car on three phases; its draw sensor reports every `every_s` seconds what was drawn `late_s` seconds before.
    """
    evening = Evening(
        site(car("car", phases=PHASES, mode=Mode.SOLAR_ONLY), phases=PHASES, netting="sum", solar_w=METER)
    )
    state, drew_a, writes = charger(6.0, 0.0, on=False, phases=PHASES), [0.0], 0
    for second in range(900):
        sun_a = (9000 if second % 600 < 400 else 7000) / 690
        # It rises by 3.5 A a second.
        drew_a.append(min(state.draw_a[0] or 0.0, drew_a[-1] + 3.5))
        net_a = 1.3 + drew_a[-1] - sun_a
        age_s = second % every_s
        reported_a = drew_a[max(len(drew_a) - 1 - age_s - late_s, 0)]
        shown = replace(state, draw_a=PerPhase(*[reported_a] * 3), draw_age_s=float(age_s))
        for command in evening.decide(seen(dict.fromkeys(PHASES.split(), net_a), second, car=shown)).commands:
            state = obey(state, command.current_a, command.on)
            writes += 1
    return writes, evening


@pytest.mark.parametrize("late_s", [0, 1, 2, 4, 6, 8])
def test_a_car_whose_draw_sensor_is_late_does_not_saw(late_s):
    writes, _ = writes_and_evening(late_s)
    assert writes <= 10


@pytest.mark.parametrize(("late_s", "every_s", "lag_s"), [(0, 1, 0), (6, 1, 6), (0, 10, 0)])
def test_the_lag_is_what_the_values_are_late_not_how_seldom_they_come(late_s, every_s, lag_s):
    _, evening = writes_and_evening(late_s, every_s)
    assert evening.memory.loads["car"].response.meter_latency.sensor.lag_s == pytest.approx(lag_s, abs=1)
