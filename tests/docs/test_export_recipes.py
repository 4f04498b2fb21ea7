"""Each inverter of docs/export_limit.md is a CONFIG without mistakes; each file has the number that its row names."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest
import yaml

from fusebox.config.read_config import read_config

from .made import DOCS

PAGE = (DOCS / "export_limit.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.split("## Your inverter")[1].splitlines() if line.startswith("| ")][1:]
CURTAILS = [(row.split(" ")[1].rstrip(","), found) for row in ROWS for found in re.findall(r'`(\{"number".*?\})`', row)]
MAKES = {"Deye", "Enphase", "Fronius", "GoodWe", "Huawei", "SMA", "SolarEdge", "Sungrow"}
FILES = ("enphase_export_limit", "sma_export_limit")


def test_every_make_has_a_row() -> None:
    assert {make for make, _ in CURTAILS} == MAKES


@pytest.mark.parametrize(("make", "written"), CURTAILS)
def test_a_row_is_read_without_a_mistake(make: str, written: str) -> None:
    curtail = ast.literal_eval(written.replace("<name>", "roof"))
    site = {"main_fuse_a": 25, "grid": {"L1": "sensor.l1"}, "solar_w": "sensor.sun", "export": {"curtail": curtail}}
    assert read_config({"site": site}).errors == ()


@pytest.mark.parametrize("name", FILES)
def test_a_file_makes_the_number_that_its_row_names(name: str) -> None:
    row = next(row for row in ROWS if f"{name}.yaml" in row)
    file = DOCS.parent / "config_examples" / f"{name}.yaml"
    made: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    (number,) = made["template"][0]["number"]
    assert f'"number.{number["name"].lower().replace(" ", "_")}"' in row
    assert number["optimistic"] is True
    assert number["set_value"]
