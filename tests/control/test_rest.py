"""A house whose rests are left out is controlled as one that is decided each second."""

from __future__ import annotations

from random import Random

import pytest

from fusebox.control import control
from fusebox.model.load import Mode
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import Snapshot

from . import rest
from .days import Day
from .houses import Evening, car, charger, plug, site, switched

LENGTH_S = 400


def amps_of(seed: int) -> dict[str, list[float]]:
    """Return load -> its setpoint in each second [A]: three loads in a house with sun that changes at random times."""
    dice = Random(seed)
    loads = (
        car("sunny", mode=Mode.SOLAR_ONLY, start_after_s=dice.choice((0, 60)), stop_after_s=dice.choice((60, 180))),
        car("plain", priority=2),
        plug("pool", 1150, priority=3, mode=Mode.SOLAR_ONLY, min_on_s=120, min_off_s=300),
    )
    states = {"sunny": charger(6, 0, on=False), "plain": charger(6), "pool": switched(False, 0.0)}
    day = Day(Evening(site(*loads)), **states)
    while day.now_s < LENGTH_S:
        day.run(dice.choice((-20.0, -12.0, -8.0, 2.0, 12.0, 17.0)), dice.randint(1, 400))
    return day.amps


@pytest.fixture
def decided_at(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the list of times for which decisions are made [s]."""
    times: list[float] = []

    def step(of: Site, snapshot: Snapshot, memory: Memory) -> object:
        times.append(snapshot.now_s)
        return control.step(of, snapshot, memory)

    monkeypatch.setattr(rest, "step", step)
    return times


@pytest.mark.parametrize("seed", range(2))
def test_each_load_is_given_the_same_in_each_second(
    decided_at: list[float], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    with_rests, decisions = amps_of(seed), len(decided_at)
    monkeypatch.setattr(rest, "CALM_S", float("inf"))
    assert with_rests == amps_of(seed)
    assert decisions < 0.6 * (len(decided_at) - decisions)
