"""What a ceiling says of itself."""

from __future__ import annotations

import pytest

from fusebox.control.limits.fuses import METERED
from fusebox.model.ceiling import Ceiling
from fusebox.model.electrics import Phase


@pytest.mark.parametrize(
    ("used_a", "words"), [(-0.4, "house 0 A"), (-8.4, "house feeds in 8 A"), (0.4, "house 0 A"), (12.6, "house 13 A")]
)
def test_a_house_that_feeds_in_is_described_without_a_minus(used_a: float, words: str) -> None:
    ceiling = Ceiling("main L1", METERED, 25.0, {}, phases=(Phase.L1,), used_a=used_a, rating_a=25.0, fuse="main")
    assert ceiling.limit_message() == f"limited by the main fuse (L1, 25 A): {words}"


def test_a_house_that_feeds_in_is_described_in_kilowatts_too() -> None:
    ceiling = Ceiling(
        "contract", "limited_by_contract", 25.0, {}, used_a=-8.4, voltage_v=230.0, details={"limit_kw": 5.0}
    )
    assert ceiling.limit_message() == "limited by the import limit of 5 kW: house feeds in 1.9 kW"
