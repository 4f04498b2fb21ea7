"""Copies of frozen records are what `dataclasses.replace` would make."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, field, replace
from typing import Any

import pytest

from fusebox.model.load_memory import LoadMemory, TimingMemory
from fusebox.model.records import fast_replace, record, remember_results, replace_if_changed, replace_within
from fusebox.model.snapshot import Reading

PAST = LoadMemory(setpoint_a=10.0, timing=TimingMemory(starts_s=(1.0, 2.0)))


def test_a_copy_has_the_values_that_were_given_and_all_others():
    after = fast_replace(PAST, setpoint_a=6.0, mode="off")
    assert after == replace(PAST, setpoint_a=6.0, mode="off")
    assert PAST.setpoint_a == 10.0


def test_a_copy_is_as_frozen_as_the_record():
    with pytest.raises(FrozenInstanceError):
        fast_replace(Reading(1.0), value=2.0).value = 3.0


def test_a_copy_with_a_change_in_one_of_its_records_shares_all_others():
    after = replace_within(PAST, "timing", raised_s=3.0)
    assert after == replace(PAST, timing=TimingMemory(starts_s=(1.0, 2.0), raised_s=3.0))
    assert after.command is PAST.command
    assert replace_within(PAST, "timing", starts_s=(1.0, 2.0)) is PAST


def test_what_is_no_field_is_refused():
    with pytest.raises(TypeError):
        fast_replace(PAST, setpoint=6.0)


def test_what_changes_nothing_gives_the_very_same():
    assert replace_if_changed(PAST, setpoint_a=10.0, mode="") is PAST
    assert replace_if_changed(PAST, setpoint_a=10.0, mode="off") == replace(PAST, mode="off")


@record
class Lamp:
    """What a record is made of here."""

    name: str
    watts: float = 5.0
    rooms: tuple[str, ...] = field(default_factory=tuple)


def test_a_record_is_made_by_place_and_by_name():
    assert Lamp("hall") == Lamp(name="hall", watts=5.0, rooms=()) == Lamp("hall", 5.0, rooms=())
    assert Lamp("hall", 7.0) != Lamp("hall")


@pytest.mark.parametrize(
    ("given", "named", "said"),
    [
        ((), {}, "missing 1 required positional argument: 'name'"),
        (("hall",), {"volts": 230}, "unexpected keyword argument 'volts'"),
        (("hall", 1.0, (), 4), {}, "takes from 2 to 4 positional arguments but 5 were given"),
    ],
)
def test_an_impossible_record_is_reported(given: tuple[Any, ...], named: dict[str, Any], said: str):
    with pytest.raises(TypeError, match=said):
        Lamp(*given, **named)


def test_a_result_is_remembered_for_equal_arguments_only():
    calls = []

    @remember_results
    def total(values: dict[str, float], *, more: float = 0.0) -> list[float]:
        calls.append(values)
        return [sum(values.values()) + more]

    first = total({"a": 1.0})
    assert total({"a": 1.0}) is first
    assert (total({"a": 2.0}), total({"a": 1.0}, more=1.0)) == ([2.0], [2.0])
    assert len(calls) == 3
    for value in range(9):
        total({"b": float(value)})
    assert total({"a": 1.0}) == first
    assert len(calls) == 13
