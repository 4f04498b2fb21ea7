"""No two phases differ by more through our own loads; what the house does is not ours."""

from __future__ import annotations

from dataclasses import replace

from fusebox.control.limits.flows import compute_flows
from fusebox.control.limits.import_limit import imbalance_ceilings
from fusebox.model.electrics import ALL_PHASES, PerPhase, Phase
from fusebox.model.load import PhaseSwitching
from fusebox.model.load_memory import LoadMemory
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import PhaseSwitchMemory, Stage

from ..houses import Evening, car, charger, obey, seen, site

THREE = "L1 L2 L3"
LIMIT_A = 20


def offers_after(seconds: int, of: Evening, house: dict[str, float], **loads: object) -> dict[str, object]:
    """The chargers after this many seconds of a constant house load."""
    states = dict(loads)
    for second in range(seconds):
        flows = {p: house[p] + sum(s.draw_a[Phase[p]] or 0.0 for s in states.values()) for p in house}
        decision = of.step(flows, second, **states)
        drawn = {p: flows[p] - house[p] for p in house}
        assert max(drawn.values()) - min(drawn.values()) <= LIMIT_A
        for command in decision.commands:
            states[command.load] = obey(states[command.load], command.current_a, command.on)
    return states


def test_a_car_on_one_phase_is_held_at_the_imbalance_limit_with_a_reason() -> None:
    of = Evening(site(car("one", max_a=32.0), fuse_a=63, phases=THREE, imbalance_max_a=LIMIT_A))
    house = {"L1": 0.0, "L2": 9.0, "L3": 0.0}
    states = offers_after(90, of, house, one=charger(6.0))
    assert states["one"].offer_a == LIMIT_A
    note = of.decision.notes["one"]
    assert note.limited_by == "imbalance L1 L2, imbalance L1 L3"
    assert "limited to 20 A by the imbalance limit: L1 at most 20 A above L2, where loads take 0 A" in note.reason


def test_what_other_loads_draw_on_the_other_phases_is_room() -> None:
    two = (car("one", max_a=32.0), car("two", phases="L2", max_a=32.0), car("three", phases="L3", max_a=10.0))
    of = Evening(site(*two, fuse_a=63, phases=THREE, imbalance_max_a=LIMIT_A))
    house = dict.fromkeys(("L1", "L2", "L3"), 0.0)
    on = {"two": charger(6.0, phases="L2"), "three": charger(6.0, phases="L3")}
    states = offers_after(200, of, house, one=charger(6.0), **on)
    assert [states[name].offer_a for name in ("one", "two", "three")] == [30.0, 30.0, 10.0]


def test_a_car_on_all_phases_is_no_imbalance() -> None:
    of = Evening(site(car("car", phases=THREE, max_a=32.0), fuse_a=63, phases=THREE, imbalance_max_a=LIMIT_A))
    states = offers_after(120, of, dict.fromkeys(("L1", "L2", "L3"), 0.0), car=charger(6.0, phases=THREE))
    assert states["car"].offer_a == 32.0
    assert not [c.name for c in of.decision.ceilings if c.name.startswith("imbalance")]


def test_a_car_measured_on_two_of_its_three_phases_counts_on_these() -> None:
    two = (car("two", phases=THREE, max_a=16.0), car("one", max_a=16.0))
    of = Evening(site(*two, fuse_a=63, phases=THREE, imbalance_max_a=LIMIT_A))
    on_two = replace(charger(16.0), draw_a=PerPhase(16.0, 16.0, 0.0))
    for second in range(90):
        decision = of.step({"L1": 16.0, "L2": 16.0, "L3": 0.0}, second, two=on_two, one=charger(0.0, on=False))
    assert "one" not in {command.load for command in decision.commands}
    assert "imbalance L1 L3" in of.decision.notes["one"].limited_by


def test_a_draw_that_nothing_measures_is_no_room() -> None:
    of = Evening(
        site(car("one", max_a=32.0), car("two", phases="L2"), fuse_a=63, phases=THREE, imbalance_max_a=LIMIT_A)
    )
    told = replace(charger(16.0, phases="L2"), draw_a=PerPhase())
    states = offers_after(120, of, dict.fromkeys(("L1", "L2", "L3"), 0.0), one=charger(6.0), two=told)
    assert states["one"].offer_a == LIMIT_A


def test_a_draw_that_is_about_to_be_switched_off_is_no_room() -> None:
    switching = PhaseSwitching(ALL_PHASES, 30, 600, 6)
    load = car("car", phases=THREE, switching=switching)
    house = site(load, car("one"), fuse_a=63, phases=THREE, imbalance_max_a=LIMIT_A)
    on_one = replace(charger(16.0), draw_a=PerPhase(16.0, 0.0, 0.0))
    snapshot = seen({"L1": 16.0, "L2": 0.0, "L3": 0.0}, car=on_one, one=charger(0.0))
    loads = {"car": LoadMemory(setpoint_a=16.0), "one": LoadMemory()}
    for stage, headroom_a in ((Stage.STEADY, LIMIT_A + 16.0), (Stage.STOPPING, LIMIT_A)):
        memory = Memory(loads=loads, phase_switches={"car": PhaseSwitchMemory(stage=stage, phase_count=1)})
        found = {c.name: c.headroom_a for c in imbalance_ceilings(compute_flows(house, snapshot, memory))}
        assert found["imbalance L2 L1"] == headroom_a
