"""makes.json is read as it is written; a damaged or missing file is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fusebox.config.presets import MAKES, Action, Pause, PauseBy, Preset, read_makes
from fusebox.model.load import PhaseEntity
from fusebox.model.snapshot import Status

from ...model.messages.test_catalogue import unique

CHARGER = {
    "title": "A charger",
    "also": ["other"],
    "comment": "for those who change it",
    "names": [{"current": "number.{p}_amp"}],
    "pause": {"by": "service", "start_with": {"service": "a.start"}, "stop_with": {"service": "a.stop"}},
    "set_with": {"service": "a.set", "data": {"current": "{current}"}},
    "words": {"paused": ["Stopped", "Waiting"]},
    "car_if_switchable": ["Waiting"],
    "current_hidden_in": ["active"],
    "phases": {"entity": "select.{p}_psm", "one": "1", "three": 3},
    "phase_rest_s": 45,
    "note": ["One sentence.", "Another."],
    "source": "somewhere",
}
WHOLE = {"chargers": {"make": CHARGER}, "in_watts": {}, "not_steerable": {"ohme": "why"}}


def written(folder: Path, content: str) -> Path:
    file = folder / "makes.json"
    file.write_text(content, encoding="utf-8")
    return file


def test_an_entry_becomes_a_preset(tmp_path: Path) -> None:
    chargers, in_watts, not_steerable = read_makes(written(tmp_path, json.dumps(WHOLE)))
    assert (in_watts, not_steerable) == ({}, {"ohme": "why"})
    pause = Pause(PauseBy.SERVICE, start_with=Action("a.start"), stop_with=Action("a.stop"))
    assert chargers["make"] == Preset(
        "make",
        "A charger",
        ({"current": "number.{p}_amp"},),
        ("other",),
        pause=pause,
        set_with=Action("a.set", {"current": "{current}"}),
        words={"Stopped": Status.PAUSED, "Waiting": Status.PAUSED},
        car_if_switchable=frozenset({"Waiting"}),
        current_hidden_in=frozenset({"active"}),
        phases=PhaseEntity("select.{p}_psm", "1", 3),
        phase_rest_s=45,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"misspelt": 1},
        {"pause": {"by": "magic"}},
        {"pause": {}},
        {"words": {"parked": ["P"]}},
        {"words": ["P"]},
        {"phases": {"entity": "select.{p}_psm"}},
        {"set_with": {"data": {}}},
    ],
)
def test_a_damaged_entry_is_named_with_its_file(tmp_path: Path, wrong: dict[str, object]) -> None:
    file = written(tmp_path, json.dumps({**WHOLE, "chargers": {"make": {**CHARGER, **wrong}}}))
    with pytest.raises(ImportError, match=r"makes\.json is missing or damaged: ValueError make: \w+Error "):
        read_makes(file)


def test_the_shipped_file_has_no_key_twice() -> None:
    json.loads(MAKES.read_text(encoding="utf-8"), object_pairs_hook=unique)
