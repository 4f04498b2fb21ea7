"""The part of a tariff's memory that survives a restart: records of the persisted state, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from ..model.durations import DAY_S
from ..model.numbers import Amount
from .dimmings import Dimming
from .ledger import Ledger, MeterPeak
from .metering import Window
from .rules import History, Imported

Month = Annotated[str, re.compile(r"\d+-\d+").fullmatch]


def is_offset(ahead_s: float) -> bool:
    """Return whether a wall clock can be this far from UTC [s]."""
    return abs(ahead_s) <= DAY_S


@dataclass(frozen=True, slots=True)
class KeptTariff:
    """The stored state of a tariff of one kind."""

    kind: str = ""
    months: Mapping[Month, tuple[tuple[int, Amount], ...]] = field(default_factory=dict)
    """Month -> day and mean import [kW] of its highest windows."""
    imports: Mapping[Month, Imported] = field(default_factory=dict)
    meter: tuple[str, float | None, float | None] = ("", None, None)
    """The fields of a `MeterPeak`."""
    ahead_s: Annotated[float, is_offset] = 0.0
    window: Window | None = None
    dimming: Dimming | None = None
    """The present one, None for none."""
    warned_s: float = 0.0


def stored_ledger(ledger: Ledger, kind: str) -> KeptTariff:
    """Return the record of a ledger that survives a restart."""
    meter = ledger.meter
    return KeptTariff(
        kind,
        ledger.history.months,
        ledger.history.imports,
        (meter.month, meter.kw, meter.stale_kw),
        ledger.ahead_s,
        ledger.window,
    )


def restore_ledger(kept: KeptTariff) -> Ledger:
    """Return the ledger from its stored form; the time until now counts as unmeasured."""
    window = kept.window
    if window is not None:
        # Nothing was measured while the scripts did not run, however short that was.
        unseen_w = max(window.unseen_w, window.power_w or 0.0)
        window = replace(window, power_w=None, unseen_w=unseen_w, added_ws=window.measured_ws)
    months = {month: tops for month, tops in kept.months.items() if tops}
    return Ledger(window, history=History(months, kept.imports), meter=MeterPeak(*kept.meter), ahead_s=kept.ahead_s)
