"""The central system's knowledge of a charge point, from the messages it received; it sends none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

FLOWS = {"Current.Import": "A", "Power.Active.Import": "kW"}
"""Measurands that the integration sets to zero when a connector is suspended or its transaction is over, with units."""
UNITS = {"W": ("kW", 1000.0), "Wh": ("kWh", 1000.0)}
"""OCPP unit -> (Home Assistant's unit, how many OCPP units it contains)."""


@dataclass
class MeasuredValue:
    """A measurand's last value in Home Assistant's unit, and its values by phase, if reported."""

    value: float
    unit: str
    phases: dict[str, float] = field(default_factory=dict)
    context: str = "Sample.Periodic"


@dataclass
class KnownPoint:
    """One charge point. `answered`: a message has come in since the last check, so entities must be written."""

    vendor: str | None = None
    model: str | None = None
    connected: bool = False
    ever: bool = False
    answered: bool = False
    reconnects: int = 0
    size: int = 1  # connectors
    status: dict[int, tuple[str, str]] = field(default_factory=dict)  # connector -> word, error code
    measured: dict[int, dict[str, MeasuredValue]] = field(default_factory=dict)
    transactions: dict[int, int] = field(default_factory=dict)  # connector -> id; 0 after the first has ended
    meter_start_kwh: dict[int, float] = field(default_factory=dict)
    started_s: dict[int, float] = field(default_factory=dict)
    stop_reasons: dict[int, str] = field(default_factory=dict)
    configuration: dict[str, str] = field(default_factory=dict)
    heard: set[int] = field(
        default_factory=set
    )  # connectors that have reported their status since Home Assistant started

    def after_restart(self) -> "KnownPoint":
        """Return what a restart of Home Assistant leaves: sensors keep their last state, not their attributes."""
        measured = {
            connector: {name: replace(each, phases={}) for name, each in found.items()}
            for connector, found in self.measured.items()
        }
        return KnownPoint(
            self.vendor,
            self.model,
            answered=True,
            status=dict(self.status),
            measured=measured,
            transactions=dict(self.transactions),
            stop_reasons=dict(self.stop_reasons),
            size=self.size,
        )

    def phases(self, connector: int) -> int:
        """Return on how many phases it reports a current; 1 when unknown."""
        found = self.measured.get(connector, {}).get("Current.Import")
        return len(found.phases) or 1 if found else 1

    def take_status(self, connector: int, word: str, error: str) -> None:
        """Store a StatusNotification."""
        self.answered = True
        self.status[connector] = (word, error)
        self.heard.add(connector)
        if word.startswith("Suspended"):
            self._set_flows_to_zero(connector)

    def take_start(self, connector: int, id: int, meter_start_wh: int, now_s: float) -> None:
        """Store a StartTransaction with the id that it was given."""
        self.answered = True
        self.transactions[connector] = id
        self.meter_start_kwh[connector] = meter_start_wh / 1000
        self.started_s[connector] = now_s
        self.stop_reasons[connector] = ""

    def take_stop(self, id: int, reason: str) -> None:
        """Store a StopTransaction."""
        self.answered = True
        for connector, running in self.transactions.items():
            if running == id:
                self.transactions[connector] = 0
                self.stop_reasons[connector] = reason
                self._set_flows_to_zero(connector)

    def take_meter_values(
        self, connector: int, meter_value: Iterable[Mapping[str, Any]], transaction: int | None
    ) -> None:
        """Store MeterValues; after its own restart, the integration adopts a transaction named there."""
        self.answered = True
        if transaction and not self.transactions.get(connector):
            self.transactions[connector] = transaction
        measured = self.measured.setdefault(connector, {})
        for bucket in meter_value:
            by_phase: dict[str, dict[str, float]] = {}
            for sample in bucket["sampled_value"]:
                name = sample.get("measurand", "Energy.Active.Import.Register")
                unit, divisor = UNITS.get(sample.get("unit", "Wh"), (sample.get("unit", ""), 1.0))
                value = float(sample["value"]) / divisor
                phases = by_phase.setdefault(name, {})
                if "phase" in sample:
                    phases[sample["phase"]] = value
                    value = _combine_phases(name, list(phases.values()))
                before = measured[name].phases if name in measured else {}
                measured[name] = MeasuredValue(round(value, 6), unit, before | phases, sample.get("context", ""))

    def _set_flows_to_zero(self, connector: int) -> None:
        """Set all flows to 0, reported or not, and leave their attributes, as the integration does.

        The integration has an entity for each measurand that it requested, and its test for a key's presence creates
        the key.
        """
        measured = self.measured.setdefault(connector, {})
        for name, unit in FLOWS.items():
            measured.setdefault(name, MeasuredValue(0.0, unit)).value = 0.0


def _combine_phases(name: str, values: list[float]) -> float:
    """Return the integration's single number for phases: mean of non-zero currents or voltages, else the sum."""
    if not name.startswith(("Current", "Voltage")):
        return sum(values)
    flowing = [value for value in values if value]
    return sum(flowing) / len(flowing) if flowing else 0.0
