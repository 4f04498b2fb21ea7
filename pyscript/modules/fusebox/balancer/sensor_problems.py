"""Entities that do not measure what CONFIG names them for: nothing else would show that they count for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tuning
from ..devices.appliances.thermostats import is_thermostat
from ..devices.counter import counter_problems
from ..devices.driver import draw_problems
from ..model.readings import View
from ..model.site import Site
from ..model.units import PERCENT, POWER, SETPOINT, TEMPERATURE, Quantity, other_unit_problem


class SensorProblems:
    """Looks every few seconds: units and kinds change when somebody changes them."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._looked_s = float("-inf")
        self._found: tuple[str, ...] = ()

    def of(self, site: Site, view: View) -> tuple[str, ...]:
        """A sentence for each."""
        if site is not self._site or not 0 <= view.now_s - self._looked_s < tuning.ANSWER_S:
            self._site, self._looked_s, self._found = site, view.now_s, tuple(_found(site, view))
        return self._found


def _found(site: Site, view: View) -> Iterator[str]:
    for problems in (draw_problems, counter_problems):
        for load in site.loads:
            yield from problems(view, load)
    for path, entity, quantity in _measuring(site):
        unit = view.shown_unit(entity)
        if unit and view.word(entity) is not None and not quantity.fits(unit):
            yield f"{path}: {other_unit_problem(entity, unit, quantity)}"


def _measuring(site: Site) -> Iterator[tuple[str, str, Quantity]]:
    """Path, entity and quantity of every entity that is read as a plain number."""
    named: list[tuple[str, object, Quantity]] = []
    for load in site.loads:
        place = f"loads.{load.name}"
        temperature = load.device.get("temperature")
        if not is_thermostat(temperature):
            named.append((f"{place}.temperature", temperature, TEMPERATURE))
        named.append((f"{place}.current", load.device.get("current"), SETPOINT))
        named.append((f"{place}.soc_pct", load.vehicle.soc_pct, PERCENT))
    if site.tariff is not None:
        named.append(("tariff.demand_kw", site.tariff.demand_kw, POWER))
        named.append(("tariff.month_peak_kw", site.tariff.month_peak_kw, POWER))
    charging = None if site.battery is None else site.battery.orders.charge_from_grid
    if charging is not None:
        named.append(("site.battery.charge_from_grid.power_w", charging.power_w, POWER))
    for path, entity, quantity in named:
        if isinstance(entity, str):
            yield path, entity, quantity
