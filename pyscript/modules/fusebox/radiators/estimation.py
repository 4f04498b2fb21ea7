"""State behind `estimate_power_saving.py`: meters -> power-saving level -> the helper that the radiators follow.

A meter's reading is a state or an attribute, divided by `divisor`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .. import tuning
from ..config.config import NO_CONFIG
from ..config.domains import domain_of
from ..config.tree import as_tuple
from ..devices.driver import switch_state
from ..model.data_quality import DataQuality, reading_quality
from ..model.durations import NO_ATTEMPTS, Attempts
from ..model.heating import Group, PowerSaving
from ..model.messages.message import Message, message
from ..model.numbers import rounded
from ..model.own_entities import appearance
from ..model.readings import Track, View
from ..model.site import Site
from ..model.snapshot import Reading
from ..runtime.load_files import LoadedConfig
from ..runtime.ports import Ports
from ..runtime.script import NEVER_CHANGES, ScriptRuntime
from ..runtime.store import lasting_dict
from ..runtime.tasks import Tasks
from .group import GroupMemory, level_in_force
from .groups import configured_groups, others_in_reading
from .power_saving import Estimate, EstimatorMemory, Readings, estimate

NO_GROUP = Group("", (), step="", status="")
"""Where no radiators follow the level: the levels of a usual group, and nothing that is on."""


def group_of_followers(section: PowerSaving, sections: Mapping[str, object]) -> Group:
    """Return the first group whose `power_saving` is this section's target; `NO_GROUP` for none or no target."""
    target = section.target
    found = (group for group in configured_groups(sections) if target is not None and group.power_saving == target)
    return next(found, NO_GROUP)


def trigger_entities(section: PowerSaving, group: Group) -> list[str]:
    """Return the entities whose changes trigger a run: meters, target and the group's relays.

    A meter that is read from an attribute is given as `entity.*`, so that changes of attributes count too.
    """
    meters = [section.meter, *section.extra_meters]
    found = [meter["entity"] if meter["attribute"] is None else f"{meter['entity']}.*" for meter in meters]
    return [*found, *([section.target] if section.target else []), *group.relays]


class Meter:
    """Reads one meter and remembers its last number and when it was last known."""

    def __init__(self) -> None:
        self.track = Track()
        self._known_s = math.inf

    def read(self, view: View, meter: Mapping[str, Any], site: Site, *, steady: bool) -> tuple[Reading, DataQuality]:
        """Return the meter's reading (None while unknown) and its data quality; record a new number in its track.

        `steady`: the meter reports regularly, so its silence also degrades its quality; other meters may report only
        changes, so they degrade only while they are unavailable. A meter that never had a number has the usual grace
        period.
        """
        value, raw, track = meter_number(view, meter), view.raw(meter["entity"]), self.track
        if value is not None and raw is not None:
            track.record(value, raw.last_reported.timestamp())
            track.number_s = min(track.number_s, view.now_s)
            self._known_s = track.number_s if steady else view.now_s
        self._known_s = min(self._known_s, view.now_s)
        reading = Reading(value, track.last, view.now_s - self._known_s, track.period_s)
        return reading, reading_quality(site, reading)


MeterReadings = dict[tuple[str, str | None], Meter]
"""Entity and attribute -> its meter."""


def meter_number(view: View, meter: Mapping[str, Any]) -> float | None:
    """Return what a meter shows, divided by its `divisor`; None while its state or its attribute is unknown."""
    entity, attribute = meter["entity"], meter["attribute"]
    if attribute is not None and view.word(entity) is None:
        return None
    number = view.number(entity) if attribute is None else view.attribute_number(entity, attribute)
    return None if number is None else number / meter["divisor"]


def estimator_input(
    section: PowerSaving, group: Group, view: View, meters: MeterReadings, site: Site, level: int | None
) -> Readings:
    """Read the meters and relays, and return the estimator's input at one instant; new meters are added to `meters`.

    The house's meter is None unless its quality is good. The extra meters count as the sum of their last numbers, None
    if one of them has none or is stale. `level`: the target's level when it was changed by somebody else.
    """

    def meter_of(meter: Mapping[str, Any]) -> Meter:
        return meters.setdefault((meter["entity"], meter["attribute"]), Meter())

    house = meter_of(section.meter)
    reading, quality = house.read(view, section.meter, site, steady=True)
    extra = [meter_of(each).read(view, each, site, steady=False) for each in section.extra_meters]
    known = [each.last for each, grade in extra if each.last is not None and grade < DataQuality.STALE]
    on = sum(switch_state(view, relay) is True for relay in group.relays)
    least, most = others_in_reading(group, house.track.number_s, view.now_s)
    return Readings(
        now_s=view.now_s,
        meter=reading.value if quality is DataQuality.GOOD else None,
        reported_s=house.track.number_s,
        on=on,
        others=(least * section.per_radiator, most * section.per_radiator),
        extra=sum(known) if len(known) == len(extra) else None,
        level=level,
        quality=quality,
        extra_quality=max((grade for _, grade in extra), default=DataQuality.GOOD),
    )


@dataclass
class Instance:
    """State of one section: the estimator's memory, and the level that was last sent to its target."""

    memory: EstimatorMemory = field(default_factory=EstimatorMemory)
    meters: MeterReadings = field(default_factory=dict)
    sent: Attempts[int] = NO_ATTEMPTS
    failure: Message | None = None


