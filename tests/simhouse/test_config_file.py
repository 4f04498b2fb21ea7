"""The demonstration takes the CONFIG that the live scripts take, and names the line of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from fusebox.config.read_config import read_config
from simhouse.house.config_file import read_config_file
from simhouse.house.trace_columns import InputError

from ..config.full import off_grid

HEAD = 'CONFIG = {\n    "site": {\n        "main_fuse_a": 25,\n        "grid": {"L1": "sensor.net_l1"},\n    },\n'
"""Five lines; loads begin in line 6."""


def written(folder: Path, text: str) -> Path:
    path = folder / "site_config.py"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "load",
    [
        '{"preset": "goe", "current": "number.goe_123456_amp"}',
        '{"preset": "goe", "switch": "select.goe_123456_frc"}',
        '{"type": "wallbox", "switch": "switch.wallbox_pause_resume"}',
    ],
)
def test_a_load_whose_type_or_current_follows_from_its_preset_is_taken_as_live(tmp_path: Path, load: str) -> None:
    found = read_config_file(written(tmp_path, f'{HEAD}    "loads": {{"car": {load}}},\n}}\n'))
    assert found["loads"]["car"]["type"] in ("number", "wallbox")
    assert read_config(found).errors == ()


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (
            HEAD + '    "loads": {\n        "car": {"current": "number.car"},\n    },\n}\n',
            7,
            "loads.car.type: required",
        ),
        (
            HEAD + '    "loads": {\n        "car": {\n            "type": "plug",\n        },\n    },\n}\n',
            7,
            "loads.car.switch: required",
        ),
        (
            HEAD + '    "loads": {\n        "car": {\n            "type": "plug",\n            "circuit": "shed",\n'
            "        },\n    },\n}\n",
            9,
            "'shed' is not a circuit",
        ),
        (HEAD.replace("25", '"x"') + "}\n", 3, "site.main_fuse_a: 'x' is not a number"),
        (HEAD.replace('"L1"', '"L4"') + "}\n", 4, "'L4' is not a phase"),
        (HEAD + '    "loads": {\n        "car": make(),\n    },\n}\n', 7, "is not plain values"),
        (HEAD + '    "loads": [\n        {"name": "car"},\n    ],\n}\n', 6, "loads: a list is not a dict"),
        (HEAD.replace('"grid":', '"battery": [\n{},\n{"soc_min_pct": 500},\n],\n"grid":') + "}\n", 6, "soc_min_pct"),
        (
            HEAD.replace('"main', '"nettings": 1, "main') + "}\n",
            3,
            r"unknown key; did you mean 'netting'\? Remedy: correct it\.",
        ),
        ("CONFIG = {[]: 1}\n", 1, "is not plain values"),
        ('\nCONFIG = {"loads": {}}\n', 2, r"has no site\.grid"),
        (f"\nCONFIG = {off_grid()!r}\n", 2, r"has no site\.grid"),
    ],
)
def test_a_mistake_is_reported_with_its_own_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    with pytest.raises(InputError, match=rf"site_config\.py.* line {line}: [^;]*{problem}"):
        read_config_file(written(tmp_path, text))
