"""Grid and circuit meters as entities: net or import and export, any unit, either sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .entities import State, in_unit, sensor, unit_in_any_case, usual_unit


@dataclass(frozen=True)
class PhaseMeter:
    """The entities of one phase: one net entity, or one each for import and export."""

    phase: str
    net: str | None = None
    imports: str | None = None
    exports: str | None = None
    unit: str = "W"
    has_unit: bool = True
    invert: bool = False
    heartbeat: bool = True

    def states(self, power_w: float | None, voltage_v: float) -> dict[str, State]:
        """Return the entities' states at this power [W, + = import]; None means unknown.

        A pair of entities shows import and export, each at least 0; `invert` turns the sign first.
        """
        if power_w is not None and self.invert:
            power_w = -power_w
        value = None if power_w is None else in_unit(power_w, self.unit, voltage_v)
        if self.net is not None:
            return {self.net: sensor(value, self.unit, self.has_unit)}
        split = {self.imports: value, self.exports: None if value is None else -value}
        return {
            entity: sensor(None if part is None else max(0.0, part), self.unit, self.has_unit)
            for entity, part in split.items()
            if entity is not None
        }


def phase_meters(grid: Mapping[str, Any], units: Mapping[str, str]) -> tuple[PhaseMeter, ...]:
    """Return the meters of a CONFIG `grid` dict; `units` overrides what an entity's name suggests."""
    # The inverter's own measurements are not entities.
    named = {phase: entry for phase, entry in grid.items() if entry != "huawei"}
    return tuple(_phase_meter(phase, entry, units) for phase, entry in sorted(named.items()))


def circuit_meters(site: Mapping[str, Any], units: Mapping[str, str]) -> dict[str, tuple[PhaseMeter, ...]]:
    """Return the meters of the circuits that have their own."""
    circuits = (site.get("circuits") or {}).items()
    own = {name: entry["grid"] for name, entry in circuits if entry.get("grid")}
    return {name: phase_meters(grid, units) for name, grid in own.items()}


def _phase_meter(phase: str, entry: Any, units: Mapping[str, str]) -> PhaseMeter:
    if isinstance(entry, str):
        return PhaseMeter(phase, net=entry, unit=units.get(entry) or usual_unit(entry))
    first = entry.get("entity") or entry.get("import") or entry.get("export")
    stated = entry.get("unit")
    common: dict[str, Any] = {
        "unit": unit_in_any_case(stated or units.get(first) or usual_unit(first)),
        "has_unit": stated is None,
        "invert": bool(entry.get("invert", False)),
        "heartbeat": bool(entry.get("heartbeat", True)),
    }
    if "entity" in entry:
        return PhaseMeter(phase, net=entry["entity"], **common)
    return PhaseMeter(phase, imports=entry.get("import"), exports=entry.get("export"), **common)


class NotSimulated(Exception):
    """A part of CONFIG that the simulated house does not have."""
