"""Sentences about what a replay assumes."""

from collections.abc import Mapping
from typing import Any

from simhouse.devices.helpers import Helpers
from simhouse.devices.linked import HUAWEI
from simhouse.devices.price_entity import price_sources
from simhouse.house.named import entities_in_config

from .draws import CHARGERS, LEFT_OUT, OWN_SCRIPTS, DrawRecord, Part, control_entities, soc_entities, sun_entities
from .recording import Recording
from .sessions import has_status


def assumptions(
    config: Mapping[str, Any], parts: Mapping[str, Part], draws: Mapping[str, DrawRecord], recording: Recording
) -> list[str]:
    """Return the assumptions about each load, about settings without a record, and about what is left out."""
    notes = []
    for name, part in parts.items():
        load = config["loads"][name]
        if part is Part.ABSENT:
            who = "a made-up car charges there" if load["type"] in CHARGERS else "it is simulated"
            notes.append(f"{name}: {part.value}; {who}, on top of what the meter showed")
        elif part in LEFT_OUT:
            notes.append(f"{name}: {part.value}; it counts as part of the house and is not controlled here")
        elif load["type"] in CHARGERS:
            stays = "its stays are known from its status" if has_status(load, recording) else "its stays are guessed"
            notes.append(f"{name}: {stays}; in each it asks for the energy that it really took")
        elif load["type"] in ("tank", "sg_ready"):
            notes.append(f"{name}: its recorded draw is taken out; its water and compressor are modelled")
        if name in draws and draws[name].unknown_s > 3600:
            notes.append(
                f"{name}: its draw was unknown for {draws[name].unknown_s / 3600:.1f} h; then it is part of the house"
            )
    notes += [
        f"{entity}: {Part.ABSENT.value}; it is taken as '{value}'"
        for entity, value in Helpers(config, {}, entities_in_config(config).settings).values.items()
        if entity not in recording.histories and entity not in control_entities(config)
    ]
    told = (*sun_entities(config), *soc_entities(config), *price_sources(config))
    unknown = [entity for entity in told if entity not in recording.histories]
    notes += [f"{entity}: {Part.ABSENT.value}; the scripts do not know it here" for entity in unknown]
    notes += [
        f"{key}.{name}: {source.get('service')} is not asked here; what it answered is not in the record"
        for key, name in (("prices", "import"), ("prices", "export"), ("forecast", "solar"))
        if isinstance(source := (config.get(key) or {}).get(name), Mapping)
    ]
    if config.get(HUAWEI):
        notes.append("'huawei': the inverter is not asked here; what Fusebox reads of it is not in the record")
    notes += [f"section '{key}': its script is not replayed" for key in OWN_SCRIPTS if config.get(key)]
    return notes
