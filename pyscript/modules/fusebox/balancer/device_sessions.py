"""Drivers that keep a session with their device: their memory, the calls of a step, and the results of those calls."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from .. import tuning
from ..control.estimators.phases_in_use import known_phase_count
from ..control.remember import move_memory
from ..devices import DRIVERS
from ..devices.driver import Aim, Answer, Calls, Contact, ServiceCall
from ..devices.links import LINKED, Links
from ..model.decision import Decision
from ..model.durations import NEVER_S
from ..model.load import Load
from ..model.load_memory import LoadMemory
from ..model.memory import Memory
from ..model.messages.message import message, with_frame
from ..model.phases_memory import NEW_PHASE_SWITCH
from ..model.readings import View
from ..model.records import fast_replace, replace_if_changed
from ..model.site import Site
from ..model.snapshot import LoadState, Snapshot
from ..runtime.log_throttle import LogThrottle
from ..runtime.ports import Ports, await_answer
from ..runtime.store import STORE
from ..runtime.tasks import Tasks


class DeviceSessions:
    """The memory of each load's driver; it is dropped when the load's device changes in CONFIG."""

    def __init__(self) -> None:
        self._memories: dict[str, tuple[object, Any]] = {}
        self._answers: dict[str, list[Answer]] = {}
        self._refused: dict[str, str] = {}
        """Load -> the service by which its last command failed, "" for none."""
        self.under_way: dict[asyncio.Task[None], tuple[Load, Calls]] = {}
        """Task -> the load and its calls, until a step after their end has read it: only then they may be displayed."""
        self._devices: Mapping[str, str] = {}
        self._stops_s: dict[str, float] = {}
        """Device -> when its session was stopped before a restart, until its driver's memory begins."""

    def move_memory(self, memory: Memory, site: Site) -> Memory:
        """Return the memory as `move_memory` does, for the names that CONFIG gives the devices now; store those.

        A device that is new under a new name has that name's memory, such as the one that a restart has left. With
        another type it is another device.
        """
        present = {load.name: f"{load.type} {DRIVERS[load.type].entities(load)[0]}" for load in site.loads}
        before, self._devices = self._devices, present
        names = {device: name for name, device in before.items()}
        earlier = {
            name: name if before.get(name) == device else names.get(device, None if name in before else name)
            for name, device in self._devices.items()
        }
        return move_memory(memory, earlier)

    @property
    def stops_s(self) -> Mapping[str, float]:
        """Device of CONFIG -> when Fusebox stopped its charging session, to begin it again [s since 1970]."""
        found = {}
        for name, device in self._devices.items():
            session, known = DRIVERS[device.partition(" ")[0]].session, self._memories.get(name)
            if session is not None:
                found[device] = self._stops_s.get(device, NEVER_S) if known is None else session.stopped_s(known[1])
        return {device: stopped_s for device, stopped_s in found.items() if stopped_s > NEVER_S}

    def restore_stops(self, stops_s: Mapping[str, float]) -> None:
        """Take over the stops that were stored before a restart, of devices without a memory."""
        known = {self._devices[name] for name in self._devices.keys() & self._memories.keys()}
        self._stops_s = {device: stopped_s for device, stopped_s in stops_s.items() if device not in known}

    def read_device(self, load: Load, view: View, voltage_v: float) -> LoadState:
        """Return the state of a load's device.

        A driver with a session also gets the answers to its last calls, and what it learns from them is stored.
        """
        driver = DRIVERS[load.type]
        state = driver.read(load, view, voltage_v)
        sent = [call for each, calls in self.under_way.values() if each.name == load.name for call in calls]
        if not all(_is_newest(load, call) for call in sent):
            state = fast_replace(state, overtaken=True)
        state = replace_if_changed(state, refused="" if state.verifies else self._refused.get(load.name, ""))
        if driver.session is None:
            return state
        answers = tuple(self._answers.pop(load.name, ()))
        state, memory = driver.session.observe(Contact(load, view, state, voltage_v), self._memory_of(load), answers)
        self._store_memory(load, memory)
        return state

    def due_calls(self, site: Site, view: View, snapshot: Snapshot, decision: Decision) -> Iterator[tuple[Load, Calls]]:
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
                phase_count = known_phase_count(load, decision.memory)
                switch = decision.memory.phase_switches.get(load.name, NEW_PHASE_SWITCH)
                setpoint_a = 0.0 if switch.holds else past.setpoint_a
                aim = Aim(setpoint_a, command, over, past.switched, phase_count, switch.commanded_phase_count)
                contact = Contact(load, view, snapshot.loads[load.name], site.voltage_v)
                made, memory = driver.session.act(contact, self._memory_of(load), aim)
                self._store_memory(load, memory)
            if made:
                yield load, made

    def store_answer(self, load: Load, answer: Answer) -> None:
        """Store a call's result for the next step: the answer, for a session, and a service that failed."""
        if DRIVERS[load.type].session is not None:
            self._answers.setdefault(load.name, []).append(answer)
        call = answer.call
        if not call.returns_response and _is_newest(load, call):
            failed = f"{call.domain}.{call.service}" if answer.error else ""
            self._refused[load.name] = failed and (self._refused.get(load.name) or failed)

    def reset(self, load: Load, view: View, snapshot: Snapshot, voltage_v: float) -> None:
        """Request a device reset, which its driver sends with the next step.

        ValueError with the reason if its driver has none, or when that is impossible now.
        """
        session = DRIVERS[load.type].session
        reset = None if session is None else session.reset
        if reset is None:
            raise ValueError(message("nothing_to_reset", load=load.name, kind=load.type))
        contact = Contact(load, view, snapshot.loads[load.name], voltage_v)
        self._store_memory(load, reset(contact, self._memory_of(load)))

    def has_session(self, name: str) -> bool:
        """Return whether a load's driver keeps a session, so that results of its calls count more than its display."""
        return name in self._memories

    def drop_memories(self) -> None:
        """Drop the memory of all drivers."""
        self._memories.clear()
        self._answers.clear()

    def _memory_of(self, load: Load) -> Any:
        """Return the memory of a load whose driver has a session.

        For a new or changed device an empty one, with its stop from before a restart, if there was one.
        """
        session, (device, memory) = DRIVERS[load.type].session, self._memories.get(load.name, (None, None))
        if device == _device(load) or session is None:
            return memory
        stopped_s = self._stops_s.pop(self._devices.get(load.name, ""), NEVER_S)
        return session.new_memory() if stopped_s == NEVER_S else session.with_stop(session.new_memory(), stopped_s)

    def _store_memory(self, load: Load, memory: Any) -> None:
        """Store the driver's memory of a load."""
        self._memories[load.name] = (_device(load), memory)


