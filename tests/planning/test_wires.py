"""What wires leave to planned loads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.electrics import Phase
from fusebox.model.equipment import Circuit
from fusebox.model.site import MAIN, Site
from fusebox.planning.wires import unbalance_limits, wire_ratings

from ..control.houses import car, plug

L1, L2, L3 = Phase
SITE = Site(
    voltage_v=230,
    phases=(L1, L2, L3),
    circuits=(Circuit(MAIN, 25.0), Circuit("garage", 16.0, parent=MAIN)),
    loads=(car("car", phases="L1 L2 L3", circuit="garage"), plug("pool", phases="L2")),
    max_import_w=10_000,
)
OWNERS = {"car Monday": "car", "pool": "pool"}


def test_fuses_less_their_margin_and_the_house() -> None:
    house = {L1: [1.0, 2.0], L2: [0.5, 9.0], L3: [0.0, 0.0]}
    others = {MAIN: house, "garage": {L1: [0.5, 1.0]}}
    found = {wire.name: wire.limit(others) for wire in wire_ratings(SITE, OWNERS, others, (0, 900))}
    assert set(found) == {"main L1", "main L2", "main L3", "garage L1", "garage L2", "garage L3", "contract"}
    assert found["main L1"].headroom_kw == pytest.approx((24.5 * 0.23 - 1.0, 24.5 * 0.23 - 2.0))
    assert found["main L2"].weights == {"car Monday": pytest.approx(1 / 3), "pool": 1.0}
    assert found["main L2"].headroom_kw[1] == 0
    assert found["garage L2"].weights == {"car Monday": pytest.approx(1 / 3)}
    assert found["garage L1"].headroom_kw == pytest.approx((15.5 * 0.23 - 0.5, 15.5 * 0.23 - 1.0))
    assert found["garage L2"].headroom_kw == pytest.approx((15.5 * 0.23,) * 2)
    assert found["contract"].headroom_kw == (8.5, 0.0)
    assert found["contract"].weights == {"car Monday": 1.0, "pool": 1.0}


def test_a_house_of_which_nothing_is_known_and_no_contract() -> None:
    found = [wire.limit({}) for wire in wire_ratings(replace(SITE, max_import_w=None), OWNERS, {}, (0, 900, 1800))]
    assert {limit.headroom_kw for limit in found} == {(24.5 * 230 / 1000,) * 3, (15.5 * 230 / 1000,) * 3}


def test_only_what_does_not_use_all_phases_makes_them_differ() -> None:
    (found,) = unbalance_limits(SITE, OWNERS, 20.0, 2)
    assert (found.name, found.weights, found.headroom_kw) == ("unbalance L2", {"pool": 1.0}, (4.6, 4.6))
