"""A window's import: aligned to the wall clock, whole over restarts and gaps, by the meter's figure where it can be."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from fusebox.model.equipment import Tariff
from fusebox.model.tariff_rules import Moment, months_until, rules_for
from fusebox.tariff.ledger import Ledger, TariffReadings, WindowState, update_ledger, window_state
from fusebox.tariff.metering import DemandReading
from fusebox.tariff.watch import TariffWatch

BRUSSELS = ZoneInfo("Europe/Brussels")
TARIFF = Tariff("fluvius", target_kw=4.0)
T0_S = datetime(2026, 3, 10, 17, tzinfo=UTC).timestamp()
W = 900


def local(now_s: float) -> Moment:
    """An instant in Brussels."""
    ahead = datetime.fromtimestamp(now_s, BRUSSELS).utcoffset()
    assert ahead is not None
    return Moment(now_s, ahead.total_seconds())


Power = Callable[[float], float | None]
Demand = Callable[[float], DemandReading | None]


@dataclass(frozen=True)
class Home:
    """The meters' values by the seconds since `start_s`, and the tariff that counts it."""

    power: Power
    demand: Demand = lambda t: None
    peak: Power = lambda t: None
    tariff: Tariff = TARIFF
    start_s: float = T0_S


def run(home: Home, from_s: float, until_s: float, every_s: float = 1, *, ledger: Ledger | None = None) -> Ledger:
    """Looks from one second to another."""
    ledger = ledger or Ledger()
    t = from_s
    while t <= until_s:
        told = home.demand(t)
        told = told and DemandReading(told.kw, home.start_s + told.at_s)
        seen = TariffReadings(home.power(t), told, home.peak(t), 30_000.0)
        ledger = update_ledger(ledger, home.tariff, local(home.start_s + t), seen)
        t += every_s
    return ledger


def restarted(ledger: Ledger) -> Ledger:
    """The ledger after a restart: what was stored has been in a file."""
    before, after = TariffWatch(), TariffWatch()
    before.ledger = ledger
    after.restore(json.loads(json.dumps(before.plain(TARIFF))), TARIFF)
    return after.ledger


def stands(ledger: Ledger, t: float, tariff: Tariff = TARIFF, start_s: float = T0_S) -> WindowState:
    """Its state this long after the start."""
    found = window_state(ledger, tariff, local(start_s + t))
    assert found is not None
    return found


def test_a_steady_import_fills_a_quarter() -> None:
    ledger = run(Home(lambda t: 2000.0), 0, 450)
    found = stands(ledger, 450)
    assert (found.start_s, found.ends_s) == (T0_S, T0_S + W)
    assert found.imported_ws == pytest.approx(2000 * 450)
    # (4000 x 900 - 2000 x 450) / 450
    assert found.allowed_mean_import_w(T0_S + 450) == pytest.approx(6000)
    assert found.projected_kw(T0_S + 450) == pytest.approx(2.0)


def test_export_pays_for_no_import() -> None:
    ledger = run(Home(lambda t: 3000.0 if t < 300 else -3000.0), 0, 600)
    assert stands(ledger, 600).imported_ws == pytest.approx(3000 * 300)


@pytest.mark.parametrize("stands_kw", [0.0, 0.3])
@pytest.mark.parametrize("every_s", [1, 10])
def test_a_running_demand_that_stands_still_is_found_out_and_counts_for_nothing(stands_kw: float, every_s: int) -> None:
    ledger = run(Home(lambda t: 4000.0, demand=lambda t: DemandReading(stands_kw, t - t % every_s)), 0, 800)
    assert stands(ledger, 800).imported_ws == pytest.approx(4000 * 800)
    ledger = run(
        Home(lambda t: 4000.0, demand=lambda t: DemandReading(stands_kw, t - t % every_s)), 801, 910, ledger=ledger
    )
    assert ledger.history.peak_kw(rules_for(TARIFF), "2026-03") == pytest.approx(4.0, abs=0.01)


def test_the_turn_of_a_window_closes_it_to_the_second() -> None:
    ledger = run(Home(lambda t: 3000.0 if t < 895 else 6000.0), 0, 905, every_s=5)
    assert stands(ledger, 905).imported_ws == pytest.approx(6000 * 5)
    # 895 s of 3 kW and 5 s of 6 kW
    assert stands(ledger, 905).month_peak_kw == pytest.approx((3 * 895 + 6 * 5) / 900)


@pytest.mark.parametrize("every_s", [1, 7, 10, 60])
def test_how_often_one_looks_makes_no_difference(every_s: float) -> None:
    ledger = run(Home(lambda t: 2500.0), 0, 4 * W + 420, every_s)
    assert ledger.history.months["2026-03"][0][1] == pytest.approx(2.5, abs=0.01)


