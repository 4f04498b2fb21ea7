"""No two phases differ by more through our own loads; what the house does is not ours."""

from __future__ import annotations

from fusebox.model.electrics import Phase

from ..houses import Evening, car, charger, obey, site

THREE = "L1 L2 L3"
LIMIT_A = 20


def offers_after(seconds: int, of: Evening, house: dict[str, float], **loads: object) -> dict[str, object]:
    """The chargers after so many seconds of a house that takes the same all the time."""
    states = dict(loads)
    for second in range(seconds):
        flows = {p: house[p] + sum(s.draw_a[Phase[p]] or 0.0 for s in states.values()) for p in house}
        decision = of.step(flows, second, **states)
        drawn = {p: flows[p] - house[p] for p in house}
        assert max(drawn.values()) - min(drawn.values()) <= LIMIT_A
        for command in decision.commands:
            states[command.load] = obey(states[command.load], command.current_a, command.on)
    return states


def test_a_car_on_one_phase_is_kept_at_the_limit_and_told_why() -> None:
    of = Evening(site(car("one", max_a=32.0), fuse_a=63, phases=THREE, imbalance_max_a=LIMIT_A))
    house = {"L1": 0.0, "L2": 9.0, "L3": 0.0}
    states = offers_after(90, of, house, one=charger(6.0))
    assert states["one"].offer_a == LIMIT_A
    note = of.decision.notes["one"]
    assert note.limited_by == "imbalance L1 L2, imbalance L1 L3"
    assert "imbalance L1 L2: loads on L1 may take 20 A more than on L2, 0 A" in note.reason


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
