"""The services: each checks its fields, changes one thing and runs a step; or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from reprlib import repr as shortened

from ..config.config import NO_CONFIG, Config
from ..config.read_config import allowed_modes, parse_mode
from ..config.tree import near_or_known
from ..control.demand.phase_rules import choice_obstacle, choice_outcome
from ..devices import DRIVERS
from ..model.data_quality import DataQuality, quality_by_load
from ..model.load import Load, Mode
from ..model.messages.message import message, with_frame
from ..model.numbers import number_of
from ..model.phases_memory import NEW_PHASE_SWITCH
from ..model.readings import View
from ..model.records import fast_replace
from ..runtime.service_calls import (
    Response,
    ServiceError,
    field_error,
    load_name_of_entity,
    names_or_none,
    parse_on_or_off,
    service,
)
from ..runtime.store import STORE
from .balancer import Balancer
from .boosts import has_boost_rule
from .plans.inputs import StepResult

ALL = "all"
"""The value of `load` that means all loads."""


@service
async def explain(balancer: Balancer) -> Response:
    """Execute `fusebox_explain`: return the last decision."""
    return balancer.explain()


@service
async def set_mode(balancer: Balancer, now_s: float, *, load: object, mode: object) -> Response:
    """Execute `fusebox_set_mode`: set a load's mode, until CONFIG's own value is edited; a bare False means off.

    Return the load and its mode; plans are made anew. `off` also ends a boost, and for a load that is off it skips its
    plan. ServiceError for an unknown load or mode.
    """
    found = load_named(config_in_force(balancer), load)
    # YAML reads a bare `off` as False.
    wanted = parse_mode(found.type, "off" if mode is False else mode)
    if wanted is None:
        modes = ", ".join(allowed_modes(found.type))
        if mode is None:
            raise field_error("mode", message("mode_not_named", load=found.name, known=modes))
        raise field_error("mode", message("mode_unknown", value=shortened(mode), load=found.name, known=modes))
    if wanted is Mode.OFF:
        await balancer.boosts.set_boost(found.name, False)
    if balancer.result is None or load_as_set(balancer, found).mode is not wanted:
        path = path_of(found, "mode")
        if why := balancer.settings.refusal(View(balancer.ports.get, now_s), path, wanted.value):
            raise ServiceError(why)
        await balancer.settings.set(path, wanted.value)
    elif wanted is Mode.OFF:
        balancer.plans.plans.skip_plan(found.name)
    await decide_and_plan(balancer, now_s)
    return {"load": found.name, "mode": wanted.value}


@service
async def reset_charger(balancer: Balancer, now_s: float, *, load: object) -> Response:
    """Execute `fusebox_reset_charger`: clear a charger's limits and set them again, or restart it, as its driver does.

    ServiceError for an unknown load, in a dry run, before the first decision and where its device has no reset.
    """
    found = load_named(config_in_force(balancer), load)
    last = last_step(balancer)
    site, view = last.served, View(balancer.ports.get, now_s)
    if site.dry_run:
        raise field_error("load", message("dry_run_commands_nothing"))
    try:
        balancer.device_sessions.reset(site.by_name[found.name], view, last.snapshot, site.voltage_v)
    except ValueError as error:
        raise field_error("load", error.args[0]) from error
    await balancer.run_anew(now_s)
    return {"load": found.name, "reset": True}


@service
async def boost(balancer: Balancer, now_s: float, *, load: object, state: object) -> Response:
    """Execute `fusebox_boost`: start or end the boost of a load, persist it and decide anew; return load and state.

    The state is off where the boost is complete at once. ServiceError for a load that cannot be boosted.
    """
    found = able_load_named(config_in_force(balancer), load, has_boost_rule, "load_without_boost")
    await balancer.boosts.set_boost(found.name, parse_on_or_off("state", state))
    await balancer.run_anew(now_s)
    return {"load": found.name, "state": "on" if found.name in balancer.boosts.names else "off"}


async def decide_and_plan(balancer: Balancer, now_s: float) -> None:
    """Decide and plan anew after a service has changed something; all of it is published when this returns.

    The decision comes first, because plans follow from it.
    """
    await balancer.run_anew(now_s)
    await plan_and_decide(balancer, now_s)


async def plan_and_decide(balancer: Balancer, now_s: float) -> None:
    """Plan anew after a service has changed a plan, then decide by it: a decision before would show that none is made.

    All of it is published when this returns.
    """
    await balancer.replan(now_s)
    await balancer.run_anew(now_s)


def path_of(load: Load, key: str) -> str:
    """Return the path of a load's key in CONFIG."""
    return f"loads.{load.name}.{key}"


