"""Faults of devices with an address: Easee's cloud, a Huawei inverter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simhouse.devices.easee_cloud import EaseeCloud
from simhouse.devices.linked import EaseeBox
from simhouse.devices.modbus_server import ModbusServer

from . import houses
from .chargers import CUT
from .fault import INSTALLED_A, OFFLINE_A, Fault
from .meters import CAR_BACK, DEVICE_S, RAISES_S, STALE
from .predicates import all_well, at_least, at_most, both, site, under_the_fuse
from .stage import Stage
from .troubles import Does, Oven

EASEE = houses.site({"car": houses.easee()})
EASEE_BACK = both(at_least(15, "car"), all_well)
LASTS = "its limit is replaced by the offline limit after ttl_min, 60 s, plus the car's time"
CLOUD_S = 2
"""Delay of a command from the cloud to the charger [s]."""

HUAWEI = houses.site({"car": houses.box()}, grid={"L1": "huawei"}) | {"huawei": {"host": "127.0.0.1"}}


def cloud(stage: Stage) -> EaseeCloud:
    """Return the house's Easee cloud."""
    assert stage.house.linked is not None and stage.house.linked.cloud is not None
    return stage.house.linked.cloud


def _boot_easee(stage: Stage) -> None:
    """Reboot the Easee charger after 20 s."""
    if stage.t_s == stage.begins_s + 20:
        easee_box(stage).device.boot()


def easee_box(stage: Stage) -> EaseeBox:
    """Return the house's Easee charger."""
    box = stage.house.chargers["car"]
    assert isinstance(box, EaseeBox)
    return box


def inverter(stage: Stage) -> ModbusServer:
    """Return the socket of the house's inverter."""
    assert stage.house.linked is not None and stage.house.linked.inverter is not None
    return stage.house.linked.inverter.server


def _cloud_answers(*statuses: int) -> Does:
    """Return a fault in which the cloud answers all requests with these statuses, in turn."""

    def fill(stage: Stage) -> None:
        cloud(stage).answers = list(statuses) * 20

    return Does(last=lambda stage: cloud(stage).answers.clear(), each=fill)


ELSEWHERE = "/elsewhere"


def _cloud_redirects() -> Does:
    """Return a fault in which the cloud forgets every token and redirects requests to another address."""

    def begin(stage: Stage) -> None:
        cloud(stage).forget_tokens()
        cloud(stage).elsewhere = cloud(stage).url + ELSEWHERE

    return Does(begin, lambda stage: setattr(cloud(stage), "elsewhere", ""))


def _no_other_address_called(stage: Stage) -> bool:
    """Whether no request has gone to the other address."""
    return not cloud(stage).asked(f"^{ELSEWHERE}")


def _charger_reports_mode(mode: int) -> Does:
    """Return a fault in which the charger reports this mode, and has a high offline limit."""

    def put(stage: Stage, says: int | None, offline_a: float) -> None:
        device = easee_box(stage).device
        device.says, device.offline_a = says, offline_a

    return Does(lambda stage: put(stage, mode, INSTALLED_A), lambda stage: put(stage, None, OFFLINE_A))


def _set(name: str, value: Any) -> Does:
    """Return a fault that sets an attribute of the cloud, and resets it at the end."""
    usual = getattr(EaseeCloud(), name)
    return habit(cloud, name, value, usual)


def habit(of: Callable[[Stage], object], name: str, value: Any, usual: Any) -> Does:
    """Return a fault that sets an attribute of an object, and resets it to `usual` at the end."""
    return Does(lambda stage: setattr(of(stage), name, value), lambda stage: setattr(of(stage), name, usual))


def _easee_fault(name: str, happens: str, trouble: Does, **more: Any) -> Fault:
    facts: dict[str, Any] = {
        "safe_state": "the charger at its offline limit",
        "safe": at_most(6, "car"),
        "within_s": 60 + DEVICE_S,
        "promise": LASTS,
        "fine": EASEE_BACK,
        "fine_within_s": 240,
        "settles_s": 100,
    }
    return Fault(name, f"{happens}, and the oven comes on", config=EASEE, troubles=(trouble, Oven()), **(facts | more))


def faulty(server: Callable[[Stage], ModbusServer], name: str, value: Any, usual: Any) -> Does:
    """Return a fault that sets an attribute of a Modbus device's faults, and resets it at the end."""
    return habit(lambda stage: server(stage).faults, name, value, usual)


