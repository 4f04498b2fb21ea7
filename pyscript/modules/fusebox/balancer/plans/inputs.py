"""The input of one evaluation of the plans."""

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


class PlanInputs(NamedTuple):
    """The input of one evaluation of the plans."""

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
        """The time of this evaluation [s since 1970]."""
        return self.view.now_s
