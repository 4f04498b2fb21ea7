"""A tariff with windows of an hour: what the rest of a window makes up for moves no charger."""

from __future__ import annotations

import pytest

from fusebox import tuning
from fusebox.model.decision import Command
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Tariff

from .evenings import Box, Played, box, play

TARGET_KW = 5.0
HOURLY = Tariff("norway_steps", target_kw=TARGET_KW)


Write = tuple[int, float | None]
"""When which current was sent [s, A]."""


class Watched(Box):
    """A charger that remembers its commands."""

    writes: list[Write]

    def told(self, t: int, command: Command) -> None:
        """Remember and send a command."""
        self.writes.append((t, command.current_a))
        super().told(t, command)


def hour(
    house_w: list[float], tariff: Tariff = HOURLY, fuse_a: float = 40, rest_s: int = 1
) -> tuple[Played, list[Write]]:
    """Return an hour of a charger of 16 A beside this house [W], and its commands."""
    plain = box("car")
    charger = Watched(plain.load, plain.car)
    charger.writes = []
    return play(tariff, charger, {Phase.L1: house_w}, fuse_a=fuse_a, rest_s=rest_s), charger.writes


def cycling_hob(seconds: int) -> list[float]:
    """Return a house with a hob that is on for 20 s and off for 20 s [W]."""
    return [3100.0 if t // 20 % 2 == 0 else 1100.0 for t in range(seconds)]


def test_in_windows_of_an_hour_a_cycling_hob_moves_a_car_a_tenth_less_and_costs_no_energy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    played, writes = hour(cycling_hob(3601), rest_s=5)
    monkeypatch.setattr(tuning, "WINDOW_RAISE_SHARE", 0.0)
    without, more = hour(cycling_hob(3601), rest_s=5)
    assert len(writes) < 0.9 * len(more)
    assert played.taken_kwh >= without.taken_kwh - 0.001
    assert sum(played.windows_kw) / 4 <= TARGET_KW


def test_a_small_raise_waits_for_a_tenth_of_the_rest_of_an_hour() -> None:
    _, writes = hour([2000.0] * 600 + [2300.0] * 60 + [2000.0] * 360)
    (cut_s, low_a), (raised_s, high_a) = [write for write in writes if write[0] >= 600]
    assert (low_a, high_a) == (12.0, 13.0)
    assert raised_s - cut_s == pytest.approx(0.1 * (3600 - raised_s), abs=1)


@pytest.mark.parametrize(
    ("tariff", "fuse_a"),
    [(Tariff("fixed_limit", target_kw=TARGET_KW), 40), (Tariff("norway_steps", target_kw=20.0), 21)],
    ids=["windows of a quarter hour", "the fuse is the tightest limit"],
)
def test_otherwise_a_small_raise_waits_for_no_window(
    monkeypatch: pytest.MonkeyPatch, tariff: Tariff, fuse_a: float
) -> None:
    house_w = cycling_hob(600) if fuse_a == 40 else [2000.0] * 300 + [2900.0] * 60 + [2000.0] * 300
    _, writes = hour(house_w, tariff, fuse_a, rest_s=5)
    monkeypatch.setattr(tuning, "WINDOW_RAISE_SHARE", 0.0)
    assert hour(house_w, tariff, fuse_a, rest_s=5)[1] == writes
    assert len(writes) > 3
