"""Evenings with kettle, oven, hob and heat pump: nothing above the target that could be kept, and the car is charged.

The houses are those of the demo, from five in the afternoon on, one second at a time.
"""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest

from fusebox.model.decision import Command
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Tariff
from simhouse.physics.household import household_seconds

from .evenings import Box, box, play

HOURS, WINDOW_S = 1.0, 900


def house(seed: int, phases: int, hours: float = HOURS) -> dict[Phase, list[float]]:
    """The base load of a built-in household [W]."""
    start = datetime(2026, 11, 1, 17, tzinfo=UTC)
    series = household_seconds(start, int(3600 * hours), phases, Random(seed))
    return {Phase(place): list(each.watts) for place, each in enumerate(series)}


@pytest.mark.parametrize(
    ("seed", "phases", "charger", "target_kw"),
    [
        (1, 3, box("three phases", "L1 L2 L3"), 6.0),
        (2, 1, box("cloud", max_a=32, min_write_s=60, late_s=15), 5.0),
    ],
)
def test_an_evening_is_kept_and_the_car_is_charged(seed: int, phases: int, charger: Box, target_kw: float) -> None:
    base_w = {phase: watts[: 2 * WINDOW_S + 1] for phase, watts in house(seed, phases).items()}
    played = play(Tariff("fixed_limit", target_kw=target_kw), charger, base_w, fuse_a=40, rest_s=10)
    assert played.avoidable(target_kw) == []
    assert played.taken_kwh >= 0.9 * played.possible_kwh
    # what is stopped runs through the turns of windows, and not in pieces of each
    assert charger.starts <= len(played.windows_kw)


def test_a_tariff_keeps_the_write_interval_over_a_fuse_until_the_last_cut_arrives() -> None:
    charger = box("cloud", max_a=32, min_write_s=60, late_s=12)
    writes: list[tuple[int, float | None]] = []
    tell = charger.told

    def told(t: int, command: Command) -> None:
        writes.append((t, command.current_a))
        tell(t, command)

    charger.told = told  # type: ignore[method-assign]
    # 26 A of the car and 9 A of the house on a fuse of 32 A: 22 A at once, less for the tariff with the next command
    house_w = [230.0] * 660 + [230.0 * 9] * 120
    play(Tariff("fixed_limit", target_kw=4.0), charger, {Phase.L1: house_w}, fuse_a=32)
    for_the_fuse, *later = [(t, amps) for t, amps in writes if t >= 660]
    assert for_the_fuse == (660, 22.0)
    assert later[0][0] == 720


@pytest.mark.parametrize(("fuse_a", "amps"), [(63, [8.0, 16.0]), (25, [8.0, 15.0, 16.0])])
def test_one_write_uses_up_a_window_and_at_most_half_of_what_a_fuse_leaves(fuse_a: float, amps: list[float]) -> None:
    charger = box("cloud", min_write_s=60, late_s=12)
    charger.on = False
    writes: list[float | None] = []
    tell = charger.told

    def told(t: int, command: Command) -> None:
        writes.append(command.current_a)
        tell(t, command)

    charger.told = told  # type: ignore[method-assign]
    # nothing is left until the house falls silent in the tenth minute; then more than 16 A for the rest of the window
    house_w = {Phase.L1: [4800.0] * 550 + [300.0] * 300}
    play(Tariff("fixed_limit", target_kw=4.0), charger, house_w, fuse_a=fuse_a)
    assert writes == amps


def test_what_comes_early_in_a_window_and_stays_finds_enough_kept_for_it() -> None:
    # four minutes into the third window 3 kW come and stay: 4.39 of 4.5 kW are the house's by itself
    charger = box("one phase", max_a=32)
    base_w = {phase: watts[2 * WINDOW_S : 5 * WINDOW_S + 1] for phase, watts in house(9, 1, hours=4).items()}
    played = play(Tariff("fixed_limit", target_kw=4.5), charger, base_w, fuse_a=40, rest_s=10)
    assert 4.3 < played.house_kw[2] < 4.5
    assert played.avoidable(4.5) == []
    assert played.taken_kwh >= 0.9 * played.possible_kwh
    assert charger.starts <= len(played.windows_kw)
