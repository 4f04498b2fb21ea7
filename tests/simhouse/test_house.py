"""The house as Home Assistant sees it: meters in every unit and sign, devices that obey late, breakers that cut."""

import pytest

from simhouse.devices.meter import NotSimulated
from simhouse.house.build import build_house
from simhouse.physics.breaker import breaker
from simhouse.physics.car import Car, Visit

from .houses import START, call, charger, house

PLUG = {"type": "plug", "switch": "switch.pool", "power": "sensor.pool_power", "rated_w": 2000, "phases": ["L1"]}


@pytest.mark.parametrize(
    ("entry", "base_w", "shown"),
    [
        ("sensor.net", 2300.4, {"sensor.net": ("2300", "W")}),
        ("sensor.net", -1150, {"sensor.net": ("-1150", "W")}),
        ("sensor.net_kw", 2300.4, {"sensor.net_kw": ("2.300", "kW")}),
        ("sensor.net_current", 2300, {"sensor.net_current": ("10.00", "A")}),
        ({"entity": "sensor.ct", "unit": "W", "invert": True}, 500, {"sensor.ct": ("-500", None)}),
        ({"entity": "sensor.ct", "unit": "mA"}, 230, {"sensor.ct": ("1000", None)}),
        ({"entity": "sensor.ct", "unit": "kw"}, 2300, {"sensor.ct": ("2.300", None)}),
        ({"import": "sensor.in", "export": "sensor.out"}, 700, {"sensor.in": ("700", "W"), "sensor.out": ("0", "W")}),
        ({"import": "sensor.in", "export": "sensor.out"}, -700, {"sensor.in": ("0", "W"), "sensor.out": ("700", "W")}),
    ],
)
def test_meters_in_every_unit_and_sign(entry, base_w, shown):
    states = house(grid={"L1": entry}, base_w=base_w).step(0)
    for entity, (state, unit) in shown.items():
        assert states[entity]["state"] == state
        assert states[entity]["attributes"].get("unit_of_measurement") == unit


@pytest.mark.parametrize("entry", [{"entity": "sensor.in"}, {"import": "sensor.in", "export": "sensor.out"}])
def test_a_meter_without_a_heartbeat_reports_on_change_only(entry):
    for heartbeat in (True, False):
        a = house(grid={"L1": entry | {"heartbeat": heartbeat}})
        a.step(0)
        assert ("sensor.in" in a.step(1)) is heartbeat


def test_a_unit_can_be_requested():
    states = house(base_w=2300, units={"sensor.net": "mA"}).step(0)
    assert states["sensor.net"]["state"] == "10000"


def test_a_gap_in_the_record_makes_the_meter_unknown():
    a = house()
    a.base["L1"].known[5] = 0
    assert [a.step(t)["sensor.net"]["state"] for t in (4, 5, 6)] == ["1000", "unknown", "1000"]


def test_a_slow_meter_reports_now_and_then():
    a = house(meter_every_s=10)
    assert [t for t in range(30) if "sensor.net" in a.step(t)] == [0, 10, 20]


def test_a_charger_obeys_and_the_meter_shows_it():
    a = house(loads={"car": charger()})
    first = a.step(0)
    assert first["number.car_current"]["attributes"] == {
        "min": 6.0, "max": 32.0, "step": 1.0, "mode": "auto", "unit_of_measurement": "A",
    }  # fmt: skip
    for t in range(1, 60):
        a.step(t)
    assert a.states["sensor.car_current"]["state"] == "32.00"
    assert a.states["sensor.car_status"]["state"] == "charging"
    assert float(a.states["sensor.net"]["state"]) == pytest.approx(1000 + 32 * 230, abs=1)
    a.apply([call("number.set_value", "number.car_current", value=10.7)], 59)
    for t in range(60, 66):
        a.step(t)
    assert a.states["number.car_current"]["state"] == "10"
    assert float(a.states["sensor.car_current"]["state"]) <= 10
    a.apply([call("switch.turn_off", "switch.car")], 65)
    for t in range(66, 72):
        a.step(t)
    assert (a.states["switch.car"]["state"], a.states["sensor.car_status"]["state"]) == ("off", "paused")
    assert a.states["sensor.car_current"]["state"] == "0.00"


