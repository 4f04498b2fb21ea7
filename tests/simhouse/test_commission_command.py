"""`python -m simhouse commission`: a planted fault is found, and one that cannot be planted is reported."""

from __future__ import annotations

import pytest

from simhouse.cli.commission import START, _reported_lines, main
from simhouse.commission.fault_places import WrongFault
from simhouse.commission.faults import plant_faults
from simhouse.commission.play import WiringTestResult, build_planted_house, play_test
from simhouse.host.event_loop import run_in_host_loop

from .naive_host import NaiveHost

METERS = {phase: f"sensor.grid_power_{phase.lower()}" for phase in ("L1", "L2", "L3")}
CAR = {
    "type": "number",
    "current": "number.car",
    "switch": "switch.car",
    "draw": "sensor.car_current",
    "status": "sensor.car_status",
    "phases": ["L1"],
}
POOL = {"type": "plug", "switch": "switch.pool", "rated_w": 2000, "mode": "off", "phases": ["L2"]}
HOUSE = {"site": {"main_fuse_a": 25, "grid": METERS}, "loads": {"car": CAR, "pool": POOL}}


def test_the_command_line_plays_it(tmp_path, capsys):
    file = tmp_path / "site_config.py"
    file.write_text(f"CONFIG = {HOUSE!r}\n", encoding="utf-8")
    assert main(["--config", str(file), "--faults", "turned:L1"]) == 0
    said = capsys.readouterr().out
    assert "It moves car, pool by about 3 A" in said
    assert "site.grid.L1 seems to be reversed" in said
    assert "Above a fuse for 0 s." in said


def test_the_command_line_moves_a_charge_point_too(tmp_path, capsys):
    car = {"type": "ocpp", "charger": "evse1", "phases": ["L1"]}
    file = tmp_path / "site_config.py"
    file.write_text(f"CONFIG = { ({**HOUSE, 'loads': {'car': car}})!r}\n", encoding="utf-8")
    assert main(["--config", str(file), "--faults", "turned:L1"]) == 0
    assert "It moves car by about 3 A" in capsys.readouterr().out


def test_meters_that_are_very_late_are_not_reported_as_reversed(tmp_path, capsys):
    file = tmp_path / "site_config.py"
    file.write_text(f"CONFIG = { ({**HOUSE, 'loads': {'car': CAR}})!r}\n", encoding="utf-8")
    main(["--config", str(file), "--faults", "late:50"])
    said = capsys.readouterr().out
    assert "the meters of site.grid may be more than 45 s late" in said
    assert "invert" not in said


def test_a_planted_delay_is_found_only_where_each_meter_is_as_late():
    planted = plant_faults(HOUSE, ["late:10"])
    for measured_s, found in (((10.2, 9.8), ["late: 10"]), ((10, 1), []), ((1, 1), [])):
        rows = [{"meter": name, "late_s": {"median": s, "worst": s}} for name, s in zip("ab", measured_s, strict=True)]
        report = [*rows, {"meter": "c", "late_s": None}, {"load": "car", "late_s": {"median": 2, "worst": 3}}]
        assert _reported_lines(WiringTestResult("done", {"report": report}, 60, 0), planted) == found


def test_the_users_own_cloud_and_inverter_are_not_reached():
    written = {}

    class Refusing(NaiveHost):
        def __init__(self, config, **_more):
            exec(config.read_text(encoding="utf-8"), written)

        async def line(self, message):
            responses = [{"error": "not now"} for _ in message["calls"]]
            return {"calls": [], "states": {}, "responses": responses}

    easee = {"type": "easee", "charger": "EH1", "site": 7, "circuit_id": 8, "username": "me", "password": "mine"}
    planted = plant_faults({**HOUSE, "loads": {"car": easee}, "huawei": {"host": "192.168.1.20"}}, [])
    house = build_planted_house(planted, START, 1)
    assert run_in_host_loop(play_test(planted, house, Refusing, str)).state == "refused"
    car, huawei = written["CONFIG"]["loads"]["car"], written["CONFIG"]["huawei"]
    assert (car["base_url"], car["username"]) == (house.linked.cloud.url, house.linked.cloud.username)
    assert (huawei["host"], huawei["port"]) == ("127.0.0.1", house.linked.inverter.server.port)


