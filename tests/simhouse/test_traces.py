"""What a user may bring: CSV in several shapes, a history export; and what is said when it is wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from simhouse.house.trace_columns import InputError
from simhouse.house.traces import read_trace


def written(tmp_path, text):
    path = tmp_path / "house.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_house_column_is_found_among_others(tmp_path):
    trace = read_trace(
        written(tmp_path, "time,power_w,voltage_v,current_a,kitchen_w\n2024-01-01T10:00,1500,230,6.5,20\n")
    )
    assert trace.watts == {"house": (1500.0,)}
    assert trace.start == datetime(2024, 1, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "row", "watts"),
    [
        ("time,l1_w,l2_w,l3_w", "1,2,3", (1, 2, 3)),
        ("time,Power_L1_kW,Power_L2_kW,Power_L3_kW", "1,2,3", (1000, 2000, 3000)),
        ("time,current_l1,current_l2,current_l3", "1,2,3", (230, 460, 690)),
        ("time,phase_a_w,phase_b_w,phase_c_w,voltage_phase_a", "1,2,3,230", (1, 2, 3)),
        ("time,i1,i2,i3", "1,2,3", (230, 460, 690)),
        ("time,phase_a,phase_b,phase_c", "1,2,3", (1, 2, 3)),
        ("time,l1_w,l1_a,l2_w,l2_a,l3_w,l3_a", "1,9,2,9,3,9", (1, 2, 3)),
        ("time,l1_production_w,l2_production_w,l3_production_w", "5,6,7", (-5, -6, -7)),
        ("time,import_l1_w,export_l1_w,import_l2_w,export_l2_w,import_l3_w,export_l3_w", "5,0,0,7,1,1", (5, -7, 0)),
    ],
)
def test_phases_units_and_directions(tmp_path, header, row, watts):
    trace = read_trace(written(tmp_path, f"{header}\n2024-01-01 10:00:00,{row}\n"))
    assert [trace.watts[p][0] for p in ("L1", "L2", "L3")] == pytest.approx(watts)


@pytest.mark.parametrize(
    "time",
    [
        "2024-05-31T15:04:00Z",
        "2024-05-31T17:04:00+02:00",
        "2024-05-31 15:04",
        "31.05.2024 15:04",
        "1717167840",
        "1717167840000",
    ],
)
def test_time_formats(tmp_path, time):
    trace = read_trace(written(tmp_path, f"time;power_w\n{time};1,5\n"))
    assert trace.start == datetime(2024, 5, 31, 15, 4, tzinfo=UTC)
    assert trace.watts["house"] == (1.5,)


def test_summer_time_ends_without_a_jump(tmp_path):
    rows = "\n".join(f"2024-10-27T{h}:{m}0,1" for h, m in [("02", 0), ("02", 3), ("02", 0), ("02", 3), ("03", 0)])
    trace = read_trace(written(tmp_path, "time,power_w\n" + rows), time_zone="Europe/Paris")
    assert trace.times_s == (0, 1800, 3600, 5400, 7200)
    assert trace.start.isoformat() == "2024-10-27T02:00:00+02:00"
    with pytest.raises(InputError, match="--time-zone"):
        read_trace(written(tmp_path, "time,power_w\n" + rows))


def test_entities_that_report_together_in_the_doubled_hour_stay_together(tmp_path):
    hours = [("02", "00"), ("02", "30"), ("02", "00"), ("02", "30"), ("03", "00")]
    rows = [f"sensor.l{p}_w,{p},2024-10-27 {h}:{m}:0{late}" for h, m in hours for p, late in ((1, 0), (2, 1), (3, 1))]
    text = "entity_id,state,last_changed\n" + "\n".join(rows)
    trace = read_trace(written(tmp_path, text), time_zone="Europe/Paris")
    assert trace.times_s == (0, 1799, 1800, 3599, 3600, 5399, 5400, 7199, 7200)


def test_milliseconds_that_look_like_a_date_are_none(tmp_path):
    trace = read_trace(written(tmp_path, "time,power_w\n1790101012345,1\n"))  # as ISO 8601 23:45 on 10 October 1790
    assert trace.start.timestamp() == 1790101012.345


def test_a_time_at_the_end_of_all_years_is_refused(tmp_path):
    text = "time,power_w\n2024-01-01T10:00:00Z,1\n9999-12-31T23:59:00-02:00,2\n"
    for zone in (None, "Europe/Paris"):
        with pytest.raises(InputError, match="line 3: time 9999-"):
            read_trace(written(tmp_path, text), time_zone=zone)


def test_decimal_commas_between_tabs(tmp_path):
    assert read_trace(written(tmp_path, "time\tpower_w\n2024-01-01T10:00\t1,5\n")).watts["house"] == (1.5,)


def test_gaps(tmp_path):
    trace = read_trace(
        written(tmp_path, "time,power_w\n2024-01-01T10:00,\n2024-01-01T10:01,unknown\n2024-01-01T10:02,7\n")
    )
    assert trace.watts["house"] == (None, None, 7.0)
    assert trace.gaps == 2


def test_a_history_export(tmp_path):
    text = """entity_id,state,last_changed
