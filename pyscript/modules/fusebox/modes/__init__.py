"""One file a mode: (load, state, snapshot) -> what the load may want. `MODES` is the table that finds them."""

from __future__ import annotations

from collections.abc import Mapping

from ..site import Mode
from .contract import ModeRule
from .off import off
from .standard import standard

MODES: Mapping[Mode, ModeRule] = {
    Mode.STANDARD: standard,
    Mode.CONTINUOUS: standard,
    Mode.NORMAL: standard,
    Mode.OFF: off,
}
"""Modes that can be served now; a load in any other waits, and its status says so."""
