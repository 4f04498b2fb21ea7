"""The result of the last step, as plans, battery and export limit read it."""

from __future__ import annotations

from typing import NamedTuple

from ...model.decision import Decision
from ...model.site import Site
from ...model.snapshot import Snapshot

SILENT = frozenset({"blind", "config_error"})
"""States of the site in which the currents are not known."""


class Found(NamedTuple):
    """The result of the last step."""

    site: Site
    """As CONFIG, services and entities set it, without boosts and plans."""
    served: Site
    """The same with boosts and plans."""
    snapshot: Snapshot
    decision: Decision
