"""`standard` (plugs: `continuous`): as much as the wires allow, from any source."""

from __future__ import annotations

from .contract import ModeRule

STANDARD = ModeRule()
