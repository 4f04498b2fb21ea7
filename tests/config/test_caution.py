"""CONFIG's `caution`: a word for how much energy a quieter wire is worth, that moves numbers of tuning.py."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fusebox import tuning
from fusebox.config.read_config import read_config
from fusebox.config.sections import SAFETY, check_tuning

from .full import minimal


def numbers(caution: Mapping[str, object], **more: object) -> Mapping[str, float]:
    """What a CONFIG with this in its site puts in force."""
    config = minimal()
    result = read_config({**config, "site": {**config["site"], **caution}, **more})
    assert not result.errors, result.errors
    return result.config.tuning


def test_the_default_caution_is_balanced_with_the_shipped_numbers():
    assert numbers({}) == numbers({"caution": "balanced"}) == {}


def test_calm_waits_longer_and_brisk_less_long():
    brisk, calm = numbers({"caution": "brisk"}), numbers({"caution": "Calm"})
    assert brisk["raise_window_s"] < tuning.RAISE_WINDOW_S < calm["raise_window_s"]


@pytest.mark.parametrize("caution", tuning.CAUTION)
def test_it_moves_raises_and_nothing_that_a_fuse_depends_on(caution: str):
    found = numbers({"caution": caution})
    assert check_tuning(dict(found)) == found, "what CONFIG may not say"
    assert [name for name in found if name.startswith(SAFETY) or not name.startswith(("raise_", "cycle_"))] == []


def test_a_number_that_is_given_counts_more_than_the_word():
    found = numbers({"caution": "calm"}, tuning={"raise_window_s": 30})
    assert found == {**tuning.CAUTION["calm"], "raise_window_s": 30.0}
