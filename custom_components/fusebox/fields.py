"""The values of site_config.py that the forms of later changes show, and the text after they were changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .config_source import MISSING, NotEditable, has_dict, value_at_path, with_value

Path = tuple[str, ...]

DEFAULTS: Mapping[Path, object] = {("site", "dry_run"): False, ("site", "fuse_type"): "B"}
"""What a missing value means, as docs/keys.md says; the others have none."""
MAY_BE_EMPTY = ("max_import_w", "priority", "phases")
"""Keys that accept None: no limit, the order of the file, and all phases."""


def in_force(text: str, path: Path) -> object:
    """Return what is in force at a place; NotEditable for an entity, a table, a calculation or a missing section."""
    try:
        value = value_at_path(text, path)
        if value is MISSING and not has_dict(text, path[:-1]):
            return NotEditable(path, 0)
    except NotEditable as error:
        return error
    if value is MISSING or value is None:
        return DEFAULTS.get(path)
    is_entity = isinstance(value, str) and "." in value
    return NotEditable(path, 0) if is_entity or isinstance(value, dict) else value


def editable(text: str, fields: Mapping[str, Path]) -> dict[str, object]:
    """Return field -> what is in force, None where nothing is, of the fields that a form can change."""
    now = {name: in_force(text, path) for name, path in fields.items()}
    return {name: value for name, value in now.items() if not isinstance(value, NotEditable)}


def is_required(path: Path, value: object) -> bool:
    """Whether a field with this value in force must not be emptied."""
    return value is not None and path[-1] not in MAY_BE_EMPTY


def changed(text: str, fields: Mapping[str, Path], shown: Mapping[str, object], answers: Mapping[str, Any]) -> str:
    """Return the text with the answers that differ from what the form has shown; without an answer, it was emptied.

    A field that was left as it was shown is not written: the file may have been edited since.
    """
    for name, value in editable(text, fields).items():
        answer = answers.get(name)
        answer = None if answer == [] else answer
        is_changed = name in shown and answer != shown[name] and answer != value
        if is_changed and not (answer is None and is_required(fields[name], value)):
            text = with_value(text, fields[name], answer)
    return text
