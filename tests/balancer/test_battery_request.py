"""The order that the home battery should have: never more than the wires leave, and at once where nothing is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox.balancer.plans.battery_calls import BatteryMode, BatteryRequest
from fusebox.balancer.plans.battery_request import choose_battery_requests, request_for_all
from fusebox.control.limits.tariff_limit import TARIFF
from fusebox.model.durations import NEVER_S
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Battery, Inverter, Tariff
from fusebox.model.load_memory import LoadMemory, PatienceMemory
from fusebox.model.memory import Memory
from fusebox.model.orders import BatteryCommand, BatteryOrders, BatteryPlan
from fusebox.model.site import Site
from fusebox.model.snapshot import Allowance, BatteryReadings, LoadState, Reading, Snapshot

from ..control.houses import METER, car, seen, site

WITH_POWER = BatteryCommand("switch.charge", None, None, "number.charge_w")
ALL_IT_TAKES = BatteryCommand("switch.charge", None, None)
ORDERS = BatteryOrders(
    hold=BatteryCommand("select.mode", "hold", "auto"),
    charge_from_grid=WITH_POWER,
    plan=BatteryPlan((0,) * 7, 90),
    capacity_kwh=10,
)
BATTERY = Battery(METER, METER, max_charge_w=20_000, orders=ORDERS)
EVEN = Inverter(output=dict.fromkeys(Phase, METER))


def with_battery(house: Snapshot, power_w: float = 0.0) -> Snapshot:
    return replace(house, batteries=(BatteryReadings(Reading(50, 50, 0.0), Reading(power_w, power_w, 0.0)),))


def asked(of: Site, house: Snapshot, *, charge_kw: float = 20.0, is_blind: bool = False) -> BatteryRequest:
    for_all = request_for_all(of, is_blind=is_blind)
    return choose_battery_requests(of, house, Memory(), (), charge_kw, ())[0] if for_all is None else for_all


AMPS = st.floats(-40, 40)


@given(
    flows_a=st.lists(AMPS, min_size=1, max_size=3).filter(lambda flows: len(flows) != 2),
    margin_a=st.floats(0, 3),
    contract_w=st.none() | st.floats(1000, 20_000),
    power_w=st.floats(-6000, 6000),
    netting=st.sampled_from(["sum", "per_phase"]),
    kind=st.tuples(st.booleans(), st.booleans()),
)
def test_charging_from_the_grid_never_exceeds_fuse_margin_or_contract(
    flows_a: list[float],
    margin_a: float,
    contract_w: float | None,
    power_w: float,
    netting: str,
    kind: tuple[bool, bool],
) -> None:
    is_even, has_power = kind
    phases = ["L1", "L2", "L3"][: len(flows_a)]
    orders = replace(ORDERS, charge_from_grid=WITH_POWER if has_power else ALL_IT_TAKES)
    of = site(
        phases=" ".join(phases),
        margin_a=margin_a,
        max_import_w=contract_w,
        netting=netting,
        batteries=(replace(BATTERY, orders=orders, max_charge_w=20_000 if has_power else 3000),),
        inverters=(EVEN if is_even else Inverter(),),
    )
    request = asked(of, with_battery(seen(dict(zip(phases, flows_a, strict=True))), power_w))
    if request.mode is not BatteryMode.CHARGE:
        assert request.at_once
        return
    taken_w = request.power_w if has_power else 3000.0
    more_a = (taken_w - power_w) / 230
    # What comes on top may come on any one phase, unless it is known to be spread.
    fullest = flows_a.index(max(flows_a))
    after = [
        flow_a + more_a / len(flows_a) if is_even or more_a < 0 else flow_a + more_a * (at == fullest)
        for at, flow_a in enumerate(flows_a)
    ]
    assert max(after) <= 25 - margin_a + 1e-6
    if contract_w is not None:
        imported_a = sum(flows_a) if netting == "sum" else sum(max(flow_a, 0.0) for flow_a in flows_a)
        assert (imported_a + more_a) * 230 <= contract_w + 1e-6


@pytest.mark.parametrize(
    ("site_facts", "flow_a", "power_w"),
    [({}, 15.0, 2300), ({"margin_a": 2.0}, 15.0, 1840), ({"max_import_w": 4600.0}, 15.0, 1150), ({}, -5.0, 5000)],
)
def test_everything_that_fuse_margin_and_contract_leave_is_used(
    site_facts: dict[str, float], flow_a: float, power_w: float
) -> None:
    of = site(batteries=(replace(BATTERY, max_charge_w=5000),), **site_facts)
    request = asked(of, with_battery(seen({"L1": flow_a})))
    assert (request.mode, request.power_w) == (BatteryMode.CHARGE, pytest.approx(power_w))


@pytest.mark.parametrize(("netting", "power_w"), [("sum", 4600.0), ("per_phase", 1150.0)])
def test_export_on_one_phase_pays_for_import_on_another_only_where_the_meter_nets_them(
    netting: str, power_w: float
) -> None:
    facts = {"netting": netting, "max_import_w": 4600.0, "batteries": (replace(BATTERY, max_charge_w=8000),)}
    of = site(phases="L1 L2 L3", inverters=(EVEN,), **facts)
    request = asked(of, with_battery(seen({"L1": -15.0, "L2": 10.0, "L3": 5.0})))
    assert (request.mode, request.power_w) == (BatteryMode.CHARGE, pytest.approx(power_w))


@pytest.mark.parametrize(
    ("tariff", "imported_wh", "power_w"),
    [
        (Tariff("fluvius"), 500, 4000 - 1150),  # after half of a quarter hour half of its energy is used
        (Tariff("fluvius"), 750, 2000 - 1150),
        (Tariff("fluvius"), 100, 4000 - 1150),  # what is left now would be too much in the next quarter hour
        (Tariff("fluvius"), 1000, 0),
        (Tariff("italy", target_kw=3.0), 1000, 3300 - 1150),
        (Tariff("enwg14a"), 1000, 4600),
    ],
)
def test_a_tariff_leaves_no_more_to_charge_with_than_to_the_loads(
    tariff: Tariff, imported_wh: float, power_w: float
) -> None:
    of = site(batteries=(BATTERY,), tariff=tariff)
    house = with_battery(seen({"L1": 5.0}))
    limit_w = 3000 if tariff.kind == "italy" else 4000
    allowance = Allowance(limit_w, 3600 * imported_wh, house.now_s - 450, house.now_s + 450)
    request = asked(of, replace(house, allowance=allowance))
    assert (request.power_w, request.at_once) == (pytest.approx(power_w), power_w == 0)


def test_a_discharging_battery_has_no_room_for_what_the_house_would_then_import() -> None:
    of = site(batteries=(replace(BATTERY, orders=replace(ORDERS, charge_from_grid=ALL_IT_TAKES), max_charge_w=3000),))
    assert asked(of, with_battery(seen({"L1": 7.0}), -1000)).mode is BatteryMode.CHARGE
    request = asked(of, with_battery(seen({"L1": 7.0}), -3000))
    assert (request.mode, request.at_once) == (BatteryMode.NORMAL, True)


CHARGING_CAR = LoadState(draw_a=PerPhase(10, None, None))


@pytest.mark.parametrize("charge_kw", [0.0, 3.0])
@pytest.mark.parametrize("draws", [False, True])
def test_where_nothing_is_known_of_the_wires_the_battery_is_released_at_once(charge_kw: float, draws: bool) -> None:
    of = site(car("car"), batteries=(BATTERY,))
    house = with_battery(seen({"L1": 10.0}, car=CHARGING_CAR if draws else LoadState(draw_a=PerPhase(0, None, None))))
    request = asked(of, house, charge_kw=charge_kw, is_blind=True)
    assert (request.mode, request.at_once) == (BatteryMode.NORMAL, True)
    assert "a meter is silent" in request.reason


def test_a_meter_that_reports_nothing_leaves_no_room() -> None:
    request = asked(
        site(phases="L1 L2 L3", batteries=(BATTERY,)), with_battery(seen({"L1": 1.0, "L2": 1.0, "L3": None}))
    )
    assert (request.mode, request.at_once) == (BatteryMode.NORMAL, True)


def test_a_full_wire_turns_charging_into_holding_at_once() -> None:
    of = site(car("car"), batteries=(BATTERY,))
    request = asked(of, with_battery(seen({"L1": 25.0}, car=CHARGING_CAR)))
    assert (request.mode, request.at_once) == (BatteryMode.HOLD, True)


def test_without_the_grid_the_battery_is_left_to_feed_the_house() -> None:
    here = with_battery(seen({"L1": 0.0}))
    of = site(batteries=(BATTERY,))
    assert asked(of, here).mode is BatteryMode.CHARGE
    found = asked(replace(of, island=True), here)
    assert (found.mode, found.at_once) == (BatteryMode.NORMAL, True)


@pytest.mark.parametrize("tested", ["car", ""])
def test_during_a_wiring_test_all_batteries_hold_that_can(tested):
    of = site(car("car"), batteries=(BATTERY, replace(BATTERY, orders=BatteryOrders())), tested=tested)
    house = with_battery(seen({"L1": 2.0}))
    orders = choose_battery_requests(of, house, Memory(), (), 5.0, ())
    assert [each.mode for each in orders] == [BatteryMode.HOLD, BatteryMode.NORMAL]
    assert orders[0].reason == "kept from discharging during the wiring test"
    assert asked(of, house, is_blind=True).mode is BatteryMode.NORMAL


@pytest.mark.parametrize(
    ("paused_for_s", "by", "can_use_power", "mode"),
    [
        (0, TARIFF, True, "hold"),
        (899, TARIFF, True, "hold"),
        (900, TARIFF, True, "normal"),
        (0, TARIFF, False, "normal"),
        (None, "", True, "normal"),
        (0, "main L1", True, "normal"),  # a fuse is relieved by what the battery discharges
    ],
)
def test_the_battery_is_held_through_the_pause_of_a_car_by_the_tariff_until_its_quarter_has_ended(
    paused_for_s: float | None, by: str, can_use_power: bool, mode: str
) -> None:
    of, idle = site(car("car"), batteries=(BATTERY,)), replace(CHARGING_CAR, draw_a=PerPhase(0, None, None))
    house = with_battery(seen({"L1": 9.0}, car=replace(idle, can_use_power=can_use_power)))
    paused_s = NEVER_S if paused_for_s is None else house.now_s - paused_for_s
    memory = Memory(loads={"car": LoadMemory(patience=PatienceMemory(paused_s=paused_s, paused_by=by))})
    (request,) = choose_battery_requests(of, house, memory, (), 0.0, ())
    assert request.mode.value == mode
