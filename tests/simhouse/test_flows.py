"""The flow of power between sources and consumers: a rule like a table, and an exact balance in every second."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fusebox.balancer.energy.power import load_source_shares
from fusebox.model.electrics import ALL_PHASES, PerPhase
from fusebox.model.equipment import Battery, Circuit, Source
from fusebox.model.load import Load, Mode
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import BatteryReadings, Reading, Snapshot
from simhouse.devices.roof import Generation
from simhouse.house.house import Instant
from simhouse.house.ledger import Ledger
from simhouse.physics.flows import Node, settle

SUN, BATTERY, GRID, HOUSE = Node.SUN, Node.BATTERY, Node.GRID, Node.HOUSE
PHASES = ("L1", "L2", "L3")
METER = Source("sensor.meter")
LOADS = ("car", "grid", "pool")  # a load may have any name


@pytest.mark.parametrize(
    ("solar_w", "house_w", "car_w", "pool_w", "charge_w", "flows"),
    [
        (300, 500, 0, 0, 0, {(SUN, HOUSE): 300, (GRID, HOUSE): 200}),
        (900, 500, 600, 200, 0, {(SUN, HOUSE): 500, (SUN, "car"): 300, (SUN, "pool"): 100,
                                 (GRID, "car"): 300, (GRID, "pool"): 100}),
        (2000, 500, 600, 0, 400, {(SUN, HOUSE): 500, (SUN, "car"): 600, (SUN, BATTERY): 400, (SUN, GRID): 500}),
        (700, 500, 0, 0, 400, {(SUN, HOUSE): 500, (SUN, BATTERY): 200, (GRID, BATTERY): 200}),
        (0, 500, 600, 0, -800, {(BATTERY, HOUSE): 500, (BATTERY, "car"): 300, (GRID, "car"): 300}),
        (400, 500, 0, 0, -800, {(SUN, HOUSE): 400, (BATTERY, HOUSE): 100, (BATTERY, GRID): 700}),
        (0, -700, 600, 0, 0, {(SUN, "car"): 600, (SUN, GRID): 100}),
    ],
)  # fmt: skip
def test_first_the_house_then_the_loads_then_the_battery_then_export(solar_w, house_w, car_w, pool_w, charge_w, flows):
    found = settle(solar_w, house_w, {"car": car_w, "pool": pool_w}, charge_w)
    assert {between: power_w for between, power_w in found.items() if power_w} == pytest.approx(flows)


def second(solar_w=0.0, battery_w=0.0, base_a=(0, 0, 0), **loads):
    """An instant of a three-phase house; the meter's current follows."""
    loads_a = {load: dict(zip(PHASES, loads.get(load, (0, 0, 0)), strict=True)) for load in LOADS}
    base = dict(zip(PHASES, base_a, strict=True))
    each_a = (solar_w - battery_w) / 3 / 230
    net_a = {p: base[p] + sum(load[p] for load in loads_a.values()) - each_a for p in PHASES}
    return Instant(0, base, net_a, loads_a, {}, Generation(solar_w, 0.0, battery_w, 50.0), True)


amps = st.floats(0, 40, allow_subnormal=False) | st.just(0.0)
three = st.tuples(amps, amps, amps)
seconds = st.builds(
    second,
    solar_w=st.floats(0, 12_000, allow_subnormal=False) | st.just(0.0),
    battery_w=st.floats(-6000, 6000, allow_subnormal=False) | st.just(0.0),
    base_a=st.tuples(*[st.floats(-10, 40, allow_subnormal=False)] * 3),
    car=three,
    grid=three,
    pool=three,
)


@settings(deadline=None, max_examples=100)
@given(instant=seconds, netted=st.booleans())
def test_every_second_balances(instant, netted):
    flows = Ledger(PHASES, LOADS, netted).add(instant, 230.0)
    near = {"abs": 1e-6}
    roof = instant.roof
    house_w = [instant.base_a[p] * 230 for p in PHASES]
    fed_back_w = max(0.0, -sum(house_w)) if netted else sum(max(0.0, -w) for w in house_w)
    loads_w = {load: 230 * sum(instant.loads_a[load].values()) for load in LOADS}

    def gave(source):
        return sum(w for (giver, _), w in flows.items() if giver is source)

    def took(taker):
        return sum(w for (_, getter), w in flows.items() if getter == taker)

    assert min(flows.values()) >= -1e-9
    assert gave(SUN) == pytest.approx(roof.solar_w + fed_back_w, **near)
    assert took(HOUSE) == pytest.approx(sum(house_w) + fed_back_w, **near)
    for load in LOADS:
        assert took(load) == pytest.approx(loads_w[load], **near)
    assert gave(BATTERY) == pytest.approx(max(0.0, -roof.battery_w), **near)
    assert took(BATTERY) == pytest.approx(max(0.0, roof.battery_w), **near)
    assert gave(GRID) - took(GRID) == pytest.approx(230 * sum(instant.net_a.values()), **near)
    if netted:
        assert min(gave(GRID), took(GRID)) == pytest.approx(0, **near)


