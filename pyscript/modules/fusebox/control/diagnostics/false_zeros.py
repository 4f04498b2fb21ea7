"""False zeros: a meter that shows exactly 0 while loads behind it are measured to draw.

A template with `float(0)` does that while its source is away. Such a reading counts as missing, and becomes late and
silent like one that is.
"""

from __future__ import annotations

from collections.abc import Mapping

from ... import tuning
from ...model.data_quality import DataQuality, reading_quality
from ...model.durations import since_each
from ...model.electrics import Phase, Wire
from ...model.load import Load
from ...model.load_memory import NEW_LOAD
from ...model.memory import Memory
from ...model.messages.message import message
from ...model.phases_memory import NEW_PHASES
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot
from ..limits.fuses import fuse_name
from .stuck_meters import may_production_explain, may_use_one_phase

Draw = tuple[float, float, str]
"""A load's measured draw [A], when that was reported [s since 1970], and the load's name."""


def mask_false_zeros(
    site: Site, snapshot: Snapshot, memory: Memory
) -> tuple[Snapshot, Mapping[str, float], tuple[str, ...]]:
    """Return the snapshot with false zeros unknown, meter -> since when it shows one, and a sentence for each meter.

    The age of such a reading is the time from the beginning of that to the last report of the draws, because they may
    have ended since. The sentence waits until the reading is late. A meter under test stays as it is.
    """
    contradicted = {
        wire: draw
        for wire, reading in snapshot.meters.items()
        if reading.value == 0 and wire[0] not in site.proving and (draw := _opposing_draw(site, snapshot, memory, wire))
    }
    since_s = since_each(memory.false_zeros, [fuse_name(*wire) for wire in contradicted], snapshot.now_s)
    ages_s = {wire: drawn_s - since_s[fuse_name(*wire)] for wire, (_, drawn_s, _) in contradicted.items()}
    masked = snapshot.without_meters(ages_s)
    problems = tuple(
        message("meter_stuck", limit=fuse_name(*wire), shown_a=0, load=load)
        for wire, (_, _, load) in contradicted.items()
        if reading_quality(site, masked.meter(*wire)) is not DataQuality.MISSING
    )
    return masked, since_s, problems


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
