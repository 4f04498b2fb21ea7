"""The services: each checks its fields, changes one thing and runs a step; or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from reprlib import repr as shortened
from typing import Literal

from ..config.read_config import Plan, allowed_modes, parse_distribution, parse_mode
from ..config.tree import choices
from ..control.data_quality import DataQuality, data_quality
from ..control.diagnostics.phase_words import by_hand_words, in_the_way
from ..devices import DRIVERS
from ..model.electrics import DUST
from ..model.load import Load, Mode
from ..model.messages.message import message, with_frame
from ..model.numbers import number_of
from ..model.phase_switch import NEW_PHASE_SWITCH
from ..model.readings import View
from ..model.records import fast_replace
from ..model.site import Distribution
from ..runtime.service_errors import Others, ServiceError, refuse_others, service
from ..runtime.service_fields import days_of, known_remedy, load_name, on_or_off
from ..runtime.settings import MeansIt
from ..runtime.store import STORE
from .balancer import Balancer
from .boosts import can_be_boosted

Bound = Literal["min_a", "max_a"]
"""The lower or the upper limit of a load's current."""


@service
async def explain(balancer: Balancer) -> Mapping[str, object]:
    """Execute `fusebox_explain`: return the last decision."""
    return balancer.explain()


@service
async def set_mode(
    balancer: Balancer, now_s: float, load: object, mode: object, others: Others
) -> Mapping[str, object]:
    """Execute `fusebox_set_mode`: set a load's mode, until CONFIG's own value is edited."""
    refuse_others(others, "load", "mode")
    found = load_of(plan_in_force(balancer), load)
    # YAML reads a bare `off` as False.
    wanted = parse_mode(found.type, "off" if mode is False else mode)
    if wanted is None:
        modes = ", ".join(allowed_modes(found.type))
        if mode is None:
            raise ServiceError(f"mode: which one? '{found.name}' has {modes}")
        raise ServiceError(f"mode: {shortened(mode)} is not a mode of '{found.name}'; use one of {modes}")
    present = None if balancer.as_set is None else balancer.as_set.by_name[found.name]
    if present is None or present.mode is not wanted:
        path = f"loads.{found.name}.mode"
        await _set(balancer, now_s, path, wanted.value, lambda label: parse_mode(found.type, label) is wanted)
    elif wanted is Mode.OFF:
        balancer.plans.plans.skip(found.name)
        await balancer.run_anew(now_s)
    await replan_now(balancer, now_s)
    return {"load": found.name, "mode": wanted.value}


@service
async def set_distribution(
    balancer: Balancer, now_s: float, distribution: object, others: Others
) -> Mapping[str, object]:
    """Execute `fusebox_set_distribution`: set how loads share, until CONFIG's own value is edited."""
    refuse_others(others, "distribution")
    if not plan_in_force(balancer).has_site:
        raise ServiceError("distribution: CONFIG has no site, so there is nothing to share; write one")
    wanted = parse_distribution(distribution)
    if wanted is None:
        words = choices(distribution, [each.value for each in Distribution])
        why = message("which_one", **words)
        if distribution is not None:
            why = message("value_not_of", value=shortened(distribution), what="a distribution", **words)
        raise ServiceError(with_frame(why, "path", "distribution"))
    await _set(balancer, now_s, "site.distribution", wanted.value, lambda label: parse_distribution(label) is wanted)
    return {"distribution": wanted.value}


@service
async def set_current(
    balancer: Balancer, now_s: float, bound: Bound, load: object, current_a: object, others: Others
) -> Mapping[str, object]:
    """Execute `fusebox_set_max_current` or `fusebox_set_min_current`, until CONFIG's own value is edited."""
    refuse_others(others, "load", "current_a")
    plan = plan_in_force(balancer)
    found = load_of(plan, load)
    path = f"loads.{found.name}.{bound}"
    if path not in plan.raw_values:
        able = [each.name for each in plan.site({}).loads if f"loads.{each.name}.{bound}" in plan.raw_values]
        rest = f"loads that have one are {', '.join(able)}" if able else "no load has one"
        raise ServiceError(f"load: '{found.name}' is of type {found.type}, which has no {bound}; {rest}")
    amount_a = _amps(current_a)
    refusal = device_refusal(balancer, found, amount_a) if bound == "max_a" else ""
    await _set(balancer, now_s, path, amount_a, lambda label: number_of(label) == amount_a, refusal)
    return {"load": found.name, "current_a": amount_a}


def device_refusal(balancer: Balancer, load: Load, amount_a: float) -> str:
    """Return why a load's device does not accept this current, "" where it does or reports no maximum."""
    state = None if balancer.snapshot is None else balancer.snapshot.loads.get(load.name)
    most_a = None if state is None else state.device_max_a
    if most_a is None or amount_a <= most_a + DUST:
        return ""
    refusal = message("current_above_charger", asked_a=amount_a, most_a=most_a)
    return with_frame(refusal, "path", f"loads.{load.name}.max_a")


@service
async def reset_charger(balancer: Balancer, now_s: float, load: object, others: Others) -> Mapping[str, object]:
    """Execute `fusebox_reset_charger`: clear a charger's limits and set them again."""
    refuse_others(others, "load")
    found = load_of(plan_in_force(balancer), load)
    try:
        await balancer.reset(found.name, now_s)
    except ValueError as error:
        raise ServiceError(f"load: {error}") from error
    return {"load": found.name, "reset": True}


