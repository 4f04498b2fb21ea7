"""A plug or tank beside an appliance that pulses: warm where the fuse bears both, and off at once where it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from fusebox.model.electrics import Phase
from fusebox.model.equipment import Circuit, FuseType
from fusebox.model.load import Load
from fusebox.model.site import MAIN

from ..houses import METER, Evening, car, charger, plug, site, switched

House = Callable[[int], float]
IN_A = 20.0
"""The rating of the fuse in every house."""

TANK = plug("tank", 1840.0)
"""It draws 8 A."""


def pulses(on_s: int, off_s: int, amps: float, from_s: int = 0) -> House:
    """Return a house that draws 2 A, and `amps` more in pulses from this second on."""
    return lambda second: 2.0 + (amps if second >= from_s and (second - from_s) % (on_s + off_s) < on_s else 0.0)


class Lived:
    """Plugs of 8 A in a house, second by second: who was on, and what flowed."""

    def __init__(
        self,
        house: House,
        length_s: int,
        *plugs: Load,
        every_s: int = 1,
        circuits: tuple[Circuit, ...] = (),
        fuse_type: FuseType = FuseType.B,
        **of: float,
    ) -> None:
        built = site(*plugs, **{"fuse_a": IN_A, **of})
        main = replace(built.circuits[0], fuse_type=fuse_type)
        evening = Evening(replace(built, circuits=(main, *circuits)))
        states, shown_a = {each.name: switched(False, 0.0) for each in plugs}, 0.0
        self.on: dict[str, list[bool]] = {each.name: [] for each in plugs}
        self.flows_a: list[float] = []
        self.thetas: list[float] = []
        for second in range(length_s):
            drawn_a = sum(state.draw_a.highest or 0.0 for state in states.values())
            self.flows_a.append(house(second) + drawn_a)
            shown_a = self.flows_a[-1] if second % every_s == 0 else shown_a
            names = (MAIN, *(each.name for each in circuits))
            for command in evening.in_circuits(shown_a, second, names, **states).commands:
                states[command.load] = switched(bool(command.on), 8.0 if command.on else 0.0)
            for name, state in states.items():
                self.on[name].append(state.on is True)
            self.thetas.append(evening.memory.fuses["main L1"].theta)

    def starts(self, name: str = "tank") -> int:
        """Return how often a plug was switched on."""
        return sum(after and not before for before, after in pairwise([False, *self.on[name]]))

    def share(self, name: str = "tank", from_s: int = 0) -> float:
        """Return for what share of the time from this second on a plug was on."""
        return sum(self.on[name][from_s:]) / len(self.on[name][from_s:])


def heights(base_a: float, *pulses_a: float) -> House:
    """Return a house with single pulses of 20 s, 20 s apart, from second 40 on."""
    edges = {40 + 40 * place: amps for place, amps in enumerate(pulses_a)}
    return lambda second: base_a + next((a for from_s, a in edges.items() if from_s <= second < from_s + 20), 0.0)


@pytest.mark.parametrize(("on_s", "off_s"), [(5, 5), (10, 20), (20, 10), (30, 30), (20, 60)])
def test_a_tank_beside_pulses_that_the_fuse_bears_for_ever_is_warm(on_s: int, off_s: int) -> None:
    """2 + 12 + 8 A are 1.1 times the rating. The first pulses teach how high and how long they are."""
    lived = Lived(pulses(on_s, off_s, 12.0), 900, TANK)
    assert lived.starts() <= 3
    assert lived.share(from_s=300) == 1.0


@pytest.mark.parametrize(("pulse_a", "stays"), [(12.3, True), (12.6, False)])
def test_above_1_12_times_the_rating_it_is_off_within_the_second(pulse_a: float, stays: bool) -> None:
    known, higher = pulses(30, 30, 12.0), pulses(30, 30, pulse_a)
    lived = Lived(lambda second: (known if second < 600 else higher)(second), 610, TANK)
    assert lived.on["tank"][599] and lived.on["tank"][600] is stays


def test_an_overload_by_what_was_not_on_before_stops_it_within_the_second() -> None:
    lived = Lived(pulses(30, 30, 12.0, from_s=300), 310, TANK)
    assert lived.on["tank"][299] and not lived.on["tank"][300]


def test_a_pulse_that_is_clearly_longer_than_those_before_stops_it() -> None:
    known = pulses(30, 30, 12.0)
    lived = Lived(lambda second: known(second) if second < 600 else 14.0, 700, TANK)
    assert lived.on["tank"][600 + 44] and not lived.on["tank"][600 + 52]


def test_it_starts_into_no_short_pause_before_a_pulse_that_is_too_much_with_it() -> None:
    lived = Lived(pulses(30, 25, 13.0), 900, TANK)
    # The first two pauses teach how short they are.
    assert lived.starts() == 2
    assert sum(flow_a > 1.13 * IN_A for flow_a in lived.flows_a) <= 2


def test_it_starts_into_no_short_pause_where_the_heat_of_all_pulses_would_exhaust_the_fuse() -> None:
    lived = Lived(pulses(70, 25, 12.3), 900, TANK)
    assert lived.starts() <= 2
    assert lived.share(from_s=450) == 0.0


@pytest.mark.parametrize("fuse_type", [FuseType.B, FuseType.LINKY])
def test_long_pulses_stop_it_when_the_fuse_is_exhausted(fuse_type: FuseType) -> None:
    lived = Lived(pulses(120, 60, 12.3), 900, TANK, fuse_type=fuse_type)
    assert lived.starts() > 2
    assert max(lived.thetas) < 1.08


def test_of_two_plugs_only_as_many_start_as_the_fuse_bears_with_the_pulses() -> None:
    """Beside 2 + 11 A one of them makes 1.05 times the rating and two 1.45 times."""
    lived = Lived(pulses(20, 20, 11.0), 900, replace(TANK, name="one"), replace(TANK, name="two", priority=2))
    assert (lived.share("one", from_s=200), lived.share("two", from_s=200)) == (1.0, 0.0)
    # Once for each of the first pauses, in which the appliance is not known yet.
    assert sum(flow_a > 1.13 * IN_A for flow_a in lived.flows_a) <= 2


def test_two_plugs_start_together_where_the_fuse_bears_both_and_the_pulses() -> None:
    lived = Lived(pulses(20, 20, 4.0), 900, replace(TANK, name="one"), replace(TANK, name="two", priority=2))
    assert [lived.share(name, from_s=120) for name in ("one", "two")] == [1.0, 1.0]


def test_the_fuse_of_its_own_circuit_bears_no_more_than_the_main_fuse() -> None:
    """The pulses are behind the garage's meter too: 2 + 12 + 8 A are 1.38 times its rating and 0.88 of the main one."""
    garage, tank = Circuit("garage", 16.0, MAIN, FuseType.B, {Phase.L1: METER}), replace(TANK, circuit="garage")
    lived = Lived(pulses(20, 20, 12.0, from_s=300), 900, tank, fuse_a=25.0, circuits=(garage,))
    assert lived.on["tank"][299] and not lived.on["tank"][301]
    assert lived.starts() <= 2


