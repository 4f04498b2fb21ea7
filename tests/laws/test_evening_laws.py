"""Laws of whole evenings, second by second, over random houses, late devices and any sequence of faults.

One evening is held against all of them: it costs far more than the looking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import example, given

from fusebox import tuning
from fusebox.control.limits import fuse_budget
from fusebox.model.ceiling import Ceiling
from fusebox.model.electrics import Phase
from fusebox.model.load import Load, Mode
from fusebox.model.site import MAIN, Distribution

from ..control.houses import car, plug, site
from .effort import examples
from .evening_plans import SLOW_S, plans
from .whole_evenings import Fault, Others, Plan, Second, Wire, above, evening, raises

DUST_A = 1e-6
OBEYED_S = SLOW_S + 8
"""Devices follow within that time, and lost commands are repeated."""


FREE = {(MAIN, Phase.L1): Others(((0, 0.0),))}
"""A house that uses nothing itself."""
QUICK = (6.0, True, 32.0, 0, 0, True)
"""A charger that charges with 6 A and obeys at once."""
BACK_WITH_ITS_LAST_VALUE = Plan(
    site(
        car("car", max_a=6.0, failsafe_a=0.0, pause_s=20.0),
        car("second", max_a=10.0, failsafe_a=0.0, pause_s=20.0),
        fuse_a=16,
    ),
    FREE,
    (QUICK, QUICK),
    (Fault("silent", 0, 21, 45),),
    1,
    120,
)
"""The meter falls silent in the second of a raise, and returns when the raise has been taken back."""
BACK_FROM_FAIL_SAFE = Plan(
    site(
        plug("pool", mode=Mode.CONTINUOUS, rated_w=460.0, min_a=2.0, max_a=2.0, pause_s=20.0, min_off_s=0),
        car("car", max_a=10.0, failsafe_a=10.0, pause_s=20.0),
        fuse_a=16,
    ),
    FREE,
    ((2.0, True, 2.0, 0, 0, True), QUICK),
    (Fault("missing", 0, 21, 45),),
    5,
    120,
)
"""From a fail-safe current above its minimum a charger falls to its minimum while the meter is still late."""
OVERLOAD_BESIDE_A_SILENT_PHASE = Plan(
    site(car("car", phases="L1 L2", max_a=6.0, failsafe_a=0.0, pause_s=20.0), fuse_a=16, phases="L1 L2"),
    {(MAIN, Phase.L1): Others(((0, 0.0), (65, 29.0))), (MAIN, Phase.L2): Others(((0, 0.0),))},
    (QUICK,),
    (Fault("unknown", 1, 60, 45),),
    1,
    90,
)
"""A charger is held for a moment at its minimum under an overloaded phase, while its other phase has no reading."""
EXACTLY_ZERO = Plan(
    site(car("car", max_a=6.0, failsafe_a=0.0, pause_s=20.0), fuse_a=16),
    {(MAIN, Phase.L1): Others(((0, 0.0), (60, -6.0)))},
    (QUICK,),
    (),
    1,
    120,
)
"""The house feeds in just what its car takes, so the meter shows 0 A: no reading at first, stuck once it is late."""
SLOW_BESIDE_A_CHANGING_HOUSE = Plan(
    site(
        car("one", phases="L1 L2", priority=2, max_a=6.0, step_a=0.1, failsafe_a=0.0, pause_s=20.0),
        car("two", phases="L2", step_a=0.1, failsafe_a=0.0, pause_s=20.0),
        fuse_a=20,
        phases="L1 L2",
        distribution=Distribution.SHARED,
    ),
    {
        (MAIN, Phase.L1): Others(((0, 0.0),)),
        (MAIN, Phase.L2): Others(((0, 5.5), (4, 0.0), (27, 0.5)), cycle_a=9.0, on_s=4, off_s=2),
    },
    ((6.0, False, 32.0, 2, SLOW_S, True), (6.0, True, 32.0, 0, SLOW_S, True)),
    (),
    1,
    60,
)
"""While a charger has not followed its stop yet, the house falls by as much: its sensor is not late because of that."""


@examples(40)
@example(BACK_WITH_ITS_LAST_VALUE)
@example(BACK_FROM_FAIL_SAFE)
@example(OVERLOAD_BESIDE_A_SILENT_PHASE)
@example(EXACTLY_ZERO)
@given(plans())
def test_every_law_holds_in_every_second_of_any_evening(plan: Plan) -> None:
    seconds = list(evening(plan))
    a_raise_makes_nothing_exceeded_later_unless_the_house_moves(plan, seconds)
    no_fault_raises_anything(seconds)
    every_blind_stage_is_named_and_reached_in_time(seconds)
    pauses_and_starts_respect_their_times(seconds)
    offers_sum_to_no_more_than_the_room_but_for_held_minimums(seconds)


@examples(15)
@example(SLOW_BESIDE_A_CHANGING_HOUSE)
@given(plans(faulty=False))
def test_every_law_holds_where_nothing_is_broken(plan: Plan) -> None:
    seconds = list(evening(plan))
    a_raise_makes_nothing_exceeded_later_unless_the_house_moves(plan, seconds)
    pauses_and_starts_respect_their_times(seconds)
    offers_sum_to_no_more_than_the_room_but_for_held_minimums(seconds)


def a_raise_makes_nothing_exceeded_later_unless_the_house_moves(plan: Plan, seconds: Sequence[Second]) -> None:
    """After a raise more than its rating flows on a wire only where others use more than they were seen to use then.

    A slow device follows its raise when others have been raised since: each counts from when it is followed.
    """
    site = plan.site
    follow_s = {load.name: max(device[4], 1) for load, device in zip(site.loads, plan.devices, strict=True)}
    then_a: dict[Wire, float] = {}
    contract_then_a: dict[Wire, float] = {}
    coming: list[tuple[int, Load, Mapping[Wire, float]]] = []
    for now in seconds:
        for raised in [each for each in coming if each[0] == now.at_s]:
            _, load, seen_a = raised
            contract_then_a = {(MAIN, phase): seen_a[MAIN, phase] for phase in site.phases}
            for circuit in above(site, load.circuit):
                then_a.update({(circuit, phase): seen_a[circuit, phase] for phase in load.phases})
        for circuit, phase in now.flows_a:
            wire = (circuit, phase)
            if wire in then_a and now.flows_a[wire] > site.circuit(circuit).fuse_a + DUST_A:
                assert now.others_a[wire] > then_a[wire] + DUST_A, (now.at_s, wire)
        limit_a = (site.max_import_w or float("inf")) / site.voltage_v
        allowed_a = max(limit_a, _import_a(now, now.others_a))
        if contract_then_a and _import_a(now, now.flows_a) > allowed_a + DUST_A:
            moved = (now.others_a[wire] > a + DUST_A for wire, a in contract_then_a.items())
            assert any(moved), (now.at_s, "contract")
        coming += [(now.at_s + follow_s[load.name], load, now.seen_a) for load in site.loads if now.raised(load)]


def _import_a(now: Second, amps: Mapping[Wire, float]) -> float:
    flows = [amps[MAIN, phase] for phase in now.site.phases]
    return sum(flows) if now.site.netting == "sum" else sum(max(a, 0.0) for a in flows)


def no_fault_raises_anything(seconds: Sequence[Second]) -> None:
    """Under a meter that is late, unknown or gone nothing rises; one reading of a fuse supports only one raise.

    A charger that is unavailable gets no command but the off of its switch.
    """
    loads, raised_s = {load.name: load for load in seconds[0].site.loads}, {}
    for now in seconds:
        for load in loads.values():
            if not now.raised(load):
                continue
            assert now.stage(load) == 0 and any(age_s == 0 for age_s in now.ages_s.values()), (now.at_s, load.name)
            for wire in now.meters(load):
                assert now.at_s - now.ages_s[wire] > raised_s.get(load.name, float("-inf")), (now.at_s, load.name, wire)
            raised_s[load.name] = now.at_s
        for command in now.decision.commands:
            state = now.snapshot.loads[command.load]
            assert state.available or (state.switched and command.on is False and command.current_a is None)
            if now.stage(loads[command.load]) > 0:
                assert not raises(state, command), (now.at_s, command)


def every_blind_stage_is_named_and_reached_in_time(seconds: Sequence[Second]) -> None:
    """Late: chargers at their minimum. Far too late: at their fail-safe current, plugs off. Named, and over at once."""
    for load in seconds[0].site.loads:
        since: dict[int, int] = {}
        for now in seconds:
            stage, note = now.stage(load), now.decision.notes[load.name]
            available = now.snapshot.loads[load.name].available
            since = {stage: since.get(stage, now.at_s)} if available and stage >= 2 else {}
            if available:
                stuck = any("seems to be stuck" in problem for problem in now.decision.problems)
                # A zero beside a draw counts as no reading at once, and is called stuck once it is late.
                doubted = stuck or any(reading.value == 0 for reading in now.snapshot.meters.values())
                assert (note.status == "blind") is (stage > 0) or (doubted and stage == 0), (now.at_s, load.name, note)
            if stage > 0:
                assert now.decision.state in ("blind", "over"), now.at_s
            if stage in since:
                limit_a = _blind_a(load, stage)
                assert note.setpoint_a <= limit_a + DUST_A, (now.at_s, load.name, stage)
                if now.at_s - since[stage] > OBEYED_S:
                    assert now.offers_a[load.name] <= limit_a + DUST_A, (now.at_s, load.name, stage)


def _blind_a(load: Load, stage: int) -> float:
    if stage == 2:
        return load.max_a if load.on_off else load.min_a
    return 0.0 if load.on_off or load.failsafe_a <= 0 else max(load.failsafe_a, load.min_a)


def pauses_and_starts_respect_their_times(seconds: Sequence[Second]) -> None:
    """Raises are small, rare and only after the house has been observed; stopped loads stay off and running ones on."""
    for load in seconds[0].site.loads:
        stopped_s = started_s = raised_s = float("-inf")
        for now in seconds:
            was_a, is_a = now.was_a(load), now.is_a(load)
            if was_a is None:
                continue
            if is_a > was_a:
                assert now.at_s >= 20, (now.at_s, load.name)
                assert is_a <= (was_a + 4 if was_a > 0 else load.min_a) + DUST_A, (now.at_s, load.name)
                assert now.at_s - raised_s >= 5 or was_a == 0, (now.at_s, load.name)
                raised_s = now.at_s
            if was_a == 0 < is_a:
                assert now.at_s - stopped_s >= (load.min_off_s if load.on_off else load.pause_s), (now.at_s, load.name)
                started_s = now.at_s
            if is_a == 0 < was_a:
                stopped_s = now.at_s
                assert now.stage(load) == 3 or _may_stop(now, load, now.at_s - started_s), (now.at_s, load.name)


def _may_stop(now: Second, load: Load, ran_s: float) -> bool:
    """Whether a running load has a reason to stop: no room for a plug, a worn fuse for a charger, no energy."""
    over = [c for c in now.decision.ceilings if c.stops(load.name)]
    if load.on_off and ran_s < load.min_on_s:
        return any(_is_short(now, c) for c in over if c.budget is None)
    names = {name for c in over for name in c.weights}
    others = [other for other in now.site.loads if other.name in names]
    if any(now.was_a(other) == 0 < now.decision.notes[other.name].allocated_a for other in others):
        # Its place is for one that is served before it.
        return True
    if now.site.distribution in (Distribution.STRICT, Distribution.OPTIMIZED):
        # A load served before it may have everything that it can use, not only its minimum.
        return any(_is_full(now, c, load) for c in over)
    if load.on_off:
        return any(_is_short(now, c) for c in over)
    fuses = now.decision.memory.fuses
    return any(_is_short(now, c) and (c.fuse is None or fuse_budget.is_exhausted(fuses[c.name])) for c in over)


def _is_full(now: Second, ceiling: Ceiling, load: Load) -> bool:
    """Return whether a load's minimum does not fit with what the others have.

    The room is that of now, or of a few seconds ago where something comes and goes: it has its room in its pauses too.
    """
    notes, room = now.decision.notes, now.decision.memory.headroom.get(ceiling.name)
    headroom_a = ceiling.headroom_a if room is None else room.worst_since(now.snapshot.now_s - tuning.RAISE_WINDOW_S)
    given_a = sum(weight * notes[name].allocated_a for name, weight in ceiling.weights.items() if name != load.name)
    return given_a + load.min_a * ceiling.weights[load.name] > headroom_a - DUST_A


def _is_short(now: Second, ceiling: Ceiling) -> bool:
    """Return whether the minimums of all running loads do not fit."""
    running = [load for load in now.site.loads if load.name in ceiling.weights and (now.was_a(load) or 0) > 0]
    return sum(load.min_a * ceiling.weights[load.name] for load in running) > ceiling.headroom_a - DUST_A


def offers_sum_to_no_more_than_the_room_but_for_held_minimums(seconds: Sequence[Second]) -> None:
    """Under every measured fuse, current above the held minimums fits in addition to them; a raise respects the
    margin."""
    for now in seconds:
        minimum_a = {load.name: load.min_a for load in now.site.loads}
        for ceiling in now.decision.ceilings:
            if ceiling.binds is not None or ceiling.budget is not None or not ceiling.known:
                continue
            offers = {name: now.is_a(_load(now, name)) for name in ceiling.weights}
            used_a = sum(weight * offers[name] for name, weight in ceiling.weights.items())
            rises = any((was_a := now.was_a(_load(now, name))) is not None and a > was_a for name, a in offers.items())
            headroom_a = ceiling.headroom_a if rises else ceiling.headroom_a + min(ceiling.margin_a, 1.0)
            if used_a > max(headroom_a, 0.0) + DUST_A:
                # A load served before one that is held has its minimum too; without an overload no reason names a hold.
                assert any(_is_held(now, name) for name in offers) or not ceiling.exceeded, (now.at_s, ceiling.name)
                assert all(a <= minimum_a[name] + DUST_A for name, a in offers.items()), (now.at_s, ceiling.name)


def _is_held(now: Second, name: str) -> bool:
    return any(words in now.decision.notes[name].reason for words in ("held at", "stays on", "kept on"))


def _load(now: Second, name: str) -> Load:
    return next(load for load in now.site.loads if load.name == name)