def test_two_looks_at_once_count_once() -> None:
    ledger = run(Home(lambda t: 2000.0), 0, 100)
    again = run(Home(lambda t: 2000.0), 100, 100, ledger=ledger)
    assert again == ledger


def test_a_minute_without_the_meter_counts_like_its_neighbours_but_makes_no_peak() -> None:
    ledger = run(Home(lambda t: None if 300 < t <= 360 else 5000.0), 0, W)
    held = run(Home(lambda t: None if 300 < t <= 360 else 5000.0), 0, W - 1)
    assert stands(held, W - 1).imported_ws == pytest.approx(5000 * (W - 1), rel=0.002)
    assert ledger.history.months["2026-03"][0][1] == pytest.approx(5 * (900 - 60) / 900, abs=0.02)


def test_what_flowed_between_two_looks_far_apart_was_not_measured() -> None:
    ledger = run(Home(lambda t: 1000.0), 0, 100)
    again = run(Home(lambda t: 1000.0), 500, 500, ledger=ledger)
    assert again.window is not None and again.window.measured_ws == pytest.approx(1000 * 100)
    assert stands(again, 500).imported_ws == pytest.approx(1000 * 100 + 4000 * 400)


def test_future_export_is_not_counted_on_and_nothing_is_allowed_if_nothing_is_left() -> None:
    ledger = run(Home(lambda t: 5000.0 if t < 600 else -5000.0), 0, 600)
    assert stands(ledger, 600).projected_kw(T0_S + 600) == pytest.approx(5 * 600 / W)
    ledger = run(Home(lambda t: 9000.0), 0, 600)
    assert stands(ledger, 600).allowed_mean_import_w(T0_S + 600) == 0


def test_unmeasured_time_counts_with_the_target_at_least() -> None:
    ledger = run(Home(lambda t: 500.0), 300, 300)
    assert stands(ledger, 300).imported_ws == pytest.approx(4000 * 300)
    ledger = run(Home(lambda t: 9000.0), 300, 300)
    assert stands(ledger, 300).imported_ws == pytest.approx(9000 * 300)


@pytest.mark.parametrize("down_s", range(0, 900, 97))
@pytest.mark.parametrize("away_s", [5, 40, 300])
def test_a_restart_in_any_second_forgets_nothing_that_was_measured(down_s: int, away_s: int) -> None:
    before = run(Home(lambda t: 2000.0), 0, down_s)
    kept = restarted(before)
    after = run(Home(lambda t: 2000.0), down_s + away_s, down_s + away_s, ledger=kept)
    if down_s + away_s < W:
        found = stands(after, down_s + away_s)
        assert after.window is not None and after.window.measured_ws == pytest.approx(2000 * down_s)
        assert found.imported_ws == pytest.approx(2000 * down_s + 4000 * away_s)
    else:
        peak_kw = after.history.months["2026-03"][0][1] if down_s else 0.0
        assert peak_kw == pytest.approx(2 * down_s / 900)


def grows(mean_w: float, *, at: float = 0.0) -> Demand:
    """A running demand that is reported every 10 s, and late by `at` seconds."""

    def demand(t: float) -> DemandReading | None:
        then = (t - at) // 10 * 10
        return None if then < 0 else DemandReading(mean_w * (then % W) / W / 1000, then + at)

    return demand


def test_the_meters_own_figure_wins_over_what_was_added_up() -> None:
    # the clamps show a tenth too little
    ledger = run(Home(lambda t: 2700.0, demand=grows(3000)), 0, 600)
    assert stands(ledger, 600).imported_ws == pytest.approx(3000 * 600, rel=0.01)


def test_after_a_restart_the_demand_sensor_fills_the_unmeasured_time() -> None:
    ledger = run(Home(lambda t: 3000.0, demand=grows(1000)), 500, 510)
    assert stands(ledger, 510).imported_ws == pytest.approx(1000 * 510 + 0, rel=0.05)


