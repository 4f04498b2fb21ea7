"""The random homes: each seed is always the same home, Fusebox accepts it, and together they cover every kind of
device."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.config.read_config import read_config
from simhouse.population.appliances import HABITS, weight_at
from simhouse.population.draw import draw_home
from simhouse.population.home import LENGTH_S
from simhouse.population.household import TOLERATED, VOLTAGE_V, household_with_meter
from simhouse.population.rare_loads import NEWER_FROM_SEED
from simhouse.population.world import home_config, home_house

SOME = [draw_home(seed) for seed in range(1, 301)]


def test_a_seed_is_the_same_home_each_time():
    assert [draw_home(seed) for seed in range(1, 20)] == SOME[:19]
    assert household_with_meter(SOME[3])[0].watts == household_with_meter(SOME[3])[0].watts
    assert len(set(map(repr, SOME))) == len(SOME)


def test_fusebox_accepts_the_config_of_every_home():
    refused = {home.seed: found.errors for home in SOME if (found := read_config(home_config(home))).errors}
    assert not refused


@pytest.mark.parametrize(
    "of",
    [
        pytest.param((lambda home: len(home.phases), {1, 3}), id="phases"),
        pytest.param((lambda home: home.fuse_type, {"B", "C", "gG", "linky"}), id="fuses"),
        pytest.param((lambda home: len(home.circuits), {0, 1, 2}), id="circuits"),
        pytest.param((lambda home: len(home.boxes) + len(home.switched), {1, 2, 3, 4, 5, 6}), id="loads"),
        pytest.param((lambda home: home.meter.every_s, {1, 2, 5, 10, 30}), id="meters"),
        pytest.param((lambda home: bool(home.solar_peak_w) + bool(home.battery_kwh), {0, 1, 2}), id="sun"),
    ],
)
def test_the_population_holds_every_kind_of_home(of):
    figure, kinds = of
    assert {figure(home) for home in SOME} == kinds


def test_the_population_holds_every_kind_of_load_and_circuit():
    boxes = [box for home in SOME for box in home.boxes]
    assert {box.reach for box in boxes} == {"local", "ocpp", "cloud"}
    assert {box.has_draw for box in boxes} == {True, False}
    assert {box.car.phases for box in boxes} == {1, 2, 3}
    assert {load.type for home in SOME for load in home.switched} == {"plug", "tank", "sg_ready"}
    circuits = [circuit for home in SOME for circuit in home.circuits]
    assert {circuit.has_meter for circuit in circuits} == {True, False}
    assert {circuit.parent == "main" for circuit in circuits} == {True, False}


def test_some_homes_have_a_quasar_or_radiators_and_the_others_keep_their_loads():
    quasars = [home.quasar for home in SOME if home.quasar is not None]
    heatings = [home.heating for home in SOME if home.heating is not None]
    assert 10 < len(quasars) < 40
    assert 10 < len(heatings) < 40
    powers_w = [power_w for quasar in quasars for _, power_w in quasar.plan]
    assert min(powers_w) < -1400
    assert max(powers_w) > 1400
    assert all(abs(power_w) <= quasar.most_w for quasar in quasars for _, power_w in quasar.plan)
    for home in SOME:
        bare = replace(home, quasar=None, heating=None)
        assert set(home_config(home)["loads"]) - set(home_config(bare)["loads"]) == {
            each.name for each in (home.quasar, home.heating) if each is not None
        }
        assert home.known_to_peers <= (bare == home)


def test_only_newer_homes_have_loads_in_watts_and_switch_phases_and_fusebox_accepts_them():
    assert all(home.in_watts is None and not any(box.switches_phases for box in home.boxes) for home in SOME)
    newer = [draw_home(seed) for seed in range(NEWER_FROM_SEED, NEWER_FROM_SEED + 100)]
    switching = [box for home in newer for box in home.boxes if box.switches_phases]
    assert 15 < sum(home.in_watts is not None for home in newer) < 45
    assert len(switching) > 15 and all(len(box.phases) == 3 and box.reach != "cloud" for box in switching)
    configs = [home_config(home) for home in newer]
    assert [config for config in configs if read_config(config).errors] == []
    assert sum("heater" in config["loads"] for config in configs) == sum(home.in_watts is not None for home in newer)
    assert sum(bool(load.get("switch_phases")) for config in configs for load in config["loads"].values()) == len(
        switching
    )
    assert not any(home.known_to_peers for home in newer if home.in_watts or any(b.switches_phases for b in home.boxes))


@pytest.mark.parametrize("home", SOME[:12], ids=lambda home: str(home.seed))
def test_no_home_overloads_its_fuse_with_appliances_alone(home):
    most_w = max(max(wire.watts) for wire in household_with_meter(home))
    assert 0 < most_w <= home.fuse_a * VOLTAGE_V * TOLERATED + 150


def test_hobs_pulse_between_one_and_thirty_seconds():
    from random import Random

    from simhouse.population.appliances import pulsing_hob

    widths = set()
    for seed in range(40):
        watts = list(pulsing_hob(Random(seed)))
        high, width = max(watts), 0
        for power_w in watts:
            if power_w == high:
                width += 1
            elif width:
                widths.add(width)
                width = 0
    assert min(widths) == 1
    assert widths >= set(range(2, 31))


def test_the_weight_of_an_hour_is_between_its_neighbours():
    hours = {6: 0.0, 18: 1.0}
    assert [weight_at(hours, hour) for hour in (6, 12, 18, 0)] == [0.0, 0.5, 1.0, 0.5]
    assert all(weight_at(habit.hours, hour / 2) >= 0 for habit in HABITS for hour in range(48))


def reported_w(home) -> dict[int, float]:
    """What the meter of L1 reported, by second."""
    house = home_house(home)
    found = {}
    for t_s in range(30):
        state = house.step(t_s).get("sensor.grid_power_l1")
        if state is not None:
            found[t_s] = state["state"]
    return found


def test_a_meter_reports_when_and_as_late_and_as_roughly_as_it_is_made():
    home = replace(SOME[5], solar_peak_w=0.0, battery_kwh=0.0)
    quick = reported_w(replace(home, meter=replace(home.meter, every_s=1, delay_s=0, step_w=1.0, gaps_per_h=0.0)))
    late = reported_w(replace(home, meter=replace(home.meter, every_s=5, delay_s=3, step_w=10.0, gaps_per_h=0.0)))
    assert list(quick) == list(range(30))
    assert list(late) == [0, 5, 10, 15, 20, 25]
    for t_s, value in late.items():
        then_w = float(quick[max(t_s - 3, 0)])
        assert float(value) % 10 == 0
        assert abs(float(value) - then_w) <= 6


def test_a_meter_with_gaps_is_unknown_in_them():
    home = replace(SOME[5], meter=replace(SOME[5].meter, gaps_per_h=20.0))
    known = household_with_meter(home)[0].known
    assert 0 < known.count(0) < LENGTH_S / 2
    assert not household_with_meter(replace(home, meter=replace(home.meter, gaps_per_h=0.0)))[0].known.count(0)
