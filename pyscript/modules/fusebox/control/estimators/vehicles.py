"""What was learnt of a car belongs to that car: it is stored when the car leaves, and restored when it is recognised.

Until then, and for a guest, nothing is known: the next car does not inherit what was learnt of the one before.
"""

from __future__ import annotations

from ... import tuning
from ...model.electrics import Phase
from ...model.load import Load
from ...model.load_memory import NEW_LOAD
from ...model.memory import NEW_VEHICLE, Memory, VehicleMemory
from ...model.phases_memory import NEW_PHASES
from ...model.records import fast_replace, replace_within
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot, Status
from ...model.vehicle import GUEST


def with_present_vehicles(site: Site, snapshot: Snapshot, memory: Memory) -> Memory:
    """Return the memory with the learnt values of the cars that are at the chargers now.

    Values change only where another car is recognised or one has left, at chargers with `vehicles` in CONFIG.
    """
    for load in site.loads:
        if load.vehicles:
            state = snapshot.loads.get(load.name) or LoadState(available=False)
            present = None if state.status is Status.UNPLUGGED else load.vehicle.name
            if memory.vehicle_at.get(load.name) != present:
                memory = _exchange_learnt_values(load, memory, present, has_left=state.status is Status.UNPLUGGED)
    return memory


def _exchange_learnt_values(load: Load, memory: Memory, present: str | None, *, has_left: bool) -> Memory:
    """Return the memory after a car has left a load (`has_left`) or was recognised there: what is learnt belongs to it.

    Nothing is stored for a guest, nor for a guess that was corrected.
    """
    past, phases = memory.loads.get(load.name, NEW_LOAD), memory.phases_in_use.get(load.name, NEW_PHASES)
    vehicle, vehicles = memory.vehicle_at.get(load.name), dict(memory.vehicles)
    if has_left and vehicle not in (None, GUEST):
        before = vehicles.get(vehicle, NEW_VEHICLE)
        only = {name: phase for name, phase in before.only.items() if name != load.name}
        only |= {} if phases.only is None else {load.name: phases.only}
        vehicles[vehicle] = VehicleMemory(past.response.follow_s, only)
    known = NEW_VEHICLE if present is None else vehicles.get(present, NEW_VEHICLE)
    # What this stay has shown before the car was recognised is of this car.
    shown_s = past.response.follow_s if vehicle is None and not has_left else ()
    follow_s = (*known.follow_s, *shown_s)[-tuning.LAST_TIMES :]
    past = replace_within(past, "response", follow_s=follow_s)
    is_corrected = vehicle is not None and present is not None and not has_left
    if is_corrected and phases.vote is not None and phases.vote == phases.only and phases.votes <= tuning.KNOWN_TIMES:
        phases = NEW_PHASES  # Only expected of the car that was taken for this one.
    expected = known.only.get(load.name, _configured_phase(load))
    if expected is not None and present is not None and phases.vote is None and not phases.on_all:
        phases = fast_replace(phases, only=expected, vote=expected, votes=tuning.KNOWN_TIMES)
    return fast_replace(
        memory,
        loads={**memory.loads, load.name: past},
        phases_in_use={**memory.phases_in_use, load.name: phases},
        vehicles=vehicles,
        vehicle_at={**memory.vehicle_at, load.name: present},
    )


def _configured_phase(load: Load) -> Phase | None:
    """Return the phase of a car that CONFIG says to use only one: the first of its charger; None for any other car."""
    return load.phases[0] if load.vehicle.phases == 1 and len(load.phases) > 1 else None
