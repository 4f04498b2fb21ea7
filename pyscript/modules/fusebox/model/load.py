"""A load: what it may take, how it wants to be served, and what is special about its type. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from .electrics import MIN_CHARGE_A, Phase
from .load_plan import ANY_VEHICLE, LoadPlan, Vehicle
from .numbers import Span, number_of

QUASAR_LEAST_W = 1380
"""A Wallbox Quasar cannot modulate below this [W], either way: then it stops."""
QUASAR_MOST_W = 7400
"""Nor take or give more [W]."""


class Mode(StrEnum):
    """How a load wants to be served; the names that users of chargers and plugs know."""

    STANDARD = "standard"
    CONTINUOUS = "continuous"
    SOLAR_PRIORITY = "solar_priority"
    SOLAR_ONLY = "solar_only"
    EXCESS = "excess"
    OFF = "off"
    NORMAL = "normal"
    BOOST = "boost"


SOLAR_MODES = frozenset({Mode.SOLAR_PRIORITY, Mode.SOLAR_ONLY})
"""Modes that share the solar budget."""


MAY_BE_SUNNY = SOLAR_MODES | {Mode.EXCESS, Mode.BOOST}
"""Modes that nobody chooses without own production; who is boosted may have been in one of them a moment ago."""


@dataclass(frozen=True)
class Capabilities:
    """What a type of load is beside amps between a minimum and a maximum. Thinking asks for these, never for a type."""

    by_signal: bool = False
    """It is told what it may do and no current; how long it waits before it does is its own affair."""

    keeps_heat: bool = False
    """What it needs depends on its temperature."""

    heat_pump: bool = False
    """A large one is dimmed to a share of its rating, not to a fixed power (paragraph 14a EnWG)."""

    discharges: bool = False
    """It can give power to the house."""

    uses_surplus: bool = False
    """It does something with a surplus in whatever mode, so what flows out has to be known."""

    slow_to_tell: bool = False
    """Whoever wants it off, too: its cloud bears one write in `min_write_s` and no more."""


PLAIN = Capabilities()


@dataclass(frozen=True)
class PhaseSwitching:
    """How a load may be switched between one phase and all that it is wired to; its owner has asked for it."""

    phases: tuple[Phase, ...]
    """All of them; on one phase it is on the first."""
    rest_s: float
    """From the end of its draw to the next offer [s]."""
    dwell_s: float
    """Between two switches [s]."""
    most: int
    """So many times a session, and twice as many a day."""
    comes_back: bool = True
    """Whether it goes back to all phases before it is plugged in anew."""


CAPABILITIES: Mapping[str, Capabilities] = {
    "quasar": Capabilities(discharges=True, uses_surplus=True),
    "sg_ready": Capabilities(by_signal=True, heat_pump=True, uses_surplus=True),
    "tank": Capabilities(keeps_heat=True),
    "wallbox": Capabilities(slow_to_tell=True),
}
"""Type of load -> what is special about it."""


@dataclass(frozen=True)
class Load:
    """Something that may be slowed, paused or switched."""

    name: str
    """By which CONFIG and services call it."""
    type: str
    """Which driver serves it."""
    circuit: str
    """The circuit that it is on."""
    phases: tuple[Phase, ...]
    """The phases of the site that it is wired to."""
    priority: int
    """Who goes first where not everything fits; 1 is first."""
    mode: Mode
    """How it wants to be served."""
    min_a: float
    """The least that it runs at, on each of its phases [A]; its rating where it is only on or off."""
    max_a: float
    """The most that it may take, on each of its phases [A]; its rating where it is only on or off."""
    step_a: Annotated[float, Span("A", 0.01, 16)] = 0.1
    """Its current is set in such steps [A]."""
    on_off: bool = False
    """Whether it can only be on or off."""
    rated_w: float | None = None
    """What it takes while it is on [W], None for a charger."""
    failsafe_a: Annotated[float, Span("A", 0, 125)] = MIN_CHARGE_A
    """What it may still take while its meter is silent [A]."""
    pause_s: Annotated[float, Span("s", 0, 86400)] = 180
    """How long it stays paused at least [s]."""
    start_after_s: Annotated[float, Span("s", 0, 86400)] = 60
    """How long its budget has to hold its minimum before it starts [s]."""
    stop_after_s: Annotated[float, Span("s", 0, 86400)] = 180
    """How long it goes on when its budget does not any more [s]."""
    min_on_s: float = 0
    """How long it stays on at least [s]."""
    min_off_s: float = 0
    """How long it stays off at least [s]."""
    max_starts_per_day: int | None = None
    """None for as many as it likes."""
    plan: LoadPlan | None = None
    """What is wished of it by a time, None for nothing."""
    vehicle: Vehicle = ANY_VEHICLE
    """The car that it charges; nothing is known of it where it is no charger."""
    switching: PhaseSwitching | None = None
    """None where it stays on the phases that it is on."""
    capped_from_a: float | None = None
    """`max_a` as its user has set it, while a plan or a test has lowered it; None while neither has [A]."""
    device: Mapping[str, object] = field(default_factory=dict)
    """What only this type's driver reads (entity ids, write interval, ...), by CONFIG's key."""

    @cached_property
    def can(self) -> Capabilities:
        """What is special about loads of this type."""
        return CAPABILITIES.get(self.type, PLAIN)

    @property
    def user_max_a(self) -> float:
        """The limit that its user has set, whatever a plan or a test has lowered it to [A]."""
        return self.max_a if self.capped_from_a is None else self.capped_from_a

    def capped(self, most_a: float, mode: Mode | None = None) -> Load:
        """The load while it may take only so much [A], in another mode where one is given."""
        return replace(self, max_a=most_a, capped_from_a=self.user_max_a, mode=self.mode if mode is None else mode)

    @cached_property
    def is_switched(self) -> bool:
        """Whether it is no charger but something of a known rating that is switched."""
        return self.on_off or self.rated_w is not None

    @cached_property
    def min_write_s(self) -> float:
        """How long the device is left alone after it was told something, but for cuts."""
        return number_of(self.device.get("min_write_s")) or 0.0

    def number(self, key: str) -> float:
        """A number of its device that always has one."""
        value = number_of(self.device[key])
        assert value is not None
        return value
