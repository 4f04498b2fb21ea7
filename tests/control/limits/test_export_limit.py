"""How far an inverter is held back: after loads and battery, never for what is not measured, and not longer."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox.control.limits.export_limit import FREE, Curtailment, PresentPowers, present_powers, update_curtailment
from fusebox.model.by_time import Times, TimeTable
from fusebox.model.durations import HOUR_S
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Battery, Inverter
from fusebox.model.load_memory import NEW_LOAD, TimingMemory
from fusebox.model.memory import Memory
from fusebox.model.orders import Curtail, ExportLimit
from fusebox.model.records import fast_replace
from fusebox.model.snapshot import BatteryReadings, InverterReadings, Reading

from ..houses import METER, car, charger, seen, site

EXPORT = Curtail("number.x")
OUTPUT = Curtail("number.x", limits="output")
NOON_S = 12 * HOUR_S


def utc(at_s: float) -> float:
    return 0.0


@pytest.mark.parametrize(
    ("limit", "price", "limit_w"),
    [
        (ExportLimit(0), None, 0),
        (ExportLimit(None), 0.1, None),
        (ExportLimit(TimeTable(((Times(10 * HOUR_S, 16 * HOUR_S), 0),), 5000)), None, 0),
        (ExportLimit(TimeTable(((Times(22 * HOUR_S, 6 * HOUR_S), 0),), 5000)), None, 5000),
        (ExportLimit(TimeTable(((Times(10 * HOUR_S, 16 * HOUR_S), math.inf),), 0)), None, None),
        (ExportLimit(0, when_price_below=TimeTable(((Times(10 * HOUR_S, 16 * HOUR_S), 0.05),), 0)), 0.04, 0),
        (ExportLimit(0, when_price_below=TimeTable(((Times(22 * HOUR_S, 6 * HOUR_S), 0.05),), 0)), 0.04, None),
        (ExportLimit(0, when_price_below=0), -0.01, 0),
        (ExportLimit(0, when_price_below=0), 0.0, None),
        (ExportLimit(0, when_price_below=0), None, None),
    ],
    ids=str,
)
def test_the_limit_counts_at_its_times_and_only_below_its_price(
    limit: ExportLimit, price: float | None, limit_w: float | None
) -> None:
    assert limit.most_w(NOON_S, price, utc) == limit_w


def course(
    curtail: Curtail, limit_w: float | None, powers: PresentPowers, seconds: int, past: Curtailment = FREE
) -> Curtailment:
    for second in range(0, seconds, 10):
        past = update_curtailment(curtail.limits, limit_w, powers, past, float(second))
    return past


@pytest.mark.parametrize("curtail", [EXPORT, OUTPUT], ids=["export", "output"])
def test_loads_and_battery_have_a_minute_before_the_inverter_is_held_back(curtail: Curtail) -> None:
    powers = PresentPowers(3000.0, 5000.0)
    assert course(curtail, 1000.0, powers, 60).most_w is None
    assert course(curtail, 1000.0, powers, 80).most_w == (1000 if curtail is EXPORT else 3000)


def test_an_excess_that_loads_take_up_holds_nothing_back() -> None:
    begun = course(EXPORT, 1000.0, PresentPowers(3000.0, 5000.0), 60)
    assert course(EXPORT, 1000.0, PresentPowers(900.0, 5000.0), 600, begun) == replace(begun, over_s=None)


def test_a_number_for_the_export_stays_at_the_limit_until_that_changes() -> None:
    held = course(EXPORT, 0.0, PresentPowers(3000.0, 5000.0), 80)
    assert course(EXPORT, 0.0, PresentPowers(-2000.0, 0.0), 3600, held).most_w == 0
    assert course(EXPORT, 500.0, PresentPowers(None, None), 10, held).most_w == 500
    assert course(EXPORT, None, PresentPowers(None, None), 10, held) == FREE


class Roof:
    """An inverter that delivers at most what it was sent, `lag_s` later; house and battery take the rest."""

    def __init__(self, sun_w: float, house_w: float, lag_s: int, spare_w: float = 0.0) -> None:
        self.sun_w, self.house_w, self.lag_s, self.spare_w = sun_w, house_w, lag_s, spare_w
        self.held, self.told, self.now_s = FREE, [(0.0, float("inf"))], 0.0
        self.top_w = 10_000.0

    @property
    def output_w(self) -> float:
        told = [most_w for at_s, most_w in self.told if at_s <= self.now_s - self.lag_s]
        return min(self.sun_w, told[-1] if told else float("inf"))

    def run(self, seconds: int, limit_w: float | None = 0.0) -> list[float]:
        """Return the export after each look [W]."""
        found = []
        for _ in range(0, seconds, 10):
            self.now_s += 10
            taken_w = max(min(self.output_w - self.house_w, self.spare_w), 0.0)
            export_w = self.output_w - self.house_w - taken_w
            self.held = update_curtailment(
                "output", limit_w, PresentPowers(export_w, self.output_w, self.spare_w - taken_w), self.held, self.now_s
            )
            most_w = self.held.most_w
            if most_w is None or most_w >= self.top_w:
                self.held, most_w = replace(self.held, most_w=None), self.top_w
            self.told.append((self.now_s, most_w))
            found.append(export_w)
        return found


@pytest.mark.parametrize("lag_s", [0, 10, 20])
def test_a_limited_output_follows_what_house_and_loads_take(lag_s: int) -> None:
    roof = Roof(8000.0, 1000.0, lag_s)
    assert max(roof.run(300)[15:]) <= 200
    roof.house_w = 6000.0
    roof.run(120)
    assert roof.output_w == pytest.approx(6000, abs=250)
    roof.house_w = 1000.0
    assert max(roof.run(300)[9:]) <= 200


def test_a_limited_output_is_given_back_when_the_sun_is_gone_or_the_limit_allows_all() -> None:
    roof = Roof(8000.0, 1000.0, 0)
    roof.run(120)
    assert roof.held.most_w is not None
    roof.sun_w = 300.0
    roof.run(900)
    assert roof.held.most_w is None


def test_a_battery_that_takes_all_the_sun_holds_no_output_at_what_it_happens_to_be() -> None:
    roof = Roof(3000.0, 500.0, 0, spare_w=5000.0)
    roof.held = Curtailment(2000.0)
    roof.told = [(0.0, 2000.0)]
    roof.run(120)
    assert roof.output_w == 3000


def test_an_output_is_given_back_where_the_export_stays_unknown() -> None:
    held = Curtailment(2000.0)
    unknown = PresentPowers(None, 2000.0)
    assert course(OUTPUT, 0.0, unknown, 60, held).most_w == 2000
    assert course(OUTPUT, 0.0, unknown, 80, held).most_w is None


@given(st.lists(st.one_of(st.none(), st.floats(-5000, 10_000)), max_size=60), st.floats(0, 5000))
def test_nothing_is_held_back_below_0_w_or_for_an_unknown_export(exports_w: list[float | None], limit_w: float) -> None:
    for curtail in (EXPORT, OUTPUT):
        past = FREE
        for second, export_w in enumerate(exports_w):
            after = update_curtailment(curtail.limits, limit_w, PresentPowers(export_w, 4000.0), past, 10.0 * second)
            assert after.most_w is None or after.most_w >= 0
            assert export_w is not None or past.most_w is not None or after.most_w is None
            past = after


def test_what_is_exported_is_the_sum_of_all_phases_while_each_is_known() -> None:
    of = site(phases="L1 L2", solar_w=METER, batteries=(Battery(METER, METER, max_charge_w=5000),))
    now = seen({"L1": -10.0, "L2": 4.0})
    solar, soc, charge = Reading(4000, 4000, 0.0), Reading(60, 60, 0.0), Reading(1000, 1000, 0.0)
    full = replace(now, solar_w=solar, batteries=(BatteryReadings(soc, charge),))
    assert present_powers(of, full, Memory()) == PresentPowers(1380, 4000, 4000)
    assert (
        present_powers(of, replace(full, batteries=(BatteryReadings(Reading(100, 100, 0.0)),)), Memory()).spare_w == 0
    )
    assert present_powers(of, seen({"L1": -10.0, "L2": None}), Memory()).export_w is None
    silent = replace(full, grid_a={"main": {Phase.L1: Reading(-10, -10, 3600), Phase.L2: Reading(4, 4, 0.0)}})
    assert present_powers(of, silent, Memory()).export_w is None
    metered = replace(of, inverters=(Inverter(output={Phase.L1: METER}),))
    measured = replace(full, inverters=(InverterReadings({Phase.L1: Reading(10, 10, 0.0)}),))
    assert present_powers(metered, measured, Memory()).output_w == 2300


@pytest.mark.parametrize(("drawn_a", "ago_s", "export_w"), [(0.0, 29, 920), (2.0, 29, 1380), (0.0, 30, 2300)])
def test_what_a_load_was_just_given_counts_as_taken(drawn_a: float, ago_s: int, export_w: float) -> None:
    now = seen({"L1": -10.0}, car=charger(6.0, drawn_a))
    given = fast_replace(NEW_LOAD, setpoint_a=6.0, timing=TimingMemory(raised_s=now.now_s - ago_s))
    assert present_powers(site(car("car")), now, Memory(loads={"car": given})).export_w == pytest.approx(export_w)
