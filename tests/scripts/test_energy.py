"""Energy, power and sessions as users see them: entities, the service, and what outlives restarts and reloads."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from itertools import pairwise

import pytest

from simhouse.host.mirror import STORAGE_NAME
from simhouse.host.pyscript_host import DEFAULT_START

from .houses import House, amps, charger, charging, config, plug, switched, unit, watts

CAR = config(loads={"car": charger()})
ENERGY, POWER = "sensor.fusebox_car_energy", "sensor.fusebox_car_power"
DRAWS = {"sensor.l1": amps(13), **charging(draw=10)}
AWAY = {"sensor.car_status": "Available", "sensor.car_draw": amps(0)}


def charged(house, seconds=600, written=CAR):
    home = house(written)
    home.line(0, DRAWS)
    home.steady(seconds, DRAWS, every=10)
    return home


def session_kwh(home) -> float:
    """Return the energy of a car that draws no more, when all of it is shown: that is done once a minute."""
    home.steady(home.t + 80, {"sensor.l1": amps(3), **charging(draw=0)}, every=5)
    return home.shown("car_energy")["session_kwh"]


def written_out(home, least_kwh: float) -> None:
    """What is due is written by a thread, and that takes a moment."""
    for _ in range(100):
        home.line(home.t + 61, DRAWS, leap=True)
        if float(home.state(ENERGY)) > least_kwh:
            return
    raise AssertionError("it was never written")


def test_what_a_charger_has_taken_is_shown_for_the_energy_dashboard(house):
    home = charged(house)
    written_out(home, 0.35)
    shown = home.shown("car_energy")
    assert (shown["unit_of_measurement"], shown["device_class"]) == ("kWh", "energy")
    assert (shown["state_class"], shown["source"], shown["measured"]) == ("total_increasing", "integrated", True)
    assert (shown["session_cost"], shown["session_solar_pct"]) == (None, None)
    assert float(home.state(ENERGY)) <= shown["session_kwh"] + 0.001


def test_its_energy_is_a_row_a_minute_its_session_too(house):
    """Each change is a row in the recorder, and a session grows with every reading."""
    home = house(CAR)
    home.line(0, DRAWS)
    rows = set()
    for second in range(10, 310, 10):
        home.line(second, DRAWS, leap=True)
        rows.add((home.state(ENERGY), home.shown("car_energy")["session_kwh"]))
    assert 4 <= len(rows) <= 6


def test_its_power_is_what_is_measured(house):
    home = charged(house, 20)
    assert home.state(POWER) == "2300"
    shown = home.shown("car_power")
    assert (shown["unit_of_measurement"], shown["device_class"], shown["state_class"]) == ("W", "power", "measurement")
    home.line(31, {"sensor.car_draw": "unavailable"})
    home.steady(120, {"sensor.l1": amps(13)})
    assert home.state(POWER) == "unknown"
    assert home.shown("car_energy")["measured"] is False


def test_where_nothing_measures_there_is_no_power(house):
    home = house(config(loads={"pool": {"type": "plug", "switch": "switch.pool", "rated_w": 2300, "phases": ["L1"]}}))
    home.line(0, {"sensor.l1": amps(12), "switch.pool": "on"})
    home.steady(20, {"sensor.l1": amps(12)})
    assert home.state("sensor.fusebox_pool_power") is None
    assert home.shown("pool_energy")["source"] == "reckoned"


def test_a_counter_that_config_names_comes_first(house):
    home = house(config(loads={"pool": plug(energy="sensor.pool_energy")}))
    for second in range(0, 300, 10):
        counter = unit(500_000 + 2 * second, "Wh")
        home.line(second, {"sensor.l1": amps(12), **switched(on=True), "sensor.pool_energy": counter}, leap=True)
    assert home.shown("pool_energy")["source"] == "counter"
    assert home.shown("pool_energy")["session_kwh"] == pytest.approx(0.52, abs=0.061)


def test_after_a_restart_it_continues(house, tmp_path):
    with House(tmp_path, CAR) as home:
        charged(lambda _: home)
    kept = json.loads((tmp_path / STORAGE_NAME / "fusebox.energy").read_text(encoding="utf-8"))
    again = house(CAR)
    again.line(0, DRAWS)
    assert float(again.state(ENERGY)) == pytest.approx(kept["car"]["counter"]["kwh"], abs=0.001)
    assert float(again.state(ENERGY)) == pytest.approx(0.383, abs=0.01)


def test_over_a_reload_it_never_goes_back(house, scripts):
    home = house(CAR, scripts=scripts)
    shown = []
    home.line(0, DRAWS)
    for second in range(10, 300, 10):
        if second in (60, 200):
            home.save(config(loads={"car": charger(max_a=16 if second == 60 else 14)}))
            home.call("fusebox_explain")
        if second == 100:
            file = scripts / "modules" / "fusebox" / "balancer" / "dry_run.py"
            file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
            os.utime(scripts / "modules" / "fusebox_native.py")
        home.line(second, DRAWS)
        shown.append(home.shown("car_energy")["session_kwh"])
    assert all(before <= after for before, after in pairwise(shown))
    # Written once a minute: what it shows is what was drawn until it changed last.
    second = 10 * (1 + shown.index(shown[-1]))
    assert second >= 230
    assert shown[-1] == pytest.approx(2.3 * second / 3600, abs=0.021)


def test_the_entities_go_with_their_load(house):
    home = charged(house, 20)
    assert home.state(ENERGY) is not None
    home.save(config(loads={"pool": plug()}))
    home.line(30, {"sensor.l1": amps(13), **switched(on=False)})
    home.line(50, {"sensor.l1": amps(13)})
    assert (home.state(ENERGY), home.state(POWER)) == (None, None)


def test_the_service_returns_what_is_over(house):
    home = charged(house)
    assert home.call("fusebox_sessions")["response"] == {"sessions": []}
    home.line(601, AWAY)
    (line,) = home.call("fusebox_sessions", load="sensor.fusebox_car", days=1)["response"]["sessions"]
    assert (line["load"], line["cost"], line["starts"], line["worst_phase"]) == ("car", None, 1, "L1")
    assert line["kwh"] == pytest.approx(0.38, abs=0.01)
    again = home.call("fusebox_sessions", load="car")["response"]["sessions"]
    assert again == [line]


def test_of_other_loads_and_other_days_it_returns_nothing(house, tmp_path):
    with House(tmp_path, config(loads={"car": charger(), "pool": plug()})) as home:
        home.line(0, {**DRAWS, **switched(on=False)})
        home.line(100, DRAWS)
        home.line(101, AWAY)
        assert len(home.call("fusebox_sessions")["response"]["sessions"]) == 1
        assert home.call("fusebox_sessions", load="pool")["response"]["sessions"] == []
    later = house(CAR, start=DEFAULT_START + timedelta(days=3))
    later.line(0, {"sensor.l1": amps(3)})
    assert later.call("fusebox_sessions", days=2)["response"]["sessions"] == []
    assert len(later.call("fusebox_sessions", days=4)["response"]["sessions"]) == 1
    assert len(later.call("fusebox_sessions", days=1e9)["response"]["sessions"]) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"days": 0}, "not a number above 0"), ({"days": "many"}, "not a number above 0"), ({"days": True}, "above 0"),
     ({"load": "boat"}, "there is no load"), ({"week": 1}, "there is no such field")],
)  # fmt: skip
def test_what_it_cannot_return_is_refused(house, fields, words):
    home = charged(house, 5)
    assert words in home.call("fusebox_sessions", **fields)["error"]


def test_a_damaged_file_of_counters_is_reported_and_counting_continues(house, tmp_path, caplog):
    storage = tmp_path / STORAGE_NAME
    storage.mkdir()
    (storage / "fusebox.energy").write_text("{", encoding="utf-8")
    (storage / "fusebox.sessions").write_text('{"load"\n', encoding="utf-8")
    home = charged(house, 20)
    told = [record.getMessage() for record in caplog.records]
    assert any(text.startswith("energy cannot be read") for text in told)
    assert "fusebox.sessions: removed what cannot be read, line 1" in told
    assert home.shown("car_energy")["session_kwh"] > 0


def test_sessions_that_cannot_be_kept_lose_no_energy(house, tmp_path, caplog):
    with House(tmp_path, CAR) as home:
        charged(lambda _: home)
    before_kwh = kept_kwh(tmp_path)
    (tmp_path / STORAGE_NAME / "fusebox.sessions").mkdir()
    home = house(CAR, noisy=True)
    home.line(0, DRAWS)
    assert any(record.getMessage().startswith("fusebox.sessions cannot be read") for record in caplog.records)
    assert float(home.state(ENERGY)) == pytest.approx(before_kwh, abs=0.001)
    home.line(60, DRAWS)
    home.line(61, AWAY)
    written_out(home, before_kwh)
    assert "the sessions cannot be read" in home.call("fusebox_sessions")["error"]
    assert kept_kwh(tmp_path) > before_kwh


def kept_kwh(folder) -> float:
    """What is on file."""
    return json.loads((folder / STORAGE_NAME / "fusebox.energy").read_text(encoding="utf-8"))["car"]["counter"]["kwh"]


@pytest.mark.parametrize("what", ["energy", "power"])
def test_a_load_may_not_be_called_as_another_ones_entity(house, what):
    home = house(config(loads={"car": charger(), f"car_{what}": plug()}), noisy=True)
    home.line(0, {"sensor.l1": amps(3)})
    (error,) = home.shown()["errors"]
    assert error == f"loads.car_{what}: sensor.fusebox_car_{what} shows the {what} of 'car'; choose another name"


def test_a_power_in_watts_adds_up_as_a_current_does(house):
    home = house(config(loads={"car": charger(draw="sensor.car_power", phases=["L1"])}))
    seen = {**DRAWS, "sensor.car_power": watts(2300)}
    home.line(0, seen)
    home.steady(300, seen, every=5)
    assert home.shown("car_energy")["session_kwh"] == pytest.approx(2300 * 270 / 3.6e6, abs=0.021)


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_set_ten_times_adds_no_energy(house, hours):
    """The host has a monotonic clock; the wall clock is set forward and back."""
    home = house(CAR)
    home.is_exact = True
    home.line(0, DRAWS)
    for turn in range(10):
        home.session.host.clock.set_wall(timedelta(hours=-hours if turn % 2 else hours))
        home.steady(10 * (turn + 1), DRAWS, every=5)
    home.line(101, DRAWS)
    assert session_kwh(home) == pytest.approx(2300 * 101 / 3.6e6, abs=0.0035)


def test_ten_minutes_without_a_draw_sensor_count_what_it_last_showed(house):
    home = charged(house, 60)
    home.line(61, {**DRAWS, "sensor.car_draw": "unavailable"})
    home.steady(660, {"sensor.l1": amps(13)}, every=5)
    assert home.shown("car_energy")["measured"] is False
    assert session_kwh(home) == pytest.approx(2300 * 660 / 3.6e6, abs=0.02)


def test_a_counter_that_drops_and_recovers_is_no_energy_without_a_car(house):
    home = house(config(loads={"car": charger(energy="sensor.car_kwh")}))
    for second in range(0, 200, 10):
        counter = unit(99.1 if second % 20 else 100.0, "kWh")
        home.line(second, {"sensor.l1": amps(3), **charging(draw=0), **AWAY, "sensor.car_kwh": counter}, leap=True)
    assert home.shown("car_energy")["session_kwh"] is None
    assert home.session.host.world.states.get(ENERGY) is not None
    home.line(200 + 61, {"sensor.l1": amps(3), **AWAY}, leap=True)
    assert float(home.state(ENERGY)) == 0


@pytest.mark.parametrize(
    ("without", "stray"), [((), {"sensor.car_draw": watts(4294967295)}), (("draw",), {"number.car": "4294967295"})]
)
def test_the_highest_number_of_a_register_is_no_energy(house, without, stray):
    home = charged(house, 60, config(loads={"car": charger(without=without)}, solar_w="sensor.silent"))
    home.steady(180, {**DRAWS, **stray})
    home.steady(300, DRAWS)
    assert 0.1 < home.shown("car_energy")["session_kwh"] <= 300 * 16 * 230 / 3.6e6
