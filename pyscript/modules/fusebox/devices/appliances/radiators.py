"""Driver of `radiators`: a group that takes turns. The allocation says how many may be on, `rotation` which of them.

There are no calls: the grant is handed over in the process and acknowledged in the group's status entity. Without that
entity the group does not run (yet), and the radiators that are on count as what it may have.
"""

from __future__ import annotations

from ...model.electrics import PerPhase
from ...model.load import Load
from ...model.messages.message import message
from ...model.readings import View
from ...model.snapshot import LoadState, Status
from ..driver import Driver, entity_of, named_entities, switch_state


def group_relays(load: Load) -> tuple[str, ...]:
    """Return the group's relays."""
    found = load.device.get("relays")
    return found if isinstance(found, tuple) else ()


def watched_entities(load: Load) -> tuple[str, ...]:
    """Return the entities to watch: the group's status and its relays."""
    return named_entities(load, "status") + group_relays(load)


def read_state(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return the group's state: radiators that are on count with their rating, and more than want heat cannot be used.

    The group's power-saving level limits it as well, unless Fusebox estimates that level: the estimate depends on the
    power left for the group, so using that would keep a high level high for ever. While the group does not say how many
    want heat, those that are on may stay on, and this is reported. A relay whose state is unknown counts as unanswered.
    """
    relays = [switch_state(view, relay) for relay in group_relays(load)]
    on = relays.count(True)
    status = entity_of(load, "status")
    wanting, granted, allowed = (view.attribute_number(status, name) for name in ("wanting", "granted", "allowed"))
    may_use = on if wanting is None else wanting
    if allowed is not None and not load.device.get("estimated"):
        may_use = min(may_use, allowed)
    level = _level_message(load, wanting, granted, allowed)
    is_away = view.attribute(status, "away_status") == "on"
    return LoadState(
        draw_a=PerPhase.each(load.phases, on * load.step_a),
        counted=True,
        unanswered_a=relays.count(None) * load.step_a,
        offer_a=(on if granted is None else granted) * load.step_a,
        status=Status.CONNECTED,
        can_use_power=may_use > 0,
        device_max_a=may_use * load.step_a,
        idle_reason=message("radiators_away" if is_away else "radiators_not_allowed" if level else "radiators_warm"),
        note=level,
        missing=message("radiators_unsteered", entity=status or "") if wanting is None else "",
    )


def _level_message(load: Load, wanting: float | None, granted: float | None, allowed: float | None) -> str:
    """Return the message that the power-saving level lets fewer radiators heat than want to.

    "" where it does not, where the site's allocation (`granted`) lets even fewer, or where `wanting` or `allowed` is
    unknown.
    """
    if wanting is None or allowed is None or allowed >= min(wanting, round(load.max_a / load.step_a)):
        return ""
    if granted is not None and granted < allowed:
        return ""
    return message("radiators_limited_by_level", allowed=allowed, wanting=wanting)


RADIATORS = Driver(watched_entities, read_state)
