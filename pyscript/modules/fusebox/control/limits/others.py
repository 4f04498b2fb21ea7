"""What others use under a metered fuse: the meter's reading less what our loads draw, as far as that is known. Pure.

A load without a draw sensor counts with what it may draw. What it leaves of that looks like a house that uses less:
so others are never taken to use less than minus what sun and battery are measured to give, and a raise that no meter
has shown frees nothing for the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ... import tuning
from ...model.durations import NEVER_S
from ...model.electrics import DUST, PerPhase, Phase
from ...model.load import Load
from ...model.memory import Memory
from ...model.others_memory import OthersMemory, Proof
from ...model.records import fast_replace, replace_if_changed
from ...model.site import Site
from ...model.snapshot import LoadState, Reading, Snapshot
from ..estimators.draws import assumed_draw_a
from ..estimators.late_readings import Shown


class OwnDraw(NamedTuple):
    """What our loads draw on one phase of one fuse, as a reading may show it [A]."""

    measured_a: float
    """By sensors that are as new as the reading, and tell of this phase."""

    assumed_a: float
    """What chargers without a sensor count with."""

    most_a: float | None
    """The most that those may draw; None where there is none of them."""


class Teller(NamedTuple):
    """A load that is there, and what its draw tells."""

    name: str
    draw_a: PerPhase
    told_s: float
    """When it was told [s since 1970]."""
    by_phase: bool
    """Whether it tells of each phase by itself."""
    may_a: float | None
    """The most that a charger may draw on a phase that no sensor tells of [A], None for what is switched."""


def tellers(site: Site, snapshot: Snapshot, memory: Memory) -> Sequence[Teller]:
    """How each load that is there tells what it draws."""
    found = []
    for load in site.loads:
        state = snapshot.loads.get(load.name)
        if state is None or not state.available:
            continue
        wiring = memory.phases_in_use.get(load.name)
        by_phase = state.single_a is None or len(load.phases) == 1 or (wiring is not None and wiring.on_all_surely)
        may_a = None if load.is_switched else _may_draw_a(load, state, memory.loads[load.name].setpoint_a)
        found.append(Teller(load.name, state.draw_a, snapshot.now_s - state.draw_age_s, by_phase, may_a))
    return found


def own_draw_on(phase: Phase, loads: Sequence[Teller], drawn_a: Mapping[str, float], reported_s: float) -> OwnDraw:
    """Sort what loads draw on a phase by how it is known. `drawn_a`: what each under the meter counts with now."""
    measured_a, assumed_a, most_a = 0.0, 0.0, []
    from_s = reported_s - tuning.DRAW_LAG_S
    for name, draw_a, told_s, by_phase, may_a in loads:
        if name not in drawn_a:
            continue
        if draw_a[phase] is None:
            if may_a is not None:
                assumed_a += drawn_a[name]
                most_a.append(may_a)
        elif by_phase and told_s >= from_s:
            measured_a += drawn_a[name]
    return OwnDraw(measured_a, assumed_a, sum(most_a) if most_a else None)


def _may_draw_a(load: Load, state: LoadState, setpoint_a: float) -> float:
    """The most that a charger without a sensor may draw: what it offers, and what it was told to."""
    if state.on is False or not state.can_use_power:
        return 0.0
    return max(assumed_draw_a(load, state), setpoint_a)


def others_seen(before: OthersMemory, reading: Reading, reported_s: float, own: OwnDraw, shown: Shown) -> OthersMemory:
    """What others use by a new reading, and how much more of it may be theirs.

    A meter that never told a number leaves only the wire's own rating to go by. As far as it is not known what our
    loads draw in this reading, others use what they used before; but a relay that says it is off may still feed what
    it did, so for a raise all that is not surely own is theirs.
    """
    if reading.last is None:
        return fast_replace(before, reported_s=reported_s, used_a=0.0, uncertainty_a=0.0)
    used_a = reading.last - shown.least_a
    if before.reported_s > NEVER_S:
        used_a = min(max(before.used_a, reading.last - shown.most_a), used_a)
    most_a = reading.last - shown.surely_a
    proof, beside_a = None, reading.last - own.measured_a
    if own.most_a is not None:
        proof = _proved(before.proof, beside_a, reported_s, reported_s - before.reported_s, own.most_a)
        most_a = max(most_a, used_a + own.assumed_a - proof.proven_a)
    return fast_replace(
        before, reported_s=reported_s, used_a=used_a, uncertainty_a=max(most_a - used_a, 0.0), proof=proof
    )


def no_less(others: OthersMemory, reading: Reading, own: OwnDraw, given_a: float | None) -> OthersMemory:
    """The same with the house taken to use no less than nothing beside what sun and battery give to this phase.

    Where the meter itself shows that more flows out, it is believed; not where nothing generates, None.
    """
    if reading.last is None:
        return others
    least_a = 0.0 if given_a is None else min(-given_a, reading.last - own.measured_a)
    if others.used_a >= least_a:
        return others
    return fast_replace(others, used_a=least_a, uncertainty_a=max(others.used_a + others.uncertainty_a - least_a, 0.0))


def with_watched_sun(
    others: OthersMemory, reading: Reading, own: OwnDraw, given_a: float, now_s: float
) -> OthersMemory:
    """The memory that knows whether more flows out than is measured to be given."""
    told_a = given_a * (1 + tuning.ALIKE_SHARE) + tuning.TOLERANCE_A
    if reading.last is None or reading.last - own.measured_a >= -told_a:
        return replace_if_changed(others, untold_s=None)
    if others.untold_s is None:
        return fast_replace(others, untold_s=now_s)
    return fast_replace(others, doubted_s=now_s) if now_s - others.untold_s >= tuning.LASTING_S else others


def is_doubted(others: OthersMemory, now_s: float) -> bool:
    """Whether what is measured of sun and battery has been seen not to be all there is."""
    return now_s - others.doubted_s < tuning.FORGET_S


def _proved(past: Proof | None, now_a: float, at_s: float, since_s: float, most_a: float) -> Proof:
    """What the meter has shown of the offers by now; of loads that were on before anybody looked, all.

    For some seconds after a raise all that the meter moves by speaks for it. Later only a move as large as what is
    missing does: a car that has come, a device that was told by a cloud.
    """
    if past is None:
        return Proof(most_a, most_a, most_a, now_a, least=((at_s, now_a),))
    look_s = tuning.FOLLOW_LATEST_S + 2 * since_s
    proven_a, from_a, raised_s, least = min(past.proven_a, most_a), min(past.from_a, most_a), past.raised_s, past.least
    if most_a > past.most_a + DUST:
        from_a, raised_s, least = past.proven_a, at_s, ((at_s, past.now_a),)
    ends_s = raised_s + look_s
    # What has moved in the watch speaks for that raise alone.
    from_s = at_s - look_s if at_s <= ends_s else max(ends_s, at_s - look_s)
    least = (*[pair for pair in least if pair[0] >= from_s and pair[1] < now_a], (at_s, now_a))
    moved_a, lacks_a, share = now_a - least[0][1], most_a - proven_a, tuning.ALIKE_SHARE
    if at_s <= ends_s:
        proven_a = max(proven_a, min(from_a + moved_a, most_a))
    elif (1 - share) * lacks_a <= moved_a <= lacks_a + max(share * lacks_a, tuning.TOLERANCE_A):
        proven_a = most_a
    return Proof(most_a, proven_a, from_a, now_a, raised_s, least)
