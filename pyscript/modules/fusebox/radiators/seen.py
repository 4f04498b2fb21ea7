"""What was seen of a group at one instant. Frozen; unknown is None, or not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Seen:
    """One instant; `now_s` is the only clock [s since 1970].

    `level`: the power-saving level as it is read. `calls`: thermostat -> whether it calls for heat. `relays`: relay ->
    whether it shows on. `debt_k`: relay -> degrees that its room lacks. `draws`: relay -> whether its radiator draws
    anything, where that is known. `granted`: how many the site's allocation lets be on, None where it has no say.
    """

    now_s: float
    level: float | None = None
    away: bool | None = None
    calls: Mapping[str, bool | None] = field(default_factory=dict)
    relays: Mapping[str, bool | None] = field(default_factory=dict)
    debt_k: Mapping[str, float] = field(default_factory=dict)
    draws: Mapping[str, bool] = field(default_factory=dict)
    granted: int | None = None
