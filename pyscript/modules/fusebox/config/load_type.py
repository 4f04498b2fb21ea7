"""A type of load: the keys that all loads share, its own, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import voluptuous as vol

from ..model.load import Load, Mode
from ..model.messages.message import Message, message
from ..model.site import MAIN
from .entities import entity
from .fields import Field, Section, list_of, optional
from .load_facts import Facts
from .phase_switching import NOT_AT_ALL
from .site_schema import PHASES, check_circuit_reference
from .texts import one_of, text
from .tree import quote_value
from .values import Words, keys_of_record, number, yes_no
from .wiring import WiredLoad


@dataclass(frozen=True, slots=True)
class LoadType:
    """The keys of a type of load, and the facts that follow from them."""

    keys: Section
    follows: Callable[[WiredLoad], Facts]
    """Returns what follows from its keys and its place: its range of currents [A a phase], and facts for its driver."""
    phases_come_back: bool = True
    """Whether a load switched to one phase may go back within a session."""

    @property
    def modes(self) -> Mapping[str, Mode]:
        """Name of each mode in CONFIG -> the mode."""
        kind = self.keys.fields["mode"].kind
        assert isinstance(kind, Words)
        return cast(Mapping[str, Mode], kind.labels)


def load_type(
    follows: Callable[[WiredLoad], Facts], absent: Mapping[str, Message] = NOT_AT_ALL, /, **own: Field
) -> LoadType:
    """Return a type of load: the keys of every load, its mode and its own. `absent`: missing key -> why.

    `follows` derives currents and facts for the driver from a load's keys and its place in the wiring.
    """
    every = {
        "type": Field(lambda value: value),
        "circuit": Field(check_circuit_reference, MAIN),
        "phases": optional(_check_phases),
        "priority": number(None, "", 0, 10_000, whole=True),
        "group": optional(text("'flat 3'")),
        **keys_of_record(Load, "pause_s", "start_after_s", "stop_after_s", "island"),
        "controllable_14a": yes_no(False),
        "energy": optional(entity("sensor.wall_energy")),
    }
    return LoadType(Section({**every, **own}, absent=absent), follows)


def _check_phases(value: object) -> object:
    """Return a load's phases, given as a list of one or more different names such as ['L1'].

    Raises `vol.Invalid` for anything else, a text included.
    """
    if isinstance(value, str):
        raise vol.Invalid(message("value_not_list", value=quote_value(value), example=f"[{quote_value(value)}]"))
    names = list_of(one_of(PHASES, "a phase"), example="['L1']", at_least=1)(value)
    if len(set(names)) < len(names):
        raise vol.Invalid(message("phase_named_twice"))
    return names
