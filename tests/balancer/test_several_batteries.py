"""Orders to several home batteries: each has its own, they share the room, and all are released."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import replace

import pytest

from fusebox.balancer.attributes import mean_soc_pct
from fusebox.balancer.controls import control_paths, setting_rows, setting_values
from fusebox.balancer.plans.battery_calls import RELEASED, BatteryMode, BatteryRequest
from fusebox.balancer.plans.battery_control import BatteryControl
from fusebox.balancer.plans.battery_request import choose_battery_requests
from fusebox.balancer.plans.inputs import battery_storage
from fusebox.balancer.plans.plan_file import calls_to_file
from fusebox.model.equipment import Battery, Circuit, Inverter
from fusebox.model.memory import Memory
from fusebox.model.messages.message import code_of
from fusebox.model.orders import BatteryCommand, BatteryOrders, BatteryPlan
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import BatteryReadings, Reading, Snapshot

from ..config.test_several import BIG, SMALL, checked
from ..control.houses import METER, seen, site
from ..runtime.home import Home

HOLDS, CHARGES = BatteryRequest(BatteryMode.HOLD), BatteryRequest(BatteryMode.CHARGE, 2000)


def battery(name: str, max_w: float, capacity_kwh: float, **plan: float) -> Battery:
    orders = BatteryOrders(
        hold=BatteryCommand(f"select.{name}", "hold", "auto"),
        charge_from_grid=BatteryCommand(f"select.{name}", "charge", "auto", f"number.{name}"),
        plan=BatteryPlan((6 * 3600,) * 7, **{"soc_target_pct": 90, **plan}),
        capacity_kwh=capacity_kwh,
    )
    return Battery(METER, METER, max_charge_w=max_w, max_discharge_w=max_w, orders=orders, place=f"site.battery.{name}")


WITHOUT_POWER = BatteryCommand("select.any", "charge", "auto")
"""Nothing sets the power."""
A, B = battery("a", 3000, 10), battery("b", 5000, 5)


def night(of: Site, flow_a: float = 0.0, socs: tuple[float | None, ...] = (50, 50), **more: object) -> Snapshot:
    """No battery charges or discharges."""
    readings = tuple(BatteryReadings(Reading(soc, soc, 0.0), Reading(0.0, 0.0, 0.0)) for soc in socs)
    return replace(seen({"L1": flow_a}), batteries=readings, **more)


def requests(
    of: Site, snapshot: Snapshot, charge_kw: float = 20.0, resting: Collection[int] = ()
) -> list[tuple[str, float]]:
    found = choose_battery_requests(of, snapshot, Memory(), (), charge_kw, resting)
    return [(request.mode.value, round(request.power_w)) for request in found]


@pytest.mark.parametrize(
    ("charge_kw", "flow_a", "socs", "expected"),
    [
        (20.0, 0.0, (50, 50), [("charge", 3000), ("charge", 2750)]),
        (4.0, 0.0, (50, 50), [("charge", 3000), ("charge", 1000)]),
        (20.0, 15.0, (50, 50), [("charge", 2300), ("normal", 0)]),
        (20.0, 0.0, (95, 50), [("normal", 0), ("charge", 5000)]),
        (20.0, 0.0, (50, None), [("charge", 3000), ("normal", 0)]),
    ],
)
def test_batteries_share_the_planned_power_and_the_room_under_the_fuse(
    charge_kw: float, flow_a: float, socs: tuple[float | None, ...], expected: list[tuple[str, float]]
) -> None:
    of = site(batteries=(A, B))
    assert requests(of, night(of, flow_a, socs), charge_kw) == expected


def test_a_battery_charges_on_while_another_rests_after_a_stop() -> None:
    of = site(batteries=(A, B))
    assert requests(of, night(of), resting=[1]) == [("charge", 3000), ("normal", 0)]
    assert requests(of, night(of), resting=[0]) == [("normal", 0), ("charge", 5000)]


def test_a_battery_that_rests_is_not_said_to_lack_room() -> None:
    of = site(batteries=(A, B))
    for flow_a, reason in ((0.0, "battery_free"), (25.0, "battery_free_no_room")):
        (rests, _) = choose_battery_requests(of, night(of, flow_a), Memory(), (), 20.0, [0])
        assert code_of(rests.reason) == reason


def test_a_battery_charges_within_the_fuse_of_its_own_circuit() -> None:
    garage = Circuit("garage", 10, MAIN, grid=dict.fromkeys(site().phases, METER))
    of = site(batteries=(A, B), inverters=(Inverter(), Inverter(circuit="garage")), circuits=(garage,), fuse_a=63)
    meters = {"garage": {phase: Reading(4.0, 4.0, 0.0) for phase in of.phases}}
    snapshot = night(of)
    snapshot = replace(snapshot, grid_a={**snapshot.grid_a, **meters})
    assert requests(of, snapshot) == [("charge", 3000), ("charge", 6 * 230)]
    silent = replace(snapshot, grid_a={**snapshot.grid_a, "garage": {}})
    assert requests(of, silent) == [("charge", 3000), ("normal", 0)]


class Two(Home):
    """Two batteries whose selects and numbers obey."""

    def __init__(self) -> None:
        super().__init__()
        self.why_not = ""
        self.stored: list[list[object]] = []
        for name in "ab":
            self.shows(f"select.{name}", "auto")
            self.shows(f"number.{name}", 500.0)
        self.control = self.begun()

    def begun(self) -> BatteryControl:
        control = BatteryControl(self.ports)

        async def store() -> str:
            self.stored = self.stored if self.why_not else calls_to_file(control.release)
            return self.why_not

        control.loans.persist = store
        return control

    async def _call(self, domain: str, service: str, blocking: bool = False, **data: object) -> None:
        await super()._call(domain, service, **data)
        if self.states.get(str(data["entity_id"])) != "unavailable":
            self.shows(str(data["entity_id"]), data.get("option", data.get("value")))

    def look(self, at_s: float, *requested: BatteryRequest, of: tuple[Battery, ...] = (A, B)) -> list[str]:
        asyncio.run(self.control.update_orders(of, requested, self.view(at_s)))
        return [str(self.states[f"select.{name}"]) for name in "ab"]


def test_each_battery_has_its_own_order_and_the_release_of_all_is_on_disk() -> None:
    home = Two()
    assert home.look(0, HOLDS, CHARGES) == ["hold", "charge"]
    assert {call[2]["entity_id"] for call in home.stored} == {"select.a", "select.b", "number.b"}  # type: ignore[index, call-overload]
    attributes = home.control.attributes(2, (HOLDS, CHARGES))
    told = attributes.pop("battery_orders")
    assert [each["battery_order"] for each in told] == ["hold", "charge"]
    assert attributes == told[1]
    home.look(10, RELEASED, CHARGES)
    assert home.look(100, RELEASED, CHARGES) == ["auto", "charge"]
    asyncio.run(home.control.release_all())
    assert ([str(home.states[f"select.{name}"]) for name in "ab"], float(home.states["number.b"])) == (
        ["auto"] * 2,
        500,
    )


def test_a_restart_releases_both_and_the_first_of_them_may_be_ordered_again_at_once() -> None:
    home = Two()
    home.look(0, CHARGES, CHARGES)
    kept = [tuple(call) for call in home.stored]
    home.shows("select.b", "unavailable")
    home.control = home.begun()
    home.control.restore(kept, is_certain=True)  # type: ignore[arg-type]
    asyncio.run(home.control.release_all())
    assert str(home.states["select.a"]) == "auto"
    assert home.look(10, HOLDS, RELEASED)[0] == "hold"
    home.shows("select.b", "charge")
    assert home.look(100, HOLDS, RELEASED) == ["hold", "auto"]
    assert [float(home.states[f"number.{name}"]) for name in "ab"] == [500, 500]


def test_one_battery_that_does_not_answer_keeps_no_other_from_its_order() -> None:
    home = Two()
    home.shows("select.a", "unavailable")
    for at_s in range(0, 400, 10):
        home.look(at_s, HOLDS, HOLDS)
    assert str(home.states["select.b"]) == "hold"
    (problem,) = home.control.problems
    assert problem == "site.battery.a: the battery does not follow: select.a is unavailable"


def test_a_battery_that_leaves_config_is_released() -> None:
    home = Two()
    home.look(0, HOLDS, HOLDS)
    assert home.look(10, HOLDS, of=(A,)) == ["hold", "auto"]
    assert home.look(20, of=()) == ["auto", "auto"]


def test_a_battery_that_is_put_before_another_in_config_does_not_end_its_order() -> None:
    home = Two()
    assert home.look(0, HOLDS, of=(A,)) == ["hold", "auto"]
    earlier, home.control = home.control, home.begun()
    asyncio.run(home.control.start(earlier))
    assert home.look(10, HOLDS, HOLDS, of=(B, A)) == ["hold", "hold"]
    home.calls.clear()
    assert [home.look(at_s, HOLDS, HOLDS, of=(B, A)) for at_s in (20, 30)] == [["hold", "hold"]] * 2
    assert home.calls == []


def test_the_planner_gets_all_batteries_as_one() -> None:
    of = site(batteries=(A, replace(B, soc_min_pct=0), replace(A, orders=BatteryOrders())))

    def store(*socs: float | None) -> tuple[float, ...] | None:
        found = battery_storage(of, night(of, socs=socs), 0.0, lambda at_s: 0.0, False)
        return found and (found.stored_kwh, found.target_kwh, found.max_charge_kw, found.max_discharge_kw)

    assert store(50, 50, 50) == (3 + 2.5, 7 + 4.5, 8.0, 8.0)
    assert store(95, 50, 50) == (7.5 + 2.5, 7.5 + 4.5, 5.0, 8.0)
    assert store(None, 50, 50) == (2.5, 4.5, 5.0, 5.0)
    assert store(90, 90, 50) is None


def test_the_least_charging_power_is_that_of_one_battery_which_may_be_charged_alone() -> None:
    a, b = (replace(each, orders=replace(each.orders, charge_from_grid=WITHOUT_POWER)) for each in (A, B))

    def least_kw(*batteries: Battery, socs: tuple[float, float] = (50, 50)) -> float | None:
        of = site(batteries=batteries)
        found = battery_storage(of, night(of, socs=socs), 0.0, lambda at_s: 0.0, False)
        return found and found.min_charge_kw

    assert (least_kw(a, b), least_kw(A, b), least_kw(a, b, socs=(95, 50))) == (3.0, 0.0, 5.0)
    assert least_kw(replace(a, max_charge_w=0), b) == 5.0


def test_one_that_may_not_be_charged_now_is_not_planned() -> None:
    cold = replace(A, max_charge_w=0)

    def missing_kwh(*batteries: Battery) -> float | None:
        of = site(batteries=batteries)
        found = battery_storage(of, night(of), 0.0, lambda at_s: 0.0, True)
        return found and found.target_kwh - found.stored_kwh

    assert (missing_kwh(A, B), missing_kwh(cold, B), missing_kwh(cold)) == (4 + 2, 2, None)


def test_the_state_of_charge_of_all_counts_each_by_its_capacity_where_all_are_known() -> None:
    of = site(batteries=(A, B))
    assert mean_soc_pct(of, night(of, socs=(90, 30))) == pytest.approx(70)
    unsized = site(batteries=(A, replace(B, orders=BatteryOrders())))
    assert mean_soc_pct(unsized, night(of, socs=(90, 30))) == 60
    assert mean_soc_pct(of, night(of, socs=(90, None))) is None


def test_one_control_sets_the_target_of_every_battery() -> None:
    plan = checked(battery=[BIG, {**SMALL, "soc_target_pct": 70}])
    (paths,) = [own for setting, own in control_paths(plan, plan.site()).items() if setting.key == "soc_target_pct"]
    assert paths == ["site.battery[0].soc_target_pct", "site.battery[1].soc_target_pct"]
    assert setting_values(plan.site())["soc_target_pct"] == 80
    assert [row.key for row in setting_rows(plan, plan.site())].count("soc_target_pct") == 1
