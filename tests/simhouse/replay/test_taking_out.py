"""The meter without the loads: gaps, units, signs and phases that are wrong, draws that are taken out of it."""

from datetime import UTC
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from simhouse.devices.load_entry import LoadEntry
from simhouse.devices.makes import with_presets
from simhouse.devices.meter import PhaseMeter
from simhouse.house.trace_columns import InputError
from simhouse.replay.draws import DrawRecord, Part, draw_record, entities_in, recorded_part, without_draws
from simhouse.replay.meters import phase_record, recorded_units, stated_units
from simhouse.replay.recording import Recording, in_order
from simhouse.replay.scene import sensor_interval_s, without_hidden
from simhouse.replay.sessions import has_status, recorded_car
from simhouse.replay.steps import MeterResponse, meter_responses
from simhouse.replay.timeline import Timeline

from .records import BEGIN, sampled

BEGIN_S = int(BEGIN.timestamp())
LINE = Timeline(BEGIN_S, 7200, UTC)
CAR = {"type": "number", "current": "number.car", "draw": "sensor.car_power", "status": "sensor.car_status"}


def recording(*rows, **units):
    by_entity = {}
    for at_s, entity, state in rows:
        by_entity.setdefault(entity, []).append((BEGIN_S + at_s, state))
    named = {f"sensor.{name}": {"unit_of_measurement": unit} for name, unit in units.items()}
    histories = {e: in_order(e, found, named.get(e, {})) for e, found in by_entity.items()}
    return Recording(BEGIN_S, histories, sorted(histories))


def meter(found, entity="sensor.grid", **more):
    return phase_record(PhaseMeter("L1", net=entity, **more), "site.grid.L1", found, 230.0)


def test_units_are_as_recorded_otherwise_guessed_and_reported():
    rows = [
        (t, f"sensor.{name}", str(value))
        for name, value in (("a", 5), ("b_kw", 5), ("c", 4500), ("d", 4))
        for t in (0, 9)
    ]
    units, notes = recorded_units(
        recording(*rows, a="mA"), [f"sensor.{n}" for n in ("a", "b_kw", "c", "d", "gone")], 25
    )
    assert units == {"sensor.a": "mA", "sensor.b_kw": "kW", "sensor.c": "W", "sensor.d": "kW"}
    assert [note.split()[0] for note in notes] == ["sensor.b_kw", "sensor.c", "sensor.d"]


def test_a_current_power_is_no_current_and_a_lamp_has_no_amps():
    names = ("current_power_usage", "phase_a_power", "lamp_consumption", "grid_current", "amps_l1", "phase_a_a")
    rows = [(0, f"sensor.{name}", "450") for name in names]
    units, _ = recorded_units(recording(*rows), [f"sensor.{name}" for name in names], 25)
    assert list(units.values()) == ["W", "W", "W", "A", "A", "A"]


def test_an_import_and_an_export_are_one_net_power():
    rows = [(0, "sensor.use", "1.5"), (10, "sensor.back", "0"), (20, "sensor.use", "0"), (21, "sensor.back", "0.7")]
    found = phase_record(
        PhaseMeter("L1", imports="sensor.use", exports="sensor.back", unit="kW"),
        "site.grid.L1",
        recording(*rows),
        230.0,
    )
    assert found.watts.tolist() == [1500.0, 0.0, -700.0]
    assert (found.times_s - BEGIN_S).tolist() == [10.0, 20.0, 21.0]


def test_a_meter_that_is_turned_round_is_turned_back():
    assert meter(recording((0, "sensor.grid", "-300")), invert=True).watts.tolist() == [300.0]


def test_a_long_silence_is_a_gap_and_a_short_one_an_unchanged_value():
    missing = (20, 21, 30, 31, 32, 33)
    rows = [(33 * i, "sensor.grid", str(500 + i * i * 37 % 113)) for i in range(60) if i not in missing]
    found = meter(recording(*rows))
    assert found.period_s == 33 and not found.repeats and found.hold_s == 99
    held = LINE.hold_values(found.times_s, found.watts, found.hold_s)
    assert np.isfinite(held[: 33 * 29]).all()
    silent = np.flatnonzero(~np.isfinite(held[: 33 * 50]))
    assert (silent[0], silent[-1]) == (33 * 29 + 100, 33 * 34 - 1)