def _device(load: Load) -> Mapping[str, object]:
    """Return what identifies a device: a change of it drops the driver's memory."""
    session = DRIVERS[load.type].session
    keys = (session.device_keys if session is not None else ()) or tuple(load.device)
    return {"type": load.type, **{key: load.device.get(key) for key in keys}}


OPPOSITES: Mapping[str, str] = {"turn_off": "turn_on", "disable": "enable", "resume": "pause"}
"""Service -> the one that undoes it: both change the same setting."""


def _set_by(load: Load, call: ServiceCall) -> tuple[object, str, str]:
    """Return the setting that a call changes, as (entity, service, subject): of `OPPOSITES` the same.

    That of a service without an entity is the load's own. A button starts or stops its load, so all of a load's buttons
    set the same.
    """
    entity = None if call.service == "press" else call.data.get("entity_id")
    return entity or load.name, OPPOSITES.get(call.service, call.service), call.subject


def _is_direct(load: Load, call: ServiceCall) -> bool:
    """Return whether a call is one of the load's direct connection.

    A preset may call a Home Assistant service with the name of such a connection.
    """
    return call.domain in LINKED and call.domain == load.type


def _is_newest(load: Load, call: ServiceCall) -> bool:
    """Return whether no newer call sets the same otherwise, and no dry run has begun since; a question sets nothing."""
    return call.returns_response or call in STORE["newest_calls"].get(_set_by(load, call), ())