sensor.p1_power_consumption_phase_l1,0.5,2024-01-01T10:00:00.000Z
sensor.p1_power_production_phase_l1,0,2024-01-01T10:00:00.000Z
sensor.p1_power_consumption_phase_l1,0,2024-01-01T10:00:10.000Z
sensor.p1_power_production_phase_l1,1.25,2024-01-01T10:00:10.000Z
sensor.p1_power_consumption_phase_l1,unavailable,2024-01-01T10:00:20.000Z
switch.kettle,on,2024-01-01T10:00:15.000Z
"""
    trace = read_trace(written(tmp_path, text))
    assert trace.watts == {"L1": (500.0, -1250.0, None)}
    assert trace.times_s == (0, 10, 20)
    assert trace.holds


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("when,power_w\n1,2\n", 1, "no column 'time'"),
        ("time,kitchen_w,laundry_w\n2024-01-01T10:00,1,2\n", 1, "several columns could be the house"),
        ("time,voltage_v\n2024-01-01T10:00,230\n", 1, "no column in watts"),
        ("time,power_w\n2024-01-01T10:00,1\nyesterday,2\n", 3, "'yesterday' is not a time"),
        ("time,power_w\n2024-01-01T10:00,1\n2024-01-01T10:01,much\n", 3, "'much' in column 'power_w' is not a number"),
        ("time,power_w\n2024-01-01T10:01,1\n2024-01-01T10:00,1\n", 3, "not after the line before"),
        ("time,power_w\n2024-01-01T10:01,1,5\n", 2, "3 fields under a header of 2"),
        ("time,power_w\n", 2, "no rows"),
        ("", 1, "no header"),
        ("time,power_w\n2024-01-01T10:00,\n", 2, "every field of the chosen columns is empty"),
        ("entity_id,state\nsensor.a,1\n", 1, "no column 'last_changed'"),
    ],
)
def test_each_mistake_in_a_trace_is_reported(tmp_path, text, line, says):
    with pytest.raises(InputError) as error:
        read_trace(written(tmp_path, text))
    message = str(error.value)
    assert f"house.csv, line {line}: " in message and says in message and "Remedy: " in message


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_trace(tmp_path / "nowhere.csv")
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InputError, match="not UTF-8"):
        read_trace(tmp_path / "binary.csv")


def test_columns_can_be_chosen(tmp_path):
    path = written(tmp_path, "time,kitchen_w,laundry_w\n2024-01-01T10:00,1,2\n")
    assert read_trace(path, ["laundry_w"]).watts == {"house": (2.0,)}
    assert read_trace(path, ["laundry_w", "kitchen_w"]).watts == {"L1": (2.0,), "L2": (1.0,)}
    with pytest.raises(InputError, match="no column 'attic_w'"):
        read_trace(path, ["attic_w"])


def test_length_covers_the_last_sample(tmp_path):
    start = datetime(2024, 1, 1, tzinfo=UTC)
    rows = "\n".join(f"{(start + timedelta(minutes=i)).isoformat()},1" for i in range(10))
    assert read_trace(written(tmp_path, "time,power_w\n" + rows)).length_s == 600
