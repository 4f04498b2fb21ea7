"""Stuck meters: a value that stays identical while loads on its phase are measured to change.

And false zeros: exactly 0 while loads behind the meter are measured to draw. A template with `float(0)` shows that
while its source is away. Such a reading counts as missing, and becomes late and silent like one that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ... import tuning
from ...model.data_quality import DataQuality, reading_quality
from ...model.durations import since_each
from ...model.electrics import Phase, Wire, amps
from ...model.load import Load
from ...model.load_memory import NEW_LOAD
from ...model.memory import Memory
from ...model.messages.message import message
from ...model.meter_memory import StuckMeterMemory
from ...model.phases_memory import NEW_PHASES, PhasesMemory
from ...model.records import fast_replace
from ...model.site import MAIN, Site
from ...model.snapshot import LoadState, Snapshot
from ..estimators.late_readings import longest_sensor_lag_s
from ..estimators.production import UNKNOWN_A, own_production_a
from ..limits.fuses import fuse_name

Rests = tuple[tuple[float, float, float], ...]
"""The recent house loads, the meter's value less the draws behind it: (begin [s], lowest [A], highest [A])."""
Stuck = dict[Wire, StuckMeterMemory]


def mask_stuck_meters(site: Site, snapshot: Snapshot, memory: Memory) -> tuple[Snapshot, Memory, tuple[str, ...]]:
    """Return the snapshot with stuck meters unknown since they stuck, the memory, and a sentence for each stuck meter.

    A meter is stuck once its value has been constant and contradicted by the draws behind it for `LASTING_S`; not one
    under test. The draws behind a meter count by their sum, because one car may take what another leaves. Nothing is
    concluded where a battery also changed or is unknown, because it may have balanced the meter; nor where the meter
    shows exactly 0 and the sun may cover all, or an inverter that is held back is measured to cover it; nor from a draw
    that returns to what the meter had shown before, because then its sensor is late, or that is reported within the
    known lag of its sensor after the meter's last change.
    """
    memories: dict[str, StuckMeterMemory] = {}
    contradicted: Stuck = {}
    power = snapshot.battery_charge_w
    is_known = reading_quality(site, power) is DataQuality.GOOD
    battery_a = amps(power.value or 0.0, site.voltage_v) if is_known else None
    for wire, reading in snapshot.meters.items():
        name = fuse_name(*wire)
        past = memory.stuck_meters.get(name)
        if reading_quality(site, reading) is not DataQuality.GOOD:
            # A meter that returns with the value it had before may still be stuck.
            if past is not None:
                memories[name] = past
            continue
        found = memories[name] = _update_meter_memory(site, snapshot, memory, wire, battery_a)
        lasts = snapshot.now_s - found.since_s >= tuning.LASTING_S
        if lasts and found.contradicted and wire[0] not in site.proving:
            contradicted[wire] = found
    stuck = {key: found for key, found in contradicted.items() if _is_proved(site, contradicted, key)}
    ages_s = {key: snapshot.now_s - found.since_s for key, found in stuck.items()}
    problems = tuple(
        message("meter_stuck", limit=fuse_name(*key), shown_a=found.value_a, load=found.mover)
        for key, found in stuck.items()
    )
    return snapshot.without_meters(ages_s), fast_replace(memory, stuck_meters=memories), problems


def _is_proved(site: Site, contradicted: Stuck, key: Wire) -> bool:
    """Return whether the meters on all phases of loads with a single draw value (`only_if_all`) are contradicted.

    A car may use only one of them, so a single meter proves nothing. True where no such load is involved.
    """
    unsure = [load for load in site.loads if load.name in contradicted[key].only_if_all]
    metered = {phase for load in unsure for phase in load.phases if phase in site.circuit(key[0]).grid}
    return all((key[0], phase) in contradicted for phase in metered)