def config_in_force(balancer: Balancer) -> Config:
    """Return the present CONFIG; ServiceError without a valid one.

    Also until restored settings are known, and after a newer load of the script has taken over.
    """
    config = balancer.loaded.config
    if config is NO_CONFIG:
        raise ServiceError(message("no_valid_config"))
    if not balancer.ready or not balancer.is_active:
        raise ServiceError(message("just_starting"))
    return config


def last_step(balancer: Balancer) -> StepResult:
    """Return the result of the last step; ServiceError before the first."""
    if balancer.result is None:
        raise ServiceError(message("nothing_seen"))
    return balancer.result


def load_named(config: Config, name: object) -> Load:
    """Return the load of this name or entity (ours or its device's).

    ServiceError without a name and for an unknown one, with the nearest name or all.
    """
    loads, called = config.site({}).loads, load_name_of_entity(name)
    for load in loads:
        if called == load.name or called in DRIVERS[load.type].entities(load):
            return load
    names = [load.name for load in loads] or ["none"]
    if name is None:
        raise field_error("load", message("load_not_named", known=", ".join(names)))
    raise field_error("load", message("load_unknown", value=shortened(name), **near_or_known(str(name), names)))


def load_as_set(balancer: Balancer, load: Load) -> Load:
    """Return a load with its present settings, and boosts aside; as it is by CONFIG before the first decision."""
    return balancer.as_set.by_name[load.name]


def able_load_named(config: Config, name: object, is_able: Callable[[Load], bool], code: str) -> Load:
    """Return the load of this name or entity; ServiceError for none, and for one that is not able.

    The latter is the message of `code`, with the loads that are able.
    """
    found = load_named(config, name)
    if not is_able(found):
        able = names_or_none(each.name for each in config.site({}).loads if is_able(each))
        raise field_error("load", message(code, load=found.name, kind=found.type, known=able))
    return found


@service
async def switch_phases(balancer: Balancer, now_s: float, *, load: object, phases: object) -> Response:
    """Execute `fusebox_switch_phases`: set one or three phases for a charger until its car is unplugged.

    Return the load, the phases and what happens next; the switch itself takes the usual steps. ServiceError where
    nothing would happen: its phases are fixed, a dry run, another number, or what `choice_obstacle` says.
    """
    found = load_named(config_in_force(balancer), load)
    phase_count = number_of(phases)
    last = last_step(balancer)
    site, snapshot = last.served, last.snapshot
    now = site.by_name[found.name]
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
    switches = {**known_switches, found.name: fast_replace(past, by_hand=int(phase_count))}
    balancer.memory = STORE["memory"] = fast_replace(balancer.memory, phase_switches=switches)
    await balancer.run_anew(now_s)
    return {"load": found.name, "phases": int(phase_count), "next": choice_outcome(past, int(phase_count), is_measured)}


@service
async def commission(balancer: Balancer, now_s: float, *, load: object, confirm: object, stop: object) -> Response:
    """Execute `fusebox_commission`: return the plan of a wiring test; `confirm` starts one, `stop` ends it.

    With `stop`, `confirm` is ignored, and the state of the test is returned. Starting or ending decides anew at once.
    ServiceError while a test runs, before the first decision and where none can run.
    """
    test, begins = balancer.commissioning, parse_on_or_off("confirm", confirm)
    if parse_on_or_off("stop", stop):
        test.stop(message("wiring_test_stopped"))
        await balancer.run_anew(now_s)
        return {"state": test.state, **test.attributes()}
    named, config = load not in (None, ALL), config_in_force(balancer)
    chosen = [load_named(config, load).name] if named else [each.name for each in config.site({}).loads]
    last = last_step(balancer)
    if test.is_running:
        raise ServiceError(message("wiring_test_running"))
    try:
        plan, out = test.plan(last, chosen, named)
    except ValueError as error:
        raise ServiceError(error.args[0]) from error
    if begins:
        test.begin(last, chosen, named)
        await balancer.run_anew(now_s)
        return {"state": test.state, "plan": plan, "left_out": list(out)}
    again = {"plan": plan, "next": "call it again with confirm: true"}
    return {**test.attributes(), "state": test.state, **again, "left_out": list(out)}