def test_netting_decides_whether_one_phase_runs_on_the_sun_of_another():
    instant = second(solar_w=2300, car=(10, 0, 0))
    assert Ledger(PHASES, LOADS, netted=True).add(instant, 230.0)[SUN, "car"] == pytest.approx(2300)
    flows = Ledger(PHASES, LOADS, netted=False).add(instant, 230.0)
    assert flows[SUN, "car"] == pytest.approx(2300 / 3)
    assert [flows[SUN, GRID], flows[GRID, "car"]] == pytest.approx([2300 * 2 / 3] * 2)


def test_a_phase_has_the_sun_that_the_inverter_feeds_there():
    even = second(solar_w=2300, car=(0, 10, 0))
    for net_a, to_car_w in (((-10, 10, 0), 0.0), ((0, 0, 0), 2300.0)):
        instant = replace(even, net_a=dict(zip(PHASES, net_a, strict=True)))
        flows = Ledger(PHASES, LOADS, netted=False).add(instant, 230.0)
        assert [flows[SUN, "car"], flows[SUN, GRID], flows[GRID, "car"]] == pytest.approx(
            [to_car_w, 2300 - to_car_w, 2300 - to_car_w]
        )


def test_the_ledger_sums_up_what_its_seconds_held():
    ledger = Ledger(PHASES, LOADS, netted=True)
    for _ in range(3600):
        ledger.add(second(solar_w=2300, battery_w=300, base_a=(1, 1, 1), car=(5, 0, 0)), 230.0)
    assert ledger.sun_kwh == pytest.approx(2.3)
    assert ledger.taken_kwh("car") == ledger.kwh(SUN, "car") == pytest.approx(1.15)
    assert ledger.kwh(SUN, BATTERY) == pytest.approx(0.3)
    assert len(ledger.sun_to_w[HOUSE]) == 3600


@settings(deadline=None, max_examples=100)
@given(instant=seconds, netted=st.booleans())
def test_what_the_scripts_see_at_the_meter_is_what_the_ledger_knows(instant, netted):
    # Panels that no sensor measures count only in a house that measures none.
    base_a = [max(base, 0.0) for base in instant.base_a.values()]
    loads_a = {load: tuple(each.values()) for load, each in instant.loads_a.items()}
    instant = second(instant.roof.solar_w, instant.roof.battery_w, base_a, **loads_a)
    flows = Ledger(PHASES, LOADS, netted).add(instant, 230.0)
    roof = instant.roof
    loads = tuple(Load(load, "number", MAIN, ALL_PHASES, 1, Mode.STANDARD, 6.0, 16.0) for load in LOADS)
    main = Circuit(MAIN, 25.0, grid=dict.fromkeys(ALL_PHASES, METER))
    site = Site(
        230.0, ALL_PHASES, (main,), loads, netting="sum" if netted else "per_phase", solar_w=METER,
        batteries=(Battery(METER, METER),),
    )  # fmt: skip
    grid_a = {phase: Reading(instant.net_a[phase.name], 0.0, 0.0) for phase in ALL_PHASES}
    snapshot = Snapshot(
        0.0,
        {MAIN: grid_a},
        {},
        solar_w=Reading(roof.solar_w),
        batteries=(BatteryReadings(charge_w=Reading(roof.battery_w)),),
    )
    drawn_a = {load: PerPhase(*instant.loads_a[load].values()) for load in LOADS}
    found = load_source_shares(site, snapshot, drawn_a, None)
    assert found is not None
    for load in LOADS:
        power_w = 230 * sum(instant.loads_a[load].values())
        assert found[load][0] * power_w == pytest.approx(flows[SUN, load], abs=1e-6)
        assert found[load][1] * power_w == pytest.approx(flows[BATTERY, load], abs=1e-6)
