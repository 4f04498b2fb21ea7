"""A load: its limits, its mode, and the capabilities of its type. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from .electrics import MIN_CHARGE_A, Phase
from .load_plan import LoadPlan, PresentBlock, PriceHours, PriceSignal
from .messages.message import Message
from .numbers import Span, number_of
from .vehicle import ANY_VEHICLE, NO_TERMS, Guest, Vehicle

QUASAR_LEAST_W = 1380
"""The lowest power of a Wallbox Quasar in either direction [W]; below it, it stops."""
QUASAR_MOST_W = 7400
"""The highest power of a Wallbox Quasar in either direction [W]."""


class Mode(StrEnum):
    """How a load is served; the names that users of chargers and plugs know."""

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


MAY_BE_SUNNY = SOLAR_MODES | {Mode.EXCESS}
"""Modes that need own production."""


@dataclass(frozen=True)
class Capabilities:
    """What a type of load has in addition to a current between minimum and maximum.

    The decision checks these, never a type.
    """

    takes_sg_state: bool = False
    """It is sent one of the states of SG-Ready and no current, and decides itself when to follow.

    The state that it displays is `sg` of its `LoadState`; its driver's session sends `commanded` of
    `aim.switched.pump`. Its driver's keys or facts have `dwell_s` [s] and `max_block_s` [s a day]; a surplus of
    `recommend_above_w`, or of `force_above_w`, raises its state.
    """

    keeps_heat: bool = False
    """Its need depends on its temperature."""

    heat_pump: bool = False
    """A large one is dimmed to a share of its rating, not to a fixed power (paragraph 14a EnWG)."""

    discharges: bool = False
    """It can feed power to the house."""

    uses_surplus: bool = False
    """It uses a surplus in any mode, so the export has to be known."""

    delays_stops: bool = False
    """Its cloud accepts one command in `min_write_s`, even for switching it off."""

    in_watts: bool = False
    """It takes any power in its range, no car depends on it, and it is sent watts."""


PLAIN = Capabilities()


@dataclass(frozen=True, slots=True)
class PhaseEntity:
    """The entity that switches a charger between one phase and three."""

    entity: str
    one: str | float
    """The option, switch state or number that it is set to for charging on one phase."""
    three: str | float
    """The same for three phases."""


@dataclass(frozen=True)
class PhaseSwitching:
    """How a load may be switched between one phase and all that it is wired to; only where CONFIG asks for it."""

    phases: tuple[Phase, ...]
    """All of them; on one phase it uses the first."""
    rest_s: float
    """The time from the end of its draw to the next offer [s]."""
    dwell_s: float
    """The least time between two switches [s]."""
    most: int
    """The most switches in a session; twice as many in a day."""
    comes_back: bool = True
    """Whether it may go back to all phases within a session."""


CAPABILITIES: Mapping[str, Capabilities] = {
    "power": Capabilities(in_watts=True),
    "quasar": Capabilities(discharges=True, uses_surplus=True),
    "sg_ready": Capabilities(takes_sg_state=True, heat_pump=True, uses_surplus=True),
    "tank": Capabilities(keeps_heat=True),
    "thermostat": Capabilities(takes_sg_state=True, uses_surplus=True),
    "wallbox": Capabilities(delays_stops=True),
}
"""Type of load -> its capabilities."""

STOP_KEYS = ("stop_soc_pct", "stop_energy_kwh")
"""The limits of a session: keys of CONFIG, and fields of `Load`."""


@dataclass(frozen=True)
class Load:
    """Something that can be slowed, paused or switched."""

    name: str
    """Its name in CONFIG and services."""
    type: str
    """The driver that serves it."""
    circuit: str
    """The circuit that it is on."""
    phases: tuple[Phase, ...]
    """The phases of the site that it is wired to."""
    priority: int
    """The order where not all loads fit; 1 is first."""
    mode: Mode
    """How it is served."""
    min_a: float
    """Its lowest current on each of its phases [A]; its rating if it is only on or off."""
    max_a: float
    """Its highest current on each of its phases [A]; its rating if it is only on or off."""
    step_a: Annotated[float, Span("A", 0.01, 16)] = 0.1
    """The step of its current [A]."""
    group: str | None = None
    """The household or other group that it belongs to, None for none."""
    on_off: bool = False
    """Whether it can only be on or off."""
    island: bool = False
    """Whether it may run while the grid is gone."""
    rated_w: float | None = None
    """Its power while on, of a load in watts its highest [W]; None for a charger."""
    lends_rating: bool = False
    """Whether others may use its rating, of a car its minimum, while it draws nothing: meters show when it starts, and
    no Linky opens before they have made way."""
    failsafe_a: Annotated[float, Span("A", 0, 125)] = MIN_CHARGE_A
    """The current that it may draw while its meter is silent [A]."""
    pause_s: Annotated[float, Span("s", 0, 86400)] = 180
    """The shortest pause [s]."""
    start_after_s: Annotated[float, Span("s", 0, 86400)] = 60
    """How long its budget has to cover its minimum before it starts [s]."""
    stop_after_s: Annotated[float, Span("s", 0, 86400)] = 180
    """How long it continues after its budget stops covering its minimum [s]."""
    min_on_s: float = 0
    """The shortest time on [s]."""
    min_off_s: float = 0
    """The shortest time off [s]."""
    max_starts_per_day: int | None = None
    """None for no limit."""
    plan: LoadPlan | None = None
    """The energy requested by a time, None for none."""
    in_block: bool = False
    """Whether its plan runs it now."""
    block: PresentBlock | None = None
    """The block of its plan that it is in, None for none, and where its time or the price is unknown."""
    price_hours: PriceHours | None = None
    """The hours of each day in which prices steer it, None for none."""
    signal: PriceSignal | None = None
    """Its signal by price, None for none."""
    vehicle: Vehicle = ANY_VEHICLE
    """The car that stands there; the one that the charger's own keys describe, while it is not known."""
    vehicles: tuple[str, ...] = ()
    """The cars that it charges, by their names in CONFIG; none where it makes no difference which one is there."""
    guest: Guest = NO_TERMS
    """What counts for a car that is none of them."""
    switching: PhaseSwitching | None = None
    """None where its phases are not switched."""
    capped_from_a: float | None = None
    """`max_a` as set by the user, while its car, a plan or a test has lowered it; None while none has [A]."""
    nudged: bool = False
    """Whether a wiring test has lowered it."""
    device: Mapping[str, object] = field(default_factory=dict)
    """Key of CONFIG -> value, for keys that only its driver reads (entity ids, write interval, ...)."""
    stop_soc_pct: Annotated[float | None, Span("%", 0, 100)] = None
    """The state of charge at which a session of its car stops [%], None for no limit."""
    stop_energy_kwh: Annotated[float | None, Span("kWh", 0, 1000)] = None
    """The energy at which a session stops [kWh], None for no limit."""
    stopped: Message | None = None
    """Why its session has stopped at such a limit, or has not begun; None where it goes on."""

    @property
    def is_held_until_recognised(self) -> bool:
        """Whether it is held until its car is recognised."""
        return self.stopped is not None and bool(self.vehicles) and self.vehicle.name is None

    @cached_property
    def can(self) -> Capabilities:
        """The capabilities of its type."""
        return CAPABILITIES.get(self.type, PLAIN)

    @property
    def user_max_a(self) -> float:
        """The limit that the user has set, without what its car, a plan or a test lowers [A]."""
        return self.max_a if self.capped_from_a is None else self.capped_from_a

    def with_cap(self, most_a: float, mode: Mode | None = None) -> Load:
        """Return the load limited to `most_a` [A], in another mode if one is given; `user_max_a` stays what it was."""
        return replace(self, max_a=most_a, capped_from_a=self.user_max_a, mode=self.mode if mode is None else mode)

    @cached_property
    def is_switched(self) -> bool:
        """Whether it is a switched load of a known rating, not a charger."""
        return self.on_off or self.rated_w is not None

    @cached_property
    def is_modulated(self) -> bool:
        """Whether it takes any current in its range: a charger, or a load in watts."""
        return not self.is_switched or self.can.in_watts

    @cached_property
    def min_write_s(self) -> float:
        """The least time between two commands other than cuts [s]."""
        return number_of(self.device.get("min_write_s")) or 0.0

    @cached_property
    def renew_s(self) -> float:
        """The time after which its present power is sent again, because its device forgets it [s]; 0 for never."""
        return number_of(self.device.get("renew_s")) or 0.0

    def watts_of(self, current_a: float) -> int:
        """Return the power that a load in watts or a Quasar has at this current on each of its phases [W]."""
        return round(current_a * self.number("watts_per_a"))

    def in_own_unit(self, **currents_a: float) -> dict[str, float]:
        """Return the values of a message, given as `name_a` [A]: as `name_w` [W] for a load in watts and for a Quasar.

        Unchanged for any other load.
        """
        if "watts_per_a" not in self.device:
            return currents_a
        return {f"{name.removesuffix('_a')}_w": self.watts_of(current_a) for name, current_a in currents_a.items()}

    def number(self, key: str) -> float:
        """Return the number under a key of `device`, for keys that CONFIG always gives; KeyError for any other key."""
        value = number_of(self.device[key])
        assert value is not None
        return value
