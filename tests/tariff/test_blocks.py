"""A target that depends on the time: every window is kept to the target of the block that it lies in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fusebox.model.by_time import Times, TimeTable
from fusebox.model.durations import HOUR_S
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Tariff
from fusebox.model.tariff_rules import History, Moment, rules_for
from fusebox.tariff.ledger import Ledger, TariffReadings, update_ledger, window_state

from .evenings import START_S, box, play

SIX = 18 * HOUR_S
BLOCKS = TimeTable(((Times(SIX + 1800, SIX + 3600), 3.0), (Times(SIX + 3600, SIX + 4500), 5.0)), 8.0)
"""From six o'clock on 8 kW, for half an hour 3 kW, then 5 kW for a quarter [kW]."""
TARGETS_KW = [8.0, 8.0, 3.0, 3.0, 5.0, 8.0]


def limits_at(tariff: Tariff, time_s: float, ahead_s: float = 0.0) -> tuple[float | None, float | None]:
    """The limits of this window and of the next one, this long after six by the wall clock [kW]."""
    moment = Moment(START_S + time_s - ahead_s, ahead_s)
    state = window_state(update_ledger(Ledger(), tariff, moment, TariffReadings(0.0)), tariff, moment)
    assert state is not None and state.allowance is not None
    next_w = state.allowance.next_limit_w
    return state.limit_kw, None if next_w is None else next_w / 1000


@pytest.mark.parametrize("ahead_s", [0.0, 3600.0, -12_600.0])
def test_a_window_has_the_target_of_its_block_by_the_wall_clock(ahead_s: float) -> None:
    tariff = Tariff("fixed_limit", target_kw=BLOCKS)
    found = [limits_at(tariff, window * 900 + 450, ahead_s)[0] for window in range(6)]
    assert found == TARGETS_KW
    assert limits_at(tariff, 1799, ahead_s) == (8.0, 3.0)


def test_an_hour_in_which_the_target_changes_is_kept_to_the_lowest() -> None:
    tariff = Tariff("norway_steps", target_kw=BLOCKS)
    assert [limits_at(tariff, at_s) for at_s in (10, 3590, 3600, 7200)] == [
        (3.0, 5.0),
        (3.0, 5.0),
        (5.0, 8.0),
        (8.0, 8.0),
    ]


def test_by_night_a_limit_is_higher_and_the_first_window_of_the_day_is_known_before() -> None:
    tariff = Tariff("sweden_mean3", target_kw=4.0, night_factor=0.5)
    assert limits_at(tariff, 11.5 * HOUR_S) == (8.0, 4.0)
    assert limits_at(Tariff("sweden_mean3", hours=(7,)), 13.5 * HOUR_S) == (4.0, None)


def test_in_flanders_the_peak_that_is_paid_counts_in_each_block() -> None:
    tariff, rule = Tariff("fluvius", target_kw=BLOCKS), rules_for(Tariff("fluvius"))
    kept = [rule.target_kw(tariff, 4.4, Moment(START_S + window * 900)) for window in range(6)]
    assert kept == [8.0, 8.0, 4.4, 4.4, 5.0, 8.0]


def test_in_flanders_the_next_window_of_a_new_month_knows_nothing_of_the_old_peak() -> None:
    tariff, moment = Tariff("fluvius", target_kw=4.0), Moment(datetime(2026, 10, 31, 23, 50, tzinfo=UTC).timestamp())
    ledger = Ledger(history=History({"2026-10": ((5, 8.0),)}))
    state = window_state(update_ledger(ledger, tariff, moment, TariffReadings(0.0)), tariff, moment)
    assert state is not None and state.allowance is not None
    assert (state.allowance.limit_w, state.allowance.next_limit_w) == (8000.0, 4000.0)


def test_a_load_that_is_seldom_set_is_low_before_a_block_with_a_lower_target_begins() -> None:
    charger = box("seldom", max_a=32, min_write_s=300, late_s=10)
    charger.number_a = 32.0
    # An appliance at 780 s has the charger set: the next command is only due 180 s into the lower block.
    house_w = {Phase.L1: [300.0] * 780 + [4500.0] * 60 + [300.0] * 961}
    target = TimeTable(((Times(SIX, SIX + 900), 8.0),), 1.2)
    before_kw, after_kw = play(Tariff("fixed_limit", target_kw=target), charger, house_w, fuse_a=80).windows_kw
    assert 5.0 < before_kw <= 8.0
    assert after_kw <= 1.2