def test_a_late_sensor_does_not_carry_the_last_quarter_into_the_next() -> None:
    def late(t: float) -> DemandReading | None:
        # thirty seconds behind: after the turn it still reports the last quarter
        then = max(t // 10 * 10 - 30, 0)
        return DemandReading(3.9 * (then % W) / W, t // 10 * 10)

    ledger = run(Home(lambda t: 3900.0, demand=late), 0, W + 20)
    assert stands(ledger, W + 20).imported_ws == pytest.approx(3900 * 20, rel=0.05)


def test_a_sensor_in_watts_taken_for_kilowatts_would_exceed_the_fuses_and_is_ignored() -> None:
    ledger = run(Home(lambda t: 2000.0, demand=lambda t: DemandReading(1000.0, t // 10 * 10)), 0, 450)
    assert stands(ledger, 450).imported_ws == pytest.approx(2000 * 450)


def test_a_plain_mean_is_found_out() -> None:
    ledger = run(Home(lambda t: 3000.0, demand=lambda t: DemandReading(3.0, t // 10 * 10)), 0, W + 600)
    assert ledger.sensor.reports_mean_so_far
    assert stands(ledger, W + 600).imported_ws == pytest.approx(3000 * 600, rel=0.01)


def test_a_mean_sensor_fills_the_unmeasured_time() -> None:
    home = Home(lambda t: 3000.0, demand=lambda t: DemandReading(3.0, t // 10 * 10))
    ledger = run(home, 2 * W + 400, 2 * W + 600, ledger=run(home, 0, 2 * W))
    assert stands(ledger, 2 * W + 600).imported_ws == pytest.approx(3000 * 600, rel=0.01)


def test_a_late_figure_of_the_last_window_does_not_count_for_this_one() -> None:
    ledger = run(Home(lambda t: 3900.0), 0, W)
    late = Home(lambda t: 3900.0, demand=lambda t: DemandReading(3.9, W - 5))
    assert not run(late, W + 1, W + 2, ledger=ledger).sensor.seen


def test_a_sensor_of_another_kind_is_rejected_and_reported() -> None:
    ledger = run(Home(lambda t: 3000.0, demand=lambda t: DemandReading(8.0 + t % 3, t // 10 * 10)), 0, 3 * W)
    assert ledger.sensor.is_unusable
    assert ledger.history.months["2026-03"][0][1] == pytest.approx(3.0)


def test_a_running_demand_is_never_taken_for_a_plain_mean() -> None:
    ledger = run(Home(lambda t: 1000.0 + 4000 * (t % 700 > 400)), 0, 3 * W)
    for mean in (1500, 3000):
        ledger = run(Home(lambda t, mean=mean: float(mean), demand=grows(mean)), 0, 3 * W)  # type: ignore[misc]
        assert ledger.sensor.mean_votes < 0


def windows_of(day: str, hours: int, length_s: float) -> list[tuple[float, float]]:
    """The windows that a day in Brussels has."""
    start_s = datetime.fromisoformat(day).replace(tzinfo=BRUSSELS).timestamp()
    starts = dict.fromkeys(local(start_s + 60 * m).window_start_s(length_s) for m in range(hours * 60))
    return [(begin, begin + length_s) for begin in starts]


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
@pytest.mark.parametrize("length_s", [900.0, 3600.0])
def test_a_day_that_is_an_hour_off_has_whole_windows_without_a_gap(day: str, hours: int, length_s: float) -> None:
    windows = windows_of(day, hours, length_s)
    assert len(windows) == hours * 3600 / length_s
    assert all(before[1] == after[0] for before, after in pairwise(windows))
    assert local(windows[0][0]).local.hour == 0


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_summer_time_makes_no_peak(day: str) -> None:
    start_s = datetime.fromisoformat(day).replace(tzinfo=BRUSSELS).timestamp()
    for kind in ("fluvius", "norway_steps"):
        tariff = Tariff(kind)
        ledger = run(Home(lambda t: 1500.0, tariff=tariff, start_s=start_s), 0, 5 * 3600, 60)
        assert stands(ledger, 5 * 3600, tariff, start_s).month_peak_kw == pytest.approx(1.5)


def test_zones_of_half_and_quarter_hours_have_their_own_hours() -> None:
    kathmandu = Moment(T0_S, 5.75 * 3600)
    assert (kathmandu.window_start_s(3600) + 5.75 * 3600) % 3600 == 0


def test_a_month_ends_with_its_own_last_quarter() -> None:
    start_s = datetime(2026, 12, 31, 23, 30, tzinfo=BRUSSELS).timestamp()
    ledger = run(Home(lambda t: 5000.0 if t < 1800 else 1000.0, start_s=start_s), 0, 1800 + 2 * W)
    assert ledger.history.months["2026-12"][0][1] == pytest.approx(5.0)
    assert stands(ledger, 1800 + 2 * W, start_s=start_s).month_peak_kw == pytest.approx(1.0)
    assert stands(ledger, 1800 + 2 * W, start_s=start_s).target_kw == 4.0
    assert months_until("2027-01", 3) == ("2026-11", "2026-12", "2027-01")


def test_the_meters_month_peak_raises_the_target_and_is_kept() -> None:
    ledger = run(Home(lambda t: 1000.0, peak=lambda t: 5.2), 0, 10)
    assert stands(ledger, 10).target_kw == 5.2
    ledger = run(Home(lambda t: 1000.0), 11, 20, ledger=ledger)
    assert stands(ledger, 20).target_kw == 5.2


def test_a_slow_sensor_does_not_carry_its_peak_into_the_next_month() -> None:
    start_s = datetime(2026, 4, 30, 23, 59, tzinfo=BRUSSELS).timestamp()
    ledger = run(Home(lambda t: 1000.0, peak=lambda t: 6.5, start_s=start_s), 0, 300)
    assert stands(ledger, 300, start_s=start_s).target_kw == 4.0
    kept = restarted(ledger)
    ledger = run(Home(lambda t: 1000.0, peak=lambda t: 6.5, start_s=start_s), 301, 310, ledger=kept)
    assert stands(ledger, 310, start_s=start_s).target_kw == 4.0
    ledger = run(Home(lambda t: 1000.0, peak=lambda t: 0.0, start_s=start_s), 311, 320, ledger=ledger)
    ledger = run(Home(lambda t: 1000.0, peak=lambda t: 6.5, start_s=start_s), 321, 330, ledger=ledger)
    assert stands(ledger, 330, start_s=start_s).target_kw == 4.0  # shown again after it was unavailable
    ledger = run(Home(lambda t: 1000.0, peak=lambda t: 4.4, start_s=start_s), 331, 340, ledger=ledger)
    assert stands(ledger, 340, start_s=start_s).target_kw == 4.4


def test_a_month_peak_beyond_the_fuses_is_not_believed() -> None:
    ledger = run(Home(lambda t: 1000.0, peak=lambda t: 5200.0), 0, 10)
    assert stands(ledger, 10).target_kw == 4.0


def test_a_year_is_kept_and_no_more() -> None:
    ledger = Ledger()
    for month in months_until("2027-06", 20):
        start_s = datetime.fromisoformat(f"{month}-10T12:00").replace(tzinfo=BRUSSELS).timestamp()
        ledger = run(Home(lambda t: 2000.0, start_s=start_s), 0, W + 60, 60, ledger=ledger)
    assert len(ledger.history.months) == 13
    assert min(ledger.history.months) == "2026-06"


@pytest.mark.parametrize(
    "kept",
    [
        None,
        3,
        [],
        {"kind": "fluvius"},
        {"kind": "fluvius", "months": 3, "window": [], "meter": {}},
        {"kind": "fluvius", "months": {"x": [[1, 2]], "2026-01": [[1]], "2026-02": "ab"}},
        {"kind": "fluvius", "months": {"2026-03": [["a", 1], [2, float("nan")]]}},
        {"kind": "fluvius", "window": {"start_s": "a"}, "meter": ["2026-01"]},
        {"kind": "norway_steps", "months": {"2026-01": [[1, 9.0]]}},
    ],
)
def test_stored_values_that_make_no_sense_are_left_out(kept: object) -> None:
    watch = TariffWatch()
    watch.restore(kept, TARIFF)
    assert (watch.ledger.history.months, watch.ledger.window) == ({}, None)


def test_a_clock_that_is_set_back_starts_again() -> None:
    ledger = run(Home(lambda t: 2000.0), 0, 2 * W + 300)
    ledger = run(Home(lambda t: 2000.0), 100, 200, ledger=ledger)
    assert stands(ledger, 200).start_s == T0_S
    assert stands(ledger, 200).imported_ws == pytest.approx(4000 * 100 + 2000 * 100)


NOT_SET_YET = ("1970-01-01T00:00", "2025-11-30T23:50")


def run_with_clock_set_late(first_shown: str, peak: Power) -> tuple[Ledger, Ledger]:
    """A ledger of twelve months, and the one after a start with a wrong clock for ten seconds."""
    before = Ledger()
    for month in months_until("2026-11", 12):
        start_s = datetime.fromisoformat(f"{month}-10T12:00").replace(tzinfo=BRUSSELS).timestamp()
        before = run(Home(lambda t: 2000.0, start_s=start_s), 0, W + 60, 60, ledger=before)
    wrong_s = datetime.fromisoformat(first_shown).replace(tzinfo=BRUSSELS).timestamp()
    ledger = run(Home(lambda t: 2000.0, peak=peak, start_s=wrong_s), 0, 10, ledger=restarted(before))
    return before, run(Home(lambda t: 2000.0, peak=peak, start_s=start_s), 2 * W, 4 * W, 10, ledger=ledger)


@pytest.mark.parametrize("first_shown", NOT_SET_YET)
def test_a_clock_that_is_set_after_a_start_loses_no_month(first_shown: str) -> None:
    before, ledger = run_with_clock_set_late(first_shown, lambda t: None)
    assert before.history.months.items() <= ledger.history.months.items()
    assert ledger.history.imports["2026-11"].hours > before.history.imports["2026-11"].hours


@pytest.mark.parametrize("first_shown", NOT_SET_YET)
def test_a_clock_that_is_set_after_a_start_makes_no_month_peak_of_the_meter_stale(first_shown: str) -> None:
    _, ledger = run_with_clock_set_late(first_shown, lambda t: 5.4)
    assert ledger.history.months["2026-11"] == ((0, 5.4),)
