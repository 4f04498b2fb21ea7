"""What a ceiling says of itself."""

from __future__ import annotations

import pytest

from fusebox.control.limits.fuses import METERED
from fusebox.model.ceiling import Ceiling


@pytest.mark.parametrize(("used_a", "words"), [(-0.4, "0 A"), (-0.6, "-1 A"), (0.4, "0 A"), (12.6, "13 A")])
def test_who_takes_nothing_takes_no_less_than_nothing_in_words(used_a: float, words: str) -> None:
    ceiling = Ceiling("main L1", METERED, 25.0, {}, used_a=used_a, rating_a=25.0)
    assert ceiling.reason == f"main L1: {words} used by others, 25 A fuse"
