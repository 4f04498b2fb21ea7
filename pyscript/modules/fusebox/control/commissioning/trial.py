"""One load under test: what it was brought to, and what was seen of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from ... import tuning
from ...model.electrics import Phase
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.phases_memory import Move
from ...model.records import fast_replace, record
from .level import Plateau, Sample


@record
class Trial:
    """What one load was brought to, and what was seen of it; times are in seconds."""

    load: str
    """Its name."""
    levels_a: tuple[float, ...]
    """What it is brought to, one after the other [A]."""
    since_s: float
    """Since when it is wished at the present level [s since 1970]."""
    begun_s: float
    """Since when it is tested [s since 1970]."""
    place: int = 0
    """Which level that is."""
    samples: tuple[Sample, ...] = ()
    """What was seen since then, and just before."""
    before: Plateau | None = None
    """What was seen at the level before."""
    moves: tuple[Move, ...] = ()
    """What its changes showed."""
    shown_a: tuple[tuple[float, float], ...] = ()
    """What it was told, and what its device showed of that [A]."""
    drew_a: tuple[tuple[float, float], ...] = ()
    """What its device showed that it may take, and what its own sensor told that it took on a phase [A]."""
    ups_s: tuple[float, ...] = ()
    """How long it took to rise."""
    downs_s: tuple[float, ...] = ()
    """How long it took to fall."""
    lags_s: tuple[tuple[str, float], ...] = ()
    """How much later the meters of which circuit seemed to tell of one change each."""
    lag_s: Mapping[str, float] = field(default_factory=dict)
    """How much later they do by all changes together."""
    every_s: tuple[tuple[str, Phase, float], ...] = ()
    """After how long which circuit's meter told again, on which phase."""
    trace: tuple[Sample, ...] = ()
    """All that was seen."""
    restless: int = 0
    """How many changes running were lost in what the house does."""
    alone: bool = False
    """Whether it, or one before it, did not fit beside the others' minimum."""
    waits: bool = False
    """Whether its fuse has no room for its next level now."""
    rests: bool = False
    """Whether it is paused until its first level, as it was while another was tested alone."""
    missed_a: tuple[float, ...] = ()
    """The levels that there was no time for [A]."""
    short: bool = False
    """Whether it was not let go on, or off, when it was to be."""
    was: LoadMemory | None = None
    """What was remembered of it before."""

    @property
    def level_a(self) -> float:
        """The present level [A]."""
        return self.levels_a[self.place]

    @property
    def is_over(self) -> bool:
        """Whether it has been at all of them."""
        return self.place >= len(self.levels_a)


def is_clean(load: Load, move: Move) -> bool:
    """Whether the house moved by less than the load meanwhile, on the phases that it is thought to be on."""
    noise_a = [waver_a[phase] or 0.0 for waver_a in move.noise_a.values() for phase in load.phases]
    return 2 * max(noise_a, default=0.0) < abs(move.told_a or 0.0)


def agreed_lags_s(trial: Trial, circuit: str) -> Sequence[float]:
    """How late a circuit's meters told of each change [s], but for what is far from what all changes tell together.

    What no single change bears out was something else that ran in the house.
    """
    lags_s = sorted(s for where, s in trial.lags_s if where == circuit)
    usual_s = trial.lag_s.get(circuit, _agreed_s(lags_s))
    return [] if usual_s is None else [s for s in lags_s if abs(s - usual_s) <= tuning.ANSWER_S]


def _agreed_s(lags_s: Sequence[float]) -> float | None:
    """What most single changes told alike, where the house was too restless to tell from all of them together [s]."""
    middle_s = lags_s[len(lags_s) // 2] if lags_s else 0.0
    alike = sum(abs(s - middle_s) <= tuning.QUICK_S for s in lags_s)
    return middle_s if alike >= tuning.KNOWN_TIMES and 2 * alike > len(lags_s) else None


def joined(one: Trial, other: Trial) -> Trial:
    """Two trials of one load as one: all that both have seen."""
    names = ("moves", "shown_a", "drew_a", "ups_s", "downs_s", "lags_s", "every_s")
    found = {name: (*getattr(one, name), *getattr(other, name)) for name in names}
    late_s = {c: max(one.lag_s.get(c, 0.0), other.lag_s.get(c, 0.0)) for c in (*one.lag_s, *other.lag_s)}
    return fast_replace(other, **found, lag_s=late_s)
