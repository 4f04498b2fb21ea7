"""In which form a charge point takes its limits: unit, kind of profile, stack level, and place."""

from __future__ import annotations

from ...config.load_schemas import USUAL_PROFILE, USUAL_STACK_LEVEL
from ...model.load import Load
from ...model.readings import View
from .attempts import KINDS, UNITS
from .entities import connector_of, entity
from .memory import OcppMemory
from .phases import phases_in_use
from .profiles import Placement, ProfileForm
from .vendors import Quirks, quirks_of


def quirks_seen(load: Load, view: View) -> Quirks:
    """The row of the charger's maker."""
    maker, model = (entity(load, key, view) for key in ("vendor", "model"))
    return quirks_of(
        load.device.get("vendor"),
        None if maker is None else view.word(maker),
        None if model is None else view.word(model),
    )


def form_of(load: Load, memory: OcppMemory, quirks: Quirks) -> ProfileForm:
    """The form to send limits in now."""
    kind, stack = str(load.device["profile"]), load.device["stack_level"]
    level = stack if isinstance(stack, int) else USUAL_STACK_LEVEL
    # A maker's row counts where CONFIG says no more than it does by itself.
    if kind == USUAL_PROFILE and quirks.kind is not None:
        kind = quirks.kind
    if level == USUAL_STACK_LEVEL and quirks.stack is not None:
        level = quirks.stack
    if memory.configuration.most_stack is not None:
        level = min(level, memory.configuration.most_stack)
    kinds = min(KINDS.index(kind) + memory.compliance.tried.kind_changes, len(KINDS) - 1)
    unit, phases = unit_of_limits(load, memory, quirks), phases_in_use(load, memory)
    return ProfileForm(unit, KINDS[kinds], level, phases, _placement(load, memory))


def _placement(load: Load, memory: OcppMemory) -> Placement:
    """Where limits lie: as it was tried, else alone where the charger says that there is no room for more."""
    tried = memory.compliance.tried.placement
    return Placement.ALONE if tried is Placement.ABOVE_SAFE and says_room(load, memory) is False else tried


def says_room(load: Load, memory: OcppMemory) -> bool | None:
    """Whether the charger says that it has room for two profiles; each connector needs two. None where it does not."""
    slots = memory.configuration.slots
    return None if slots is None else slots >= 2 * connector_of(load)


def unit_of_limits(load: Load, memory: OcppMemory, quirks: Quirks) -> str:
    """A or W: as CONFIG says, as its maker is known, as it answered, or as it turned out."""
    configured = load.device["rate_unit"]
    if configured != "auto":
        return str(configured)
    return quirks.unit or memory.configuration.unit or UNITS[memory.compliance.tried.unit_changes]


def is_unit_open(load: Load, memory: OcppMemory, quirks: Quirks) -> bool:
    """Whether nobody has told the unit: then it can only be tried."""
    return load.device["rate_unit"] == "auto" and quirks.unit is None and not memory.configuration.unit
