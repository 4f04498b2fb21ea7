"""A battery without readings: no load on solar surplus is raised by a guess."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.equipment import Battery
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.snapshot import NEVER, BatteryReadings, LoadState, Reading, Status

from ..houses import METER, T0_S, car, charger, obey, seen, site
from ..rest import Steps

BATTERY = Battery(METER, METER, soc_min_pct=20, soc_target_pct=80, hysteresis_pct=3, max_discharge_w=0)
RUNS, WAITS = charger(6), charger(6, 0, on=False, status=Status.CONNECTED)


def known(value: float) -> Reading:
    """Reported just now."""
    return Reading(value, value, 0.0)


def offers(mode: Mode, state: LoadState, soc_pct: Reading, charge_w: Reading, known_s: int = 60) -> list[float]:
    """A car's setpoint in each second: 6 A of export and a battery well seen, then 16 A and these readings."""
    house, memory, found = site(car("car", mode=mode, start_after_s=0), batteries=(BATTERY,)), Memory(), []
    steps = Steps()
    for second in range(known_s + 120):
        well = second < known_s
        drawn_a = state.draw_a[0] or 0.0
        snapshot = replace(
            seen({"L1": (-6.0 if well else -16.0) + drawn_a}, second, car=state),
            batteries=(BatteryReadings(known(90) if well else soc_pct, known(0) if well else charge_w),),
        )
        assert snapshot.now_s == T0_S + second
        decision = steps.decide(house, snapshot, memory)
        memory = decision.memory
        for command in decision.commands:
            state = obey(state, command.current_a, command.on)
        found.append(memory.loads["car"].setpoint_a)
    return found


SUNNY = [Mode.SOLAR_ONLY, Mode.SOLAR_PRIORITY]
UNSEEN = [NEVER, Reading(None, 0.0, 5.0), Reading(None, 0.0, 45.0), Reading(0.0, 0.0, 45.0), Reading(0.0, 0.0, 400.0)]


@pytest.mark.parametrize("mode", SUNNY)
def test_with_a_measured_battery_the_car_rises_with_the_sun(mode: Mode) -> None:
    assert offers(mode, RUNS, known(90), known(0))[-1] == 16.0


@pytest.mark.parametrize("mode", SUNNY)
@pytest.mark.parametrize("charge_w", UNSEEN)
def test_while_its_power_is_unknown_or_late_nothing_on_the_sun_rises(mode: Mode, charge_w: Reading) -> None:
    assert max(offers(mode, RUNS, known(90), charge_w)) == 6.0


@pytest.mark.parametrize("charge_w", UNSEEN)
def test_while_its_power_is_unknown_or_late_nothing_on_the_sun_starts(charge_w: Reading) -> None:
    assert max(offers(Mode.SOLAR_ONLY, WAITS, known(90), charge_w, known_s=0)) == 0.0


@pytest.mark.parametrize("soc_pct", [NEVER, Reading(None, 90.0, 5.0)])
def test_before_its_charge_was_ever_known_nothing_starts_on_the_sun(soc_pct: Reading) -> None:
    assert max(offers(Mode.SOLAR_ONLY, WAITS, soc_pct, known(0), known_s=0)) == 0.0


@pytest.mark.parametrize("soc_pct", [NEVER, Reading(None, 90.0, 901.0)])
def test_a_charge_unknown_for_too_long_leaves_a_running_car_its_minimum_at_most(soc_pct: Reading) -> None:
    assert max(offers(Mode.SOLAR_PRIORITY, RUNS, soc_pct, known(0))) == 6.0


def test_a_charge_unknown_for_a_moment_keeps_its_band_and_the_car_rises() -> None:
    assert offers(Mode.SOLAR_ONLY, RUNS, Reading(None, 90.0, 60.0), known(0))[-1] == 16.0
