"""What a charge point is told now: asked, made safe, limited, renewed, and started where a session has to begin."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..readings import View
from ..site import Load
from ..snapshot import LoadState, Status
from .contract import Aim, ServiceCall, switch_call
from .ocpp_answers import STACK_KEY, UNIT_KEY, lasting_s
from .ocpp_entities import connector_of, devid, entity
from .ocpp_memory import Kept, Limit
from .ocpp_profiles import Profile, Way, ground, lease
from .ocpp_way import quirks_seen, unit_is_open, way_of

ASK_TIMES, ASK_AGAIN_S = 3, 60.0
"""A question without an answer is put so often, so long apart; then the charger is taken to have none."""

ANSWERS_S = 3.0
"""What is not urgent waits so long for the answer: it would be told twice."""

GROUND_AGAIN_S = 10.0
RENEWED_AT = 0.5
"""A limit is renewed when this much of its lease is over: one renewal may get lost."""

BUSY_S = 35.0
"""While a call is not answered nothing is added to it but commands; the integration waits no longer than this."""

SAME_A = 0.05

START_AGAIN_S, LONGEST_START_S = 30.0, 300.0
"""A session that does not begin is asked for again after the first, then after twice the time, up to the second."""

QUIET = frozenset({Status.FAULT, Status.FULL})
"""Nothing is sent to a charger in one of these: it would refuse, and some get stuck."""

STARTABLE = frozenset({Status.CONNECTED, Status.PAUSED, Status.SUSPENDED_CAR, Status.CHARGING})


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that decides what is sent in one step."""

    load: Load
    view: View
    state: LoadState
    aim: Aim
    way: Way
    open_unit: bool
    voltage_v: float

    @property
    def now_s(self) -> float:
        """The time of the step [s]."""
        return self.view.now_s

    def call(self, service: str, **data: object) -> ServiceCall:
        """A service of the integration, for this charger."""
        asks = service == "get_configuration"
        return ServiceCall("ocpp", service, {"devid": devid(self.load, self.view), **data}, asks)

    def profile(self, profile: Profile) -> ServiceCall:
        """A profile for the load's connector."""
        return self.call("set_charge_rate", conn_id=connector_of(self.load), custom_profile=dict(profile))


def tend(
    load: Load, view: View, state: LoadState, aim: Aim, past: Kept | None, voltage_v: float
) -> tuple[tuple[ServiceCall, ...], Kept]:
    """The calls of this step, in order, and the memory that knows of them."""
    kept = past or Kept()
    if not state.available or state.status in QUIET:
        return (), kept
    quirks = quirks_seen(load, view)
    scene = Scene(load, view, state, aim, way_of(load, kept, quirks), unit_is_open(load, kept, quirks), voltage_v)
    calls: list[ServiceCall] = []
    for part in (_ask, _limit, _make_safe, _start):
        made, kept = part(scene, kept)
        calls += made
    if any(call.service == "set_charge_rate" for call in calls):
        kept = replace(kept, busy_s=scene.now_s)
    return tuple(calls), kept


def _ask(scene: Scene, kept: Kept) -> tuple[list[ServiceCall], Kept]:
    """What it can do; once for each connection, and again where no answer came."""
    asked = kept.asked
    if asked.times >= ASK_TIMES or scene.now_s - asked.at_s < ASK_AGAIN_S:
        return [], kept
    keys = [UNIT_KEY] if scene.open_unit else []
    keys += [STACK_KEY] if asked.most_stack is None else []
    asked = replace(asked, times=asked.times + 1, at_s=scene.now_s, open=bool(keys))
    return [scene.call("get_configuration", ocpp_key=key) for key in keys], replace(kept, asked=asked)


def _limit(scene: Scene, kept: Kept) -> tuple[list[ServiceCall], Kept]:
    """The limit that is due: a new one, the same in a better way, or once more before it ends."""
    told, now_s = kept.told, scene.now_s
    current_a = _due_a(scene, kept)
    if current_a is None:
        return [], kept
    lease_s = lease_of(scene.load)
    again = told is not None and told.current_a == current_a and told.way == scene.way
    first_s = told.first_s if again and told is not None else now_s
    limit = Limit(current_a, scene.way, first_s, now_s, lasting_s(scene.way.kind, now_s, lease_s))
    verified = kept.verified if again else replace(kept.verified, confirmed=False, since_s=None)
    profile = lease(
        scene.way, connector_of(scene.load), current_a, scene.voltage_v, now_s, lease_s, scene.load.failsafe_a
    )
    return [scene.profile(profile)], replace(kept, told=limit, verified=verified)


def _due_a(scene: Scene, kept: Kept) -> float | None:
    """The current to send now [A]; None when nothing is due."""
    told, now_s, command = kept.told, scene.now_s, scene.aim.command
    asked_a = None if command is None else command.current_a
    if asked_a is not None and not _is_repeated(scene, kept, asked_a):
        return asked_a
    if not scene.state.takes_part or _waits_for_answer(scene, kept) or _is_busy(kept, now_s):
        return None
    setpoint_a = scene.aim.setpoint_a
    if told is None or now_s >= told.until_s:
        return setpoint_a
    kept_a = setpoint_a if setpoint_a < told.current_a - SAME_A else told.current_a
    if told.way != scene.way:
        return kept_a
    over = told.until_s - now_s <= lease_of(scene.load) * (1 - RENEWED_AT)
    return kept_a if over else None


def _is_repeated(scene: Scene, kept: Kept, current_a: float) -> bool:
    """Whether this was told and taken, and nothing says that it is not followed: then the next renewal will do."""
    told = kept.told
    same = told is not None and kept.taken == told and told.current_a == current_a and told.way == scene.way
    return same and kept.verified.since_s is None


def _make_safe(scene: Scene, kept: Kept) -> tuple[list[ServiceCall], Kept]:
    """The safe limit under all others, once after each connection and whenever the way has changed."""
    way, now_s = scene.way, scene.now_s
    if not way.has_ground or kept.ground == way or now_s - kept.ground_s < GROUND_AGAIN_S:
        return [], kept
    if _waits_for_answer(scene, kept):
        return [], kept
    profile = ground(way, connector_of(scene.load), scene.load.failsafe_a, scene.voltage_v)
    return [scene.profile(profile)], replace(kept, ground=way, ground_s=now_s)


def _start(scene: Scene, kept: Kept) -> tuple[list[ServiceCall], Kept]:
    """A session that has to begin: a car is there, it may charge, and nobody has started it."""
    state, now_s = scene.state, scene.now_s
    if state.on:
        return [], replace(kept, starts=0)
    switch = entity(scene.load, "switch", scene.view)
    may = state.status in STARTABLE and scene.aim.setpoint_a > 0 and kept.told is not None and kept.told.current_a > 0
    rest_s = min(START_AGAIN_S * 2.0 ** min(kept.starts - 1, 8), LONGEST_START_S) if kept.starts else 0.0
    if switch is None or state.on is None or not may or now_s - kept.start_s < rest_s:
        return [], kept
    return [switch_call(switch, True)], replace(kept, starts=kept.starts + 1, start_s=now_s)


def lease_of(load: Load) -> float:
    """How long a limit lasts [s]."""
    return float(str(load.device["lease_s"]))


def _waits_for_answer(scene: Scene, kept: Kept) -> bool:
    return scene.open_unit and kept.asked.open and scene.now_s - kept.asked.at_s < ANSWERS_S


def _is_busy(kept: Kept, now_s: float) -> bool:
    return kept.busy_s is not None and now_s - kept.busy_s < BUSY_S
