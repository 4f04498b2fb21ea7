"""Drivers that keep a session with their device: their memory, and call results they have not read yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..control.estimators.phases_in_use import known_phase_count
from ..devices import DRIVERS
from ..devices.driver import Aim, Answer, ServiceCall
from ..model.decision import Decision
from ..model.load import Load
from ..model.messages.message import message
from ..model.phase_switch import NEW_PHASE_SWITCH
from ..model.readings import View
from ..model.site import Site
from ..model.snapshot import LoadState, Snapshot


class DeviceSessions:
    """The memory of each load's driver; it is dropped when the load's device changes in CONFIG."""

    def __init__(self) -> None:
        self._memories: dict[str, tuple[object, Any]] = {}
        self._answers: dict[str, list[Answer]] = {}

    def read_device(self, load: Load, view: View, voltage_v: float) -> LoadState:
        """Return the state of a load's device, and update its driver's memory."""
        driver = DRIVERS[load.type]
        state = driver.read(load, view, voltage_v)
        if driver.session is None:
            return state
        answers = tuple(self._answers.pop(load.name, ()))
        state, kept = driver.session.observe(load, view, state, self._memory_of(load), answers, voltage_v)
        self._store_memory(load, kept)
        return state

    def due_calls(
        self, site: Site, view: View, snapshot: Snapshot, decision: Decision
    ) -> Iterator[tuple[Load, tuple[ServiceCall, ...]]]:
        """Yield (load, service calls), in the order of the decision's commands, and update the drivers' memories.

        Loads without calls are left out; a driver with a session may have calls without a command.
        """
        commands = {command.load: command for command in decision.commands}
        places = {name: place for place, name in enumerate(commands)}
        for load in sorted(site.loads, key=lambda load: places.get(load.name, len(places))):
            driver, command = DRIVERS[load.type], commands.get(load.name)
            if driver.session is None:
                made = () if command is None else driver.calls(load, command)
            else:
                over = any(c.fuse is not None and c.overdrawn and c.stops(load.name) for c in decision.ceilings)
                past = decision.memory.loads[load.name]
                lines = known_phase_count(load, decision.memory)
                switch = decision.memory.phase_switches.get(load.name, NEW_PHASE_SWITCH)
                setpoint_a = 0.0 if switch.holds else past.setpoint_a
                aim = Aim(setpoint_a, command, over, past.switched, lines, switch.commanded_phase_count)
                state = snapshot.loads[load.name]
                made, kept = driver.session.act(load, view, state, aim, self._memory_of(load), site.voltage_v)
                self._store_memory(load, kept)
            if made:
                yield load, made

    def store_answer(self, load: Load, answer: Answer) -> None:
        """Store the result of a call for the driver to read in the next step."""
        if DRIVERS[load.type].session is not None:
            self._answers.setdefault(load.name, []).append(answer)

    def reset(self, load: Load, view: View, snapshot: Snapshot) -> None:
        """Request a device reset, which its driver sends with the next step.

        ValueError with the reason if its driver has none, or when that is impossible now.
        """
        session = DRIVERS[load.type].session
        reset = None if session is None else session.reset
        if reset is None:
            raise ValueError(message("nothing_to_reset", load=load.name, kind=load.type))
        self._store_memory(load, reset(load, view, snapshot.loads[load.name], self._memory_of(load)))

    def has_session(self, name: str) -> bool:
        """Return whether a load's driver keeps a session, so that results of its calls count more than its display."""
        return name in self._memories

    def drop_memories(self) -> None:
        """Drop the memory of all drivers."""
        self._memories.clear()
        self._answers.clear()

    def _memory_of(self, load: Load) -> Any:
        """Return the driver's memory of a load, None for a new or changed device."""
        device, kept = self._memories.get(load.name, (None, None))
        return kept if device == _device(load) else None

    def _store_memory(self, load: Load, kept: Any) -> None:
        """Store the driver's memory of a load."""
        self._memories[load.name] = (_device(load), kept)


def _device(load: Load) -> Mapping[str, object]:
    """Return what identifies a device: a change of it drops the driver's memory."""
    return {"type": load.type, **load.device}
