"""What a charge point says: the requests of OCPP 1.6 that it sends, with their meter values."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .connector import Connector, Session
from .firmware import CurrentBy, Firmware


@dataclass
class Message:
    """A request in snake case, as the `ocpp` library has it; a session's id is put in when it is sent."""

    action: str
    payload: dict[str, Any] = field(default_factory=dict)
    session: Session | None = None


def boot(firmware: Firmware) -> Message:
    """It has started."""
    return Message("BootNotification", {"charge_point_model": firmware.model, "charge_point_vendor": firmware.vendor})


def heartbeat() -> Message:
    """It lives; the answer has the time."""
    return Message("Heartbeat")


def status(connector: int, word: str, fault: bool, at: datetime) -> Message:
    """How a connector is (0: the charge point itself)."""
    error = "OtherError" if fault else "NoError"
    return Message(
        "StatusNotification",
        {"connector_id": connector, "error_code": error, "status": word, "timestamp": at.isoformat()},
    )


def started(connector: Connector, session: Session, at: datetime) -> Message:
    """A transaction has begun."""
    payload = {
        "connector_id": connector.number,
        "id_tag": "simhouse",
        "meter_start": session.meter_start_wh,
        "timestamp": at.isoformat(),
    }
    return Message("StartTransaction", payload, session)


def stopped(connector: Connector, session: Session, at: datetime) -> Message:
    """A transaction has ended."""
    payload = {"meter_stop": connector.meter_wh, "timestamp": at.isoformat(), "reason": session.ended}
    return Message("StopTransaction", payload, session)


def meter_values(connector: Connector, at: datetime, voltage_v: float, current_by: CurrentBy) -> Message:
    """What the connector measures: currents as its firmware reports them, and the rest of the usual."""
    amps = connector.draw_a()
    wired = dict(zip(("L1", "L2", "L3"), amps.values(), strict=False))
    samples = []
    if current_by == "largest":
        samples = [_sample("Current.Import", max(wired.values()), "A")]
    elif current_by != "none":
        told = {p: a for p, a in wired.items() if a or p == "L1"} if current_by == "used" else wired
        samples = [_sample("Current.Import", draw_a, "A", phase) for phase, draw_a in told.items()]
    offered_w = connector.offered_a * voltage_v * len(wired)
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
