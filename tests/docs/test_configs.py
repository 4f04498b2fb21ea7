"""Each whole CONFIG that a page shows is one that Fusebox takes."""

from __future__ import annotations

import ast
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

from fusebox.config.read_config import read_config

ROOT = Path(__file__).parents[2]


def configs_of(text: str) -> list[dict[str, Any]]:
    """The blocks of Python that are nothing but a CONFIG, and leave nothing out."""
    blocks = [textwrap.dedent(block) for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]
    whole = [block for block in blocks if block.startswith("CONFIG = ") and "{...}" not in block]
    return [ast.literal_eval(block.removeprefix("CONFIG = ")) for block in whole]


SHOWN = [
    pytest.param(config, id=page.name)
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for config in configs_of(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("config", SHOWN)
def test_it_has_no_mistake(config):
    assert read_config(config).errors == ()


def test_the_first_one_is_the_example_that_is_installed():
    text = (ROOT / "config_examples" / "first_site.py").read_text(encoding="utf-8")
    (installed,) = (node.value for node in ast.parse(text).body if isinstance(node, ast.Assign))
    assert configs_of((ROOT / "README.md").read_text(encoding="utf-8")) == [ast.literal_eval(installed)]