def _update_meter_memory(
    site: Site, snapshot: Snapshot, memory: Memory, wire: Wire, battery_a: float | None
) -> StuckMeterMemory:
    """Return the memory of one meter: since when its value is constant, and whether the draws behind it contradict it.

    A new value, or a battery that may have balanced the meter, starts anew. A meter is contradicted if it stays
    constant after a clear change of the draws, for `ANSWER_S` (`LASTING_S` if it is a circuit's own) and for two of its
    intervals; for `SLOWEST_S` while these are unknown, or a load behind it or the inverter may offset the change
    unmeasured; never where production may explain the value. A contradiction that is sure stays until the value
    changes; one by single draw values names their loads (`only_if_all`). `mover` is the load that changed most.
    """
    past, now_s = memory.stuck_meters.get(fuse_name(*wire)), snapshot.now_s
    value_a, behind = snapshot.meter(*wire).value or 0.0, {name: snapshot.state_of(name) for name in site.behind[wire]}
    # A load that is only counted by its relays may draw nothing: its own thermostat is open.
    measured = [(name, state.draw_a[wire[1]]) for name, state in behind.items() if not state.counted]
    drawn_a = {name: draw_a for name, draw_a in measured if draw_a is not None}
    rest_a = value_a - sum(drawn_a.values())
    changed = past is None or past.value_a != value_a
    if past is not None and past.contradicted and not past.only_if_all and not changed:
        return past
    if past is None or changed or (site.batteries and _battery_may_balance(past.battery_a, battery_a)):
        # Until now the old value was right, so its house load counts as one of this moment.
        rests = () if past is None else _add_house_load(past.rests, now_s, past.rest_a)
        rests = _add_house_load(rests, now_s, rest_a)
        return StuckMeterMemory(value_a, now_s, drawn_a, rest_a, battery_a, rests)
    then_a = {name: past.drawn_a.get(name, draw_a) for name, draw_a in drawn_a.items()}
    known = memory.phases_in_use
    moves = DrawMoves(
        {name: draw_a - then_a[name] for name, draw_a in drawn_a.items()},
        frozenset(name for name in drawn_a if may_use_one_phase(behind[name], known.get(name, NEW_PHASES))),
    )
    if not moves.are_clear:
        return fast_replace(past, drawn_a={**past.drawn_a, **then_a}, rest_a=rest_a, off_s=None)
    since_s = now_s - past.since_s
    is_earlier = since_s <= longest_sensor_lag_s(memory.loads[name] for name in drawn_a if name in memory.loads)
    same_a = tuning.TOLERANCE_A
    was_recent = any(low_a - same_a <= rest_a <= high_a + same_a for _, low_a, high_a in past.rests)
    if is_earlier or (since_s <= tuning.SLOWEST_S and was_recent):
        return fast_replace(past, drawn_a=drawn_a, rest_a=rest_a, off_s=None)
    off_s = now_s if past.off_s is None else past.off_s
    may_be_right = may_production_explain(site, snapshot, wire, value_a, sum(drawn_a.values()))
    is_contradicted = not may_be_right and _should_have_changed(site, snapshot, memory, wire, off_s)
    only_if_all = frozenset() if is_contradicted and moves.are_sure else past.only_if_all | moves.uncertain
    past = fast_replace(past, contradicted=past.contradicted or is_contradicted, only_if_all=only_if_all)
    return fast_replace(past, off_s=off_s, mover=moves.largest)


class DrawMoves(NamedTuple):
    """How much the draws behind a meter have changed since its value became constant."""

    by_load_a: Mapping[str, float]
    """Load -> its change [A]."""
    uncertain: frozenset[str]
    """The loads of which a car may use only one phase, so that this meter may see none of their change."""

    @property
    def are_sure(self) -> bool:
        """Whether the sum has clearly changed, whether or not this meter sees the uncertain loads."""
        sure_a = sum(a for name, a in self.by_load_a.items() if name not in self.uncertain)
        lowest_a = sure_a + sum(min(self.by_load_a[name], 0.0) for name in self.uncertain)
        highest_a = sure_a + sum(max(self.by_load_a[name], 0.0) for name in self.uncertain)
        return lowest_a > tuning.CLEARLY_A or highest_a < -tuning.CLEARLY_A

    @property
    def are_clear(self) -> bool:
        """Whether the sum has clearly changed, at least if this meter sees all loads."""
        return self.are_sure or abs(sum(self.by_load_a.values())) > tuning.CLEARLY_A

    @property
    def largest(self) -> str:
        """The load whose draw has changed most."""
        return max(self.by_load_a, key=lambda name: abs(self.by_load_a[name]))


