"""A load paused by a fuse returns when the fuse has cooled down, as it would without the loads that are displaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from fusebox.model.decision import Decision
from fusebox.model.electrics import Phase
from fusebox.model.equipment import FuseType
from fusebox.model.site import Distribution, Site
from fusebox.model.snapshot import LoadState

from ..houses import Evening, car, charger, obey, site

ALL = "L1 L2 L3"
Others = Callable[[int], Mapping[str, float]]


def lived(house: Site, loads: dict[str, LoadState], others_a: Others, last_s: int) -> list[Decision]:
    """A step a second, with devices that follow at once."""
    evening, decisions = Evening(house), []
    for second in range(last_s):
        beside_a = others_a(second)
        grid: dict[str, float | None] = {
            p: a + sum(s.draw_a[Phase[p]] or 0.0 for s in loads.values()) for p, a in beside_a.items()
        }
        decisions.append(evening.step(grid, second, **loads))
        for command in decisions[-1].commands:
            loads[command.load] = obey(loads[command.load], command.current_a, command.on)
    return decisions


def oven(phase: str, from_s: int, to_s: int, phases: str = ALL) -> Others:
    """A house of 1 A on each phase with something of 23 A on one of them for a while."""
    calm = dict.fromkeys(phases.split(), 1.0)
    return lambda second: {**calm, phase: 24.0} if from_s <= second < to_s else calm


def offers(decisions: list[Decision], load: str) -> list[float]:
    return [decision.notes[load].setpoint_a for decision in decisions]


@pytest.mark.parametrize("distribution", list(Distribution))
def test_the_first_car_comes_back_although_the_second_fills_a_phase_meanwhile(distribution: Distribution) -> None:
    house = site(
        car("first", phases=ALL, priority=1),
        car("second", priority=2, max_a=24),
        phases=ALL,
        margin_a=0.5,
        distribution=distribution,
    )
    loads = {"first": charger(16, phases=ALL), "second": charger(6)}
    decisions = lived(house, loads, oven("L2", 60, 180), 480)
    first, second = offers(decisions, "first"), offers(decisions, "second")
    assert 0.0 in first[60:180]
    assert max(second[180:360]) >= 23  # it fills L1 to its rating less the margin
    assert first[-1] >= 6
    assert not any("cooled" in decision.notes["first"].reason for decision in decisions[210:])


def test_the_first_car_returns_on_the_fuse_that_the_second_keeps_warm() -> None:
    second = car("second", priority=2, max_a=24, pause_s=20)
    house = site(car("first", priority=1, pause_s=300), second, margin_a=0.5)
    decisions = lived(house, {"first": charger(6), "second": charger(6)}, oven("L1", 60, 150, "L1"), 600)
    assert 0.0 in offers(decisions, "first")[60:150]
    assert max(offers(decisions, "second")[150:400]) >= 23
    assert offers(decisions, "first")[-1] >= 6


def test_the_second_car_has_its_minimum_again_although_the_first_fills_the_fuse() -> None:
    first = car("first", priority=1, max_a=24, pause_s=20)
    house = site(first, car("second", priority=2, pause_s=300), margin_a=0.5)
    decisions = lived(house, {"first": charger(6), "second": charger(6)}, oven("L1", 60, 150, "L1"), 600)
    assert 0.0 in offers(decisions, "second")[60:150]
    assert max(offers(decisions, "first")[150:400]) >= 23
    assert offers(decisions, "second")[-1] >= 6


def test_a_car_that_came_later_blocks_no_other_with_its_minimum() -> None:
    house = site(car("first", priority=1), car("second", priority=2, pause_s=20), margin_a=0.5)
    decisions = lived(
        house,
        {"first": charger(6), "second": charger(6)},
        lambda second: {"L1": 24.0 if 60 <= second < 150 else 18.0 if second >= 150 else 1.0},
        600,
    )
    # House and second car alone are 24 A, which never cools below 0.9.
    assert offers(decisions, "second")[250] == 6
    assert (offers(decisions, "first")[-1], offers(decisions, "second")[-1]) == (6, 0)


def test_a_fuse_that_was_exhausted_keeps_its_car_out_until_it_has_cooled_down() -> None:
    house = site(car("car", pause_s=0), margin_a=0.5)
    decisions = lived(house, {"car": charger(6)}, lambda s: {"L1": 24.0 if 60 <= s < 150 else 17.0}, 300)
    said = [decision.notes["car"].reason for decision in decisions]
    assert said[151] == "paused until the overloaded fuse main L1 has cooled down"
    # From about 1 towards (17 / 25)^2 with 60 s: below 0.9 after some 15 s, and then as any start.
    back_s = offers(decisions, "car").index(6, 150)
    assert 155 <= back_s <= 185
    assert not any("cooled" in reason for reason in said[back_s:])


def test_a_slow_fuse_cools_down_slowly() -> None:
    def back_s(kind: FuseType) -> int:
        house = site(car("car", pause_s=0), margin_a=0.5)
        house = replace(house, circuits=(replace(house.circuits[0], fuse_type=kind),))
        decisions = lived(house, {"car": charger(6)}, lambda s: {"L1": 26.0 if 60 <= s < 300 else 18.0}, 500)
        return offers(decisions, "car").index(6, 300)

    assert back_s(FuseType.GG) > back_s(FuseType.B) + 10


def test_a_warm_fuse_that_was_never_exhausted_blocks_no_start() -> None:
    house = site(
        car("zero", priority=1, max_a=18), car("first", phases="L1 L2", priority=2), phases="L1 L2", margin_a=0.5
    )
    decisions = lived(
        house,
        {"zero": charger(18), "first": charger(6, phases="L1 L2")},
        lambda s: {"L1": 0.2, "L2": 26.0 if 60 <= s < 150 else 1.0},
        420,
    )
    assert 0.0 in offers(decisions, "first")[60:150]
    assert not any("main L1 has cooled" in decision.notes["first"].reason for decision in decisions)
    assert offers(decisions, "first")[-1] == 6


def test_a_fuse_that_is_warm_from_export_lets_a_car_start_that_cools_it() -> None:
    house = site(car("car", pause_s=0), margin_a=0.5)
    decisions = lived(house, {"car": charger(6)}, lambda s: {"L1": 24.0 if 60 <= s < 150 else -25.0}, 240)
    assert 0.0 in offers(decisions, "car")[60:150]
    assert offers(decisions, "car")[-1] >= 6
    # Only a start that leaves less flowing, either way, is let through.
    decisions = lived(house, {"car": charger(6)}, lambda s: {"L1": 24.0 if 60 <= s < 150 else -2.0}, 152)
    assert decisions[-1].notes["car"].reason == "paused until the overloaded fuse main L1 has cooled down"


def test_an_implausible_reading_keeps_no_car_off_after_it_has_ended() -> None:
    """The car pauses for currents that no fuse can carry, and is back as soon as after any overload."""
    stray = lived(
        site(car("car")), {"car": charger(16)}, lambda second: {"L1": 999_999.0 if 60 <= second < 95 else 2.0}, 340
    )
    assert offers(stray, "car")[90] == 0
    assert offers(stray, "car")[-1] >= 6


@pytest.mark.parametrize("fuse_a", [63, 125, 160, 400])
def test_a_car_returns_where_it_fits_also_if_its_fuse_stays_warm(fuse_a: int) -> None:
    """The house alone takes all but 7 A: the fuse of a large house stays above nine tenths of its warmth."""
    busy = lambda second: {"L1": 1.2 * fuse_a if 60 <= second < 180 else fuse_a - 7.0}  # noqa: E731
    offered = offers(lived(site(car("car"), fuse_a=fuse_a, margin_a=0.5), {"car": charger(6)}, busy, 600), "car")
    assert 0.0 in offered[60:180]
    assert offered[-1] == 6.0
