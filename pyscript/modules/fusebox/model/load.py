"""A load: what it may take, how it wants to be served, and what is special about its type. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .electrics import Phase

QUASAR_LEAST_W = 1380
"""A Wallbox Quasar cannot modulate below this [W], either way: then it stops."""


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


@dataclass(frozen=True, slots=True)
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


CAPABILITIES: Mapping[str, Capabilities] = {
    "quasar": Capabilities(discharges=True, uses_surplus=True),
    "sg_ready": Capabilities(by_signal=True, heat_pump=True, uses_surplus=True),
    "tank": Capabilities(keeps_heat=True),
    "wallbox": Capabilities(slow_to_tell=True),
}
"""Type of load -> what is special about it."""


@dataclass(frozen=True, slots=True)
class Load:
    """Something that may be slowed, paused or switched.

    `min_a` and `max_a` are amps on each of `phases`; a load that is only on or off has both at its rating.
    `device` holds what only this type's driver reads (entity ids, write interval, ...), by CONFIG's key.
    """

    name: str
    type: str
    circuit: str
    phases: tuple[Phase, ...]
    priority: int
    mode: Mode
    min_a: float
    max_a: float
    step_a: float = 0.1
    on_off: bool = False
    rated_w: float | None = None
    failsafe_a: float = 6
    pause_s: float = 180
    start_after_s: float = 60
    stop_after_s: float = 180
    min_on_s: float = 0
    min_off_s: float = 0
    max_starts_per_day: int | None = None
    device: Mapping[str, object] = field(default_factory=dict)

    @property
    def can(self) -> Capabilities:
        """What is special about loads of this type."""
        return CAPABILITIES.get(self.type, PLAIN)

    @property
    def is_switched(self) -> bool:
        """Whether it is no charger but something of a known rating that is switched."""
        return self.on_off or self.rated_w is not None

    @property
    def min_write_s(self) -> float:
        """How long the device is left alone after it was told something, but for cuts."""
        value = self.device.get("min_write_s")
        return float(value) if isinstance(value, int | float) else 0.0