def _huawei_fault(name: str, happens: str, trouble: Does, **more: Any) -> Fault:
    facts: dict[str, Any] = {
        "safe_state": "the car at its minimum",
        "safe": both(at_most(6, "car"), site("blind")),
        "within_s": 30 + DEVICE_S,
        "promise": STALE,
        "fine": CAR_BACK,
        "fine_within_s": 120,
    }
    return Fault(name, f"{happens}, and the oven comes on", config=HUAWEI, troubles=(trouble, Oven()), **(facts | more))


LINKS = (
    _easee_fault(
        "easee_oven_alone",
        "nothing is wrong",
        Does(),
        safe_state="the fuse below its rating",
        safe=under_the_fuse,
        within_s=CLOUD_S + DEVICE_S,
        promise=CUT,
        fine_within_s=RAISES_S,
    ),
    _easee_fault(
        "easee_cloud_401",
        "Easee's cloud refuses every token and every login (401)",
        _cloud_answers(401),
        fine_within_s=700,
    ),
    _easee_fault(
        "easee_cloud_429", "Easee's cloud refuses further requests (429, Retry-After 30 s)", _cloud_answers(429)
    ),
    _easee_fault("easee_cloud_500", "Easee's cloud fails (500)", _cloud_answers(500)),
    _easee_fault(
        "easee_cloud_502_then_nothing",
        "Easee's cloud fails in several ways (502, 504, 429)",
        _cloud_answers(502, 504, 429),
    ),
    _easee_fault(
        "easee_cloud_redirects",
        "Easee's cloud requires a new login and redirects it to another address (307)",
        _cloud_redirects(),
        safe_state="the charger at its offline limit, the password sent nowhere else",
        safe=both(at_most(6, "car"), _no_other_address_called),
        fine_within_s=300,
    ),
    _easee_fault(
        "easee_cloud_slow",
        "Easee's cloud takes 0.3 s of real time for each request",
        _set("slow_s", 0.3),
        safe_state="the fuse below its rating",
        safe=under_the_fuse,
        within_s=CLOUD_S + DEVICE_S,
        promise=CUT,
        fine_within_s=RAISES_S,
    ),
    _easee_fault(
        "easee_cloud_hangs",
        "Easee's cloud accepts every request and answers none",
        _cloud_answers(0),
        fine_within_s=300,
    ),
    _easee_fault(
        "easee_charger_offline",
        "the Easee loses its cloud and continues charging",
        Does(
            lambda stage: setattr(easee_box(stage), "online", False),
            lambda stage: setattr(easee_box(stage), "online", True),
        ),
    ),
    _easee_fault(
        "easee_unknown_mode",
        "the Easee reports an unknown mode, and its offline limit is high",
        _charger_reports_mode(199),
        safe_state="the fuse below its rating: its limit is renewed",
        safe=under_the_fuse,
        within_s=CLOUD_S + DEVICE_S,
        promise=CUT,
        fine_within_s=RAISES_S,
    ),
    _easee_fault(
        "easee_ignores_its_limit",
        "the Easee ignores its limit",
        habit(lambda stage: easee_box(stage).device, "ignores_limit", True, False),
        safe_state="the charger paused by command",
        safe=at_most(0, "car"),
        within_s=30 + 60 + CLOUD_S + DEVICE_S,
        promise="the fuse budget, 30 s here; paused by command after a minute at 0 A, plus the car's time",
        lasts_s=180,
        fine_within_s=400,
    ),
    _easee_fault(
        "easee_back_at_full_current",
        "the Easee reboots and loses its limit (40 A)",
        Does(each=_boot_easee),
        safe_state="the fuse below its rating",
        safe=under_the_fuse,
        within_s=20 + 10 + 10 + CLOUD_S + DEVICE_S,
        promise="it boots for 20 s; its state is read every 10 s, a command is repeated after 10 s, "
        "plus the car's time",
    ),
    _huawei_fault(
        "huawei_drops",
        "the inverter closes its socket",
        Does(lambda s: inverter(s).stop(), lambda s: inverter(s).start()),
    ),
    _huawei_fault(
        "huawei_exceptions", "the inverter answers with the exception busy", faulty(inverter, "busy", 10**9, 0)
    ),
    _huawei_fault(
        "huawei_short_reads", "the inverter answers with too few registers", faulty(inverter, "short_reads", 10**9, 0)
    ),
    _huawei_fault("huawei_silent", "the inverter does not answer", faulty(inverter, "silent", True, False)),
    _huawei_fault(
        "huawei_meter_offline",
        "the inverter has lost its meter and reports its last values",
        Does(
            lambda stage: setattr(inverter(stage).device, "meter_online", False),
            lambda stage: setattr(inverter(stage).device, "meter_online", True),
        ),
    ),
)
