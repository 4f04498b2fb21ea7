"""The loads that a later detection finds and CONFIG does not have yet, and the text of CONFIG with them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from .config_source import NotEditable, dicts_in, keys_at, with_guess, with_value
from .findings import FILL_IN, PHASES, Findings, label, listed

LOADS = ("loads",)


@dataclass(frozen=True, slots=True)
class NewLoads:
    """The loads to offer. `loads`: name -> CONFIG of the load; `found_as`: name -> the name that detection gave it."""

    loads: Mapping[str, Mapping[str, Any]]
    found_as: Mapping[str, str]
    certain: Sequence[str]
    """Names of those that were recognised for certain."""
    found: Findings
    site_phases: Sequence[str]
    """The phases of the meter in CONFIG."""

    @classmethod
    def of(cls, found: Findings, text: str) -> NewLoads:
        """Return what was found without the loads one of whose entities a CONFIG uses already.

        A load whose name is taken gets a number. Raises NotEditable if `loads` cannot be edited.
        """
        used, taken = {each for part in dicts_in(text) for each in _entities(part)}, set(keys_at(text, LOADS))
        loads, found_as = {}, {}
        for detected, load in {**found.certain, **found.guessed}.items():
            if used.isdisjoint(_entities(load)):
                names = chain([detected], (f"{detected}_{number}" for number in count(2)))
                name = next(each for each in names if each not in taken)
                taken.add(name)
                loads[name], found_as[name] = load, detected
        certain = [name for name in loads if found_as[name] in found.certain]
        try:
            phases = [phase for phase in keys_at(text, ("site", "grid")) if phase in PHASES]
        except NotEditable:
            phases = []  # it is calculated: nobody is asked, and loads are assumed to use all of them
        return cls(loads, found_as, certain, found, phases)

    def labels(self) -> dict[str, str]:
        """Return name -> label of each load."""
        return {name: label(name, load) for name, load in self.loads.items()}

    def notes(self) -> dict[str, str]:
        """Return the placeholders of the form: `checks` and `reasons` about these loads, each as a list."""
        return {"checks": listed(self._about(self.found.doubts)), "reasons": listed(self._about(self.found.reasons))}

    def _about(self, sentences: Sequence[str]) -> Iterator[str]:
        """Yield the sentences about these loads, with the names that the loads get."""
        for path, _, rest in (each.partition(": ") for each in sentences):
            yield from (f"loads.{name}: {rest}" for name in self.loads if path == f"loads.{self.found_as[name]}")

    def unrated(self, names: Iterable[str]) -> list[str]:
        """Return those of the loads whose rated power has to be asked for."""
        return [name for name in names if self.loads[name].get("rated_w") == FILL_IN]

    def added(
        self, text: str, names: Iterable[str], ratings: Mapping[str, float], phases: Mapping[str, str] = {}
    ) -> str:
        """Return the text with these loads; one that `fusebox_setup` wrote there as a comment comes into force.

        `ratings`: name -> rated power [W]; `phases`: name -> its phase, any other word for all of them.
        """
        for name in names:
            with suppress(NotEditable):
                text = with_guess(text, name) if name == self.found_as[name] else text
            load = self.loads[name] | ({"rated_w": ratings[name]} if name in ratings else {})
            load |= {"phases": [phases[name]]} if phases.get(name) in self.site_phases else {}
            text = with_value(text, (*LOADS, name), load)
        return text


def _entities(part: Mapping[str, Any]) -> Iterator[str]:
    """Yield the entities that a part of CONFIG names, and the connector of its charge point."""
    for value in part.values():
        yield from (each for each in (value if isinstance(value, list) else [value]) if _is_entity(each))
    if isinstance(part.get("charger"), str):
        yield f"{part['charger']} {part.get('connector', 1)}"


def _is_entity(value: object) -> bool:
    return isinstance(value, str) and "." in value
