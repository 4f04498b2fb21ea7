"""`sensor.fusebox_<load>_energy` and `sensor.fusebox_<load>_power`, for Home Assistant's Energy dashboard."""

from __future__ import annotations

from collections.abc import Iterable

from ... import tuning
from ...model.durations import NEVER_S, has_passed
from ...model.own_entities import ENERGY, KWH, POWER, WATTS, load_entity
from ...runtime.ports import Ports
from ...runtime.publisher import EntityPublisher
from .load_energy import LoadEnergy
from .meter import EnergyMeter
from .session import session_figures


def power_text(energy: LoadEnergy) -> str | None:
    """Return the state of a load's power entity [W]: "unknown" while it is not measured now, None if it never was."""
    if energy.power_w is None:
        return "unknown" if energy.last.measured else None
    return f"{energy.power_w:.0f}"


def energy_attributes(name: str, energy: LoadEnergy) -> dict[str, object]:
    """Return the attributes of the energy entity, with the figures of the present session if there is one."""
    kwh, session = energy.session_kwh, energy.session
    figures = {} if session is None or kwh is None else session_figures(session, kwh)
    return {
        "friendly_name": f"Fusebox {name} energy",
        **KWH,
        "source": str(energy.counter.source),
        "measured": energy.measured,
        "session_vehicle": None if session is None else session.vehicle,
        "session_kwh": figures.get("kwh"),
        "session_solar_pct": figures.get("solar_pct"),
        "session_cost": figures.get("cost"),
    }


def power_attributes(name: str) -> dict[str, object]:
    """Return the attributes of the power entity."""
    return {"friendly_name": f"Fusebox {name} power", **WATTS}


class EnergyEntities:
    """Writes the energy entities every few seconds, because each change is a row in the recorder."""

    def __init__(self, ports: Ports) -> None:
        self._publisher = EntityPublisher(ports, "energy")
        self._shown_s = NEVER_S
        self._shown: tuple[tuple[str, bool], ...] = ()

    def publish_energy(self, now_s: float, names: Iterable[str], meter: EnergyMeter) -> None:
        """Write the entities of these loads that have been counted, and remove those of other loads.

        At once if a load or a session comes or goes, otherwise every `SHOWN_S`.
        """
        known = {name: each for name in names if (each := meter.loads.get(name)) is not None}
        shown = tuple((name, each.session is not None) for name, each in known.items())
        if shown == self._shown and not has_passed(tuning.SHOWN_S, self._shown_s, now_s):
            return
        self._shown, self._shown_s, mine = shown, now_s, set()
        for name, energy in known.items():
            entity, power = load_entity(name, ENERGY), power_text(energy)
            mine.add(entity)
            self._publisher.write(now_s, entity, f"{meter.published_kwh(name):.3f}", energy_attributes(name, energy))
            if power is not None:
                entity = load_entity(name, POWER)
                mine.add(entity)
                self._publisher.write(now_s, entity, power, power_attributes(name))
        self._publisher.keep_only(mine)

    def remove_all(self) -> None:
        """Remove all energy entities."""
        self._shown = ()
        self._publisher.keep_only(())
