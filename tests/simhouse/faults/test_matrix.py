"""The fault matrix: every fault ends in its safe state in time, and recovers without help."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from simhouse.cli.demo import main as demo
from simhouse.cli.faults import main as faults
from simhouse.faults.fault import NOON
from simhouse.faults.matrix import FAULTS, GROUPS
from simhouse.faults.play import play

PAGE = Path(__file__).parents[3] / "docs" / "faults.md"

LEFT_TO_MAKE_FAULTS = frozenset({
    # A Home Assistant in a process of its own takes seconds to start.
    "ha_killed_ocpp", "ha_killed_easee", "ha_killed_quasar", "ha_killed_number", "ha_started_over_the_fuse",
    "ha_started_without_meters", "config_error_over_a_restart",
    # Links that wait in real time.
    "huawei_drops", "huawei_exceptions", "huawei_short_reads", "huawei_silent", "huawei_meter_offline",
    "easee_cloud_slow", "easee_cloud_hangs", "quasar_drops",
    # The same again on another way, or long.
    "meter_infinite", "battery_power_stops", "battery_charge_unknown", "tank_thermometer_stops",
    "wallbox_ignores_its_current", "wallbox_cloud_stops", "charger_ignores_all", "charger_call_fails",
    "ocpp_oven_alone", "ocpp_ignores_profiles", "ocpp_rejects_profiles", "ocpp_power_only_rejects_profiles",
    "ha_killed_after_ocpp_restart", "ha_killed_ocpp_wrong_unit", "ocpp_back_at_full_current",
    "easee_oven_alone", "easee_cloud_401", "easee_cloud_429", "easee_cloud_502_then_nothing", "easee_charger_offline",
    "easee_ignores_its_limit", "easee_back_at_full_current", "quasar_oven_alone", "quasar_exceptions",
    "quasar_short_reads", "pump_relay_ignores", "radiator_relay_ignores", "power_saving_meter_stops",
    "tariff_oven_alone", "tariff_sensors_absurd", "tariff_demand_zero", "quasar_ignores_its_set_point",
    "config_nonsense", "config_emptied", "config_wrong_key", "draw_sensor_unavailable", "clock_forward_ten_years",
    "summer_time_begins", "first_car_beside_a_full_phase", "tariff_meter_jumps", "quasar_meter_stops",
    "easee_cloud_redirects", "draw_unknown_for_ten_minutes", "battery_held_power_cut", "battery_held_file_damaged",
    "plug_late_unmetered", "pump_unavailable_unmetered", "pump_unmeasured_unmetered", "export_killed_while_curtailed",
    "export_curtailed_file_torn", "export_number_ignores_commands", "one_of_two_batteries_gone",
    "two_batteries_held_power_cut",
})  # fmt: skip
"""`make test` does not play these; `make faults` plays all."""


SETTLES_S = 20
SWITCHED_SETTLES_S = 30
"""Time before a fault in `make test`, where the row has 40 s and no car that comes later [s]; the second one if
anything but a charger is controlled."""

STAYS_SAFE_S = 15
"""How long the safe state has to last after its deadline in `make test`, at most [s]."""

CALM_EVERY_S = 5
"""In `make test`, long before a fault and after its deadline, every which second is sent [s]."""

FAILSAFE_S = 66
"""Where nothing may happen at all, a fault lasts at least until loads would go to their fail-safe [s]."""

EARLIER = {
    "meter_jumps": {"lasts_s": 66},
    "meter_stops_radiators": {"settles_s": 35},
    "all_stands_still": {"lasts_s": 240},
    "wrong_car_named": {"settles_s": 90},
    "ha_killed_while_switching": {"settles_s": 30, "lasts_s": 70, "own_process": False},
    "phase_full": {"settles_s": 90},
    "phase_box_only_says_so": {"settles_s": 90},
    "easee_cloud_500": {"settles_s": 70},
    "easee_unknown_mode": {"settles_s": 70},
    "quasar_masked_writes": {"settles_s": 45},
    "plug_unavailable_unmetered": {"settles_s": 55},
    "tank_switch_unavailable_unmetered": {"settles_s": 55},
    "charger_number_unavailable_unmetered": {"settles_s": 30},
    "battery_held_plans_fail": {"settles_s": 30},
    "battery_disk_full": {"settles_s": 30},
    "saved_each_second": {"lasts_s": 45},
    "cloud_during_a_test": {"arrives_s": {"car": 60.0}, "settles_s": 81},
    "meter_stops_during_a_test": {"arrives_s": {"car": 60.0}, "settles_s": 81},
    "killed_during_a_test": {"arrives_s": {"car": 60.0}, "settles_s": 81, "own_process": False},
    "one_of_two_inverters_silent": {"arrives_s": {"car": 60.0}, "settles_s": 180},
    "grid_lost_on_hidden_sun": {"arrives_s": {"car": 60.0}, "settles_s": 180},
    "heater_ignores": {"settles_s": 40, "lasts_s": 120},
    "tariff_sensors_unavailable": {"start": NOON + timedelta(minutes=14, seconds=28), "lasts_s": 910},
}
"""Fault -> its changed times in `make test`, and whether Home Assistant is killed in its own process.

`make faults` plays the rows as they are.
"""


def shortened(name):
    """The fault with less time before it, and after its deadline, as `make test` plays it."""
    fault = FAULTS[name]
    needed_s = int(fault.within_s + STAYS_SAFE_S if fault.within_s else FAILSAFE_S)
    settles_s = fault.settles_s
    if fault.settles_s == 40 and not fault.arrives_s:
        types = {load["type"] for load in fault.config["loads"].values()}
        settles_s = SETTLES_S if types == {"number"} else SWITCHED_SETTLES_S
    times = {"settles_s": settles_s, "lasts_s": min(fault.lasts_s, needed_s), "calm_every_s": CALM_EVERY_S}
    return replace(fault, **(times | EARLIER.get(name, {})))


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in LEFT_TO_MAKE_FAULTS])
def test_it_ends_safe_in_time_and_well_again(name):
    fault = shortened(name)
    assert play(fault).complaints(fault) == ()


@pytest.mark.parametrize("name", ["meter_stops", "oven_alone", "draw_sensor_stops"])
def test_nothing_happens_without_the_fault(name):
    assert play(replace(shortened(name), fine_within_s=0), dry_run=True).safe_s is None


def test_every_fault_is_named_once_and_what_is_left_out_is_one():
    assert len(FAULTS) == sum(map(len, GROUPS.values()))
    assert FAULTS.keys() > LEFT_TO_MAKE_FAULTS


def test_the_page_has_every_fault():
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in FAULTS if f"| `{name}` |" not in page] == []


def test_the_demo_shows_the_course_of_a_fault(tmp_path, capsys):
    assert demo(["--fault", "overload_that_a_cut_ends", "--out", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "the fault begins" in told and "Safe after" in told and "number.set_value" in told
    assert (tmp_path / "overload_that_a_cut_ends.png").stat().st_size > 10_000


def test_the_demo_names_the_faults(capsys):
    assert demo(["--fault", "list"]) == 0
    assert all(name in capsys.readouterr().out for name in ["ocpp_offline"])
    assert demo(["--fault", "metre_stops"]) == 2
    assert "meter_stops" in capsys.readouterr().err


def test_a_page_that_cannot_take_the_table_is_refused_before_anything_is_played(tmp_path, capsys):
    (tmp_path / "bare.md").write_text("# Faults\n", encoding="utf-8")
    for name, said in (("bare.md", "has no marks"), ("none.md", "No such file")):
        assert faults(["--write", str(tmp_path / name)]) == 2
        assert said in capsys.readouterr().err
