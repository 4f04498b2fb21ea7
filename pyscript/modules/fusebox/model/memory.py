"""What is remembered between steps: of each load, each ceiling, the battery and the meters. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from .electrics import Phase
from .house_memory import CycleMemory, HouseLoadMemory, HouseMemory
from .load_memory import LoadMemory
from .meter_memory import BatteryMemory, FuseMemory, HeadroomMemory, StuckMeterMemory
from .phase_switch import PhaseSwitchMemory
from .phases_memory import PhasesMemory, WiringMemory
from .records import record
from .trace import Trace


@record
class Memory:
    """Everything that outlives a step."""

    loads: Mapping[str, LoadMemory] = field(default_factory=dict)
    """By load."""
    headroom: Mapping[str, HeadroomMemory] = field(default_factory=dict)
    """By ceiling: the room of late."""
    fuses: Mapping[str, FuseMemory] = field(default_factory=dict)
    """By ceiling: how warm a fuse is."""
    house_load: Mapping[str, HouseLoadMemory] = field(default_factory=dict)
    """By ceiling: the house load under each metered fuse."""
    battery: BatteryMemory | None = None
    """None where there is none."""
    stuck_meters: Mapping[str, StuckMeterMemory] = field(default_factory=dict)
    """By meter: whether it stands still."""
    cycles: Mapping[str, CycleMemory] = field(default_factory=dict)
    """By ceiling: what comes and goes among the others."""
    phases_in_use: Mapping[str, PhasesMemory] = field(default_factory=dict)
    """By load: which of its phases it uses."""
    phase_switches: Mapping[str, PhaseSwitchMemory] = field(default_factory=dict)
    """By load that may be switched: how many of them it is on, and how far a switch has come."""
    wiring_evidence: Mapping[str, WiringMemory] = field(default_factory=dict)
    """By load: its last moves, and what the meters showed of them."""
    wiring_problems: tuple[str, ...] = ()
    """What follows from those: what seems to be wired otherwise than CONFIG says."""
    house: HouseMemory | None = None
    """What the house takes beside the loads, None where no limit counts energy over a time."""
    readings: Mapping[Phase, Trace] = field(default_factory=dict)
    """The main meter's last ones on each phase [A]."""
