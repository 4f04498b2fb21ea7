"""A sensor of the panels that is turned: the user is told which one, and what to write."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.equipment import Inverter, Source
from fusebox.model.snapshot import InverterReadings, Reading
from tests.control.houses import Evening, seen, site

TURNED = Source(entity="sensor.roof")


@pytest.mark.parametrize(("sun_w", "is_reported"), [(-3000.0, True), (-50.0, False), (3000.0, False), (None, False)])
@pytest.mark.parametrize("of_one", [False, True])
def test_a_negative_sun_is_reported_with_its_sensor(sun_w, is_reported, of_one):
    reading = Reading(sun_w, sun_w, 0.0)
    facts = {"inverters": (Inverter(solar_w=TURNED),)} if of_one else {"solar_w": TURNED}
    now = replace(
        seen({"L1": -5.0}), **{"inverters": (InverterReadings({}, reading),)} if of_one else {"solar_w": reading}
    )
    problems = Evening(site(**facts)).decide(now).problems
    assert any("sensor.roof is negative" in each for each in problems) is is_reported
