"""A test with many cases runs all of them, and a failure names its case."""

from __future__ import annotations

import pytest

from .cases import for_each

SEEN: list[tuple[str, int]] = []


@for_each("word", ["one", "two"])
@for_each("number, half", [(2, 1), (4, 2)])
def twice(word: str, number: int, half: int) -> None:
    SEEN.append((word, number))
    assert number == 2 * half and (word, number) != ("two", 4)


def test_all_cases_run_and_the_one_that_fails_is_named() -> None:
    SEEN.clear()
    with pytest.raises(AssertionError) as failed:
        twice()
    assert SEEN == [("one", 2), ("one", 4), ("two", 2), ("two", 4)]
    assert failed.value.__notes__ == ["the case is {'number': 4, 'half': 2}", "the case is {'word': 'two'}"]


def test_a_table_without_cases_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="no cases for word"):
        for_each("word", [])


@for_each("number", [1, 2])
def test_cases_have_the_fixtures_of_their_test(number: int, tmp_path: object) -> None:
    assert tmp_path
