"""config_examples/simulated_charger.yaml makes the entities that first_site.py names, so a newcomer edits nothing."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import yaml

from fusebox.config.read_config import read_config

EXAMPLES = Path(__file__).parents[2] / "config_examples"
PACKAGE: dict[str, Any] = yaml.safe_load((EXAMPLES / "simulated_charger.yaml").read_text(encoding="utf-8"))


def made() -> set[str]:
    """The entities of the package's templates; Home Assistant makes their ids of their names."""
    return {
        f"{domain}.{each['name'].lower().replace(' ', '_')}"
        for part in PACKAGE["template"]
        for domain in ("number", "switch", "sensor")
        for each in part.get(domain, ())
    }


def test_every_entity_of_the_first_site_is_made() -> None:
    tree = ast.parse((EXAMPLES / "first_site.py").read_text(encoding="utf-8"))
    checked = read_config(ast.literal_eval(tree.body[-1].value)).config  # type: ignore[attr-defined]
    assert set(checked.named.values()) == made()
    assert checked.named["site.grid.L1"] == "sensor.grid_power"


def test_every_helper_that_a_template_reads_is_made() -> None:
    text = (EXAMPLES / "simulated_charger.yaml").read_text(encoding="utf-8")
    helpers = {f"{domain}.{name}" for domain in ("input_number", "input_boolean") for name in PACKAGE[domain]}
    used = set(re.findall(r"\binput_(?:number|boolean)\.simulated_\w+", text))
    assert used == helpers
