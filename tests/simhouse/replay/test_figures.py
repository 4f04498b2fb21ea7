"""The figures of a course, and the mistakes reported in CONFIG."""

from datetime import UTC

import numpy as np
import pytest

from simhouse.physics.breaker import Pole, breaker, step_pole
from simhouse.replay.course import Course
from simhouse.replay.draws import DrawRecord
from simhouse.replay.figures import compute_figures
from simhouse.replay.findings import (
    apply_findings,
    fuse_findings,
    load_findings,
    meter_findings,
    netting_findings,
    night_findings,
    tariff_findings,
    wiring_findings,
)
from simhouse.replay.meters import PhaseRecord
from simhouse.replay.near_trips import pole_heat
from simhouse.replay.steps import MeterResponse, Sighting
from simhouse.replay.timeline import Timeline

B25 = breaker("main", 25.0, "B")
LINE = Timeline(1_771_084_800, 7200, UTC)  # 2026-02-14 16:00
NIGHT = Timeline(1_771_113_600, 7200, UTC)  # 2026-02-15 00:00


@pytest.mark.parametrize("amps", [26.0, 30.0, 38.0, 55.0, 70.0])
def test_heat_opens_when_the_breaker_of_the_simulated_house_opens(amps):
    pole, second = Pole(), 0
    while not pole.may_have_tripped and second < 7200:
        pole, second = step_pole(B25, pole, amps), second + 1
    for seconds, opens in ((second - 1, False), (second, pole.may_have_tripped)):
        assert pole_heat(np.full(seconds, amps), B25.early, 25.0).tripped == opens


def test_a_near_trip_is_counted_once_and_again_after_it_has_cooled():
    hot, calm = np.full(160, 38.0), np.full(3000, 5.0)
    found = pole_heat(np.concatenate([calm, hot, calm, hot, [np.nan] * 50]), B25.early, 25.0)
    first, second = found.near_s
    assert 3000 < first < 3160 and 6160 < second < 6320
    assert found.worst_share > 0.8 and not found.tripped
    for fuse in (B25, breaker("main", 25.0, "linky")):  # at its rating and below, nothing is near
        assert pole_heat(np.full(7200, 24.9), fuse.early, 25.0).near_s == ()


def course(net, loads=None):
    return Course("x", {p: np.asarray(a, float) for p, a in net.items()}, loads or {})


def test_quarters_are_those_of_the_clock_and_need_their_meter():
    line = Timeline(LINE.start_s + 600, 3000, UTC)
    amps = np.full(3000, 10.0)
    amps[300:1200] = 20.0  # the quarter from 16:15
    amps[1200:1500] = np.nan  # a third of the next one
    found = compute_figures(course({"L1": amps}), B25, line, 230.0, True)
    assert [(q.begins_s, round(q.mean_kw, 3)) for q in found.quarters] == [(300, 4.6), (2100, 2.3)]
    assert found.peak.begins_s == 300
    assert found.imported_kwh == pytest.approx((900 * 20 + 1800 * 10) * 230 / 3.6e6)


def test_what_would_have_been_exported_is_the_sun_s_by_phase_or_by_sum():
    car = {"L1": np.full(3600, 4.0), "L2": np.zeros(3600)}
    net = {"L1": np.full(3600, 3.0), "L2": np.full(3600, -6.0)}  # without the car -1 and -6
    by_phase = compute_figures(course(net, {"car": car}), B25, LINE, 230.0, False).loads["car"]
    by_sum = compute_figures(course(net, {"car": car}), B25, LINE, 230.0, True).loads["car"]
    assert by_phase.taken_kwh == by_sum.taken_kwh == pytest.approx(0.92)
    assert (by_phase.sun_kwh, by_sum.sun_kwh) == (pytest.approx(0.23), pytest.approx(0.92))
    assert by_sum.starts == 1


def config(**more):
    return {
        "site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1", "L2": {"import": "sensor.i", "export": "sensor.e"}}}
    } | more


def test_a_load_that_moves_a_phase_the_other_way_has_it_turned():
    seen = {"car": {"L1": Sighting(MeterResponse.TURNED, 9, 9), "L2": Sighting(MeterResponse.TURNED, 8, 9)}}
    found = wiring_findings(config(), seen, {"car": ("L1", "L2")})
    assert [f.path for f in found] == ["site.grid.L1", "site.grid.L2"]
    grid = apply_findings(config(), found, physical_only=True)["site"]["grid"]
    assert grid == {"L1": {"entity": "sensor.l1", "invert": True}, "L2": {"import": "sensor.e", "export": "sensor.i"}}
    assert config()["site"]["grid"]["L1"] == "sensor.l1"
    seen["pool"] = {"L1": Sighting(MeterResponse.SAME, 5, 5), "L2": Sighting(MeterResponse.NOT, 5, 5)}
    assert [f.path for f in wiring_findings(config(), seen, {"car": ("L1", "L2"), "pool": ("L1",)})] == ["site.grid.L2"]


