"""A clamp that may be turned round where CONFIG has nothing that generates: export counts as import until disproved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest

from fusebox.control.diagnostics.wiring import direction_is_confirmed
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.phases_memory import Move, WiringMemory
from fusebox.model.site import MAIN
from fusebox.model.snapshot import LoadState

from ..houses import Evening, car, charger, obey, site

HOUSE = site(car("car"), fuse_a=25)


class Clamp:
    """A one-phase house with an ideal charger, whose clamp shows its current times `sign`."""

    def __init__(self, sign: float, others_a: float, state: LoadState | None = None) -> None:
        self.evening, self.sign, self.others_a = Evening(HOUSE), sign, others_a
        self.state, self.second, self.worst_a = charger(6, 0.0, on=False) if state is None else state, 0, 0.0

    def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.worst_a = max(self.worst_a, abs(self.flow_a))
            decision = self.evening.step({"L1": self.sign * self.flow_a}, self.second, car=self.state)
            for command in decision.commands:
                self.state = obey(self.state, command.current_a, command.on)
            self.second += 1

    @property
    def flow_a(self) -> float:
        return self.others_a + self.draw_a

    @property
    def draw_a(self) -> float:
        """What the car draws, which its charger may not measure."""
        return (self.state.offer_a or 0.0) if self.state.on else 0.0


def test_a_turned_clamp_raises_no_load_above_the_fuse():
    house = Clamp(-1.0, 14.0)
    house.run(600)
    assert house.worst_a <= 25
    assert house.draw_a >= 10  # and the rest of the fuse is used


def test_a_turned_clamp_cuts_a_load_when_the_house_takes_more():
    house = Clamp(-1.0, 5.0)
    house.run(300)
    assert house.draw_a == 16
    house.others_a = 14.0
    house.run(60)
    assert house.flow_a <= 25


def test_panels_missing_in_config_cost_only_the_first_changes():
    house = Clamp(1.0, -18.0)
    house.run(120)
    assert house.draw_a == 16


def test_confirmed_export_stops_nothing():
    house = Clamp(1.0, -10.0)
    house.run(200)
    house.others_a = -24.0
    house.run(120)
    assert house.draw_a == 16


@pytest.mark.parametrize("seed", range(6))
def test_a_turned_clamp_overloads_a_fuse_no_longer_than_a_right_one(seed: int):
    over_s = {}
    for sign in (1.0, -1.0):
        house, random, over_s[sign] = Clamp(sign, 5.0), Random(seed), 0
        for _ in range(300):
            house.others_a = random.choice((house.others_a, house.others_a, random.uniform(1.0, 18.0)))
            house.run(1)
            over_s[sign] += house.flow_a > 25
    assert over_s[-1.0] == over_s[1.0]


def move(seen_a: float, drawn_a: float = 10.0, **more: float) -> Move:
    return Move(PerPhase(drawn_a), {MAIN: PerPhase(seen_a)}, **more)


@pytest.mark.parametrize(
    ("seen_a", "confirmed"),
    [
        ((), False),
        ((10.0,), False),
        ((10.0, 9.5), True),
        ((-10.0, -10.0), False),
        ((10.0, 10.0, -10.0, -10.0, 10.0), False),
        ((0.0, 0.0, 0.0), False),
    ],
)
def test_two_changes_of_a_load_confirm_the_sign_of_a_meter(seen_a: tuple[float, ...], confirmed: bool):
    moves = {"car": WiringMemory((Phase.L1,), (), moves=tuple(map(move, seen_a)))}
    assert direction_is_confirmed(moves, Phase.L1) is confirmed
    assert not direction_is_confirmed(moves, Phase.L2)


def test_a_car_that_uses_one_of_three_phases_confirms_the_sign_there():
    drawn_a = PerPhase(3.0, 3.0, 3.0)
    seen: Mapping[str, PerPhase] = {MAIN: PerPhase(9.0, 0.0, 0.0)}
    moves = (Move(drawn_a, seen, single_a=9.0, is_power=True),) * 2
    evidence = {"car": WiringMemory(tuple(Phase), (), moves=moves)}
    assert [direction_is_confirmed(evidence, phase) for phase in Phase] == [True, False, False]


def test_without_draw_sensors_a_car_starts_where_the_fuse_allows_either_sign():
    house = Clamp(1.0, -15.0, replace(charger(6, on=False), draw_a=PerPhase()))
    house.run(120)
    assert house.draw_a == 16
