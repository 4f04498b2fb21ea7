"""Fusebox's thinking in a random home: `Direct`, with its tariff, the guard of its Quasar and its radiators in turn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from benchmarks.direct import Direct, State, plain_call
from fusebox.config.read_config import read_config
from fusebox.devices.quasar.link import decide_power_ranges
from fusebox.model.decision import Decision
from fusebox.model.readings import View
from fusebox.model.site import Site
from fusebox.model.snapshot import Snapshot
from fusebox.tariff.watch import TariffWatch
from simhouse.devices.quasar_load import QuasarLoad
from simhouse.house.house import House
from simhouse.population.home import Home

from .guarded import GuardedQuasar
from .heated import Radiators


class DirectHome(Direct):
    """Answers lines like `Direct`. The guard runs before and after each decision, the radiators after it."""

    def __init__(self, config: Mapping[str, Any], home: Home, house: House) -> None:
        super().__init__(config, house.start)
        checked = read_config(config).config
        self._guard: GuardedQuasar | None = None
        self._radiators: Radiators | None = None
        self._tariff = TariffWatch()
        self._last: tuple[Site, Snapshot, Decision] | None = None
        if home.quasar is not None:
            load = house.plugs[home.quasar.name]
            assert isinstance(load, QuasarLoad)
            self._guard = GuardedQuasar(checked, home.quasar, load.quasar)
        if home.heating is not None:
            self._radiators = Radiators(checked, house.start)

    async def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return the calls that follow from the entities reported in a second of the house."""
        if self._guard is None and self._radiators is None:
            return await super().line(message)
        now = self._start + timedelta(seconds=message["t"])
        self._report(message["states"], now)
        message = {**message, "states": {}}
        view = View(self._get, now.timestamp())
        if self._guard is not None:
            await self._guard.run(message["t"], view)
            self._states |= self._guard.states()
        reply = await super().line(message)
        assert self._last is not None
        site, snapshot, decision = self._last
        if self._guard is not None:
            await self._guard.enforce(view, decide_power_ranges(site, snapshot, decision))
        if self._radiators is not None:
            self._radiators.allocate(snapshot, decision)
            calls, status = self._radiators.run(view, now)
            self._states[status["entity"]] = State.of(status, now)
            reply["calls"] += [plain_call(call) for call in calls]
        return reply

    def _surroundings(self, view: View) -> Mapping[str, Any]:
        """Return what the tariff of CONFIG allows in this window."""
        self._tariff.observe(self._site, view, 0.0)
        return {"allowance": self._tariff.allowance()}

    def decided(self, snapshot: Snapshot) -> tuple[Site, Decision]:
        """Return the site and the decision for it, and remember both."""
        site, decision = super().decided(snapshot)
        self._last = site, snapshot, decision
        return site, decision