def _should_have_changed(site: Site, snapshot: Snapshot, memory: Memory, wire: Wire, off_s: float) -> bool:
    """Return whether a meter has had time to display what changed behind it at `off_s`.

    It must have reported since, unless it reports only changes: one that is silent says nothing.
    """
    reading, now_s = snapshot.meter(*wire), snapshot.now_s
    has_reported = reading.age_s < now_s - off_s or not site.circuit(wire[0]).grid[wire[1]].heartbeat
    behind = {name: snapshot.state_of(name) for name in site.behind[wire]}
    # An inverter that is held back may have followed that change, and its sensor not reported it yet.
    is_sun_older = now_s - snapshot.solar_w.age_s < off_s + tuning.MOMENT_S
    awaits_sun = site.throttles and site.measures_sun and is_sun_older
    awaits = awaits_sun or _awaits_measurement(behind, memory, off_s, now_s)
    # How late a circuit's own meter is was not learnt.
    wait_s = max(tuning.ANSWER_S if wire[0] == MAIN else tuning.LASTING_S, 2 * (reading.period_s or 0.0))
    if awaits or reading.period_s is None:
        wait_s = max(wait_s, tuning.SLOWEST_S)
    return has_reported and now_s - off_s >= wait_s


def _awaits_measurement(behind: Mapping[str, LoadState], memory: Memory, off_s: float, now_s: float) -> bool:
    """Return whether a load behind the meter was not measured since `off_s`, but commanded since or shortly before.

    Shortly is `SLOWEST_S`. It may offset the change of another.
    """
    known = [(state, memory.loads[name]) for name, state in behind.items() if name in memory.loads]
    return any(now_s - state.draw_age_s < off_s < past.timing.changed_s + tuning.SLOWEST_S for state, past in known)


def _add_house_load(rests: Rests, now_s: float, rest_a: float) -> Rests:
    """Return the recent house loads with the present one added, as (begin [s], lowest [A], highest [A]).

    Loads within `ANSWER_S` of a begin are joined with it; the last `SLOWEST_S` and `ANSWER_S` are retained.
    """
    recent = tuple(rest for rest in rests if now_s - rest[0] <= tuning.SLOWEST_S + tuning.ANSWER_S)
    if recent and now_s - recent[-1][0] < tuning.ANSWER_S:
        begun_s, low_a, high_a = recent[-1]
        return (*recent[:-1], (begun_s, min(low_a, rest_a), max(high_a, rest_a)))
    return (*recent, (now_s, rest_a, rest_a))


def may_production_explain(site: Site, snapshot: Snapshot, wire: Wire, value_a: float, drawn_a: float) -> bool:
    """Return whether the meter of a circuit and phase may be right to stay at a value while loads draw `drawn_a` [A].

    At exactly 0 A where own production may cover the whole draw, also where that is unknown; discharging batteries
    count with their highest power. At another value where an inverter that is held back is measured to give so much
    that the rest of the house takes something.
    """
    if value_a != 0:
        battery_w = [each.charge_w.value for each in snapshot.batteries]
        own_a = own_production_a(site, snapshot, battery_w, wire[0]) if site.throttles else None
        given_a = UNKNOWN_A if own_a is None else own_a[wire[1]]
        return given_a < UNKNOWN_A and value_a + given_a + tuning.CLEARLY_A >= drawn_a
    if not site.has_generation:
        return False
    if any(load.can.discharges for load in site.loads) or site.inverter.output or not site.measures_sun:
        return True
    sun = snapshot.solar_w
    if sun.value is None or reading_quality(site, sun) is not DataQuality.GOOD:
        return True
    given_w = sun.value + sum(battery.max_discharge_w for battery in site.batteries)
    return amps(given_w, site.voltage_v) + tuning.CLEARLY_A >= drawn_a


