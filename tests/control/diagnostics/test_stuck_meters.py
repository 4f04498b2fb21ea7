"""A meter that repeats exactly one value while a load changes is stuck and not trusted."""

from __future__ import annotations

from collections.abc import Callable

from fusebox.control.control import step
from fusebox.model.decision import Decision
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Battery, Source
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import BatteryReadings, LoadState, Reading, Snapshot

from ..houses import T0_S, car, charger, site

HOUSE_A = 7.0
BATTERY = Battery(Source(entity="sensor.soc"), Source(entity="sensor.power"), soc_target_pct=50)


def play(
    of: Site,
    meter_a: Callable[[int], float],
    loads: Callable[[int], dict[str, LoadState]],
    until_s: int,
    battery_w: Callable[[int], float] | None = None,
) -> list[Decision]:
    """A step a second on the reports of meter and devices."""
    memory, found = Memory(), []
    for second in range(until_s):
        value = meter_a(second)
        snapshot = Snapshot(
            T0_S + second,
            {"main": {Phase.L1: Reading(value, value, 0.0, 1.0)}},
            loads(second),
            batteries=(
                BatteryReadings(
                    Reading(60.0, 60.0, 0.0) if battery_w else Reading(),
                    Reading(battery_w(second), battery_w(second), 0.0) if battery_w else Reading(),
                ),
            ),
        )
        decision = step(of, snapshot, memory)
        memory = decision.memory
        found.append(decision)
    return found


def draws(second: int) -> float:
    """A car that takes 6 A, and 12 A from the hundredth second on."""
    return 6.0 if second < 100 else 12.0


def test_a_meter_that_ignores_the_cars_moves_is_blind_a_minute_after_its_last_change() -> None:
    decisions = play(
        site(car("car")),
        lambda t: HOUSE_A + 6 + 0.01 * min(t, 60),
        lambda t: {"car": charger(12, draws(t))},
        140,
    )
    assert decisions[100].state != "blind"
    assert decisions[125].state == "blind"
    assert decisions[125].notes["car"].setpoint_a <= 6
    assert "stuck" in decisions[125].problems[0] and "car" in decisions[125].problems[0]


def test_it_is_believed_again_with_its_first_new_value() -> None:
    decisions = play(
        site(car("car")),
        lambda t: HOUSE_A + 6 if t < 150 else HOUSE_A + 6.01,
        lambda t: {"car": charger(12, draws(t))},
        155,
    )
    assert decisions[149].state == "blind"
    assert decisions[151].state != "blind"
    assert decisions[151].problems == ()


def test_a_meter_that_follows_the_car_within_its_time_is_not_stuck() -> None:
    decisions = play(
        site(car("car")),
        lambda t: HOUSE_A + draws(t - 8),
        lambda t: {"car": charger(12, draws(t))},
        200,
    )
    assert all(decision.problems == () for decision in decisions)


def test_a_quiet_house_may_report_the_same_for_hours() -> None:
    decisions = play(site(car("car")), lambda t: 3.0, lambda t: {"car": charger(6, 0.0)}, 400)
    assert all(decision.state != "blind" for decision in decisions)


def test_a_battery_that_takes_up_what_the_car_does_may_hold_the_meter() -> None:
    of = site(car("car"), batteries=(BATTERY,))
    decisions = play(
        of, lambda t: 0.0, lambda t: {"car": charger(12, draws(t))}, 200, lambda t: -230 * (HOUSE_A + draws(t))
    )
    assert all(decision.problems == () for decision in decisions)


def test_a_draw_that_is_only_reported_late_makes_no_meter_stuck() -> None:
    def late(second: int) -> dict[str, LoadState]:
        told_s = second - second % 60
        state = charger(12, draws(told_s))
        return {"car": LoadState(**{**vars(state), "draw_age_s": second % 60.0})}

    decisions = play(site(car("car")), lambda t: HOUSE_A + draws(t), late, 400)
    assert all(decision.problems == () for decision in decisions)
