"""How entities are recognised by their names, from signs.json: the forms of each make's names, and words in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ..model.data_files import read_data_file

SIGNS_FILE = Path(__file__).with_name("signs.json")

PHASES = {"1": "L1", "2": "L2", "3": "L3", "a": "L1", "b": "L2", "c": "L3", "r": "L1", "s": "L2", "t": "L3"}
"""However makes call a phase -> its name."""


@dataclass(frozen=True, slots=True)
class Sign:
    """How to recognise a make's meter, battery or inverter: patterns of the names of its entities.

    `power`: its signed power or current, and with `export` its import; `soc`: a battery's state of charge. `invert`:
    positive means export or discharging. `doubt`: the code of what a person has to check, "" for nothing.
    """

    make: str
    power: str = ""
    export: str = ""
    soc: str = ""
    invert: bool = False
    doubt: str = ""


class Signs(NamedTuple):
    """The content of signs.json. Of each make's meter, powers come before currents, which often lack a sign."""

    grid: tuple[Sign, ...]
    """Meters with an entity for each phase, by preference: the grid operator's, then a make's, then any."""
    whole_house: tuple[Sign, ...]
    """Meters that show one value for the whole house."""
    export_words: tuple[tuple[str, str], ...]
    """The word for import in a name, and the word that replaces it in the export entity's name."""
    inverter_output: tuple[Sign, ...]
    """The output of inverters on each phase."""
    battery: tuple[Sign, ...]
    solar: tuple[Sign, ...]
    plug: tuple[Sign, ...]
    names: Mapping[str, str]
    """Name of a word list, such as "hot_water" -> pattern of the words that an entity's name has then."""


def make_signs(read: Mapping[str, Any]) -> Signs:
    """Return the content of signs.json with patterns in full."""
    names: dict[str, str] = {}
    for name, row in read["names"].items():
        names[name] = "|".join(_word_pattern(word, names) for word in row["words"])
    of_makes = ("grid", "whole_house", "inverter_output", "battery", "solar", "plug")
    tables = {table: tuple(_make_sign(row, names) for row in read[table]) for table in of_makes}
    return Signs(export_words=tuple((taken, given) for taken, given in read["export_words"]), names=names, **tables)


def _make_sign(row: Mapping[str, Any], names: Mapping[str, str]) -> Sign:
    full: dict[str, Any] = {key: _fill(each, names) if isinstance(each, str) else each for key, each in row.items()}
    return Sign(**full)


def _word_pattern(word: str, names: Mapping[str, str]) -> str:
    """Return the pattern of a word; where it begins or ends with _, so does the name, or another word is there."""
    return _fill(re.sub("_$", "(?:_|$)", re.sub("^_", "(?:^|_)", word)), names)


def _fill(pattern: str, names: Mapping[str, str]) -> str:
    """Return a pattern with its phase as a named group, and the words of these names in place of the name."""

    def fill(found: re.Match[str]) -> str:
        return f"(?P<phase>[{found[1]}])" if set(found[1]) <= PHASES.keys() else f"(?:{names[found[1]]})"

    return re.sub(r"<(\w+)>", fill, pattern)


SIGNS = read_data_file(SIGNS_FILE, make_signs)