def test_a_number_out_of_range_is_refused():
    a = house(loads={"car": charger(max_a=16)})
    a.step(0)
    a.apply([call("number.set_value", "number.car_current", value=v) for v in (5, 33)], 0)
    a.step(1)
    assert a.states["number.car_current"]["state"] == "16"
    assert a.chargers["car"].refused == 2


def test_a_wallbox_answers_through_its_cloud():
    a = house(loads={"car": charger(type="wallbox", draw="sensor.car_power")})
    reports = [t for t in range(90) if "number.car_current" in a.step(t) or "sensor.car_power" in a.step(t)]
    assert len(reports) < 6
    assert a.states["sensor.car_status"]["state"] == "Charging"
    assert a.states["sensor.car_power"]["attributes"]["unit_of_measurement"] == "kW"
    a.apply([call("number.set_value", "number.car_current", value=8)], 90)
    offers = []
    for t in range(90, 130):
        a.step(t)
        offers.append(a.now.offers_a["car"])
    assert offers[4] == 32 and offers[-1] == 8


def test_a_wallbox_without_a_car_has_no_switch():
    a = house(loads={"car": charger(type="wallbox")}, cars={"car": Car(visits=(Visit(40, 1e9, 20.0),))})
    assert a.step(0)["switch.car"]["state"] == "unavailable"
    a.apply([call("switch.turn_off", "switch.car")], 0)
    for t in range(1, 80):
        a.step(t)
    assert a.states["switch.car"]["state"] == "on" and a.now.loads_a["car"]["L1"] > 10


def test_a_plug_and_a_helper():
    a = house(
        loads={"pool": PLUG | {"mode": "input_select.pool_mode"}}, helpers={"input_select.pool_mode": "solar_only"}
    )
    assert a.step(0)["input_select.pool_mode"]["state"] == "solar_only"
    a.apply(
        [
            call("switch.turn_on", "switch.pool"),
            call("input_select.select_option", "input_select.pool_mode", option="off"),
        ],
        0,
    )
    states = a.step(1)
    assert states["switch.pool"]["state"] == "on" and states["input_select.pool_mode"]["state"] == "off"
    assert 1800 < float(states["sensor.pool_power"]["state"]) <= 2000
    a.apply([call("switch.turn_on", "switch.nobody"), call("fusebox.sentence", "")], 1)
    assert a.unheard == {"switch.turn_on switch.nobody": 1}


def test_a_helper_shows_the_default_of_its_key_and_no_limit_where_there_is_none():
    site = {
        "max_import_w": "input_number.contract",
        "stale_after_s": "input_number.stale",
        "margin_a": "input_number.m",
    }
    states = house(site=site, helpers={"input_number.m": "2"}).step(0)
    shown = {entity: state["state"] for entity, state in states.items() if entity.startswith("input_number.")}
    assert shown == {"input_number.contract": "unknown", "input_number.stale": "30", "input_number.m": "2"}


def test_a_fuse_and_a_fee_that_entities_show_are_usual_ones():
    site = {"main_fuse_a": "sensor.fuse", "circuits": {"garage": {"fuse_a": "input_number.garage"}}}
    prices = {"import": "sensor.epex", "add": "input_number.fee", "factor": "input_number.vat"}
    a = house(site=site, sections={"prices": prices})
    assert [each.device.rating_a for each in a.circuits.values()] == [25, 16]
    assert [a.helpers.values[f"input_number.{name}"] for name in ("fee", "vat")] == ["0", "1"]


