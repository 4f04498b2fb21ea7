"""A plan is a wish: in its blocks a load wants as `standard` does, and the allocation decides as ever."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from ...devices.driver import entity_of
from ...model.load import Load, Mode
from ...model.load_plan import LoadPlan
from ...model.site import Site

Running = Mapping[str, float | None]
"""Load -> what its plan keeps it to on each phase that it uses [A], None for all that it can take."""


def can_be_planned(load: Load) -> bool:
    """Whether it is a charger, a plug or a tank."""
    return not load.can.discharges and not load.can.by_signal and (load.on_off or not load.is_switched)


def tells_of_car(load: Load) -> bool:
    """Whether its car is seen to come and leave; not of what is switched, nor of a charger without a status."""
    knows_by_itself = "charger" in load.device
    return not load.is_switched and (knows_by_itself or entity_of(load, "status") is not None)


class PlansNow(NamedTuple):
    """What plans make of the site's loads."""

    running: Running
    """The loads whose block it is."""
    resting: Collection[str]
    """Those that wait for theirs with nothing else to do: nobody has chosen a mode."""
    instead: Mapping[str, LoadPlan | None]
    """Load -> the plan that counts in place of CONFIG's; None where no plan counts: it was skipped, or is done."""


def planned(site: Site, plans: PlansNow) -> Site:
    """The site with the plans that count, the loads that run by them, and those off that have no mode to wait in."""
    if not any(plans):
        return site
    return replace(site, loads=tuple(_as_planned(load, *plans) for load in site.loads))


def _as_planned(load: Load, running: Running, resting: Collection[str], instead: Mapping[str, LoadPlan | None]) -> Load:
    if load.name in instead:
        load = replace(load, plan=instead[load.name])
    if load.mode is Mode.BOOST:
        return load
    if load.name not in running:
        return replace(load, mode=Mode.OFF) if load.name in resting else load
    most_a = running[load.name]
    if most_a is None or load.on_off:
        return replace(load, mode=Mode.STANDARD)
    return load.capped(min(load.max_a, max(most_a, load.min_a)), Mode.STANDARD)
