"""A slow draw sensor with a battery that holds the meter at zero: the car draws what the battery delivers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.model.decision import Decision
from fusebox.model.electrics import PerPhase
from fusebox.model.equipment import Battery, Source
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN
from fusebox.model.snapshot import BatteryReadings, Reading, Snapshot

from ..houses import T0_S, car, charger, obey, site

BATTERY = Battery(soc_pct=Source(entity="sensor.soc"), charge_w=Source(entity="sensor.battery"), max_discharge_w=0)


@pytest.mark.parametrize("every_s", [1, 30])
@pytest.mark.parametrize("mode", [Mode.STANDARD, Mode.SOLAR_PRIORITY, Mode.SOLAR_ONLY])
def test_a_car_that_the_battery_gives_way_to_is_not_cut_by_its_own_draw(mode: Mode, every_s: int) -> None:
    of = site(car("car", mode=mode, start_after_s=0.0), batteries=(BATTERY,))
    device, memory, reported, told_s = charger(6), Memory(), 6.0, 0
    offers: list[float] = []
    for second in range(240):
        drawn_a = device.draw_a[0] or 0.0
        if second % every_s == 0:
            reported, told_s = drawn_a, second
        # 17 A of sun; the battery charges with what the car leaves.
        battery_w = (17 - drawn_a) * 230
        shown = replace(device, draw_a=PerPhase(reported), draw_age_s=float(second - told_s))
        snapshot = Snapshot(
            T0_S + second,
            {MAIN: {of.phases[0]: Reading(0.0 + second % 2 / 10, 0.0 + second % 2 / 10, 0.0)}},
            {"car": shown},
            batteries=(BatteryReadings(Reading(90.0, 90.0, 0.0), Reading(battery_w, battery_w, 0.0)),),
        )
        decision: Decision = step(of, snapshot, memory)
        memory = decision.memory
        for command in decision.commands:
            device = obey(device, command.current_a, command.on)
        offers.append((device.offer_a or 0.0) if device.on else 0.0)
    assert offers[-1] == 16
    assert offers == sorted(offers)
