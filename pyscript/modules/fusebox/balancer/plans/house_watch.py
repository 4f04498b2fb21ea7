"""What the house takes beside the loads that are planned, quarter by quarter, for the model that expects it."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.durations import QUARTER_S
from ...model.electrics import Phase
from ...model.site import Site
from ...planning.house_model import HouseModel, Usual, model_of
from ...planning.times import Ahead


class HouseWatch:
    """Collects the present quarter hour."""

    def __init__(self) -> None:
        self.model = HouseModel()
        self._quarter = -1
        self._sums: dict[Phase, tuple[float, int]] = {}

    def restore(self, kept: object) -> None:
        """Go on with what was learnt before a restart."""
        if not self.model.hours:
            self.model = model_of(kept)

    def look(self, house_kw: Mapping[Phase, float], now_s: float, ahead: Ahead) -> None:
        """What it takes at one more instant; what has been a quarter hour is learnt."""
        at = int(now_s // QUARTER_S)
        if at != self._quarter:
            if self._sums:
                wall_s = self._quarter * QUARTER_S
                self.model = self.model.with_seen(self._means(), wall_s + ahead(wall_s))
            self._quarter, self._sums = at, {}
        for phase, kw in house_kw.items():
            total, count = self._sums.get(phase, (0.0, 0))
            self._sums[phase] = total + kw, count + 1

    def expected(self, house: object, site: Site) -> HouseModel:
        """What to plan with: what was learnt, on the first day what is seen now, or what CONFIG says it is."""
        if isinstance(house, int | float):
            each_kw = house / 1000 / max(len(site.phases), 1)
            return HouseModel({(phase, 0): Usual(each_kw) for phase in site.phases})
        if self.model.hours:
            return self.model
        return HouseModel({(phase, 0): Usual(kw) for phase, kw in self._means().items()})

    def _means(self) -> dict[Phase, float]:
        return {phase: total / count for phase, (total, count) in self._sums.items()}
