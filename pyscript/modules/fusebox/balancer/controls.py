"""The values of CONFIG that have a control: one row each, for MQTT, the package of controls and `fusebox_set`.

A new control needs a row here, `settable` at its key in CONFIG's schema, its field in the form of `fusebox_set` and its
row on the card.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..config.config import Config
from ..config.values import Number, Words
from ..model.by_time import TimeTable
from ..model.electrics import watts
from ..model.load import Load
from ..model.site import MAIN, Site


@dataclass(frozen=True)
class EntityRow:
    """One entity: its kind, what it displays, its name, what it sets, and its value where that is one of CONFIG's.

    Buttons display nothing.
    """

    component: str
    key: str
    name: str
    more: Mapping[str, object] = field(default_factory=dict)
    sets: str = ""
    value: object = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A value of CONFIG that has a control: its key of the site or the load, its name, icon and step."""

    key: str
    """Services, topics and attributes call it by that too."""
    name: str
    icon: str
    step: float = 1
    of_battery: bool = False
    """Whether each battery has such a value; the control sets all of them."""

    def value_in_force(self, owner: Site | Load) -> object:
        """Return the value in force, None if this site or load has none; of several batteries that of the first.

        `max_a` is the user's maximum, not one lowered by a plan.
        """
        found: object = owner
        if isinstance(owner, Site) and self.of_battery:
            found = owner.batteries[0] if owner.batteries else None
        name, device = self.key, getattr(found, "device", {})
        return device.get(name) if name in device else getattr(found, {"max_a": "user_max_a"}.get(name, name), None)


SITE_SETTINGS = (
    Setting("distribution", "Distribution", "mdi:call-split"),
    Setting("max_import_w", "Import limit", "mdi:transmission-tower-import", 100),
    Setting("soc_target_pct", "Battery target", "mdi:battery-charging-80", of_battery=True),
    Setting("soc_min_pct", "Battery minimum", "mdi:battery-20", of_battery=True),
    Setting("allow_grid_charging", "Grid charging", "mdi:transmission-tower", of_battery=True),
    Setting("dry_run", "Dry run", "mdi:eye-outline"),
)
LOAD_SETTINGS = (
    Setting("min_a", "Lowest current", "mdi:current-ac"),
    Setting("max_a", "Highest current", "mdi:current-ac"),
    Setting("rated_w", "Rated power", "mdi:flash", 10),
    Setting("max_w", "Highest power", "mdi:flash", 10),
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


def control_paths(config: Config, owner: Site | Load) -> Mapping[Setting, Sequence[str]]:
    """Return setting -> its paths in CONFIG, for each control of this site or load, in the table's order.

    Only values that CONFIG has; a setting of batteries has a path for each battery.
    """
    if isinstance(owner, Load):
        places = {each: [f"loads.{owner.name}"] for each in LOAD_SETTINGS}
    else:
        batteries = [battery.place for battery in owner.batteries]
        places = {each: batteries if each.of_battery else ["site"] for each in SITE_SETTINGS}
    paths = {each: [f"{place}.{each.key}" for place in own] for each, own in places.items()}
    known = {each: [path for path in own if path in config.raw_values] for each, own in paths.items()}
    return {each: own for each, own in known.items() if own}


def setting_values(owner: Site | Load) -> dict[str, object]:
    """Return key -> value in force of the settings of a site or load, for the attributes of its entity.

    Without those that it does not have, except `max_import_w` (None), without a load's `min_a` and `max_a`, and without
    the `rated_w` of a load in watts. Values that depend on the time have no control and are left out.
    """
    settings = SITE_SETTINGS if isinstance(owner, Site) else LOAD_SETTINGS
    hidden = {"min_a", "max_a"} | ({"rated_w"} if isinstance(owner, Load) and owner.can.in_watts else set())
    values = {key: each.value_in_force(owner) for each in settings if (key := each.key) not in hidden}
    return {
        key: value
        for key, value in values.items()
        if not isinstance(value, TimeTable) and (value is not None or key == "max_import_w")
    }


def setting_rows(
    config: Config, site: Site, load: Load | None = None, device_max_a: float | None = None
) -> Iterator[EntityRow]:
    """Yield the controls of a load's values, or of the site's without a load: numbers, selects and switches.

    A number without a range to choose from is left out. The end of its range stands for no limit.
    """
    owner = site if load is None else load
    for setting, paths in control_paths(config, owner).items():
        # Several batteries have one control.
        kind, value, look = config.kind(paths[0]), setting.value_in_force(owner), {"icon": setting.icon}
        if isinstance(kind, Number):
            low, high = _control_range(setting, kind, site, load, device_max_a)
            if low < high:
                span = {"min": low, "max": high, "step": setting.step, **UNITS[kind.unit]}
                # The end of the range means no limit, because Home Assistant displays no value beyond it.
                shown = min(value, high) if isinstance(value, int | float) else high
                yield EntityRow("number", setting.key, setting.name, {**span, **look}, setting.key, shown)
        elif isinstance(kind, Words):
            words = list(dict.fromkeys(str(each) for each in kind.labels.values()))
            yield EntityRow("select", setting.key, setting.name, {"options": words, **look}, setting.key, str(value))
        else:
            yield EntityRow("switch", setting.key, setting.name, look, setting.key, "ON" if value else "OFF")


def _control_range(
    setting: Setting, kind: Number, site: Site, load: Load | None, device_max_a: float | None
) -> tuple[float, float]:
    """Return the lowest and highest value of a number's control: CONFIG's range, cut by the fuses and the device.

    `max_a` begins at the load's minimum. Without a load only a power is cut, by the main fuse.
    """
    if load is None:
        fuse_w = watts(site.circuit(MAIN).fuse_a, site.voltage_v, len(site.phases))
        return kind.low, min(kind.high, fuse_w) if kind.unit == "W" else kind.high
    if kind.unit == "A":
        low = min(load.min_a, load.user_max_a) if setting.key == "max_a" else kind.low
        return low, highest_max_a(site, load, device_max_a)
    if kind.unit == "W":
        fuse_a = min(circuit.fuse_a for circuit in site.above(load.circuit))
        return kind.low, round(min(kind.high, watts(fuse_a, site.voltage_v, len(load.phases))))
    return kind.low, kind.high


def highest_max_a(site: Site, load: Load, device_max_a: float | None) -> float:
    """Return the highest value that `max_a` of a charger may be set to [A]: the lowest of its fuses and its device.

    The device's maximum counts as no lower than the load's `min_a`; None for none.
    """
    fuses_a = [circuit.fuse_a for circuit in site.above(load.circuit)]
    return min([*fuses_a, *([] if device_max_a is None else [max(device_max_a, load.min_a)])])


def current_range_attributes(site: Site, load: Load, device_max_a: float | None) -> dict[str, object]:
    """Return the attributes of a load's range of currents, and the highest `max_a` that can be set.

    Empty for switched loads and for those that discharge.
    """
    if load.is_switched or load.can.discharges:
        return {}
    return {"min_a": load.min_a, "max_a": load.user_max_a, "highest_a": highest_max_a(site, load, device_max_a)}