def test_a_meter_of_two_entities_keeps_no_other_fault_from_being_planted():
    pair = {"import": "sensor.use", "export": "sensor.back"}
    config = {**HOUSE, "site": {"main_fuse_a": 25, "grid": {**METERS, "L3": pair}}}
    assert plant_faults(config, []).expected == []
    expected = ["deaf: car", 'site.grid: "L1": {"entity": "sensor.grid_power_l1", "invert": True}']
    assert plant_faults(config, ["deaf:car", "turned:L1"]).expected == expected
    with pytest.raises(WrongFault, match="turned:L3: a meter of two entities"):
        plant_faults(config, ["turned:L3"])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("no_such:L1", "there is no fault 'no_such'. Remedy: one of turned, "),
        ("turned:L9", "turned:L9: there is no phase 'L9'. Remedy: one of L1, L2, L3."),
        ("exchanged:L1=L1", "that is one meter."),
        ("phase:nobody=L1", "there is no load 'nobody'. Remedy: one of car, pool."),
        ("phase:pool", "there is no phase ''."),
        ("circuit:pool=garage", "there is no circuit 'garage'. Remedy: one of main."),
        ("unit:pool", "pool has no sensor of its own."),
        ("rounding:pool=2", "pool is not a charger"),
        ("rounding:car=0", "'0' is not a number of amps. Remedy: 0.1 to 16."),
        ("deaf:pool", "pool is not a charger"),
        ("late:soon", "'soon' is not a number of seconds. Remedy: 1 to 60."),
        ("lying:car=x", "'x' is not a number"),
    ],
)
def test_a_fault_that_cannot_be_planted_is_reported(fault, said, tmp_path, capsys):
    file = tmp_path / "site_config.py"
    file.write_text(f"CONFIG = {HOUSE!r}\n", encoding="utf-8")
    assert main(["--config", str(file), "--faults", fault]) == 2
    assert said in capsys.readouterr().err


L1, L2 = METERS["L1"], METERS["L2"]


@pytest.mark.parametrize(
    ("faults", "right"),
    [
        (["turned:L1", "exchanged:L1=L2"], f'"L1": "{L2}", "L2": {{"entity": "{L1}", "invert": True}}'),
        (["exchanged:L1=L2", "turned:L1"], f'"L1": "{L2}", "L2": {{"entity": "{L1}", "invert": True}}'),
        (
            ["exchanged:L1=L2", "unit:L1"],
            f'"L1": "{L2}", "L2": {{"entity": "{L1}", "unit": "kW", "unit_is_wrong": True}}',
        ),
        (["turned:L1", "unit:L1"], f'"L1": {{"entity": "{L1}", "unit": "kW", "unit_is_wrong": True, "invert": True}}'),
        (["turned:L1", "turned:L1"], None),
    ],
)
def test_two_faults_of_one_meter_are_one_line(faults, right):
    planted = plant_faults(HOUSE, faults)
    assert planted.expected == ([] if right is None else [f"site.grid: {right}"])
    assert len({str(entry) for entry in planted.real["site"]["grid"].values()}) == 3


def test_what_config_says_of_an_exchanged_meter_goes_with_it():
    grid = {**METERS, "L1": {"entity": L1, "unit": "W", "invert": True}}
    house = {**HOUSE, "site": {"main_fuse_a": 25, "grid": grid}}
    line = f'site.grid: "L1": "{L2}", "L2": {{"entity": "{L1}", "unit": "W", "invert": True}}'
    assert plant_faults(house, ["exchanged:L1=L2"]).expected == [line]
    assert plant_faults(house, ["turned:L1"]).expected == [f'site.grid: "L1": {{"entity": "{L1}", "unit": "W"}}']


def test_a_meter_of_two_entities_is_reported():
    pair = {"import": "sensor.taken", "export": "sensor.given"}
    with pytest.raises(WrongFault, match="two entities"):
        plant_faults({"site": {"main_fuse_a": 25, "grid": {"L1": pair}}, "loads": {}}, ["turned:L1"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"loads": {}}, "no load can be moved now"),
        ({"site": {"main_fuse_a": 25, "grid": METERS, "dry_run": True}}, "dry_run is on"),
        ({"site": {"main_fuse_a": "x", "grid": METERS}}, "site.main_fuse_a: 'x' is not a number"),
        ({"site": {"main_fuse_a": 25, "grid": METERS, "fusee": 1}}, "site.fusee: unknown key"),
    ],
)
def test_what_cannot_be_tested_is_reported(change, said, tmp_path, capsys):
    file = tmp_path / "site_config.py"
    file.write_text(f"CONFIG = { ({**HOUSE, **change})!r}\n", encoding="utf-8")
    assert main(["--config", str(file)]) == 2
    heard = capsys.readouterr()
    assert said in heard.out + heard.err
