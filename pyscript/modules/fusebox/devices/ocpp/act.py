"""What a charge point is told now: asked, made safe, limited, renewed, and started where a session has to begin."""

from __future__ import annotations

from dataclasses import replace

from ...model.backoff import backoff_s
from ...model.readings import View
from ...model.site import Load
from ...model.snapshot import LoadState, Status
from ..driver import Aim, ServiceCall, switch_call, switch_state
from .answers import SLOTS_KEY, STACK_KEY, UNIT_KEY, lasting_s
from .context import LIMIT, SAFE, Scene
from .entities import connector_of
from .memory import Kept, Limit
from .profiles import ground, lease
from .recovery import PRESS_AGAIN_S, climbed, is_left_alone, is_stuck, woken
from .strategy import quirks_seen, unit_is_open, way_of

ASK_TIMES, ASK_AGAIN_S = 3, 60.0
"""A question without an answer is put so often, so long apart; then the charger is taken to have none."""

ANSWERS_S = 3.0
"""What is not urgent waits so long for the answer: it would be told twice."""

FAILED_AGAIN_S, LONGEST_FAILED_S = 10.0, 80.0
"""What was not taken is sent again after so long, each time after twice as long [s]."""

RENEWED_AT = 0.5
"""A limit is renewed when this much of its lease is over: one renewal may get lost."""

BUSY_S = 35.0
"""While a call is not answered nothing is added to it but commands; the integration waits no longer than this."""

SAME_A = 0.05

START_AGAIN_S, LONGEST_START_S = 30.0, 300.0
"""A session that does not begin is asked for again after the first, then after twice the time, up to the second."""

QUIET = frozenset({Status.FAULT, Status.FULL})
"""Nothing is sent to a charger in one of these: it would refuse, and some get stuck."""

OFF_S = 10.0
START_TIMES = 3
"""After so many a person is told."""

STARTABLE = frozenset({Status.CONNECTED, Status.PAUSED, Status.SUSPENDED_CAR, Status.CHARGING})


def tend(
    load: Load, view: View, state: LoadState, aim: Aim, past: Kept | None, voltage_v: float
) -> tuple[tuple[ServiceCall, ...], Kept]:
    """The calls of this step, in order, and the memory that knows of them."""
    kept = past or Kept()
    kept = replace(kept, phases=replace(kept.phases, metered=aim.lines))
    if not state.available:
        return (), kept
    quirks = quirks_seen(load, view)
    way, open_unit = way_of(load, kept, quirks), unit_is_open(load, kept, quirks)
    scene = Scene(load, view, state, aim, way, quirks, open_unit, voltage_v)
    if state.status in QUIET:
        return _revived(scene, kept)
    # A cut goes first; else nothing is allowed before there is something to fall back to.
    # A safe limit that was refused holds no other back: what stands behind a call that fails is not sent.
    hurries = kept.ground_failures > 0 or (aim.command is not None and aim.command.urgent)
    parts = (_limit, _make_safe) if hurries else (_make_safe, _limit)
    # Whether an answer is awaited is known before anything is told; but nothing waits behind a question.
    questions, kept = _ask(scene, kept)
    calls: list[ServiceCall] = []
    for part in (climbed, *parts, _start):
        made, kept = part(scene, kept)
        calls += made
    calls += questions
    if any(call.service in ("set_charge_rate", "clear_profile") for call in calls):
        kept = replace(kept, busy_s=scene.now_s)
    return tuple(calls), kept


def _revived(scene: Scene, kept: Kept) -> tuple[tuple[ServiceCall, ...], Kept]:
    """A charger that takes nothing can only be reset: by a person's wish, or because we have brought it there."""
    stuck = is_stuck(scene, kept)
    press = scene.press() if kept.ladder.asked or stuck else None
    if press is None:
        return (), kept
    ladder = replace(kept.ladder, asked=False, pressed_s=scene.now_s, presses=kept.ladder.presses + stuck)
    return (press,), replace(kept, told=None, ground=None, ladder=ladder)


def _ask(scene: Scene, kept: Kept) -> tuple[list[ServiceCall], Kept]:
    """What it can do; once for each connection, and again where no answer came."""
    asked = kept.asked
    if asked.times >= ASK_TIMES or scene.now_s - asked.at_s < ASK_AGAIN_S:
        return [], kept
    keys = [UNIT_KEY] if scene.open_unit else []
    keys += [STACK_KEY] if asked.most_stack is None else []
    keys += [SLOTS_KEY] if asked.slots is None else []
    asked = replace(asked, times=asked.times + 1, at_s=scene.now_s, open=bool(keys), last=keys[-1] if keys else "")
    return [scene.call("get_configuration", ocpp_key=key) for key in keys], replace(kept, asked=asked)


def _limit(scene: Scene, kept: Kept) -> tuple[list[ServiceCall], Kept]:
    """The limit that is due: a new one, the same in a better way, or once more before it ends."""
    told, now_s = kept.told, scene.now_s
    _, kept, dozes = woken(scene, kept)
    if dozes:
        return [_leased(scene, 0.0)], kept
    current_a = _due_a(scene, kept)
    if current_a is None:
        return [], kept
    again = told is not None and kept.taken == told and told.current_a == current_a and told.way == scene.way
    first_s = told.first_s if again and told is not None else now_s
    limit = Limit(current_a, scene.way, first_s, now_s, lasting_s(scene.way.kind, now_s, scene.lease_s))
    verified = kept.verified if again else replace(kept.verified, confirmed=False)
    return [_leased(scene, current_a)], replace(kept, told=limit, verified=verified)


