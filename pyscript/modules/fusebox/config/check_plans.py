"""Cross-checks of plans: what a plan needs beside itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .check_site import amount, branches
from .fields import at
from .plan_schema import UNUSED
from .tree import Problem, show

BY_SOC = ("soc_target_pct", "min_soc_pct")
NEEDED = {"soc_pct": "the entity of the car's state of charge", "capacity_kwh": "what the car's battery holds"}


def plan_errors(tree: Mapping[str, object]) -> Iterator[Problem]:
    """A state of charge that nobody tells, or nobody can turn into energy."""
    for name, load in branches(tree.get("loads")):
        plan = load.get("plan")
        asked = [key for key in BY_SOC if at(plan, key) is not None]
        for key, what in NEEDED.items():
            if asked and key in load and load[key] is None:
                yield Problem(f"loads.{name}.{key}", f"required by plan.{asked[0]}; write {what}")
        least, target = amount(at(plan, "min_soc_pct")), amount(at(plan, "soc_target_pct"))
        if least is not None and target is not None and least > target:
            why = f"{show(least)} is above soc_target_pct; write {show(target)} or less"
            yield Problem(f"loads.{name}.plan.min_soc_pct", why)


def battery_plan_errors(tree: Mapping[str, object]) -> Iterator[Problem]:
    """What a battery's plan needs beside itself."""
    battery = at(tree.get("site"), "battery")
    needed = {"capacity_kwh": "what it holds, such as 10", "charge_from_grid": "what makes it charge from the grid"}
    for key, what in needed.items():
        if at(battery, "plan") is not None and at(battery, key) is None:
            yield Problem(f"site.battery.{key}", f"required by plan; write {what}")
    if at(battery, "plan") is not None and tree.get("prices") is None:
        yield Problem("site.battery.plan", "needs the section prices: it charges where that saves something")
    least, target = amount(at(battery, "soc_min_pct")), amount(at(battery, "plan", "soc_target_pct"))
    if least is not None and target is not None and target < least:
        why = f"{show(target)} is below soc_min_pct ({show(least)} %); write more"
        yield Problem("site.battery.plan.soc_target_pct", why)


def plan_warnings(tree: Mapping[str, object]) -> Iterator[Problem]:
    """Plans that cannot do what is meant."""
    for name, load in branches(tree.get("loads")):
        if at(load.get("plan"), "max_price") is not None and tree.get("prices") is None:
            yield Problem(f"loads.{name}.plan.max_price", "does nothing without the section prices")
    for section, key in (("prices", "import"), ("prices", "export"), ("forecast", "solar")):
        source = at(tree.get(section), key)
        service = at(source, "service")
        for unused in UNUSED.get(str(service), ()):
            if at(source, unused) is not None:
                yield Problem(f"{section}.{key}.{unused}", f"{service} does not ask for it; leave it out")
