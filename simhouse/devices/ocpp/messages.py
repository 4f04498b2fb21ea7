"""The OCPP 1.6 requests that a charge point sends, with their meter values."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .connector import Connector, Session
from .firmware import CurrentBy, Firmware


@dataclass
class Message:
    """A request in snake case for the `ocpp` library; a session's id is filled in when it is sent."""

    action: str
    payload: dict[str, Any] = field(default_factory=dict)
    session: Session | None = None


def boot(firmware: Firmware) -> Message:
    """Return a BootNotification."""
    return Message("BootNotification", {"charge_point_model": firmware.model, "charge_point_vendor": firmware.vendor})


def heartbeat() -> Message:
    """Return a Heartbeat; its answer contains the time."""
    return Message("Heartbeat")


def status_notification(connector: int, word: str, fault: bool, at: datetime) -> Message:
    """Return a StatusNotification of a connector (0: the charge point itself); `fault`: with an error code."""
    error = "OtherError" if fault else "NoError"
    return Message(
        "StatusNotification",
        {"connector_id": connector, "error_code": error, "status": word, "timestamp": at.isoformat()},
    )


def start_transaction(connector: Connector, session: Session, at: datetime) -> Message:
    """Return a StartTransaction."""
    payload = {
        "connector_id": connector.number,
        "id_tag": "simhouse",
        "meter_start": session.meter_start_wh,
        "timestamp": at.isoformat(),
    }
    return Message("StartTransaction", payload, session)


def stopped(connector: Connector, session: Session, at: datetime) -> Message:
    """Return a StopTransaction."""
    payload = {"meter_stop": connector.meter_wh, "timestamp": at.isoformat(), "reason": session.ended}
    return Message("StopTransaction", payload, session)


def meter_values(connector: Connector, at: datetime, voltage_v: float, current_by: CurrentBy) -> Message:
    """Return MeterValues of a connector: currents as its firmware reports them, and the usual other values."""
    amps = connector.draw_a()
    wired = dict(zip(("L1", "L2", "L3"), amps.values(), strict=False))
    samples = []
    if current_by == "largest":
        samples = [_sample("Current.Import", max(wired.values()), "A")]
    elif current_by != "none":
        told = {p: a for p, a in wired.items() if a or p == "L1"} if current_by == "used" else wired
        samples = [_sample("Current.Import", draw_a, "A", phase) for phase, draw_a in told.items()]
    offered_w = connector.offered_a * voltage_v * connector.lines
    if connector.firmware.tells_offer:
        samples += [
            _sample("Current.Offered", connector.offered_a, "A"),
            _sample("Power.Offered", offered_w, "W"),
        ]
    samples += [
        _sample("Power.Active.Import", sum(wired.values()) * voltage_v, "W"),
        _sample("Energy.Active.Import.Register", connector.meter_wh, "Wh"),
    ]
    samples += [_sample("Voltage", voltage_v, "V", f"{phase}-N") for phase in wired]
    payload = {
        "connector_id": connector.number,
        "meter_value": [{"timestamp": at.isoformat(), "sampled_value": samples}],
    }
    return Message("MeterValues", payload, connector.session)


def _sample(measurand: str, value: float, unit: str, phase: str | None = None) -> dict[str, str]:
    sample = {"value": f"{value:.1f}", "measurand": measurand, "unit": unit, "context": "Sample.Periodic"}
    return sample if phase is None else sample | {"phase": phase}
