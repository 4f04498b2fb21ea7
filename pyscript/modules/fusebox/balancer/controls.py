"""The values of CONFIG that have a control: one row each, for MQTT, the package of controls and `fusebox_set`.

A new control needs a row here, `settable` at its key in CONFIG's schema, its field in the form of `fusebox_set` and its
row on the card.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..config.read_config import Plan
from ..config.values import Number, Words
from ..model.electrics import watts
from ..model.load import Load
from ..model.site import MAIN, Site
from .installed import highest_a


@dataclass(frozen=True)
class Row:
    """One entity: its kind, what it displays, its name, what it sets, and its value where that is one of CONFIG's.

    Buttons display nothing."""

    component: str
    key: str
    name: str
    more: Mapping[str, object] = field(default_factory=dict)
    sets: str = ""
    value: object = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A value of CONFIG that has a control: its path below the site or the load, its name, icon and step."""

    path: str
    name: str
    icon: str
    step: float = 1

    @property
    def key(self) -> str:
        """The last part of its path, by which services, topics and attributes call it."""
        return self.path.rpartition(".")[2]

    def value(self, owner: Site | Load) -> object:
        """The value in force, None where this site or load has none."""
        found: object = owner
        for name in self.path.split("."):
            device = getattr(found, "device", {})
            found = device.get(name) if name in device else getattr(found, name, None)
        return found


SITE_SETTINGS = (
    Setting("distribution", "Distribution", "mdi:call-split"),
    Setting("max_import_w", "Import limit", "mdi:transmission-tower-import", 100),
    Setting("battery.soc_target_pct", "Battery target", "mdi:battery-charging-80"),
    Setting("battery.soc_min_pct", "Battery minimum", "mdi:battery-20"),
    Setting("battery.allow_grid_charging", "Grid charging", "mdi:transmission-tower"),
    Setting("dry_run", "Dry run", "mdi:eye-outline"),
)
LOAD_SETTINGS = (
    Setting("min_a", "Lowest current", "mdi:current-ac"),
    Setting("max_a", "Highest current", "mdi:current-ac"),
    Setting("rated_w", "Rated power", "mdi:flash", 10),
    Setting("normal_c", "Normal temperature", "mdi:thermometer"),
    Setting("boost_c", "Boost temperature", "mdi:thermometer-high"),
)

UNITS: Mapping[str, Mapping[str, object]] = {
    "A": {"unit_of_measurement": "A", "device_class": "current", "mode": "box"},
    "W": {"unit_of_measurement": "W", "device_class": "power", "mode": "box"},
    "%": {"unit_of_measurement": "%", "mode": "slider"},
    "C": {"unit_of_measurement": "°C", "device_class": "temperature", "mode": "slider"},
}
"""Unit of a key -> how Home Assistant shows a number in it."""


def paths_of(plan: Plan, owner: Site | Load) -> Mapping[str, Setting]:
    """The paths of CONFIG that have a control for this site or load, in the order of the table."""
    prefix, settings = ("site", SITE_SETTINGS) if isinstance(owner, Site) else (f"loads.{owner.name}", LOAD_SETTINGS)
    return {path: each for each in settings if (path := f"{prefix}.{each.path}") in plan.raw_values}


def values_of(owner: Site | Load) -> dict[str, object]:
    """Key -> value in force, for the attributes of an entity, without the currents of a charger."""
    settings = SITE_SETTINGS if isinstance(owner, Site) else LOAD_SETTINGS
    shown = [each for each in settings if each.key not in ("min_a", "max_a")]
    present = [each for each in shown if each.value(owner) is not None or each.key == "max_import_w"]
    return {each.key: each.value(owner) for each in present}


def setting_rows(plan: Plan, site: Site, load: Load | None = None, device_max_a: float | None = None) -> Iterator[Row]:
    """The controls of a load's values, of the site's without a load; none where there is nothing to choose."""
    owner = site if load is None else load
    for path, setting in paths_of(plan, owner).items():
        kind, value, look = plan.kind(path), setting.value(owner), {"icon": setting.icon}
        if isinstance(kind, Number):
            low, high = _range(setting, kind, site, load, device_max_a)
            if low < high:
                span = {"min": low, "max": high, "step": setting.step, **UNITS[kind.unit]}
                # An end stands for no limit; and Home Assistant displays no value beyond one.
                shown = min(value, high) if isinstance(value, int | float) else high
                yield Row("number", setting.key, setting.name, {**span, **look}, setting.key, shown)
        elif isinstance(kind, Words):
            words = list(dict.fromkeys(str(each) for each in kind.labels.values()))
            yield Row("select", setting.key, setting.name, {"options": words, **look}, setting.key, str(value))
        else:
            yield Row("switch", setting.key, setting.name, look, setting.key, "ON" if value else "OFF")


def _range(
    setting: Setting, kind: Number, site: Site, load: Load | None, device_max_a: float | None
) -> tuple[float, float]:
    """The ends of a number's control: those of its key, where a fuse or the device itself does not end it earlier."""
    if load is None:
        fuse_w = watts(site.circuit(MAIN).fuse_a, site.voltage_v, len(site.phases))
        return kind.low, min(kind.high, fuse_w) if kind.unit == "W" else kind.high
    if kind.unit == "A":
        low = min(load.min_a, load.max_a) if setting.key == "max_a" else kind.low
        return low, highest_a(site, load, device_max_a)
    if kind.unit == "W":
        fuse_a = min(circuit.fuse_a for circuit in site.above(load.circuit))
        return kind.low, round(min(kind.high, watts(fuse_a, site.voltage_v, len(load.phases))))
    return kind.low, kind.high
