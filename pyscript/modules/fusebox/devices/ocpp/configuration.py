"""The form of limits that a charge point accepts: its settings as it answers them, and which form is tried next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ... import tuning
from ...model.numbers import number_of
from ...model.records import fast_replace
from ..driver import Answer, ServiceCall
from .memory import ComplianceMemory, Configuration, OcppMemory, ProfilesTried
from .profiles import ProfileForm
from .step import IN_OTHER_UNIT, SAFE, UNITS, Step

UNIT_KEY = "ChargingScheduleAllowedChargingRateUnit"
STACK_KEY = "ChargeProfileMaxStackLevel"
SLOTS_KEY = "MaxChargingProfilesInstalled"
SWITCH_KEY = "ConnectorSwitch3to1PhaseSupported"

CURRENT_WORDS = frozenset({"current", "a", "amp", "amps", "ampere", "amperes"})
POWER_WORDS = frozenset({"power", "w", "watt", "watts"})


def request_settings_if_due(step: Step, memory: OcppMemory) -> tuple[list[ServiceCall], OcppMemory]:
    """Return the questions about the charger's settings that are due, and the memory that records them.

    Only for settings still unknown: once for each connection, and a few times again where no answer came.
    """
    known = memory.configuration
    questions = known.questions
    # The first wait is a double one.
    is_due = questions.is_due(True, 2 * tuning.RETRY_S, step.now_s)
    if questions.times >= tuning.UNRESPONSIVE_TIMES or not is_due:
        return [], memory
    is_open = {
        UNIT_KEY: step.unit_is_open,
        STACK_KEY: known.most_stack is None,
        SWITCH_KEY: step.load.switching is not None and known.switches is None,
        SLOTS_KEY: known.slots is None,
    }
    keys = [key for key, is_unknown in is_open.items() if is_unknown]
    known = fast_replace(known, questions=questions.after_sending(True, step.now_s), awaited=keys[-1] if keys else "")
    return [step.call("get_configuration", ocpp_key=key) for key in keys], fast_replace(memory, configuration=known)


def record_answers(memory: OcppMemory, answers: tuple[Answer, ...]) -> OcppMemory:
    """Return the memory updated with the outcomes of the calls: settings, limits, whether the charge point is lost.

    An error may also show that the integration is too old; any answer ends both.
    """
    for answer in answers:
        if answer.error:
            # An integration older than 0.8.0 rejects the id of a charger.
            is_old = "devid" in answer.error and "extra keys" in answer.error
            is_lost = answer.call.domain == "ocpp" and "unavailable" in answer.error
            lost_s = answer.made_s if is_lost else memory.lost_s
            memory = fast_replace(memory, is_outdated=memory.is_outdated or is_old, lost_s=lost_s)
        elif answer.call.domain == "ocpp":
            memory = fast_replace(memory, is_outdated=False, lost_s=None)
        if answer.call.service == "get_configuration":
            memory = _record_settings(memory, answer)
        elif answer.call.service == "set_charge_rate":
            memory = _record_limit_outcome(memory, answer)
        if memory.unanswered_s is not None and answer.made_s >= memory.unanswered_s:
            memory = fast_replace(memory, unanswered_s=None)
    return memory


def _record_limit_outcome(memory: OcppMemory, answer: Answer) -> OcppMemory:
    """Return the memory after the outcome of sending a limit or a safe limit; that of an older limit changes nothing.

    A sent limit counts as in force: the integration's service also succeeds when the charger answers Rejected. If
    sending failed, the previous limit remains while its lease lasts.
    """
    if answer.call.subject == SAFE:
        failures = memory.safe_failures + 1 if answer.error else 0
        return fast_replace(memory, safe_form=None if answer.error else memory.safe_form, safe_failures=failures)
    limit = memory.commanded
    if limit is None or answer.made_s != limit.sent_s or answer.call.subject == IN_OTHER_UNIT:
        return memory
    if answer.error:
        return fast_replace(memory, failures=memory.failures + 1, failure=answer.error)
    safe_form = None if limit.form.is_alone else memory.safe_form
    return fast_replace(memory, acknowledged=limit, failures=0, safe_form=safe_form)


def _record_settings(memory: OcppMemory, answer: Answer) -> OcppMemory:
    """Return the memory with a charger's reported settings; the unit that it reports is tried first."""
    known = _add_answer(memory.configuration, answer)
    compliance = memory.compliance
    if known.unit != memory.configuration.unit:
        compliance = fast_replace(compliance, tried=fast_replace(compliance.tried, unit_changes=0))
    return fast_replace(memory, configuration=known, compliance=compliance)


