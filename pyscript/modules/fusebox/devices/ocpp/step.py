"""One step of a charge point: what is known of it, the form in which it accepts limits, and how to address it."""

from __future__ import annotations

from dataclasses import dataclass

from ... import tuning
from ...config.domains import domain_of
from ...config.load_schemas import USUAL_PROFILE, USUAL_STACK_LEVEL
from ...model.durations import NEVER_S
from ...model.load import Load
from ...model.readings import View
from ..driver import Aim, Contact, ServiceCall
from .draw import NO_OFFER, ReportedOffer, read_offer
from .entities import connector_number, existing_entity, integration_id
from .memory import OcppMemory
from .profiles import NONE, Connector, Profile, ProfileForm, Quirks, find_quirks

SAFE, LIMIT, IN_OTHER_UNIT = "safe", "limit", "in the other unit"
"""Purposes of a profile. The last is for chargers that only accept the other unit; any other may refuse it."""

UNITS = ("A", "W")
"""Units of limits, the usual first. The other is tried, and then the first again, where limits are not followed."""

KINDS = ("absolute", "relative", "endless")
"""Kinds of profile, the best first; where limits of one end early, the next is tried."""

NO_AIM = Aim(0.0)


@dataclass(frozen=True, slots=True)
class Step(Contact):
    """All that is known of a charge point in one step."""

    form: ProfileForm
    """The form in which limits are sent now."""
    quirks: Quirks = NONE
    unit_is_open: bool = False
    """Whether the unit of limits is unknown and can only be tried."""
    unit_may_be_wrong: bool = False
    """Whether neither CONFIG nor the make is certain to give the right unit, and limits have not been seen to work."""
    offered: ReportedOffer = NO_OFFER
    aim: Aim = NO_AIM
    reported_v: float | None = None
    """The voltage of a phase that the charger reports [V]; None for none, and for one unlike the site's."""

    @property
    def now_s(self) -> float:
        """The time of the step [s since 1970]."""
        return self.view.now_s

    @property
    def commanded_a(self) -> float | None:
        """The current of the command due in this step [A], None without one."""
        return None if self.aim.command is None else self.aim.command.current_a

    @property
    def draw_a(self) -> float:
        """The highest draw on a phase [A]; 0 when nothing measures."""
        return self.state.draw_a.highest or 0.0

    @property
    def lease_s(self) -> float:
        """How long a limit lasts [s]."""
        return self.load.number("lease_s")

    @property
    def renewed_s(self) -> float:
        """How long after sending a limit is renewed [s]."""
        return self.lease_s / 2

    @property
    def connector(self) -> Connector:
        """The connector that profiles are sent to."""
        return Connector(connector_number(self.load), self.voltage_v, self.load.failsafe_a, self.reported_v)

    @property
    def runs(self) -> bool:
        """Whether a car is connected and its session is on, so that a limit can take effect."""
        return self.state.available and self.state.can_use_power and self.state.on is not False

    def is_recent(self, reported_s: float, since_s: float) -> bool:
        """Return whether a report [s since 1970] is no earlier than `since_s` and no older than `SILENT_S`."""
        return reported_s >= since_s and self.now_s - reported_s <= tuning.SILENT_S

    def entity(self, key: str) -> str | None:
        """Return the charger's entity for a key, None without one."""
        return existing_entity(self.load, key, self.view)

    def call(self, service: str, subject: str = "", **data: object) -> ServiceCall:
        """Return a call of the integration's service for this charger."""
        data = {"devid": integration_id(self.load, self.view), **data}
        return ServiceCall("ocpp", service, data, service == "get_configuration", subject)

    def send_profile_call(self, profile: Profile, subject: str) -> ServiceCall:
        """Return the call that sends a profile to the load's connector: the safe one, or a limit."""
        return self.call("set_charge_rate", subject, conn_id=connector_number(self.load), custom_profile=dict(profile))

    def reset_button_call(self) -> ServiceCall | None:
        """Return the call that presses the reset button, or starts the script in its place.

        None while there is none available.
        """
        button = self.entity("reset")
        if button is None or str(self.view.raw(button)).strip() == "unavailable":
            return None
        domain = domain_of(button)
        return ServiceCall(domain, "turn_on" if domain == "script" else "press", {"entity_id": button})


