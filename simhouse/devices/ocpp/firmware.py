"""Kinds of charge points: their abilities, behaviour and faults."""

from dataclasses import dataclass
from typing import Literal

CurrentBy = Literal["phase", "used", "entity", "largest", "none"]
"""How it reports its current: attributes L1 to L3, only those in use, entities, one number, or its power only."""


@dataclass(frozen=True)
class Outage:
    """The socket is lost from `from_s` until `until_s`; Home Assistant notices after `silent_s`, when pings fail."""

    from_s: float
    until_s: float
    silent_s: float = 0.0


@dataclass(frozen=True)
class Firmware:
    """One make of charge point. Currents in A a phase, times in s since the start of the simulation.

    `units`: accepted units, reported in ChargingScheduleAllowedChargingRateUnit unless `states_units` differs; without
    `tells_units` it does not know that key, without `tells_room` not the key of `most_profiles`. Without `tells_offer`
    it does not report its offer. `unlimited_a`: its offer when no profile applies. From `unresponsive_from_s` on it
    accepts every profile and changes nothing, until `cured_by`. `clock_ahead_s` and `drift_s_per_h`: error of its
    clock, corrected at a boot and a heartbeat only with `sets_clock`.
    """

    vendor: str = "Simhouse"
    model: str = "Point One"
    units: str = "Current"
    tells_units: bool = True
    states_units: str | None = None
    switches_phases: bool = False  # reports ConnectorSwitch3to1PhaseSupported and obeys numberPhases
    watts_for: Literal["wired", "used"] = "wired"  # phases among which it shares a limit in watts
    unlimited_a: float = 32.0
    highest_stack_level: int = 8
    most_profiles: int = 10
    tells_room: bool = True
    tells_offer: bool = True
    smart_charging: bool = True
    rejects_from_s: float | None = None
    unresponsive_from_s: float | None = None
    cured_by: Literal["nothing", "clear", "reset"] = "nothing"
    obeys_after_s: int = 1
    below_minimum: Literal["pause", "minimum"] = "pause"  # what it makes of a limit between 0 and 6 A
    relative_to: Literal["transaction", "activation"] = "transaction"
    clock_ahead_s: float = 0.0
    drift_s_per_h: float = 0.0
    sets_clock: bool = True
    needs_remote_start: bool = False
    finishing_until_replug: bool = True
    reboot_s: float = 40.0
    boot_loops: int = 0  # how often it reboots once more after a reset
    keeps_profiles: bool = True  # survives a reboot; ChargePointMaxProfile always does
    outages: tuple[Outage, ...] = ()
    faulted: tuple[tuple[float, float], ...] = ()  # from, until
    meter_every_s: int = 10
    least_meter_every_s: int = 1  # a shorter interval is accepted and ignored
    idle_meter_every_s: int = 900
    current_by: CurrentBy = "phase"

    @property
    def takes_amps(self) -> bool:
        """Whether a schedule may be in A."""
        return "Current" in self.units

    @property
    def takes_watts(self) -> bool:
        """Whether a schedule may be in W."""
        return "Power" in self.units

    def faulted_at(self, now_s: float) -> bool:
        """Whether it reports a fault and does not charge at this time [s]."""
        return any(begin <= now_s < end for begin, end in self.faulted)

    def outage_at(self, now_s: float) -> Outage | None:
        """Return the outage of the socket at this time [s], None without one."""
        return next((outage for outage in self.outages if outage.from_s <= now_s < outage.until_s), None)
