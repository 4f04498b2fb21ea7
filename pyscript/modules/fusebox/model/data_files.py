"""Reads the JSON files of the package, such as sentences and makes of chargers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Table = TypeVar("Table")


def read_data_file(file: Path, make: Callable[[Any], Table]) -> Table:
    """Return a JSON file's content, converted by `make`; ImportError with its name if missing or damaged."""
    try:
        return make(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ImportError(f"{file.name} is missing or damaged: {type(error).__name__} {error}") from error
