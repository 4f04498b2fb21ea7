"""What the house takes at which time of the day and week, learnt from its meter: the mean of each hour and its spread.

Without the loads that are planned, and without sun and battery: those are told apart before. A few hundred numbers,
kept over restarts as plain values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .. import tuning
from ..model.durations import DAY_S, HOUR_S, HOURS_A_DAY
from ..model.electrics import Phase
from .times import weekday

DAYS_OFF = ("sat", "sun")
"""Days on which people are at home."""

Kept = dict[str, dict[str, tuple[float, float, float]]]
"""Phase -> hour of the week -> mean, spread and how often it was seen."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What one hour is like."""

    mean_kw: float
    spread_kw: float = 0.0
    """How far it is from the mean on average [kW]."""
    seen: int = 0
    """So many quarter hours of it were seen."""

    def with_seen(self, kw: float) -> Usual:
        """With one more quarter hour: the first ones count alike, later what is newer counts more."""
        share = max(1 / (self.seen + 1), tuning.HOUSE_LEARN_SHARE)
        off_kw = abs(kw - self.mean_kw)
        mean_kw = self.mean_kw + share * (kw - self.mean_kw)
        spread_kw = self.spread_kw + share * (off_kw - self.spread_kw) if self.seen else 0.0
        return Usual(mean_kw, spread_kw, self.seen + 1)

    @property
    def cautious_kw(self) -> float:
        """What it is seldom above [kW]."""
        return self.mean_kw + tuning.HOUSE_CAUTION_SPREADS * self.spread_kw


@dataclass(frozen=True, slots=True)
class HouseModel:
    """All that is known of a house."""

    hours: Mapping[tuple[Phase, int], Usual] = field(default_factory=dict)
    """Phase and hour of the week, as `hour_of` tells it."""

    def with_seen(self, kw: Mapping[Phase, float | None], wall_s: float) -> HouseModel:
        """With the means of a quarter hour that is over; a phase that is not known teaches nothing."""
        hour = hour_of(wall_s)
        seen = {
            (phase, hour): self.hours.get((phase, hour), Usual(mean)).with_seen(mean)
            for phase, mean in kw.items()
            if mean is not None
        }
        return HouseModel({**self.hours, **seen})

    def expected(self, phase: Phase, hour: int) -> Usual | None:
        """What is usual in an hour as `hour_of` tells it; of one never seen the same one of other days, else any."""
        other = (hour + HOURS_A_DAY) % (2 * HOURS_A_DAY)
        for each in (hour, other):
            if (phase, each) in self.hours:
                return self.hours[phase, each]
        known = [usual for (at, _), usual in self.hours.items() if at == phase]
        if not known:
            return None
        mean_kw = sum(usual.mean_kw for usual in known) / len(known)
        # As far off as the hours that were seen: to take the worst of them for a whole night leaves it no room.
        off_kw = sum(abs(usual.mean_kw - mean_kw) + usual.spread_kw for usual in known) / len(known)
        return Usual(mean_kw, off_kw)

    def kept(self) -> Kept:
        """As plain values."""
        found: Kept = {}
        for (phase, hour), usual in sorted(self.hours.items()):
            found.setdefault(phase.name, {})[str(hour)] = (usual.mean_kw, usual.spread_kw, float(usual.seen))
        return found


def hour_of(wall_s: float) -> int:
    """The hour of the day, and a day more on a day off."""
    is_off = weekday(int(wall_s // DAY_S)) in DAYS_OFF
    return int(wall_s % DAY_S // HOUR_S) + (HOURS_A_DAY if is_off else 0)


def model_of(learnt: Mapping[str, Mapping[str, Sequence[float]]]) -> HouseModel:
    """Return the model that `kept` has written; phases and hours that do not exist are left out."""
    return HouseModel(
        {
            (phase, hour): Usual(mean_kw, spread_kw, int(seen))
            for phase in Phase
            for hour in range(2 * HOURS_A_DAY)
            if str(hour) in learnt.get(phase.name, {})
            for mean_kw, spread_kw, seen in [learnt[phase.name][str(hour)]]
        }
    )
