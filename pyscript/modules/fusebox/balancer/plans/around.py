"""What one look at the plans starts from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...model.memory import Memory
from ...model.readings import View
from ...model.site import Site
from ...model.snapshot import Snapshot
from ...planning.compose import TariffTerms
from ...planning.times import Ahead
from ..energy.meter import EnergyMeter


class Around(NamedTuple):
    """The input of one look at the plans."""

    site: Site
    """As set by CONFIG, services and entities, without boosts and plans."""
    snapshot: Snapshot
    memory: Memory
    energy: EnergyMeter
    view: View
    sections: Mapping[str, Any]
    tariff: TariffTerms | None
    ahead: Ahead

    @property
    def now_s(self) -> float:
        """The time of the look [s since 1970]."""
        return self.view.now_s
