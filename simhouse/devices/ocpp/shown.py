"""The entities of the Home Assistant OCPP integration, from its central system's knowledge of a charge point."""

import re
from collections.abc import Iterator
from typing import Any

from simhouse.devices.entities import State

from .known_point import KnownPoint, MeasuredValue

CHARGING_WORDS = ("Charging", "SuspendedEV", "SuspendedEVSE")
MEASURANDS = (
    "Current.Import",
    "Current.Offered",
    "Power.Active.Import",
    "Power.Offered",
    "Energy.Active.Import.Register",
    "Voltage",
)
CLASSES = {"A": "current", "kW": "power", "kWh": "energy", "V": "voltage"}
LARGEST_A = 32.0  # the end of the slider: the integration's default


def displayed_entities(identity: str, seen: KnownPoint, current_by: str, now_s: float) -> dict[str, State]:
    """Return every entity of a charge point now; `current_by` is the firmware's way to report currents."""
    name = slug(identity)
    shown: dict[str, State] = {
        f"sensor.{name}_status": _text(seen.status.get(0, (None, ""))[0]),
        f"sensor.{name}_error_code": _text(seen.status.get(0, (None, None))[1]),
        f"sensor.{name}_id": _text(identity),
        f"sensor.{name}_vendor": _text(seen.vendor),
        f"sensor.{name}_model": _text(seen.model),
        f"sensor.{name}_connectors": _text(str(seen.size) if seen.ever else None),
        f"sensor.{name}_features": _text(seen.configuration.get("SupportedFeatureProfiles")),
        f"sensor.{name}_reconnects": _text(str(seen.reconnects)),
        f"switch.{name}_availability": _text(_on(seen.status.get(0, ("", ""))[0] == "Available" and 0 in seen.heard)),
        f"button.{name}_reset": _text(None),
        f"button.{name}_unlock": _text(None),
    }
    shown = shown if seen.connected else _all_unavailable(shown)
    for connector in range(1, seen.size + 1):
        prefix = f"{name}_connector_{connector}" if seen.size > 1 else name
        word = seen.status.get(connector, (None, None))[0]
        faulty = word == "Faulted"
        sensors = dict(_connector_sensors(prefix, seen, connector, current_by, now_s))
        controls = {
            f"switch.{prefix}_charge_control": _text(_on(word in CHARGING_WORDS and connector in seen.heard)),
            f"number.{prefix}_maximum_current": _slider(),
        }
        gone = not seen.connected
        shown |= _all_unavailable(sensors) if gone or (faulty and seen.size > 1) else sensors
        shown |= _all_unavailable(controls) if gone or faulty else controls
    return shown


def slug(text: str) -> str:
    """Return an identity in the form used in entity ids."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def _connector_sensors(
    prefix: str, seen: KnownPoint, connector: int, current_by: str, now_s: float
) -> Iterator[tuple[str, State]]:
    word, error = seen.status.get(connector, (None, None))
    transaction = seen.transactions.get(connector)
    yield f"sensor.{prefix}_status_connector", _text(word)
    yield f"sensor.{prefix}_error_code_connector", _text(error)
    yield f"sensor.{prefix}_stop_reason", _text(seen.stop_reasons.get(connector))
    yield f"sensor.{prefix}_transaction_id", _text(None if transaction is None else str(transaction))
    session_min = int((now_s - seen.started_s[connector]) // 60) if connector in seen.started_s else None
    yield f"sensor.{prefix}_time_session", _text(None if session_min is None else str(session_min))
    measured = seen.measured.get(connector, {})
    for measurand in MEASURANDS:
        entity, found = f"sensor.{prefix}_{slug(measurand)}", measured.get(measurand)
        if found is None:
            yield entity, _text(None)
            continue
        split = measurand == "Current.Import" and current_by == "entity"
        yield entity, _measurement_state(found, found.value, {} if split else found.phases)
        for phase, value in found.phases.items() if split else ():
            yield f"{entity}_{slug(phase)}", _measurement_state(found, value, {})
    energy = measured.get("Energy.Active.Import.Register")
    if energy is not None and connector in seen.meter_start_kwh:
        session_kwh = energy.value - seen.meter_start_kwh[connector]
        yield f"sensor.{prefix}_energy_session", _measurement_state(energy, round(session_kwh, 3), {})


def _measurement_state(measured: MeasuredValue, value: float, phases: dict[str, float]) -> State:
    attributes: dict[str, Any] = {"unit_of_measurement": measured.unit, "device_class": CLASSES.get(measured.unit)}
    attributes["state_class"] = "total_increasing" if measured.unit == "kWh" else "measurement"
    attributes |= {"context": measured.context} | phases
    return {"state": f"{round(value, 3):.10g}", "attributes": attributes}


def _slider() -> State:
    limits = {"min": 0.0, "max": LARGEST_A, "step": 1, "mode": "slider", "unit_of_measurement": "A"}
    return {"state": f"{LARGEST_A:g}", "attributes": limits}


def _text(state: str | None) -> State:
    return {"state": "unknown" if state is None else state, "attributes": {}}


def _on(true: bool) -> str:
    return "on" if true else "off"


def _all_unavailable(shown: dict[str, State]) -> dict[str, State]:
    return {entity: {"state": "unavailable", "attributes": {}} for entity in shown}
