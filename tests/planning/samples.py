"""The data that each source publishes, in its own format, made from one list of prices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
LISBON = ZoneInfo("Europe/Lisbon")

Row = tuple[datetime, float]
"""(begin of a slot [aware UTC], price per kWh in it)."""


def ahead_in(zone: ZoneInfo) -> Callable[[float], float]:
    """Return a function from a time to the local offset from UTC [s]."""

    def ahead(now_s: float) -> float:
        offset = datetime.fromtimestamp(now_s, zone).utcoffset()
        assert offset is not None
        return offset.total_seconds()

    return ahead


def day(on: date, zone: ZoneInfo = BERLIN, minutes: int = 15) -> list[Row]:
    """Return the slots of a local day, midnight to midnight, each with another price."""
    start = datetime(on.year, on.month, on.day, tzinfo=zone).astimezone(UTC)
    after = on + timedelta(days=1)
    end = datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC)
    count = int((end - start) / timedelta(minutes=minutes))
    return [
        (start + timedelta(minutes=minutes * at), round(0.2 + 0.001 * at - 0.00001 * at * at, 6)) for at in range(count)
    ]


def _rows(
    rows: Sequence[Row], start: str, value: str, end: str | None = None, scale: float = 1, zone: ZoneInfo = BERLIN
) -> list[dict[str, object]]:
    """Return rows with datetimes of the local zone, as attributes inside Home Assistant have them."""
    length = rows[1][0] - rows[0][0]
    return [
        {start: at.astimezone(zone), **({end: (at + length).astimezone(zone)} if end else {}), value: price * scale}
        for at, price in rows
    ]


def _texts(rows: list[dict[str, object]], blank: bool = False) -> list[dict[str, object]]:
    return [
        {
            key: value.isoformat(" " if blank else "T") if isinstance(value, datetime) else value
            for key, value in row.items()
        }
        for row in rows
    ]


def _halves(rows: list[dict[str, object]], count: int) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the rows of today, the first `count`, and those of tomorrow."""
    return rows[:count], rows[count:]


def nordpool_hacs(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    first, second = _halves(_rows(rows, "start", "value", "end"), count)
    return {
        "current_price": 0.2, "average": 0.21, "unit": "kWh", "currency": "EUR", "price_in_cents": False,
        "unit_of_measurement": "EUR/kWh", "tomorrow_valid": bool(second), "today": [row["value"] for row in first],
        "tomorrow": [row["value"] for row in second], "raw_today": first, "raw_tomorrow": second,
    }  # fmt: skip


def nordpool_hacs_cents(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    first, second = _halves(_rows(rows, "start", "value", "end", 100), count)
    told = {"raw_today": _texts(first), "raw_tomorrow": _texts(second)}
    return {"price_in_cents": True, "unit_of_measurement": "Cent/kWh", **told}


def nordpool_hacs_mwh(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    first, second = _halves(_rows(rows, "start", "value", "end", 1000), count)
    return {"unit_of_measurement": "EUR/MWh", "raw_today": first, "raw_tomorrow": second}


def energi_data_service(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    first, second = _halves(_rows(rows, "hour", "price"), count)
    told = {"raw_today": first, "raw_tomorrow": second or None, "today": [row["price"] for row in first]}
    return {
        "unit_of_measurement": "EUR/kWh",
        "use_cent": False,
        "tomorrow_valid": bool(second),
        "tariffs": None,
        **told,
    }


def entsoe(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    every = _texts(_rows(rows, "time", "price"), blank=True)
    first, second = _halves(every, count)
    told = {"prices_today": first, "prices_tomorrow": second, "prices": every}
    return {"unit_of_measurement": "EUR/kWh", "friendly_name": "Average electricity price", **told}


def epex_spot(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    return {"unit_of_measurement": "EUR/kWh", "data": _texts(_rows(rows, "start_time", "price_per_kwh", "end_time"))}


def octopus(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    rates = [
        {**row, "is_capped": False, "is_intelligent_adjusted": False}
        for row in _rows(rows, "start", "value_inc_vat", "end")
    ]
    return {"event_type": "octopus_energy_electricity_current_day_rates", "tariff_code": "E-1R", "rates": rates}


def ge_spot(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    first, second = _halves(_texts(_rows(rows, "time", "value")), count)
    return {"unit_of_measurement": "EUR/kWh", "today_interval_prices": first, "tomorrow_interval_prices": second}


def zonneplan(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    forecast = _texts(_rows(rows, "start_date", "amount", "end_date", 1e7))
    nested = [{**row, "price_tax_included": {"amount": row["amount"]}, "tariff_group": "low"} for row in forecast]
    return {
        "unit_of_measurement": "EUR/kWh",
        "forecast": [{k: v for k, v in row.items() if k != "amount"} for row in nested],
    }


def zonneplan_hours(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    found = [
        {**row, "start_date": at.astimezone(BERLIN), "electricity_price_excl_tax": 1, "tariff_group": "low"}
        for row, (at, _) in zip(_texts(_rows(rows, "datetime", "electricity_price", scale=1e7)), rows, strict=True)
    ]
    return {"unit_of_measurement": "€/kWh", "forecast": found}


def template(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    first, second = _halves(_texts(_rows(rows, "time", "price")), count)
    return {"unit_of_measurement": "EUR/kWh", "prices_today": first, "prices_tomorrow": second}


def nordpool_core(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    return {"NL": _texts(_rows(rows, "start", "price", "end", 1000, ZoneInfo("UTC")))}


def tibber(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    return {"prices": {"Home": _texts(_rows(rows, "start_time", "price"))}}


def energyzero(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    return {"prices": _texts(_rows(rows, "timestamp", "price", zone=ZoneInfo("UTC")), blank=True)}


def frank_energie(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    return {"unit_of_measurement": "€/kWh", "prices": _rows(rows, "from", "price", "till")}


def czech_spot_prices(rows: Sequence[Row], count: int) -> Mapping[str, object]:
    return {"unit_of_measurement": "Kč/kWh", **{at.astimezone(BERLIN).isoformat(): price for at, price in rows}}


ENTITIES = (
    nordpool_hacs, nordpool_hacs_cents, nordpool_hacs_mwh, energi_data_service, entsoe, epex_spot, octopus, ge_spot,
    zonneplan, zonneplan_hours, template, frank_energie, czech_spot_prices,
)  # fmt: skip
SERVICES = {
    "nordpool.get_prices_for_date": nordpool_core,
    "nordpool.get_price_indices_for_date": nordpool_core,
    "tibber.get_prices": tibber,
    "energyzero.get_energy_prices": energyzero,
    "easyenergy.get_energy_usage_prices": energyzero,
}
SOURCES = [("", each) for each in ENTITIES] + list(SERVICES.items())
"""(service, "" for an entity; function from rows, and how many of them are of today, to its data)."""
