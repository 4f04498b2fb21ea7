"""Announces events in the log, the logbook and on the event bus."""

from __future__ import annotations

import logging

from ..control.events import Watched, events_of
from ..model.decision import Decision
from ..model.messages.message import message
from ..model.own_entities import SITE_ENTITY
from ..model.site import MAIN, Site
from ..runtime.ports import Ports
from ..runtime.store import STORE, singleton

LOG = logging.getLogger("fusebox")


def nothing_commanded() -> None:
    """Record that there is no CONFIG, so that the first one is announced."""
    STORE.setdefault("commanding", None)


async def tell_taking_over(ports: Ports, site: Site) -> None:
    """Log, and enter in the logbook, once, that loads are commanded from now on."""
    said = _taking_over(site)
    if said:
        LOG.info(said)
        await ports.fire("logbook_entry", name="Fusebox", message=said, entity_id=SITE_ENTITY)


def _taking_over(site: Site) -> str:
    """Return the sentence that announces it, "" if nothing has changed since the last step or the start."""
    fuse_a = next(circuit.fuse_a for circuit in site.circuits if circuit.name == MAIN)
    now = None if site.dry_run else fuse_a
    before = STORE.get("commanding", now)
    STORE["commanding"] = now
    if now is None or now == before:
        return ""
    if not site.loads:
        return message("now_commands_nothing", fuse_a=fuse_a)
    return message("now_commands", loads=", ".join(load.name for load in site.loads), fuse_a=fuse_a)


async def tell_what_happened(ports: Ports, now_s: float, decision: Decision, problems: tuple[str, ...]) -> None:
    """Log what has changed since the step before, and fire an event and a logbook entry for each."""
    STORE["watched"], told = events_of(singleton("watched", Watched), now_s, decision, problems)
    for each in told:
        LOG.info("%s: %s: %s", each.kind, each.load or "site", each.message)
        await ports.fire(f"fusebox_{each.kind}", **each.data)
        await ports.fire("logbook_entry", **each.logbook)
