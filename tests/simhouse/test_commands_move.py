"""Whatever CONFIG may name, a command of the scripts moves its simulated device: every preset, type and option."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

import pytest

from fusebox.balancer.plans.battery_calls import BatteryMode, BatteryRequest, normal_values, order_values
from fusebox.balancer.plans.loan import set_call
from fusebox.config.load_schemas import LOADS
from fusebox.config.presets import PRESETS, Preset
from fusebox.config.read_config import read_config
from fusebox.devices import DRIVERS
from fusebox.devices.driver import Aim, Contact, ServiceCall
from fusebox.model.appliance_memory import ApplianceNeed, SwitchedMemory
from fusebox.model.decision import Command
from fusebox.model.electrics import Phase
from fusebox.model.readings import View
from fusebox.model.snapshot import Status
from simhouse.house.build import build_house
from simhouse.house.plan import EXAMPLES
from simhouse.house.simulated import SIMULATED
from simhouse.physics.battery import Orders

from ..runtime.home import Home
from .houses import AT_ONCE, START, house

UNREPORTED = "the simulated house reports no such entities: its class in simhouse/devices/ has to (or house/build.py)"
UNMOVED = (
    "the calls did not move the simulated device as commanded: compare its class in simhouse/devices/ with the driver"
)
GRID = {phase: f"sensor.net_{phase.lower()}" for phase in ("L1", "L2", "L3")}
POWER_W = {"power_w": "number.battery_power"}
HOLDS = (
    {"switch": "switch.hold"},
    {"select": "select.mode", "hold": "hold", "normal": "auto"},
    {"number": "number.max_discharge", "hold": 0, "normal": 5000},
)
CHARGES = (
    {"switch": "switch.force"},
    {"switch": "switch.force", **POWER_W},
    {"select": "select.mode", "charge": "force", "normal": "auto", **POWER_W},
    {"number": "number.grid_charge_w", "normal": 0},
    {"number": "number.mode", "charge": 3.0, "normal": 0, **POWER_W},
)


def chosen(row: Preset) -> Iterator[dict[str, object]]:
    """CONFIGs of a charger of this make: once for each set of names, with its phase switch where it has one."""
    for names in row.names:
        load = {"type": "number", "preset": row.name, "current": names["current"].replace("{p}", "wall"), "max_a": 16}
        if row.needs_charger:
            load["charger"] = "EH123456"
        yield load | ({"switch_phases": True} if row.phases else {})


class Lived:
    """A house with one load, and the scripts' own driver."""

    def __init__(self, load: dict[str, object], **site: object) -> None:
        config = {"site": {"main_fuse_a": 25, "grid": GRID} | site, "loads": {"car": load}}
        self.config = read_config(config).config
        self.house = house(GRID, {"car": load}, site=site, cars={"car": replace(AT_ONCE, phases=3)})
        self.load, self.t_s = self.config.site().loads[0], 0
        self.second(20)

    def second(self, times: int = 1) -> None:
        """Time passes."""
        for _ in range(times):
            self.house.step(self.t_s)
            self.t_s += 1

    def command(self, **what: object) -> None:
        """The scripts send this, and a minute passes: a cloud takes its time."""
        self.send(DRIVERS[self.load.type].calls(self.load, Command("car", **what)))

    def send(self, calls: Sequence[ServiceCall]) -> None:
        """These calls, and a minute."""
        assert calls, "the driver makes no calls for this command"
        made = [{"service": f"{each.domain}.{each.service}", "data": dict(each.data)} for each in calls]
        self.house.apply(made, self.t_s)
        assert self.house.unheard == {}, "no simulated device takes these calls: its class in simhouse/devices/ has to"
        self.second(60)

    def read(self):
        """What the scripts read of it."""
        return DRIVERS[self.load.type].read(self.load, self.view(), 230.0)

    def view(self) -> View:
        """Home Assistant's states as the scripts get them."""
        home = Home()
        for entity, state in self.house.states.items():
            home.shows(entity, state["state"], **state["attributes"])
        return home.view()

    def missing(self) -> list[str]:
        """Entities of CONFIG that nothing in the house reports."""
        return [
            entity
            for entity in (*self.config.named.values(), *self.config.live.values())
            if entity not in self.house.states
        ]


