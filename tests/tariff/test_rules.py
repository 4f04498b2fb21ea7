"""Each kind of tariff against examples worked by hand from what its grid companies publish."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fusebox.control.limits.power_limits import guaranteed_power_w, italian_strain, italian_tolerance_s
from fusebox.model.equipment import LIMITED, LimitKind, Tariff
from fusebox.model.load import Load, Mode
from fusebox.model.tariff_rules import (
    RULES,
    TARIFF_KINDS,
    History,
    Moment,
    add_window,
    months_until,
    rules_for,
)
from fusebox.tariff.ledger import yearly_bill

from ..control.houses import car


def at(text: str, ahead_h: float = 1) -> Moment:
    """A wall time in a zone that is so far ahead of UTC."""
    return Moment(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() - 3600 * ahead_h, 3600 * ahead_h)


def after(tariff: Tariff, *windows: tuple[str, float]) -> float:
    """What January 2026 comes to after these windows [kW]."""
    history = History()
    for text, mean_kw in windows:
        history = add_window(history, tariff, at(f"2026-01-{text}"), mean_kw)
    return history.peak_kw(rules_for(tariff), "2026-01")


def test_each_kind_has_the_window_of_its_grid_company() -> None:
    lengths_min = {kind: rule.window_s / 60 for kind, rule in RULES.items()}
    assert lengths_min == {"fluvius": 15, "norway_steps": 60, "sweden_mean3": 60, "fixed_limit": 15}, (
        "write the window of a new kind here, and below an example of its month, worked by hand"
    )


def test_each_kind_in_config_has_rules_or_limits_another_quantity() -> None:
    assert len(set(TARIFF_KINDS)) == len(TARIFF_KINDS)
    assert {*TARIFF_KINDS} == {*RULES, *LIMITED}
    assert TARIFF_KINDS[0] == "fluvius", "the default"
    assert [Tariff(kind).limits is LimitKind.WINDOWS for kind in TARIFF_KINDS] == [
        kind in RULES for kind in TARIFF_KINDS
    ]


def test_flanders_counts_the_highest_quarter_of_the_month() -> None:
    # Fluvius: the month's peak is its highest quarter of an hour
    assert after(Tariff("fluvius"), ("03T18:00", 4.2), ("09T07:45", 5.1), ("20T19:15", 3.9)) == 5.1


def test_flanders_bills_the_mean_of_twelve_months_each_of_at_least_two_and_a_half() -> None:
    # Ten months of 4.0 kW, one of 1.8 kW that counts as 2.5, this one of 5.5: (40 + 2.5 + 5.5) / 12 = 4.0 kW
    tariff = Tariff("fluvius", price_per_kw_year=40.4)
    peaks = [4.0] * 10 + [1.8, 5.5]
    months = months_until("2026-01", 12)
    history = History({month: ((5, peak),) for month, peak in zip(months, peaks, strict=True)})
    bill = yearly_bill(history, tariff, "2026-01", 5.5)
    assert bill.months == 12
    assert bill.mean_kw == pytest.approx(4.0)
    assert bill.cost_per_year == pytest.approx(161.6)


def test_flanders_without_a_price_has_no_cost_and_with_few_months_their_mean() -> None:
    bill = yearly_bill(History({"2025-12": ((1, 3.0),)}), Tariff("fluvius"), "2026-01", 1.0)
    assert (bill.mean_kw, bill.months, bill.cost_per_year) == (2.75, 2, None)


@pytest.mark.parametrize(
    ("target", "minimum", "peak", "kept"), [(4.0, 2.5, 0.0, 4.0), (2.0, 2.5, 0.0, 2.5), (4.0, 2.5, 5.2, 5.2)]
)
def test_in_flanders_what_is_paid_already_is_free(target: float, minimum: float, peak: float, kept: float) -> None:
    tariff = Tariff("fluvius", target_kw=target, minimum_kw=minimum)
    assert RULES["fluvius"].target_kw(tariff, peak, at("2026-01-10T03:00")) == kept


def test_norway_takes_the_three_highest_hours_of_three_days() -> None:
    # Elvia: 6.2 and 5.9 on the 3rd count once; (6.2 + 4.8 + 4.0) / 3 = 5.0 kW
    hours = (("03T17:00", 6.2), ("03T18:00", 5.9), ("10T08:00", 4.0), ("11T19:00", 4.8), ("12T19:00", 3.1))
    assert after(Tariff("norway_steps"), *hours) == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("peak", "step"),
    [(0.0, (0.0, 2.0)), (1.99, (0.0, 2.0)), (2.0, (2.0, 5.0)), (4.99, (2.0, 5.0)), (5.0, (5.0, 10.0)),
     (74, (50, 75)), (100, (100, None)), (120, (100, None))],
)  # fmt: skip
def test_norwegian_steps(peak: float, step: tuple[float, float | None]) -> None:
    assert RULES["norway_steps"].step_ends_kw(peak) == step


SOLLENTUNA = Tariff("sweden_mean3", hours=tuple(range(7, 19)), weekdays=(1, 2, 3, 4, 5))
ELLEVIO = Tariff("sweden_mean3", night_factor=0.5)
FALKENBERG = Tariff(
    "sweden_mean3", hours=tuple(range(6, 20)), weekdays=(1, 2, 3, 4, 5), months=(11, 12, 1, 2, 3), night_factor=0.0
)
TELGE = Tariff("sweden_mean3", hours=tuple(range(7, 20)), weekdays=(1, 2, 3, 4, 5), months=(11, 12, 1, 2, 3))


def test_sollentuna_counts_weekdays_from_seven_to_nineteen_on_any_day() -> None:
    # Thursday the 8th twice, Friday the 9th; not the 10th (Saturday) nor the evening of the 12th: (6 + 5 + 4) / 3
    hours = (("08T07:00", 6.0), ("08T18:00", 5.0), ("09T12:00", 4.0), ("10T12:00", 9.0), ("12T19:00", 9.0))
    assert after(SOLLENTUNA, *hours) == pytest.approx(5.0)


def test_ellevio_counts_the_night_half_and_three_days() -> None:
    # 8 kW at 23:00 count as 4, 6 kW at 21:00 wholly; of the 8th only its highest: (6 + 4 + 2) / 3 = 4
    hours = (("08T21:00", 6.0), ("08T10:00", 5.0), ("09T23:00", 8.0), ("10T05:00", 4.0))
    assert after(ELLEVIO, *hours) == pytest.approx(4.0)


def test_falkenberg_counts_winter_days_of_the_week_and_three_days() -> None:
    # Of the 8th only its highest, the night of the 13th not at all: (6 + 4 + 2) / 3 = 4
    hours = (("08T18:00", 6.0), ("08T10:00", 5.0), ("09T06:00", 4.0), ("13T20:00", 9.0), ("14T19:00", 2.0))
    assert after(FALKENBERG, *hours) == pytest.approx(4.0)


@pytest.mark.parametrize(
    ("tariff", "text", "weight"),
    [
        (SOLLENTUNA, "2026-01-08T06:59", 0.0),
        (SOLLENTUNA, "2026-01-08T07:00", 1.0),
        (SOLLENTUNA, "2026-01-08T19:00", 0.0),
        (SOLLENTUNA, "2026-01-10T12:00", 0.0),
        (ELLEVIO, "2026-01-10T21:59", 1.0),
        (ELLEVIO, "2026-01-10T22:00", 0.5),
        (ELLEVIO, "2026-01-10T05:59", 0.5),
        (ELLEVIO, "2026-01-10T06:00", 1.0),
        (TELGE, "2026-04-09T12:00", 0.0),
        (TELGE, "2026-03-31T12:00", 1.0),
        (Tariff("sweden_mean3"), "2026-01-10T03:00", 1.0),
    ],
)
def test_swedish_masks(tariff: Tariff, text: str, weight: float) -> None:
    assert RULES["sweden_mean3"].weight(tariff, at(text)) == weight


@pytest.mark.parametrize("kind", sorted({*RULES} - {"fluvius"}))
def test_other_kinds_keep_to_the_target_whatever_was_paid(kind: str) -> None:
    assert RULES[kind].target_kw(Tariff(kind, target_kw=3.0), 7.0, at("2026-01-10T03:00")) == 3.0


@pytest.mark.parametrize(
    ("kw", "bears_s"), [(3.3, float("inf")), (3.31, 10_800), (4.0, 10_800), (4.1, 120), (6.0, 120)]
)
def test_italy_tolerates_a_tenth_for_ever_a_third_for_3_hours_and_more_for_2_minutes(kw: float, bears_s: float) -> None:
    assert italian_tolerance_s(1000 * kw, 3000) == bears_s


def test_italian_overloads_add_up_and_cool_down() -> None:
    used = italian_strain(0.0, 4000, 3000, 5400)
    assert used == pytest.approx(0.5)
    assert italian_strain(used, 5000, 3000, 60) == 1.0
    assert italian_strain(used, 3000, 3000, 2700) == pytest.approx(0.25)


def heat_pump(rated_w: float) -> Load:
    """A heat pump on relays."""
    return Load("pump", "sg_ready", "main", car("c").phases, 1, Mode.STANDARD, 1, 1, rated_w=rated_w)


@pytest.mark.parametrize(("count", "watts"), [(0, 0), (1, 4200), (2, 7560), (3, 10_500), (4, 13_020), (9, 19_320)])
def test_dimming_leaves_each_device_something(count: int, watts: float) -> None:
    # BK6-22-300: 4.2 kW + (n - 1) x g x 4.2 kW; of two 4.2 + 0.8 x 4.2 = 7.56 kW
    assert guaranteed_power_w([car(f"c{n}") for n in range(count)], 230) == pytest.approx(watts)


def test_a_large_heat_pump_keeps_two_fifths() -> None:
    assert guaranteed_power_w([heat_pump(15_000), car("c")], 230) == pytest.approx(6000 + 0.8 * 4200)
    assert guaranteed_power_w([heat_pump(11_000)], 230) == 4200
