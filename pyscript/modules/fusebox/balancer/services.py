"""The services: each checks its fields, changes one thing and runs a step; or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from reprlib import repr as shortened
from typing import Literal

from ..config.read_config import Plan, allowed_modes, parse_distribution, parse_mode
from ..config.tree import known_choices
from ..control.data_quality import DataQuality, quality_by_load
from ..control.diagnostics.phase_words import choice_obstacle, choice_outcome
from ..devices import DRIVERS
from ..model.electrics import DUST
from ..model.load import Load, Mode
from ..model.messages.message import Message, message, with_frame
from ..model.numbers import number_of
from ..model.phases_memory import NEW_PHASE_SWITCH
from ..model.readings import View
from ..model.records import fast_replace
from ..model.site import Distribution
from ..runtime.entity_values import MeansIt
from ..runtime.service_errors import Others, Response, ServiceError, field_error, refuse_unknown_fields, service
from ..runtime.service_fields import load_name_of_entity, names_or_none, nearest_name, parse_on_or_off
from ..runtime.store import STORE
from .balancer import Balancer
from .boosts import has_boost_rule

Bound = Literal["min_a", "max_a"]
"""The lower or the upper limit of a load's current."""


@service
async def explain(balancer: Balancer) -> Response:
    """Execute `fusebox_explain`: return the last decision."""
    return balancer.explain()


@service
async def set_mode(balancer: Balancer, now_s: float, load: object, mode: object, others: Others) -> Response:
    """Execute `fusebox_set_mode`: set a load's mode, until CONFIG's own value is edited; a bare False means off.

    Return the load and its mode; plans are made anew. `off` for a load that is off skips its plan. ServiceError for an
    unknown load or mode.
    """
    refuse_unknown_fields(others, "load", "mode")
    found = load_named(plan_in_force(balancer), load)
    # YAML reads a bare `off` as False.
    wanted = parse_mode(found.type, "off" if mode is False else mode)
    if wanted is None:
        modes = ", ".join(allowed_modes(found.type))
        if mode is None:
            raise field_error("mode", message("mode_not_named", load=found.name, known=modes))
        raise field_error("mode", message("mode_unknown", value=shortened(mode), load=found.name, known=modes))
    if balancer.as_set is None or load_as_set(balancer, found).mode is not wanted:
        path = path_of(found, "mode")
        await _set_value_and_run(
            balancer, now_s, path, wanted.value, lambda label: parse_mode(found.type, label) is wanted
        )
    elif wanted is Mode.OFF:
        balancer.plans.plans.skip_plan(found.name)
        await balancer.run_anew(now_s)
    await replan_now(balancer, now_s)
    return {"load": found.name, "mode": wanted.value}


@service
async def set_distribution(balancer: Balancer, now_s: float, distribution: object, others: Others) -> Response:
    """Execute `fusebox_set_distribution`: set how loads share, until CONFIG's own value is edited; return it.

    It is persisted, and a new decision follows at once. ServiceError for an unknown distribution, and without a site.
    """
    refuse_unknown_fields(others, "distribution")
    if not plan_in_force(balancer).has_site:
        raise field_error("distribution", message("no_site_to_share"))
    wanted = parse_distribution(distribution)
    if wanted is None:
        words = known_choices(distribution, [each.value for each in Distribution])
        why = message("which_one", **words)
        if distribution is not None:
            why = message("value_not_of", value=shortened(distribution), what="a distribution", **words)
        raise field_error("distribution", why)
    await _set_value_and_run(
        balancer, now_s, "site.distribution", wanted.value, lambda label: parse_distribution(label) is wanted
    )
    return {"distribution": wanted.value}


@service
async def set_current(
    balancer: Balancer, now_s: float, bound: Bound, load: object, current_a: object, others: Others
) -> Response:
    """Execute `fusebox_set_max_current` or `fusebox_set_min_current` [A], until CONFIG's own value is edited.

    Return the load and the current; a new decision follows at once. ServiceError for a load without that key, no
    number, a value that CONFIG would refuse, or one above the device's own maximum.
    """
    refuse_unknown_fields(others, "load", "current_a")
    plan = plan_in_force(balancer)
    found = able_load_named(
        plan, load, lambda each: path_of(each, bound) in plan.raw_values, "load_without_key", key=bound
    )
    path = path_of(found, bound)
    amount_a = _parse_amps(current_a)
    refusal = device_refusal(balancer, found, amount_a) if bound == "max_a" else None
    await _set_value_and_run(balancer, now_s, path, amount_a, lambda label: number_of(label) == amount_a, refusal)
    return {"load": found.name, "current_a": amount_a}


def device_refusal(balancer: Balancer, load: Load, amount_a: float) -> Message | None:
    """Return why a load's device does not accept this current, None where it does or reports no maximum."""
    state = None if balancer.snapshot is None else balancer.snapshot.loads.get(load.name)
    most_a = None if state is None else state.device_max_a
    if most_a is None or amount_a <= most_a + DUST:
        return None
    refusal = message("current_above_charger", asked_a=amount_a, most_a=most_a)
    return with_frame(refusal, "path", path_of(load, "max_a"))


@service
async def reset_charger(balancer: Balancer, now_s: float, load: object, others: Others) -> Response:
    """Execute `fusebox_reset_charger`: clear a charger's limits and set them again, or restart it, as its driver does.

    ServiceError for an unknown load, in a dry run, before the first decision and where its device has no reset.
    """
    refuse_unknown_fields(others, "load")
    found = load_named(plan_in_force(balancer), load)
    try:
        await balancer.reset(found.name, now_s)
    except ValueError as error:
        raise field_error("load", error.args[0]) from error
    return {"load": found.name, "reset": True}


