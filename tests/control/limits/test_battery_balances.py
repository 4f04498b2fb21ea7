"""A battery that balances the meter: what it gives at once for a load is not taken for a house that uses more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.equipment import Battery, Inverter
from fusebox.model.load import Mode
from fusebox.model.snapshot import BatteryReadings, Reading

from ..houses import METER, Evening, car, charger, obey, seen, site

THREE = "L1 L2 L3"
MOST_W = 3000.0


def now(value: float) -> Reading:
    return Reading(value, value, 0.0)


@pytest.mark.parametrize("every_s", [1, 5])
def test_a_car_beside_a_battery_keeps_its_current_while_the_sun_does(every_s: int) -> None:
    """The house takes 900 W of 9 kW of sun, all readings are of the same instant."""
    battery = Battery(METER, METER, max_charge_w=MOST_W)
    facts = {"solar_w": METER, "inverters": (Inverter(max_w=10_000),), "batteries": (battery,), "netting": "sum"}
    of = site(car("car", phases=THREE, mode=Mode.SOLAR_ONLY, max_a=16.0), phases=THREE, **facts)
    home, state, sent = Evening(of), charger(6.0, 0.0, on=False, phases=THREE), []
    for second in range(0, 600, every_s):
        surplus_w = 9000 - 900 - 690 * (state.draw_a[0] or 0.0)
        charge_w = min(surplus_w, MOST_W)
        net_a = (charge_w - surplus_w) / 230
        snapshot = replace(
            seen(dict.fromkeys(THREE.split(), net_a / 3), second, car=state),
            solar_w=now(9000.0),
            batteries=(BatteryReadings(now(98.0), now(charge_w)),),
            sun_up=True,
        )
        for command in home.decide(snapshot).commands:
            sent.append(command.current_a)
            state = obey(state, command.current_a, command.on)
    assert state.draw_a[0] == 13.0
    assert len(sent) <= 4
