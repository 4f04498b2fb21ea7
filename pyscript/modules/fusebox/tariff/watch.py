"""The meters that a tariff counts, read where states become values. One object for all scripts: whoever looks, looks
for all; what is remembered is the same however often somebody does.

`balance_site.py` looks with each step and keeps the import within what is left; `track_peak.py` shows it, keeps the
months over restarts, and looks by itself where nothing balances.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from .. import tuning
from ..control.data_quality import DataQuality, quality_of
from ..control.limits.power_limits import dimmed_w
from ..control.limits.tariff_limit import DIMMED
from ..model.decision import Decision
from ..model.equipment import OPENS_IN_A_MINUTE_RATIO, Limited, Tariff
from ..model.readings import Meters, View
from ..model.site import MAIN, Site
from ..model.snapshot import Allowance
from ..model.units import POWER_UNITS
from ..runtime.json_values import stored, to_json_values
from ..runtime.ports import Ports, attributes_of
from ..runtime.store import STORE
from .dimming_book import DimmingBook
from .dimmings import Dimming, Order, order_of
from .ledger import Ledger, Standing, TariffReadings, observed, standing_of
from .metering import DemandReading, Window
from .persistence import KeptTariff, kept_ledger, ledger_of
from .rules import Moment

LOG = logging.getLogger("fusebox")

HISTORY_ENTITY = "pyscript.fusebox_peak_history"
"""Persisted by pyscript; its attribute `ledger` is what outlives a restart."""


class TariffWatch:
    """What is known of the tariff now. `standing` is None before the first look.

    `order`: what the grid operator orders now; `dimmings`: the record of that.
    `warned_s`: the window that an overrun was last told of [s since 1970]. `site`, `decision`: of the last step that
    balanced.
    """

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.kind = ""
        self.moment = Moment(0.0)
        self.standing: Standing | None = None
        self.order = Order()
        self.dimmings = DimmingBook()
        self.warned_s = 0.0
        self.problem = ""
        self.site: Site | None = None
        self.decision: Decision | None = None
        self.decided_s = float("-inf")
        self.restored = False
        self._meters = Meters()

    def observe(self, site: Site, view: View, ahead_s: float) -> None:
        """Look at the meters; the wall clock is so far ahead of universal time."""
        tariff, self.moment = site.tariff, Moment(view.now_s, ahead_s)
        self._observe_order(site, view)
        if tariff is None:
            self.standing = None
            return
        if tariff.kind != self.kind:
            self.ledger, self.kind = (self.ledger if not self.kind else Ledger()), tariff.kind
        self.ledger = observed(self.ledger, tariff, self.moment, self._seen(site, tariff, view))
        self.standing = standing_of(self.ledger, tariff, self.moment)
        self.problem = self._strange(tariff)

    def allowance(self) -> Allowance | None:
        """What is left of this window, as thinking takes it."""
        found = self.standing
        if found is None or found.limit_kw is None:
            return None
        return Allowance(
            1000 * found.limit_kw,
            found.imported_ws,
            found.start_s,
            found.ends_s,
            presumed_ws=found.presumed_ws,
            began_unseen_s=found.began_unseen_s,
            next_limit_w=None if found.next_limit_kw is None else 1000 * found.next_limit_kw,
        )

    def decided(self, site: Site, decision: Decision, now_s: float) -> None:
        """A step has been taken with what was seen."""
        self.site, self.decision, self.decided_s = site, decision, now_s
        flows_w = [ceiling.flow_a * ceiling.voltage_v for ceiling in decision.ceilings if ceiling.name == DIMMED]
        self.dimmings.draw(self.moment, sum(flows_w))

    def plain(self, tariff: Tariff) -> object:
        """All that is to outlive a restart."""
        kept = kept_ledger(self.ledger, tariff.kind)
        return to_json_values(replace(kept, dimming=self.dimmings.under_way, warned_s=self.warned_s))

    def restore(self, kept: object, tariff: Tariff) -> None:
        """Go on from what was kept, once in the life of the process."""
        if self.restored:
            return
        self.restored = True
        found = stored(KeptTariff, kept, HISTORY_ENTITY, whole=(Dimming, Window))
        self.ledger, self.kind = ledger_of(found) if found.kind == tariff.kind else Ledger(), tariff.kind
        self.warned_s = found.warned_s
        self.dimmings.resume(found.dimming)

    def _seen(self, site: Site, tariff: Tariff, view: View) -> TariffReadings:
        main = site.circuit(MAIN)
        readings = [self._meters.current(view, source, site.voltage_v) for source in main.grid.values()]
        # Sooner a stray than elsewhere: as a peak it would be paid for, and raise the target, for a whole month.
        clear = all(
            quality_of(site, reading) is DataQuality.GOOD
            and abs(reading.value or 0.0) <= OPENS_IN_A_MINUTE_RATIO * main.fuse_a
            for reading in readings
        )
        net_a = sum(reading.value or 0.0 for reading in readings)
        demand_kw = _kilowatts(view, tariff.demand_kw)
        raw = None if tariff.demand_kw is None else view.raw(tariff.demand_kw)
        told = None
        if demand_kw is not None and raw is not None:
            told = DemandReading(demand_kw, min(raw.last_reported.timestamp(), view.now_s))
        return TariffReadings(
            net_w=site.voltage_v * net_a if clear and readings else None,
            demand=told,
            month_peak_kw=_kilowatts(view, tariff.month_peak_kw),
            most_w=tuning.SLACK_RATIO * fuse_w(site),
        )

    def _strange(self, tariff: Tariff) -> str:
        if tariff.demand_kw is None or not self.ledger.sensor.is_strange:
            return ""
        return (
            f"tariff.demand_kw: {tariff.demand_kw} does not grow from 0 in each window as a running demand does: "
            f"it is not used, import is added up instead; name another entity, or None"
        )

    def _observe_order(self, site: Site, view: View) -> None:
        tariff = site.tariff
        dims = tariff is not None and tariff.limits is Limited.DIMMABLE
        self.order = order_of(view, tariff, self.order, fuse_w(site)) if tariff is not None and dims else Order()
        limit_w = dimmed_w(site, self.order.limit_w) if self.order.dims else None
        self.dimmings.observe(self.moment, limit_w)


async def restore_watch(ports: Ports, tariff: Tariff | None, folder: Path | None, now_s: float) -> None:
    """Go on from what was kept, before anybody decides by it: whichever script is the first to start does this.

    `folder`: where the file of the dimmings lies, None where nothing can be kept.
    """
    if tariff is None:
        return
    if tariff.limits is Limited.DIMMABLE:
        await watch().dimmings.read(folder, now_s)
    try:
        await ports.persist(HISTORY_ENTITY, default_value="0", default_attributes={"ledger": {}})
        watch().restore(attributes_of(ports, HISTORY_ENTITY).get("ledger", {}), tariff)
    except Exception:
        LOG.exception("the month peaks could not be restored")


def watch() -> TariffWatch:
    """The one of this process; what an older load of the code has counted goes on."""
    found = STORE.get("tariff_watch")
    if type(found) is not TariffWatch:
        fresh = TariffWatch()
        if found is not None:
            tariff = Tariff(found.kind)
            fresh.restore(found.plain(tariff), tariff)
        found = STORE["tariff_watch"] = fresh
    return found


def fuse_w(site: Site) -> float:
    """What the main fuse lets through [W]."""
    return site.circuit(MAIN).fuse_a * site.voltage_v * len(site.phases)


def wall_text(moment: Moment, at_s: float) -> str:
    """The wall time of an instant, such as 18:15."""
    return f"{moment.at(at_s).local:%H:%M}"


def _kilowatts(view: View, entity: str | None) -> float | None:
    """A power that is told in kW where its unit does not say otherwise."""
    power_w = view.measured(entity, POWER_UNITS, "kw")
    return None if power_w is None or power_w < 0 else power_w / 1000
