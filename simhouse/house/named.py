"""The entities that a CONFIG names: settings that the demonstration invents, and readings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..host.package_path import reach_package

reach_package()

from fusebox.config.read_config import read_config  # noqa: E402

INVENTED = {
    "main_fuse_a": "25",
    "fuse_a": "16",
    "add": "0",
    "factor": "1",
    "ready_by": "07:00:00",
    "energy_kwh": "10",
    "soc_target_pct": "80",
    "hours": "2",
}
"""Key of CONFIG -> invented state of its entity, where CONFIG has no default or its default is the least."""

SWITCHED_BY_OTHERS = {"dim": "off", "away": "off", "power_saving": "0"}
"""Key of CONFIG -> state of its entity while grid operator and residents request nothing."""


class AnySecret(dict[str, str]):
    """Secrets that all exist; their values do not matter here."""

    def __contains__(self, _name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return name


@dataclass(frozen=True)
class ConfigEntities:
    """`settings`: entity -> its state. `readings`: path in CONFIG -> entity."""

    settings: Mapping[str, str]
    readings: Mapping[str, str]


def entities_in_config(config: Mapping[str, Any]) -> ConfigEntities:
    """Return the entities of a raw CONFIG; empty when it has mistakes, which the scripts report."""
    checked = read_config(config, AnySecret()).config
    settings = {entity: _default_state(path, checked.defaults[path]) for path, entity in checked.live.items()}
    asked = {entity: SWITCHED_BY_OTHERS.get(path.rpartition(".")[2]) for path, entity in checked.named.items()}
    settings |= {entity: state for entity, state in asked.items() if state is not None}
    return ConfigEntities(settings, {path: entity for path, entity in checked.named.items() if entity not in settings})


def unsimulated_loads(absent: Mapping[str, str]) -> Iterator[str]:
    """Yield the loads with entities that nothing reports, each once."""
    yield from dict.fromkeys(path.split(".")[1] for path in absent if path.startswith("loads."))


def _default_state(path: str, default: object) -> str:
    if default is None or path.endswith("fuse_a"):
        return INVENTED.get(path.rpartition(".")[2], "unknown")
    if isinstance(default, bool):
        return "on" if default else "off"
    return f"{default:g}" if isinstance(default, int | float) else str(default)
