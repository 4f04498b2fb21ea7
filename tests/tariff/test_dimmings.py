"""The grid operator's dimmings are remembered: begin and end of the last twenty."""

from __future__ import annotations

from fusebox.config.read_config import read_config
from fusebox.tariff.watch import TariffWatch

from ..runtime.home import Home


def test_the_last_twenty_dimmings_are_remembered() -> None:
    config = {
        "site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}},
        "tariff": {"kind": "enwg14a", "dim": "binary_sensor.dim"},
        "loads": {},
    }
    site = read_config(config).plan.site({})
    watch, home = TariffWatch(), Home()
    for minute in range(44):
        home.shows("binary_sensor.dim", "on" if minute % 2 == 0 else "off")
        watch.observe(site, home.view(60.0 * minute), 0.0)
    assert watch.dimmings == [(120.0 * number, 120.0 * number + 60) for number in range(2, 22)]
