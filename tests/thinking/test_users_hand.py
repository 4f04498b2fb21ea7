"""What a user sets at the device is respected for that session, below our ceilings; an echo of ours is no hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.electrics import PerPhase
from fusebox.snapshot import LoadState, Status

from .houses import Evening, car, charger, obey, plug, site, switched

HOUSE_A = 5.0


def at(loads: dict[str, LoadState], current_a: float) -> dict[str, LoadState]:
    """The car's user turns the current at the charger."""
    return {**loads, "car": obey(loads["car"], current_a, None)}


def settled() -> tuple[Evening, dict[str, LoadState]]:
    evening = Evening(site(car("car")))
    return evening, evening.run(HOUSE_A, 0, 60, car=charger(6))


def test_a_current_that_the_user_lowers_stays_until_the_car_leaves() -> None:
    evening, loads = settled()
    assert loads["car"].offer_a == 16
    loads = evening.run(HOUSE_A, 60, 200, **at(loads, 9))
    assert loads["car"].offer_a == 9
    assert evening.decision is not None and "its user has set it to 9 A" in evening.decision.notes["car"].reason
    away = replace(loads["car"], status=Status.UNPLUGGED, takes_part=False, draw_a=PerPhase(0.0))
    loads = evening.run(HOUSE_A, 200, 210, car=away)
    back = replace(loads["car"], status=Status.CHARGING, takes_part=True)
    loads = evening.run(HOUSE_A, 210, 280, car=back)
    assert loads["car"].offer_a == 16


def test_the_fuse_goes_below_it_and_back_up_to_it_only() -> None:
    evening, loads = settled()
    loads = evening.run(HOUSE_A, 60, 90, **at(loads, 12))
    loads = evening.run(17, 90, 120, **loads)
    assert loads["car"].offer_a == 8
    loads = evening.run(HOUSE_A, 120, 200, **loads)
    assert loads["car"].offer_a == 12


def test_a_current_that_the_user_raises_above_the_room_is_taken_back() -> None:
    evening, loads = settled()
    loads = evening.run(17, 60, 90, **loads)
    assert loads["car"].offer_a == 8
    loads = evening.run(17, 90, 92, **at(loads, 16))
    assert loads["car"].offer_a == 8


def test_the_user_may_raise_again_what_the_user_has_lowered() -> None:
    evening, loads = settled()
    loads = evening.run(HOUSE_A, 60, 160, **at(loads, 8))
    loads = evening.run(HOUSE_A, 160, 200, **at(loads, 14))
    assert loads["car"].offer_a == 14


def test_a_late_echo_of_what_was_sent_is_no_hand() -> None:
    evening, loads = settled()
    assert [a for _, a, _ in evening.memory.loads["car"].told] == [10, 14, 16]
    loads = evening.run(HOUSE_A, 60, 100, **at(loads, 14))
    assert evening.memory.loads["car"].hand_a is None
    assert loads["car"].offer_a == 16


@pytest.mark.parametrize("again_on", [True, False])
def test_a_charger_that_the_user_switches_off_stays_off_until_switched_on(again_on: bool) -> None:
    evening, loads = settled()
    loads = evening.run(HOUSE_A, 60, 120, car=obey(loads["car"], None, False))
    assert loads["car"].on is False
    assert evening.decision is not None and "switched off by hand" in evening.decision.notes["car"].reason
    if again_on:
        loads = {"car": obey(loads["car"], None, True)}
    loads = evening.run(HOUSE_A, 120, 200, **loads)
    assert loads["car"].on is again_on


def test_a_plug_that_the_user_switches_off_stays_off_until_it_would_be_off_anyway() -> None:
    evening = Evening(site(plug("pool", 2300)))
    loads = evening.run(HOUSE_A, 0, 60, pool=switched(True, 10.0))
    loads = evening.run(HOUSE_A, 60, 400, pool=switched(False, 0.0))
    assert loads["pool"].on is False
    loads = evening.run(20, 400, 430, **loads)
    loads = evening.run(HOUSE_A, 430, 500, **loads)
    assert loads["pool"].on is True


def test_a_device_that_was_away_has_not_been_touched() -> None:
    evening, loads = settled()
    away = replace(loads["car"], available=False)
    loads = evening.run(HOUSE_A, 60, 70, car=away)
    back = replace(obey(loads["car"], 8, None), available=True)
    loads = evening.run(HOUSE_A, 70, 130, car=back)
    assert loads["car"].offer_a == 16
