"""The object behind `track_peak.py`: publishes a tariff's window, persists its months, warns, and lists dimmings.

`balance_site.py` limits loads by the same window, because both use one `TariffWatch`. Without that script it reads the
meters itself, and reports that nothing limits the import.
"""

from __future__ import annotations

from collections.abc import Mapping

from .. import tuning
from ..model.durations import DAY_S
from ..model.equipment import LimitKind, Tariff
from ..model.local_day import wall_clock
from ..model.messages.message import Message, message
from ..model.own_entities import DIMMINGS_ENTITY, PEAK_ENTITY
from ..model.readings import View
from ..model.site import Site
from ..runtime.load_files import LoadedConfig
from ..runtime.log_throttle import LOG
from ..runtime.ports import Ports, await_answer, call_error
from ..runtime.script import ScriptRuntime
from ..runtime.service_calls import Response, ServiceError, csv_text, parse_days, parse_on_or_off, service
from .dimmings import FIELDS
from .peak_attributes import Overrun, dimmings_attributes, dimmings_state, find_overrun, peak_attributes, peak_state
from .watch import HISTORY_ENTITY, restore_watch, tariff_watch

EVENT, NOTIFICATION = "fusebox_peak_overrun", "fusebox_peak"


class PeakTracker(ScriptRuntime):
    """The tariff's tracking in one load of the script."""

    role, work = "peak", "a run of the peak tracking"

    def __init__(self, loaded: LoadedConfig, ports: Ports) -> None:
        super().__init__(loaded, ports)
        self._watch = tariff_watch()
        self._shown_s = self._persisted_s = float("-inf")
        self._shown_window_s = 0.0
        self._persisted_peak_kw = -1.0
        self._is_over = self._was_alone = False
        self._began_s: float | None = None

    @property
    def has_tariff(self) -> bool:
        """Whether CONFIG has a tariff, and meters for it."""
        return self.loaded.config.has_site and bool(self.loaded.config.sections["tariff"])

    @property
    def has_work(self) -> bool:
        """Whether this load is active, and CONFIG has a tariff."""
        return self.is_active and self.has_tariff

    async def prepare(self, now_s: float) -> None:
        """Restore the months, and the window that was under way."""
        await restore_watch(self.ports, self.loaded.config.site({}).tariff, self.loaded.storage, now_s)

    async def run_once(self, now_s: float) -> None:
        """Read the meters if `balance_site.py` has not for `RENEW_S`, then publish, persist and warn when due.

        Publish every `SHOWN_S`, for a new window, and when a warning begins or ends; persist every `RENEW_S`, for a new
        month peak, and after a warning. Only that script's decisions lead to a warning. Dimmings not on file are
        written first. Without a tariff hide the entities, under one without dimmings that of the dimmings. Nothing
        before the first readings, and while that script may be just starting.
        """
        if not self.has_tariff:
            self.hide()
            return
        alone = not 0 <= now_s - self._watch.decided_s <= tuning.RENEW_S
        site = self._observe_without_balancer(now_s) if alone else self._watch.site
        window = self._watch.window
        if site is None or site.tariff is None or window is None or (alone and self._has_just_begun(now_s)):
            return
        has_dimmings = site.tariff.limits is LimitKind.DIMMABLE
        if has_dimmings:
            await self._watch.dimmings.write(self.loaded.storage, now_s)
        decision = None if alone else self._watch.decision
        overrun = None if decision is None else find_overrun(site, decision, self._watch)
        due = not 0 <= now_s - self._shown_s < tuning.SHOWN_S or window.start_s != self._shown_window_s
        if due or (overrun is not None) != self._is_over or alone != self._was_alone:
            attributes = peak_attributes(site, self._watch, overrun, self._unusable_values(now_s), balanced=not alone)
            self.publisher.write(now_s, PEAK_ENTITY, peak_state(self._watch), attributes)
            if has_dimmings:
                shown = dimmings_attributes(self._watch)
                self.publisher.write(now_s, DIMMINGS_ENTITY, dimmings_state(self._watch), shown)
            self.publisher.keep_only((PEAK_ENTITY, DIMMINGS_ENTITY) if has_dimmings else (PEAK_ENTITY,))
            self._shown_s, self._shown_window_s, self._was_alone = now_s, window.start_s, alone
        if not 0 <= now_s - self._persisted_s < tuning.RENEW_S or window.month_peak_kw != self._persisted_peak_kw:
            self._persist_ledger(site.tariff, window.month_peak_kw)
            self._persisted_s, self._persisted_peak_kw = now_s, window.month_peak_kw
        if await self._warn_once(overrun, window.start_s):
            self._persist_ledger(site.tariff, window.month_peak_kw)

    def _has_just_begun(self, now_s: float) -> bool:
        """Return whether `balance_site.py`, started with this script, may not have had time for its first step.

        True until `RENEW_S` after the first call.
        """
        if self._began_s is None:
            self._began_s = now_s
        return 0 <= now_s - self._began_s < tuning.RENEW_S

    def failed(self, now_s: float, text: str) -> None:
        """Publish that a run failed, with the last attributes."""
        self.publisher.publish_failed_run(now_s, PEAK_ENTITY, text)

    def _observe_without_balancer(self, now_s: float) -> Site:
        """Read the live values and let the watch observe the meters, without the balancer; return the site of now."""
        view = View(self.ports.get, now_s)
        site = self.loaded.config.site(self.settings.read_values(view))
        self._watch.observe(site, view, wall_clock()(now_s))
        return site

    def _unusable_values(self, now_s: float) -> tuple[str, ...]:
        """Read the live values; return sentences on the missing or invalid ones of the tariff."""
        self.settings.read_values(View(self.ports.get, now_s))
        return tuple(text for text in self.settings.problems if text.startswith("tariff."))

    def _persist_ledger(self, tariff: Tariff, peak_kw: float) -> None:
        """Write the history entity: its state is the month's peak, its attribute `ledger` what a restart restores."""
        ledger = self._watch.plain(tariff)
        attributes = {"ledger": ledger, "friendly_name": "Fusebox month peaks", "unit_of_measurement": "kW"}
        self.ports.set(HISTORY_ENTITY, f"{peak_kw:.3f}", new_attributes=attributes)

    async def _warn_once(self, overrun: Overrun | None, window_s: float) -> bool:
        """Warn by log, event and notification, once in each window (`window_s`), and log the end.

        Return whether it has warned now. `overrun` None: the house does not exceed the target.
        """
        was_over, self._is_over = self._is_over, overrun is not None
        if overrun is None:
            if was_over:
                LOG.warning("the house alone no longer exceeds the tariff limit")
            return False
        if window_s == self._watch.warned_s:
            return False
        self._watch.warned_s = window_s
        LOG.warning(overrun.text)
        await self.ports.fire(EVENT, **overrun.data)
        title, text = await self._translate(overrun.title), await self._translate(overrun.text)
        data = {"title": title, "message": text, "notification_id": NOTIFICATION}
        why = await call_error(self.ports, "persistent_notification", "create", data)
        if why:
            LOG.warning("persistent_notification.create failed: %s", why)
        return True

    async def _translate(self, sentence: Message) -> str:
        """Return the sentence in Home Assistant's language by `fusebox.sentence`; in English where that fails."""
        fields = {"reason": str(sentence), "code": sentence.code, "values": dict(sentence.values)}
        answer, _ = await await_answer(self.ports.call("fusebox", "sentence", return_response=True, **fields))
        text = answer.get("text") if isinstance(answer, Mapping) else None
        return text if isinstance(text, str) and text else str(sentence)


@service
async def dimmings(tracker: PeakTracker, now_s: float, *, days: object, csv: object) -> Response:
    """Execute `fusebox_dimmings`: return the dimmings of the last days, as rows or as CSV text.

    ServiceError for an invalid field, and without a tariff under which the grid operator dims.
    """
    tariff = tracker.loaded.config.site({}).tariff
    if tariff is None or tariff.limits is not LimitKind.DIMMABLE:
        raise ServiceError(message("dimmings_not_recorded"))
    rows = tariff_watch().dimmings.rows(now_s - parse_days(days) * DAY_S)
    return {"csv": csv_text(FIELDS, rows)} if parse_on_or_off("csv", csv) else {"dimmings": rows}