def build_step(contact: Contact, memory: OcppMemory, aim: Aim = NO_AIM) -> Step:
    """Return the step of a load with what is remembered of it; without `aim` nothing is decided yet.

    The unit of its limits is CONFIG's or the make's, else the one that the charger states, or the other while that is
    tried.
    """
    load, view, voltage_v = contact.load, contact.view, contact.voltage_v
    maker, model = (view.word(existing_entity(load, key, view)) for key in ("vendor", "model"))
    quirks = find_quirks(load.device.get("vendor"), maker, model)
    known = quirks.unit if load.device["rate_unit"] == "auto" else str(load.device["rate_unit"])
    stated, changes = known or memory.configuration.unit, memory.compliance.tried.unit_changes
    unit = known or UNITS[(UNITS.index(stated or UNITS[0]) + changes) % len(UNITS)]
    form, is_led = _next_form(load, memory, quirks, unit), memory.compliance.evidence.follows_two
    # While the other unit is tried, limits in the stated one may still be in force.
    may_be_wrong = not known and (not is_led or unit != (stated or unit))
    offered = read_offer(load, view, voltage_v, phases_in_use(load, memory)) if quirks.reports_offer else NO_OFFER
    reported_v = _reported_voltage_v(load, view, voltage_v)
    if reported_v is not None:
        offered = _match_offer_to_limit(offered, load, memory, max(reported_v / voltage_v, voltage_v / reported_v))
    return Step(load, view, contact.state, voltage_v, form, quirks, not stated, may_be_wrong, offered, aim, reported_v)


def _reported_voltage_v(load: Load, view: View, voltage_v: float) -> float | None:
    """Return the voltage of a phase that the charger reports [V]; None for none, and for one unlike the site's."""
    reported_v = view.number(existing_entity(load, "voltage", view))
    is_alike = reported_v is not None and abs(reported_v - voltage_v) <= tuning.ALIKE_SHARE * voltage_v
    return reported_v if is_alike else None


def _match_offer_to_limit(offered: ReportedOffer, load: Load, memory: OcppMemory, ratio: float) -> ReportedOffer:
    """Return the offer with the limit in place of a current [A] that is its power at either voltage.

    `ratio`: of the higher voltage, the site's or the charger's, to the lower. The last limit counts if it was in watts,
    else the safe one if that was. Unchanged where neither matches.
    """
    limit, offered_a = memory.commanded, offered.current_a
    is_watts = limit is not None and limit.form.unit == "W"
    limits_a = [limit.current_a] if limit is not None and is_watts else []
    limits_a += [load.failsafe_a] if is_watts or memory.other_sent_s > NEVER_S else []
    for limit_a in limits_a:
        least_a, most_a = limit_a / ratio - tuning.SHOWN_SAME_A, limit_a * ratio + tuning.SHOWN_SAME_A
        if offered_a is not None and 0 < least_a <= offered_a <= most_a:
            return ReportedOffer(limit_a, offered.reported_s)
    return offered


def _next_form(load: Load, memory: OcppMemory, quirks: Quirks, unit: str) -> ProfileForm:
    """Return the form of the next limit: unit, kind of profile, stack level and phases.

    A make's quirks apply where CONFIG leaves the default; then the kinds that did not work are passed over, and the
    level is at most what the charger allows.
    """
    kind, level = str(load.device["profile"]), int(load.number("stack_level"))
    tried, commanded = memory.compliance.tried, memory.commanded_phase_count
    if kind == USUAL_PROFILE:
        kind = quirks.kind or kind
    if level == USUAL_STACK_LEVEL and quirks.stack is not None:
        level = quirks.stack
    kind = KINDS[min(KINDS.index(kind) + tried.kind_changes, len(KINDS) - 1)]
    is_alone = tried.replaces_safe or can_store_two(load, memory) is False
    phases = phases_in_use(load, memory) if commanded is None else commanded
    most_level = memory.configuration.most_stack
    level = level if most_level is None else min(level, most_level)
    return ProfileForm(unit, kind, level, phases, is_alone, tried.replaces_safe, commanded)


def phases_in_use(load: Load, memory: OcppMemory) -> int:
    """Return how many phases share a limit in watts."""
    return min(memory.phases.count or len(load.phases), len(load.phases))


def can_store_two(load: Load, memory: OcppMemory) -> bool | None:
    """Return whether the charger can store two profiles per connector, as Fusebox needs.

    None if it does not report that.
    """
    slots = memory.configuration.slots
    return None if slots is None else slots >= 2 * connector_number(load)