def _battery_may_balance(before_a: float | None, now_a: float | None) -> bool:
    """Return whether the battery changed by more than `DRAWS_A` or is unknown, so it may have balanced the meter."""
    return before_a is None or now_a is None or abs(now_a - before_a) > tuning.DRAWS_A


def may_use_one_phase(state: LoadState, past: PhasesMemory) -> bool:
    """Return whether the load has a single draw value for several phases, of which a car may use only one.

    False once it was surely measured on all.
    """
    return state.single_a is not None and not past.is_surely_on_all


Draw = tuple[float, float, str]
"""A load's measured draw [A], when that was reported [s since 1970], and the load's name."""


def mask_false_zeros(site: Site, snapshot: Snapshot, memory: Memory) -> tuple[Snapshot, Memory, tuple[str, ...]]:
    """Return the snapshot with false zeros unknown, the memory of since when, and a sentence for each such meter.

    The age of such a reading is the time from the beginning of that to the last report of the draws, because they may
    have ended since. The sentence waits until the reading is late. A meter under test stays as it is.
    """
    zeros = [wire for wire, reading in snapshot.meters.items() if reading.value == 0 and wire[0] not in site.proving]
    contradicted = {wire: draw for wire in zeros if (draw := _opposing_draw(site, snapshot, memory, wire))}
    since_s = since_each(memory.false_zeros, [fuse_name(*wire) for wire in contradicted], snapshot.now_s)
    ages_s = {wire: drawn_s - since_s[fuse_name(*wire)] for wire, (_, drawn_s, _) in contradicted.items()}
    masked = snapshot.without_meters(ages_s)
    problems = tuple(
        message("meter_stuck", limit=fuse_name(*wire), shown_a=0, load=load)
        for wire, (_, _, load) in contradicted.items()
        if reading_quality(site, masked.meter(*wire)) is not DataQuality.MISSING
    )
    return masked, fast_replace(memory, false_zeros=since_s), problems


def _opposing_draw(site: Site, snapshot: Snapshot, memory: Memory, wire: Wire) -> Draw | None:
    """Return the draw of the load that draws most on a circuit and phase (`wire`), if 0 cannot be its current.

    None where 0 may be right: where loads are not surely measured to draw more than `CLEARLY_A` together, where
    production may cover them, and with an inverter that is held back, whose sensor may be late to show that.
    """
    measured: list[Draw] = []
    for load in site.loads:
        state = snapshot.state_of(load.name)
        if load.name in site.behind[wire] and state.draw_age_s <= tuning.SLOWEST_S:
            measured.append((_least_draw_a(load, state, memory, wire[1]), snapshot.now_s - state.draw_age_s, load.name))
    drawn_a = sum(draw_a for draw_a, _, _ in measured)
    if drawn_a <= tuning.CLEARLY_A or site.throttles or may_production_explain(site, snapshot, wire, 0.0, drawn_a):
        return None
    return max(measured)


def _least_draw_a(load: Load, state: LoadState, memory: Memory, phase: Phase) -> float:
    """Return the least current that a load draws on a phase by its sensor [A]; 0 where that is not sure.

    The measured current, if the sensor measures this phase. A sensor with a single value for several phases does not
    tell which of them a car uses: of a power counts what is more than the other phases are offered, of a current
    nothing. Nothing is sure of a draw that is only computed from relays: a thermostat may have switched the load off.
    """
    if state.counted:
        return 0.0
    if not may_use_one_phase(state, memory.phases_in_use.get(load.name, NEW_PHASES)):
        return state.draw_a[phase] or 0.0
    if state.single_a is None or not state.is_power:
        return 0.0
    offered_a = memory.loads.get(load.name, NEW_LOAD).command.sent_a if state.offer_a is None else state.offer_a
    if offered_a is None:
        offered_a = load.max_a
    return max(state.single_a - (len(load.phases) - 1) * (offered_a + tuning.TOLERANCE_A), 0.0)
