"""No load waits for a fuse that only loads below it in rank keep warm, or that its start would cool."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from fusebox.model.electrics import ALL_PHASES, DUST
from fusebox.model.equipment import Circuit, FuseType
from fusebox.model.load import Load, Mode
from fusebox.model.site import MAIN, Distribution, Site

from ..control.houses import METER, Evening, car, charger, obey, site
from .drawn import among, some_of
from .effort import examples
from .whole_evenings import Others, Plan, Second, evening

OVEN_S, OVER_S = 40, 160
"""Something too big is on from the first second to the second."""

LASTS_S = 560
"""Long enough after it: a pause of 60 s, the slowest fuse, and the loads that are lowered first."""

PAUSE_S = 60.0


@st.composite
def overloaded(draw: st.DrawFn) -> Plan:
    """A calm house of cars with an unexpected overload on one phase for two minutes."""
    phases = ALL_PHASES[: draw(among(1, 2, 3))]
    fuse_a = float(draw(among(16, 20, 25, 35, 63)))
    circuits = [Circuit(MAIN, fuse_a, None, draw(among(*FuseType)), dict.fromkeys(phases, METER))]
    if draw(st.booleans()):
        circuits.append(Circuit("shed", float(draw(among(13, 16, 20))), MAIN, FuseType.B))
    loads = tuple(
        Load(
            f"load{number}",
            "number",
            draw(among(*[each.name for each in circuits])),
            draw(some_of(*phases)),
            draw(st.integers(1, 3)),
            Mode.STANDARD,
            6.0,
            float(draw(among(6, 16, 32))),
            pause_s=draw(among(0.0, 20.0, PAUSE_S)),
        )
        for number in range(draw(st.integers(2, 4)))
    )
    site = Site(230, phases, tuple(circuits), loads, distribution=draw(among(*Distribution)), margin_a=0.5)
    hit = draw(among(*phases))
    others = {}
    for phase in phases:
        calm_a = draw(st.integers(0, int(fuse_a) + 2).map(float))
        big_a = draw(among(0.7, 1.0, 1.3)) * fuse_a if phase is hit else 0.0
        others[MAIN, phase] = Others(((0, calm_a), (OVEN_S, calm_a + big_a), (OVER_S, calm_a)))
    devices = tuple((6.0, True, 32.0, 0, 0, True) for _ in loads)
    return Plan(site, others, devices, (), 1, LASTS_S)


@examples(8)
@given(overloaded())
def test_no_load_waits_for_a_fuse_that_only_displaced_loads_keep_warm(plan: Plan) -> None:
    *_, last = evening(plan)
    said = {name: note.reason for name, note in last.decision.notes.items()}
    fitting = _fitting(last)
    assert not any("cooled down" in said[load.name] for load in fitting), said
    # Where each takes all that it can use before the next gets any, only the first is sure to run.
    in_turn = plan.site.distribution in (Distribution.STRICT, Distribution.OPTIMIZED)
    for load in fitting[:1] if in_turn else fitting:
        assert last.is_a(load) >= load.min_a, (load.name, said)


@examples(8)
@given(among(*FuseType), among(16, 25, 40), st.floats(-1.2, 0.6), among(6.0, 10.0))
@example(FuseType.B, 25, -24.0 / 25, 6.0)
def test_a_load_whose_start_cools_its_fuse_is_not_held_by_its_heat(
    fuse_type: FuseType, fuse_a: int, later: float, min_a: float
) -> None:
    house = site(car("car", pause_s=0, min_a=min_a), fuse_a=fuse_a, margin_a=0.5)
    house = replace(house, circuits=(replace(house.circuits[0], fuse_type=fuse_type),))
    home, state = Evening(house), charger(min_a)
    for second in range(300):
        others_a = 1.3 * fuse_a if 40 <= second < 160 else later * fuse_a if second >= 160 else 1.0
        flow_a = others_a + (state.draw_a[0] or 0.0)
        decision = home.step({"L1": flow_a}, second, car=state)
        if "cooled down" in decision.notes["car"].reason:
            assert abs(flow_a + min_a) >= abs(flow_a)
        for command in decision.commands:
            state = obey(state, command.current_a, command.on)


def _fitting(now: Second) -> list[Load]:
    """Return the loads whose minimums fit with the house load, in order of service."""
    site, found = now.site, list[Load]()
    headroom_a = {
        (circuit.name, phase): circuit.fuse_a - site.margin_a - (now.others_a[MAIN, phase] if circuit.grid else 0.0)
        for circuit in site.circuits
        for phase in site.phases
    }
    for load in sorted(site.loads, key=lambda load: load.priority):
        wires = [(circuit.name, phase) for circuit in site.above(load.circuit) for phase in load.phases]
        if all(headroom_a[wire] + DUST >= load.min_a for wire in wires):
            headroom_a.update({wire: headroom_a[wire] - load.min_a for wire in wires})
            found.append(load)
    return found
