"""How much a Quasar may discharge depends on the least that the house may use, not on what is reserved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.limits.power_range import compute_power_range, free_charging_power_w
from fusebox.model.ceiling import Ceiling
from fusebox.model.data_quality import DataQuality
from fusebox.model.decision import Decision
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Circuit, FuseType
from fusebox.model.load import Load, Mode
from fusebox.model.orders import ExportLimit
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import LoadState, Reading
from tests.control.houses import METER, Evening, car, charger, seen, site

V2G = Load("v2g", "quasar", "garage", (Phase.L1,), 1, Mode.STANDARD, 0.0, 32.0)
GARAGE = Circuit("garage", 20.0, "main", FuseType.B)
SHED = Circuit("shed", 25.0, "garage", FuseType.B, {Phase.L1: METER})
AWAY = LoadState(available=False)


def discharge_a(of: Site, decision: Decision) -> float:
    """What v2g may discharge [A]."""
    low_w = compute_power_range(of, decision.ceilings, of.by_name["v2g"], 0.0, DataQuality.GOOD).low_w
    assert low_w is not None
    return round(-low_w / 230, 1)


@pytest.mark.parametrize(
    ("other", "state", "shed_a", "may_a"),
    [
        (replace(V2G, name="other"), charger(0.0), 0.0, 20.0),
        # It may discharge 32 A itself, or draw as much.
        (replace(V2G, name="other"), AWAY, 0.0, 0.0),
        (replace(V2G, name="other", max_a=6.0), AWAY, 0.0, 14.0),
        # A charger may draw what is reserved for it, or nothing.
        (car("other", circuit="garage"), AWAY, 0.0, 20.0),
        (car("other", circuit="garage"), charger(6.0), 0.0, 26.0),
        # The sun on the shed takes the same wire.
        (car("other", circuit="garage"), charger(0.0), -8.0, 12.0),
        (car("other", circuit="garage"), charger(0.0), 8.0, 28.0),
    ],
)
def test_behind_a_fuse_without_a_meter(other: Load, state: LoadState, shed_a: float, may_a: float) -> None:
    home = Evening(site(V2G, other, fuse_a=63, circuits=(GARAGE, SHED)))
    shown = {Phase.L1: Reading(shed_a, shed_a, 0.0)}
    for second in range(90):
        now = seen({"L1": 2.0}, second, v2g=charger(0.0), other=state)
        decision = home.decide(replace(now, grid_a={**now.grid_a, "shed": shown}))
    assert discharge_a(home.site, decision) == may_a


def test_what_flows_out_through_a_fuse_without_a_meter_may_be_too_much_too() -> None:
    home = Evening(site(V2G, fuse_a=63, circuits=(GARAGE, SHED)))
    for second, shed_a in enumerate((-10.0, -12.0)):
        shown = {Phase.L1: Reading(shed_a, shed_a, 0.0)}
        now = seen({"L1": -30.0}, second, v2g=charger(0.0, -9.0))
        decision = home.decide(replace(now, grid_a={**now.grid_a, "shed": shown}))
        assert (decision.state == "over") is (shed_a == -12)
    assert decision.reason == "too much export through garage L1: 21 A of 20 A"


@pytest.mark.parametrize(
    ("may_export_w", "may_a"), [(float("inf"), 25.0), (0.0, 9.0), (460.0, 11.0), (460.0 * 10, 25.0)]
)
def test_no_more_flows_out_over_all_phases_than_may_be_exported(may_export_w: float, may_a: float) -> None:
    v2g = replace(V2G, circuit=MAIN, max_a=25.0)
    home = Evening(site(v2g, phases="L1 L2 L3", fuse_a=63, export=ExportLimit(), may_export_w=may_export_w))
    decision = home.step({"L1": -1.0, "L2": 3.0, "L3": 2.0}, 0, v2g=charger(0.0, -5.0))
    assert discharge_a(home.site, decision) == may_a


def test_what_is_kept_free_for_a_cycling_appliance_is_not_used_by_the_house() -> None:
    home = Evening(site(replace(V2G, circuit=MAIN, max_a=63.0), fuse_a=32))
    found = set()
    for second in range(1080):
        house_a = 12.0 if second % 120 < 20 else 2.0
        decision = home.step({"L1": house_a}, second, v2g=charger(0.0))
        if second > 600 and house_a == 2:
            found.add(discharge_a(home.site, decision))
    assert found == {34.0}


@pytest.mark.parametrize(("tolerates_s", "steered_w"), [(None, 0.0), (600.0, 1380.0)])
def test_a_limit_on_energy_leaves_it_its_set_point_until_that_has_to_stop(
    tolerates_s: float | None, steered_w: float
) -> None:
    of = site(replace(V2G, circuit=MAIN), fuse_a=63)
    # The car still draws what it had in the last quarter hour.
    tariff = Ceiling("tariff", "limited", 33.0, {"v2g": 1.0}, drawn_a={"car": 48.0}, tolerates_s=tolerates_s)
    load = of.by_name["v2g"]
    assert compute_power_range(of, [tariff], load, 6.0, DataQuality.GOOD).high_w == steered_w
    assert free_charging_power_w(of, [tariff], load) == 0
