"""A plan is a wish: in its blocks a load wants as `standard` does, and the allocation decides as ever."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from ...devices.driver import entity_of
from ...model.load import Load, Mode
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


def planned(site: Site, running: Running, resting: Collection[str]) -> Site:
    """The site with the loads that run by plan, and with those off that have no mode of their own to wait in."""
    if not running and not resting:
        return site
    return replace(site, loads=tuple(_as_planned(load, running, resting) for load in site.loads))


def _as_planned(load: Load, running: Running, resting: Collection[str]) -> Load:
    if load.mode is Mode.BOOST:
        return load
    if load.name not in running:
        return replace(load, mode=Mode.OFF) if load.name in resting else load
    most_a = running[load.name]
    if most_a is None or load.on_off:
        return replace(load, mode=Mode.STANDARD)
    return load.capped(min(load.max_a, max(most_a, load.min_a)), Mode.STANDARD)
