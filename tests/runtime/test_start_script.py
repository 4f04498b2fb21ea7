"""The numbers of a CONFIG take effect together with it, never for an earlier generation that continues."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fusebox import tuning
from fusebox.config.read_config import read_config
from fusebox.runtime.load_files import LoadedConfig
from fusebox.runtime.script import ScriptRuntime, make_script_or_report
from fusebox.runtime.version import VERSION

from ..config.full import minimal
from .home import Home


class Runtime(ScriptRuntime):
    """A script that remembers with which number it was made."""

    role, work = "balancer", "balancing"

    def __init__(self, loaded, ports):
        super().__init__(loaded, ports)
        self.made_with = tuning.RAISE_STEP_A


class Other(Runtime):
    role = "estimator"


def fails(loaded, ports):
    raise KeyError("L9")


def loaded(step_a):
    return LoadedConfig(read_config({**minimal(), "tuning": {"raise_step_a": step_a}}).config, (), ())


def started(make, step_a):
    """A load that is made and acts from then on."""
    made = make_script_or_report(make.role, make, loaded(step_a), Home().ports)
    assert made.activate()
    return made


@pytest.fixture(autouse=True)
def as_shipped(store) -> Iterator[None]:
    yield
    tuning.override({})


def test_a_load_is_made_with_its_own_numbers_and_acts_by_them():
    assert (started(Runtime, 2).made_with, tuning.RAISE_STEP_A) == (2, 2)


def test_a_generation_whose_successor_cannot_start_keeps_its_numbers():
    started(Runtime, 2)
    with pytest.raises(KeyError):
        make_script_or_report("balancer", fails, loaded(6), Home().ports)
    assert tuning.RAISE_STEP_A == 2


def test_another_script_that_begins_changes_nothing_under_it():
    started(Runtime, 2)
    with pytest.raises(KeyError):
        make_script_or_report("balancer", fails, loaded(6), Home().ports)
    assert (started(Other, 6).made_with, tuning.RAISE_STEP_A) == (6, 2)


def test_once_it_can_begin_its_numbers_are_in_force():
    started(Runtime, 2)
    with pytest.raises(KeyError):
        make_script_or_report("balancer", fails, loaded(6), Home().ports)
    started(Runtime, 3)
    assert tuning.RAISE_STEP_A == 3


def test_without_an_earlier_generation_a_failure_blocks_nothing():
    with pytest.raises(KeyError):
        make_script_or_report("balancer", fails, loaded(6), Home().ports)
    started(Other, 6)
    assert tuning.RAISE_STEP_A == 6


def test_each_script_notes_the_version_with_which_it_last_started(store):
    started(Runtime, 2)
    store["started"]["balance_site.py"] = "0.9.0"
    with pytest.raises(KeyError):
        make_script_or_report("balancer", fails, loaded(3), Home().ports)
    assert store["started"] == {"balance_site.py": "0.9.0"}
    started(Runtime, 2)
    started(Other, 2)
    assert store["started"] == {"balance_site.py": VERSION, "estimate_power_saving.py": VERSION}
