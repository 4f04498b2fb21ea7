"""Announces events in the log, the logbook and on the event bus."""

from __future__ import annotations

import logging

from ..control.events import Watched, find_events
from ..model.decision import Decision
from ..model.messages.message import message
from ..model.own_entities import SITE_ENTITY
from ..model.site import MAIN, Site
from ..runtime.ports import Ports
from ..runtime.store import STORE, singleton

LOG = logging.getLogger("fusebox")


def record_nothing_commanded() -> None:
    """Record that there is no CONFIG, so that the first one is announced."""
    STORE.setdefault("commanding", None)


async def announce_commanding(ports: Ports, site: Site) -> None:
    """Log and enter in the logbook that loads are commanded from now on; nothing where that has not changed."""
    said = _commanding_message(site)
    if said:
        LOG.info(said)
        await ports.fire("logbook_entry", name="Fusebox", message=said, entity_id=SITE_ENTITY)


def _commanding_message(site: Site) -> str:
    """Return the message that announces which loads are commanded since the last step, "" if that has not changed.

    Also "" in a dry run and at the first step of a process. Stores what was announced.
    """
    fuse_a = next(circuit.fuse_a for circuit in site.circuits if circuit.name == MAIN)
    now = None if site.dry_run else fuse_a
    before = STORE.get("commanding", now)
    STORE["commanding"] = now
    if now is None or now == before:
        return ""
    if not site.loads:
        return message("now_commands_nothing", fuse_a=fuse_a)
    return message("now_commands", loads=", ".join(load.name for load in site.loads), fuse_a=fuse_a)


async def announce_events(ports: Ports, now_s: float, decision: Decision, problems: tuple[str, ...]) -> None:
    """Log each event since the step before, fire it on the event bus and enter it in the logbook."""
    STORE["watched"], told = find_events(singleton("watched", Watched), now_s, decision, problems)
    for each in told:
        LOG.info("%s: %s: %s", each.kind, each.load or "site", each.message)
        await ports.fire(f"fusebox_{each.kind}", **each.data)
        await ports.fire("logbook_entry", **each.logbook)
