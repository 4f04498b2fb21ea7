"""A Quasar as a load of a site: its guard keeps the allocated interval, whatever the controller requests."""

from __future__ import annotations

from typing import Any

from simhouse.devices.modbus_server import ModbusServer
from simhouse.devices.ports import free_port
from simhouse.devices.quasar import Quasar

from ..devices.quasar.controllers import Controller
from .houses import amps, charger, charging, config, watts
from .test_quasar_guard import LIMIT, METER, POWER_W, Wired, wired

__all__ = ["wired"]


class Site(Wired):
    """25 A on L1, metered as the site's grid and as the guard's total power, whose own limit is out of the way."""

    def second(self, last: bool = True, **states: Any) -> None:
        self.t += 1
        self.quasar.step(self.t)
        flows_a = (self.house_w + self.quasar.power_w) / 230 + self.cars_a
        shown = {"sensor.l1": amps(round(flows_a, 3)), METER: watts(round(flows_a * 230, 1))}
        self.home.report(self.t, {**shown, **self.states, **states}, last=last)

    cars_a = 0.0


def site(house: Any, loads: dict[str, Any] | None = None, **more: Any) -> Site:
    keys = {"total_power_limit": 7400, "adjustment_delay": 2, "cooldown_period": 2}
    return Site(house, site=config(loads=loads, **more), **keys)


def limits(home: Site) -> tuple[float, float]:
    shown = home.shown().attributes
    return shown["low_w"], shown["high_w"]


def asked(home: Site, power_w: int) -> Any:
    """Half a minute later, with a controller that has requested it."""
    home.seconds(30)
    controller = home.controller()
    home.run(controller.take)
    home.run(controller.charge, power_w)
    home.seconds(5)
    return controller


def test_the_fuse_gives_both_ends_of_the_interval(house):
    home = site(house)
    home.house_w = 230 * 5.0
    asked(home, 1500)
    low_w, high_w = limits(home)
    assert low_w == -230 * 25  # no more than its fuse, although the house would take 5 A of it
    assert 1500 <= high_w <= 230 * 20
    assert home.quasar.power_w == 1500
    home.close()


def test_a_cut_goes_out_with_the_reading_that_shows_it(house):
    home = site(house)
    asked(home, 4000)
    home.seconds(30)
    assert home.quasar.power_w == 4000
    home.house_w = 230 * 12.0
    home.second()
    assert home.set_w == 230 * 13
    home.close()


def test_what_flows_out_is_cut_at_the_same_fuse(house):
    home = site(house)
    asked(home, -5000)
    home.seconds(30)
    assert home.quasar.power_w == -5000
    home.house_w = -230 * 10.0
    home.second()
    assert home.set_w == -230 * 15
    assert home.shown("sensor.fusebox_v2g").state == str(-230 * 15)
    home.close()


def test_no_more_flows_out_than_may_be_exported(house):
    home = site(house, export={"max_w": 230})
    home.house_w = 230 * 15.0
    asked(home, -3000)
    assert home.quasar.power_w == -3000
    home.house_w = 230 * 9.0
    home.second()
    assert home.set_w == -2300
    home.close()


def test_import_never_cuts_what_the_car_gives(house):
    home = site(house)
    asked(home, -3000)
    home.seconds(30)
    home.house_w = 230 * 35.0
    home.seconds(20)
    assert home.set_w == -3000
    attributes = home.shown("sensor.fusebox_v2g").attributes
    assert (attributes["status"], attributes["reason"]) == ("charging", "the car is asked to feed power back")
    home.close()


def test_what_the_car_gives_is_given_to_no_other_load(house):
    home = site(house, loads={"car": charger()})
    home.states = charging("car", offer=6, draw=6)
    home.cars_a = 6.0
    home.house_w = 230 * 10.0
    asked(home, -3450)
    home.seconds(60)
    assert home.quasar.power_w == -3450
    offers = [value for _, value in home.home.all_sent("number.car")]
    assert offers
    assert max(offers) <= 15  # 25 A less the house's 10; the 15 A that the Quasar gives are its own
    home.close()


def test_one_that_reverses_gives_at_once_and_takes_in_steps_unnoticed_by_others(house):
    home = site(house, loads={"car": charger(max_a=8)})
    home.states = charging("car", offer=8, draw=8)
    home.cars_a, home.house_w = 8.0, 230 * 2.0
    controller = asked(home, 2990)
    home.seconds(90)
    assert home.quasar.power_w == 2990
    home.home.is_exact = True
    told = len(home.home.all_sent("number.car"))
    home.run(controller.write, POWER_W, -3000)
    home.second()
    assert home.set_w == -3000
    home.seconds(20)
    assert home.set_w == -3000
    home.run(controller.write, POWER_W, 2990)
    home.seconds(2)
    assert home.set_w == 1380
    home.seconds(15)
    assert home.set_w == 2990
    assert len(home.home.all_sent("number.car")) == told
    home.close()