@pytest.mark.parametrize(
    "load", [each for row in PRESETS.values() for each in chosen(row)], ids=lambda load: load["current"]
)
def test_every_preset_steers_its_simulated_charger(load):
    lived = Lived(load)
    box, row = lived.house.chargers["car"], PRESETS[load["preset"]]
    assert (lived.missing(), lived.read().missing) == ([], ""), UNREPORTED
    lived.command(current_a=8.0, on=True)
    displayed_a = None if row.current_hidden_in or row.current_unread else 8
    assert (box.offered_a, lived.read().offer_a) == (8, displayed_a), UNMOVED
    assert lived.read().status is not Status.UNPLUGGED, "its simulated car is plugged in: read its status words"
    assert box.draw_a()["L1"] > 5, UNMOVED
    assert lived.read().draw_a[Phase.L1] == pytest.approx(box.draw_a()["L1"], abs=0.1), "the driver reads another draw"
    lived.command(**({"current_a": 0.0} if lived.read().on is None and not lived.read().switched else {"on": False}))
    assert box.offered_a == 0 and lived.read().on in (False, None), UNMOVED
    lived.command(current_a=6.0, on=True)
    assert box.offered_a == 6, UNMOVED
    if row.phases:
        for lines in (1, 3):
            lived.command(phase_count=lines)
            assert (box.contactor.lines, lived.read().phase_setting) == (lines, lines), UNMOVED


@pytest.mark.parametrize(
    ("phase_switch", "lines"),
    [
        ({"select": "select.psm", "one": "1", "three": "2"}, 1),
        ({"switch": "switch.single", "one": "on", "three": "off"}, 1),
        ({"number": "number.phases", "one": 1, "three": 3}, 1),
    ],
    ids=("select", "switch", "number"),
)
def test_every_kind_of_phase_switch_moves_the_contactor(phase_switch, lines):
    load = {"type": "number", "current": "number.wall", "draw": "sensor.wall", "switch_phases": True}
    lived = Lived(load | {"phase_switch": phase_switch})
    assert lived.missing() == [], UNREPORTED
    lived.command(phase_count=lines)
    assert lived.house.chargers["car"].contactor.lines == lines, UNMOVED


@pytest.mark.parametrize(
    "draw",
    [
        "sensor.wall_power",
        {"entity": "sensor.wall", "unit": "kW"},
        {"entity": "sensor.wall_current", "invert": True},
        {"L1": "sensor.wall_1", "L2": {"entity": "sensor.wall_2", "unit": "mA"}, "L3": "sensor.wall_3_current"},
    ],
    ids=("entity", "unit", "inverted", "by phase"),
)
def test_however_a_draw_is_named_it_is_reported(draw):
    lived = Lived({"type": "number", "current": "number.wall", "draw": draw})
    lived.command(current_a=9.0)
    drawn_a = lived.house.chargers["car"].draw_a()["L1"]
    assert lived.missing() == [], UNREPORTED
    assert drawn_a > 6, UNMOVED
    assert lived.read().draw_a[Phase.L1] == pytest.approx(drawn_a, abs=0.1), "the driver reads another draw"


@pytest.mark.parametrize("domain", ["switch", "climate", "water_heater", "light", "input_boolean"])
def test_every_kind_of_switch_moves_a_tank(domain):
    switch, has_thermostat = f"{domain}.tank", domain in ("climate", "water_heater")
    thermometer = switch if has_thermostat else "sensor.tank"
    lived = Lived({"type": "tank", "switch": switch, "temperature": thermometer, "power": "sensor.tank_power"})
    tank, session = lived.house.plugs["car"], DRIVERS["tank"].session
    assert lived.missing() == [], UNREPORTED
    for on in (True, False, True):
        need = SwitchedMemory(need=ApplianceNeed("boost", wants=on, reason="", target_c=60.0))
        aim = Aim(10.0 if on else 0.0, Command("car", on=on), switched=need)
        contact = Contact(lived.load, lived.view(), lived.read(), 230.0)
        lived.send(session.act(contact, session.new_memory(), aim)[0])
        assert (tank.draws, lived.read().on) == (on, on), UNMOVED
        assert lived.read().temperature_c < 60, "the simulated tank got hot within minutes"
    assert (tank.target_c == 60) is has_thermostat, UNMOVED


@pytest.mark.parametrize("switch", ["switch.pool", "light.pool", "fan.pool", "humidifier.pool", "input_boolean.pool"])
def test_every_kind_of_switch_moves_a_plug(switch):
    lived = Lived({"type": "plug", "switch": switch})
    for on in (True, False):
        lived.command(on=on)
        assert (lived.house.plugs["car"].on, lived.read().on) == (on, on), UNMOVED


