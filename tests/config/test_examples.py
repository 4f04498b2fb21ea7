"""Every example that we ship is a CONFIG without mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from fusebox.config.read_config import read_config
from fusebox.runtime.config_file import load_config_file

EXAMPLES = sorted((Path(__file__).parents[2] / "config_examples").glob("*.py"))


class EverySecret(dict[str, str]):
    """Secrets that a user would have written into secrets.yaml for an example."""

    def __init__(self, text: str) -> None:
        names = [part.split('"')[0].split("'")[0].strip() for part in text.split("!secret ")[1:]]
        super().__init__({name: f"value of {name}" for name in names})


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_has_no_mistakes(file: Path) -> None:
    config, problem = load_config_file(str(file))
    assert problem is None
    result = read_config(config, EverySecret(file.read_text(encoding="utf-8")))
    assert [str(error) for error in result.errors] == []
    assert result.plan is not None
    assert result.plan.site({}).voltage_v > 0


def test_there_are_examples() -> None:
    assert EXAMPLES
