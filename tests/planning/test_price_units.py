"""What the unit of a price says, however it is written."""

from __future__ import annotations

import pytest

from fusebox.planning.price_reader import Unit, currency_notes, parse_price_unit

WHOLE = (
    "EUR/kWh", "€/kWh", "SEK/kWh", "kr/kWh", "kr./kWh", "Kč/kWh", "zł/kWh", "GBP/kWh", "£/kWh", "$/kWh", "CHF/kWh",
    "EUR / kWh", "EUR per kWh", "eur/kwh", "Euro/kWh", "EUR/kW·h",
)  # fmt: skip
HUNDREDTHS = (
    "ct/kWh", "c/kWh", "Cent/kWh", "cents/kWh", "cts/kWh", "¢/kWh", "€ct/kWh", "EUR ct/kWh", "EURct/kWh", "ct€/kWh",
    "c€/kWh", "cEUR/kWh", "EUR¢/kWh", "€cent/kWh", "Eurocent/kWh", "euro cent/kWh", "cents per kWh", "AUD c/kWh",
    "snt/kWh", "öre/kWh", "Øre/kWh", "DKK øre/kWh", "ore/kWh", "p/kWh", "GBp/kWh", "pence/kWh", "gr/kWh", "Rp./kWh",
)  # fmt: skip
UNKNOWN = ("", "kWh", "/kWh", "EUR", "EUR/", "m€/kWh", "foo/kWh", "5/kWh", "EUR/h", "EUR/kWh/day")


@pytest.mark.parametrize("told", WHOLE)
def test_whole_units_of_a_currency(told: str) -> None:
    assert parse_price_unit(told) == Unit(1.0, is_known=True)
    assert parse_price_unit(told, in_cents=True) == Unit(0.01, is_known=True)


@pytest.mark.parametrize("told", HUNDREDTHS)
def test_hundredths_of_any_currency_are_known(told: str) -> None:
    assert parse_price_unit(told) == Unit(0.01, is_known=True)
    # A sensor that reports its unit as cents reveals no more than that.
    assert parse_price_unit(told, in_cents=True) == Unit(0.01, is_known=True)


@pytest.mark.parametrize("told", ["EUR/MWh", "€/MWh", "SEK per MWh"])
def test_a_price_of_a_megawatt_hour_is_divided_by_a_thousand(told: str) -> None:
    assert parse_price_unit(told) == Unit(0.001, is_known=True)


def test_cents_of_a_megawatt_hour_are_known() -> None:
    assert parse_price_unit("ct/MWh") == Unit(pytest.approx(0.00001), is_known=True)


@pytest.mark.parametrize("told", UNKNOWN)
def test_what_is_no_unit_of_a_price(told: str) -> None:
    assert parse_price_unit(told) == Unit(1.0, is_known=False)


@pytest.mark.parametrize("unit", ["SEK/kWh", "SEK öre/kWh", "SEK per MWh"])
def test_a_price_in_another_currency_than_config_names_is_noted(unit: str) -> None:
    told = "this source has prices in SEK, which count as EUR: set site.currency to 'SEK' in CONFIG"
    assert [*currency_notes(unit, "EUR")] == [told]
    assert not [*currency_notes(unit, "SEK")]


@pytest.mark.parametrize("unit", ["", "per kWh", "kr/kWh", "$/kWh", "öre/kWh", "€/kWh", "TTC/kWh", "EURct/kWh"])
def test_no_currency_is_guessed_from_a_sign_or_a_word(unit: str) -> None:
    assert not [*currency_notes(unit, "EUR")]