def test_sun_lowers_the_meter_on_every_phase_and_the_battery_aims_at_zero():
    grid = {"L1": "sensor.l1", "L2": "sensor.l2", "L3": "sensor.l3"}
    a = house(grid=grid, site={"solar_w": "sensor.sun"}, solar=[4500.0] * 600)
    states = a.step(0)
    assert [states[f"sensor.l{n}"]["state"] for n in (1, 2, 3)] == ["-500"] * 3
    battery = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "invert": True}
    a = house(grid=grid, site={"solar_w": "sensor.sun", "battery": battery}, solar=[4500.0] * 600)
    for t in range(60):
        states = a.step(t)
    assert abs(float(states["sensor.l1"]["state"])) < 2
    assert float(states["sensor.battery"]["state"]) == pytest.approx(-1500, abs=2)
    assert float(states["sensor.soc"]["state"]) > 50


def test_a_tripped_circuit_cuts_only_what_is_behind_it():
    circuits = {"garage": {"fuse_a": 16, "parent": "main"}}
    a = house(loads={"car": charger(circuit="garage"), "pool": PLUG}, site={"main_fuse_a": 63, "circuits": circuits})
    a.apply([call("switch.turn_on", "switch.pool")], 0)
    for t in range(300):
        a.step(t)
    trip = a.circuits["garage"].trip
    assert trip is not None and trip.phase == "L1" and a.circuits["main"].trip is None
    assert a.states["number.car_current"]["state"] == "unavailable"
    assert a.states["switch.pool"]["state"] == "on" and a.now.net_a["L1"] > 10


def test_each_circuit_has_the_fuse_of_its_own_type():
    circuits = {"garage": {"fuse_a": 16, "fuse_type": "gG"}, "shed": {"fuse_a": 16}}
    a = house(site={"circuits": circuits})
    assert {name: each.device for name, each in a.circuits.items()} == {
        "main": breaker("main", 25),
        "garage": breaker("garage", 16, "gG"),
        "shed": breaker("shed", 16),
    }


def test_a_circuit_can_have_its_own_meter():
    circuits = {"garage": {"fuse_a": 40, "parent": "main", "grid": {"L1": "sensor.garage_current"}}}
    a = house(loads={"car": charger(circuit="garage")}, site={"main_fuse_a": 63, "circuits": circuits})
    for t in range(60):
        a.step(t)
    assert a.states["sensor.garage_current"]["state"] == "32.00"


def test_a_tripped_main_fuse_darkens_the_house():
    a = house(loads={"car": charger()}, base_w=5000)
    for t in range(600):
        a.step(t)
    assert a.circuits["main"].trip.surely is False
    assert a.now.net_a["L1"] == 0.0
    late = house(loads={"car": charger()}, base_w=5000, sluggish_breakers=True)
    for t in range(a.circuits["main"].trip.at_s + 60):
        late.step(t)
    assert late.circuits["main"].trip is None


def test_the_belgian_meter_counts_quarters():
    sections = {"tariff": {"kind": "fluvius", "demand_kw": "sensor.demand", "month_peak_kw": "sensor.peak"}}
    a = house(base_w=4000, length_s=1000, sections=sections)
    demand = [float(a.step(t)["sensor.demand"]["state"]) for t in range(1000)]
    assert demand[0] < 0.01 and demand[899] == pytest.approx(4.0) and demand[900] < 0.01
    assert a.states["sensor.peak"]["state"] == "4.000"


def test_what_is_not_simulated_is_named():
    config = {"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.net"}}, "loads": {"v2g": {"type": "quasar"}}}
    with pytest.raises(NotSimulated, match=r"loads\.v2g\.guard: a Quasar"):
        build_house(config, start=START, length_s=10)


def test_the_same_seed_is_the_same_house():
    config = {
        "site": {"main_fuse_a": 25, "grid": {"L1": "sensor.net"}, "solar_w": "sensor.sun"},
        "loads": {"car": charger()},
    }

    def lived(seed):
        a = build_house(config, start=START, length_s=900, seed=seed)
        return [a.step(t) for t in range(900)]

    first = lived(1)
    assert lived(1) == first
    assert lived(2) != first
