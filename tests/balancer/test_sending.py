"""Service calls: each in a task of its own that does not wait for its turn."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace

import pytest

from fusebox.balancer.device_sessions import DeviceSessions, Sender
from fusebox.devices.driver import Calls, ServiceCall, set_value_or_option_call, switch_call
from fusebox.devices.links import Links
from fusebox.model.load_memory import CommandMemory, LoadMemory
from fusebox.runtime.tasks import Tasks

from ..control.houses import car, plug
from ..runtime.home import Home


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python begins tasks at once since 3.12")
def test_a_call_goes_out_before_everything_else_that_waits():
    order = []

    async def call() -> None:
        order.append("call")

    async def decide() -> None:
        asyncio.get_running_loop().call_soon(order.append, "others")
        task = Tasks().spawn(call())
        order.append("decided")
        await task

    asyncio.run(decide())
    assert order[:2] == ["call", "decided"]


class Sent:
    """Sends calls for one load, of which some fail."""

    def __init__(self) -> None:
        self.home = Home()
        self.sender = Sender(self.home.ports, Links(), DeviceSessions())

    def send(self, now_s: float, *subjects: str, fails: str = "") -> list[str]:
        """What is wrong after a call for each subject."""
        calls = tuple(ServiceCall("x", each, {}, subject=each) for each in subjects)
        self.home.refuses = {f"x.{fails}": RuntimeError("Rejected")}

        async def all_of_them() -> None:
            self.sender.start_sending([(car("car"), calls)], now_s)
            await self.sender.wait_for_all()

        asyncio.run(all_of_them())
        return list(
            self.sender.unconfirmed_failures({"car": LoadMemory(command=CommandMemory(sent_a=6, awaits_a=True))})
        )


def test_a_call_that_succeeds_does_not_clear_the_error_of_another():
    sent = Sent()
    assert sent.send(0, "limit", fails="limit") == ["car: x.limit failed: Rejected"]
    assert sent.send(1, "safe") == ["car: x.limit failed: Rejected"]
    assert sent.send(2, "limit") == []


def test_a_failure_that_comes_and_goes_is_logged_once_an_hour(caplog):
    sent = Sent()
    for second in (0, 10, 20, 30):
        sent.send(second, "limit", fails="limit" if second % 20 == 0 else "")
    assert len(caplog.records) == 1
    sent.send(3600.0, "limit", fails="limit")
    assert len(caplog.records) == 2


def test_a_step_waits_a_fifth_of_a_second_for_its_calls(monkeypatch):
    waited = []

    async def wait(tasks, timeout):
        waited.append(timeout)

    async def send() -> None:
        monkeypatch.setattr("asyncio.wait", wait)
        await Sent().sender.wait([asyncio.ensure_future(asyncio.sleep(0))])

    asyncio.run(send())
    assert waited == [0.2]


def record_slow_calls(home: Home, set_value_s: float) -> list[ServiceCall]:
    """Return the list of a home's calls from now on. Those that set a number take this long."""
    made = list[ServiceCall]()

    async def call(domain: str, service: str, *, blocking: bool, **data: object) -> None:
        made.append(ServiceCall(domain, service, data))
        if service == "set_value":
            await asyncio.sleep(set_value_s)

    object.__setattr__(home.ports, "call", call)
    return made


def test_a_call_that_had_to_wait_is_left_out_once_newer_calls_set_the_same() -> None:
    sent = Sent()
    calls = record_slow_calls(sent.home, 0.01)
    start = (set_value_or_option_call("number.car", 10), switch_call("switch.car", True))
    stop = (switch_call("switch.car", False), set_value_or_option_call("number.car", 6))

    async def send(newer: Calls) -> None:
        sent.sender.start_sending([(car("car"), start)], 0)
        await asyncio.sleep(0)
        sent.sender.start_sending([(car("car"), newer)], 1)
        await sent.sender.wait_for_all()

    asyncio.run(send(stop))
    assert calls == [start[0], *stop]
    calls.clear()
    asyncio.run(send(stop[1:]))
    assert calls == [start[0], stop[1], start[1]]


def test_a_slow_call_that_is_repeated_keeps_no_other_from_being_made() -> None:
    sent = Sent()
    calls = record_slow_calls(sent.home, 0.02)

    async def send() -> None:
        for second in range(4):
            start = (set_value_or_option_call("number.car", 10), switch_call("switch.car", on=True))
            sent.sender.start_sending([(car("car"), start)], second)
            await asyncio.sleep(0.01)

    asyncio.run(send())
    assert switch_call("switch.car", on=True) in calls


