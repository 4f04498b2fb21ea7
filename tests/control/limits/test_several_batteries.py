"""Several inverters and batteries: the sums hold, and so do the limits of each of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.estimators.production import UNKNOWN_A, own_production_a, sun_w, update_battery_memories
from fusebox.control.limits.ceilings import ceilings_in_force
from fusebox.control.limits.energy_budgets import battery_reserve_a
from fusebox.control.limits.export_limit import present_powers
from fusebox.control.limits.supply import Supply, battery_help_a, unknown_surplus_messages
from fusebox.model.ceiling import Budget, Ceiling
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Battery, Circuit, Inverter, Source
from fusebox.model.load import Mode
from fusebox.model.load_memory import LoadMemory
from fusebox.model.memory import Memory
from fusebox.model.orders import Curtail, ExportLimit
from fusebox.model.site import Site
from fusebox.model.snapshot import BatteryReadings, InverterReadings, Reading, Snapshot, sum_of

from ..houses import METER, car, charger, seen, site

THREE = "L1 L2 L3"
ROOF, SHED = Inverter(max_w=4600, solar_w=METER), Inverter(max_w=2300, solar_w=METER)
BIG = Battery(METER, METER, soc_target_pct=60, max_charge_w=4600, max_discharge_w=4600, place="site.battery[0]")
SMALL = Battery(METER, METER, soc_target_pct=80, max_charge_w=2300, max_discharge_w=2300, place="site.battery[1]")


def now(value: float | None, age_s: float = 0.0) -> Reading:
    return Reading(value, value, age_s)


def house(**more: object) -> Site:
    facts: dict[str, object] = {"inverters": (ROOF, SHED), "batteries": (BIG, SMALL), "netting": "sum", **more}
    return site(car("car", mode=Mode.SOLAR_ONLY, max_a=32.0), **facts)  # type: ignore[arg-type]


def noon(
    flow_a: float = 0.0,
    socs: tuple[float | None, ...] = (90, 90),
    powers_w: tuple[float, ...] = (0, 0),
    suns_w: tuple[float, ...] = (0, 0),
    age_s: float = 0.0,
) -> Snapshot:
    """The car waits; `age_s`: since when the last battery is silent."""
    batteries = [BatteryReadings(now(soc), now(w)) for soc, w in zip(socs, powers_w, strict=True)]
    batteries[-1] = replace(batteries[-1], charge_w=now(powers_w[-1], age_s))
    return replace(
        seen({"L1": flow_a}, 1000.0, car=charger(0.0, 0.0)),
        solar_w=now(sum(suns_w)),
        batteries=tuple(batteries),
        inverters=tuple(InverterReadings({}, now(w)) for w in suns_w),
    )


def look(of: Site, snapshot: Snapshot) -> tuple[Supply, float, Ceiling]:
    """Return the supply, the solar budget [A], and its ceiling."""
    memory = Memory({"car": LoadMemory()}, batteries=update_battery_memories(of, snapshot, ()))
    ceilings, supply, _ = ceilings_in_force(of, snapshot, memory)
    assert supply is not None
    (budget,) = [each for each in ceilings if each.budget is Budget.SOLAR]
    return supply, round(budget.headroom_a, 3), budget


def test_the_sum_of_batteries_is_unknown_if_one_is_and_as_old_as_the_oldest() -> None:
    assert noon(powers_w=(500, -200)).battery_charge_w == now(300)
    assert sum_of([now(1, 5.0), Reading(None, 2.0, 40.0, 10.0)]) == Reading(None, 3.0, 40.0, 10.0)
    assert sum_of([now(1), Reading()]) == Reading(None, None, float("inf"))


def test_the_batteries_below_their_target_reserve_what_they_take_and_no_more() -> None:
    of, snapshot = house(), noon(-15.0, socs=(70, 70))
    memories = update_battery_memories(of, snapshot, ())
    supply, headroom_a, budget = look(of, snapshot)
    assert battery_reserve_a(of, supply, memories) == 10.0
    # 15 A are exported, and the big one, above its target, could give 20 A more.
    assert (headroom_a, budget.cause) == (25.0, "limited_by_battery_draw")
    assert (budget.details["soc_pct"], budget.details["target_pct"]) == (70, 80)
    assert battery_reserve_a(of, supply, update_battery_memories(of, noon(socs=(50, 50)), ())) == 30.0


def test_a_battery_without_a_surplus_takes_its_own_discharge_off() -> None:
    supply, headroom_a, _ = look(house(), noon(0.0, socs=(90, 50), powers_w=(-1150, -1150)))
    assert (supply.discharge_a, supply.has_battery_surplus) == (10.0, True)
    # The big one gives 15 A more; the small one's 5 A, and the 10 A that it is to take, come off.
    assert headroom_a == 0.0
    assert supply.surplus_part_a == 15.0 - 5.0
    assert supply.spare_part_a == 15.0 + 5.0


@pytest.mark.parametrize(
    ("suns_w", "headroom_a"), [((0, 0), 30.0), ((4600, 0), 10.0), ((0, 2300), 20.0), ((2300, 1150), 15.0)]
)
def test_each_battery_gives_only_what_its_own_inverter_has_left(suns_w: tuple[float, float], headroom_a: float) -> None:
    assert look(house(), noon(suns_w=suns_w))[1] == headroom_a
    crossed = (replace(BIG, inverter=1), replace(SMALL, inverter=0))
    # Through the smaller inverter the big one gives at most its 10 A.
    assert look(house(batteries=crossed), noon(suns_w=suns_w))[1] <= 20.0


def test_two_batteries_on_one_inverter_share_what_it_has_left() -> None:
    both = (replace(BIG, inverter=0), replace(SMALL, inverter=0))
    assert look(house(batteries=both), noon(suns_w=(1150, 0)))[1] == 15.0


def test_a_silent_battery_makes_the_surplus_unknown_and_is_named() -> None:
    of, snapshot = house(), noon(-30.0, age_s=61.0)
    supply, headroom_a, budget = look(of, snapshot)
    assert (headroom_a, budget.cause) == (0.0, "limited_by_unknown_surplus")
    (problem,) = unknown_surplus_messages(of, snapshot, supply)
    assert problem == "the surplus is not known: site.battery[1].charge_w is silent; check that its sensor reports"
    unknown = noon(-30.0, socs=(90, None))
    assert look(of, unknown)[2].cause == "limited_by_unknown_battery"


def test_more_import_is_covered_by_batteries_as_far_as_each_inverter_delivers() -> None:
    of, snapshot = house(batteries=(BIG,)), noon(0.0, socs=(90,), powers_w=(0,), suns_w=(3450, 0))
    supply = look(of, snapshot)[0]
    assert battery_help_a(of, snapshot, supply) == 5.0
    assert battery_help_a(of, noon(0.0, socs=(90,), powers_w=(0,), suns_w=(4600, 0)), supply) == 0.0


@pytest.mark.parametrize("is_first_known", [True, False])
def test_an_inverter_of_unknown_sun_counts_as_delivering_what_all_deliver(is_first_known: bool) -> None:
    of, powers_w = house(inverters=(ROOF, ROOF), batteries=(BIG, replace(BIG, inverter=1))), (0, -920)
    both = noon(0.0, powers_w=powers_w, suns_w=(2300, 2300))
    # Together 10 A + 10 A + 4 A; each could deliver 20 A.
    supply = look(of, both)[0]
    assert battery_help_a(of, both, supply) == 10.0 + 6.0
    suns = (now(2300), Reading()) if is_first_known else (Reading(), now(2300))
    snapshot = replace(both, inverters=tuple(InverterReadings({}, sun) for sun in suns), solar_w=Reading())
    assert battery_help_a(of, snapshot, supply) == (10.0 if is_first_known else 6.0)
    # Where the house load is not measured, they deliver at least what is known of sun and batteries.
    unmeasured = replace(supply, house_a={Phase.L1: 0.0})
    assert battery_help_a(of, snapshot, unmeasured) == (10.0 + 6.0 if is_first_known else 6.0 + 6.0)


def test_an_inverter_delivers_to_its_own_phases_and_circuit_only() -> None:
    inverters = (replace(ROOF, circuit="garage"), replace(SHED, phases=(Phase.L2,)))
    of = site(
        phases=THREE, inverters=inverters, batteries=(replace(SMALL, inverter=1),),
        circuits=(Circuit("garage", 16, "main"), Circuit("barn", 16, "main")),
    )  # fmt: skip
    snapshot = replace(
        seen(dict.fromkeys(("L1", "L2", "L3"), 0.0)),
        inverters=(InverterReadings({}, now(3 * 4 * 230)), InverterReadings({}, now(1150))),
    )

    def gives(circuit: str, charge_w: float | None = -230.0) -> list[float | None]:
        return [(own_production_a(of, snapshot, (charge_w,), circuit) or {})[phase] for phase in Phase]

    assert gives("main") == [4.0, 4.0 + 5.0 + 1.0, 4.0]
    assert gives("barn") == [0.0, 6.0, 0.0]
    assert gives("main", None) == [4.0, UNKNOWN_A, 4.0]


def test_the_sun_of_an_inverter_without_a_sensor_is_what_the_sum_shows_beyond_the_others() -> None:
    bare = Inverter(max_w=2300)
    snapshot = replace(
        seen({"L1": 0.0}), solar_w=now(3000), inverters=(InverterReadings({}, now(1000)), InverterReadings())
    )
    summed, without_sum = site(inverters=(ROOF, bare), solar_w=Source("sensor.sum")), site(inverters=(ROOF, bare))
    assert [sun_w(summed, snapshot, place) for place in (0, 1)] == [1000, 2000]
    assert [sun_w(without_sum, snapshot, place) for place in (0, 1)] == [1000, 0.0]
    assert sun_w(site(inverters=(bare, bare)), snapshot, 0) is None


def test_on_an_island_an_inverter_without_a_battery_adds_only_its_present_sun() -> None:
    of = house(batteries=(replace(BIG, max_discharge_w=9000),), island=True)
    of = replace(of, loads=(replace(of.loads[0], island=True, mode=Mode.STANDARD),))
    snapshot = noon(0.0, socs=(90,), powers_w=(-2300,), suns_w=(2300, 460))
    ceilings = ceilings_in_force(
        of, snapshot, Memory({"car": LoadMemory()}, batteries=update_battery_memories(of, snapshot, ()))
    )[0]
    (inverter,) = [each for each in ceilings if each.name == "inverter"]
    # The roof's 20 A are all in use; the shed could deliver 10 A, but has no sun for them.
    assert (inverter.rating_a, inverter.headroom_a) == (22.0, 0.0)


def test_a_curtailed_output_is_shared_by_size_and_a_limit_on_export_is_each_ones() -> None:
    output = [Curtail(f"number.{name}", limits="output") for name in "ab"]
    export = ExportLimit(curtail=tuple(output))
    assert export.shares_w(3000, (4000, 2000)) == [(output[0], 2000), (output[1], 1000)]
    for sizes_w in ((4000, None), (0, 0)):
        assert export.shares_w(3000, sizes_w) == [(output[0], 1500), (output[1], 1500)]
    own = ExportLimit(curtail=(replace(output[0], of_w=1000.0), output[1]))
    assert [w for _, w in own.shares_w(3000, (4000, 2000))] == [1000, 2000]
    at_grid = ExportLimit(curtail=(Curtail("number.a"), Curtail("number.b")))
    assert [w for _, w in at_grid.shares_w(500, (4000, 2000))] == [500, 500]


def test_what_all_batteries_could_still_charge_counts_before_inverters_are_held_back() -> None:
    snapshot = noon(socs=(90, 50), powers_w=(600, -300))
    assert present_powers(house(), snapshot, Memory()).spare_w == 4600 - 600 + 2300
    assert present_powers(house(), noon(socs=(100, 50)), Memory()).spare_w == 2300
