"""The house load under a metered fuse: the meter's reading less what our loads draw, as far as that is known. Pure.

A load without a draw sensor counts with what it may draw. What it leaves of that looks like a house that uses less: so
the house load is never taken to be below minus what sun and battery are measured to give, and a raise that no meter has
shown leaves no room for the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ... import tuning
from ...model.durations import NEVER_S
from ...model.electrics import DUST, PerPhase, Phase
from ...model.house_memory import NEW_HOUSE_LOAD, HouseLoadMemory, Proof
from ...model.load import Load
from ...model.records import fast_replace, replace_if_changed
from ...model.snapshot import LoadState, Reading
from ..estimators.draws import assumed_draw_a
from ..estimators.late_readings import Shown, late_loads, shown_a
from .flows import Flows
from .supply import given_a


class HouseLoad:
    """Estimates the house load of one instant, under each metered fuse."""

    def __init__(self, flows: Flows) -> None:
        self._flows = flows
        self._late = late_loads(flows.site, flows.snapshot, flows.memory.loads)
        self._sensors = _draw_sensors(flows)

    def under(
        self, fuse: str, phase: Phase, reading: Reading, drawn_a: Mapping[str, float]
    ) -> tuple[HouseLoadMemory, HouseLoadMemory]:
        """What is remembered of the house load on one phase of a fuse, and what of it counts now.

        `drawn_a`: what each load under the fuse counts with on that phase [A].
        """
        site, snapshot, memory = self._flows.site, self._flows.snapshot, self._flows.memory
        now_s, past = snapshot.now_s, memory.house_load.get(fuse, NEW_HOUSE_LOAD)
        reported_s = now_s - reading.age_s
        own = _own_draw(phase, self._sensors, drawn_a, reported_s)
        if reported_s > past.reported_s or reading.last is None:
            past = _by_reading(past, reading, reported_s, own, shown_a(self._late, drawn_a, reported_s, now_s))
        gives_a = given_a(site, snapshot, memory.battery, phase)
        if gives_a is not None:
            past = with_watched_sun(past, reading, own, gives_a, now_s)
        is_doubted = now_s - past.doubted_s < tuning.FORGET_S
        return past, past if is_doubted else clamp_house_load(past, reading, own, gives_a)


class DrawSensor(NamedTuple):
    """What is known of the draw of one load that is available."""

    name: str
    draw_a: PerPhase
    reported_s: float
    """When that was reported [s since 1970]."""
    by_phase: bool
    """Whether each phase is measured by itself."""
    may_a: float | None
    """The most that a charger may draw on a phase that no sensor measures [A], None for a switched load."""


class OwnDraw(NamedTuple):
    """What our loads draw on one phase of one fuse, as a reading may show it [A]."""

    measured_a: float
    """By sensors that measure this phase and are as new as the reading."""

    assumed_a: float
    """What chargers without a sensor count with."""

    most_a: float | None
    """The most that those may draw; None where there is none of them."""


def _draw_sensors(flows: Flows) -> Sequence[DrawSensor]:
    """What is known of the draw of each load that is available."""
    memory, now_s, found = flows.memory, flows.snapshot.now_s, []
    for load in flows.site.loads:
        state = flows.snapshot.loads.get(load.name)
        if state is None or not state.available:
            continue
        wiring = memory.phases_in_use.get(load.name)
        by_phase = state.single_a is None or len(load.phases) == 1 or (wiring is not None and wiring.on_all_surely)
        may_a = None if load.is_switched else _may_draw_a(load, state, memory.loads[load.name].setpoint_a)
        found.append(DrawSensor(load.name, state.draw_a, now_s - state.draw_age_s, by_phase, may_a))
    return found


def _own_draw(phase: Phase, sensors: Sequence[DrawSensor], drawn_a: Mapping[str, float], reported_s: float) -> OwnDraw:
    """Sort what loads draw on a phase by how it is known. `drawn_a`: what each under the meter counts with now."""
    measured_a, assumed_a, most_a = 0.0, 0.0, []
    from_s = reported_s - tuning.DRAW_LAG_S
    for name, draw_a, drawn_s, by_phase, may_a in sensors:
        if name not in drawn_a:
            continue
        if draw_a[phase] is None:
            if may_a is not None:
                assumed_a += drawn_a[name]
                most_a.append(may_a)
        elif by_phase and drawn_s >= from_s:
            measured_a += drawn_a[name]
    return OwnDraw(measured_a, assumed_a, sum(most_a) if most_a else None)


def _may_draw_a(load: Load, state: LoadState, setpoint_a: float) -> float:
    """The most that a charger without a sensor may draw: what it offers, and what it was told to."""
    if state.on is False or not state.can_use_power:
        return 0.0
    return max(assumed_draw_a(load, state), setpoint_a)


def _by_reading(
    before: HouseLoadMemory, reading: Reading, reported_s: float, own: OwnDraw, shown: Shown
) -> HouseLoadMemory:
    """The house load by a new reading, and how much more it may be.

    Where the meter never reported a number, it counts as 0. As far as it is not known what our loads draw in this
    reading, the house load is what it was before; but a relay that shows off may still feed what it did, so for a raise
    all that is not surely drawn by our loads counts as the house's.
    """
    if reading.last is None:
        return fast_replace(before, reported_s=reported_s, used_a=0.0, uncertainty_a=0.0)
    used_a = reading.last - shown.least_a
    if before.reported_s > NEVER_S:
        used_a = min(max(before.used_a, reading.last - shown.most_a), used_a)
    most_a = reading.last - shown.surely_a
    proof, without_measured_a = None, reading.last - own.measured_a
    if own.most_a is not None:
        proof = _proof(before.proof, without_measured_a, reported_s, reported_s - before.reported_s, own.most_a)
        most_a = max(most_a, used_a + own.assumed_a - proof.proven_a)
    return fast_replace(
        before, reported_s=reported_s, used_a=used_a, uncertainty_a=max(most_a - used_a, 0.0), proof=proof
    )


def clamp_house_load(
    house_load: HouseLoadMemory, reading: Reading, own: OwnDraw, given_a: float | None
) -> HouseLoadMemory:
    """The house load, raised to minus what sun and battery give to this phase where it is below that.

    `given_a`: that [A], None where nothing generates. Where the meter itself shows that more flows out, it is believed.
    """
    if reading.last is None:
        return house_load
    least_a = 0.0 if given_a is None else min(-given_a, reading.last - own.measured_a)
    if house_load.used_a >= least_a:
        return house_load
    return fast_replace(
        house_load, used_a=least_a, uncertainty_a=max(house_load.used_a + house_load.uncertainty_a - least_a, 0.0)
    )


def with_watched_sun(
    house_load: HouseLoadMemory, reading: Reading, own: OwnDraw, given_a: float, now_s: float
) -> HouseLoadMemory:
    """The memory that knows whether more flows out than sun and battery are measured to give (`given_a` [A])."""
    most_a = given_a * (1 + tuning.ALIKE_SHARE) + tuning.TOLERANCE_A
    if reading.last is None or reading.last - own.measured_a >= -most_a:
        return replace_if_changed(house_load, unexplained_since_s=None)
    if house_load.unexplained_since_s is None:
        return fast_replace(house_load, unexplained_since_s=now_s)
    lasts_s = now_s - house_load.unexplained_since_s
    return fast_replace(house_load, doubted_s=now_s) if lasts_s >= tuning.LASTING_S else house_load


def _proof(past: Proof | None, now_a: float, at_s: float, since_s: float, most_a: float) -> Proof:
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
