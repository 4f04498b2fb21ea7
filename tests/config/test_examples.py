"""Every example that we ship is a CONFIG without mistakes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fusebox.config.read_config import read_config
from fusebox.model.by_time import value_at
from fusebox.runtime.config_file import run_config_file

EXAMPLES = sorted((Path(__file__).parents[2] / "config_examples").glob("*.py"))


class EverySecret(dict[str, str]):
    """Secrets that a user would have written into secrets.yaml for an example."""

    def __init__(self, text: str) -> None:
        names = [part.split('"')[0].split("'")[0].strip() for part in text.split("!secret ")[1:]]
        super().__init__({name: f"value of {name}" for name in names})


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_has_no_mistakes(file: Path) -> None:
    config, problem = run_config_file(str(file))
    assert problem is None
    result = read_config(config, EverySecret(file.read_text(encoding="utf-8")))
    assert [str(error) for error in result.errors] == []
    assert not result.errors, result.errors
    assert result.config.site({}).voltage_v > 0


def test_there_are_examples() -> None:
    assert EXAMPLES


BLOCKS_BY_HOUR = {
    # Working days in winter as of https://www.uro.si/w/casovni-blok; other days have the next blocks.
    hour: 1 if hour in (*range(7, 14), *range(16, 20)) else 2 if 6 <= hour < 22 else 3
    for hour in range(24)
}
AGREED_KW = {1: 4.5, 2: 5.0, 3: 6.0, 4: 8.0, 5: 10.0}


@pytest.mark.parametrize(("day", "later"), [("2026-11-23", 0), ("2026-11-22", 1), ("2026-06-10", 1), ("2026-06-13", 2)])
def test_the_slovenian_example_has_the_blocks_of_each_hour(day: str, later: int) -> None:
    config, _ = run_config_file(str(EXAMPLES[0].with_name("slovenian_time_blocks.py")))
    checked = read_config(config).config
    tariff = checked.site({}).tariff
    assert tariff is not None
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    found = [value_at(tariff.target_kw, midnight + hour * 3600, lambda _: 0.0) for hour in range(24)]
    assert found == [AGREED_KW[block + later] for block in BLOCKS_BY_HOUR.values()]
