"""The contract's import limit, second by second, by which a run is judged."""

from __future__ import annotations

from datetime import datetime
from math import inf
from typing import Any

import pytest

from simhouse.report.verdict import contract_limits_w

FRIDAY = datetime.fromisoformat("2026-11-20T23:59:58+01:00")


@pytest.mark.parametrize(
    ("limit", "limits_w"),
    [
        (None, None),
        (4600, [4600.0] * 4),
        ("input_number.limit", None),
        ({"hours": {"mon-fri 08-24": 2300}, "else": 4600}, [2300, 2300, 4600, 4600]),
        ({"hours": {"mon-fri 08-24": 2300}, "else": None}, [2300, 2300, inf, inf]),
        ({"hours": {"mon-fri 08-24": "input_number.limit"}, "else": 4600}, None),
    ],
    ids=str,
)
def test_a_run_is_judged_by_the_import_limit_of_each_second(limit: Any, limits_w: Any) -> None:
    config = {"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}, "max_import_w": limit}, "loads": {}}
    assert contract_limits_w(config, FRIDAY, 4) == limits_w