class Estimation(ScriptRuntime):
    """One load of the script that estimates the power-saving level, with all its sections of CONFIG."""

    role, work, section = "estimator", "a run of the power saving", "power_saving"

    def __init__(self, loaded: LoadedConfig, ports: Ports) -> None:
        super().__init__(loaded, ports)
        self._tasks = Tasks()
        self._instances = lasting_dict("estimates", Instance)

    @property
    def triggers(self) -> list[str]:
        """Return the entities whose change triggers a run, those of live values included; never empty.

        Without a valid CONFIG only one that never changes.
        """
        config = self.loaded.config
        found = self.live_entities("power_saving")
        for section in as_tuple(config.sections["power_saving"]):
            found += trigger_entities(section, group_of_followers(section, config.sections))
        return [*dict.fromkeys(found), NEVER_CHANGES]

    async def run_once(self, now_s: float) -> None:
        """Run every section; an error in one is logged and published and does not keep the others from running.

        Nothing without a valid CONFIG. The status entities of sections that are gone are removed.
        """
        config = self.loaded.config
        if config is NO_CONFIG:
            return
        view = View(self.ports.get, now_s)
        values = self.settings.read_values(view)
        sections = config.sections_with(values)
        own = as_tuple(sections["power_saving"])
        for section in own:
            instance = self._instances.setdefault(section.status, Instance())
            try:
                self._update_section(section, sections, instance, view)
            except Exception as error:
                self.publisher.publish_failed_run(now_s, section.status, self.failures.log_failure(error, now_s))
        self.publisher.keep_only([section.status for section in own])

    def _update_section(
        self, section: PowerSaving, sections: Mapping[str, object], instance: Instance, view: View
    ) -> None:
        """Estimate the level of one section, store and publish it, and send it to the target.

        Nothing is sent in test mode, nor more than the target's maximum. The estimate starts from the level that the
        target displays at the first run, or when somebody else has changed it there (outside test mode).
        """
        config, now_s, target = self.loaded.config, view.now_s, section.target
        group = group_of_followers(section, sections)
        shows = level_in_force(group, GroupMemory(), view.number(target), stepping=True)
        if shows is not None and shows == instance.sent.value:
            instance.sent, instance.failure = instance.sent.after_confirmation(), None
        is_settled = instance.sent.value is None and not section.test_mode
        moved = shows if is_settled or instance.memory.level is None else None
        readings = estimator_input(section, group, view, instance.meters, config.site({}), moved)
        found = estimate(replace(section, max_active=group.max_active), readings, instance.memory)
        instance.memory = found.memory
        if target is not None and not section.test_mode:
            highest = view.attribute_number(target, "max")
            most = found.level if highest is None else min(found.level, int(highest))
            self._send_level_if_due(target, most, shows, instance, now_s)
        self._publish_level(section, group is NO_GROUP, found, instance, view)

    def _send_level_if_due(self, target: str, level: int, shows: int | None, instance: Instance, now_s: float) -> None:
        """Start to send the level to the target and record it as sent; nothing if it is displayed or not due.

        A new level is due at once, a repetition after `RETRY_S`, then after waits that double.
        """
        is_shown = level == shows and instance.sent.value is None
        if is_shown or not instance.sent.is_due(level, tuning.RETRY_S, now_s):
            return
        instance.sent = instance.sent.after_sending(level, now_s)
        self._tasks.spawn(self._send_level(target, level, instance, now_s))

    async def _send_level(self, target: str, level: int, instance: Instance, now_s: float) -> None:
        """Send the level to the target; a failed call is logged once and becomes `failure` of the instance.

        An earlier failure stays after a call that works.
        """
        data = {"entity_id": target, "value": level}
        failure = await self.call_or_failure(
            now_s, domain_of(target), "set_value", data, "saving_command_failed", entity=target, level=level
        )
        instance.failure = failure or instance.failure

    def _publish_level(
        self, section: PowerSaving, alone: bool, found: Estimate, instance: Instance, view: View
    ) -> None:
        """Publish the estimated level and its figures on the section's status entity. `alone`: without followers."""
        attributes = {
            **appearance("Fusebox power saving", "mdi:leaf"),
            "available": rounded(found.available, 2),
            "heating_remaining_power": rounded(found.for_heating, 2),
            "method": section.method,
            "test_mode": section.test_mode,
            "latency_s": round(found.memory.meter_latency.latency_s, 1),
            "followed": not alone,
            "reason": _reason(section, found, instance, view),
        }
        self.publisher.write(view.now_s, section.status, str(found.level), attributes)


def _reason(section: PowerSaving, found: Estimate, instance: Instance, view: View) -> Message:
    """Return why the level is not in force, if it is not; otherwise why the estimate is what it is.

    Not in force, in this order: it is above the target's maximum, the target could not be set, the target still does
    not show it after a repetition, or the section is in test mode.
    """
    target, sent = str(section.target), instance.sent
    highest = view.attribute_number(target, "max")
    if highest is not None and found.level > highest:
        return message("saving_target_too_small", entity=target, highest=highest, level=found.level)
    if instance.failure is not None:
        return instance.failure
    if sent.value is not None and sent.times > 1:
        return message("saving_not_taken", entity=target, level=sent.value)
    return message("saving_tested", level=found.level) if section.test_mode else found.reason
