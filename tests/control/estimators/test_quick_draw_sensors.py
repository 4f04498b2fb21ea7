"""A charger's own sensor that is quicker than the house's meter: what the meter still shows of the car is not the
house's, once it is known how late it is."""

from __future__ import annotations

import pytest

from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import Load, Mode
from fusebox.model.site import MAIN
from fusebox.model.snapshot import LoadState, Status

from ..houses import Evening, car, charger, site

HOUSE_A, EACH_A, LIT = 3.0, 5.0, 2
HEATING = Load(
    "heating", "radiators", MAIN, (Phase.L1,), 1, Mode.STANDARD, EACH_A, LIT * EACH_A, EACH_A, rated_w=2300, pause_s=0
)


def heating(on: int) -> LoadState:
    return LoadState(
        PerPhase.each((Phase.L1,), on * EACH_A),
        counted=True,
        offer_a=on * EACH_A,
        status=Status.CONNECTED,
        device_max_a=LIT * EACH_A,
    )


class Quick:
    """Two radiators, and a car that takes much or little as it likes; the meter shows what flowed `lag_s` ago."""

    def __init__(self, lag_s: int) -> None:
        self.evening = Evening(site(HEATING, car("car", priority=2), fuse_a=25))
        self.lag_s, self.second = lag_s, 0
        self.flows: list[float] = []
        self.lit, self.offer_a = LIT, 6.0
        self.fewest = LIT

    def go(self, for_s: int, takes_a: float, house_a: float = HOUSE_A) -> None:
        self.fewest = self.lit
        for _ in range(for_s):
            draw_a = min(takes_a, self.offer_a)
            self.flows.append(house_a + self.lit * EACH_A + draw_a)
            meter_a = self.flows[max(len(self.flows) - 1 - self.lag_s, 0)]
            loads = {"heating": heating(self.lit), "car": charger(self.offer_a, draw_a)}
            decision = self.evening.step({"L1": meter_a}, self.second, **loads)
            self.second += 1
            self.lit = round(decision.notes["heating"].setpoint_a / EACH_A)
            for command in decision.commands:
                if command.load == "car" and command.current_a:
                    self.offer_a = command.current_a
            self.fewest = min(self.fewest, self.lit)


@pytest.mark.parametrize("lag_s", [0, 1, 2, 3])
def test_a_car_that_takes_less_does_not_take_the_heating_with_it(lag_s):
    house = Quick(lag_s)
    for _ in range(3):
        house.go(120, takes_a=12)
        house.go(60, takes_a=6)
    house.go(120, takes_a=12)
    assert (house.lit, house.offer_a) == (2, 12)
    house.go(20, takes_a=3)
    assert house.fewest == 2


@pytest.mark.parametrize("lag_s", [0, 1, 2, 3])
def test_a_kettle_that_hides_a_cars_stop_is_found_once_the_meter_must_have_shown_it(lag_s):
    house = Quick(lag_s)
    for _ in range(4):
        house.go(60, takes_a=6)
        house.go(120, takes_a=12)
    house.go(2 * max(lag_s, 1) + 2, takes_a=0, house_a=21)
    assert house.lit == 0
