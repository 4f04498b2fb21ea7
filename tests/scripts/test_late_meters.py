"""A meter that lags by a second or two: no load is cut for the echo of one that is already off."""

from __future__ import annotations

import pytest

from .houses import amps
from .test_radiators_load import Heated


class Late(Heated):
    """The meter shows what flowed `lag` lines ago."""

    def __init__(self, house, lag: int) -> None:
        super().__init__(house)
        self.meter = False
        self.flows: list[float] = []
        self.fewest, self.lag = 99, lag

    def line(self, states=None, **more):
        self.flows.append(self.flow_a)
        shown = amps(self.flows[max(len(self.flows) - 1 - self.lag, 0)])
        told = super().line({"sensor.l1": shown, **(states or {})}, **more)
        self.fewest = min(self.fewest, self.shown()["granted"])
        return told


@pytest.mark.parametrize("lag", [0, 1, 2])
def test_radiators_that_are_lowered_are_not_cut_again_for_their_own_echo(house, lag):
    rooms = Late(house, lag)
    rooms.begin(calls="abcdef")
    rooms.go(100)
    assert len(rooms.lit) == 4
    rooms.fewest = 99
    rooms.go(30)  # a turn passes on meanwhile
    assert rooms.fewest == 4
    rooms.house_a = 13.7
    rooms.go(12)
    assert (rooms.fewest, len(rooms.lit)) == (2, 2)
    rooms.house_a = 18.5
    rooms.go(3 + lag)
    assert len(rooms.lit) == 1
