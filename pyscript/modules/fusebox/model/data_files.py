"""Tables of the package that are data: JSON files beside the module that reads them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Table = TypeVar("Table")


def read_data_file(file: Path, make: Callable[[Any], Table]) -> Table:
    """Return what `make` makes of the content of a JSON file. ImportError, with its name, if missing or damaged."""
    try:
        return make(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ImportError(f"{file.name} is missing or damaged: {type(error).__name__} {error}") from error
