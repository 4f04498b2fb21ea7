"""The home battery against the scenarios' physics: it aims at zero, within its power, its charge and the inverter."""

import pytest

from simhouse.physics.battery import Battery, BatteryState, Orders, step_battery

AT_ONCE = Battery(max_charge_w=4000, max_discharge_w=3000, soc_min_pct=20, settles_s=1)


@pytest.mark.parametrize(
    ("net_w", "soc_pct", "room_w", "charge_w"),
    [
        (1000, 50, 9000, -1000),  # need: as much as is missing
        (5000, 50, 9000, -3000),  # at most max_discharge
        (5000, 50, 700, -700),  # at most what the inverter can deliver in addition to the sun
        (5000, 50, 0, 0),
        (5000, 50, -200, 0),  # the sun alone fills the inverter
        (1000, 20, 9000, 0),  # at soc_min it is idle
        (1000, 12, 9000, 0),
        (-1000, 50, 9000, 1000),  # surplus: as much as there is
        (-6000, 50, 9000, 4000),  # at most max_charge
        (-6000, 50, 0, 4000),  # charging does not go through the inverter's output
        (-1000, 12, 9000, 1000),
        (-1000, 97, 9000, 1000),  # up to full
        (-1000, 100, 9000, 0),
        (0, 50, 9000, 0),
    ],
)
def test_the_aim_is_zero_flow_within_every_limit(net_w, soc_pct, room_w, charge_w):
    assert step_battery(AT_ONCE, BatteryState(soc_pct), net_w, room_w).charge_w == pytest.approx(charge_w)


def test_it_answers_within_seconds_not_at_once():
    battery, state, powers = Battery(), BatteryState(), []
    for _ in range(10):
        state = step_battery(battery, state, 3000)
        powers.append(state.charge_w)
    assert -1500 < powers[0] < -500
    assert powers[3] < -0.75 * 3000
    assert powers[9] == pytest.approx(-3000, rel=0.03)
    assert powers == sorted(powers, reverse=True)


def test_a_limit_that_closes_holds_in_the_same_second():
    state = BatteryState(50, charge_w=-3000)
    assert step_battery(Battery(), state, 3000, room_w=800).charge_w == -800
    assert step_battery(Battery(), BatteryState(100, charge_w=3000), -3000).charge_w == 0
    assert step_battery(Battery(), BatteryState(20, charge_w=-3000), 3000).charge_w == 0


def test_it_never_leaves_its_limits_of_charge_and_its_energy_adds_up():
    battery = Battery(capacity_kwh=0.01, soc_min_pct=20)
    state, charged_ws, given_ws = BatteryState(50), 0.0, 0.0
    for second in range(600):
        state = step_battery(battery, state, -3000 if second // 60 % 2 else 3000)
        assert 20 - 1e-9 <= state.soc_pct <= 100
        charged_ws += max(0.0, state.charge_w)
        given_ws += max(0.0, -state.charge_w)
    stored_ws = battery.efficiency * charged_ws - given_ws
    assert stored_ws == pytest.approx((state.soc_pct - 50) / 100 * 0.01 * 3_600_000)
    assert given_ws > 100_000


def test_the_last_second_fills_it_exactly():
    state = step_battery(AT_ONCE, BatteryState(99.999), -4000)
    assert state.soc_pct == pytest.approx(100, abs=1e-9) and state.charge_w == pytest.approx(360 / 0.95)


@pytest.mark.parametrize(
    ("orders", "net_w", "charge_w"),
    [
        (Orders(), 2000, -2000),
        (Orders(hold=True), 2000, 0),
        (Orders(hold=True), -1500, 1500),
        (Orders(charge_w=1000), 2000, 1000),
        (Orders(charge_w=1000), -1500, 1500),
        (Orders(charge_w=99_000), 2000, AT_ONCE.max_charge_w),
    ],
)
def test_it_is_held_and_charged_from_the_grid_by_orders(orders: Orders, net_w: float, charge_w: float) -> None:
    assert step_battery(AT_ONCE, BatteryState(50), net_w, orders=orders).charge_w == pytest.approx(charge_w)
