"""A plug that its user switches: respected until something else decides, and the reason says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.equipment import Tariff
from fusebox.model.load import Mode
from fusebox.model.snapshot import Allowance, LoadState

from ..houses import T0_S, Evening, car, charger, obey, plug, seen, site, switched


def off_at_night(**facts: object) -> tuple[Evening, dict[str, LoadState]]:
    """A plug of ten amps that lives on the sun, in the dark."""
    evening = Evening(site(plug("pool", mode=Mode.SOLAR_ONLY, **facts)))
    return evening, evening.run(3, 0, 40, pool=switched(False, 0.0))


def by_hand(loads: dict[str, LoadState], on: bool) -> dict[str, LoadState]:
    return {"pool": replace(obey(loads["pool"], None, on), draw_a=switched(on, 10.0 if on else 0.0).draw_a)}


def words(evening: Evening) -> str:
    assert evening.decision is not None
    return evening.decision.notes["pool"].reason


def test_one_that_is_switched_on_stays_on_and_says_why() -> None:
    evening, loads = off_at_night()
    loads = evening.run(3, 40, 600, **by_hand(loads, True))
    assert loads["pool"].on
    assert "switched on by hand" in words(evening)
    loads = evening.run(3, 600, 700, **by_hand(loads, False))
    assert not loads["pool"].on
    assert "by hand" not in words(evening)


@pytest.mark.parametrize("comes_back_on", [True, False])
def test_one_that_is_unavailable_for_a_while_stays_on_if_it_comes_back_on(comes_back_on: bool) -> None:
    evening, loads = off_at_night()
    on = evening.run(3, 40, 100, **by_hand(loads, True))
    evening.run(3, 100, 110, pool=LoadState(available=False))
    loads = evening.run(3, 110, 400, **(on if comes_back_on else by_hand(on, False)))
    assert loads["pool"].on is ("switched on by hand" in words(evening)) is comes_back_on


def test_a_fuse_goes_before_a_hand() -> None:
    evening, loads = off_at_night()
    loads = evening.run(3, 40, 60, **by_hand(loads, True))
    loads = evening.run(20, 60, 62, **loads)
    assert not loads["pool"].on
    loads = evening.run(3, 62, 400, **loads)
    assert not loads["pool"].on, "the hand is over: it waits for the sun again"


def test_once_the_sun_would_have_it_on_it_is_on_by_itself() -> None:
    evening, loads = off_at_night()
    loads = evening.run(3, 40, 60, **by_hand(loads, True))
    loads = evening.run(-15, 60, 130, **loads)
    assert loads["pool"].on and "by hand" not in words(evening)
    loads = evening.run(3, 130, 330, **loads)
    assert not loads["pool"].on


def test_one_in_mode_off_may_be_switched_on_and_a_new_mode_ends_that() -> None:
    evening = Evening(site(plug("pool", mode=Mode.OFF)))
    loads = evening.run(3, 0, 40, pool=switched(False, 0.0))
    loads = evening.run(3, 40, 300, **by_hand(loads, True))
    assert loads["pool"].on
    evening.site = site(plug("pool", mode=Mode.SOLAR_ONLY))
    loads = evening.run(3, 300, 500, **loads)
    assert not loads["pool"].on


def test_one_that_is_switched_on_soon_after_we_switched_it_off_stays_on() -> None:
    evening = Evening(site(plug("pool", stop_after_s=30.0, mode=Mode.SOLAR_ONLY)))
    loads = evening.run(-15, 0, 100, pool=switched(False, 0.0))
    loads = evening.run(3, 100, 160, **loads)
    assert not loads["pool"].on
    loads = evening.run(3, 160, 400, **by_hand(loads, True))
    assert loads["pool"].on


@pytest.mark.parametrize("late_s", [8, 15])
def test_what_a_late_source_shows_once_more_is_no_hand(late_s: int) -> None:
    """A cloud's way: 5 s after it has shown that it is off, it shows for a moment that it is on."""
    evening, true = Evening(site(plug("pool", stop_after_s=30.0, mode=Mode.SOLAR_ONLY))), switched(False, 0.0)
    so_far, off_s = list[bool](), 400
    for second in range(300):
        so_far.append(bool(true.on))
        again = off_s + late_s + 2 <= second < off_s + late_s + 4
        shown = replace(true, on=True if again else so_far[max(second - late_s, 0)])
        house_a = -15.0 if second < 100 else 3.0
        for command in evening.step({"L1": house_a + (true.draw_a[0] or 0.0)}, second, pool=shown).commands:
            true = switched(bool(command.on), 10.0 if command.on else 0.0)
            off_s = off_s if command.on else min(off_s, second)
    assert any(so_far[:100]) and off_s < 200 and not any(so_far[200:])


