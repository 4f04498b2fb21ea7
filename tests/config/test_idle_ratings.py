"""Other loads may use the rating of an idle heat pump only where meters show its start, and no Linky opens before."""

from __future__ import annotations

from typing import Any

import pytest

from fusebox.config.read_config import read_config

PUMP = {"type": "sg_ready", "relay_1": "switch.one", "relay_2": "switch.two", "power": "sensor.pump", "rated_w": 2300}
CONNECTED = {"main_fuse_a": 25, "grid": {"L1": "sensor.l1", "L2": "sensor.l2", "L3": "sensor.l3"}}
SHED = {"fuse_a": 16, "grid": {"L1": "sensor.shed"}}
OFF_GRID = {"island": True, "inverter": {"max_w": 9000, "phases": ["L1"]}}


@pytest.mark.parametrize(
    ("site", "load", "lends"),
    [
        (CONNECTED, {}, True),
        ({**CONNECTED, "fuse_type": "gG"}, {}, True),
        ({**CONNECTED, "fuse_type": "linky"}, {}, False),
        ({**CONNECTED, "circuits": {"shed": SHED}}, {"circuit": "shed", "phases": ["L1"]}, True),
        ({**CONNECTED, "circuits": {"shed": SHED}}, {"circuit": "shed"}, False),
        ({**CONNECTED, "circuits": {"shed": {"fuse_a": 16}}}, {"circuit": "shed", "phases": ["L1"]}, False),
        (OFF_GRID, {"phases": ["L1"]}, False),
    ],
)
def test_a_rating_is_lent_where_others_can_make_way_in_time(
    site: dict[str, Any], load: dict[str, Any], lends: bool
) -> None:
    result = read_config({"site": site, "loads": {"pump": {**PUMP, **load}}})
    assert not result.errors, result.errors
    assert result.config.site().loads[0].lends_rating is lends