def _add_answer(known: Configuration, answer: Answer) -> Configuration:
    """Return the known settings with one answer added; unchanged for an error or a value that makes no sense.

    In any case the answer is awaited no longer. An answer without a known unit ends the question for it.
    """
    key = str(answer.call.data.get("ocpp_key"))
    known = fast_replace(known, awaited="" if key == known.awaited else known.awaited)
    if answer.error:
        return known
    value = _answer_value(answer.response, key)
    if key == SWITCH_KEY:
        return fast_replace(known, switches=str(value).strip().lower() == "true")
    if key in (STACK_KEY, SLOTS_KEY):
        most = number_of(value)
        if most is None or most < (key == SLOTS_KEY):
            return known
        return fast_replace(known, most_stack=int(most)) if key == STACK_KEY else fast_replace(known, slots=int(most))
    # An answer without a word that is known is one too: another request would get the same.
    questions = replace(known.questions, times=tuning.UNRESPONSIVE_TIMES)
    return fast_replace(known, unit=parse_rate_unit(value), questions=questions)


def _answer_value(response: object, key: str) -> object:
    """Return the value of a key in any form of answer: alone, as `value`, under its name, or in OCPP's own list.

    None where none of these is there.
    """
    if not isinstance(response, Mapping):
        return response
    listed = response.get("configurationKey")
    for entry in listed if isinstance(listed, list | tuple) else ():
        if isinstance(entry, Mapping) and entry.get("key") == key:
            return entry.get("value")
    return response.get("value", response.get(key))


def parse_rate_unit(value: object) -> str:
    """Return the unit that a charger's answer allows: A (also when it takes both) or W; "" when it names neither."""
    listed = value if isinstance(value, list | tuple) else str(value or "").replace(";", ",").split(",")
    words = {str(word).strip().lower() for word in listed}
    if words & CURRENT_WORDS:
        return "A"
    return "W" if words & POWER_WORDS else ""


def stays_at_safe(step: Step, past: ComplianceMemory) -> bool:
    """Return whether the draw has matched the safe limit for `LASTING_S`."""
    return past.at_safe_since_s is not None and step.now_s - past.at_safe_since_s >= tuning.LASTING_S


def choose_next_form(past: ComplianceMemory, step: Step, can_store_two: bool | None) -> ProfilesTried | None:
    """Return what to try with a charger that does not follow limits of this form, None for nothing.

    In order: limits with an end again, the other unit, replacing the safe limit, the next kind of profile.
    `can_store_two`: whether it can store two profiles, None where it does not report that.
    """
    tried, evidence, form, by_draw = past.tried, past.evidence, step.form, past.at_safe_since_s is not None
    if form.kind == "endless" and tried.kind_changes > 0 and not evidence.has_followed:
        # The expiry of its limits was not the obstacle, and limits that expire are better.
        return fast_replace(tried, kind_changes=0, endless_failed=True)
    # How limits expire in this unit says nothing about the other.
    other_unit = None
    if tried.unit_changes < len(UNITS) and not (evidence.has_followed and evidence.follows_two):
        # Of a charger that has stated its unit the kinds are not tried again in the other: a fault would be named late.
        other_unit = ProfilesTried(tried.unit_changes + 1, 0, not step.unit_is_open, tried.replaces_safe)
    if other_unit is not None and step.unit_is_open:
        return other_unit
    if past.is_at_safe or by_draw:
        may_store_one_only = (form.kind == "relative" or by_draw) and form.has_safe_below and can_store_two is None
        if may_store_one_only or (form.is_alone and not form.replaces_safe):
            # It accepted the fail-safe limit, and may have been unable to store the other.
            return fast_replace(tried, kind_changes=0, replaces_safe=True)
        # A car that takes no more by itself draws so little too: that is no ground for a limit without an end.
        if has_other_kind(form, past):
            return try_next_kind(tried)
    # A single report of a slow meter is no reason to doubt what the charger has stated.
    since_s = past.deviates_since_s
    lasts = stays_at_safe(step, past) or (since_s is not None and step.now_s - since_s >= tuning.LASTING_S)
    return other_unit if step.unit_may_be_wrong and lasts else None


def try_next_kind(tried: ProfilesTried) -> ProfilesTried:
    """Return what was tried, with the next kind of profile for a charger whose limits end before their lease."""
    return fast_replace(tried, kind_changes=tried.kind_changes + 1)


def has_other_kind(form: ProfileForm, past: ComplianceMemory) -> bool:
    """Return whether there is another kind of profile whose limits may not end early."""
    return form.kind != "endless" and not past.tried.endless_failed and past.at_safe_since_s is None
