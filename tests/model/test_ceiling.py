"""What a ceiling says of itself."""

from __future__ import annotations

import pytest

from fusebox.control.limits.fuses import METERED
from fusebox.model.ceiling import Ceiling
from fusebox.model.electrics import Phase


@pytest.mark.parametrize(("used_a", "words"), [(-0.4, "0 A"), (-0.6, "-1 A"), (0.4, "0 A"), (12.6, "13 A")])
def test_a_house_that_takes_nothing_is_shown_without_a_minus(used_a: float, words: str) -> None:
    ceiling = Ceiling("main L1", METERED, 25.0, {}, phases=(Phase.L1,), used_a=used_a, rating_a=25.0, fuse="main")
    assert ceiling.explained() == f"limited by the main fuse (L1, 25 A): house {words}"
