"""What is remembered between steps: of loads, cars, groups, ceilings, the battery and the meters. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from .durations import NEVER_S
from .electrics import PerPhase, Phase
from .house_memory import CycleMemory, HiddenSunMemory, HouseLoadMemory, HouseMemory
from .load_memory import LoadMemory
from .meter_memory import BatteryMemory, FuseMemory, HeadroomMemory, StuckMeterMemory
from .phases_memory import PhasesMemory, PhaseSwitchMemory, WiringMemory
from .records import record
from .trace import Trace


@record
class VehicleMemory:
    """What was learnt of one of CONFIG's cars in its earlier stays."""

    follow_s: tuple[float, ...] = ()
    """How long its draw took to fall after the last few cuts [s]."""
    only: Mapping[str, Phase] = field(default_factory=dict)
    """Load -> the only phase that it uses there."""


NEW_VEHICLE = VehicleMemory()


@record
class GroupsMemory:
    """The energy of all groups, compared with the group that had most."""

    at_s: float
    """When it was last updated [s since 1970]."""
    behind_kwh: Mapping[str, float] = field(default_factory=dict)
    """Group -> how much less energy it has had than the group that had most [kWh]; "" for loads without a group."""


@record
class Memory:
    """Everything that is remembered from one step to the next."""

    loads: Mapping[str, LoadMemory] = field(default_factory=dict)
    """Load -> its memory."""
    headroom: Mapping[str, HeadroomMemory] = field(default_factory=dict)
    """Ceiling -> its recent headroom."""
    fuses: Mapping[str, FuseMemory] = field(default_factory=dict)
    """Ceiling -> the thermal state of its fuse."""
    house_load: Mapping[str, HouseLoadMemory] = field(default_factory=dict)
    """Ceiling -> the house load under its metered fuse."""
    batteries: tuple[BatteryMemory | None, ...] = ()
    """That of each home battery, None before its first state of charge."""
    stuck_meters: Mapping[str, StuckMeterMemory] = field(default_factory=dict)
    """Meter -> whether its value is constant."""
    false_zeros: Mapping[str, float] = field(default_factory=dict)
    """Circuit and phase, as "main L1" -> when its meter began to show 0 although loads draw there [s since 1970]."""
    cycles: Mapping[str, CycleMemory] = field(default_factory=dict)
    """Ceiling -> the cycling appliances in its house load."""
    phases_in_use: Mapping[str, PhasesMemory] = field(default_factory=dict)
    """Load -> which of its phases it uses."""
    phase_switches: Mapping[str, PhaseSwitchMemory] = field(default_factory=dict)
    """Load that can be switched -> its phases, and the progress of a switch."""
    groups: GroupsMemory | None = None
    """The energy of each group of loads, None in a site without groups."""
    vehicles: Mapping[str, VehicleMemory] = field(default_factory=dict)
    """Car of CONFIG -> what was learnt of it in its earlier stays."""
    vehicle_at: Mapping[str, str | None] = field(default_factory=dict)
    """Load -> the car there at the last step: its name in CONFIG or `guest`; None for none, or an unknown one."""
    wiring_evidence: Mapping[str, WiringMemory] = field(default_factory=dict)
    """Load -> its last changes, and the meters' response to them."""
    wiring_problems: tuple[str, ...] = ()
    """Sentences about wiring that seems to differ from CONFIG."""
    house: HouseMemory | None = None
    """The import of the house without the loads, None where no limit counts energy over a time."""
    island_s: float = NEVER_S
    """When the grid was last gone [s since 1970]."""
    readings: Mapping[Phase, Trace] = field(default_factory=dict)
    """Phase -> the main meter's last readings [A]."""
    meter_step_a: float = float("inf")
    """All changes of the main meter's readings were multiples of this [A]; infinite before the first change."""
    flows: tuple[tuple[float, Mapping[str, PerPhase]], ...] = ()
    """The grid currents of the last seconds, circuit by circuit [A]: as many as the latest draw sensor needs."""
    hidden_sun: HiddenSunMemory | None = None
    """What a throttled inverter gives; None where it does not throttle."""
