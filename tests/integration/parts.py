"""Loads files of the integration that need no Home Assistant, without the package around them, which does."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
INTEGRATION = ROOT / "custom_components" / "fusebox"
STAND_IN = "fusebox_integration"


def part(name: str) -> ModuleType:
    """Return `custom_components/fusebox/<name>.py` as a module; its imports of other such files work too."""
    package = sys.modules.setdefault(STAND_IN, ModuleType(STAND_IN))
    package.__path__ = [str(INTEGRATION)]
    return importlib.import_module(f"{STAND_IN}.{name}")
