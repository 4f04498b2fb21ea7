"""A fuse of another rating in CONFIG: what is remembered of the wire counts under the rating of now."""

from __future__ import annotations

import pytest

from fusebox.model.decision import Decision

from ..houses import Evening, car, charger, site


def lived(first_a: float, then_a: float, flow_a: float, seconds: int = 120) -> tuple[Evening, list[Decision]]:
    """A car at 6 A, the house so that `flow_a` flow; the fuse is edited after a while, and ten seconds go by."""
    evening, decisions = Evening(site(car("car", max_a=32), fuse_a=first_a)), []
    for second in range(seconds + 10):
        if second == seconds:
            evening.site = site(car("car", max_a=32), fuse_a=then_a)
        decisions.append(evening.step({"L1": flow_a}, second, car=charger(6)))
    return evening, decisions


def test_a_larger_fuse_has_its_room_at_once_and_no_current_is_invented() -> None:
    _, decisions = lived(25, 250, 22.0)
    edited = decisions[120]
    assert edited.memory.headroom["main L1"].worst_since(0) == 250 - 16
    assert all("at worst" not in decision.notes["car"].reason for decision in decisions[120:])
    assert max(decision.notes["car"].allocated_a for decision in decisions[120:122]) == 32


def test_what_the_house_used_in_the_last_seconds_still_counts_under_a_larger_fuse() -> None:
    evening = Evening(site(car("car", max_a=32), fuse_a=25))
    for second in range(63):
        evening.step({"L1": 26.0 if second >= 60 else 16.0}, second, car=charger(6))
    evening.site = site(car("car", max_a=32), fuse_a=40)
    decision = evening.step({"L1": 16.0}, 63, car=charger(6))
    assert decision.memory.headroom["main L1"].worst_since(0) == 20
    assert decision.allocation["car"].amps == 20
    assert "main fuse (L1, 40 A): the house seemed to take up to 20 A a moment ago" in decision.notes["car"].reason


@pytest.mark.parametrize(("first_a", "then_a"), [(25, 250), (250, 25), (25, 20)])
def test_a_fuse_is_as_warm_as_if_it_had_always_been_of_its_rating(first_a: float, then_a: float) -> None:
    edited, _ = lived(first_a, then_a, 22.0)
    always, _ = lived(then_a, then_a, 22.0)
    assert edited.memory.fuses["main L1"].theta == pytest.approx(always.memory.fuses["main L1"].theta)


def test_readings_far_above_the_old_rating_pause_no_load_under_the_new_one() -> None:
    evening = Evening(site(car("car", max_a=6), fuse_a=25))

    def set_to_a(at_s: int, flow_a: float = 36.0) -> float:
        return evening.step({"L1": flow_a}, at_s, car=charger(6)).notes["car"].setpoint_a

    assert [set_to_a(at_s, 12.0) for at_s in range(30)] == [6] * 30
    assert set_to_a(30) == 6
    evening.site = site(car("car", max_a=6), fuse_a=35)
    assert [set_to_a(at_s) for at_s in range(31, 35)] == [6] * 4
    evening.site = site(car("car", max_a=6), fuse_a=25)
    assert [set_to_a(35), set_to_a(36)] == [6, 0]  # two readings under this rating


def test_a_contract_that_is_edited_has_its_room_at_once() -> None:
    evening = Evening(site(car("car"), max_import_w=2300))
    for second in range(60):
        evening.step({"L1": 8.0}, second, car=charger(6))
    evening.site = site(car("car"), max_import_w=4600)
    decision = evening.step({"L1": 8.0}, 60, car=charger(6))
    assert decision.memory.headroom["contract"].worst_since(0) == 18


def test_what_comes_and_goes_is_of_the_house_and_outlives_the_edit() -> None:
    evening, _ = lived(25, 40, 22.0)
    assert evening.memory.house_load["main L1"].used_a == 16