def test_it_shares_the_fuse_with_another_charger_by_priority(house):
    home = site(house, loads={"car": charger(priority=1)})
    home.states = charging("car", offer=16, draw=16)
    home.cars_a = 16.0
    home.house_w = 230.0
    asked(home, 4000)
    home.seconds(60)
    assert 0 <= home.quasar.power_w <= 230 * 9
    assert home.quasar.power_w >= 1380
    home.house_w += 230 * 4
    home.second()
    assert home.cars_a * 230 + home.house_w + home.set_w <= 25 * 230 + 1
    home.close()


def test_blind_meters_leave_nothing_to_it(house):
    home = site(house)
    asked(home, 3000)
    home.seconds(20)
    assert home.quasar.power_w == 3000
    for left in reversed(range(61)):
        home.second(last=left == 0, **{"sensor.l1": "unavailable"})
    assert home.set_w == 0
    home.close()


def test_mode_off_lets_nothing_flow_either_way(house):
    home = site(house)
    asked(home, -3000)
    home.seconds(20)
    answer = home.home.call("fusebox_set_mode", load="v2g", mode="off")
    assert "error" not in answer
    home.seconds(2)
    assert home.set_w == 0
    home.close()


def test_its_entity_has_the_signed_limit_in_watts(house):
    home = site(house)
    home.seconds(60)
    shown = home.shown("sensor.fusebox_v2g")
    assert shown.attributes["unit_of_measurement"] == "W"
    assert float(shown.state) == float(home.shown(LIMIT).state) > 4000
    assert shown.attributes["status"] in ("waiting", "charging")
    home.close()


def test_saving_config_brings_the_controllers_power_back(house):
    home = site(house)
    asked(home, 3000)
    home.seconds(20)
    home.written["site"]["margin_a"] = 1
    home.home.save(home.written)
    home.seconds(25)
    assert home.quasar.power_w == 3000
    home.close()


def test_a_quasar_without_its_guard_is_part_of_the_house(house):
    home = site(house, loads={"car": charger()})
    home.written["loads"]["v2g"]["guard"]["enabled"] = False
    home.home.save(home.written)
    home.states = charging("car", offer=6, draw=6)
    home.seconds(60)
    shown = home.shown("sensor.fusebox_v2g").attributes
    assert shown["status"] == "waiting"
    assert "left alone" in shown["reason"]
    assert home.shown("sensor.fusebox_site").state != "fault"
    home.close()


def test_the_fuse_is_protected_next_to_a_quasar_that_was_never_reached(house):
    quasar = {"type": "quasar", "phases": ["L1"], "guard": {
        "enabled": True, "quasar_host": "127.0.0.1", "quasar_port": free_port(), "listen_port": free_port(),
        "total_power_entity_id": METER, "total_power_limit": 5750,
    }}  # fmt: skip
    home = house(config(loads={"car": charger(), "v2g": quasar}), noisy=True)
    for second in range(30):
        home.report(second, {"sensor.l1": amps(20), METER: watts(4600), **charging()})
    home.line(30, {"sensor.l1": amps(30), METER: watts(6900), **charging()})
    assert home.sent("number.car") == [11]


class TwoQuasars(Site):
    """A second Quasar, `first` by priority, on the same phase; `flows_a` are the currents of all seconds."""

    def __init__(self, house: Any) -> None:
        self.first, self.first_port, charger_port = Quasar(delay_s=(0, 0), ramp_w_s=1e6), free_port(), free_port()
        keys = {"total_power_limit": 7400, "adjustment_delay": 2, "cooldown_period": 2, "max_charge_power": 7400}
        at = {"quasar_host": "127.0.0.1", "quasar_port": charger_port, "listen_port": self.first_port}
        guard = {"enabled": True, "total_power_entity_id": METER, **keys, **at}
        loads = {"first": {"type": "quasar", "phases": ["L1"], "guard": guard}}
        super().__init__(house, site=config(loads=loads), **keys)
        self.first_server = ModbusServer(self.first, charger_port)
        self.run(self.first_server.start)
        self.flows_a: list[float] = []

    def second(self, last: bool = True, **states: Any) -> None:
        self.first.step(self.t + 1)
        self.cars_a = self.first.power_w / 230
        super().second(last, **states)
        self.flows_a.append((self.house_w + self.quasar.power_w) / 230 + self.cars_a)