def test_a_load_on_another_phase_is_reported_with_it_and_one_of_three_is_no_mistake():
    seen = {"car": {"L1": Sighting(MeterResponse.NOT, 4, 4), "L2": Sighting(MeterResponse.SAME, 4, 4)}}
    (found,) = wiring_findings(config(loads={"car": {}}), seen, {"car": ("L1",)})
    assert (found.path, found.change) == ("loads.car.phases", ["L2"])
    assert wiring_findings(config(), seen, {"car": ("L1", "L2")}) == []
    seen["car"]["L1"] = Sighting(MeterResponse.UNCLEAR, 1, 1)
    assert wiring_findings(config(), seen, {"car": ("L1",)}) == []


def test_a_house_that_exports_all_night_has_its_sign_wrong_unless_something_can():
    export = course({"L1": np.full(7200, -2.0), "L2": np.full(7200, 2.0)})
    assert [f.path for f in night_findings(config(), export, NIGHT)] == ["site.grid.L1"]
    hovering = course({"L1": np.full(7200, -0.3), "L2": np.full(7200, 2.0)})
    assert night_findings(config(), hovering, NIGHT) == []  # as a battery does that CONFIG does not name
    assert night_findings(config(), export, LINE) == []  # in the afternoon there may be sun
    assert night_findings(config(loads={"v2g": {"type": "quasar"}}), export, NIGHT) == []
    battery = {"site": config()["site"] | {"battery": {"soc_pct": "sensor.soc"}}}
    assert night_findings(battery, export, NIGHT) == []


def record(steps):
    times = LINE.start_s + np.cumsum([0, *steps])
    return {"L1": PhaseRecord("L1", ("sensor.l1",), times, times % 997.0, float(np.median(steps)), False)}


def test_a_meter_silent_for_longer_than_config_allows_is_reported():
    assert meter_findings(config(), record([33] * 200), LINE) == []
    (found,) = meter_findings(config(), record(([5] * 9 + [50]) * 60), LINE)
    assert found.path == "site.stale_after_s" and found.change == 50 and "30 s" in found.problem
    (found,) = meter_findings(config(), record(([60] * 5 + [250]) * 12), LINE)
    assert found.change is None and "report more often" in found.remedy
    (found,) = meter_findings(config(), record([3600] * 4), LINE)
    assert found.path == "site.grid.L1" and "every 60 min only" in found.problem
    patient = {"site": config()["site"] | {"stale_after_s": 60}}
    assert meter_findings(patient, record(([5] * 9 + [50]) * 60), LINE) == []


def test_a_fuse_that_cannot_be_the_true_one_and_a_wrong_unit_are_reported():
    def told(amps, alone=5.0):
        found = fuse_findings(B25, course({"L1": np.full(7200, alone)}), course({"L1": np.full(7200, amps)}))
        return [(f.path, f.problem) for f in found]

    assert told(20.0) == []
    assert "any such fuse would have opened" in told(40.0)[0][1]
    assert "for 2.0 h" in told(27.0, 27.0)[0][1]
    assert told(27.0, 24.0) == []
    assert told(0.4)[0][0] == "site.grid" and told(3000.0)[0][0] == "site.grid"
    assert all(
        f.change is None
        for f in fuse_findings(B25, course({"L1": np.full(7200, 40.0)}), course({"L1": np.full(7200, 40.0)}))
    )


def test_surplus_with_import_on_another_phase_is_reported_unless_netted():
    crossed = course({"L1": np.full(7200, -8.0), "L2": np.full(7200, 6.0)})
    (found,) = netting_findings(config(), crossed, 230.0)
    assert found.path == "site.netting" and "2.8 of 3.7 kWh" in found.problem and found.change is None
    assert netting_findings({"site": config()["site"] | {"netting": "sum"}}, crossed, 230.0) == []
    assert netting_findings(config(), course({"L1": np.full(7200, -8.0), "L2": np.full(7200, -0.1)}), 230.0) == []


def test_a_target_below_the_house_and_a_load_above_its_maximum_are_reported():
    assert tariff_findings(config(), 9.0, "then") == []
    assert tariff_findings(config(tariff={"target_kw": 5.0}), 4.9, "then") == []
    assert "reaches 6.2 kW (then)" in tariff_findings(config(tariff={"target_kw": 5.0}), 6.2, "then")[0].problem
    draw = DrawRecord("car", {"L1": np.full(100, 20.0)}, np.full(100, 20.0), False, False, 1.0, 0)
    for maximum, count in ((16, 1), (20, 0)):
        loads = {"car": {"type": "number", "max_a": maximum}}
        assert len(load_findings({"loads": loads}, {"car": draw})) == count
