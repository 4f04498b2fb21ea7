"""The power-saving level that estimate_power_saving.py publishes, also while no CONFIG is valid."""

from __future__ import annotations

import asyncio

import pytest

from fusebox.config.config import NO_CONFIG
from fusebox.config.read_config import read_config
from fusebox.radiators.estimation import Estimation
from fusebox.runtime.load_files import LoadedConfig
from tests.runtime.home import Home

SAVING = {"meter": {"entity": "sensor.current"}, "target": "input_number.level", "damping_s": 30}
STATUS = "pyscript.powersavingmode"


@pytest.mark.usefixtures("store")
def test_without_a_valid_config_the_published_estimate_stays() -> None:
    home = Home()
    written = {"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}}, "loads": {}, "power_saving": SAVING}
    for second, config in enumerate((read_config(written).config, NO_CONFIG)):
        asyncio.run(Estimation(LoadedConfig(config, (), ()), home.ports).restore_and_run(float(second)))
    assert home.written(STATUS) != [] and home.deleted == []
