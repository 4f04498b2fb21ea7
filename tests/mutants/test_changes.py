"""Each change can still be made in the present code; `make mutants` checks whether the tests notice it."""

from __future__ import annotations

from ..cases import for_each
from .change import CHANGES, ROOT, Change


@for_each("change", CHANGES)
def test_a_change_can_be_made_and_there_are_tests_to_notice_it(change: Change) -> None:
    text = (ROOT / change.path).read_text(encoding="utf-8")
    compile(change.made_in(text), change.file, "exec")  # else everything would notice it
    assert change.new != change.old
    assert [path for path in change.tests if not (ROOT / path).exists()] == []


def test_there_are_at_least_sixty_and_no_two_alike() -> None:
    assert len({(change.file, change.old) for change in CHANGES}) == len(CHANGES) >= 60
    assert {change.file.partition("/")[0] for change in CHANGES} >= {
        "control", "devices", "tariff", "radiators", "config",
    }  # fmt: skip
