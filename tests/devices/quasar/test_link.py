"""The state that is read of a Quasar whose guard does not answer, or has shown nothing yet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.devices.quasar.link import read_state, watched_entities
from fusebox.model.load import Load

from ...control.houses import car
from ...runtime.home import Home


@pytest.mark.parametrize(("offer", "note"), [("0", "the charger does not answer its guard"), (None, "")])
def test_a_quasar_that_is_away_does_not_answer(offer: str | None, note: str) -> None:
    load: Load = replace(car("car"), type="quasar", name="v2g")
    home = Home()
    if offer is not None:
        home.shows(watched_entities(load)[2], offer)
    state = read_state(load, home.view(0.0), 230.0)
    assert (state.available, state.left_alone, state.note) == (False, offer is None, note)
