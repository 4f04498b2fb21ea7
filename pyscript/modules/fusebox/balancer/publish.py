"""Publishes decisions: on status and energy entities, as a response, and as events in log, logbook and on the bus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .. import tuning
from ..control.estimators.phases_in_use import narrow_phases
from ..control.events import EventMemory, find_events
from ..control.limits.power_range import QuasarStatus
from ..control.load_reason import loads_under
from ..model.decision import Decision, LoadNote
from ..model.durations import NEVER_S, has_passed
from ..model.load import Mode
from ..model.messages.message import message
from ..model.own_entities import ENERGY, KWH, POWER, SITE_ENTITY, WATTS, appearance, load_entity
from ..model.site import MAIN, Site
from ..runtime.load_files import LoadedConfig
from ..runtime.log_throttle import LOG
from ..runtime.ports import Ports
from ..runtime.publisher import EntityPublisher, changed_at
from ..runtime.store import STORE, singleton
from ..runtime.version import VERSION
from .attributes import (
    allocated_text,
    load_attributes,
    pause_and_write_counts,
    phase_attributes,
    quasar_attributes,
    site_attributes,
    switched_attributes,
    wiring_test_attributes,
)
from .controls import current_range_attributes
from .dry_run import present_allocation_text
from .energy.load_energy import NO_DRAW, LoadEnergy
from .energy.meter import EnergyMeter, energy_meter
from .energy.session import session_figures
from .plans.inputs import StepResult
from .plans.runner import PlanRunner
from .stops import limit_attributes
from .vehicles import effect as vehicles

SESSION_FIGURES = ("session_kwh", "session_solar_pct", "session_cost")
"""Attributes of an energy entity that grow while its load draws: written with the energy, once a minute."""


def energy_attributes(name: str, energy: LoadEnergy) -> dict[str, object]:
    """Return the attributes of a load's energy entity, with the figures of its session; None between sessions."""
    kwh, session = energy.session_kwh, energy.session
    figures = {} if session is None or kwh is None else session_figures(session, kwh)
    return {
        "friendly_name": f"Fusebox {name} energy",
        **KWH,
        "source": str(energy.counter.source),
        "measured": energy.measured,
        "session_vehicle": None if session is None else session.vehicle,
        **{attribute: figures.get(attribute.removeprefix("session_")) for attribute in SESSION_FIGURES},
    }


def power_attributes(name: str) -> dict[str, object]:
    """Return the attributes of the power entity."""
    return {"friendly_name": f"Fusebox {name} power", **WATTS}


class EnergyEntities:
    """Writes the energy and power entities every few seconds at most, because each change is a row in the recorder."""

    def __init__(self, ports: Ports) -> None:
        self._energies = EntityPublisher(ports, "energy", SESSION_FIGURES, calm=True)
        self._powers = EntityPublisher(ports, "power")
        self._published_s = NEVER_S
        self._published: tuple[tuple[str, bool], ...] = ()

    def publish_energy(self, now_s: float, names: Iterable[str], meter: EnergyMeter) -> None:
        """Write the energy entity of each load that was counted, and the power entity of each that was measured.

        Those of other loads are removed. At once if a load or a session comes or goes, otherwise every `SHOWN_S`.
        """
        known = {name: each for name in names if (each := meter.loads.get(name)) is not None}
        published = tuple((name, each.session is not None) for name, each in known.items())
        if published == self._published and not has_passed(tuning.SHOWN_S, self._published_s, now_s):
            return
        self._published, self._published_s = published, now_s
        for name, energy in known.items():
            kwh = f"{meter.published_kwh(name):.3f}"
            self._energies.write(now_s, load_entity(name, ENERGY), kwh, energy_attributes(name, energy))
        self._energies.keep_only([load_entity(name, ENERGY) for name in known])
        measured = [name for name, each in known.items() if each.last != NO_DRAW]
        for name in measured:
            power_w = meter.powers_w.get(name)
            text = "unknown" if power_w is None else f"{power_w:.0f}"
            self._powers.write(now_s, load_entity(name, POWER), text, power_attributes(name))
        self._powers.keep_only([load_entity(name, POWER) for name in measured])

    def remove_all(self) -> None:
        """Remove all energy and power entities."""
        self._published = ()
        self._energies.keep_only(())
        self._powers.keep_only(())


