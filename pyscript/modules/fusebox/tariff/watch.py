"""The meters of a tariff, read where states become values, and what survives a restart. One object for all scripts.

`balance_site.py` reads them in each step and keeps the import within the limit; `track_peak.py` publishes, persists the
months, and reads them itself where nothing balances.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any

from .. import tuning
from ..control.limits.power_limits import controllable_loads, dimmed_power_w
from ..control.limits.tariff_limit import DIMMED
from ..model.data_quality import DataQuality, reading_quality
from ..model.decision import Decision
from ..model.durations import DAY_S
from ..model.equipment import OPENS_IN_A_MINUTE_RATIO, LimitKind, Tariff
from ..model.messages.message import message, with_frame
from ..model.numbers import Amount
from ..model.readings import Meters, View
from ..model.site import MAIN, Site
from ..model.snapshot import Allowance, Snapshot
from ..model.tariff_rules import History, Moment, MonthImport
from ..model.trace import Trace, extend
from ..model.units import POWER_UNITS
from ..runtime.json_values import load_stored, to_json_values
from ..runtime.log_throttle import LOG
from ..runtime.ports import Ports, entity_attributes
from ..runtime.store import singleton
from .dimmings import Dimming, DimmingBook, Order, read_order
from .ledger import Ledger, MeterPeak, TariffReadings, WindowState, update_ledger, window_state
from .metering import DemandReading, Window

HISTORY_ENTITY = "pyscript.fusebox_peak_history"
"""Persisted by pyscript; its attribute `ledger` survives a restart."""

Month = Annotated[str, re.compile(r"\d+-\d+").fullmatch]


@dataclass(frozen=True, slots=True)
class StoredTariff:
    """The stored state of a tariff of one kind."""

    kind: str = ""
    months: Mapping[Month, tuple[tuple[int, Amount], ...]] = field(default_factory=dict)
    """Month -> day and mean import [kW] of its highest windows."""
    imports: Mapping[Month, MonthImport] = field(default_factory=dict)
    meter: tuple[str, float | None, float | None] = ("", None, None)
    """The fields of a `MeterPeak`."""
    ahead_s: Annotated[float, lambda ahead_s: abs(ahead_s) <= DAY_S] = 0.0
    window: Window | None = None
    dimming: Dimming | None = None
    """The present one, None for none."""
    warned_s: float = 0.0


class TariffWatch:
    """The present state of the tariff. `window` is None before the first look.

    `order`: the grid operator's present order; `dimmings`: the record of its dimmings. `warned_s`: the last window with
    a warning [s since 1970]. `site`, `decision`: of the last step that balanced.
    """

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.kind = ""
        self.moment = Moment(0.0)
        self.window: WindowState | None = None
        self.order = Order()
        self.dimmings = DimmingBook()
        self.warned_s = 0.0
        self.problem = ""
        self.site: Site | None = None
        self.decision: Decision | None = None
        self.decided_s = float("-inf")
        self.restored = False
        self._batteries_w: Trace = ()
        """The power of the batteries in the last `FORGET_S` [W]."""
        self._meters = Meters()

    def observe(self, site: Site, view: View, ahead_s: float) -> None:
        """Read the meters and the grid operator's order, and update the ledger, the window and the problem.

        `window` is None without a tariff. Another kind of tariff starts a new ledger. `ahead_s`: how far the wall clock
        is ahead of UTC [s].
        """
        tariff, self.moment = site.tariff, Moment(view.now_s, ahead_s)
        self._observe_order(site, view)
        if tariff is None:
            self.window = None
            return
        if tariff.kind != self.kind:
            self.ledger, self.kind = (self.ledger if not self.kind else Ledger()), tariff.kind
        self.ledger = update_ledger(self.ledger, tariff, self.moment, self._read_meters(site, tariff, view))
        self.window = window_state(self.ledger, tariff, self.moment)
        self.problem = self._sensor_problem(tariff)

    def allowance(self) -> Allowance | None:
        """Return the allowance of this window for a decision.

        None before the first look, and if the window does not count.
        """
        return None if self.window is None else self.window.allowance

    def record_decision(self, site: Site, snapshot: Snapshot, decision: Decision) -> None:
        """Store the decision of a step, the batteries' power, and the draw of the dimmed loads in the dimmings' record.

        That draw is unknown while one of these loads is unavailable without a measured draw.
        """
        self.site, self.decision, self.decided_s = site, decision, snapshot.now_s
        power_w = snapshot.battery_charge_w.last or 0.0
        if not self._batteries_w or self._batteries_w[-1][1] != power_w:
            self._batteries_w = extend(self._batteries_w, snapshot.now_s, power_w, tuning.FORGET_S)
        states = [(load, snapshot.loads.get(load.name)) for load in controllable_loads(site)]
        is_known = all(
            state is not None and (state.available or all(state.draw_a[phase] is not None for phase in load.phases))
            for load, state in states
        )
        flows_w = [ceiling.flow_a * ceiling.voltage_v for ceiling in decision.ceilings if ceiling.name == DIMMED]
        self.dimmings.record_draw(self.moment, sum(flows_w) if is_known else None)

    def batteries_rose_w(self, at_s: float) -> float:
        """Return the largest rise of the batteries' import within `QUICK_S` of this time [W], at least 0."""
        before_w = [w for then_s, w in self._batteries_w if then_s < at_s - tuning.QUICK_S]
        near_w = [w for then_s, w in self._batteries_w if abs(then_s - at_s) <= tuning.QUICK_S]
        return max((after_w - w for w, after_w in combinations([*before_w[-1:], *near_w], 2)), default=0.0)

    def plain(self, tariff: Tariff) -> object:
        """Return everything to persist of a tariff of this kind, as plain values."""
        ledger, meter = self.ledger, self.ledger.meter
        stored = StoredTariff(
            kind=tariff.kind,
            months=ledger.history.months,
            imports=ledger.history.imports,
            meter=(meter.month, meter.kw, meter.stale_kw),
            ahead_s=ledger.ahead_s,
            window=ledger.window,
            dimming=self.dimmings.under_way,
            warned_s=self.warned_s,
        )
        return to_json_values(stored)

    def restore(self, stored: object, tariff: Tariff) -> None:
        """Continue from persisted values, once per process: the dimming under way, warnings, months and window.

        Months and window only of a tariff of the same kind; for another the ledger is empty. Damaged values are logged
        and lost.
        """
        if self.restored:
            return
        self.restored = True
        found = load_stored(StoredTariff, stored, HISTORY_ENTITY, whole=(Dimming, Window))
        self.ledger, self.kind = _restore_ledger(found) if found.kind == tariff.kind else Ledger(), tariff.kind
        self.warned_s = found.warned_s
        self.dimmings.resume(found.dimming)

    def take_over(self, older: Any) -> None:
        """Continue from the watch of an older version of the code, whose `kind` and `plain` must keep their names.

        One that has had no tariff yet has nothing: what was persisted has yet to be restored.
        """
        if older.kind:
            tariff = Tariff(older.kind)
            self.restore(older.plain(tariff), tariff)

    def _read_meters(self, site: Site, tariff: Tariff, view: View) -> TariffReadings:
        """Return the net import, the running demand and the month's peak as the meters show them now.

        None for each that is unknown, and for the import while a meter is not fresh or shows an implausible current.
        """
        main = site.circuit(MAIN)
        readings = [self._meters.current(view, source, site.voltage_v) for source in main.grid.values()]
        # The limit for implausible readings is stricter here: one taken as a peak would raise the target for a month.
        most_a = OPENS_IN_A_MINUTE_RATIO * main.fuse_a
        are_good = all(reading_quality(site, reading) is DataQuality.GOOD for reading in readings)
        clear = are_good and all(abs(reading.value or 0.0) <= most_a for reading in readings)
        net_w = site.voltage_v * sum(reading.value or 0.0 for reading in readings) if clear and readings else None
        demand_kw, demand_s = _read_kw(view, tariff.demand_kw), min(view.reported_s(tariff.demand_kw), view.now_s)
        demand = None if demand_kw is None else DemandReading(demand_kw, demand_s)
        month_peak_kw, most_w = _read_kw(view, tariff.month_peak_kw), tuning.SLACK_RATIO * fuse_w(site)
        return TariffReadings(net_w=net_w, demand=demand, month_peak_kw=month_peak_kw, most_w=most_w)

    def _sensor_problem(self, tariff: Tariff) -> str:
        """Return that the demand sensor does not follow the windows, or reports far too much; "" for neither."""
        entity, sensor = tariff.demand_kw, self.ledger.sensor
        if entity is None or not (sensor.is_unusable or sensor.doubts >= tuning.NO_CHANCE_TIMES):
            return ""
        shown_kw, own_kw = (round(kw, 2) for kw in sensor.doubted_kw)
        too_much = message("demand_too_high", entity=entity, shown_kw=shown_kw, own_kw=own_kw)
        problem = message("demand_does_not_run", entity=entity) if sensor.is_unusable else too_much
        return with_frame(problem, "path", "tariff.demand_kw")

    def _observe_order(self, site: Site, view: View) -> None:
        """Read the grid operator's order, and record the limit of a dimming or its end.

        Nothing is recorded while the order has been unknown since the start. Under a tariff that is not dimmable there
        is no order, and a dimming under way ends.
        """
        tariff = site.tariff
        dims = tariff is not None and tariff.limits is LimitKind.DIMMABLE
        self.order = read_order(view, tariff, self.order, fuse_w(site)) if tariff is not None and dims else Order()
        if dims and self.order.dims is None:
            # Unknown since the start: a restart in the middle of a dimming neither ends it nor begins another.
            return
        limit_w = dimmed_power_w(site, self.order.limit_w) if self.order.dims else None
        self.dimmings.record_limit(self.moment, limit_w)


