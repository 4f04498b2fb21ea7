"""`standard` (plugs: `continuous`): as much as the wires allow, from any source."""

from __future__ import annotations

from .rule import ModeRule

STANDARD = ModeRule()