def _leased(scene: Scene, current_a: float) -> ServiceCall:
    connector, safe_a = connector_of(scene.load), scene.load.failsafe_a
    profile = lease(scene.way, connector, current_a, scene.voltage_v, scene.now_s, scene.lease_s, safe_a)
    return scene.profile(profile, LIMIT)


def _due_a(scene: Scene, kept: Kept) -> float | None:
    """The current to send now [A]; None when nothing is due."""
    told, now_s, command = kept.told, scene.now_s, scene.aim.command
    asked_a = None if command is None else command.current_a
    if asked_a is not None and kept.ladder.dozed_s is None and not _is_repeated(scene, kept, asked_a):
        return asked_a
    waits = _waits_for_answer(scene, kept) or _is_busy(kept, now_s) or is_left_alone(kept, now_s)
    if waits or not scene.state.can_use_power:
        return None
    setpoint_a = scene.aim.setpoint_a
    if told is None:
        return setpoint_a
    kept_a = setpoint_a if setpoint_a < told.current_a - SAME_A else told.current_a
    if told.way != scene.way or _has_failed(kept, now_s):
        return kept_a
    over = told.until_s - now_s <= scene.lease_s * (1 - RENEWED_AT)
    return kept_a if over or _is_told_twice(scene, kept) or _was_ignored(kept) else None


def _has_failed(kept: Kept, now_s: float) -> bool:
    """Whether the last limit did not arrive, and it is time to send it again."""
    wait_s = _again_s(kept.failures)
    return kept.told is not None and kept.taken != kept.told and now_s - kept.told.sent_s >= wait_s


def _again_s(failures: int) -> float:
    return backoff_s(FAILED_AGAIN_S, failures - 1, LONGEST_FAILED_S)


def _was_ignored(kept: Kept) -> bool:
    """Whether a limit is to be told once more at once: whoever ignores it then as well needs another way."""
    seen = kept.verified
    return seen.unfollowed == 1 and kept.told is not None and seen.judged_s == kept.told.sent_s


def _is_told_twice(scene: Scene, kept: Kept) -> bool:
    """Whether the first limit after a pause is to be sent once more, to a charger that may have missed it."""
    told, again_s = kept.told, scene.quirks.again_s
    if again_s is None or told is None or told.current_a <= 0 or told.sent_s != told.first_s:
        return False
    return kept.ladder.resumed_s == told.first_s and scene.now_s - told.first_s >= again_s


def _is_repeated(scene: Scene, kept: Kept, current_a: float) -> bool:
    """Whether this was told and taken, and nothing says that it is not followed: then the next renewal will do."""
    told = kept.told
    same = told is not None and kept.taken == told and told.current_a == current_a and told.way == scene.way
    return same and kept.verified.since_s is None


def _make_safe(scene: Scene, kept: Kept) -> tuple[list[ServiceCall], Kept]:
    """The safe limit under all others, once after each connection and whenever it or the way has changed."""
    way, now_s = replace(scene.way, kind="endless"), scene.now_s
    safe_a = scene.load.failsafe_a
    lies_there = kept.ground == way and kept.ground_a == safe_a
    if not way.has_ground or lies_there or now_s - kept.ground_s < _again_s(kept.ground_failures):
        return [], kept
    if _waits_for_answer(scene, kept) or is_left_alone(kept, now_s):
        return [], kept
    profile = ground(way, connector_of(scene.load), safe_a, scene.voltage_v)
    return [scene.profile(profile, SAFE)], replace(kept, ground=way, ground_a=safe_a, ground_s=now_s)


def _start(scene: Scene, kept: Kept) -> tuple[list[ServiceCall], Kept]:
    """A session that has to begin: a car is there, it may charge, and nobody has started it."""
    state, now_s, told = scene.state, scene.now_s, kept.told
    if state.on and not _is_off(scene, kept):
        return [], replace(kept, starts=0)
    may = state.status in STARTABLE and scene.aim.setpoint_a > 0 and told is not None and told.current_a > 0
    rest_s = backoff_s(START_AGAIN_S, kept.starts - 1, LONGEST_START_S) if kept.starts else 0.0
    if state.on is None or not may or is_left_alone(kept, now_s) or now_s - kept.start_s < rest_s:
        return [], kept
    press = scene.press() if kept.starts >= START_TIMES and scene.quirks.restarts_by_reset else None
    if press is not None and now_s - kept.ladder.pressed_s >= PRESS_AGAIN_S:
        ladder = replace(kept.ladder, pressed_s=now_s)
        return [press], replace(kept, starts=0, told=None, ground=None, ladder=ladder)
    switch = scene.entity("switch")
    if switch is None:
        return [], kept
    return [switch_call(switch, True)], replace(kept, starts=kept.starts + 1, start_s=now_s)


def _is_off(scene: Scene, kept: Kept) -> bool:
    """Whether the switch says off of a car that does not charge although it may: its status may be an old one."""
    switch, told = scene.entity("switch"), kept.told
    waits = told is not None and told.current_a > 0 and scene.now_s - told.first_s >= OFF_S
    still = scene.state.status in (Status.PAUSED, Status.SUSPENDED_CAR)
    return waits and still and switch is not None and switch_state(scene.view, switch) is False


def _waits_for_answer(scene: Scene, kept: Kept) -> bool:
    return scene.open_unit and kept.asked.open and scene.now_s - kept.asked.at_s < ANSWERS_S


def _is_busy(kept: Kept, now_s: float) -> bool:
    return kept.busy_s is not None and now_s - kept.busy_s < BUSY_S
