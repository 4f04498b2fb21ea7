"""How well a load is seen: as well as the worst meter between it and the grid."""

from __future__ import annotations

import pytest

from fusebox.model.data_quality import DataQuality, quality_by_load, reading_quality
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Circuit, FuseType
from fusebox.model.site import MAIN
from fusebox.model.snapshot import Reading, Snapshot

from ..control.houses import METER, T0_S, car, site

FRESH, SILENT = Reading(5.0, 5.0, 0.0), Reading(None, 5.0, 400.0)


@pytest.mark.parametrize(
    ("main", "garage", "quality"),
    [
        (FRESH, FRESH, DataQuality.GOOD),
        (SILENT, FRESH, DataQuality.FAILSAFE),
        (FRESH, SILENT, DataQuality.FAILSAFE),
        (FRESH, Reading(None, 5.0, 1.0), DataQuality.MISSING),
    ],
)
def test_each_meter_on_its_way_to_the_grid_has_to_report(main, garage, quality):
    behind = Circuit("garage", 20, MAIN, FuseType.B, {Phase.L1: METER})
    house = site(car("outside"), car("inside", circuit="garage"), circuits=(behind,))
    found = quality_by_load(house, Snapshot(T0_S, {MAIN: {Phase.L1: main}, "garage": {Phase.L1: garage}}, {}))
    assert found["inside"] is quality
    assert found["outside"] is (DataQuality.FAILSAFE if main is SILENT else DataQuality.GOOD)


@pytest.mark.parametrize(
    ("period_s", "age_s", "quality"),
    [
        (1.0, 30.0, DataQuality.MISSING),
        (1.0, 31.0, DataQuality.STALE),
        (20.0, 60.0, DataQuality.MISSING),
        (20.0, 61.0, DataQuality.STALE),
        (300.0, 120.0, DataQuality.MISSING),
        (300.0, 121.0, DataQuality.STALE),
        (300.0, 241.0, DataQuality.FAILSAFE),
    ],
)
def test_a_meter_is_stale_after_three_of_its_periods_and_two_minutes_at_the_latest(period_s, age_s, quality):
    assert reading_quality(site(), Reading(None, 5.0, age_s, period_s)) is quality
