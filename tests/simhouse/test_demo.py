"""The demo from its arguments to its exit code."""

import asyncio
import csv
from argparse import ArgumentTypeError
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from simhouse.cli.demo import main
from simhouse.house.plan import EXAMPLES, parse_hours, sun_from_trace
from simhouse.house.record import Record
from simhouse.house.run import run
from simhouse.house.traces import read_trace
from simhouse.report.verdict import judge

from .houses import AT_ONCE, call, charger, house
from .naive_host import NaiveHost


class RecklessHost(NaiveHost):
    """Lets everybody draw what they like."""

    async def line(self, message):
        """No calls at all."""
        told = {"sensor.fusebox_site": {"state": "ok", "attributes": {}}}
        return {"t": message["t"], "calls": [], "states": told, "responses": []}


class SilentHost(RecklessHost):
    """Scripts that never came up."""

    async def line(self, message):
        """No status either."""
        return {"t": message["t"], "calls": [], "states": {}, "responses": []}


class WrongWayHost(RecklessHost):
    """Scripts that command a charger that is not there."""

    async def line(self, message):
        """One call a second."""
        call = {"service": "easee.set_charger_dynamic_limit", "data": {"charger_id": "EH1", "current": 6}}
        return await super().line(message) | {"calls": [call]}


class StumblingHost(RecklessHost):
    """Scripts with a mistake in a step."""

    async def line(self, message):
        """Reports its progress now and then."""
        reason = "a step failed: KeyError 'car'" if message["t"] % 60 < 10 else "every load has what it can use"
        told = {"sensor.fusebox_site": {"state": "blind", "attributes": {"reason": reason}}}
        return {"t": message["t"], "calls": [], "states": told, "responses": []}


