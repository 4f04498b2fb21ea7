"""Why a load may not be raised now: by what blinds it, by a ceiling over it, by its own last command. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.messages.message import message
from ...model.meter_memory import HeadroomMemory
from ...model.snapshot import Snapshot
from ..data_quality import DataQuality
from ..estimators.compliance import may_follow_yet
from ..limits.headroom import Ceilings

AWAITS_READING = message("next_reading_awaited")
"""Nothing is raised on a picture that has been acted on already: the next one may show the kettle."""

LIMITS = ("site.", "tariff.target_kw", "tariff.minimum_kw:", "tariff.night_factor:")
"""Whose live values are limits of every load."""

BLIND_WORDS = {
    DataQuality.MISSING: message("reading_missing"),
    DataQuality.STALE: message("reading_late"),
    DataQuality.FAILSAFE: message("fail_safe"),
}


class Verdicts:
    """What each ceiling says to a raise of anybody under it, found once for all of them."""

    __slots__ = ("_news", "_reasons", "_reported_s", "ceilings")

    def __init__(self, ceilings: Ceilings, headroom: Mapping[str, HeadroomMemory], now_s: float) -> None:
        self.ceilings = ceilings
        self._reasons = [_reason(ceiling, headroom, now_s) for ceiling in ceilings]
        self._reported_s = [ceiling.reported_s if ceiling.metered else float("inf") for ceiling in ceilings]
        self._news = [
            ceiling.metered and not why and headroom[ceiling.name].fresh
            for ceiling, why in zip(ceilings, self._reasons, strict=True)
        ]

    def over(self, load: str) -> Sequence[Ceiling]:
        """The ceilings that stop a load."""
        return [self.ceilings[place] for place in self._places(load)]

    def reason(self, load: str) -> str:
        """Why nothing under the ceilings over a load may go up now, "" when it may."""
        for place in self._places(load):
            if self._reasons[place]:
                return self._reasons[place]
        return ""

    def awaits_reading(self, load: str, raised_s: float) -> bool:
        """Whether no meter over a load has told anything new, or one of them nothing since its last raise.

        One phase may be silent for a while among others that report: its last picture bears one raise, not a ladder.
        """
        places = self._places(load)
        if places and not any(map(self._news.__getitem__, places)):
            return True
        return any(map(raised_s.__ge__, map(self._reported_s.__getitem__, places)))

    def _places(self, load: str) -> Sequence[int]:
        return self.ceilings.by_load.places.get(load, ())


def _reason(ceiling: Ceiling, headroom: Mapping[str, HeadroomMemory], now_s: float) -> str:
    if not ceiling.known:
        return message("limit_unmeasured", limit=ceiling.name)
    if ceiling.overdrawn and ceiling.bears_s is None:
        return message("limit_exceeded", limit=ceiling.name)
    if now_s - headroom[ceiling.name].since_s < tuning.HEADROOM_WATCH_S:
        return message("limit_watched_first", limit=ceiling.name, watch_s=tuning.HEADROOM_WATCH_S)
    return ""


def no_raise(load: Load, verdicts: Verdicts, past: LoadMemory, quality: DataQuality, snapshot: Snapshot) -> str:
    """Why a load may not go up now, "" when it may."""
    for text in snapshot.unsettled:
        if text.startswith((*LIMITS, f"loads.{load.name}.")):
            return message("setting_missing", text=text)
    if quality is not DataQuality.GOOD:
        return BLIND_WORDS[quality]
    reason, state = verdicts.reason(load.name), snapshot.loads.get(load.name)
    if reason:
        return reason
    if snapshot.now_s - past.command.sent_s < load.min_write_s:
        return message("next_command_due", min_write_s=load.min_write_s)
    if state is not None and may_follow_yet(state, past, snapshot.now_s):
        return message("last_raise_unseen")
    return AWAITS_READING if verdicts.awaits_reading(load.name, past.timing.raised_s) else ""