def test_a_meter_in_whole_amps_may_be_silent_for_long():
    rows = sampled("sensor.grid", lambda t: 6 + 2 * np.sin(t / 150), 7200, 1)
    assert meter(recording(*rows), unit="A").hold_s == float("inf")


def test_a_missing_entity_is_named_with_similar_ones():
    with pytest.raises(
        InputError, match=r"site.grid.L1: sensor.grid_power_l1 is not in it; it has sensor.grid_power_l_1"
    ):
        meter(recording((0, "sensor.grid_power_l_1", "4")), "sensor.grid_power_l1")
    with pytest.raises(InputError, match="never had a number"):
        meter(recording((0, "sensor.grid", "unknown"), (5, "sensor.grid", "nan"), (6, "sensor.grid", "inf")))


def evening(
    meter_every_s=33, draw_late_s=0.0, turned=False, on=("L1", "L2", "L3"), charges=((1200, 2400), (3600, 5400))
):
    """Three phases of 500 W, a car of 16 A on some, a draw sensor in kW that may be late."""

    def car_a(t):
        return 16.0 if any(begin <= t < end for begin, end in charges) else 0.0

    rows = []
    for n, phase in enumerate(("L1", "L2", "L3")):

        def watts(t, n=n, phase=phase):
            total = 500 + 10 * np.sin(t / 50 + n) + (230 * car_a(t) if phase in on else 0)
            return -total if turned and phase == "L2" else total

        rows += sampled(f"sensor.grid_{phase.lower()}", watts, 7200, meter_every_s, 5.0 * n)
    draw = sampled("sensor.car_w", lambda t: car_a(t - draw_late_s) * 230 * len(on), 7200, 10)
    rows += [(at, "sensor.car_power", f"{float(state) / 1000}") for at, _, state in draw]
    rows += [(0, "sensor.car_status", "disconnected"), (600, "sensor.car_status", "connected")]
    rows += [(3000, "sensor.car_status", "disconnected"), (3100, "sensor.car_status", "charging")]
    rows += [(6000, "sensor.car_status", "disconnected"), (6500, "sensor.car_status", "connected")]
    found = recording(*rows, car_power="kW", grid_l1="W", grid_l2="W", grid_l3="W")
    meters = {
        p: phase_record(PhaseMeter(p, net=f"sensor.grid_{p.lower()}"), "", found, 230.0) for p in ("L1", "L2", "L3")
    }
    draw = draw_record(LoadEntry("car", CAR, on), found, {"sensor.car_power": "kW"}, LINE, 230.0)
    return found, meters, draw


@pytest.mark.parametrize("late_s", [0, 8, 25])
def test_the_house_without_its_car_has_no_spike_where_meter_and_draw_are_apart(late_s):
    _, meters, draw = evening(draw_late_s=late_s)
    for found in meters.values():
        rest = without_draws(found, {"car": draw}, LINE, 230.0)
        assert rest.min() > 450 and rest.max() < 550


def test_a_true_peak_of_the_house_while_the_car_draws_steadily_stays():
    _, meters, draw = evening()
    peak = (meters["L1"].times_s > BEGIN_S + 4000) & (meters["L1"].times_s < BEGIN_S + 4100)
    meters["L1"].watts[peak] += 3000
    rest = without_draws(meters["L1"], {"car": draw}, LINE, 230.0)
    assert rest[peak].min() > 3400 and rest[~peak].max() < 550


@pytest.mark.parametrize("on", [("L1", "L2", "L3"), ("L2",)])
def test_steps_show_the_phases_that_a_load_uses(on):
    _, meters, draw = evening(on=on, draw_late_s=8)
    found = meter_responses(draw, meters, LINE, 230.0)
    assert {p for p, each in found.items() if each.shown is MeterResponse.SAME} == set(on)
    assert {p for p, each in found.items() if each.shown is MeterResponse.NOT} == {"L1", "L2", "L3"} - set(on)