def minutes(path, header, rows, start=datetime(2024, 1, 1, 17, tzinfo=UTC)):
    """A CSV with a row a minute."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["time", *header])
        writer.writerows([(start + timedelta(minutes=i)).isoformat(), *row] for i, row in enumerate(rows))
    return path


def config_of(folder, load):
    """A one-phase house of 25 A with one load."""
    path = folder / "site_config.py"
    path.write_text(
        f"CONFIG = {{'site': {{'main_fuse_a': 25, 'grid': {{'L1': 'sensor.net'}}}}, 'loads': {{'car': {load!r}}}}}"
    )
    return path


def test_the_built_in_evening_is_held_and_drawn(tmp_path, capsys):
    assert main(["--days", "0.012", "--out", str(tmp_path)], NaiveHost) == 0
    shown = capsys.readouterr().out
    assert "Everything held" in shown and "Hour by hour" in shown and "limited by" in shown
    assert (tmp_path / "demo.png").stat().st_size > 30_000


@pytest.mark.usefixtures("unrendered")
def test_three_measured_phases_choose_the_three_phase_house(tmp_path, capsys):
    trace = minutes(tmp_path / "t.csv", ["l1_w", "l2_w", "l3_w"], [[400, 900, 300]] * 8)
    assert main(["--trace", str(trace), "--out", str(tmp_path)], NaiveHost) == 0
    assert "estate" in capsys.readouterr().out


@pytest.mark.usefixtures("unrendered")
def test_one_measured_line_chooses_the_one_phase_house_with_its_sun(tmp_path, capsys):
    trace = minutes(tmp_path / "t.csv", ["power_w"], [[900]] * 8 + [[""]] * 5 + [[700]] * 7)
    sun = minutes(tmp_path / "pv.csv", ["power_w"], [[1000]] * 1440)
    assert main(["--trace", str(trace), "--pv", str(sun), "--out", str(tmp_path)], NaiveHost) == 0
    shown = capsys.readouterr().out
    assert "family_car" in shown and "1.00" in shown
    assert "unknown to the scripts for" in shown


@pytest.mark.usefixtures("unrendered")
def test_a_history_export_is_a_trace_too(tmp_path, capsys):
    start = datetime(2024, 1, 1, 17, tzinfo=UTC)
    path = tmp_path / "history.csv"
    rows = [f"sensor.grid_l1,{0.2 + i % 7 / 10},{(start + timedelta(seconds=97 * i)).isoformat()}" for i in range(20)]
    path.write_text("entity_id,state,last_changed\n" + "\n".join(rows))
    assert main(["--trace", str(path), "--time-zone", "Europe/Brussels", "--out", str(tmp_path)], NaiveHost) == 0
    shown = capsys.readouterr().out
    assert "'sensor.grid_l1' is read as L1, kW" in shown and "Mon 18:00" in shown


@pytest.mark.usefixtures("unrendered")
def test_what_trips_is_said_and_is_exit_code_one(tmp_path, capsys):
    trace = minutes(tmp_path / "t.csv", ["power_w"], [[6000]] * 40)
    assert main(["--trace", str(trace), "--out", str(tmp_path)], RecklessHost) == 1
    shown = capsys.readouterr().out
    assert "NOT HELD" in shown and "tripped" in shown and "on L1" in shown


@pytest.mark.usefixtures("unrendered")
def test_an_overload_that_trips_nothing_is_no_success(tmp_path, capsys):
    config = config_of(tmp_path, {"type": "number", "current": "number.car", "max_a": 20, "phases": ["L1"]})
    trace = minutes(tmp_path / "t.csv", ["power_w"], [[2000]] * 15)
    options = ["--config", str(config), "--trace", str(trace), "--out", str(tmp_path)]
    assert main(options, RecklessHost) == 1
    shown = capsys.readouterr().out
    assert "NOT HELD: the loads kept main L1 too hot for" in shown and "Everything held" not in shown
    assert "tripped" not in shown


@pytest.mark.usefixtures("unrendered")
def test_a_command_that_nothing_takes_gives_no_verdict(tmp_path, capsys):
    config = config_of(tmp_path, {"type": "number", "preset": "keba", "current": "sensor.keba_max_current"})
    trace = minutes(tmp_path / "t.csv", ["power_w"], [[500]] * 3)
    assert main(["--config", str(config), "--trace", str(trace), "--out", str(tmp_path)], WrongWayHost) == 3
    shown = capsys.readouterr().out
    assert "No verdict: nothing that is simulated answers to easee.set_charger_dynamic_limit" in shown
    assert "Everything held" not in shown


def test_a_load_with_an_entity_that_nothing_reports_is_named_and_not_judged(tmp_path):
    alone = house(loads={"car": charger()})
    alone.named = {**alone.named, "loads.car.weather": "sensor.weather", "forecast.solar": "sensor.sun"}
    record = Record(alone)
    asyncio.run(run(alone, RecklessHost(config_of(tmp_path, charger(max_a=25))), 30, watch=record.watch))
    verdict = judge(record)
    assert not verdict.held and alone.states["sensor.weather"]["state"] == "unknown"
    assert verdict.unjudged == (
        "car is not simulated as CONFIG describes it: nothing reports loads.car.weather (sensor.weather)",
    )


@pytest.mark.usefixtures("unrendered")
def test_silent_scripts_are_no_success(tmp_path, capsys):
    trace = minutes(tmp_path / "t.csv", ["power_w"], [[100]] * 5)
    assert main(["--trace", str(trace), "--out", str(tmp_path)], SilentHost) == 1
    assert "did not report" in capsys.readouterr().out


@pytest.mark.usefixtures("unrendered")
def test_scripts_that_stumble_are_no_success(tmp_path, capsys):
    trace = minutes(tmp_path / "t.csv", ["power_w"], [[100]] * 5)
    assert main(["--trace", str(trace), "--out", str(tmp_path)], StumblingHost) == 1
    assert "the scripts failed for 50 s (a step failed: KeyError 'car')" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("--trace", "time,kitchen_w,laundry_w\n2024-01-01T10:00,1,2\n", "Remedy: choose with --columns"),
        ("--pv", "time,power_w\n", "no rows"),
        ("--config", "CONFIG = {'site': }", "line 1: is not Python"),
        ("--config", "CONFIG = {'site': {'grid': {'L1': 'sensor.a'}}}", "site.main_fuse_a"),
        ("--config", "CONFIG = dict()", "is not plain values"),
        (
            "--config",
            "CONFIG = {'site': {'main_fuse_a': 25, 'grid': {'L1': 'sensor.a'}}, 'loads': {'v': {'type': 'quasar'}}}",
            "is simulated on this machine, behind its guard",
        ),
    ],
)
def test_bad_input_is_a_sentence_and_exit_code_two(tmp_path, capsys, name, text, says):
    path = tmp_path / "input"
    path.write_text(text)
    assert main([name, str(path), "--out", str(tmp_path)], NaiveHost) == 2
    told = capsys.readouterr().err
    assert says in told and "Traceback" not in told


def test_an_unknown_time_zone_is_refused_without_a_trace_too(tmp_path, capsys):
    assert main(["--time-zone", "Europe/Nowhere", "--hours", "17-18", "--out", str(tmp_path)], NaiveHost) == 2
    assert "time zone 'Europe/Nowhere' is unknown" in capsys.readouterr().err


def test_the_sun_of_another_year_shines_at_the_same_hour(tmp_path):
    start = datetime(2022, 3, 18, 4, 0, tzinfo=UTC)
    rows = [[1000.0 if 12 <= (start + timedelta(minutes=i)).hour < 13 else -2.0] for i in range(2600)]
    trace = read_trace(minutes(tmp_path / "pv.csv", ["power_w"], rows, start))
    sun = sun_from_trace(trace, datetime(2006, 12, 16, 17, 24, tzinfo=UTC), 2 * 86_400)
    begin = (12 + 24 - 17) * 3600 - 24 * 60
    for day in range(2):
        at = begin + day * 86_400
        assert (sun[at - 1], sun[at], sun[at + 3599], sun[at + 3600]) == (0.0, 1000.0, 1000.0, 0.0)


@pytest.mark.usefixtures("unrendered")
def test_the_scripts_protect_the_fuse_in_a_busy_house(tmp_path, capsys):
    rows = [[300], [7000], [400], [6000], [600], [200]]
    trace = minutes(tmp_path / "t.csv", ["power_w"], rows, datetime(2024, 1, 1, 18, tzinfo=UTC))
    assert main(["--trace", str(trace), "--cycling", "--out", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "Everything held" in shown and "main L1" in shown


def test_the_scripts_say_what_is_wrong_with_a_config(tmp_path, capsys):
    path = tmp_path / "site_config.py"
    path.write_text("CONFIG = {'site': {'main_fuse_a': 25, 'grid': {'L1': 'sensor.a'}, 'voltage': 230}, 'loads': {}}")
    assert main(["--config", str(path), "--days", "0.01", "--out", str(tmp_path)]) == 2
    assert "voltage" in capsys.readouterr().err


def test_a_solar_day_says_where_the_sun_went_and_draws_it(tmp_path, capsys):
    options = ["--config", str(EXAMPLES / "solar_day.py"), "--hours", "9:30-10:35", "--battery-soc", "77"]
    main([*options, "--out", str(tmp_path)], NaiveHost)
    shown = capsys.readouterr().out
    assert "Thu 09:30" in shown and "Thu 10:30" in shown and "Thu 11:30" not in shown
    for text in (
        "from the sun",
        "battery, charged",
        "exported",
        "estate",
        "beyond what the house took",
        "it charged on one for",
        "began at 77 %",
    ):
        assert text in shown
    assert (tmp_path / "demo.png").stat().st_size > 30_000


@pytest.mark.usefixtures("unrendered")
def test_a_house_without_sun_has_no_table_of_it(tmp_path, capsys):
    trace = minutes(tmp_path / "t.csv", ["power_w"], [[400]] * 10)
    main(["--config", str(EXAMPLES / "first_site.py"), "--trace", str(trace), "--out", str(tmp_path)], NaiveHost)
    shown = capsys.readouterr().out
    assert "Hour by hour" in shown and "from the sun" not in shown


@pytest.mark.usefixtures("unrendered")
def test_hours_choose_a_part_of_a_trace_and_of_its_sun(tmp_path, capsys):
    rows = [[100 + 60 * (i // 60)] for i in range(300)]
    trace = minutes(tmp_path / "t.csv", ["power_w"], rows)
    sun = minutes(tmp_path / "pv.csv", ["power_w"], [[900]] * 1440)
    main(["--trace", str(trace), "--pv", str(sun), "--hours", "19-19:15", "--out", str(tmp_path)], NaiveHost)
    row = next(line for line in capsys.readouterr().out.splitlines() if "Mon 19:00" in line)
    assert "0.22" in row and "0.90" in row


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("06-21", (21_600, 75_600)), ("6:30-21:15", (23_400, 76_500)), ("18-2", (64_800, 93_600)), ("0-24", (0, 86_400))],
)
def test_hours_are_read(text, seconds):
    assert parse_hours(text) == seconds


@pytest.mark.parametrize("text", ["", "6", "06-25", "24-6", "6:75-8", "a-b", "6-"])
def test_other_hours_are_refused(text):
    with pytest.raises(ArgumentTypeError):
        parse_hours(text)


@pytest.mark.usefixtures("unrendered")
def test_two_charge_points_are_demonstrated_over_their_sockets(tmp_path, capsys):
    config = EXAMPLES / "two_charge_points.py"
    assert main(["--config", str(config), "--hours", "18:40-18:43", "--out", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "Everything held" in shown and "drive" in shown and "garage" in shown


@pytest.mark.usefixtures("unrendered")
def test_an_inverter_and_a_cloud_are_demonstrated_over_their_sockets(tmp_path, capsys):
    config = EXAMPLES / "easee_and_huawei.py"
    hours = "12-12:07"
    assert main(["--config", str(config), "--hours", hours, "--battery-soc", "95", "--out", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "Everything held" in shown
    taken = next(line for line in shown.splitlines() if line.startswith("│ car "))
    assert float(taken.split("│")[2]) > 0.2, taken


def test_what_was_possible_is_no_less_where_a_charger_ended_on_one_phase():
    """It could have charged on three: more than was possible cannot have been taken."""
    grid = {phase: f"sensor.net_{phase.lower()}" for phase in ("L1", "L2", "L3")}
    switch = {"switch": "switch.single", "one": "on", "three": "off"}
    load = charger(phases=list(grid), switch_phases=True, phase_switch=switch, max_a=16)
    three = house(grid, {"car": load}, cars={"car": replace(AT_ONCE, phases=3)})
    record = Record(three)
    for t_s in range(600):
        if t_s == 590:
            three.apply([call("switch.turn_on", "switch.single")], t_s)
        three.step(t_s)
        record.watch(three.now, {"states": {}})
    assert three.chargers["car"].contactor.lines == 1
    (verdict,) = judge(record).loads
    assert verdict.possible_kwh >= verdict.taken_kwh > 1
