"""The built-in year, in short: the car stays out of the peaks and still gets its energy."""

from __future__ import annotations

from datetime import UTC, datetime

from simhouse.report.peak_year import simulate_year, tariff_of

TARIFF = tariff_of({"kind": "fluvius", "target_kw": 4.5, "price_per_kw_year": 50.0})
START, DAYS = datetime(2026, 6, 29, tzinfo=UTC), 4


def test_some_days_with_and_without_the_tariff() -> None:
    kept = simulate_year(TARIFF, START, DAYS * 1440)
    free = simulate_year(TARIFF, START, DAYS * 1440, kept=False)
    assert len(kept.peaks_kw) == len(free.peaks_kw) == 2
    assert max(kept.peaks_kw) <= 4.5 < 7.0 < max(free.peaks_kw)
    assert kept.car_kwh >= 0.9 * free.car_kwh
    assert kept.cost is not None and free.cost is not None and kept.cost < 0.7 * free.cost
