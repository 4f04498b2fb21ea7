"""What CONFIG says of each guarded Quasar: what its guard listens to, measures and has to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...config.config import Config
from ...model.equipment import Source
from ...model.load import Mode
from ...model.readings import Meters, View, source_unit
from ...model.snapshot import Reading
from ...model.units import AMPS
from ..modbus import Address
from .controller import GuardSettings
from .limits import Pace


@dataclass(frozen=True, slots=True)
class GuardConfig:
    """One Quasar's guard as CONFIG has it now. `meter`: total power of its phase, + = import."""

    name: str
    mode: Mode
    enabled: bool
    quasar: Address
    listen: Address
    allowed_clients: tuple[str, ...]
    meter: Source
    settings: GuardSettings

    def power(self, meters: Meters, view: View) -> Reading:
        """Return the phase's power [W]; a meter in amps is converted, and one without a unit counts as watts.

        `NEVER` as long as a meter in amps has shown no value.
        """
        first = next(iter(self.meter.entities), "")
        if not AMPS.fits(source_unit(view, self.meter, first) or ""):
            return meters.power(view, self.meter)
        voltage_v = self.settings.voltage_v
        return meters.current(view, self.meter, voltage_v).multiplied(voltage_v)


def guarded_loads(config: Config, values: Mapping[str, object]) -> tuple[GuardConfig, ...]:
    """Return every load of type `quasar` with its guard's addresses, meter and settings, the guard enabled or not.

    A guard without the charger's address counts as not enabled; empty without such loads.
    """
    loads = config.loads_of("quasar", values)
    if not loads:
        return ()
    site = config.site(values)
    found = []
    for name, load in loads.items():
        guard = load["guard"]
        settings = GuardSettings(
            limit_w=guard["total_power_limit"],
            most_w=min(load["max_charge_w"], guard["max_charge_power"]),
            pace=Pace(guard["adjustment_delay"], guard["cooldown_period"], load["pause_s"]),
            voltage_v=site.voltage_v,
            off=load["mode"] is Mode.OFF,
            allocated=config.has_site,
            dry_run=site.dry_run,
        )
        found.append(
            GuardConfig(
                name=name,
                mode=load["mode"],
                enabled=bool(guard["enabled"]) and guard["quasar_host"] is not None,
                quasar=(str(guard["quasar_host"]), guard["quasar_port"]),
                listen=(str(guard["listen_host"]), guard["listen_port"]),
                allowed_clients=tuple(map(str, guard["allowed_clients"])),
                meter=guard["total_power_entity_id"] or Source(),
                settings=settings,
            )
        )
    return tuple(found)
