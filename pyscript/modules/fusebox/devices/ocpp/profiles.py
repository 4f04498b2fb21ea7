"""OCPP 1.6 charging profiles: a limit that expires by itself, above a safe one that stays; and deviations by make."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from ...model.electrics import DUST, MIN_CHARGE_A, watts
from ...model.site import letters_and_digits

BACK_DATED_S = 300.0
"""An absolute profile begins so long ago [s], because the charger's clock may be slow."""

Profile = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """How a charger accepts a limit."""

    unit: str
    """A, or W for all phases together."""
    kind: str
    """`absolute` by the clock, `relative` with a duration, or `endless`."""
    stack: int
    """Stack level of the limit; the safe limit is one level below."""
    phases: int = 1
    """How many phases share a limit in watts."""
    is_alone: bool = False
    """Whether the charger stores one profile only: then the limit itself contains a step down to the safe current."""
    replaces_safe: bool = False
    """Whether the limit takes the place of the safe profile, for a charger that cannot store another."""
    phase_count: int | None = None
    """How many phases the charger should close, None to leave that to the charger."""

    @property
    def has_safe_below(self) -> bool:
        """Whether the safe profile has a level below; otherwise the limit itself has to fall back to it."""
        return self.stack > 0 and not self.is_alone


@dataclass(frozen=True, slots=True)
class Connector:
    """The connector that profiles are sent to."""

    number: int
    voltage_v: float
    safe_a: float
    """The current left when a limit has expired [A]."""
    reported_v: float | None = None
    """The voltage that the charger reports [V], None if it reports none or one that no phase can have."""


def limit_profile(form: ProfileForm, connector: Connector, current_a: float, now_s: float, lease_s: float) -> Profile:
    """Return a profile for a limit [A] that ends after `lease_s`, unless the form has no end.

    Where no other profile is below it, its second period is the safe current, which then begins.
    """
    back_s = BACK_DATED_S if form.kind == "absolute" else 0.0
    periods = [_schedule_period(form, 0.0, current_a, connector)]
    schedule: dict[str, object] = {"chargingRateUnit": form.unit}
    # Load Juggler also used 10 and 11: its profiles are replaced.
    number, stack = 11 + 2 * (connector.number - 1), form.stack
    if form.replaces_safe:
        number, stack = _safe_number_and_stack(form, connector.number)
    profile = _common_fields(number, stack, form.kind)
    if form.kind == "absolute":
        schedule["startSchedule"] = profile["validFrom"] = _utc(now_s - back_s)
    if form.kind != "endless" and form.has_safe_below:
        schedule["duration"] = math.ceil(back_s + lease_s)
        if form.kind == "absolute":
            profile["validTo"] = _utc(now_s + lease_s)
    elif form.kind != "endless":
        periods.append(_schedule_period(form, back_s + lease_s, connector.safe_a, connector))
    return {**profile, "chargingSchedule": {**schedule, "chargingSchedulePeriod": periods}}


def safe_profile(form: ProfileForm, connector: Connector) -> Profile:
    """Return the profile of the safe limit: without an end, one level below, in force when the limit has expired."""
    period = _schedule_period(form, 0.0, connector.safe_a, connector)
    schedule = {"chargingRateUnit": form.unit, "chargingSchedulePeriod": [period]}
    return {**_common_fields(*_safe_number_and_stack(form, connector.number), "relative"), "chargingSchedule": schedule}


def _safe_number_and_stack(form: ProfileForm, connector: int) -> tuple[int, int]:
    """Return the number and the stack level of a connector's safe profile."""
    return 10 + 2 * (connector - 1), max(form.stack - 1, 0)


def _common_fields(number: int, stack: int, kind: str) -> dict[str, object]:
    """Return the fields that all our profiles have: number, stack level, purpose and kind."""
    return {
        "chargingProfileId": number,
        "stackLevel": stack,
        "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Absolute" if kind == "absolute" else "Relative",
    }