@pytest.mark.parametrize("hold", HOLDS, ids=lambda order: next(iter(order)))
@pytest.mark.parametrize("charge", CHARGES, ids=lambda order: "+".join(order))
def test_every_battery_order_moves_the_battery(hold, charge):
    battery = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "hold": hold, "charge_from_grid": charge}
    lived = Lived({"type": "plug", "switch": "switch.pool"}, battery=battery)
    orders, roof = lived.config.site().batteries[0].orders, lived.house.roof
    assert lived.missing() == [], UNREPORTED
    fast_w = 2500.0 if "power_w" in charge or (charge.get("number") and "charge" not in charge) else inf
    expected = {
        BatteryMode.HOLD: Orders(hold=True),
        BatteryMode.NORMAL: Orders(),
        BatteryMode.CHARGE: Orders(charge_w=fast_w),
    }
    for told in (BatteryMode.HOLD, BatteryMode.CHARGE, BatteryMode.NORMAL, BatteryMode.CHARGE, BatteryMode.HOLD):
        values = [*normal_values(orders).items(), *order_values(orders, BatteryRequest(told, 2500.0)).items()]
        lived.send([set_call(*each) for each in values])
        assert roof.orders.present_orders == expected[told], f"{told}: {UNMOVED}"


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.py")), ids=lambda file: file.stem)
def test_every_entity_of_an_example_is_reported(example):
    config = ast.literal_eval(example.read_text(encoding="utf-8").partition("CONFIG = ")[2])
    if "site" not in config or any(load["type"] == "ocpp" for load in config.get("loads", {}).values()):
        pytest.skip("it has no meter, or charge points that report over their own sockets")
    lived = build_house(config, start=START, length_s=60)
    for t_s in range(30):
        lived.step(t_s)
    lived.report_absent_as_unknown()
    # The simulated house does not play entities of a car's own integration, nor tags.
    assert [path for path in lived.absent if not path.startswith("vehicles.") and not path.endswith(".tag")] == [], (
        UNREPORTED
    )


LIVED_IN = {
    "site": {
        "main_fuse_a": "number.fuse",
        "voltage_v": "sensor.volts",
        "max_import_w": "sensor.contract",
        "dry_run": "switch.dry",
        "grid": {"L1": "sensor.net", "L2": {"import": "sensor.in_2", "export": "sensor.out_2"}},
        "solar_w": {"entity": "sensor.sun", "unit": "kW"},
        "inverter": {"output": {"L1": "sensor.out_1"}},
        "battery": {"soc_pct": {"entity": "sensor.soc"}, "charge_w": "sensor.battery", "reserve_w": "sensor.reserve"},
    },
    "loads": {
        "car": {
            "type": "number",
            "current": "input_number.car",
            "max_a": "number.most",
            "mode": "input_text.mode",
            "soc_pct": "sensor.car_soc",
            "capacity_kwh": "sensor.capacity",
            "energy": "sensor.car_energy",
            "plan": {"ready_by": "input_datetime.leave", "soc_target_pct": "input_number.target"},
        },
        "rooms": {"type": "radiators", "phases": ["L1"]},
    },
    "radiators": {
        "away": "binary_sensor.away",
        "power_saving": "input_number.level",
        "radiators": [
            {"virtual": "climate.living", "actual": "switch.living", "setpoint": "climate.living"},
            {
                "virtual": "input_boolean.bath",
                "actual": "switch.bath",
                "temperature": "sensor.bath",
                "setpoint": "sensor.set",
            },
        ],
    },
    "tariff": {"kind": "enwg14a", "dim": "binary_sensor.dim", "target_kw": "sensor.target"},
    "prices": {"import": "sensor.price", "export": "sensor.earns"},
}


def test_every_kind_of_setting_and_reading_is_reported_with_a_value():
    assert read_config(LIVED_IN).errors == ()
    lived = build_house(LIVED_IN, start=START, length_s=60)
    for t_s in range(30):
        lived.step(t_s)
    lived.report_absent_as_unknown()
    checked = read_config(LIVED_IN).config
    named = {*checked.live.values(), *checked.named.values()}
    unknown = {entity for entity in named if lived.states.get(entity, {"state": None})["state"] in (None, "unknown")}
    # A key without a default in CONFIG is not sent.
    assert lived.absent == {}, UNREPORTED
    assert unknown == {"sensor.contract", "sensor.reserve", "sensor.capacity"}, "of these the house reports no value"


def test_every_type_of_load_but_a_rooms_thermostat_is_simulated():
    simulated = {*SIMULATED, "thermostat"}
    assert set(LOADS) - simulated == set(), "give these types a simulated device: the last step of docs/add_a_driver.md"
    assert simulated - set(LOADS) == set(), "these types are no longer in LOADS: remove their simulated devices"
