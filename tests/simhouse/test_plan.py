"""From the user's files and options to the house of the demo."""

from datetime import UTC, datetime, timedelta

import pytest

from simhouse.cli.demo import _parse_options as demo
from simhouse.cli.replay import _parse_options as replay
from simhouse.cli.sweep import _parse_options as sweep
from simhouse.house.config_file import read_config_file
from simhouse.house.plan import fresh_copy, make_plan, sun_from_trace
from simhouse.house.trace_columns import InputError
from simhouse.house.traces import read_trace

NOON = datetime(2025, 4, 24, 12, tzinfo=UTC)
CONFIG = {"site": {"main_fuse_a": 25, "voltage_v": 120, "grid": {"L1": "sensor.l1"}, "solar_w": "sensor.sun"}}


def planned(tmp_path, *argv, unit="w"):
    """The plan of a demo in a house of 120 V; TRACE is a file that counts the minutes from noon on."""
    config, trace = tmp_path / "site.py", tmp_path / "trace.csv"
    config.write_text(f"CONFIG = {CONFIG!r}\n", encoding="utf-8")
    rows = [f"{NOON.replace(tzinfo=None) + timedelta(minutes=minute)},{minute}\n" for minute in range(180)]
    trace.write_text(f"time,power_{unit}\n" + "".join(rows), encoding="utf-8")
    argv = [str(trace) if each == "TRACE" else each for each in argv]
    return make_plan(demo(["--config", str(config), *argv]))


def test_a_demo_commands_what_a_dry_run_would_only_report(tmp_path, monkeypatch):
    monkeypatch.setitem(CONFIG["site"], "dry_run", True)
    plan = planned(tmp_path)
    assert plan.house.config["site"]["dry_run"] is False
    assert "site.dry_run is taken as False here" in plan.notes
    assert read_config_file(fresh_copy(plan, tmp_path))["site"]["dry_run"] is False


def test_amps_of_a_trace_are_amps_of_the_house(tmp_path):
    house = planned(tmp_path, "--trace", "TRACE", unit="a").house
    assert house.base["L1"].watts[600] == 10 * house.voltage_v


def test_hours_after_a_trace_are_refused(tmp_path):
    with pytest.raises(InputError, match="holds only 0 s of the trace"):
        planned(tmp_path, "--trace", "TRACE", "--hours", "06-07")


@pytest.mark.parametrize(
    ("header", "row"),
    [("power_w", "3000"), ("production_w", "3000"), ("pv_w", "-3000"), ("l1_w,l2_w,l3_w", "1000,1000,1000")],
)
def test_the_sun_is_the_sum_of_its_phases_whatever_its_columns_are_called(tmp_path, header, row):
    times = [NOON + timedelta(minutes=minute) for minute in range(20)]
    text = f"time,{header}\n" + "".join(f"{at.isoformat()},{row}\n" for at in times)
    (tmp_path / "pv.csv").write_text(text, encoding="utf-8")
    assert list(sun_from_trace(read_trace(tmp_path / "pv.csv"), NOON, 60)) == [3000.0] * 60


@pytest.mark.parametrize("zone", [[], ["--time-zone", "Europe/Paris"]])
def test_the_sun_of_the_same_day_shines_at_its_own_time(tmp_path, zone):
    plan = planned(tmp_path, "--trace", "TRACE", "--pv", "TRACE", "--hours", "14-14:30", *zone)
    assert plan.house.roof.solar[0] == 120
    assert sum("is read as house, W" in note for note in plan.notes) == 2, "one for the house, one for the sun"


def test_the_grid_is_gone_in_the_night_after_the_first_day_too(tmp_path):
    assert planned(tmp_path, "--grid-gone", "17-18").house.outage == range(3600, 7200)
    assert planned(tmp_path, "--days", "1", "--grid-gone", "02-03").house.outage == range(36_000, 39_600)
    with pytest.raises(InputError, match="outside the simulated time"):
        planned(tmp_path, "--grid-gone", "02-03")


@pytest.mark.parametrize(
    ("parse", "option"),
    [(demo, "--days"), (demo, "--battery-soc"), (replay, "--days"), (sweep, "--days"), (sweep, "--workers")],
)
@pytest.mark.parametrize("text", ["soon", "nan", "0.5.1"])
def test_a_number_that_is_none_is_refused_in_words(parse, option, text, capsys):
    with pytest.raises(SystemExit):
        parse([f"{option}={text}"])
    assert f"'{text}' is not a number of" in capsys.readouterr().err
