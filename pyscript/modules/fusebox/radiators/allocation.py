"""What the site's allocation lets groups of radiators have: handed from one script to the other, with its time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import tuning
from ..model.decision import Decision
from ..model.load import Load
from ..model.site import Site
from ..model.snapshot import Snapshot
from ..runtime.store import STORE, singleton
from ..runtime.tasks import Tasks
from . import Group

Grant = tuple[int | None, float]
"""How many radiators may be on, None while the site has no say in it; and when that was said."""


def allocate_radiators(site: Site, snapshot: Snapshot, decision: Decision) -> None:
    """Hand over what each group may have now; a change has the radiators run at once."""
    before: Mapping[str, Grant] = STORE.get("grants", {})
    now_s, grants = snapshot.now_s, dict(before)
    for load in site.loads:
        group = group_of(load)
        state = snapshot.loads.get(load.name)
        if group is None or state is None or not state.available:
            continue
        count = None if site.dry_run else round(decision.notes[load.name].setpoint_a / load.step_a)
        grants[group] = (count, now_s)
    STORE["grants"] = grants
    rotation: Any = STORE.get("rotation")
    if rotation is not None and any(before.get(name, (None, 0.0))[0] != grants[name][0] for name in grants):
        singleton("granting", Tasks).spawn(rotation.run(now_s))


def group_of(load: Load) -> str | None:
    """The name of the group that a load stands for; None for a load of another type."""
    name = load.device.get("heats")
    return name if load.type == "radiators" and isinstance(name, str) else None


def granted(site: Site, group: Group, now_s: float, since_s: float, on_then: int) -> int | None:
    """How many of a group the site lets be on; None where the group is no load of it, or it has no say.

    `since_s`: since when this generation has run, `on_then`: how many were on then. So many may stay on until the site
    speaks; and what it said last holds for a while after it has fallen silent. Then the group is blind.
    """
    if all(group_of(load) != group.name for load in site.loads) or site.dry_run:
        return None
    grants: Mapping[str, Grant] = STORE.get("grants", {})
    count, said_s = grants.get(group.name, (on_then, since_s))
    return count if now_s - said_s <= tuning.GRANT_FRESH_S else group.blind_active
