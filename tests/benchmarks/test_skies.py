"""The skies that are drawn resemble the measured ones, and the comparison counts what it says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from benchmarks.skies import GOLDEN, PAYERNE, compute_figures, generate_days, index_by_minute, read_golden, sun_height
from simhouse.physics.sky import clear_sky_index, sky_seconds


def test_steps_and_cloud_lengths_of_the_drawn_skies_are_near_the_measured_month():
    """Payerne, June 2016, by `make skies`; a dozen days scatter by about a third."""
    found = compute_figures(generate_days(12))
    assert found.mean == pytest.approx(0.59, abs=0.12)
    assert found.sunny == pytest.approx(0.37, abs=0.15)
    for drawn_steps, measured in ((found.steps_1, (0.01, 0.09, 0.20, 0.46)), (found.steps_5, (0.03, 0.25, 0.43, 0.75))):
        assert drawn_steps[1:] == pytest.approx(measured[1:], rel=0.5)
    assert found.runs_per_hour == pytest.approx(1.34, rel=0.35)
    assert found.sunny_min[1:] == pytest.approx((4, 10, 23), rel=0.6)
    assert found.cloudy_min[1:] == pytest.approx((3, 11, 54), rel=0.8)


def test_a_seed_is_always_the_same_sky_and_another_seed_another():
    first, again, other = (clear_sky_index(600, Random(seed)) for seed in (1, 1, 2))
    assert first == again != other


def test_an_inverter_gives_at_most_its_rating_under_the_bright_edge_of_a_cloud():
    noon = datetime(2026, 6, 21, 13, tzinfo=UTC)
    brightest = [max(sky_seconds(noon, 1800, 5000.0, Random(seed))) for seed in range(40)]
    assert max(brightest) == 5000.0


def test_steps_and_runs_are_counted_within_known_minutes():
    found = compute_figures([[None, 1.0, 1.0, 0.2, 0.2, 0.2, 1.0, None, 0.9]])
    assert (found.runs_per_hour, found.sunny_min[0], found.cloudy_min[0]) == (pytest.approx(60 / 7), 2, 3)
    assert sorted(found.steps_1) == [0.0, 0.8, 0.8, 0.8]
    with pytest.raises(ValueError, match="no minute"):
        compute_figures([[None]])


def test_a_measured_day_becomes_its_clear_sky_index_while_the_sun_is_high(tmp_path: Path):
    lines = ["time,W", "2022-06-20 03:00:00-07:00,-1.4", "2022-06-20 12:00:00-07:00,1000"]
    (tmp_path / "pvanalytics/data").mkdir(parents=True)
    (tmp_path / "pvanalytics/data/midc_bms_ghi_20220120.csv").write_text("\n".join(lines), encoding="utf-8")
    (day,) = read_golden(tmp_path)
    assert day[180] is None and day[720] == pytest.approx(0.99, abs=0.02)


def test_the_sun_is_highest_at_noon_and_below_the_horizon_at_night():
    noon, night = (datetime(2016, 6, 21, hour, 32, tzinfo=UTC) for hour in (11, 23))
    assert sun_height(PAYERNE, noon) == pytest.approx(0.918, abs=0.003)
    assert sun_height(PAYERNE, night) < 0 < sun_height(GOLDEN, night)
    assert index_by_minute(PAYERNE, noon.date(), [(1412, 5.0)])[1412] is None
