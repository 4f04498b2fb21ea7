"""Checks that each form, abort and repair has its text in all languages, with every value that the text shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "custom_components" / "fusebox" / "translations"
TEXTS = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in FOLDER.glob("*.json")}
NAMED_AFTER_LOADS = ("phases", "ratings")
"""Steps whose fields are loads."""


def check_flow(flow: Mapping[str, Any], kind: str = "config") -> None:
    """Raise AssertionError unless a step of a flow has its texts. `kind`: their section in the files."""
    assert len(TEXTS) == 8
    for language, texts in TEXTS.items():
        where = f"{language}: {kind}.{flow.get('step_id') or flow.get('reason')}"
        section = texts[kind]
        shown: list[Any] = []
        match flow["type"]:
            case "form":
                shown.append(section["step"][flow["step_id"]])
                shown += [section["error"][error] for error in (flow["errors"] or {}).values()]
                fields = () if flow["step_id"] in NAMED_AFTER_LOADS else map(str, flow["data_schema"].schema)
                assert set(fields) <= set(shown[0].get("data", ())), where
            case "menu":
                shown.append(section["step"][flow["step_id"]])
                assert set(flow["menu_options"]) == set(shown[0]["menu_options"]), where
            case "abort":
                shown.append(section["abort"][flow["reason"]])
            case "progress":
                shown.append(section["progress"][flow["progress_action"]])
            case "create_entry" if kind == "config":
                shown.append(section["create_entry"][flow["description"] or "default"])
        _check_values(shown, flow.get("description_placeholders"), where)


def check_issue(issue: Any) -> None:
    """Raise AssertionError unless a repair has its texts."""
    for language, texts in TEXTS.items():
        mine = texts["issues"][issue.translation_key]
        assert ("fix_flow" in mine) == bool(issue.is_fixable), language
        _check_values(mine, issue.translation_placeholders, f"{language}: issues.{issue.translation_key}")


def _check_values(shown: Any, values: Mapping[str, str] | None, where: str) -> None:
    named = {name for text in _texts(shown) for name in re.findall(r"\{(\w+)\}", text)}
    # The fix flow's abort has its own value.
    assert named - {"version"} <= set(values or ()), (where, named, values)
    assert "version" not in named or "version" in (values or ()) or "fix_flow" in str(shown), where


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    else:
        for child in node.values() if isinstance(node, Mapping) else node:
            yield from _texts(child)
