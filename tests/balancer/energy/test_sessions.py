"""Sessions: from plug-in to unplug, from on to off, or by the draw alone; what they took, and whose power it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fusebox.balancer.energy.load_energy import NEW_ENERGY, HouseEnergy, from_plain, to_plain
from fusebox.balancer.energy.meter import EnergyMeter, energy_meter
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load_memory import LoadMemory, PatienceMemory
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import PhasesMemory
from fusebox.model.site import MAIN
from fusebox.model.snapshot import LoadState, Reading, Status
from fusebox.runtime.store import STORE

from ...control.houses import T0_S, car, plug, seen, site

SUNNY = replace(site(car("car"), plug("pool")), netting="sum")


class Days:
    """A meter over the seconds."""

    def __init__(self, of=None) -> None:
        self.site = of or site(car("car"), plug("pool"))
        self.meter = EnergyMeter()
        self.at_s = 0.0
        self.pauses = 0

    def run(self, seconds: int, grid_a: float = 5.0, solar_w: float | None = None, **loads: LoadState) -> None:
        for _ in range(seconds):
            self.at_s += 1
            snapshot = seen({"L1": grid_a}, self.at_s, **loads)
            if solar_w is not None:
                snapshot = replace(snapshot, solar_w=Reading(solar_w, solar_w, 0.0))
            names = [load.name for load in self.site.loads]
            memory = Memory(
                loads={name: LoadMemory(patience=PatienceMemory(pauses=self.pauses)) for name in names},
                phases_in_use={name: PhasesMemory() for name in names},
            )
            self.meter.observe(self.site, snapshot, memory, lambda load: None)

    def kwh(self, name: str) -> float:
        return self.meter.loads[name].counter.kwh

    def restart(self) -> None:
        kept, finished = self.meter.plain(), self.meter.finished
        self.meter = EnergyMeter()
        self.meter.restore(kept)
        self.meter.finished = finished


def charging(draw_a: float, status: Status = Status.CHARGING) -> LoadState:
    return LoadState(draw_a=PerPhase(draw_a), offer_a=16.0, status=status)


def switched(on: bool, draw_a: float = 0.0) -> LoadState:
    return LoadState(draw_a=PerPhase(draw_a), switched=True, on=on, status=Status.CONNECTED)


def span_s(line) -> tuple[float, float]:
    """When a session began and ended, in seconds of the test."""
    start, end = (datetime.fromisoformat(line[key]).timestamp() - T0_S for key in ("start", "end"))
    return start, end


AWAY, THERE = charging(0, Status.UNPLUGGED), charging(0, Status.CONNECTED)


def test_a_session_belongs_to_the_household_of_its_beginning():
    days = Days(site(car("car", group="flat 1")))
    days.run(10, car=THERE)
    days.restart()
    days.site = site(car("car", group="flat 2"))
    days.run(10, car=charging(10))
    days.run(10, car=AWAY)
    assert [line["group"] for line in days.meter.finished] == ["flat 1"]


def test_a_stay_is_a_session_with_its_starts_and_pauses():
    days = Days()
    days.run(10, car=AWAY)
    days.run(10, car=THERE)
    days.run(1800, car=charging(10))
    days.pauses = 1
    days.run(60, car=THERE)
    days.run(1800, grid_a=12.0, car=charging(10))
    assert days.meter.finished == []
    assert days.meter.loads["car"].session_kwh == pytest.approx(2.3, abs=0.01)
    days.run(1, car=AWAY)
    (line,) = days.meter.finished
    assert line["kwh"] == pytest.approx(2.3, abs=0.01)
    assert (line["load"], line["starts"], line["pauses"], line["cost"]) == ("car", 2, 1, None)
    assert (line["worst_phase"], line["worst_a"], line["measured"]) == ("L1", 12.0, True)
    assert span_s(line) == (11, 3681)
    assert days.meter.loads["car"].session is None


def test_a_stay_that_took_nothing_is_kept_and_a_plug_that_took_nothing_is_not():
    days = Days()
    days.run(60, car=THERE, pool=switched(True))
    days.run(1, car=AWAY, pool=switched(False))
    assert [line["load"] for line in days.meter.finished] == ["car"]


@pytest.mark.parametrize(("seconds", "kept"), [(25, []), (40, ["pool"])])
def test_a_plug_that_took_less_than_twenty_watt_hours_had_no_session(seconds, kept):
    days = Days()
    days.run(seconds, pool=switched(True, 10.0))
    days.run(1, pool=switched(False))
    assert [line["load"] for line in days.meter.finished] == kept


def test_what_a_plug_took_from_on_to_off():
    days = Days()
    days.run(1, pool=switched(False))
    days.run(360, pool=switched(True, 10))
    days.run(1, pool=switched(False))
    (line,) = days.meter.finished
    assert line["kwh"] == pytest.approx(0.23, abs=0.001)


@pytest.mark.parametrize(("draw_a", "in_use"), [(0.2, False), (0.24, True)])
def test_less_than_fifty_watts_are_no_use_of_a_charger(draw_a, in_use):
    days = Days()
    days.run(12, car=charging(draw_a, Status.UNKNOWN))
    assert (days.meter.loads["car"].session is not None) is in_use


def test_without_a_status_a_session_lasts_until_nothing_was_drawn_for_an_hour():
    days = Days()
    days.run(100, car=charging(10, Status.UNKNOWN))
    days.run(3599, car=charging(0, Status.UNKNOWN))
    days.run(100, car=charging(10, Status.UNKNOWN))
    assert days.meter.finished == []
    days.run(3612, car=charging(0, Status.UNKNOWN))
    (line,) = days.meter.finished
    assert (line["starts"], span_s(line)) == (2, (1, 3800))


def test_a_status_that_is_away_for_a_while_ends_nothing():
    days = Days()
    days.run(10, car=charging(10))
    days.run(7200, car=charging(0, Status.UNKNOWN))
    days.run(10, car=charging(10))
    assert days.meter.finished == []


def test_a_session_continues_over_a_restart():
    days = Days()
    days.run(360, car=charging(10))
    days.restart()
    days.run(360, car=charging(10))
    days.run(1, car=AWAY)
    (line,) = days.meter.finished
    assert line["kwh"] == pytest.approx(0.46, abs=0.002)
    assert line["starts"] == 1


@pytest.mark.parametrize(
    ("after_a", "away_s", "gap_s", "kwh"),
    [
        (0, 90, 120, 0.0),
        (10, 90, 120, 0.134),
        (4, 90, 120, 0.054),
        (10, 7200, 120, 0.383),
        (0, 300, 0, 0.0),
        (10, 20, 0, 0.013),
    ],
)
def test_what_a_load_took_that_could_not_be_read_is_the_lower_power_of_before_and_after(
    after_a: float, away_s: int, gap_s: float, kwh: float
) -> None:
    days = Days()
    days.run(360, pool=switched(True, 10))
    before_kwh = days.kwh("pool")
    if gap_s:
        days.restart()
        days.at_s += gap_s
    days.run(away_s, pool=LoadState(switched=True, available=False))
    days.run(1, pool=switched(after_a > 0, after_a))
    assert days.kwh("pool") - before_kwh == pytest.approx(kwh, abs=0.01)
    assert days.meter.loads["pool"].measured


def test_a_file_of_the_first_1_0_0_says_when_a_draw_was_measured_by_a_time_and_loses_no_energy():
    days = Days()
    days.run(360, pool=switched(True, 10))
    before_kwh, kept = days.kwh("pool"), days.meter.plain()
    kept["pool"]["last"] = {"a": [10.0, None, None], "s": kept["pool"]["counter"]["at_s"]}
    days.meter = EnergyMeter()
    days.meter.restore(kept)
    days.at_s += 120
    days.run(10, pool=LoadState(switched=True, available=False))
    days.run(1, pool=switched(True, 10))
    assert days.kwh("pool") - before_kwh == pytest.approx(0.089, abs=0.001)


def test_pauses_before_a_restart_count_although_it_forgets_them():
    days = Days()
    days.run(10, car=charging(10))
    days.pauses = 1
    days.run(10, car=THERE)
    days.restart()
    days.pauses = 0
    days.run(10, car=charging(10))
    days.pauses = 1
    days.run(10, car=THERE)
    days.run(1, car=AWAY)
    assert days.meter.finished[0]["pauses"] == 2


def test_a_car_that_left_unobserved_left_when_it_was_last_observed():
    days = Days()
    days.run(60, car=charging(10))
    days.restart()
    days.at_s += 3600
    days.run(1, car=AWAY)
    assert span_s(days.meter.finished[0]) == (1, 51)


def test_a_load_that_leaves_config_while_it_charges_has_had_its_session():
    days = Days()
    days.run(360, car=charging(10), pool=switched(True))
    days.site = site(car("garage"))
    days.run(60, garage=charging(10))
    (line,) = days.meter.finished
    assert (line["load"], line["kwh"], span_s(line)) == ("car", pytest.approx(0.23, abs=0.01), (1, 351))
    assert (days.meter.loads["car"].session, days.meter.loads["pool"].session) == (None, None)
    days.site = site(car("car"))
    days.run(10, car=charging(10))
    assert days.meter.loads["car"].session_kwh == pytest.approx(0.006, abs=0.02)


def test_no_session_ends_before_it_began():
    days = Days()
    days.run(60, car=charging(10))
    days.at_s -= 7200
    days.run(5, car=charging(10))
    days.run(1, car=AWAY)
    began_s, ended_s = span_s(days.meter.finished[0])
    assert ended_s == began_s


@pytest.mark.parametrize(
    ("grid_a", "solar_w", "solar_pct"), [(10, 0, 0), (0, 3450, 100), (5, 2300, 50), (-5, 4000, 100)]
)
def test_the_share_of_the_sun_is_what_the_house_leaves(grid_a, solar_w, solar_pct):
    """The house takes what is left of meter and panels; the sun serves it first."""
    days = Days(replace(SUNNY, solar_w=SUNNY.circuit(MAIN).grid[Phase.L1]))
    days.run(60, grid_a=grid_a, solar_w=solar_w, car=charging(10))
    days.run(1, grid_a=0, solar_w=0, car=AWAY)
    assert days.meter.finished[0]["solar_pct"] == solar_pct


@pytest.mark.parametrize(
    ("solar_w", "prices", "cost"),
    [
        (0, (0.30, 0.08), 0.69),  # all of it from the grid
        (3450, (0.30, 0.08), 0.18),  # all from the sun: what its export would have earned
        (1150, (0.30, 0.08), 0.44),  # half of it
        (3450, (0.30, -0.05), -0.12),  # its export would have cost something
        (3450, (0.05, 0.08), 0.12),  # the sun is never dearer than the grid
        (3450, None, None),
    ],
)
def test_a_session_costs_the_grids_price_and_for_the_sun_what_its_export_earns(solar_w, prices, cost):
    days = Days(replace(SUNNY, solar_w=SUNNY.circuit(MAIN).grid[Phase.L1]))
    days.meter.prices = prices
    days.run(1, grid_a=10 - solar_w / 230, solar_w=solar_w, car=charging(0, Status.CONNECTED))
    days.run(3600, grid_a=10 - solar_w / 230, solar_w=solar_w, car=charging(10))
    days.run(1, grid_a=0, solar_w=0, car=AWAY)
    assert days.meter.finished[0]["cost"] == (None if cost is None else pytest.approx(cost, abs=0.011))


@pytest.mark.parametrize(("gap_s", "costs"), [(5, True), (60, True), (3000, True), (7200, False)])
def test_energy_over_a_restart_costs_the_last_price_for_an_hour(gap_s, costs):
    days = Days()
    days.meter.prices = (0.30, 0.08)
    days.run(120, car=charging(10))
    days.restart()
    days.at_s += gap_s
    days.run(20, car=charging(10))  # no price is known yet
    days.run(1, car=AWAY)
    (line,) = days.meter.finished
    assert line["kwh"] == pytest.approx((140 + min(gap_s, 600)) * 2300 / 3_600_000, abs=0.008)
    assert line["cost"] == (pytest.approx(0.30 * line["kwh"], abs=0.006) if costs else None)
    assert (line["saved"] is not None) is costs


def test_a_session_without_a_price_for_hours_has_no_cost():
    days = Days()
    days.meter.prices = (0.30, 0.08)
    days.run(1800, car=charging(10))
    days.meter.prices = None
    days.run(3 * 3600, car=charging(10))
    days.run(1, car=AWAY)
    assert days.meter.finished[0]["cost"] is None


@pytest.mark.parametrize(("price", "draw_a"), [(0.30, 10), (0.30, 16), (-0.0001, 10)])
def test_no_figure_of_a_session_is_a_negative_zero(price, draw_a):
    days = Days()
    days.meter.prices = (price, 0.0)
    days.run(65, car=charging(draw_a))
    days.run(1, car=AWAY)
    (line,) = days.meter.finished
    assert [repr(line[key]) for key in ("cost", "saved") if line[key] == 0 and str(line[key]) != "0.0"] == []


def test_without_a_sun_nothing_is_said_of_it():
    days = Days()
    days.run(60, car=charging(10))
    days.run(1, car=AWAY)
    assert days.meter.finished[0]["solar_pct"] is None


states = st.sampled_from(
    [AWAY, THERE, charging(10), charging(0, Status.UNKNOWN), charging(8, Status.UNKNOWN), charging(0, Status.FAULT),
     LoadState(offer_a=12.0, status=Status.CHARGING), LoadState(available=False)]
)  # fmt: skip
plugs = st.sampled_from([switched(True, 9), switched(False), LoadState(switched=True, on=None, available=False)])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(states, plugs, st.integers(1, 90), st.booleans()), max_size=12))
def test_sessions_together_are_never_more_than_the_counter(course):
    days = Days()
    for at_car, at_pool, seconds, restarts in course:
        before = (days.kwh("car"), days.kwh("pool")) if days.meter.loads else (0.0, 0.0)
        if restarts:
            days.restart()
        days.run(seconds, car=at_car, pool=at_pool)
        assert days.kwh("car") >= before[0]
        assert days.kwh("pool") >= before[1]
        assert from_plain(to_plain(days.meter.loads, HouseEnergy())).keys() == days.meter.loads.keys()
    for name in days.meter.loads:
        own = [line["kwh"] for line in days.meter.finished if line["load"] == name]
        present = days.meter.loads[name].session_kwh or 0.0
        assert sum(own) + present <= days.kwh(name) + 0.0005 * len(own) + 1e-9


def test_a_stored_session_is_restored_unchanged():
    days = Days()
    days.run(100, car=charging(10), pool=switched(True, 3))
    assert from_plain(to_plain(days.meter.loads, HouseEnergy())) == days.meter.loads


@pytest.mark.parametrize(
    "kept",
    [{"counter": {"kwh": -1}}, {"counter": {"kwh": "much"}}, {"counter": {"source": "sun"}},
     {"counter": {"kwh": float("nan")}}, {"counter": {"kwh": True}}, {"counter": {"level": {"reading_kwh": None}}}],
)  # fmt: skip
def test_a_damaged_value_of_a_counter_is_left_out_alone(kept, caplog):
    found = from_plain({"car": kept, "pool": {"counter": {"kwh": 7.0}}})
    assert (found["car"], found["pool"].counter.kwh) == (NEW_ENERGY, 7)
    assert caplog.messages[0].startswith("fusebox.energy was damaged, so this is lost: car.counter")


@pytest.mark.parametrize("kept", [None, [], 5, {"car": None}, {"car": {"counter": 3}}])
def test_what_is_no_counter_is_left_out(kept):
    assert from_plain(kept) == {}


def test_a_devices_counter_that_stands_below_zero_loses_nothing():
    kept = {"counter": {"kwh": 5.0, "level": {"reading_kwh": -3.0}, "former": {"reading_kwh": 4.0, "drawn_kwh": 1.0}}}
    assert from_plain({"car": kept})["car"].counter.level.reading_kwh == -3
    assert to_plain(from_plain({"car": kept}), HouseEnergy())["car"] == kept


def test_a_session_that_makes_no_sense_is_left_out_alone():
    kept = {"car": {"counter": {"kwh": 5}, "session": {"start_s": T0_S, "start_kwh": 9}, "last": {"a": 3}}}
    assert from_plain(kept)["car"].counter.kwh == 5
    assert from_plain(kept)["car"].session is None


def test_an_export_that_nothing_measures_outlives_a_restart():
    before, after = EnergyMeter(), EnergyMeter()
    before.house = HouseEnergy(T0_S)
    after.restore(json.loads(json.dumps(before.plain())))
    assert (after.house, after.loads) == (HouseEnergy(T0_S), {})


def test_a_file_without_the_house_is_read_as_before(caplog):
    meter = EnergyMeter()
    meter.restore({"car": {"counter": {"kwh": 5.0}}})
    assert (meter.house, meter.loads["car"].counter.kwh, caplog.messages) == (HouseEnergy(), 5.0, [])


class OlderMeter(EnergyMeter):
    """As a version before November 2026 had it, under its own name of what is on file."""

    def __init__(self) -> None:
        super().__init__()
        self.kept_kwh = {"car": 12.5}
        del self.stored_kwh


def test_a_running_older_version_passes_on_what_is_on_file(monkeypatch):
    older = OlderMeter()
    older.restored = True
    monkeypatch.setitem(STORE, "energy_meter", older)
    found = energy_meter()
    assert type(found) is EnergyMeter
    assert (found.restored, found.stored_kwh) == (True, {"car": 12.5})


def test_a_phase_that_is_doubted_counts_alone_until_several_are_measured() -> None:
    meter, of = EnergyMeter(), site(car("car", phases="L1 L2"), phases="L1 L2")
    past = PhasesMemory(doubted=Phase.L1)
    for at_s, on_all, power_w in ((1.0, 0, 2300.0), (100.0, 1, 4600.0)):
        state = LoadState(draw_a=PerPhase(10.0, 10.0), single_a=10.0, status=Status.CHARGING)
        memory = Memory(loads={"car": LoadMemory()}, phases_in_use={"car": replace(past, on_all=on_all)})
        meter.observe(of, seen({"L1": 20.0, "L2": 20.0}, at_s, car=state), memory, lambda load: None)
        assert meter.powers_w["car"] == pytest.approx(power_w)
