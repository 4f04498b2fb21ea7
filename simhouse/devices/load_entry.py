"""A load from CONFIG."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class LoadEntry:
    """A load's name, its entry in CONFIG, and the phases that it is wired to."""

    name: str
    config: Mapping[str, Any]
    phases: tuple[str, ...]
