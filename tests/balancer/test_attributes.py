"""What the wiring test and a Quasar that is away say on the entities of their loads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.balancer.attributes import wiring_test_attributes
from fusebox.devices.quasar.link import read_state, watched_entities
from fusebox.model.load import Load
from fusebox.model.snapshot import LoadState

from ..control.houses import car, site
from ..runtime.home import Home

CAR = car("car")
TESTED = replace(site(CAR), tested="car")


def test_a_load_that_goes_offline_during_its_test_is_not_said_to_be_moved() -> None:
    moved = wiring_test_attributes(TESTED, CAR, CAR, LoadState())
    assert moved["reason"] == "moved by the wiring test"
    assert wiring_test_attributes(TESTED, CAR, CAR, LoadState(available=False)) == {"mode": "standard"}


@pytest.mark.parametrize(("offer", "note"), [("0", "the charger does not answer its guard"), (None, "")])
def test_a_quasar_that_is_away_does_not_answer(offer: str | None, note: str) -> None:
    load: Load = replace(CAR, type="quasar", name="v2g")
    home = Home()
    if offer is not None:
        home.shows(watched_entities(load)[2], offer)
    state = read_state(load, home.view(0.0), 230.0)
    assert (state.available, state.left_alone, state.note) == (False, offer is None, note)
