"""A charger without a draw sensor whose car takes less than it is offered: what it does not take relieves no fuse."""

from __future__ import annotations

from dataclasses import replace

from fusebox.model.electrics import PerPhase
from tests.control.houses import Evening, car, charger, obey, site

CAR_A, HOUSE_A, OVEN_A = 16.0, 2.0, 33.0


def test_an_overload_stops_what_the_car_takes_and_not_only_what_it_leaves() -> None:
    evening = Evening(site(car("car", max_a=30.0), fuse_a=40))
    box = replace(charger(6.0), draw_a=PerPhase(None))

    def step(second: int, house_a: float) -> list[float | None]:
        nonlocal box
        takes_a = min(box.offer_a or 0.0, CAR_A)
        found = evening.step({"L1": house_a + takes_a}, second, car=box)
        for command in found.commands:
            box = obey(box, command.current_a, command.on)
        return [command.current_a for command in found.commands]

    for second in range(600):
        step(second, HOUSE_A)
    assert box.offer_a == 30.0
    assert step(600, HOUSE_A + OVEN_A) == [6.0]
