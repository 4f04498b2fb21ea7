"""What a person is told of a charge point: a note with its reason, and what has to be done something about."""

from __future__ import annotations

from ... import tuning
from ...model.durations import NEVER_S
from ...model.load import Load
from ...model.readings import View
from ...model.snapshot import Status
from .entities import charger_of, connector_of, entity
from .memory import Limit, OcppMemory
from .observation import Observation
from .profiles import ProfileForm
from .recovery import is_given_up
from .states import Deviation
from .vendors import GENERIC, NONE, VENDORS, quirks_of

CHECK = "check that its smart charging is on and that nothing else controls it, and restart it by its own fuse"


def unreachable(load: Load, view: View) -> str:
    """Why nothing is known of it."""
    if entity(load, "status", view) is None:
        name, connector = charger_of(load), connector_of(load)
        return f"nothing is known of connector {connector} of charge point '{name}'; check its id, or name its entities"
    falls = f"goes down to {load.failsafe_a:g} A" if load.failsafe_a > 0 else "pauses"
    return f"it cannot be reached; by itself it {falls} when its last limit has ended"


def note(load: Load, form: ProfileForm, memory: OcppMemory) -> str:
    """What is worth knowing of how its limits are sent."""
    vendor = load.device.get("vendor")
    if isinstance(vendor, str) and vendor != GENERIC and quirks_of(vendor, None, None) is NONE:
        return f"vendor {vendor!r} is not known; write {', '.join(VENDORS)}, or {GENERIC}"
    if form.kind == "endless":
        return "this charger is not safe if Home Assistant dies: it takes no limit that ends by itself"
    if memory.compliance.tried.kind_changes:
        return "its limits ended early, so they count from when they arrive now"
    falls = f"goes down to {load.failsafe_a:g} A" if load.failsafe_a > 0 else "pauses"
    return f"it has room for one profile only, which {falls} by itself when it has ended" if form.is_alone else ""


def fault(seen: Observation, memory: OcppMemory, has_button: bool) -> str:
    """What a person has to do something about."""
    limit, recovery, now_s = memory.commanded, memory.recovery, seen.now_s
    if memory.is_outdated:
        return (
            "Home Assistant's OCPP integration is too old to be told which charger is meant; "
            "update it to 0.8.0 or newer"
        )
    given_up = is_given_up(memory, has_button, now_s)
    if limit is not None and (given_up or _goes_on(seen, memory, limit)):
        draw_a, shows_a = seen.draw_a, seen.offered.current_a
        does = f"draws {draw_a:.1f} A" if draw_a > tuning.OCPP_DRAWS_A or shows_a is None else f"offers {shows_a:g} A"
        done = {"its profiles were cleared": recovery.clears, "it was reset": recovery.presses}
        tried = " and ".join(words for words, times in done.items() if times)
        also = f", also after {tried}" if tried and given_up else ""
        return f"does not follow: {does}, was told {limit.current_a:g} A{also}; {CHECK}"
    if seen.state.status is Status.FULL and recovery.stopped_s > NEVER_S:
        return "its session was ended because it took current when it was paused; plug the car in anew, or reset it"
    if memory.starts >= tuning.OCPP_START_TIMES and now_s - memory.started_s >= tuning.OCPP_START_AGAIN_S:
        return f"does not begin: it was told {memory.starts} times; check that it accepts remote starts"
    return ""


def _goes_on(seen: Observation, memory: OcppMemory, limit: Limit) -> bool:
    """Whether it goes on with more than it was told.

    No answer tells that: who rejects every profile looks like one that takes them. One limit that is not followed is
    enough of a charger that limits have not been seen to lead; its unit may still have to be found out.
    """
    past, evidence = memory.compliance, memory.compliance.evidence
    is_trying_units = past.tried.unit_changes == 0 and seen.unit_is_open
    more_a = max(seen.draw_a, 0.0 if evidence.offer_is_mute else seen.offered.current_a or 0.0)
    ignores = past.deviation is Deviation.OVER and past.deviates_since_s is not None
    often = past.unfollowed > (1 if evidence.follows_two else 0)
    return ignores and often and more_a > limit.current_a + tuning.OCPP_NEAR_A and not is_trying_units
