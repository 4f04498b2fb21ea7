"""What each type of load has in addition to its driver, as CONTRIBUTING.md demands of a new type."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fusebox.config.fields import REQUIRED
from fusebox.config.load_schemas import LOADS

from .broken import BROKEN
from .test_broken_config import broken
from .test_full_config import LOAD_DEFAULTS

CARD = Path(__file__).parents[2] / "card" / "src" / "model" / "load.ts"
CHARGERS = frozenset(kind for kind, row in LOADS.items() if "failsafe_a" in row.keys.fields)


@pytest.mark.parametrize("kind", LOADS)
def test_its_defaults_are_written_down(kind: str) -> None:
    documented = {written["type"] for written, _, _ in LOAD_DEFAULTS}
    assert kind in documented, f"add a row for {kind} to LOAD_DEFAULTS in tests/config/test_full_config.py"


def missed_keys() -> set[tuple[str, str]]:
    """Return (type, key) for each row of BROKEN that reports a missing key of a load."""
    found = set()
    for row in BROKEN:
        section, _, rest = (row[3] if len(row) > 3 and row[3] else row[0]).partition(".")
        name, _, key = rest.partition(".")
        loads = broken(row).get("loads") if section == "loads" else None
        load = loads.get(name) if isinstance(loads, dict) else None
        if isinstance(load, dict) and key not in load:
            found.add((load.get("type", ""), key))
    return found


@pytest.mark.parametrize("kind", LOADS)
def test_each_key_that_it_requires_is_missed(kind: str) -> None:
    required = {key for key, field in LOADS[kind].keys.fields.items() if field.default is REQUIRED} - {"type"}
    untested = required - {key for of, key in missed_keys() if of == kind}
    assert untested == set(), f"add a row to tests/config/broken.py for each of these keys, in which a {kind} lacks it"


@pytest.mark.parametrize("kind", sorted(LOADS.keys() - CHARGERS))
def test_it_has_an_icon_on_the_card(kind: str) -> None:
    icons = re.findall(r"^  (\w+): \"mdi:", CARD.read_text(encoding="utf-8").partition("const ICONS")[2], re.MULTILINE)
    assert kind in icons, f"add {kind} to ICONS in card/src/model/load.ts, then run make card"