def test_a_switch_by_hand_counts_as_a_start_and_ends_no_least_time() -> None:
    evening, loads = off_at_night(max_starts_per_day=1, min_on_s=300.0)
    evening.run(3, 40, 42, **by_hand(loads, True))
    assert len(evening.memory.loads["pool"].timing.starts_s) == 1


@pytest.mark.parametrize("away_s", [1, 40])
def test_one_that_was_switched_off_stays_off_until_it_would_be_off_anyway(away_s: int) -> None:
    evening = Evening(site(plug("pool")))
    loads = evening.run(3, 0, 40, pool=switched(True, 10.0))
    loads = evening.run(3, 40, 700, **by_hand(loads, False))
    assert not loads["pool"].on
    assert "switched off by hand" in words(evening)
    loads = evening.run(20, 700, 700 + away_s, **loads)
    loads = evening.run(3, 700 + away_s, 800, **loads)
    assert loads["pool"].on


def test_one_that_was_switched_off_stays_off_while_a_car_takes_its_current_and_shows_that_late() -> None:
    """Until the car's own sensor shows what it takes, the meter has it as house load, next to which nothing fits."""
    every_s = 10
    evening = Evening(site(car("ev", max_a=32), plug("pool")))
    loads = evening.run(7, 0, 100, ev=charger(6), pool=switched(True, 10.0))
    assert loads["pool"].on
    loads |= by_hand(loads, False)
    shown = loads["ev"]
    for second in range(100, 300):
        shown = loads["ev"] if second % every_s == 0 else replace(loads["ev"], draw_a=shown.draw_a)
        drawn_a = sum(state.draw_a[0] or 0.0 for state in loads.values())
        late = replace(shown, draw_age_s=float(second % every_s))
        for command in evening.step({"L1": 7 + drawn_a}, second, ev=late, pool=loads["pool"]).commands:
            loads[command.load] = obey(loads[command.load], command.current_a, command.on)
    assert loads["ev"].draw_a[0] == 18.0
    assert not loads["pool"].on
    assert "switched off by hand" in words(evening)


@pytest.mark.parametrize(("cloud_s", "stays_off"), [(20, True), (60, False)])
def test_one_that_was_switched_off_in_the_sun_stays_off_until_a_cloud_would_have_stopped_it(
    cloud_s: int, stays_off: bool
) -> None:
    evening = Evening(site(plug("pool", stop_after_s=30.0, mode=Mode.SOLAR_ONLY)))
    loads = evening.run(-15, 0, 100, pool=switched(False, 0.0))
    assert loads["pool"].on
    loads = evening.run(-15, 100, 130, **by_hand(loads, False))
    loads = evening.run(-5, 130, 130 + cloud_s, **loads)
    loads = evening.run(-15, 130 + cloud_s, 400, **loads)
    assert loads["pool"].on is not stays_off
    assert ("switched off by hand" in words(evening)) is stays_off


@pytest.mark.parametrize("limit_w", [2000.0, 4000.0])
@pytest.mark.parametrize("mode", [Mode.CONTINUOUS, Mode.SOLAR_ONLY])
def test_one_that_was_switched_stays_so_while_a_tariff_would_tolerate_it(limit_w: float, mode: Mode) -> None:
    """The house draws 3 kW for two minutes: the plug does not fit then, but early in a window it would stay on.

    It is switched off in a mode that would have it on, and on in one that would have it off.
    """
    of = site(plug("pool", mode=mode), tariff=Tariff("fixed_limit", target_kw=limit_w / 1000), fuse_a=40)
    evening, imported_ws, by_hand_on = Evening(of), 0.0, mode is Mode.SOLAR_ONLY
    pool = switched(not by_hand_on, 0.0 if by_hand_on else 10.0)
    for second in range(480):
        pool = switched(by_hand_on, 10.0 if by_hand_on else 0.0) if second == 60 else pool
        flow_a = (13.0 if 180 <= second < 300 else 3.0) + (pool.draw_a[0] or 0.0)
        allowance = Allowance(limit_w, imported_ws, T0_S, T0_S + 900)
        decision = evening.decide(replace(seen({"L1": flow_a}, second, pool=pool), allowance=allowance))
        imported_ws += 230 * flow_a
        for command in decision.commands:
            pool = switched(bool(command.on), 10.0 if command.on else 0.0)
    assert (" by hand" in words(evening)) is (limit_w == 4000)