def _schedule_period(form: ProfileForm, start_s: float, current_a: float, connector: Connector) -> Mapping[str, object]:
    """Return one period of a schedule: a limit [A] in the form's unit from `start_s` on, rounded down to 0.1 A or 1 W.

    0 below the least charging current. A charger may divide watts by the site's voltage or by the one that it reports:
    the lower counts, so that it does not exceed the current, but for the least charging current the higher, because it
    would pause.
    """
    given_a = current_a if current_a + DUST >= MIN_CHARGE_A else 0.0
    if form.unit == "W":
        low_v, high_v = sorted([connector.voltage_v, connector.reported_v or connector.voltage_v])
        limit = float(math.floor(watts(given_a, low_v, form.phases) + DUST))
        if limit > 0:
            limit = max(limit, float(math.ceil(watts(MIN_CHARGE_A, high_v, form.phases) - DUST)))
    else:
        limit = math.floor(given_a * 10 + DUST) / 10
    period = {"startPeriod": math.ceil(start_s), "limit": limit}
    return period if form.phase_count is None else {**period, "numberPhases": form.phase_count}


def _utc(at_s: float) -> str:
    """Return a time [s since 1970] as OCPP writes it, such as "2026-11-27T12:00:00Z"."""
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Quirks:
    """How a make deviates from the standard; settings that CONFIG changes from their defaults come first."""

    makers: tuple[str, ...] = ()
    """How the vendor names of its chargers begin, in lower case without blanks and punctuation."""
    models: tuple[str, ...] = ()
    """How the names of its models begin, in lower case without blanks and punctuation."""
    unit: str | None = None
    """The only unit that its chargers accept, None for either."""
    kind: str | None = None
    """The only kind of profile that its chargers follow, None for any."""
    stack: int | None = None
    """The only stack level that its chargers accept, None for any."""
    reports_offer: bool = True
    """Whether the offer that its chargers report is meaningful."""
    again_s: float | None = None
    """After a pause its chargers are sent the new current twice, with this interval [s]; None for once."""
    restarts_by_reset: bool = False
    """Whether a session that was ended begins again only after a reset."""


NONE = Quirks()

GENERIC = "generic"
"""CONFIG's name for a charger to be treated as the standard says, whatever it reports about itself."""

VENDORS: Mapping[str, Quirks] = {
    "huawei": Quirks(("huawei",), ("scharger", "fusioncharge"), unit="W"),
    "beny": Quirks(("beny", "zjbeny")),
    "evbox": Quirks(("evbox",), ("elvi",), reports_offer=False),
    "alfen": Quirks(("alfen",)),
    "wallbox": Quirks(("wallbox",), ("pulsar", "coppersb"), kind="relative", stack=0),
    "abb": Quirks(("abb",), ("terraac",), stack=0),
    "easee": Quirks(("easee",)),
    "go-e": Quirks(("goe",), again_s=5.0),
    "autel": Quirks(("autel",), ("maxicharger",), restarts_by_reset=True),
    "foxess": Quirks(("foxess",)),
}
"""Name in CONFIG -> quirks of a make; docs/ocpp.md has what a user has to know about each."""


def find_quirks(configured: object, maker: str | None, model: str | None) -> Quirks:
    """Return the quirks of a charger: as CONFIG names them, else by its reported vendor and model; or `NONE`.

    A name in CONFIG that is not known is `NONE` too.
    """
    if not isinstance(configured, str):
        return _quirks_of_make(maker, model)
    wanted = letters_and_digits(configured)
    return next((row for name, row in VENDORS.items() if letters_and_digits(name) == wanted), NONE)


@lru_cache
def _quirks_of_make(maker: str | None, model: str | None) -> Quirks:
    """Return the quirks of the make that a charger reports as vendor or model; `NONE` for an unknown one."""
    for row in VENDORS.values():
        if letters_and_digits(maker or "").startswith(row.makers) or (
            row.models and letters_and_digits(model or "").startswith(row.models)
        ):
            return row
    return NONE