@service
async def boost(balancer: Balancer, now_s: float, load: object, state: object, others: Others) -> Response:
    """Execute `fusebox_boost`: start or end the boost of a load, persist it and decide anew; return load and state.

    ServiceError for a load that cannot be boosted.
    """
    refuse_unknown_fields(others, "load", "state")
    found = able_load_named(plan_in_force(balancer), load, has_boost_rule, "load_without_boost")
    on = parse_on_or_off("state", state)
    await balancer.boosts.set_boost(found.name, on)
    await balancer.run_anew(now_s)
    return {"load": found.name, "state": "on" if on else "off"}


async def _set_value_and_run(
    balancer: Balancer, now_s: float, path: str, value: object, means_it: MeansIt, unfit: Message | None = None
) -> None:
    """Set a value and decide again; ServiceError if it is not valid now, or with `unfit`.

    `unfit`: why a device refuses it, None if it does not. `means_it`: whether a word of a live entity stands for the
    value.
    """
    why = balancer.settings.refusal(View(balancer.ports.get, now_s), path, value, means_it) or unfit
    if why:
        raise ServiceError(why)
    await balancer.settings.set(path, value, means_it)
    await balancer.run_anew(now_s)


async def replan_now(balancer: Balancer, now_s: float) -> None:
    """Update plans after a service changed something, and publish them before the service returns."""
    await balancer.replan(now_s)
    await balancer.run_anew(now_s)


def _parse_amps(current_a: object) -> float:
    """Return a current given by a user or template [A]; ServiceError if it is missing or no number."""
    if current_a is None:
        raise field_error("current_a", message("amps_missing"))
    amount_a = number_of(current_a)
    if amount_a is None:
        raise field_error("current_a", message("amps_wrong", value=shortened(current_a)))
    return int(amount_a) if amount_a == int(amount_a) else amount_a


def path_of(load: Load, key: str) -> str:
    """Return the path of a load's key in CONFIG."""
    return f"loads.{load.name}.{key}"


def plan_in_force(balancer: Balancer) -> Plan:
    """Return CONFIG's plan; ServiceError without a valid CONFIG.

    Also until restored settings are known, and after a newer load of the script has taken over.
    """
    plan = balancer.loaded.plan
    if plan is None:
        raise ServiceError(message("no_valid_config"))
    if not balancer.ready or not balancer.is_active:
        raise ServiceError(message("just_starting"))
    return plan


def load_named(plan: Plan, name: object) -> Load:
    """Return the load of this name or entity (ours or its device's).

    ServiceError without a name and for an unknown one, with the nearest name or all.
    """
    loads, called = plan.site({}).loads, load_name_of_entity(name)
    for load in loads:
        if called == load.name or called in DRIVERS[load.type].entities(load):
            return load
    names = [load.name for load in loads]
    known = {"known": names_or_none(names)}
    if name is None:
        raise field_error("load", message("load_not_named", **known))
    near = nearest_name(name, names)
    remedy = known if near is None else {"near": near}
    raise field_error("load", message("load_unknown", value=shortened(name), **remedy))


def load_as_set(balancer: Balancer, load: Load) -> Load:
    """Return a load with its present settings, and boosts aside; as it is by CONFIG before the first decision."""
    return load if balancer.as_set is None else balancer.as_set.by_name[load.name]


def able_load_named(plan: Plan, name: object, is_able: Callable[[Load], bool], code: str, **values: str) -> Load:
    """Return the load of this name or entity; ServiceError for none, and for one that is not able.

    The latter is the message of `code`, with the loads that are able.
    """
    found = load_named(plan, name)
    if not is_able(found):
        able = names_or_none(each.name for each in plan.site({}).loads if is_able(each))
        raise field_error("load", message(code, load=found.name, kind=found.type, known=able, **values))
    return found


@service
async def switch_phases(balancer: Balancer, now_s: float, load: object, phases: object, others: Others) -> Response:
    """Execute `fusebox_switch_phases`: set one or three phases for a charger until its car is unplugged.

    Return the load, the phases and what happens next; the switch itself takes the usual steps. ServiceError where
    nothing would happen: its phases are fixed, a dry run, another number, or what `choice_obstacle` says.
    """
    refuse_unknown_fields(others, "load", "phases")
    found = load_named(plan_in_force(balancer), load)
    phase_count = number_of(phases)
    site, snapshot = balancer.site, balancer.snapshot
    if site is None or snapshot is None:
        raise ServiceError(message("nothing_seen"))
    now = site.by_name.get(found.name, found)
    if now.switching is None:
        raise field_error("load", message("phases_fixed", load=found.name))
    if phase_count not in (1, len(now.switching.phases)):
        raise field_error("phases", message("phases_wrong", value=shortened(phases)))
    if site.dry_run:
        raise field_error("load", message("dry_run_commands_nothing"))
    known_switches = balancer.memory.phase_switches
    past = known_switches.get(found.name, NEW_PHASE_SWITCH)
    hindrance = choice_obstacle(now.switching, snapshot.loads[found.name], past, int(phase_count))
    if hindrance is not None:
        raise ServiceError(with_frame(hindrance, "unswitched", found.name))
    is_measured = quality_by_load(site, snapshot)[found.name] is DataQuality.GOOD
    balancer.memory = STORE["memory"] = fast_replace(
        balancer.memory,
        phase_switches={**known_switches, found.name: fast_replace(past, by_hand=int(phase_count))},
    )
    await balancer.run_anew(now_s)
    return {"load": found.name, "phases": int(phase_count), "next": choice_outcome(past, int(phase_count), is_measured)}
