"""Orders to the home battery: what is sent when, in which order, how often, and how all of it is undone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox import tuning
from fusebox.balancer.plans.battery_calls import RELEASED, BatteryMode, BatteryRequest
from fusebox.balancer.plans.battery_control import BatteryControl
from fusebox.balancer.plans.plan_file import calls_to_file
from fusebox.model import equipment
from fusebox.model.orders import BatteryCommand, BatteryOrders
from fusebox.model.readings import View

from ..runtime.home import Home

HOLD = BatteryCommand("select.mode", "hold", "auto")
CHARGE = BatteryCommand("select.mode", "charge", "auto", "number.charge_w")
ORDERS = BatteryOrders(hold=HOLD, charge_from_grid=CHARGE)
BATTERY = equipment.Battery(equipment.Source("sensor.soc"), equipment.Source("sensor.battery_power"))
HOLDS = BatteryRequest(BatteryMode.HOLD)


def charges(power_w: float) -> BatteryRequest:
    return BatteryRequest(BatteryMode.CHARGE, power_w)


class Battery(Home):
    """Its entities obey; `power_counts`: whether its number takes a value in the mode that is in force."""

    def __init__(self, power_w: float = 4000.0, power_counts: Callable[[str], bool] = lambda mode: True) -> None:
        super().__init__()
        self.power_counts = power_counts
        self.obeys = True
        self.stored: list[list[object]] = []
        self.stored_blind: list[list[object]] = []
        self.why_not = ""
        self.shows("select.mode", "auto")
        self.shows("number.charge_w", power_w)
        self.control = self.begun()

    def begun(self) -> BatteryControl:
        """The object of another process."""
        control = BatteryControl(self.ports)

        async def store() -> str:
            if not self.why_not:
                self.stored, self.stored_blind = calls_to_file(control.release), calls_to_file(control.blind)
            return self.why_not

        control.loans.persist = store
        return control

    def restarts(self) -> None:
        """The process died, and the next one begins."""
        self.control, release, blind = self.begun(), map(tuple, self.stored), map(tuple, self.stored_blind)
        self.control.restore(release, blind, is_certain=True)  # type: ignore[arg-type]
        asyncio.run(self.control.start(None))

    async def _call(self, domain: str, service: str, blocking: bool = False, **data: object) -> None:
        await super()._call(domain, service, **data)
        entity = str(data["entity_id"])
        if self.obeys and (domain != "number" or self.power_counts(self.mode)):
            self.shows(entity, data.get("option", data.get("value")))

    @property
    def mode(self) -> str:
        return str(self.states["select.mode"])

    @property
    def sent(self) -> list[object]:
        """The values that were sent since the last look at this."""
        values = [data.get("option", data.get("value")) for _, data in self.calls]
        self.calls.clear()
        return values

    def at(self, now_s: float, request: BatteryRequest, orders: BatteryOrders = ORDERS) -> list[object]:
        """One look."""
        asyncio.run(self.control.update_orders([replace(BATTERY, orders=orders)], [request], self.view(now_s)))
        return self.sent


def test_what_ends_an_order_is_stored_before_the_order_is_sent() -> None:
    home = Battery()
    inner, seen = home.ports.call, []

    async def call(domain: str, service: str, **data: object) -> None:
        seen.append(list(home.stored))
        await inner(domain, service, **data)

    object.__setattr__(home.ports, "call", call)
    home.at(0, HOLDS)
    assert seen == [[["select", "select_option", {"entity_id": "select.mode", "option": "auto"}]]]


def test_an_order_whose_end_cannot_be_stored_is_not_sent_and_the_one_before_ends() -> None:
    home = Battery()
    other = BatteryOrders(hold=BatteryCommand("switch.hold", None, None))
    home.shows("switch.hold", "off")
    assert home.at(0, HOLDS) == ["hold"]
    home.why_not = "No space left on device"
    assert home.at(10, HOLDS, other) == ["auto"]
    (problem,) = home.control.problems
    assert problem == "site.battery: the battery gets no orders, as their end cannot be stored: No space left on device"
    assert home.control.orders[0].mode is BatteryMode.NORMAL
    home.why_not = ""
    assert home.at(20, HOLDS, other) == [None]
    assert home.control.problems == ()


def test_an_entity_that_no_order_has_changed_is_left_alone() -> None:
    hold, charge = BatteryCommand("select.hold", "hold", "auto"), BatteryCommand("select.mode", "charge", "auto")
    apart = BatteryOrders(hold=hold, charge_from_grid=charge)
    home = Battery()
    home.shows("select.hold", "auto")
    assert home.at(0, HOLDS, apart) == ["hold"]
    assert home.at(10, BatteryRequest(at_once=True), apart) == ["auto"]
    assert home.at(20, charges(2000), apart) == ["charge"]
    home.shows("select.mode", "auto")  # a display that comes late does not show the charge yet
    assert home.at(30, HOLDS, apart) == ["auto", "hold"]
    home.shows("select.mode", "charge")
    assert home.at(90, BatteryRequest(at_once=True), apart) == ["auto", "auto"]


def test_the_power_is_sent_before_the_mode_and_again_if_only_the_mode_activates_it() -> None:
    assert Battery().at(0, charges(2000)) == [2000, "charge"]
    assert Battery(0.0, lambda mode: mode == "charge").at(0, charges(2000)) == [2000, "charge", 2000]


@pytest.mark.parametrize(("unit", "sent"), [("W", 2345), ("kW", 2.345), ("", 2345), ("A", 2345)])
def test_the_power_is_sent_in_the_unit_of_its_number(unit: str, sent: float) -> None:
    home = Battery()
    home.shows("number.charge_w", 0, unit_of_measurement=unit)
    assert sent in home.at(0, charges(2345))


@pytest.mark.parametrize("dies", [False, True])
def test_the_power_becomes_what_it_was_before_also_after_the_process_died(dies: bool) -> None:
    home = Battery(5000.0)
    home.at(0, charges(2000))
    home.at(900, charges(3000))
    if dies:
        home.restarts()
    else:
        home.at(1000, BatteryRequest(at_once=True))
    assert home.sent or not dies
    assert (home.mode, float(str(home.states["number.charge_w"]))) == ("auto", 5000.0)


def comes_with_the_order(home: Battery, value: float) -> None:
    """The number is there only once the mode has been set."""
    home.shows("number.charge_w", "unavailable")
    inner = home.ports.call

    async def call(domain: str, service: str, **data: object) -> None:
        if domain == "number" and home.states["number.charge_w"] == "unavailable":
            home.calls.append((f"{domain}.{service}", data))
            return
        await inner(domain, service, **data)
        if domain == "select" and home.states["number.charge_w"] == "unavailable":
            home.shows("number.charge_w", value)

    object.__setattr__(home.ports, "call", call)


def test_a_power_near_the_ordered_one_is_given_back_although_that_has_been_displayed_for_long() -> None:
    home = Battery(4000.0)
    for second in range(0, 600, 10):
        home.at(second, charges(3900))
    assert home.at(600, BatteryRequest(at_once=True)) == ["auto", 4000.0]


def test_a_battery_that_is_available_again_is_released_within_ten_seconds() -> None:
    home = Battery()
    assert home.at(0, HOLDS) == ["hold"]
    home.shows("select.mode", "unavailable")
    home.obeys = False
    home.at(100, BatteryRequest(at_once=True))
    assert [now_s for now_s in range(105, 600, 5) if home.at(now_s, RELEASED)] == []
    home.shows("select.mode", "hold")
    home.obeys = True
    assert [now_s - 600 for now_s in range(600, 660, 5) if home.at(now_s, RELEASED)] == [0]


def test_a_power_first_read_during_an_order_is_stored_and_then_written() -> None:
    home = Battery()
    comes_with_the_order(home, 3300.0)
    assert home.at(0, charges(5000)) == ["charge", 5000]
    assert home.stored[-1] == ["number", "set_value", {"entity_id": "number.charge_w", "value": 3300.0}]
    assert home.at(10, BatteryRequest(at_once=True)) == ["auto", 3300.0]
    assert home.control.problems == ()


def test_a_power_read_an_evaluation_later_is_stored_and_then_written() -> None:
    home = Battery()
    home.shows("number.charge_w", "unavailable")
    assert home.at(0, charges(5000)) == ["charge"]
    assert home.at(10, charges(5000)) == []
    assert home.at(20, charges(3000)) == []
    home.shows("number.charge_w", 3300.0)
    assert home.at(30, charges(3000)) == [3000]
    assert home.stored[-1][2] == {"entity_id": "number.charge_w", "value": 3300.0}  # type: ignore[index]
    assert home.at(40, BatteryRequest(at_once=True)) == ["auto", 3300.0]


def test_a_power_is_not_written_and_the_order_ends_if_its_old_value_cannot_be_stored() -> None:
    home = Battery()
    home.shows("number.charge_w", "unavailable")
    assert home.at(0, charges(5000)) == ["charge"]
    home.shows("number.charge_w", 3300.0)
    home.why_not = "No space left on device"
    assert home.at(10, charges(5000)) == ["auto"]
    assert float(home.states["number.charge_w"]) == 3300.0
    assert "No space left on device" in home.control.problems[0]


def test_a_disk_that_fills_up_while_an_order_begins_leaves_the_power_alone() -> None:
    home = Battery()
    comes_with_the_order(home, 3300.0)

    async def twice() -> str:
        why, home.why_not = home.why_not, "No space left on device"
        return why

    home.control.loans.persist = twice
    assert home.at(0, charges(5000)) == ["charge", "auto"]
    assert float(home.states["number.charge_w"]) == 3300.0


def test_a_power_that_never_showed_a_value_is_written_and_reported_until_it_is_set() -> None:
    home = Battery()
    home.shows("number.charge_w", "unknown")
    assert home.at(0, charges(5000)) == ["charge", 5000]
    problem = "site.battery: number.charge_w showed no value before 5000 was written, so set it yourself to what it was"
    assert home.control.problems == (problem,)
    assert home.at(10, BatteryRequest(at_once=True)) == ["auto"]
    assert home.at(20, RELEASED) == []
    assert home.control.problems == (problem,)
    home.at(400, charges(4000))  # 5000 is not its owner's
    assert home.at(410, BatteryRequest(at_once=True)) == ["auto"]
    home.shows("number.charge_w", 3300.0)
    home.at(420, RELEASED)
    assert home.control.problems == ()
    home.at(1000, charges(4000))
    assert home.at(1010, BatteryRequest(at_once=True)) == ["auto", 3300.0]


def test_a_refused_power_that_never_showed_a_value_is_no_problem_after_its_order() -> None:
    home = Battery()
    home.shows("number.charge_w", "unknown")
    home.refuses = {"number.set_value": RuntimeError("refused")}
    home.at(0, charges(5000))
    assert any("refused" in problem for problem in home.control.problems)
    home.at(10, BatteryRequest(at_once=True))
    home.at(20, RELEASED)
    assert not any("refused" in problem for problem in home.control.problems)


@pytest.mark.parametrize("first_w", [None, 5000])
def test_a_restart_does_not_take_a_power_written_blind_for_the_owners(first_w: float | None) -> None:
    home = Battery()
    home.shows("number.charge_w", "unknown")
    for at, power_w in enumerate(filter(None, [first_w, 3000])):
        home.at(900.0 * at, charges(power_w))
    home.restarts()
    assert home.mode == "auto"
    problem = "site.battery: number.charge_w showed no value before 3000 was written, so set it yourself to what it was"
    assert home.control.problems == (problem,)
    home.at(2000, RELEASED)
    home.at(2010, charges(4000))
    home.calls.clear()
    assert home.at(2020, BatteryRequest(at_once=True)) == ["auto"]
    home.shows("number.charge_w", 3300.0)
    home.at(2030, RELEASED)
    assert home.control.problems == ()


def test_a_power_written_blind_does_not_concern_another_number_of_a_new_config() -> None:
    home = Battery()
    home.shows("number.charge_w", "unknown")
    home.at(0, charges(5000))
    home.restarts()
    home.shows("number.other_w", 3300.0)
    other = BatteryOrders(charge_from_grid=BatteryCommand("select.mode", "charge", "auto", "number.other_w"))
    home.at(1000, charges(2000), other)
    assert home.at(1010, BatteryRequest(at_once=True), other) == ["auto", 3300.0]


def test_a_blind_write_that_cannot_be_stored_is_not_sent_and_the_order_ends() -> None:
    home = Battery()
    home.shows("number.charge_w", "unavailable")
    assert home.at(0, charges(5000)) == ["charge"]
    home.shows("number.charge_w", "unknown")
    home.why_not = "No space left on device"
    assert home.at(10, charges(5000)) == ["auto"]
    home.why_not = ""
    assert home.at(400, charges(5000)) == ["charge", 5000]
    home.why_not = "No space left on device"
    assert home.at(1300, charges(3000)) == ["auto"]


def test_the_second_charge_does_not_take_the_power_of_the_first_for_the_owners() -> None:
    home = Battery(5000.0)
    home.at(0, charges(2000))
    home.power_counts = lambda mode: False  # what it was before does not arrive
    home.at(60, BatteryRequest(at_once=True))
    home.at(70, charges(1000))
    home.power_counts = lambda mode: True
    home.at(400, BatteryRequest(at_once=True))
    assert float(str(home.states["number.charge_w"])) == 5000.0


@pytest.mark.parametrize(
    ("at_s", "power_w", "sent"),
    [
        (890, 4000, []),  # a slot has not passed
        (900, 2490, []),  # nor is it much more
        (900, 2500, [2500]),
        (10, 1810, []),
        (10, 1800, [1800]),  # less power cannot wait: a wire may be full
    ],
)
def test_registers_are_spared_and_wires_are_not(at_s: float, power_w: float, sent: list[float]) -> None:
    home = Battery()
    home.at(0, charges(2000))
    assert home.at(at_s, charges(power_w)) == sent


@given(st.lists(st.floats(300, 5000), min_size=90, max_size=90))
def test_no_house_makes_more_than_a_write_for_each_step_down_in_a_slot(powers_w: list[float]) -> None:
    home = Battery()
    home.at(0, charges(5000))
    writes = [home.at(10.0 + 10 * at, charges(power_w)) for at, power_w in enumerate(powers_w)]
    values = [value for sent in writes for value in sent]
    # One raise in a quarter of an hour; between raises the power only falls, in clear steps.
    assert len(values) <= 2 * (5000 - 300) / tuning.CLEARLY_W + 1
    raised = [after for before, after in pairwise(values) if after > before]
    assert len(raised) <= 1


@given(st.lists(st.booleans(), min_size=30, max_size=60))
def test_a_hold_ends_only_when_it_has_been_unneeded_for_a_minute(needed: list[bool]) -> None:
    home, last_s = Battery(), None
    for at, is_needed in enumerate(needed):
        home.at(10.0 * at, HOLDS if is_needed else RELEASED)
        if is_needed:
            last_s = 10.0 * at
        is_held = last_s is not None and 10.0 * at - last_s <= tuning.LASTING_S
        assert home.mode == ("hold" if is_held else "auto")


@pytest.mark.parametrize("request_", [HOLDS, charges(2000)], ids=["hold", "charge"])
def test_a_release_at_once_does_not_wait_and_charging_then_rests(request_: BatteryRequest) -> None:
    home = Battery()
    home.at(0, request_)
    home.at(10, BatteryRequest(at_once=True))
    assert home.mode == "auto"
    assert home.control.orders[0].may_charge(909) is (request_ is HOLDS)
    assert home.control.orders[0].may_charge(910)


def test_a_release_that_failed_is_repeated_although_the_order_is_displayed_late() -> None:
    home = Battery()
    home.obeys = False
    assert home.at(0, HOLDS) == ["hold"]
    home.refuses = {"select.select_option": RuntimeError("too many requests")}
    home.at(10, BatteryRequest(at_once=True))
    home.refuses = {}
    home.at(20, BatteryRequest())
    home.obeys = True
    home.shows("select.mode", "hold")
    for now_s in range(30, 120, 10):
        home.at(now_s, BatteryRequest())
    assert home.mode == "auto"
    home.at(180, BatteryRequest())
    assert home.control.release == ()


def test_a_service_that_works_and_reports_failures_is_called_a_few_times_more() -> None:
    home = Battery()
    inner = home.ports.call

    async def call(domain: str, service: str, **data: object) -> None:
        await inner(domain, service, **data)
        raise TimeoutError("the cloud is slow")

    object.__setattr__(home.ports, "call", call)
    home.at(0, HOLDS)
    home.at(60, BatteryRequest(at_once=True))
    sent = [value for now_s in range(70, 3600, 10) for value in home.at(now_s, BatteryRequest())]
    assert len(sent) <= tuning.UNRESPONSIVE_TIMES
    assert (home.mode, home.control.release, home.control.problems) == ("auto", (), ())


def test_a_service_that_never_answers_does_not_keep_the_battery_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tuning, "IGNORES_S", 0.0)
    home = Battery()

    async def never(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    object.__setattr__(home.ports, "call", never)
    home.at(0, HOLDS)
    assert home.control.problems == ("site.battery: the battery cannot be commanded: select.mode: it does not answer",)


def test_after_the_clock_was_set_back_a_release_does_not_wait_for_an_order_that_was_lost() -> None:
    home = Battery()
    home.obeys = False
    home.at(10_000, HOLDS)
    home.at(10_010, BatteryRequest(at_once=True))
    assert home.control.release
    home.at(0, RELEASED)
    home.at(10, RELEASED)
    assert home.control.release == ()


@pytest.mark.parametrize(("shown", "is_taken_back"), [("eco", False), ("charge", True), ("hold", True)])
def test_a_mode_that_a_user_sets_soon_after_the_release_stays_but_an_order_that_arrives_late_does_not(
    shown: str, is_taken_back: bool
) -> None:
    home = Battery()
    home.at(0, charges(2000))
    home.at(10, HOLDS)
    assert "auto" in home.at(20, BatteryRequest(at_once=True))
    assert home.at(30, RELEASED) == []
    home.shows("select.mode", shown)
    sent = [value for now_s in range(40, 400, 10) for value in home.at(now_s, RELEASED)]
    assert sent == ["auto"] * is_taken_back
    assert home.mode == ("auto" if is_taken_back else "eco") and home.control.release == ()


def test_an_order_of_a_killed_process_that_arrives_late_is_taken_back() -> None:
    home = Battery()
    home.obeys = False
    assert home.at(0, HOLDS) == ["hold"]
    home.restarts()
    assert home.sent == ["auto"]
    home.obeys = True
    assert [value for now_s in (10, 20) for value in home.at(now_s, RELEASED)] == []
    home.shows("select.mode", "hold")
    assert [value for now_s in range(30, 120, 10) for value in home.at(now_s, RELEASED)] == ["auto"]
    home.at(200, RELEASED)
    assert home.control.release == ()


def test_a_battery_is_released_while_nothing_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Battery()
    home.at(0, charges(2000))

    def fails(*_: object) -> None:
        raise RuntimeError("a bug")

    for name in ("raw", "word", "number"):
        monkeypatch.setattr(View, name, fails)
    asyncio.run(home.control.release_without_reading(10))
    assert home.sent == ["auto", 4000.0]
    asyncio.run(home.control.release_without_reading(20))
    assert home.sent == []
