"""What a kWh of sun would earn where the export is limited: nothing above the limit, and a negative price for all."""

from __future__ import annotations

import pytest

from fusebox.model.durations import QUARTER_S
from fusebox.model.orders import ExportLimit
from fusebox.planning.house_model import HouseModel
from fusebox.planning.prices import NO_PRICES, Prices
from fusebox.planning.slot_forecast import Forecast, forecast_slots
from fusebox.planning.sun_reader import Sun

SLOTS = range(0, 3 * QUARTER_S, QUARTER_S)


def earned(limit: ExportLimit | None, price: float) -> tuple[float, ...]:
    """Return what export earns in three slots, with 8, 4 and 0 kW of sun."""
    sun = Sun(dict(zip(SLOTS, (8.0, 4.0, 0.0), strict=True)))
    forecast = Forecast(NO_PRICES, Prices(dict.fromkeys(SLOTS, price)), sun, HouseModel(), limit=limit)
    return forecast_slots(forecast, 0.0, 3, lambda _: 0.0).export


@pytest.mark.parametrize(
    ("limit", "price", "expected"),
    [
        (None, 0.08, (0.08, 0.08, 0.08)),
        (ExportLimit(4000), 0.08, (0.04, 0.08, 0.08)),
        (ExportLimit(0), 0.08, (0.0, 0.0, 0.08)),
        (ExportLimit(0), -0.05, (-0.05, -0.05, -0.05)),
        (ExportLimit(0, when_price_below=0), 0.08, (0.08, 0.08, 0.08)),
        (ExportLimit(None), 0.08, (0.08, 0.08, 0.08)),
    ],
    ids=str,
)
def test_sun_above_the_limit_earns_nothing(
    limit: ExportLimit | None, price: float, expected: tuple[float, ...]
) -> None:
    assert earned(limit, price) == pytest.approx(expected)
