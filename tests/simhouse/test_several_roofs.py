"""A simulated house with several inverters and batteries: each has its limits and phases, and the meter the sum."""

import pytest

from simhouse.devices.meter import NotSimulated

from .houses import call, house

GRID = {"L1": "sensor.l1", "L2": "sensor.l2", "L3": "sensor.l3"}
ROOF = {"max_w": 4000, "solar_w": "sensor.roof"}
SHED = {"max_w": 2000, "solar_w": "sensor.shed", "phases": ["L2"], "output": {"L2": "sensor.shed_l2"}}
BIG = {"soc_pct": "sensor.big_soc", "charge_w": "sensor.big", "capacity_kwh": 10, "max_charge_w": 3000}
SMALL = {
    "soc_pct": "sensor.small_soc", "charge_w": "sensor.small", "capacity_kwh": 5, "max_charge_w": 1000,
    "hold": {"switch": "switch.small_hold"},
}  # fmt: skip


def after(seconds: int, solar_w: float, base_w: float = 300.0, **site):
    """A house with a constant sun, some seconds later."""
    written = {"inverter": [ROOF, SHED], "battery": [BIG, SMALL], **site}
    a = house(grid=GRID, site=written, base_w=base_w, solar=[solar_w] * 600)
    for t in range(seconds):
        a.step(t)
    return a


def shown(a, *entities: str) -> list[float]:
    return [float(a.states[entity]["state"]) for entity in entities]


def test_the_sun_is_shared_by_size_and_each_inverter_is_limited_by_itself():
    a = after(60, 3000, battery=None)
    assert shown(a, "sensor.roof", "sensor.shed", "sensor.shed_l2") == [2000, 1000, 1000]
    assert shown(after(60, 9000, battery=None), "sensor.roof", "sensor.shed") == [4000, 2000]


def test_an_inverter_on_one_phase_feeds_that_phase_alone():
    a = after(60, 3000, battery=None)
    # 300 W of the house on each phase; the roof feeds all three, the shed L2.
    assert shown(a, *GRID.values()) == [pytest.approx(300 - 2000 / 3 - more, abs=1) for more in (0, 1000, 0)]


def test_two_batteries_regulate_one_meter_and_their_powers_add_up():
    a = after(120, 3000)
    big_w, small_w = shown(a, "sensor.big", "sensor.small")
    assert big_w + small_w == pytest.approx(3000 - 900, abs=30)
    assert 0 <= small_w <= 1000 and 0 <= big_w <= 3000
    assert sum(shown(a, *GRID.values())) == pytest.approx(0, abs=30)
    assert (a.now.roof.solar_w, a.now.roof.battery_w) == (3000, pytest.approx(big_w + small_w, abs=1))


def test_each_battery_obeys_its_own_order():
    a = after(60, 0, base_w=600.0)
    assert min(shown(a, "sensor.big", "sensor.small")) < 0
    a.apply([call("switch.turn_on", "switch.small_hold")], 60)
    for t in range(60, 120):
        a.step(t)
    assert shown(a, "sensor.small") == [0]
    assert shown(a, "sensor.big") == [pytest.approx(-1800, abs=20)]


def test_each_number_holds_its_own_inverter_back():
    numbers = [{"number": f"number.{name}", "limits": "output"} for name in ("roof", "shed")]
    a = after(10, 9000, battery=None, export={"curtail": numbers})
    a.apply([call("number.set_value", "number.shed", value=500)], 10)
    for t in range(10, 30):
        a.step(t)
    assert shown(a, "sensor.roof", "sensor.shed", "number.shed") == [4000, 500, 500]


def test_an_inverter_behind_a_meter_of_a_circuit_is_not_simulated():
    circuits = {"shed": {"fuse_a": 16, "grid": {"L2": "sensor.shed_meter"}}}
    with pytest.raises(NotSimulated, match="circuit"):
        after(1, 1000, circuits=circuits, inverter=[ROOF, {**SHED, "circuit": "shed"}])
