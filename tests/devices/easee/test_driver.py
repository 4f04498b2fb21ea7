"""`easee` chargers: for how long what the cloud said of one is believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.devices.easee.driver import EASEE
from fusebox.model.electrics import Phase

from ...control.houses import car
from ...runtime.home import Home


@pytest.mark.parametrize("read_s, pulse_s, available", [(119, 1799, True), (121, 1799, False), (119, 1801, False)])
def test_an_old_state_and_one_of_a_silent_charger_are_no_evidence(read_s, pulse_s, available):
    load = replace(car("car", device={"charger": "EH1"}), phases=(Phase.L1,))
    seen = Home()
    at_s = seen.view().now_s
    seen.shows("easee.eh1", "charging", pulse_s=at_s + read_s - pulse_s)
    state = EASEE.read(load, seen.view(read_s), 230.0)
    assert state.available is available