def test_a_start_button_is_not_pressed_after_a_newer_stop_button() -> None:
    sent = Sent()
    calls = record_slow_calls(sent.home, 0.01)
    start, stop = (ServiceCall("button", "press", {"entity_id": f"button.{each}"}) for each in ("start", "stop"))

    async def send() -> None:
        sent.sender.start_sending([(car("car"), (set_value_or_option_call("number.car", 10), start))], 0)
        await asyncio.sleep(0)
        sent.sender.start_sending([(car("car"), (stop,))], 1)
        await sent.sender.wait_for_all()

    asyncio.run(send())
    assert [call.data["entity_id"] for call in calls] == ["number.car", "button.stop"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (("keba.set_current", "keba.enable"), "keba.disable"),
        (("easee.limit", "easee.resume"), "easee.pause"),
        (("ocpp.clear_profile", "ocpp.set_charge_rate 16"), "ocpp.set_charge_rate 6"),
    ],
)
def test_a_waiting_call_of_a_service_without_an_entity_is_left_out_too(older: tuple[str, ...], newer: str) -> None:
    sent, calls = Sent(), list[str]()

    async def call(domain: str, service: str, **data: object) -> None:
        calls.append(" ".join(filter(None, (f"{domain}.{service}", str(data.get("limit_amps", ""))))))
        if calls[-1] == older[0]:
            await asyncio.sleep(0.01)

    object.__setattr__(sent.home.ports, "call", call)

    def made(text: str) -> ServiceCall:
        name, _, limit = text.partition(" ")
        return ServiceCall(*name.split("."), {"limit_amps": limit} if limit else {})

    async def send() -> None:
        sent.sender.start_sending([(car("car"), tuple(map(made, older))), (car("other"), tuple(map(made, older)))], 0)
        await asyncio.sleep(0)
        sent.sender.start_sending([(car("car"), (made(newer),))], 1)
        await sent.sender.wait_for_all()

    asyncio.run(send())
    assert calls == [older[0], older[0], newer, older[1]]


@pytest.mark.parametrize(
    ("takes_s", "arrived"),
    [
        ((0.03, 0.01, 0.0), [6, 16, 6]),
        ((0.0, 0.01), [16, 6]),
        # The newer one, made again, is slow too, and overtaken by a third.
        ((0.03, 0.0, 0.04, 0.0, 0.0), [6, 16, 8, 6, 8]),
    ],
)
@pytest.mark.parametrize("reloads", [False, True])
def test_a_slow_call_that_a_newer_one_has_overtaken_is_taken_back(takes_s, arrived, reloads) -> None:
    home, left_s, got = Home(), list(takes_s), list[object]()

    async def call(domain: str, service: str, *, blocking: bool, value: object, entity_id: str) -> None:
        await asyncio.sleep(left_s.pop(0))
        got.append(value)

    async def send() -> None:
        object.__setattr__(home.ports, "call", call)
        senders = [Sender(home.ports, Links(), DeviceSessions()) for _ in range(1 + reloads)]
        for second, (current_a, wait_s) in enumerate(((16, 0.0), (6, 0.05), (8, 0.0))[: 2 + (8 in arrived)]):
            calls = (set_value_or_option_call("number.car", current_a),)
            senders[reloads and second > 0].start_sending([(car("car"), calls)], second)
            await asyncio.sleep(wait_s)
        for sender in senders:
            await sender.wait_for_all()

    asyncio.run(send())
    assert got == arrived


@pytest.mark.parametrize("kind", ["plug", "tank"])
def test_a_slow_switch_that_a_newer_call_has_overtaken_is_taken_back_and_reported_meanwhile(kind: str) -> None:
    home, left_s, got, overtaken = Home(), [0.02, 0.0, 0.0], list[str](), list[bool]()
    load = replace(plug("tank"), type=kind, device={"switch": "switch.tank"})
    sessions = DeviceSessions()

    async def call(domain: str, service: str, *, blocking: bool, entity_id: str) -> None:
        await asyncio.sleep(left_s.pop(0))
        overtaken.append(sessions.read_device(load, home.view(), 230.0).overtaken)
        got.append(service)

    async def send() -> None:
        object.__setattr__(home.ports, "call", call)
        sender = Sender(home.ports, Links(), sessions)
        for second, on in enumerate((False, True)):
            sender.start_sending([(load, (switch_call("switch.tank", on),))], second)
            await asyncio.sleep(0)
        await sender.wait_for_all()

        overtaken.append(sessions.read_device(load, home.view(), 230.0).overtaken)
        sender.start_sending((), 2)  # of the step that has read it
        overtaken.append(sessions.read_device(load, home.view(), 230.0).overtaken)

    asyncio.run(send())
    assert got == ["turn_on", "turn_off", "turn_on"]
    assert overtaken == [True, True, True, True, False]
    assert not sessions.under_way


