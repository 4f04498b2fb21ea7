"""State behind `rotate_radiators.py`: connects the radiators' logic to the relays, and executes the boost service.

Relays are switched one after another; a change meanwhile causes one more run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from reprlib import repr as shortened

from .. import tuning
from ..config.config import NO_CONFIG
from ..config.tree import near_or_known
from ..devices.driver import ServiceCall
from ..model.heating import Group
from ..model.messages.message import Message, message
from ..model.readings import View
from ..model.site import Site
from ..runtime.load_files import LoadedConfig
from ..runtime.log_throttle import LOG
from ..runtime.ports import Ports
from ..runtime.script import NEVER_CHANGES, ScriptRuntime
from ..runtime.service_calls import Response, ServiceError, parse_on_or_off, service
from ..runtime.store import lasting_dict, save_persistent_states
from ..runtime.tasks import Tasks
from .group import GroupMemory
from .groups import (
    allowed_count,
    configured_groups,
    longest_gap_s,
    restore_group,
    restore_groups,
    save_groups,
    stored_group,
)
from .observe import read_group, switching_call, trigger_entities
from .run import GroupDecision, status_attributes, step
from .turns import Switching, with_command


class Rotation(ScriptRuntime):
    """One load of the script that rotates radiators, with all groups of CONFIG."""

    role, work, section = "rotation", "a run of the radiators", "radiators"

    def __init__(self, loaded: LoadedConfig, ports: Ports) -> None:
        super().__init__(loaded, ports)
        self._values: Mapping[str, object] | None = None
        self.groups: tuple[Group, ...] = configured_groups(loaded.config.sections)
        """The groups of CONFIG, with the live values of the last run."""
        self._site: Site = loaded.config.site({})
        self._since_s = 0.0
        self._on_then: dict[str, int] = {}
        self._memories = lasting_dict("rotation_memories", GroupMemory)
        self._outcomes: dict[str, GroupDecision] = {}
        self._call_failures: dict[str, Message | None] = {}
        self._steps: set[str] = set()
        self._woken = asyncio.Event()
        self._tasks = Tasks()

    @property
    def triggers(self) -> list[str]:
        """Return the entities whose change triggers a run; never empty."""
        found = [entity for group in self.groups for entity in trigger_entities(group)]
        live = [*self.live_entities("radiators"), *self.live_entities("site.island")]
        return [*dict.fromkeys([*live, *found]), NEVER_CHANGES]

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Return (group name, cron trigger of its rotation) for each group."""
        return [(group.name, group.step) for group in self.groups]

    async def prepare(self, now_s: float) -> None:
        """Restore boosts and turns."""
        self._since_s = now_s
        if self.groups:
            await restore_groups(self.ports, self.groups, self._memories)

    def rest_s(self) -> float:
        """Return how long to sleep until the next run [s], at most `TICK_S`."""
        rests_s = [outcome.rest_s for outcome in self._outcomes.values() if outcome.rest_s is not None]
        return min([*rests_s, tuning.TICK_S])

    async def pass_on(self, now_s: float, name: str) -> None:
        """Run all groups, and pass the turn on in the group of this name."""
        self._steps.add(name)
        await self.run(now_s)

    async def run(self, now_s: float) -> None:
        """Run all groups, with `ScriptRuntime.run`; a run that waits for a relay stops waiting and decides again."""
        self._woken.set()
        await super().run(now_s)

    async def run_once(self, now_s: float) -> None:
        """Run every group; an error in one is logged and published and does not keep the others from running.

        The status entities of groups that are gone are removed.
        """
        for name, status in [(group.name, group.status) for group in self.groups]:
            self._outcomes.pop(name, None)
            try:
                await self._run_group(name, now_s)
            except Exception as error:
                self.publisher.publish_failed_run(now_s, status, self.failures.log_failure(error, now_s))
        self.publisher.keep_only([group.status for group in self.groups])

    async def _run_group(self, name: str, now_s: float) -> None:
        """Decide for one group, store its memory, switch its relays and publish its status.

        The remaining relays wait for the next run if one was requested meanwhile; nothing is switched or published once
        another load of the script is active.
        """
        view = View(self.ports.get, now_s)
        group = self._group_now(name, view)
        memory = self._current_memory(group, now_s)
        stepping = name in self._steps or self._is_late(group, memory, now_s)
        self._steps.discard(name)
        readings = read_group(group, view)
        on_then = self._on_then.setdefault(name, sum(shown is True for shown in readings.relays.values()))
        may_be_on = allowed_count(self._site, group, now_s, self._since_s, on_then)
        outcome = step(group, replace(readings, granted=may_be_on), memory, stepping)
        self._memories[name] = outcome.memory
        self._outcomes[name] = outcome
        if stepping:
            save_groups(self.ports, self._memories)
        for switching in outcome.switchings:
            if self.wanted_s is not None or not self.is_active:
                break  # an event arrived: the remaining commands are decided again, with it
            self._memories[name] = with_command(self._memories[name], switching, now_s)
            await self._switch(group, switching, switching_call(view, switching.relay, switching.on), now_s)
        if self.is_active:
            self._publish_status(group, outcome, may_be_on, now_s)

    def _group_now(self, name: str, view: View) -> Group:
        """Return the group with live values; when one has changed, rebuild all groups and the site with them first."""
        values = self.settings.read_values(view)
        if values != self._values:
            self._values = values
            self.groups = configured_groups(self.loaded.config.sections_with(values))
            self._site = self.loaded.config.site(values)
        return next(group for group in self.groups if group.name == name)

    def _current_memory(self, group: Group, now_s: float) -> GroupMemory:
        """Return a group's memory, an empty one for a new group.

        If the clock was set back, which is logged, its times are dropped: only what outlives a restart stays, and
        thermostats, level and absence.
        """
        memory = self._memories.get(group.name, GroupMemory())
        if memory.run_s is not None and now_s < memory.run_s - tuning.QUICK_S:
            LOG.warning("the clock was set back by %.0f s: the radiators' times are dropped", memory.run_s - now_s)
            stored = restore_group(group, stored_group(memory))
            memory = replace(stored, calls=memory.calls, level=memory.level, away=memory.away)
        return memory

    @staticmethod
    def _is_late(group: Group, memory: GroupMemory, now_s: float) -> bool:
        """Return whether a step is overdue by `QUICK_S`: when clocks are set back, time triggers stop for an hour.

        False before the first step, and for a trigger that does not run every hour.
        """
        gap_s = longest_gap_s(group.step)
        return gap_s is not None and memory.stepped_s is not None and now_s - memory.stepped_s > gap_s + tuning.QUICK_S

    async def _switch(self, group: Group, switching: Switching, call: ServiceCall, now_s: float) -> None:
        """Start the call to one relay and wait briefly for it, because some relays fail when switched simultaneously.

        After `CALLS_WAIT_S`, or when another run is needed, the call goes on in the background. It raises no error:
        `_call` stores a failure for the status.
        """
        task = self._tasks.spawn(self._call(group, switching, call, now_s))
        if task.done():
            return
        self._woken.clear()
        woken = asyncio.ensure_future(self._woken.wait())
        await asyncio.wait({task, woken}, timeout=tuning.CALLS_WAIT_S, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()

    async def _call(self, group: Group, switching: Switching, call: ServiceCall, now_s: float) -> None:
        """Call the service, and store its failure for the status, None for success; it is logged, never raised."""
        radiator, service = group.name_of(switching.relay), f"{call.domain}.{call.service}"
        self._call_failures[switching.relay] = await self.call_or_failure(
            now_s, call.domain, call.service, call.data, "radiator_command_failed", radiator=radiator, service=service
        )

    def _publish_status(self, group: Group, outcome: GroupDecision, may_be_on: int | None, now_s: float) -> None:
        """Publish the group's status entity; failures of calls are forgotten once the relay displays the command."""
        memory = self._memories[group.name]
        for relay in group.relays:
            if memory.relay_memory(relay).sent.value is None:
                self._call_failures.pop(relay, None)  # it displays the command, so the call's error does not matter
        failed = [failure for relay in group.relays if (failure := self._call_failures.get(relay))]
        attributes = status_attributes(group, outcome, may_be_on, [*failed, *outcome.problems])
        self.publisher.write(now_s, group.status, str(len(outcome.active)), attributes)

    async def set_boost(self, now_s: float, relays: Mapping[str, Sequence[str]], on: bool) -> None:
        """Boost these relays (group name -> relays) until the group's timeout, or end their boost; then run at once.

        The boosts are stored and survive restarts.
        """
        groups = {group.name: group for group in self.groups}
        for name, chosen in relays.items():
            memory, timeout_s = self._memories.get(name, GroupMemory()), groups[name].boost_timeout_s
            until_s = now_s + timeout_s if on and timeout_s is not None else None
            self._memories[name] = memory.set_boost(chosen, on, until_s)
        save_groups(self.ports, self._memories)
        await save_persistent_states(self.ports)
        await self.run(now_s)


@service
async def boost(rotation: Rotation, now_s: float, *, radiator: object, state: object) -> Response:
    """Execute the boost service: start or end the boost of a radiator; return the radiators' names and the state.

    `radiator`: its name, or the entity id of its relay or thermostat. ServiceError without a valid CONFIG or radiators
    in it, at the start, and for an unknown radiator or state.
    """
    if rotation.loaded.config is NO_CONFIG:
        raise ServiceError(message("no_valid_config"))
    if not rotation.groups:
        raise ServiceError(message("no_radiators_section"))
    if not rotation.ready or not rotation.is_active:
        raise ServiceError(message("just_starting"))
    relays = _relays_named(rotation, radiator)
    on = parse_on_or_off("state", state)
    await rotation.set_boost(now_s, relays, on)
    names = [group.name_of(relay) for group in rotation.groups for relay in relays.get(group.name, ())]
    return {"radiators": names, "state": "on" if on else "off"}


def _relays_named(rotation: Rotation, radiator: object) -> dict[str, list[str]]:
    """Return group name -> relays of the radiator that a service call names, by its name, relay or thermostat.

    Raises `ServiceError` when it is missing or unknown.
    """
    # YAML reads a bare 1 as a number, but a radiator may be named "1".
    called = str(radiator) if type(radiator) is int else radiator
    found: dict[str, list[str]] = {}
    for group in rotation.groups:
        meant = [row.actual for row in group.rows if called in (row.name, row.actual, row.virtual)]
        if meant:
            found[group.name] = list(dict.fromkeys(meant))
    if found:
        return found
    names = list(dict.fromkeys(row.name for group in rotation.groups for row in group.rows))
    if radiator is None:
        raise ServiceError(message("radiator_not_named", known=", ".join(names)))
    raise ServiceError(message("radiator_unknown", text=shortened(radiator), **near_or_known(str(radiator), names)))