def _restore_ledger(last: StoredTariff) -> Ledger:
    """Return the ledger from its stored form.

    The time until now counts as unmeasured, with at least the power at the last look.
    """
    window = last.window
    if window is not None:
        # Nothing was measured while the scripts did not run, however short that was.
        unseen_w = max(window.unseen_w, window.power_w or 0.0)
        window = replace(window, power_w=None, unseen_w=unseen_w, added_ws=window.measured_ws)
    months = {month: tops for month, tops in last.months.items() if tops}
    return Ledger(window, history=History(months, last.imports), meter=MeterPeak(*last.meter), ahead_s=last.ahead_s)


async def restore_watch(ports: Ports, tariff: Tariff | None, folder: Path | None, now_s: float) -> None:
    """Continue from persisted values before any decision, in whichever script starts first.

    Also read the dimmings on file, under a tariff with dimmings. A failure is logged and not raised; nothing without a
    tariff. `folder`: the folder of the dimmings' file, None where nothing is persisted.
    """
    if tariff is None:
        return
    if tariff.limits is LimitKind.DIMMABLE:
        await tariff_watch().dimmings.read(folder, now_s)
    try:
        await ports.persist(HISTORY_ENTITY, default_value="0", default_attributes={"ledger": {}})
        tariff_watch().restore(entity_attributes(ports, HISTORY_ENTITY).get("ledger", {}), tariff)
    except Exception:
        LOG.exception("the month peaks could not be restored")


def tariff_watch() -> TariffWatch:
    """Return the watch of this process, at first a new one; it takes over the state of an older version of the code."""
    return singleton("tariff_watch", TariffWatch, TariffWatch.take_over)


def fuse_w(site: Site) -> float:
    """Return the power that the main fuse allows [W]."""
    return site.circuit(MAIN).fuse_a * site.voltage_v * len(site.phases)


def wall_text(moment: Moment, at_s: float) -> str:
    """Return the wall time of an instant, such as 18:15."""
    return f"{moment.at(at_s).local:%H:%M}"


def _read_kw(view: View, entity: str | None) -> float | None:
    """Return a power in kW, which is also assumed without a unit; None if unknown or negative."""
    power_w = view.measured(entity, POWER_UNITS, "kw")
    return None if power_w is None or power_w < 0 else power_w / 1000
