"""`fusebox_switch_phases`: a charger to one phase or three by hand, and what will come of it."""

from __future__ import annotations

from collections.abc import Mapping
from reprlib import repr as shortened

from ..control.data_quality import DataQuality, data_quality
from ..control.diagnostics.phase_words import by_hand_words, in_the_way
from ..model.numbers import number_of
from ..model.phase_switch import NEW_PHASE_SWITCH
from ..model.records import fast_replace
from ..runtime.service_errors import Others, ServiceError, answered, refuse_others
from ..runtime.store import STORE
from .balancer import Balancer
from .services import load_of, plan_in_force


async def switch_phases(balancer: Balancer, now_s: float, load: object, phases: object, others: Others) -> object:
    """In the same order as by itself, until its car is unplugged; refused where nothing would happen."""
    return await answered(_switch_phases(balancer, now_s, load, phases, others))


async def _switch_phases(
    balancer: Balancer, now_s: float, load: object, phases: object, others: Others
) -> Mapping[str, object]:
    refuse_others(others, "load", "phases")
    found = load_of(plan_in_force(balancer), load)
    lines = number_of(phases)
    site, snapshot = balancer.site, balancer.snapshot
    if site is None or snapshot is None:
        raise ServiceError("nothing has been seen yet; try again in some seconds")
    now = site.by_name.get(found.name, found)
    if now.switching is None:
        raise ServiceError(f"load: '{found.name}' does not switch phases; write \"switch_phases\": True in its CONFIG")
    if lines not in (1, len(now.switching.phases)):
        raise ServiceError(f"phases: {shortened(phases)} is neither 1 nor 3; give one of these")
    if site.dry_run:
        raise ServiceError("load: dry_run is on, so nothing is commanded")
    known_switches = balancer.memory.phase_switches
    past = known_switches.get(found.name, NEW_PHASE_SWITCH)
    hindrance = in_the_way(now.switching, snapshot.loads[found.name], past, int(lines))
    if hindrance:
        raise ServiceError(f"load: '{found.name}' stays as it is: {hindrance}")
    is_seen = data_quality(site, snapshot)[found.name] is DataQuality.GOOD
    balancer.memory = STORE["memory"] = fast_replace(
        balancer.memory,
        phase_switches={**known_switches, found.name: fast_replace(past, by_hand=int(lines))},
    )
    await balancer.run_anew(now_s)
    return {"load": found.name, "phases": int(lines), "next": by_hand_words(past, int(lines), is_seen)}
