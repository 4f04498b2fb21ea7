"""A ledger as plain values, for a file that outlives a restart, and back; what makes no sense is left out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..model.equipment import Tariff
from .history import History
from .ledger import Ledger, MeterPeak
from .metering import Window

_WINDOW = ("start_s", "at_s", "measured_ws", "unseen_s", "unseen_w")


def as_plain(ledger: Ledger, tariff: Tariff) -> dict[str, Any]:
    """Dicts, lists, texts and numbers only."""
    window = ledger.window
    found: dict[str, Any] = {
        "kind": tariff.kind,
        "months": {month: [list(top) for top in tops] for month, tops in ledger.history.months.items()},
        "meter": [ledger.meter.month, ledger.meter.kw, ledger.meter.stale_kw],
        "ahead_s": ledger.ahead_s,
    }
    if window is not None:
        found["window"] = {name: getattr(window, name) for name in _WINDOW} | {"power_w": window.power_w}
    return found


def from_plain(kept: object, tariff: Tariff) -> Ledger:
    """The ledger that was kept; an empty one where the kind of tariff has changed since."""
    said = kept if isinstance(kept, Mapping) else {}
    if said.get("kind") != tariff.kind:
        return Ledger()
    return Ledger(
        window=_window(said.get("window")),
        history=History(_months(said.get("months"))),
        meter=_meter(said.get("meter")),
        ahead_s=_number(said.get("ahead_s")) or 0.0,
    )


def _window(kept: object) -> Window | None:
    said = kept if isinstance(kept, Mapping) else {}
    numbers = {name: _number(said.get(name)) for name in _WINDOW}
    values = {name: number for name, number in numbers.items() if number is not None and number >= 0}
    if len(values) < len(_WINDOW):
        return None
    window = Window(**values, added_ws=values["measured_ws"])
    # Nobody looked while nothing ran, however short that was: what flowed then is not known.
    power_w = _number(said.get("power_w"))
    return window if power_w is None else replace(window, unseen_w=max(window.unseen_w, power_w))


def _months(kept: object) -> Mapping[str, tuple[tuple[int, float], ...]]:
    found = {}
    for month, tops in kept.items() if isinstance(kept, Mapping) else ():
        year, dash, number = month.partition("-") if isinstance(month, str) else ("", "", "")
        if not (dash and year.isdecimal() and number.isdecimal() and isinstance(tops, (list, tuple))):
            continue
        pairs = [(_number(t[0]), _number(t[1])) for t in tops if isinstance(t, (list, tuple)) and len(t) == 2]
        known = tuple((int(day), kw) for day, kw in pairs if day is not None and kw is not None and kw >= 0)
        if known:
            found[month] = known
    return found


def _meter(kept: object) -> MeterPeak:
    said = kept if isinstance(kept, (list, tuple)) and len(kept) == 3 else ("", None, None)
    return MeterPeak(said[0] if isinstance(said[0], str) else "", _number(said[1]), _number(said[2]))


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return float(value)
