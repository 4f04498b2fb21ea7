"""The Flemish maximum tariff: a month's peak costs at most its kWh times a price. Then each kWh costs that more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fusebox.balancer.plans.inputs import tariff_terms
from fusebox.config.read_config import read_config
from fusebox.model.equipment import Tariff
from fusebox.model.tariff_rules import History, Moment, MonthImport
from fusebox.planning.compose import TariffTerms
from fusebox.planning.prices import NO_SURCHARGE, Fees, Prices, Surcharge
from fusebox.runtime.store import STORE
from fusebox.tariff.ledger import (
    Bill,
    Ledger,
    TariffReadings,
    expected_kwh,
    update_ledger,
    window_state,
    yearly_bill,
)
from fusebox.tariff.watch import TariffWatch, tariff_watch

PRICE_PER_KW_YEAR, MAXIMUM = 60.0, 0.30
TARIFF = Tariff("fluvius", price_per_kw_year=PRICE_PER_KW_YEAR, maximum_per_kwh=MAXIMUM)
HOUR_S = 3600


def june(kwh_a_day: float, days: float = 10) -> History:
    """June 2026 after some days, each with this import."""
    return History(imports={"2026-06": MonthImport(kwh_a_day * days, 24 * days)})


def bill(history: History, tariff: Tariff = TARIFF) -> Bill:
    return yearly_bill(history, tariff, "2026-06", 4.0)


def test_a_month_of_little_import_pays_for_its_kwh_in_place_of_its_peak() -> None:
    # 4 kW x 60 a year: 20 a month. 30 days of 1 kWh at 0.30: 9.
    assert (bill(june(1.0)).month_cost, bill(june(1.0)).is_capped) == (pytest.approx(9.0), True)
    # 30 days of 3 kWh: 27.
    assert (bill(june(3.0)).month_cost, bill(june(3.0)).is_capped) == (pytest.approx(20.0), False)
    assert bill(june(1.0)).cost_per_year == pytest.approx(240.0)


@pytest.mark.parametrize(("kwh_a_day", "is_capped"), [(1.75, True), (1.8, False)])
def test_a_bill_that_a_little_more_energy_lifts_is_not_capped(kwh_a_day: float, is_capped: bool) -> None:
    # 0.30 x 30 days x 1.75 kWh = 15.75, of 20
    assert bill(june(kwh_a_day)).is_capped is is_capped


def test_without_a_maximum_or_a_price_nothing_is_capped() -> None:
    for tariff in (Tariff("fluvius", price_per_kw_year=60.0), Tariff("fluvius", maximum_per_kwh=0.3)):
        assert (bill(june(1.0), tariff).month_cost, bill(june(1.0), tariff).is_capped) == (None, False)


def test_the_month_before_helps_out_in_the_first_week() -> None:
    may = {"2026-05": MonthImport(310.0, 24 * 31)}
    assert expected_kwh(may, "2026-06") == pytest.approx(300.0)
    assert expected_kwh({**may, "2026-06": MonthImport(0.0, 24 * 6)}, "2026-06") == pytest.approx(30 * 310 / 37)
    assert expected_kwh({**may, "2026-06": MonthImport(35.0, 24 * 7)}, "2026-06") == pytest.approx(150.0)
    assert expected_kwh({"2026-06": MonthImport(6.0, 24 * 6)}, "2026-06") is None
    assert expected_kwh({"2026-04": MonthImport(310.0, 24 * 30)}, "2026-06") is None


def test_unmeasured_time_is_no_month_of_little_import() -> None:
    ledger, start_s = Ledger(), datetime(2026, 6, 1, tzinfo=UTC).timestamp()
    for minute in range(61):
        net_w = 2000.0 if minute < 30 else None
        ledger = update_ledger(ledger, TARIFF, Moment(start_s + 60 * minute), TariffReadings(net_w))
    found = ledger.history.imports["2026-06"]
    assert (found.kwh, found.hours) == (pytest.approx(1.0), pytest.approx(0.5))
    assert expected_kwh({"2026-06": MonthImport(found.kwh * 400, found.hours * 400)}, "2026-06") == pytest.approx(
        1440.0
    )


def test_the_last_two_months_are_remembered() -> None:
    ledger = Ledger()
    for month in (4, 5, 6):
        for minute in range(31):
            start_s = datetime(2026, month, 2, tzinfo=UTC).timestamp()
            ledger = update_ledger(ledger, TARIFF, Moment(start_s + 60 * minute), TariffReadings(1000.0))
    assert list(ledger.history.imports) == ["2026-05", "2026-06"]


def terms(history: History, now: str) -> TariffTerms:
    """The terms of the tariff for plans made at this wall time, which is two hours ahead of UTC."""
    moment = Moment(datetime.fromisoformat(now).replace(tzinfo=UTC).timestamp() - 2 * HOUR_S, 2 * HOUR_S)
    config = {
        "site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}},
        "tariff": {"kind": "fluvius", "price_per_kw_year": PRICE_PER_KW_YEAR, "maximum_per_kwh": MAXIMUM},
    }
    checked = read_config(config).config
    STORE["tariff_watch"] = TariffWatch()
    tariff_watch().ledger = update_ledger(Ledger(history=history), TARIFF, moment, TariffReadings(500.0))
    tariff_watch().window = window_state(tariff_watch().ledger, TARIFF, moment)
    found = tariff_terms(checked.site({}), moment.now_s, lambda at_s: 2.0 * HOUR_S)
    del STORE["tariff_watch"]
    assert found is not None
    return found


def costs(history: History, now: str) -> tuple[float, Surcharge]:
    return terms(history, now).price_per_kw, terms(history, now).surcharge


def test_plans_count_a_capped_month_by_its_kwh_and_by_the_eleven_months_that_follow() -> None:
    history = History({"2026-06": ((2, 4.0),)}, june(1.0).imports)
    month_ends_s = datetime(2026, 6, 30, 22, tzinfo=UTC).timestamp()
    assert costs(history, "2026-06-20T18:00") == (pytest.approx(5.0 * 11 / 12), Surcharge(MAXIMUM, month_ends_s))
    history = History({"2026-06": ((2, 4.0),)}, june(5.0).imports)
    assert costs(history, "2026-06-20T18:00") == (pytest.approx(5.0), NO_SURCHARGE)


def test_a_month_ends_with_its_year_too() -> None:
    moment = Moment(datetime(2026, 12, 31, 22, tzinfo=UTC).timestamp(), HOUR_S)
    assert moment.month_ends_s == datetime(2026, 12, 31, 23, tzinfo=UTC).timestamp()


def test_a_surcharge_is_paid_until_it_ends() -> None:
    market = Prices({0: 0.1, 900: 0.1, 1800: 0.1})
    paid = market.with_fees(Fees(2.0, 0.05, Surcharge(0.3, 1800)), lambda at_s: 0.0)
    assert paid.by_start == {0: pytest.approx(0.55), 900: pytest.approx(0.55), 1800: pytest.approx(0.25)}


def test_plans_do_not_count_on_the_old_peak_in_a_new_month() -> None:
    history, midnight_s = History({"2026-06": ((2, 8.0),)}), datetime(2026, 6, 30, 22, tzinfo=UTC).timestamp()
    found = terms(history, "2026-06-30T18:00")
    assert [found.allowed_import_kw(midnight_s + late_s) for late_s in (-900, 0)] == [8.0, 4.0]
    assert found.unpaid_kw is not None and found.bills_peaks
    assert [found.unpaid_kw(midnight_s + late_s) for late_s in (-900, 0)] == [0.0, 5.5]
    before = terms(history, "2026-06-20T18:00")
    assert (before.target_kw, before.unpaid_kw, before.bills_peaks) == (None, None, False)