def test_a_question_is_overtaken_by_no_other() -> None:
    home, load, sessions = Home(), car("car"), DeviceSessions()
    calls = record_slow_calls(home, 0.01)

    async def send() -> None:
        sender = Sender(home.ports, Links(), sessions)
        for second, key in enumerate(("one", "other")):
            question = ServiceCall("ocpp", "get_configuration", {"ocpp_key": key}, returns_response=True)
            sender.start_sending([(load, (question,))], second)
            await asyncio.sleep(0)
        assert not sessions.read_device(load, home.view(), 230.0).overtaken
        await sender.wait_for_all()

    asyncio.run(send())
    assert len(calls) == 2


def test_a_call_that_still_waits_after_a_reload_is_left_out_once_newer_calls_set_the_same() -> None:
    home = Home()
    calls = record_slow_calls(home, 0.01)
    earlier, later = (Sender(home.ports, Links(), DeviceSessions()) for _ in range(2))

    async def send() -> None:
        start = (set_value_or_option_call("number.car", 10), switch_call("switch.car", on=True))
        earlier.start_sending([(car("car"), start)], 0)
        await asyncio.sleep(0)
        later.start_sending([(car("car"), (switch_call("switch.car", on=False),))], 1)
        await earlier.wait_for_all()

    asyncio.run(send())
    assert [call.service for call in calls] == ["set_value", "turn_off"]


@pytest.mark.parametrize(("fails", "refused"), [("first", ""), ("second", "number.set_value")])
def test_only_the_failure_of_the_newest_call_of_a_setting_counts(fails: str, refused: str) -> None:
    home, sessions, left = Home(), DeviceSessions(), ["first", "second", "repeated"]

    async def call(domain: str, service: str, *, blocking: bool, entity_id: str, value: object) -> None:
        which = left.pop(0)
        await asyncio.sleep(0.02 if which == "first" else 0.0)
        if which == fails:
            raise RuntimeError("Rejected")

    async def send() -> None:
        object.__setattr__(home.ports, "call", call)
        sender = Sender(home.ports, Links(), sessions)
        for second, current_a in enumerate((16, 6)):
            sender.start_sending([(car("car"), (set_value_or_option_call("number.car", current_a),))], second)
            await asyncio.sleep(0)
        await sender.wait_for_all()

    asyncio.run(send())
    load = replace(car("car"), device={"current": "number.car"})
    assert sessions.read_device(load, home.view(), 230.0).refused == refused


def test_a_call_left_out_after_a_failure_is_not_made_for_an_older_one_that_ends_late() -> None:
    home, got = Home(), list[object]()

    async def call(domain: str, service: str, *, blocking: bool, entity_id: str, value: object = None) -> None:
        if service == "turn_on":
            raise RuntimeError("Rejected")
        await asyncio.sleep(0.02)
        got.append(value)

    async def send() -> None:
        object.__setattr__(home.ports, "call", call)
        sender = Sender(home.ports, Links(), DeviceSessions())
        older, newer = (set_value_or_option_call("number.car", current_a) for current_a in (16, 6))
        sender.start_sending([(car("car"), (older,))], 0)
        await asyncio.sleep(0)
        sender.start_sending([(car("car"), (switch_call("switch.car", True), newer))], 1)
        await sender.wait_for_all()

    asyncio.run(send())
    assert got == [16]


@pytest.mark.parametrize("reloads", [False, True])
def test_a_call_that_waits_or_would_be_made_again_is_not_made_once_a_dry_run_has_begun(reloads: bool) -> None:
    home = Home()
    calls = record_slow_calls(home, 0.01)
    earlier, later = (Sender(home.ports, Links(), DeviceSessions()) for _ in range(2))

    async def send() -> None:
        older = (set_value_or_option_call("number.car", 10), switch_call("switch.car", on=True))
        newer = (set_value_or_option_call("number.car", 6),)
        earlier.start_sending([(car("car"), older)], 0)
        await asyncio.sleep(0.005)
        earlier.start_sending([(car("car"), newer)], 1)
        (later if reloads else earlier).drop_waiting()
        await earlier.wait_for_all()

    asyncio.run(send())
    assert [call.service for call in calls] == ["set_value", "set_value"]