class Sender:
    """Makes the calls of each load one after another, those of different loads concurrently."""

    def __init__(self, ports: Ports, links: Links, device_sessions: DeviceSessions) -> None:
        self._ports = ports
        self._links = links
        self._sessions = device_sessions
        self._tasks = Tasks()
        self._problems: dict[tuple[str, str], str] = {}
        self._newest: dict[tuple[object, str, str], Calls] = STORE.setdefault("newest_calls", {})
        """Setting (see `_set_by`) -> the calls of the last batch with one that changes it. It outlives a reload."""
        self._ended: dict[tuple[object, str, str], Calls] = STORE.setdefault("ended_calls", {})
        """Setting -> the last batch whose call for it has ended while it was the newest. It outlives a reload too."""
        self._throttle = LogThrottle()

    def start_sending(self, due: Iterable[tuple[Load, Calls]], now_s: float) -> Collection[asyncio.Task[None]]:
        """Start to send every load's calls in the background, and return the tasks, which `wait` awaits."""
        earlier = {task: each for task, each in self._sessions.under_way.items() if not task.done()}
        begun = {self._tasks.spawn(self._call(load, calls, now_s)): (load, calls) for load, calls in due}
        self._sessions.under_way = {**earlier, **begun}
        return begun

    async def wait(self, sending: Collection[asyncio.Task[None]]) -> None:
        """Wait for these tasks, at most `CALLS_WAIT_S`: a slow cloud must not delay other fuses."""
        if sending:
            await asyncio.wait(sending, timeout=tuning.CALLS_WAIT_S)

    async def wait_for_all(self) -> None:
        """Wait until all calls still under way have ended, `IGNORES_S` at most."""
        await self._tasks.wait(tuning.IGNORES_S)

    def drop_waiting(self) -> None:
        """Leave out every call that still waits for a slow one: a dry run begins."""
        self._newest.clear()

    async def _call(self, load: Load, calls: Calls, now_s: float) -> None:
        """Make a load's calls in order. After a failed command the other calls are not made, but recorded as failed.

        A call is left out if newer calls have begun, while an earlier one took its time, that set the same otherwise.
        If one ends only after such a newer call, it may have arrived after it: then the newer one is made again.
        A failure is logged, never raised, and becomes a problem until a call with the same `subject` works; it is
        repeated only if the device does not follow. A failed question (`returns_response`) stops nothing.
        """
        failure, worked = "", dict[str, bool]()
        self._newest |= {_set_by(load, call): calls for call in calls}
        for call in calls:
            if not _is_newest(load, call):
                continue
            response, error = (None, failure) if failure else await self._make_call(load, call, now_s)
            if not failure and not call.returns_response:
                worked[call.subject], failure = not error, error
                if error:
                    self._record_failure(load, call, error, now_s)
            self._sessions.store_answer(load, Answer(call, now_s, response, error))
            if not failure or not _is_newest(load, call):
                await self._record_end(load, call, now_s)
        for subject, has_worked in worked.items():
            if has_worked:
                self._problems.pop((load.name, subject), None)

    async def _record_end(self, load: Load, call: ServiceCall, now_s: float) -> None:
        """Record that the newest call of a setting has ended; if one ended before this older one, make it again.

        Never again for a load whose driver has a session that repeats what the device does not follow.
        """
        setting, session = _set_by(load, call), DRIVERS[load.type].session
        while call not in (newest := self._newest.get(setting, ())):
            if self._ended.get(setting) is not newest or (session is not None and session.repeats):
                return
            call = next(each for each in newest if _set_by(load, each) == setting)
            await self._make_call(load, call, now_s)
        self._ended[setting] = newest

    def _record_failure(self, load: Load, call: ServiceCall, error: str, now_s: float) -> None:
        """Record a failed call as problem, and log it, not too often; as a warning if a direct connection failed."""
        failed = message("command_failed", service=f"{call.domain}.{call.service}", error=error)
        problem = with_frame(failed, "load", load.name)
        # A cloud that is away for a while is no defect of the house.
        self._throttle.log(logging.WARNING if _is_direct(load, call) else logging.ERROR, problem, now_s)
        self._problems[load.name, call.subject] = problem

    async def _make_call(self, load: Load, call: ServiceCall, now_s: float) -> tuple[object, str]:
        """Make a call, directly or through Home Assistant; return its response and why it failed ("" for success)."""
        if _is_direct(load, call):
            return await await_answer(self._links.call(call.domain, call.service, call.data, now_s))
        options = {"return_response": True} if call.returns_response else {}
        return await await_answer(self._ports.call(call.domain, call.service, blocking=True, **options, **call.data))

    def unconfirmed_failures(self, remembered: Mapping[str, LoadMemory]) -> Collection[str]:
        """Return the messages of failed calls whose devices do not display the values sent either, each once.

        Forgets the other failures, and those of loads that are not remembered; those of a driver with a session stay
        until a call works.
        """
        for name, subject in list(self._problems):
            past = remembered.get(name)
            shown = past is not None and not past.command.awaits
            if past is None or (shown and not self._sessions.has_session(name)):
                # The device displays the command, so the call's error does not matter.
                del self._problems[name, subject]
        return tuple(dict.fromkeys(self._problems.values()))
