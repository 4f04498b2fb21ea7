"""Limits of a session: which counts, when it is reached, and until when it holds."""

from __future__ import annotations

import pytest

from fusebox.balancer.energy.counter import EnergyCounter
from fusebox.balancer.energy.load_energy import LoadEnergy
from fusebox.balancer.energy.session import Session
from fusebox.balancer.stops import NO_STOP, Stop, Stops, limit_attributes, limits_for_session, soc_stop_reason
from fusebox.config.read_config import read_config
from fusebox.model.load import Load
from fusebox.model.readings import View
from fusebox.planning.plan_progress import Charge, PlanProgress

from ..runtime.home import Home
from ..scripts.houses import charger, config


def energy(began_s: float | None) -> LoadEnergy:
    session = None if began_s is None else Session(start_s=began_s)
    return LoadEnergy(counter=EnergyCounter(), session=session)


@pytest.mark.parametrize(
    ("stop", "began_s", "found"),
    [
        (NO_STOP, None, NO_STOP),
        (NO_STOP, 100.0, NO_STOP),
        (Stop(soc_pct=80.0), None, Stop(soc_pct=80.0)),  # set before a car has come
        (Stop(soc_pct=80.0), 100.0, Stop(100.0, soc_pct=80.0)),
        (Stop(100.0, soc_pct=80.0), 100.0, Stop(100.0, soc_pct=80.0)),
        (Stop(100.0, soc_pct=80.0), None, NO_STOP),  # its car has left
        (Stop(100.0, soc_pct=80.0, reached_pct=80.0), 200.0, NO_STOP),
    ],
)
def test_a_limit_of_a_service_counts_for_one_session(stop, began_s, found) -> None:
    assert limits_for_session(stop, energy(began_s)) == found


@pytest.mark.parametrize(
    ("limit_pct", "now_pct", "reached_pct", "stops"),
    [
        (None, 90.0, None, False),
        (80.0, None, None, False),
        (80.0, 79.9, None, False),
        (80.0, 80.0, None, True),
        (80.0, 75.0, 80.0, True),  # the car has used some since
        (80.0, None, 80.0, True),
        (75.0, 74.0, 80.0, True),
        (90.0, 75.0, 80.0, False),  # a user has raised it
    ],
)
def test_a_state_of_charge_that_was_reached_stays_so_until_the_limit_is_raised(
    limit_pct, now_pct, reached_pct, stops
) -> None:
    assert (soc_stop_reason(limit_pct, now_pct, reached_pct) is not None) is stops


def load(**more) -> Load:
    checked = read_config(config(loads={"car": charger(soc_pct="sensor.soc", **more)})).config
    return checked.site({}).loads[0]


@pytest.mark.parametrize(("seen_s", "stops"), [(150.0, True), (50.0, False), (None, False)])
def test_a_state_of_charge_of_an_earlier_session_stops_nothing(seen_s: float | None, stops: bool) -> None:
    home = Home()
    site = read_config(config(loads={"car": charger(soc_pct="sensor.soc", capacity_kwh=60, stop_soc_pct=80)})).config
    progress = {"car": PlanProgress(at_s=seen_s, counter_kwh=0.0, charge=Charge(70.0, 10.0))}
    view, energies = View(home.ports.get, 200.0), {"car": energy(100.0)}
    found = Stops(home.ports).update_limits_in_force(site.site({}), view, energies, progress)
    assert (found["car"]["stopped"] is not None) is stops


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        ({}, None),
        ({"stop_soc_pct": 80}, "80 %"),
        ({"stop_energy_kwh": 12}, "12 kWh"),
        ({"stop_soc_pct": 80, "stop_energy_kwh": 7.5}, "80 %, 7.5 kWh"),
    ],
)
def test_limits_are_published_as_text_and_as_numbers(limits, text) -> None:
    found = limit_attributes(load(**limits))
    assert found == {"stop_soc_pct": None, "stop_energy_kwh": None, **limits, "stop_at": text}
