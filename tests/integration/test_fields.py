"""The forms of later changes: what each field shows and what it changes in the text of CONFIG."""

from __future__ import annotations

import pytest

from fusebox.config.read_config import read_config

from .parts import part

fields, editing = part("fields"), part("config_source")
GRID = '"main_fuse_a": 25, "grid": {"L1": "sensor.a", "L2": "sensor.b"}'
LOAD = '"type": "number", "current": "number.c"'
TEXT = f"""CONFIG = {{
    "site": {{{GRID}, "max_import_w": 9000}},  # the contract
    "tariff": {{"kind": "fluvius", "target_kw": 4.5, "demand_kw": "sensor.d"}},
    "loads": {{"car": {{{LOAD}, "max_a": 16, "mode": "standard", "priority": 3, "phases": ["L1"]}}}},
}}
"""
PLACES = {
    "dry_run": ("site", "dry_run"),
    "main_fuse_a": ("site", "main_fuse_a"),
    "fuse_type": ("site", "fuse_type"),
    "max_import_w": ("site", "max_import_w"),
    "target_kw": ("tariff", "target_kw"),
    **{key: ("loads", "car", key) for key in ("mode", "priority", "phases", "min_a", "max_a")},
}


def values() -> dict[str, object]:
    return fields.editable(TEXT, PLACES)


def test_fields_that_are_sent_as_they_are_change_nothing():
    shown = {name: value for name, value in values().items() if value is not None}
    assert fields.changed(TEXT, PLACES, values(), shown) == TEXT


@pytest.mark.parametrize("name", ["max_import_w", "priority", "phases"])
def test_an_emptied_limit_is_written_as_none_and_accepted(name):
    shown = {other: value for other, value in values().items() if value is not None and other != name}
    for answers in (shown, {**shown, "phases": []} if name == "phases" else shown):
        after = fields.changed(TEXT, PLACES, values(), answers)
        assert editing.value_at_path(after, PLACES[name]) is None
        assert "# the contract" in after and read_config(editing.config_of(after)).errors == ()


@pytest.mark.parametrize("name", PLACES)
def test_a_field_is_required_exactly_when_config_refuses_none(name):
    value = values()[name]
    refused = read_config(editing.config_of(editing.with_value(TEXT, PLACES[name], None))).errors != ()
    assert fields.is_required(PLACES[name], value) == (refused and value is not None)


def test_what_is_set_by_an_entity_or_calculated_stays_without_a_field():
    text = (
        TEXT.replace('"main_fuse_a": 25', '"main_fuse_a": "sensor.fuse"')
        .replace("4.5", "9 / 2 * 1")
        .replace('"max_import_w": 9000', "")
    )
    shown = fields.editable(text, PLACES)
    assert "main_fuse_a" not in shown and "target_kw" not in shown and shown["max_import_w"] is None
    assert '"main_fuse_a": "sensor.fuse"' in fields.changed(text, PLACES, shown, {})


def test_what_a_person_edits_while_the_form_is_open_stays():
    shown = values()
    edited = TEXT.replace('"main_fuse_a": 25', '"main_fuse_a": 35').replace('"priority": 3', '"priority": 1')
    after = fields.changed(edited, PLACES, shown, {**shown, "dry_run": True, "priority": 2})
    assert editing.value_at_path(after, PLACES["main_fuse_a"]) == 35
    assert (
        editing.value_at_path(after, PLACES["dry_run"]) is True
        and editing.value_at_path(after, PLACES["priority"]) == 2
    )


def test_a_missing_value_has_its_field_also_beside_a_calculated_one():
    text = TEXT.replace('"main_fuse_a": 25', '"main_fuse_a": 5 * FIVE')
    shown = fields.editable(text, PLACES)
    assert "main_fuse_a" not in shown and (shown["dry_run"], shown["fuse_type"]) == (False, "B")
    after = fields.changed(text, PLACES, shown, {**shown, "fuse_type": "C"})
    assert '"fuse_type": "C"' in after and '"main_fuse_a": 5 * FIVE' in after


def test_a_section_that_is_none_has_no_fields():
    text = TEXT.replace('{"kind": "fluvius", "target_kw": 4.5, "demand_kw": "sensor.d"}', "None")
    shown = fields.editable(text, PLACES)
    assert shown.keys() == values().keys() - {"target_kw"}