def test_a_contract_bears_no_pulse() -> None:
    """4600 W are 20 A."""
    lived = Lived(pulses(20, 20, 12.0, from_s=300), 900, TANK, fuse_a=25.0, max_import_w=4600.0)
    assert lived.on["tank"][299] and not lived.on["tank"][301]
    assert lived.starts() <= 2


def test_with_a_meter_of_ten_seconds_it_is_warm_too() -> None:
    lived = Lived(pulses(20, 60, 12.0), 900, TANK, every_s=10)
    assert lived.starts() <= 3 and lived.share(from_s=300) == 1.0
    assert max(lived.thetas) < 1.05


@pytest.mark.parametrize(
    ("car_first", "base_a", "pulses_a", "stays"),
    [
        (True, 2.0, (4.0, 5.4, 6.3), True),
        (True, 2.0, (4.0, 5.4, 6.6), False),
        (False, 2.0, (9.5, 11.0), False),
    ],
)
def test_a_car_at_its_minimum_is_counted(car_first: bool, base_a: float, pulses_a: list[float], stays: bool) -> None:
    """Each pulse is like the one before. 2 + 6.3 + 6 + 8 A are 1.115 times the rating, 2 + 11 + 8 + 6 A 1.35 times."""
    house, priority = heights(base_a, *pulses_a), 1 if car_first else 3
    evening = Evening(site(car("car", max_a=6.0, priority=priority), replace(TANK, priority=2), fuse_a=IN_A))
    states = {"car": charger(6.0), "tank": switched(True, 8.0)}
    for second in range(40 * len(pulses_a) + 3):
        states = evening.run(house(second), second, second + 1, **states)
    assert states["tank"].on is stays and states["car"].on


@pytest.mark.parametrize(("pulses_a", "stays"), [((4.0, 5.4), True), ((4.0, 5.4, 6.6), False)])
def test_a_tank_with_an_open_thermostat_is_counted_with_its_rating(pulses_a: list[float], stays: bool) -> None:
    """8 + 5.4 + 8 A are 1.07 times the rating, and 8 + 6.6 + 8 A 1.13 times."""
    house, evening = heights(8.0, *pulses_a), Evening(site(TANK, fuse_a=IN_A))
    states = {"tank": switched(True, 0.0)}
    for second in range(40 * len(pulses_a) + 19):
        states = evening.run(house(second), second, second + 1, **states)
    assert states["tank"].on is stays


def test_it_starts_into_no_short_pause_before_pulses_that_were_too_high_lately() -> None:
    """2 + 12 A + 8 A are borne, but every second pulse is of 14.7 A."""
    lived = Lived(lambda second: 2.0 + (0.0 if second % 50 >= 20 else (12.0, 14.7)[second // 50 % 2]), 900, TANK)
    assert lived.starts() <= 2


def test_a_linky_bears_no_pulse() -> None:
    lived = Lived(pulses(60, 30, 12.3), 900, TANK, fuse_type=FuseType.LINKY)
    assert lived.starts() <= 2 and max(lived.thetas) < 0.8