def test_steps_show_a_phase_that_is_turned_round():
    _, meters, draw = evening(turned=True)
    found = meter_responses(draw, meters, LINE, 230.0)
    assert [found[p].shown for p in ("L1", "L2", "L3")] == [
        MeterResponse.SAME,
        MeterResponse.TURNED,
        MeterResponse.SAME,
    ]


def test_one_step_is_not_enough():
    _, meters, draw = evening(turned=True, charges=((1200, 7200),))
    assert {each.shown for each in meter_responses(draw, meters, LINE, 230.0).values()} == {MeterResponse.UNCLEAR}


def test_each_visit_requests_the_energy_it_took():
    found, _, draw = evening()
    car = recorded_car(draw, CAR, 3, found, LINE, 230.0)
    assert [(v.arrives_s, v.departs_s) for v in car.visits] == [(600, 3000), (3100, 6000)]
    assert [1000 - v.brings_kwh for v in car.visits] == pytest.approx([3.68, 5.52], rel=0.02)
    assert car.max_a == pytest.approx(16.0) and car.phases == 3
    unseen = recorded_car(draw, {**CAR, "status": "sensor.other"}, 3, found, LINE, 230.0)
    assert [(v.arrives_s, v.departs_s) for v in unseen.visits] == [(1200, 7200)]


def test_a_load_is_drawn_hidden_or_absent():
    found = recording((0, "sensor.car_power", "3"), (0, "switch.pool", "on"), (0, "sensor.evse1_current_import", "3"))
    assert recorded_part(CAR, found) is Part.DRAWN
    assert recorded_part({"type": "plug", "switch": "switch.pool", "power": "sensor.pool"}, found) is Part.HIDDEN
    assert recorded_part({"type": "plug", "switch": "switch.pool"}, found) is Part.DRAWN
    assert recorded_part({"type": "ocpp", "charger": "evse1"}, found) is Part.DRAWN
    assert recorded_part({"type": "ocpp", "charger": "evse2"}, found) is Part.ABSENT
    assert recorded_part({"type": "plug", "switch": "switch.pump"}, found) is Part.ABSENT


def test_no_command_of_a_replay_reaches_a_real_device():
    config = {
        "site": {
            "grid": {"L1": "sensor.net"},
            "solar_w": "huawei",
            "battery": {"soc_pct": "huawei", "charge_w": "huawei"},
        },
        "loads": {
            "v2g": {"type": "quasar", "guard": {"enabled": True, "quasar_host": "192.168.1.40"}},
            "roof_car": {"type": "easee", "charger": "EH123456"},
            "pump": {"type": "plug", "switch": "switch.pump"},
            "heating": {"type": "radiators", "rated_w": 1000},
        },
        "huawei": {"host": "192.168.1.20"},
        "radiators": {"radiators": []},
    }
    found = recording((0, "sensor.net", "4"))
    parts = {name: recorded_part(load, found) for name, load in config["loads"].items()}
    left = without_hidden(config, parts)
    assert left == {"site": {"grid": {"L1": "sensor.net"}}, "loads": {"pump": config["loads"]["pump"]}}


def test_a_plug_without_a_power_sensor_drew_its_rating_while_it_was_on():
    found = recording((60, "switch.pool", "on"), (120, "switch.pool", "unavailable"), (180, "switch.pool", "off"))
    pool = LoadEntry("pool", {"type": "plug", "switch": "switch.pool", "rated_w": 920}, ("L2",))
    draw = draw_record(pool, found, {}, LINE, 230.0)
    assert draw.amps["L2"][[59, 60, 119, 120, 200]].tolist() == [0, 4, 4, 0, 0]


def test_a_tank_without_a_rating_drew_that_of_its_type():
    found = recording((60, "switch.tank", "on"))
    draw = draw_record(LoadEntry("tank", {"type": "tank", "switch": "switch.tank"}, ("L2",)), found, {}, LINE, 250.0)
    assert draw.amps["L2"][60] == 10


