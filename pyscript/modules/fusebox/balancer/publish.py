"""Publishes decisions on status entities: on change, and every half minute without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ..control.estimators.phases_in_use import narrow_phases
from ..control.limits.power_range import QuasarStatus
from ..model.load import Mode
from ..model.local_day import iso_text
from ..model.own_entities import SITE_ENTITY, load_entity
from ..model.snapshot import LoadState
from ..runtime.load_files import Loaded
from ..runtime.ports import Ports
from ..runtime.publisher import EntityPublisher
from ..runtime.store import STORE
from ..runtime.version import VERSION
from .attributes import (
    allocated_text,
    appearance,
    load_attributes,
    pause_and_write_counts,
    phase_attributes,
    quasar_attributes,
    site_attributes,
    switched_attributes,
    wiring_test_attributes,
)
from .dry_run import present_allocation_text
from .energy.entities import EnergyEntities
from .energy.meter import energy_meter
from .plans.found import Found
from .plans.runner import PlanRunner
from .site_attributes import current_range_attributes
from .stops import limit_attributes
from .vehicles import effect as vehicles

AGEING = frozenset({"data_age_s", "silent_s", "writes_per_hour", "ready_at"})
"""Attributes that change by themselves and cause no write of their own."""

NO_QUASARS: Mapping[str, QuasarStatus] = MappingProxyType({})


class StatusWriter:
    """Writes status entities when they have changed, and removes those without an owner."""

    def __init__(self, ports: Ports, loaded: Loaded, plans: PlanRunner) -> None:
        self._loaded = loaded
        self._plans = plans
        self._shown = EntityPublisher(ports, "balancer", AGEING, calm=True)
        self._energy = EnergyEntities(ports)
        self._since: dict[str, tuple[str, str]] = STORE.setdefault("since", {})

    def publish_config_errors(self, now_s: float, errors: Sequence[str]) -> None:
        """Publish the site's entity with the mistakes of CONFIG, and remove all others."""
        attributes = {
            **appearance("Fusebox", "mdi:fuse-alert"),
            "version": VERSION,
            "reason": next(iter(errors), ""),
            "errors": list(errors),
        }
        self._shown.write(now_s, SITE_ENTITY, "config_error", attributes)
        self._remove_others({SITE_ENTITY})
        self._energy.remove_all()

    def publish_failure(self, now_s: float, text: str) -> None:
        """Publish that no decision could be made, with the state `blind`."""
        attributes = {**appearance("Fusebox", "mdi:fuse-alert"), "reason": text, "errors": [text]}
        self._shown.publish_failure(now_s, SITE_ENTITY, "blind", attributes)

    def publish_decision(
        self,
        found: Found,
        problems: Sequence[str],
        quasars: Mapping[str, QuasarStatus] = NO_QUASARS,
    ) -> None:
        """Write the entities of the site and of each load.

        `problems`: those of devices, in addition to the mistakes of CONFIG. `quasars`: name of a Quasar -> its status.
        """
        site, snapshot, decision = found.served, found.snapshot, found.decision
        now_s, mine, loaded = snapshot.now_s, {SITE_ENTITY}, self._loaded
        state = "config_error" if loaded.errors else decision.state
        attributes = site_attributes(site, snapshot, decision, loaded, problems)
        self._shown.write(
            now_s, SITE_ENTITY, state, {**attributes, **self._plans.battery_told, **self._plans.export.told}
        )
        _, narrow = narrow_phases(site, snapshot, decision.memory)
        for load, as_set in zip(site.loads, found.site.loads, strict=True):
            entity = load_entity(load.name)
            mine.add(entity)
            note, state_now = decision.notes[load.name], snapshot.loads.get(load.name) or LoadState()
            has = present_allocation_text(site, load, state_now) if site.dry_run else allocated_text(site, load, note)
            since = self._status_changed_at(entity, note.status, now_s)
            self._shown.write(
                now_s,
                entity,
                f"{quasars[load.name].limit_w:.0f}" if load.name in quasars else has,
                {
                    **load_attributes(narrow, load, note, since),
                    **current_range_attributes(site, as_set, state_now.device_max_a),
                    **limit_attributes(as_set),
                    **vehicles.vehicle_attributes(as_set),
                    **quasar_attributes(quasars.get(load.name)),
                    **phase_attributes(load, decision.memory, snapshot.day_began_s, note.phases_reason),
                    **pause_and_write_counts(load, decision.memory.loads[load.name], now_s),
                    **switched_attributes(site, snapshot, load, decision.memory.loads[load.name]),
                    **self._plans.plan_attributes(as_set if load.mode is not Mode.BOOST else load, note),
                    **wiring_test_attributes(site, load, as_set),
                },
            )
        self._remove_others(mine)
        self._energy.publish_energy(now_s, [load.name for load in site.loads], energy_meter())

    def remove_all(self) -> None:
        """Remove all entities."""
        self._remove_others(set())
        self._energy.remove_all()

    def _status_changed_at(self, entity: str, status: str, now_s: float) -> str:
        """Return when an entity's status last changed, as text."""
        if self._since.get(entity, ("", ""))[0] != status:
            self._since[entity] = (status, iso_text(now_s))
        return self._since[entity][1]

    def _remove_others(self, mine: set[str]) -> None:
        """Remove all entities except these."""
        for entity in self._shown.keep_only(mine):
            self._since.pop(entity, None)
