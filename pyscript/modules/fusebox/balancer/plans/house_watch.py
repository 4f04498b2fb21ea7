"""What the house takes beside the loads that are planned, quarter by quarter, for the model that expects it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...model.durations import QUARTER_S
from ...model.electrics import Phase
from ...model.load import Load
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, Snapshot
from ...planning.house_model import HouseModel, Usual, model_of
from ...planning.times import Ahead
from .modes import can_be_planned


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

    def look(self, site: Site, snapshot: Snapshot, planned: Iterable[Load], ahead: Ahead) -> None:
        """One more instant; what has been a quarter hour is learnt."""
        now_s = snapshot.now_s
        at = int(now_s // QUARTER_S)
        if at != self._quarter:
            if self._sums:
                wall_s = self._quarter * QUARTER_S
                self.model = self.model.with_seen(self._means(), wall_s + ahead(wall_s))
            self._quarter, self._sums = at, {}
        for phase, kw in house_kw(site, snapshot, planned).items():
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


def import_kw(site: Site, snapshot: Snapshot) -> float:
    """What is imported now beside all that can be planned [kW], below 0 for export; as far as meters tell."""
    planned = [state for load in site.loads if can_be_planned(load) and (state := snapshot.loads.get(load.name))]
    flow_a = 0.0
    for phase, reading in snapshot.grid_a.get(MAIN, {}).items():
        flow_a += (reading.value or 0.0) - sum(state.draw_a[phase] or 0.0 for state in planned)
    return flow_a * site.voltage_v / 1000 - max(snapshot.battery_charge_w.value or 0.0, 0.0) / 1000


def house_kw(site: Site, snapshot: Snapshot, planned: Iterable[Load]) -> Mapping[Phase, float]:
    """Phase -> its own use now [kW], without these loads, sun and battery; nothing while a meter does not tell."""
    solar_w = 0.0 if site.solar_w is None else snapshot.solar_w.value
    charge_w = 0.0 if site.battery is None else snapshot.battery_charge_w.value
    if solar_w is None or charge_w is None:
        return {}
    own_w = (solar_w - charge_w) / len(site.phases)
    states = [state for load in planned if (state := snapshot.loads.get(load.name)) is not None]
    meters, found = snapshot.grid_a.get(MAIN, {}), {}
    for phase in site.phases:
        grid_a = meters.get(phase, NEVER).value
        if grid_a is not None:
            drawn_a = sum(state.draw_a[phase] or 0.0 for state in states)
            found[phase] = max((grid_a - drawn_a) * site.voltage_v + own_w, 0.0) / 1000
    return found