AGEING = frozenset({"data_age_s", "silent_s", "writes_per_hour", "ready_at"})
"""Attributes that change by themselves and cause no write of their own."""

SETTINGS = frozenset(
    {"stop_soc_pct", "stop_energy_kwh", "plan_asked", "min_a", "max_a", "max_w", "rated_w", "max_import_w"}
)
"""Attributes that users set: they want to see at once that their value counts."""

ALERT = appearance("Fusebox", "mdi:fuse-alert")
"""How the site's entity looks while nothing can be decided."""


class StatusWriter:
    """Writes status entities on change and every half minute without one, and removes those without an owner."""

    def __init__(self, ports: Ports, loaded: LoadedConfig, plans: PlanRunner) -> None:
        self._loaded = loaded
        self._plans = plans
        self._publisher = EntityPublisher(ports, "balancer", AGEING, SETTINGS, calm=True)
        self._energy = EnergyEntities(ports)
        self._since: dict[str, tuple[str, str]] = STORE.setdefault("since", {})

    def publish_config_errors(self, now_s: float, errors: Sequence[str]) -> None:
        """Publish the site's entity with the mistakes of CONFIG, the first as reason, and remove all other entities."""
        attributes = {**ALERT, "version": VERSION, "reason": next(iter(errors), ""), "errors": list(errors)}
        self._publisher.write(now_s, SITE_ENTITY, "config_error", attributes)
        self._remove_others({SITE_ENTITY})
        self._energy.remove_all()

    def publish_failure(self, now_s: float, text: str) -> None:
        """Publish that no decision could be made, with the state `blind`."""
        attributes = {**ALERT, "reason": text, "errors": [text]}
        self._publisher.publish_failure(now_s, SITE_ENTITY, "blind", attributes)

    def publish_decision(self, found: StepResult, problems: Sequence[str], quasars: Mapping[str, QuasarStatus]) -> None:
        """Write the entities of the site and of each load, remove those of other loads, and write energies when due.

        In a dry run a load's state is what its device displays. `problems`: those of devices, in addition to the
        mistakes of CONFIG. `quasars`: name of a Quasar -> its status.
        """
        site, snapshot, decision = found.served, found.snapshot, found.decision
        now_s, mine, loaded = snapshot.now_s, {SITE_ENTITY}, self._loaded
        state = "config_error" if loaded.errors else decision.state
        attributes = site_attributes(site, snapshot, decision, loaded, problems)
        attributes |= {**self._plans.battery_attributes(found.site.batteries), **self._plans.export.attributes}
        self._publisher.write(now_s, SITE_ENTITY, state, attributes)
        _, narrow = narrow_phases(site, snapshot, decision.memory)
        for load, as_set in zip(site.loads, found.site.loads, strict=True):
            entity = load_entity(load.name)
            mine.add(entity)
            note, state_now = decision.notes[load.name], snapshot.state_of(load.name)
            has = present_allocation_text(site, load, state_now) if site.dry_run else allocated_text(site, load, note)
            since = changed_at(self._since, entity, note.status, now_s)
            attributes = {
                **load_attributes(narrow, load, note, since),
                **current_range_attributes(site, load, state_now.device_max_a),
                **limit_attributes(as_set),
                **vehicles.vehicle_attributes(as_set),
                **quasar_attributes(quasars.get(load.name)),
                **phase_attributes(load, decision.memory, snapshot.day_began_s, note.phases_reason),
                **pause_and_write_counts(load, decision.memory.loads[load.name], now_s),
                **switched_attributes(site, snapshot, load, decision.memory.loads[load.name]),
                **self._plans.plan_attributes(found, as_set if load.mode is not Mode.BOOST else load),
                **wiring_test_attributes(site, load, as_set, state_now),
            }
            shown = f"{quasars[load.name].limit_w:.0f}" if load.name in quasars else has
            self._publisher.write(now_s, entity, shown, attributes)
        self._remove_others(mine)
        self._energy.publish_energy(now_s, [load.name for load in site.loads], energy_meter())

    def remove_all(self) -> None:
        """Remove all entities."""
        self._remove_others(set())
        self._energy.remove_all()

    def _remove_others(self, mine: set[str]) -> None:
        """Remove all entities except these."""
        for entity in self._publisher.keep_only(mine):
            self._since.pop(entity, None)


