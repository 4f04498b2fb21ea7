"""Laws of several inverters and batteries: two halves are the same battery, and each keeps its own limits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox.control.estimators.production import update_battery_memories
from fusebox.control.limits.ceilings import ceilings_in_force
from fusebox.control.limits.supply import Supply
from fusebox.model.electrics import amps
from fusebox.model.equipment import Battery
from fusebox.model.load_memory import LoadMemory
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import BatteryReadings, Reading, Snapshot

from .strategies import sites, snapshots


@st.composite
def homes(draw: st.DrawFn) -> tuple[Site, Snapshot]:
    """Draw a site with batteries, and calm readings of it."""
    site = draw(sites(sunny=True).filter(lambda each: each.batteries))
    # Most have a surplus, and some share an inverter.
    own = [
        replace(
            each, soc_min_pct=0, soc_target_pct=draw(st.sampled_from([0, 0, 60])), inverter=draw(st.none() | st.just(0))
        )
        for each in site.batteries
    ]
    site = replace(site, batteries=tuple(own))
    return site, draw(snapshots(site, calm=True))


def looked_at(site: Site, snapshot: Snapshot) -> tuple[dict[str, float], Supply]:
    """Return the room under each ceiling [A], and the supply."""
    memory = Memory({load.name: LoadMemory() for load in site.loads})
    memory = Memory(memory.loads, batteries=update_battery_memories(site, snapshot, ()))
    ceilings, supply, _ = ceilings_in_force(site, snapshot, memory)
    assert supply is not None
    return {ceiling.name: ceiling.headroom_a for ceiling in ceilings}, supply


def half_of(battery: Battery, place: int) -> Battery:
    """Return a battery of half the power, behind the same inverter."""
    return replace(
        battery,
        max_charge_w=battery.max_charge_w / 2,
        max_discharge_w=battery.max_discharge_w / 2,
        reserve_w=None if battery.reserve_w is None else battery.reserve_w / 2,
        inverter=place,
    )


def half_reading(reading: Reading) -> Reading:
    """Return a reading of half the power."""
    halves = [None if each is None else each / 2 for each in (reading.value, reading.last)]
    return Reading(*halves, reading.age_s, reading.period_s)


@given(homes())
def test_a_battery_that_is_two_halves_leaves_the_same_room_under_every_ceiling(home: tuple[Site, Snapshot]) -> None:
    site, snapshot = home
    places = [site.inverter_of(at) for at in range(len(site.batteries))]
    halves = [half_of(each, place) for each, place in zip(site.batteries, places, strict=True) for _ in range(2)]
    parts = [BatteryReadings(each.soc_pct, half_reading(each.charge_w)) for each in snapshot.batteries for _ in "ab"]
    split = replace(site, batteries=tuple(halves)), replace(snapshot, batteries=tuple(parts))
    (whole_a, whole), (halved_a, halved) = looked_at(site, snapshot), looked_at(*split)
    assert halved_a == pytest.approx(whole_a, abs=1e-6)
    assert (halved.blind, halved.known) == (whole.blind, whole.known)


@given(homes())
def test_no_battery_and_no_inverter_is_counted_on_for_more_than_its_own_maximum(home: tuple[Site, Snapshot]) -> None:
    site, snapshot = home
    _, supply = looked_at(site, snapshot)
    given_a = dict.fromkeys(range(len(site.inverters)), 0.0)
    for place, (battery, now) in enumerate(zip(site.batteries, supply.batteries, strict=True)):
        surplus_a = now.surplus_a or 0.0
        assert 0 <= surplus_a <= (now.spare_a or 0.0) + 1e-9
        assert (now.spare_a or 0.0) <= amps(battery.max_discharge_w, site.voltage_v) + 1e-9
        given_a[site.inverter_of(place)] += surplus_a
    for place, surplus_a in given_a.items():
        most_w = site.inverters[place].max_w
        assert most_w is None or surplus_a <= amps(most_w, site.voltage_v) + 1e-9