@service
async def boost(balancer: Balancer, now_s: float, load: object, state: object, others: Others) -> Mapping[str, object]:
    """Execute `fusebox_boost`: start or end the boost of a load."""
    refuse_others(others, "load", "state")
    plan = plan_in_force(balancer)
    found = load_of(plan, load)
    if not can_be_boosted(found):
        able = [each.name for each in plan.site({}).loads if can_be_boosted(each)]
        rest = f"loads that can are {', '.join(able)}" if able else "no load can"
        raise ServiceError(f"load: '{found.name}' is of type {found.type}, which cannot be boosted; {rest}")
    on = on_or_off("state", state)
    await balancer.boosts.set(found.name, on)
    await balancer.run_anew(now_s)
    return {"load": found.name, "state": "on" if on else "off"}


@service
async def sessions(
    balancer: Balancer, now_s: float, load: object, days: object, others: Others
) -> Mapping[str, object]:
    """Execute `fusebox_sessions`: return the sessions that ended in the last `days`."""
    refuse_others(others, "load", "days")
    plan = plan_in_force(balancer)
    name = None if load is None else load_of(plan, load).name
    amount = days_of(days)
    if balancer.energy_keeper is None:
        raise ServiceError("sessions are not kept here: there is no folder .storage beside pyscript/")
    try:
        found = await balancer.energy_keeper.sessions(now_s, amount)
    except OSError as error:
        raise ServiceError(f"the sessions cannot be read: {error}") from error
    return {"sessions": [line for line in found if name in (None, line["load"])]}


async def _set(balancer: Balancer, now_s: float, path: str, value: object, means_it: MeansIt, unfit: str = "") -> None:
    """Set a value if it is valid now, and decide again. `unfit`: why a device refuses it, "" if it does not."""
    why = balancer.settings.refusal(View(balancer.ports.get, now_s), path, value, means_it) or unfit
    if why:
        raise ServiceError(why)
    await balancer.settings.set(path, value, means_it)
    await balancer.run_anew(now_s)


async def replan_now(balancer: Balancer, now_s: float) -> None:
    """Update plans after a service changed something, and publish them before the service returns."""
    await balancer.replan(now_s)
    await balancer.run_anew(now_s)


def _amps(current_a: object) -> float:
    """Return a current given by a user or template [A]; ServiceError if it is no number."""
    if current_a is None:
        raise ServiceError("current_a: how much? Give amps without a unit, such as 16")
    amount_a = number_of(current_a)
    if amount_a is None:
        raise ServiceError(f"current_a: {shortened(current_a)} is not a number; give amps without a unit, such as 16")
    return int(amount_a) if amount_a == int(amount_a) else amount_a


def plan_in_force(balancer: Balancer) -> Plan:
    """Return CONFIG's plan once restored settings are known; ServiceError before that, as changes would be lost."""
    plan = balancer.loaded.plan
    if plan is None:
        raise ServiceError(message("no_valid_config"))
    if not balancer.ready or not balancer.is_active:
        raise ServiceError(message("just_starting"))
    return plan


def load_of(plan: Plan, name: object) -> Load:
    """Return the load of this name or entity (ours or its device's); ServiceError for none."""
    loads, called = plan.site({}).loads, load_name(name)
    for load in loads:
        if called == load.name or called in DRIVERS[load.type].entities(load):
            return load
    remedy = known_remedy(name, "loads", [load.name for load in loads])
    if name is None:
        raise ServiceError(f"load: which one? {remedy}")
    raise ServiceError(f"load: there is no load {shortened(name)}; {remedy}")


@service
async def switch_phases(
    balancer: Balancer, now_s: float, load: object, phases: object, others: Others
) -> Mapping[str, object]:
    """Execute `fusebox_switch_phases`: choose one or three phases for a charger until its car is unplugged.

    The switch takes the usual steps; it is refused where nothing would happen.
    """
    refuse_others(others, "load", "phases")
    found = load_of(plan_in_force(balancer), load)
    lines = number_of(phases)
    site, snapshot = balancer.site, balancer.snapshot
    if site is None or snapshot is None:
        raise ServiceError(message("nothing_seen"))
    now = site.by_name.get(found.name, found)
    if now.switching is None:
        raise ServiceError(f"load: '{found.name}' does not switch phases; write \"switch_phases\": True in its CONFIG")
    if lines not in (1, len(now.switching.phases)):
        raise ServiceError(f"phases: {shortened(phases)} is neither 1 nor 3; give one of these")
    if site.dry_run:
        raise ServiceError(with_frame(message("dry_run_commands_nothing"), "path", "load"))
    known_switches = balancer.memory.phase_switches
    past = known_switches.get(found.name, NEW_PHASE_SWITCH)
    hindrance = in_the_way(now.switching, snapshot.loads[found.name], past, int(lines))
    if hindrance is not None:
        raise ServiceError(with_frame(hindrance, "unswitched", found.name))
    is_seen = data_quality(site, snapshot)[found.name] is DataQuality.GOOD
    balancer.memory = STORE["memory"] = fast_replace(
        balancer.memory,
        phase_switches={**known_switches, found.name: fast_replace(past, by_hand=int(lines))},
    )
    await balancer.run_anew(now_s)
    return {"load": found.name, "phases": int(lines), "next": by_hand_words(past, int(lines), is_seen)}
