"""The lines of CONFIG that would be right, each Python as it is to stand in its place. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ...model.electrics import Phase
from ...model.equipment import Source
from ...model.site import MAIN
from .wiring_claims import Claim
from .wiring_fit import Fit
from .wiring_hypotheses import Hookup, MeterState
from .wiring_likelihood import meter_phases


class Line(NamedTuple):
    """What to write in CONFIG."""

    place: str
    """Within what, such as `site.grid`."""
    text: str
    """The key and its value; several of them where entries go together."""
    choice: str = ""
    """Of the lines of `1a` and those of `1b` the ones or the others are right; empty where this one is."""

    @property
    def written(self) -> str:
        """As it may be pasted, with where that is."""
        return f"{self.text},  # in {self.place}{f', choice {self.choice}' if self.choice else ''}"


def grid_path(circuit: str, phase: Phase) -> str:
    """Where CONFIG names a meter."""
    return f"{_grid(circuit)}.{phase.name}"


def _grid(circuit: str) -> str:
    return "site.grid" if circuit == MAIN else f"site.circuits.{circuit}.grid"


def lines_of(fit: Fit, claims: Sequence[Claim]) -> Mapping[Claim, Line]:
    """The line that is right for each claim where all of them are true; none where CONFIG cannot mend it."""
    found = {}
    for claim in claims:
        if isinstance(claim.state, MeterState):
            line = _of_meter(fit, claim, claim.state, claims)
        else:
            line = _of_load(fit, claim, claim.state)
        if line is not None:
            found[claim] = line
    return found


def _of_meter(fit: Fit, claim: Claim, state: MeterState, claims: Iterable[Claim]) -> Line | None:
    """Phase, sign and unit of a meter in one line, and of those that it is exchanged with."""
    if claim.kind not in ("exchanged", "turned", "kilo"):
        return None
    circuit, phases = claim.name, meter_phases(fit.site, claim.name)
    kinds = {(each.kind, each.place) for each in claims if each.name == circuit and isinstance(each.state, MeterState)}
    moved = [place for place, phase in enumerate(phases) if ("exchanged", 0) in kinds and state.sources[place] != phase]
    together = moved if claim.kind == "exchanged" or claim.place in moved else [claim.place]
    right = {}
    for place in together:
        entry = fit.site.circuit(circuit).grid[phases[place]]
        invert = not entry.invert if ("turned", place) in kinds else None
        unit = "kW" if ("kilo", place) in kinds else None
        right[state.sources[place] if place in moved else phases[place]] = _entry(entry, invert=invert, unit=unit)
    return Line(_grid(circuit), ", ".join(f'"{phase.name}": {right[phase]}' for phase in sorted(right)))


def _of_load(fit: Fit, claim: Claim, hookup: Hookup) -> Line:
    place = f"loads.{claim.name}"
    if claim.kind == "phases":
        listed = ", ".join(f'"{phase.name}"' for phase in hookup.phases)
        return Line(place, f'"phases": [{listed}]')
    if claim.kind == "circuit":
        return Line(place, f'"circuit": "{hookup.circuit}"')
    load = next(load for load in fit.site.loads if load.name == claim.name)
    key = "power" if "power" in load.device else "draw"
    source = load.device.get(key)
    if hookup.draw is None or not isinstance(source, Source):
        return Line(place, f'"{key}": None')
    return Line(place, f'"{key}": {_entry(source, unit="W" if hookup.draw > 1 else "kW")}')


def _entry(source: Source, *, invert: bool | None = None, unit: str | None = None) -> str:
    """A source as CONFIG writes it, with what is to be otherwise."""
    inverted = source.invert if invert is None else invert
    if source.entity is None:
        # A pair that counts the other way round has its two entities exchanged.
        pair = (source.import_entity, source.export_entity) if invert is None else source.entities[::-1]
        parts = {"import": pair[0], "export": pair[-1]}
    else:
        parts = {"entity": source.entity}
    words = [f'"{key}": "{entity}"' for key, entity in parts.items() if entity is not None]
    stated = unit or source.unit
    words += [f'"unit": "{stated}"'] if stated else []
    words += ['"unit_is_wrong": True'] if unit or source.unit_is_wrong else []
    words += ['"invert": True'] if inverted and source.entity is not None else []
    words += [] if source.heartbeat else ['"heartbeat": False']
    return f'"{source.entity}"' if len(words) == 1 and source.entity else f"{{{', '.join(words)}}}"
