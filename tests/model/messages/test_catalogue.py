"""strings.json is read as it is written; a damaged or missing file is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fusebox.model.messages.message import CATALOGUE, FRAMES, LIMIT_NAMES, STRINGS, read_strings

WHOLE = {
    "limits": {"tariff": "the tariff target"},
    "frames": {"load": "{load}: {sentence}"},
    "topics": {"What limits": {"too_little": {"sentence": "only {left_a} A — too little", "when": "at night"}}},
}


def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object of a JSON file; fails where it has a key twice."""
    assert len({key for key, _ in pairs}) == len(pairs), [key for key, _ in pairs]
    return dict(pairs)


def test_each_code_of_a_topic_has_its_sentence(tmp_path: Path) -> None:
    file = tmp_path / "strings.json"
    file.write_text(json.dumps(WHOLE, ensure_ascii=False), encoding="utf-8")
    sentences, frames, limits = read_strings(file)
    assert sentences == {"too_little": "only {left_a} A — too little"}
    assert (frames, limits) == ({"load": "{load}: {sentence}"}, {"tariff": "the tariff target"})


@pytest.mark.parametrize(
    "text",
    [
        "",
        json.dumps(WHOLE)[:-9],
        "[]",
        json.dumps({**WHOLE, "topics": None}),
        json.dumps({**WHOLE, "topics": {"What limits": {"too_little": {"when": "at night"}}}}),
        json.dumps({key: WHOLE[key] for key in ("frames", "topics")}),
        b"\xff",
        None,
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, text: str | bytes | None) -> None:
    file = tmp_path / "strings.json"
    if text is not None:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ImportError, match=r"strings\.json is missing or damaged: \w+ "):
        read_strings(file)


def test_the_shipped_file_is_written_as_this_project_writes_json() -> None:
    text = STRINGS.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text, object_pairs_hook=unique), ensure_ascii=False, indent=2) + "\n"
    assert len(CATALOGUE) > 500 and len(FRAMES) == 5 and len(LIMIT_NAMES) == 9