def test_of_two_quasars_only_the_later_stops_when_one_has_to(house):
    home = TwoQuasars(house)
    home.house_w = 230 * 5.0
    asked(home, 7000)
    controller = home.run(Controller.to, home.first_port)
    home.run(controller.take)
    home.run(controller.charge, 7000)
    home.seconds(120)
    assert home.first.power_w >= 1380
    assert home.quasar.power_w >= 1380
    home.house_w, home.flows_a = 230 * 18.0, []
    least_w = []
    for left in reversed(range(420)):
        home.second(last=left == 0)
        least_w.append(home.first.power_w)
    assert min(least_w) >= 1380
    assert home.quasar.power_w == 0
    assert max(home.flows_a[5:]) <= 25
    home.run(home.first_server.stop)
    home.close()


def test_one_out_of_reach_leaves_the_other_no_discharge_behind_a_fuse_without_a_meter(house):
    home = TwoQuasars(house)
    home.written["site"].update(main_fuse_a=63, circuits={"garage": {"fuse_a": 20}})
    for load in home.written["loads"].values():
        load["circuit"] = "garage"
    home.home.save(home.written)
    home.seconds(30)
    controller = home.run(Controller.to, home.first_port)
    home.run(controller.take)
    home.run(controller.charge, -3000)
    asked(home, -6000)
    assert home.first.power_w == -3000
    assert -1600 <= home.quasar.power_w <= -1000
    home.run(home.first_server.stop)
    garage_a = []
    for left in reversed(range(120)):
        home.second(last=left == 0)
        garage_a.append(-(home.first.power_w + home.quasar.power_w) / 230)
    assert max(garage_a) <= 20
    assert home.quasar.power_w == 0
    home.close()


def test_of_two_that_discharge_only_the_later_stops_when_one_has_to(house):
    home = TwoQuasars(house)
    home.house_w = 0
    asked(home, -2700)
    controller = home.run(Controller.to, home.first_port)
    home.run(controller.take)
    home.run(controller.charge, -2700)
    home.seconds(30)
    assert (home.first.power_w, home.quasar.power_w) == (-2700, -2700)
    home.house_w, home.flows_a = -230 * 8.0, []
    home.seconds(240)
    assert (home.first.power_w, home.quasar.power_w) == (-2700, 0)
    assert min(home.flows_a[1:]) >= -25
    home.run(home.first_server.stop)
    home.close()


def reasons(home: Site) -> tuple[str, str]:
    """The reasons of the load and of the guard's limit."""
    load, limit = (home.shown(entity).attributes["reason"] for entity in ("sensor.fusebox_v2g", LIMIT))
    return load, limit


def test_a_car_that_leaves_is_the_reason_and_the_next_one_does_not_wait_for_a_pause(house):
    home = site(house)
    asked(home, 3000)
    home.seconds(30)
    assert home.quasar.power_w == 3000
    left_s = home.t
    home.quasar.visits = ((0.0, left_s), (left_s + 40, float("inf")))
    home.seconds(10)
    assert reasons(home) == ("no car is connected", "may charge with 0 W and discharge with 5750 W")
    home.seconds(80)
    assert home.set_w == 3000
    home.close()


def test_late_readings_of_the_site_are_the_reason_and_not_a_lack_of_power(house):
    home = site(house)
    asked(home, 3000)
    home.seconds(30)
    home.states = {"sensor.l1": "unavailable"}
    home.seconds(90)
    assert home.quasar.power_w == 0
    load, limit = reasons(home)
    assert load == "in fail-safe until a silent or stuck meter reports again: main L1 (sensor.l1)"
    assert limit == "may charge with 0 W and discharge with 0 W"
    home.close()


def test_the_end_of_a_dry_run_is_no_limit_set_by_hand(house):
    """The guard's limit, which passed everything on, moves down to the share and is raised again in steps."""
    home = site(house, dry_run="input_boolean.dry")
    home.house_w = 230 * 2.0
    home.states["input_boolean.dry"] = "on"
    home.seconds(60)
    home.states["input_boolean.dry"] = "off"
    asked(home, 3600)
    home.seconds(60)
    assert home.quasar.power_w == 3600
    assert "by hand" not in home.home.shown("v2g")["reason"]
    home.close()
