"""A rule that helps some homes and harms others is kept for the mean home, the unluckiest, or for fewer starts."""

from __future__ import annotations

import pytest

from benchmarks.ablation.decided import MEAN, NONE, UNLUCKY, WEAR, decided_by, decided_in

SAME = {f"{name}{end}": "0" for name in ("hot_s", "energy_pct", "starts", "commands") for end in ("", "_p99")}


def line(**changed: float) -> dict[str, str]:
    """What changes in eighty homes without a rule."""
    return {"changed": "3", "homes": "80", **SAME} | {name: str(value) for name, value in changed.items()}


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        ({"hot_s": 5.0, "energy_pct": 1.0}, MEAN),
        ({"hot_s": -2.0, "energy_pct": -1.0}, MEAN),
        ({"hot_s": -4.0, "energy_pct": -1.0, "energy_pct_p99": 9.0}, UNLUCKY),
        ({"hot_s": -4.0, "hot_s_p99": 3.0, "starts": 0.2}, WEAR),
        ({"hot_s": -4.0, "hot_s_p99": 3.0, "starts": -0.2}, NONE),
    ],
)
def test_the_mean_home_decides_before_the_unluckiest_and_both_before_starts(changed: dict[str, float], by: str) -> None:
    assert decided_by(line(**changed)) == by


def test_kinds_of_home_are_named_only_where_they_differ() -> None:
    unchanged, loses, unlucky = {}, line(energy_pct=-1.0), line(energy_pct_p99=1.0)
    assert decided_in(("hour", "sun"), [loses, unchanged]) == MEAN
    assert decided_in(("hour", "sun"), [loses, loses]) == MEAN
    assert decided_in(("hour", "sun"), [loses, unlucky]) == f"hour: {MEAN}; sun: {UNLUCKY}"
    assert decided_in(("hour",), [{"changed": "0"}]) == ""
