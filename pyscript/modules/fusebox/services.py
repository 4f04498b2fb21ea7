"""What the services do: each checks its fields, changes one thing and runs a step; or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from .read_config import allowed_modes, parse_mode
from .refusals import Refusal, answered
from .runtime import Balancer
from .site import Load

GIVEN_BY_PYSCRIPT = frozenset({"trigger_type", "context"})
"""What pyscript adds to the fields of a call."""


async def set_mode(
    balancer: Balancer, now_s: float, load: object, mode: object, others: Mapping[str, object]
) -> object:
    """`fusebox_set_mode`: how a load wants to be served. Lasts until CONFIG's own value is edited."""
    return await answered(_set_mode(balancer, now_s, load, mode, others))


async def explain(balancer: Balancer) -> object:
    """`fusebox_explain`: the last decision."""

    async def work() -> Mapping[str, object]:
        return balancer.explain()

    return await answered(work())


async def _set_mode(
    balancer: Balancer, now_s: float, load: object, mode: object, others: Mapping[str, object]
) -> Mapping[str, str]:
    _refuse_others(others, "load", "mode")
    found = _load(balancer, load)
    # YAML reads a bare `off` as False: what else could be meant?
    wanted = parse_mode(found.type, "off" if mode is False else mode)
    if wanted is None:
        known = ", ".join(allowed_modes(found.type))
        raise Refusal(f"mode: {mode!r} is not a mode of '{found.name}'; use one of {known}")
    await balancer.settings.set(
        f"loads.{found.name}.mode", wanted.value, lambda label: parse_mode(found.type, label) is wanted
    )
    await balancer.run(now_s, anew=True)
    return {"load": found.name, "mode": wanted.value}


def _refuse_others(others: Mapping[str, object], *known: str) -> None:
    for field in sorted(set(others) - GIVEN_BY_PYSCRIPT):
        raise Refusal(f"{field}: there is no such field; the fields are {', '.join(known)}")


def _load(balancer: Balancer, name: object) -> Load:
    plan = balancer.loaded.plan
    if plan is None:
        raise Refusal("there is no valid CONFIG yet; sensor.fusebox_site says what is wrong")
    if not balancer.ready:
        raise Refusal("Fusebox is just starting; call again in a second")
    loads = {load.name: load for load in plan.site({}).loads}
    if isinstance(name, str) and name in loads:
        return loads[name]
    if name is None:
        raise Refusal(f"load: which one? Known loads are {', '.join(loads) or 'none'}")
    near = get_close_matches(str(name), loads, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"known loads are {', '.join(loads) or 'none'}"
    raise Refusal(f"load: there is no load {name!r}; {hint}")
