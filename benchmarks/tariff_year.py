"""A year at one-minute steps under a tariff, as a ratio to the minute that it may take: `-m benchmarks.tariff_year`."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from simhouse.report.peak_year import simulate_year, tariff_of

DAYS = 60
YEAR_DAYS = 365
MINUTES_A_DAY = 1440


def measure_year_s() -> tuple[float, float]:
    """Return the CPU time of a simulated year [s], from some weeks of it, and how often that fits into a minute."""
    tariff = tariff_of({"kind": "fluvius", "target_kw": 4.0, "price_per_kw_year": 48.0})
    began_s = time.process_time()
    simulate_year(tariff, datetime(2026, 1, 1, tzinfo=UTC), DAYS * MINUTES_A_DAY)
    year_s = (time.process_time() - began_s) * YEAR_DAYS / DAYS
    return year_s, 60.0 / year_s


if __name__ == "__main__":
    year_s, ratio = measure_year_s()
    print(f"a year at one-minute steps: {year_s:.0f} s of CPU, {ratio:.1f} times faster than the minute it may take")