def test_seconds_are_shown_in_the_zone_over_the_end_of_summer_time():
    line = Timeline(1792884600, 7200, ZoneInfo("Europe/Brussels"))  # 2026-10-25 01:30 in summer time
    assert [line.told(s) for s in (0, 3600, 5400)] == ["Sun 25 Oct 01:30", "Sun 25 Oct 02:30", "Sun 25 Oct 02:00"]
    assert line.start.utcoffset().total_seconds() == 7200


@pytest.mark.parametrize(("period_s", "every_s"), [(0.4, 1), (10.2, 10), (29.0, 29), (30.0, 10)])
def test_a_draw_that_seldom_changes_is_not_taken_for_a_sensor_that_is_slow(period_s, every_s):
    draw = DrawRecord("car", {"L1": np.zeros(9)}, np.zeros(9), False, False, period_s, 0)
    assert sensor_interval_s(draw) == every_s


EASEE = {"type": "number", "preset": "easee", "charger": "EH1", "current": "sensor.wall_dynamic_charger_limit"}
OCPP = {"type": "ocpp", "charger": "evse1"}


@pytest.mark.parametrize(
    ("load", "recorded", "unit"),
    [
        (EASEE, "sensor.wall_power", "W"),
        ({"type": "wallbox", "current": "number.w_maximaler_ladestrom"}, "sensor.w_ladeleistung", "kW"),
        ({"type": "number", "current": "number.car", "draw": {"entity": "sensor.car", "unit": "W"}}, "sensor.car", "A"),
        ({"type": "number", "current": "number.car", "draw": {"L1": {"entity": "sensor.car"}}}, "sensor.car", "A"),
        ({"type": "plug", "switch": "light.lamp"}, "light.lamp", ""),
        (
            {"type": "sg_ready", "relay_1": "switch.a", "relay_2": "switch.b", "power": {"entity": "sensor.p"}},
            "sensor.p",
            "W",
        ),
        (OCPP, "sensor.evse1_current_import", "A"),
        ({**OCPP, "connector": 2}, "sensor.evse1_connector_2_current_import", "A"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_draw_in_the_record_is_found_however_config_names_it(load, recorded, unit):
    found = recording((0, recorded, "7" if unit else "on"), **{recorded.partition(".")[2]: unit})
    load = with_presets({"loads": {"car": load}})["loads"]["car"]
    assert recorded in set(entities_in(load))
    assert recorded_part(load, found) is Part.DRAWN


def test_a_load_in_watts_drew_what_its_sensor_shows_and_not_what_it_was_sent():
    load = {"type": "power", "power": "number.heater", "max_w": 3000}
    found = recording((0, "number.heater", "3000"), (0, "sensor.heater", "460"), heater="W")
    for more, amps in (({"draw": "sensor.heater"}, 2), ({}, 3000 / 230)):
        entry = LoadEntry("heater", load | more, ("L1",))
        draw = draw_record(entry, found, {"sensor.heater": "W", "number.heater": "W"}, LINE, 230.0)
        assert draw.amps["L1"][60] == pytest.approx(amps)


@pytest.mark.parametrize("status", ["sensor.evse_1_status_connector", "sensor.evse_1_connector_2_status_connector"])
def test_stays_at_a_charge_point_are_known_from_the_status_of_its_connector(status):
    load = {"type": "ocpp", "charger": "EVSE-1", "connector": 2}
    assert has_status(load, recording((0, status, "Available")))
    assert not has_status({**load, "status": "sensor.other"}, recording((0, status, "Available")))


def test_a_draw_whose_sign_config_turns_round_is_taken_out_of_the_meter():
    load = {**CAR, "draw": {"entity": "sensor.car_power", "unit": "kW", "invert": True}}
    found = recording((0, "sensor.car_power", "-2.3"))
    units = stated_units([load["draw"]])
    drawn = draw_record(LoadEntry("car", load, ("L1",)), found, units, LINE, 230.0)
    assert drawn.amps["L1"][10] == pytest.approx(10)
