"""Learns the house load without loads that can be planned, in quarter hours."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.durations import QUARTER_S
from ...model.electrics import Phase
from ...model.memory import Memory
from ...model.numbers import number_of
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot
from ...planning.house_model import HouseModel, Usual, house_model_from
from ...planning.times import Ahead
from .house_now import house_load_now_kw
from .keep import LearntHours
from .modes import can_be_planned


class FuseWatch:
    """Averages the present quarter hour behind one meter, and learns from it when it is over."""

    def __init__(self) -> None:
        self.model = HouseModel()
        self._quarter = -1
        self._sums: dict[Phase, tuple[float, int]] = {}

    def restore(self, learnt: LearntHours) -> None:
        """Continue from what was learnt before a restart; ignored if something was learnt already."""
        if not self.model.hours:
            self.model = house_model_from(learnt)

    def add_draw(self, taken_kw: Mapping[Phase, float], now_s: float, ahead: Ahead) -> None:
        """Add the present draw; at the first of a new quarter hour, learn the means of the one before.

        Phases without a value add nothing to their mean.
        """
        at = int(now_s // QUARTER_S)
        if at != self._quarter:
            if self._sums:
                wall_s = self._quarter * QUARTER_S
                self.model = self.model.add_quarter_hour(self._means(), wall_s + ahead(wall_s))
            self._quarter, self._sums = at, {}
        for phase, kw in taken_kw.items():
            total, count = self._sums.get(phase, (0.0, 0))
            self._sums[phase] = total + kw, count + 1

    def model_for_planning(self) -> HouseModel:
        """Return the model to plan with: the learnt one, or the present quarter hour while nothing is learnt."""
        if self.model.hours:
            return self.model
        return HouseModel({(phase, 0): Usual(kw) for phase, kw in self._means().items()})

    def _means(self) -> dict[Phase, float]:
        """Return phase -> mean of the present quarter hour [kW]."""
        return {phase: total / count for phase, (total, count) in self._sums.items()}


class HouseWatch:
    """Watches the main fuse, and each circuit that has its own meter and a load that can be planned."""

    def __init__(self) -> None:
        self._watches = {MAIN: FuseWatch()}
        self.now_kw: dict[str, Mapping[Phase, float]] = {}
        """Circuit -> phase -> the present draw there [kW], as far as it is measured."""

    def restore(self, house: LearntHours, circuits: Mapping[str, LearntHours]) -> None:
        """Continue from what was learnt before a restart."""
        self._watches[MAIN].restore(house)
        for name, learnt in circuits.items():
            self._watches.setdefault(name, FuseWatch()).restore(learnt)

    def values_to_persist(self) -> tuple[LearntHours, Mapping[str, LearntHours]]:
        """Return what has to be persisted: for the house, and for each circuit."""
        kept = {name: watch.model.to_plain_values() for name, watch in self._watches.items()}
        return kept.pop(MAIN), kept

    def add_draws(self, site: Site, snapshot: Snapshot, memory: Memory, ahead: Ahead) -> None:
        """Add the present draws behind each watched meter; a finished quarter hour is learnt."""
        metered = [c.name for c in site.circuits if c.grid and any(map(can_be_planned, site.loads_below(c.name)))]
        self._watches = {
            name: self._watches.get(name) or FuseWatch() for name in {MAIN: None, **dict.fromkeys(metered)}
        }
        self.now_kw = {name: house_load_now_kw(site, snapshot, memory, name) for name in self._watches}
        for name, watch in self._watches.items():
            watch.add_draw(self.now_kw[name], snapshot.now_s, ahead)

    def models_for_planning(self, house: object, site: Site) -> tuple[HouseModel, Mapping[str, HouseModel]]:
        """Return the models to plan with. `house`: a power from CONFIG that counts in place of what was learnt [W]."""
        found = {name: watch.model_for_planning() for name, watch in self._watches.items()}
        learnt = found.pop(MAIN)
        house_w = number_of(house)
        if house_w is not None:
            each_kw = house_w / 1000 / max(len(site.phases), 1)
            learnt = HouseModel({(phase, 0): Usual(each_kw) for phase in site.phases})
        return learnt, found
