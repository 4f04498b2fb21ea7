"""What has happened, to the log, the logbook and the bus."""

from __future__ import annotations

import logging

from ..control.events import Watched, events_of
from ..model.decision import Decision
from ..model.own_entities import SITE_ENTITY
from ..model.site import Site
from ..runtime.ports import Ports
from ..runtime.store import STORE, singleton
from .sending import taking_over

LOG = logging.getLogger("fusebox")


async def tell_taking_over(ports: Ports, site: Site) -> None:
    """That loads are commanded from now on, once."""
    said = taking_over(site)
    if said:
        LOG.info(said)
        await ports.fire("logbook_entry", name="Fusebox", message=said, entity_id=SITE_ENTITY)


async def tell_what_happened(ports: Ports, now_s: float, decision: Decision, problems: tuple[str, ...]) -> None:
    """What is different since the step before."""
    STORE["watched"], told = events_of(singleton("watched", Watched), now_s, decision, problems)
    for each in told:
        LOG.info("%s: %s: %s", each.kind, each.load or "site", each.message)
        await ports.fire(f"fusebox_{each.kind}", **each.data)
        await ports.fire("logbook_entry", **each.logbook)
