"""An electric car that charges: it lags, ramps, wakes late, draws a little less than offered and fills up.

IEC 61851-1: a car follows a lowered offer within 5 s; less than 6 A means "do not charge". It may take longer to raise
its draw.
"""

from dataclasses import dataclass, replace
from random import Random

MINIMUM_A = 6.0
FOLLOW_CUT_S = 5


@dataclass(frozen=True)
class Visit:
    """One stay at the charger: from, until [s since the start], and the charge on arrival [kWh]."""

    arrives_s: float
    departs_s: float
    brings_kwh: float


@dataclass(frozen=True)
class Car:
    """Properties of a car. Ramps in A/s, times in s, currents in A a phase, energy in kWh."""

    phases: int = 1
    max_a: float = 32.0
    battery_kwh: float = 52.0
    visits: tuple[Visit, ...] = (Visit(0, float("inf"), 20.0),)
    raise_after_s: int = 3
    cut_after_s: int = 1
    ramp_up_a_s: float = 1.5
    ramp_down_a_s: float = 10.0
    wakes_after_s: float = 10.0
    below_offer_a: float = 0.4
    tapers_from: float = 0.95  # share of the battery above which the car requests less and less
    gives_up_after_pauses: int | None = None
    ignores_nothing: bool = False  # continues at 6 A when its offer is 0 A
    uses_all_after_s: float = 0.0  # starts on one of its phases, and takes this long to use the others
    wakes_on_second_offer: bool = False  # one that gave up: not when it is offered current again, but the time after


@dataclass(frozen=True)
class CarState:
    """State of a car: `offers` are the last offers [A], newest last; energy in kWh since the simulation began."""

    visit: int | None = None
    charge_kwh: float = 0.0
    draw_a: float = 0.0
    offers: tuple[float, ...] = ()
    offered_since_s: float | None = None
    pauses: int = 0  # this visit
    starts: int = 0
    all_pauses: int = 0
    taken_kwh: float = 0.0
    full: bool = False
    offered_times: int = 0  # since it last drew
    drew_s: float = 0.0  # for how long it has drawn without a break
    using: int = 0  # how many phases it draws on

    @property
    def present(self) -> bool:
        """Whether the car is plugged in."""
        return self.visit is not None


AWAY = (None, 0.0, (), None, False)
"""Visit, draw, offers, since when it is offered current, and whether it is full, of a car that is not there."""


def step_car(
    car: Car, state: CarState, offered_a: float, now_s: float, voltage_v: float = 230.0, lines: int | None = None
) -> CarState:
    """Return the car's state a second later while the charger offers this current [A a phase; below 6 A is none].

    `lines`: how many phases the charger has closed, None for as many as the car can use.
    """
    if car.ignores_nothing and state.draw_a > 0:
        offered_a = max(offered_a, MINIMUM_A)
    visit = next((i for i, v in enumerate(car.visits) if v.arrives_s <= now_s < v.departs_s), None)
    if visit is None:
        if (state.visit, state.draw_a, state.offers, state.offered_since_s, state.full) == AWAY:
            return state
        return replace(state, visit=None, draw_a=0.0, offers=(), offered_since_s=None, full=False)
    if visit != state.visit:
        state = replace(
            state,
            visit=visit,
            charge_kwh=car.visits[visit].brings_kwh,
            draw_a=0.0,
            pauses=0,
            full=False,
            offers=(),
            offered_since_s=None,
        )
    offer_a = offered_a if offered_a >= MINIMUM_A else 0.0
    offers = (*state.offers, offer_a)[-FOLLOW_CUT_S - 1 :]
    since_s = None if offer_a == 0 else now_s if state.offered_since_s is None else state.offered_since_s
    offered_times = state.offered_times + (offer_a > 0 and (not state.offers or state.offers[-1] == 0))
    pauses = 0 if car.wakes_on_second_offer and offered_times >= 2 else state.pauses
    asleep = car.gives_up_after_pauses is not None and pauses >= car.gives_up_after_pauses
    awake = since_s is not None and now_s - since_s >= car.wakes_after_s and not asleep and not state.full
    draw_a = _next_draw_a(car, state.draw_a, offers, _appetite_a(car, state.charge_kwh), awake)
    drew_s = 0.0 if draw_a <= 0 else state.drew_s + 1
    using = used_phases(car, drew_s, lines)
    energy_kwh = draw_a * voltage_v * using / 3_600_000
    charge_kwh = state.charge_kwh + energy_kwh
    stopped = state.draw_a > 0 and draw_a == 0
    paused = stopped and offer_a == 0
    return CarState(
        visit,
        charge_kwh,
        draw_a,
        offers,
        since_s,
        pauses + paused,
        state.starts + (state.draw_a == 0 and draw_a > 0),
        state.all_pauses + paused,
        state.taken_kwh + energy_kwh,
        state.full or charge_kwh >= car.battery_kwh,
        0 if draw_a > 0 else offered_times,
        drew_s,
        using,
    )


def used_phases(car: Car, drew_s: float, lines: int | None) -> int:
    """Return on how many closed phases a car draws after having drawn for `drew_s` seconds."""
    could = car.phases if drew_s >= car.uses_all_after_s else 1
    return could if lines is None else min(could, lines)


def _appetite_a(car: Car, charge_kwh: float) -> float:
    """Return what the car's battery would accept [A]: the maximum, then falling to a trickle."""
    share = charge_kwh / car.battery_kwh
    if share <= car.tapers_from:
        return car.max_a
    return max(2.0, car.max_a * (1 - share) / (1 - car.tapers_from))


def _next_draw_a(car: Car, draw_a: float, offers: tuple[float, ...], appetite_a: float, awake: bool) -> float:
    """Return the next draw [A]: raises need an offer that has lasted; cuts are followed after a lag, within 5 s."""
    lasting_a = min(offers[-car.raise_after_s - 1 :]) if awake else 0.0
    up_to_a = max(0.0, min(lasting_a - car.below_offer_a, appetite_a))
    if draw_a < up_to_a:
        return min(up_to_a, draw_a + car.ramp_up_a_s)
    believed_a = max(offers[-car.cut_after_s - 1 :])
    down_to_a = max(0.0, min(believed_a - car.below_offer_a, appetite_a)) if awake or believed_a > 0 else 0.0
    if not awake and offers[-1] > 0:
        down_to_a = 0.0  # full or given up: it stops by itself
    if draw_a > down_to_a:
        draw_a = max(down_to_a, draw_a - car.ramp_down_a_s)
    return min(draw_a, max(offers[-FOLLOW_CUT_S:]))


def some_car(random: Random, phases: int, visits: tuple[Visit, ...], battery_kwh: float, max_a: float) -> Car:
    """Return a car with random properties from the ranges seen in the field."""
    return Car(
        phases,
        max_a,
        battery_kwh,
        visits,
        raise_after_s=random.randint(2, 5),
        cut_after_s=random.randint(1, 2),
        ramp_up_a_s=random.uniform(1.0, 2.0),
        ramp_down_a_s=random.uniform(10.0, 16.0),
        wakes_after_s=random.uniform(3, 60),
        below_offer_a=random.uniform(0.0, 0.9),
    )
