"""The shipped script guards a Quasar: V2G-Liberty's keys, entities and service, in the host, on real sockets."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from simhouse.devices.modbus_server import ModbusServer
from simhouse.devices.ports import free_port
from simhouse.devices.quasar import OWNER, POWER_W, Quasar, signed

from ..devices.quasar.controllers import ACTION, IDLE_S, Controller, Refused
from .houses import BRIEF_S, House, config, watts

LIMIT = "sensor.quasar_loadbalancer_limit"
NO_TOTAL_POWER = "input_boolean.quasar_loadbalancer_no_total_power"
METER = "sensor.net_power"


class Wired:
    """A house with a simulated Quasar behind the guard; the meter shows house and charger."""

    def __init__(
        self, house: Callable[..., House], *, site: dict[str, Any] | None = None, noisy: bool = False, **guard: Any
    ) -> None:
        self.quasar = Quasar(delay_s=(0, 0), ramp_w_s=1e6)
        self.port, quasar_port = free_port(), free_port()
        keys = {
            "enabled": True,
            "quasar_host": "127.0.0.1",
            "quasar_port": quasar_port,
            "listen_port": self.port,
            "total_power_entity_id": METER,
            "max_charge_power": 7400,
        }
        load = {"type": "quasar", "phases": ["L1"], "guard": {**keys, **guard}}
        self.written: dict[str, Any] = {**(site or {}), "loads": {**(site or {}).get("loads", {}), "v2g": load}}
        self.home = house(self.written, noisy=noisy)
        self.server = ModbusServer(self.quasar, quasar_port)
        self.home.session.run(self.server.start)
        self.house_w = 1000.0
        self.t = -1
        self.states: dict[str, Any] = {}

    def second(self, last: bool = True, **states: Any) -> None:
        """The charger moves, and Home Assistant hears of it; unless it is the `last`, later where nothing changes."""
        self.t += 1
        self.quasar.step(self.t)
        shown = {METER: watts(self.house_w + self.quasar.power_w), **self.states, **states}
        self.home.report(self.t, shown, last=last)

    def seconds(self, count: int) -> None:
        self.home.is_brief = count < BRIEF_S
        for left in reversed(range(count)):
            self.second(last=left == 0)

    def run(self, function: Callable[..., Any], *values: Any) -> Any:
        """In the loop of the host."""
        return self.home.session.run(function, *values)

    def controller(self) -> Controller:
        return self.run(Controller.to, self.port)

    def charging(self, power_w: int = 3000) -> Controller:
        """After some seconds a car at that power."""
        self.second()
        controller = self.controller()
        self.run(controller.take)
        self.run(controller.charge, power_w)
        self.seconds(4)
        assert self.quasar.power_w == power_w
        return controller

    @property
    def set_w(self) -> int:
        return signed(self.quasar.registers[POWER_W])

    def shown(self, entity: str = LIMIT) -> Any:
        return self.home.session.host.world.states.get(entity)

    def close(self) -> None:
        self.run(self.server.stop)


@pytest.fixture
def wired(house) -> Iterator[Callable[..., Wired]]:
    made = []

    def begin(**keys: Any) -> Wired:
        made.append(Wired(house, **keys))
        return made[-1]

    yield begin
    for each in made:
        each.close()


def test_alone_it_keeps_total_power_limit_with_the_reading_that_breaks_it(wired):
    home = wired()
    home.charging(4000)
    home.house_w = 3000.0
    home.second()
    assert home.set_w == 2750
    assert home.shown().state == "2750"


def test_the_requested_power_returns_after_the_delay_and_the_cooldown(wired):
    home = wired(adjustment_delay=4, cooldown_period=6)
    home.charging(4000)
    home.house_w = 3000.0
    home.seconds(2)
    home.house_w = 1000.0
    raised_after_s = 0
    while home.set_w != 4000 and raised_after_s < 60:
        home.second()
        raised_after_s += 1
    assert 9 <= raised_after_s <= 12


def test_the_limit_is_signed_and_covers_both_directions(wired):
    home = wired(max_charge_power=3680)
    controller = home.charging(-3000)
    assert home.shown().state == "-3680"
    assert (home.shown().attributes["low_w"], home.shown().attributes["high_w"]) == (-3680, 3680)
    home.run(controller.write, POWER_W, 2000)
    home.second()
    assert home.shown().state == "3680"


def test_alone_it_has_the_status_of_a_load(wired):
    home = wired()
    home.charging(3000)
    shown = home.shown("sensor.fusebox_v2g")
    assert shown.state == home.shown().state
    assert shown.attributes["binding"] == shown.attributes["limited_by"] == "total_power_limit"
    assert shown.attributes["unit_of_measurement"] == "W"
    assert shown.attributes["status"] == "charging"
    assert shown.attributes["setpoint_a"] == round(3000 / 230, 1)
    assert "may charge with" in shown.attributes["reason"]


def test_a_guard_that_is_not_enabled_shows_unknown_and_does_not_listen(wired):
    home = wired(enabled=False)
    home.second()
    assert home.shown().state == "unknown"
    with pytest.raises(OSError):
        home.controller()


def test_it_is_switched_on_and_off_by_an_entity(wired):
    home = wired(enabled="input_boolean.guard")
    home.states["input_boolean.guard"] = "off"
    home.second()
    assert home.shown().state == "unknown"
    home.states["input_boolean.guard"] = "on"
    home.second()
    home.charging(3000)
    home.states["input_boolean.guard"] = "off"
    home.second()
    assert home.set_w == 0
    assert home.shown().state == "unknown"
    home.states["input_boolean.guard"] = "on"
    home.seconds(5)
    assert home.shown().state != "unknown"
    assert home.set_w == 0  # an earlier request may be hours old


def test_without_total_power_everything_stops_within_a_minute_as_the_helper_shows(wired):
    home = wired()
    home.states[NO_TOTAL_POWER] = "off"
    home.charging(3000)
    assert [call for call in home.home.calls if NO_TOTAL_POWER in str(call)] == []
    for _ in range(60):
        home.second(**{METER: "unavailable"})
    assert home.set_w == 0
    for _ in range(20):
        home.second(**{METER: "unavailable"})
    assert home.shown().attributes["reason"] == f"no power may flow: {METER} does not report"
    told = [call for call in home.home.calls if NO_TOTAL_POWER in str(call)]
    assert [service for _, service, _ in told] == ["input_boolean.turn_on"]
    home.states[NO_TOTAL_POWER] = "on"
    home.seconds(40)
    assert home.set_w == 3000
    assert home.home.calls[-1][1] == "input_boolean.turn_off"


def test_a_helper_that_cannot_be_switched_is_reported_and_the_guard_runs_on(wired, caplog):
    home = wired(noisy=True)
    home.states[NO_TOTAL_POWER] = "off"
    home.charging(3000)
    home.home.line(home.home.t, respond=[{"service": "input_boolean.turn_on", "error": "no such helper"}])
    for _ in range(60):
        home.second(**{METER: "unavailable"})
    said = [text for text in caplog.messages if NO_TOTAL_POWER in text]
    assert said == [f"{NO_TOTAL_POWER} could not be switched: no such helper"]
    assert home.set_w == 0


def test_a_bug_leaves_it_stopped_until_it_is_over_and_is_reported(wired):
    home = wired(noisy=True)
    home.charging(4000)
    controller = vars(sys.modules["_fusebox_store"])["quasar_guards"].controllers["v2g"]
    look = controller._read_charger

    async def broken(now_s: float, fresh: bool) -> None:
        raise ZeroDivisionError("of all things")

    controller._read_charger = broken
    home.second()
    assert home.set_w == 0
    assert (home.shown().state, home.shown("sensor.fusebox_v2g").attributes["status"]) == ("0", "blind")
    assert "ZeroDivisionError of all things (devices/quasar/controller.py, line" in home.shown().attributes["reason"]
    home.run(home.controller().write, POWER_W, 5000)
    assert home.set_w == 0
    controller._read_charger = look
    home.seconds(60)
    assert home.set_w > 0
    assert "failed" not in home.shown().attributes["reason"]


def test_saving_config_preserves_the_controllers_request(wired):
    home = wired()
    home.charging(3000)
    home.written["loads"]["v2g"]["guard"]["total_power_limit"] = 4000
    home.home.save(home.written)
    home.seconds(3)
    assert home.set_w == 3000
    home.house_w = 2000.0
    home.second()
    assert home.set_w == 2000


def test_the_end_of_home_assistant_leaves_the_charger_at_rest(wired):
    home = wired()
    home.charging(3000)
    home.run(home.home.session.host._run_stop_callbacks)
    assert home.set_w == 0
    with pytest.raises(OSError):
        home.controller()


def test_a_killed_home_assistant_leaves_a_charger_that_idles_by_itself(wired):
    home = wired()
    home.charging(3000)
    assert home.quasar.registers[IDLE_S] == 60


def test_release_gives_it_back_to_its_own_app(wired):
    home = wired()
    controller = home.charging(3000)
    answer = home.home.call("fusebox_quasar_release", load="v2g")
    assert answer == {"service": "pyscript.fusebox_quasar_release", "response": {"load": "v2g", "released": True}}
    assert home.quasar.registers[OWNER] == 0
    home.seconds(20)
    assert home.set_w == 0
    home.run(controller.take)
    home.run(controller.charge, 2000)
    home.seconds(3)
    assert home.quasar.power_w == 2000


@pytest.mark.parametrize(
    "fields, why",
    [
        ({"load": "car"}, "there is no Quasar 'car'; loads of type quasar: v2g"),
        ({"load": 3}, "there is no Quasar 3"),
        ({"load": "v2g", "now": True}, "there is no such field"),
    ],
)
def test_a_release_that_makes_no_sense_fails_with_a_sentence(wired, fields, why):
    home = wired()
    home.second()
    assert why in home.home.call("fusebox_quasar_release", **fields)["error"]


def test_an_unreachable_charger_is_reported_and_nothing_hangs(wired):
    home = wired()
    home.run(home.server.stop)
    home.seconds(3)
    controller = home.controller()
    with pytest.raises(Refused) as told:
        home.run(controller.read, 526)
    assert told.value.code == 0x0B
    assert "cannot be reached" in home.shown().attributes["reason"]
    assert "does not answer" in home.home.call("fusebox_quasar_release", load="v2g")["error"]


def test_a_port_that_is_taken_is_reported_and_tried_again(house):
    with socket.create_server(("127.0.0.1", 0)) as other:
        guard = {
            "enabled": True,
            "quasar_host": "127.0.0.1",
            "quasar_port": free_port(),
            "total_power_entity_id": METER,
        }
        guard["listen_port"] = other.getsockname()[1]
        home = house({"loads": {"v2g": {"type": "quasar", "guard": guard}}}, noisy=True)
        home.line(0, {METER: watts(1000)})
        shown = home.session.host.world.states.get(LIMIT)
        assert shown.state == "unknown"
        assert "choose another listen_port" in shown.attributes["reason"]
    home.line(20, {METER: watts(1000)})
    assert home.state(LIMIT) != "unknown"


def test_dry_run_lets_everything_pass_and_reports_what_would_happen(wired):
    site = config(dry_run=True)
    home = wired(site={**site, "loads": {}})
    home.states["sensor.l1"] = watts(0)
    controller = home.charging(7000)
    home.house_w = 9000.0
    home.seconds(5)
    assert home.set_w == 7000
    assert "dry run" in home.shown().attributes["reason"]
    home.run(controller.write, ACTION, 2)
    home.second()
    assert home.quasar.power_w == 0


def test_a_dry_run_writes_nothing_to_a_charger_that_runs(wired):
    home = wired(site={**config(dry_run=True), "loads": {}})
    home.quasar.write(OWNER, 1)
    home.quasar.write(POWER_W, 3000)
    home.quasar.writes.clear()
    home.states["sensor.l1"] = watts(0)
    home.seconds(15)
    assert home.quasar.writes == []


def test_a_charger_that_answers_nothing_does_not_keep_the_house_waiting(wired):
    home = wired()
    home.charging(3000)
    home.server.faults.silent = True
    home.seconds(30)
    assert "cannot be reached" in home.shown().attributes["reason"]
    home.server.faults.silent = False
    deadline = time.monotonic() + 20
    while "cannot be reached" in home.shown().attributes["reason"] and time.monotonic() < deadline:
        time.sleep(0.2)
        home.second()
    # The power meanwhile was unknown, so the meter's whole reading counted as house load: it rises again.
    assert home.set_w == 5750 - 4000
    home.seconds(30)
    assert home.set_w == 3000


def test_two_controllers_are_served_side_by_side(wired):
    home = wired()
    home.second()
    first, second = home.controller(), home.controller()

    async def both() -> list[Any]:
        return await asyncio.gather(*(each.read(place) for each, place in ((first, 1), (second, 514))))

    assert home.run(both) == [[3400], [7400]]
