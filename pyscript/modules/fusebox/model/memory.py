"""What is remembered between steps: of each load, each ceiling, the battery and the meters. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .battery_memory import BatteryMemory
from .electrics import Phase
from .fuse_memory import FuseMemory, HeadroomMemory
from .house_memory import HouseMemory
from .load_memory import LoadMemory
from .meter_memory import MeterReadings, StuckMeterMemory
from .others_memory import CycleMemory, OthersMemory
from .phases_memory import PhasesMemory
from .wiring_evidence import WiringMemory


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything that outlives a step, by load or by ceiling name.

    `readings`: the main meter's last ones on each phase [A]. `phases_in_use`: which of its phases each load uses;
    `wiring_evidence`: on which its moves were seen. `others`: what they use under each metered fuse.
    """

    loads: Mapping[str, LoadMemory] = field(default_factory=dict)
    rooms: Mapping[str, HeadroomMemory] = field(default_factory=dict)
    fuses: Mapping[str, FuseMemory] = field(default_factory=dict)
    others: Mapping[str, OthersMemory] = field(default_factory=dict)
    battery: BatteryMemory | None = None
    still: Mapping[str, StuckMeterMemory] = field(default_factory=dict)
    cycles: Mapping[str, CycleMemory] = field(default_factory=dict)
    phases_in_use: Mapping[str, PhasesMemory] = field(default_factory=dict)
    wiring_evidence: Mapping[str, WiringMemory] = field(default_factory=dict)
    house: HouseMemory | None = None
    readings: Mapping[Phase, MeterReadings] = field(default_factory=dict)
