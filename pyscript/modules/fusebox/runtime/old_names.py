"""Attributes that have a new name: the old one is told beside it for one release, for templates and automations."""

from __future__ import annotations

from collections.abc import Mapping

OLD_NAMES: Mapping[str, str] = {"limited_by": "binding"}
"""New name -> the one that it had in version 0.1.0."""


def with_old_names(attributes: Mapping[str, object]) -> dict[str, object]:
    """The attributes, and those with a new name by their old one too."""
    return {**attributes, **{old: attributes[new] for new, old in OLD_NAMES.items() if new in attributes}}
