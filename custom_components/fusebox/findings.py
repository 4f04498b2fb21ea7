"""What `fusebox_detect` found, as the forms of the first set-up show it, and what they change in its text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .config_source import value_at_path, with_guess, with_value, without
from .sentences import ENGLISH, Words, all_in_language

PHASES = ("L1", "L2", "L3")
FUSES = ("B", "C", "gG", "linky")
FILL_IN = "FILL_IN"
NO_METER = "sensor.fill_in_your_meter"
REMARK = re.compile(r"  # FILL IN: .*")
SAID_ELSEWHERE = ("site.main_fuse_a:", "site.dry_run:")
"""Doubts that a form of their own has settled."""


@dataclass(slots=True)
class Answers:
    """What was entered into the forms."""

    fuse: Mapping[str, Any] = field(default_factory=dict)
    """`main_fuse_a` and `fuse_type`."""
    house: Mapping[str, Any] = field(default_factory=dict)
    """The fields of `Findings.house`."""
    loads: Sequence[str] = ()
    """The loads that are ticked."""
    phases: Mapping[str, str] = field(default_factory=dict)
    """Name of a load -> its only phase, or `all`."""
    ratings: Mapping[str, float] = field(default_factory=dict)
    """Name of a load -> its rated power [W]."""

    @property
    def site_phases(self) -> list[str]:
        """The phases that the site has."""
        return [phase for phase in PHASES if self.house.get(phase)]


@dataclass(frozen=True, slots=True)
class Findings:
    """The response of `fusebox_detect`. `certain` and `guessed`: name of a load -> its CONFIG."""

    text: str
    grid: Mapping[str, Any]
    site: Mapping[str, Any]
    certain: Mapping[str, Mapping[str, Any]]
    guessed: Mapping[str, Mapping[str, Any]]
    doubts: Sequence[str]
    """What a person has to check, each with the path in CONFIG that it is about."""
    reasons: Sequence[str]
    """By what each part was recognised, likewise; without a path what was left out."""

    @classmethod
    def of(cls, answer: Mapping[str, Any], words: Words = ENGLISH) -> Findings:
        """Return the findings in a response, doubts and reasons in the language of `words`.

        Guesses that lack more than their rated power are left to the file.
        """
        site, guessed = answer["config"]["site"], answer["proposed"].get("loads", {})
        complete = {name: load for name, load in guessed.items() if FILL_IN not in _without_rating(load).values()}
        grid = {} if NO_METER in str(site["grid"]) else site["grid"]
        doubts, reasons = (all_in_language(words, answer, each) for each in ("doubts", "reasons"))
        return cls(answer["text"], grid, site, answer["config"]["loads"], complete, doubts, reasons)

    @property
    def unrated(self) -> list[str]:
        """The guessed loads whose rated power has to be asked for."""
        return [name for name, load in self.guessed.items() if load.get("rated_w") == FILL_IN]

    def labels(self) -> dict[str, str]:
        """Return name -> label of each load that can be ticked."""
        return {name: label(name, load) for name, load in {**self.certain, **self.guessed}.items()}

    def notes(self, *sections: str) -> dict[str, str]:
        """Return the placeholders of a form: `checks` and `reasons` about sections of CONFIG, each as a list."""
        begins = tuple(f"{section}{end}" for section in sections for end in ".:")
        doubts = [each for each in self.doubts if each.startswith(begins) and not each.startswith(SAID_ELSEWHERE)]
        return {"checks": listed(doubts), "reasons": listed(each for each in self.reasons if each.startswith(begins))}

    def house(self) -> dict[str, Any]:
        """Return the fields of meter, sun and battery. Those of several inverters or batteries are empty."""
        battery = {} if self._is_list("battery") else self.site.get("battery", {})
        fields: dict[str, Any] = {"invert": False, "solar_w": self.site.get("solar_w")}
        for phase, source in self.grid.items():
            parts = source if isinstance(source, Mapping) else {"entity": source}
            fields[phase] = parts.get("import", parts.get("entity"))
            fields[f"{phase}_export"] = parts.get("export")
            fields["invert"] |= bool(parts.get("invert"))
        fields |= {f"battery_{key}": battery.get(key) for key in ("soc_pct", "charge_w")}
        return {key: value for key, value in fields.items() if value is not None}

    def edited(self, text: str, answers: Answers) -> str:
        """Return a CONFIG that `fusebox_setup` wrote, changed as the forms say.

        A list of inverters or batteries stays until a field of the form names a single one.
        """
        before, house = self.house(), answers.house
        meter = [name for phase in PHASES for name in (phase, f"{phase}_export")] + ["invert"]
        if any(house.get(name) != before.get(name) for name in meter):
            text = with_value(text, ("site", "grid"), _grid(house, self.grid))
        for key, named in (("inverter", ("solar_w",)), ("battery", _BATTERY)):
            if self._is_list(key) and any(house.get(name) for name in named):
                text = without(text, ("site", key))
        for name, path in (("solar_w", ("site", "solar_w")), *_BATTERY.items()):
            if house.get(name) != before.get(name):
                text = with_value(text, path, house[name]) if house.get(name) else without(text, path)
        if value_at_path(text, ("site", "battery")) == {}:
            text = without(text, ("site", "battery"))
        for name in set(self.certain) - set(answers.loads):
            text = without(text, ("loads", name))
        for name in (each for each in self.guessed if each in answers.loads):
            text = with_guess(text, name)
        for name in answers.loads:
            if name in answers.ratings:
                text = with_value(text, ("loads", name, "rated_w"), answers.ratings[name])
            if answers.phases.get(name) in answers.site_phases:
                text = with_value(text, ("loads", name, "phases"), [answers.phases[name]])
        return text

    def _is_list(self, key: str) -> bool:
        return isinstance(self.site.get(key), list)

    def without_meter(self, fuse: Mapping[str, Any]) -> str:
        """Return the text to edit where no meter was recognised, which `fusebox_setup` does not write."""
        text = REMARK.sub("", self.text)
        for key, value in fuse.items():
            text = with_value(text, ("site", key), value)
        return text


_BATTERY = {f"battery_{key}": ("site", "battery", key) for key in ("soc_pct", "charge_w")}


def _grid(house: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the grid of a form. `found`: the detected one, whose unit of a meter that shows none stays."""
    grid: dict[str, Any] = {}
    stated = [part for part in found.values() if isinstance(part, Mapping) and "unit" in part]
    units = {entity: part["unit"] for part in stated for entity in part.values()}
    for phase in (each for each in PHASES if house.get(each)):
        taken, given = house[phase], house.get(f"{phase}_export")
        parts = {"entity": taken} if given is None else {"import": taken, "export": given}
        parts |= {"unit": units[taken]} if taken in units else {}
        parts |= {"invert": True} if house.get("invert") else {}
        grid[phase] = taken if parts == {"entity": taken} else parts
    return grid


def listed(sentences: Iterable[str]) -> str:
    """Return sentences as a list of a form, a dash where there are none."""
    return "\n".join(f"- {each}" for each in sentences) or "\u2013"


def label(name: str, load: Mapping[str, Any]) -> str:
    """Return how a form shows a load."""
    keys = ("charger", "current", "switch", "power")
    return f"{name}: {next((load[key] for key in keys if load.get(key)), '?')} ({load['type']})"


def _without_rating(load: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in load.items() if key != "rated_w"}
