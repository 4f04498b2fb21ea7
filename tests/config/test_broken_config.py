"""One mistake gives one error, at its path, in words that say what would be right."""

from __future__ import annotations

from typing import Any

from fusebox.config.read_config import read_config
from fusebox.model.messages.message import CATALOGUE, as_attributes

from ..cases import for_each
from .broken import BROKEN, CURRENTS
from .full import SECRETS, changed, full


def broken(row: tuple[Any, ...]) -> dict[str, Any]:
    """The complete CONFIG with a row's mistake in it."""
    config = full()
    if row in CURRENTS:
        changed(config, "site.circuits.small", {"fuse_a": 10})
    for path, value in (row[4] if len(row) > 4 else {}).items():
        changed(config, path, value)
    return changed(config, row[0], row[1])


@for_each("row", BROKEN)
def test_a_mistake_is_reported_at_its_path(row: tuple[Any, ...]) -> None:
    result = read_config(broken(row), SECRETS)
    assert result.errors
    assert [error.path for error in result.errors] == [row[3] if len(row) > 3 and row[3] else row[0]]
    assert row[2] in result.errors[0].text
    assert result.errors[0].text.code in CATALOGUE
    for secret in SECRETS.values():
        assert secret not in repr(result)


def test_there_are_enough_rows() -> None:
    assert len(BROKEN) >= 200


def test_a_mistake_is_a_message_with_its_path_and_values() -> None:
    (error,) = read_config(changed(full(), "loads.car.max_a", 40), SECRETS).errors
    sentence = "loads.car.max_a: 40 is above circuit 'main' (25 A); write at most 25"
    values = {"path": "loads.car.max_a", "value": "40", "circuit": "main", "rating_a": 25.0, "most": "25"}
    shown = as_attributes(str(error), "mistake")
    assert shown == {"mistake": sentence, "mistake_code": "above_circuit", "mistake_values": values}