async def announce_commanding(ports: Ports, site: Site) -> None:
    """Log and enter in the logbook that loads are commanded from now on; nothing if that has not changed.

    Also nothing in a dry run and at the first step of a process.
    """
    fuse_a = None if site.dry_run else site.circuit(MAIN).fuse_a
    before = STORE.get("commanding", fuse_a)
    STORE["commanding"] = fuse_a
    if fuse_a is None or fuse_a == before:
        return
    loads = {"loads": ", ".join(load.name for load in site.loads)} if site.loads else {}
    text = message("now_commands" if loads else "now_commands_nothing", fuse_a=fuse_a, **loads)
    LOG.info(text)
    await ports.fire("logbook_entry", name="Fusebox", message=text, entity_id=SITE_ENTITY)


async def announce_events(ports: Ports, now_s: float, decision: Decision, problems: tuple[str, ...]) -> None:
    """Log the events since the last step (`find_events`), fire each on the event bus and enter it in the logbook.

    What was observed is stored in `STORE`, to compare the next step with it.
    """
    STORE["watched"], events = find_events(singleton("watched", EventMemory), now_s, decision, problems)
    for each in events:
        LOG.info("%s: %s: %s", each.kind, each.load or "site", each.message)
        await ports.fire(f"fusebox_{each.kind}", **each.data)
        await ports.fire("logbook_entry", **each.logbook)


NOTE_FIELDS = ("allocated_a", "setpoint_a", "available_a", "status", "limited_by", "reason")
"""The fields of a note that `fusebox_explain` returns."""


def _explain_note(note: LoadNote) -> dict[str, object]:
    """Return the fields of a load's note that `fusebox_explain` returns, currents rounded to hundredths."""
    found = {name: getattr(note, name) for name in NOTE_FIELDS}
    rounded = {name: round(value, 2) if name.endswith("_a") else value for name, value in found.items()}
    return {**rounded, "binding": note.limited_by}


def explain_decision(site: Site, decision: Decision, loaded: LoadedConfig) -> dict[str, object]:
    """Return the whole last decision as plain values, for `fusebox_explain`.

    The site's state, ceilings and loads with their currents [A] and reasons, commands, and CONFIG's mistakes.
    """
    shares_a = {name: note.allocated_a for name, note in decision.notes.items()}
    return {
        "state": decision.state,
        "reason": decision.reason,
        "distribution": str(site.distribution),
        "ceilings": [
            {
                "name": c.name,
                "room_a": round(c.headroom_a, 2),
                "flow_a": round(c.flow_a, 2),
                "rating_a": round(c.rating_a, 2),
                "reason": str(c.limit_message(**loads_under(c, shares_a))),
            }
            for c in decision.ceilings
        ],
        "loads": {name: _explain_note(note) for name, note in decision.notes.items()},
        "commands": [
            {"load": c.load, "current_a": c.current_a, "on": c.on, "phases": c.phase_count} for c in decision.commands
        ],
        "errors": list(loaded.errors),
        "warnings": list(loaded.warnings),
    }
