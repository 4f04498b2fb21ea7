"""The result of detection: a CONFIG to paste, the reason for each guess, and what a person has to check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from textwrap import TextWrapper
from typing import NamedTuple

from ..config.fields import node_at
from ..config.read_config import PLACEHOLDER
from ..config.site_schema import LONGEST_NAME
from ..model.messages.message import Message, Value, as_list_attributes, message, with_frame
from ..model.own_entities import RESERVED_NAMES
from ..model.site import slug

UNFILLED = PLACEHOLDER
"""Placeholder in a proposal for a value that only the owner knows; a CONFIG that contains it is rejected."""
FILL_IN = "FILL IN: what is printed on your main breaker"
GIVEN = "CHECK: is it printed on your main breaker?"
NO_GRID = "FILL IN: your meter; no meter was recognised"

_ENTITY = r"[a-z_]+\.[a-z0-9_]+"
ENTITIES = rf"^(?:{_ENTITY}|, (?:less )?| with )+(?:: |$)"
GUESS = "GUESS, not in force: to add it, remove the # before its line and replace each FILL_IN"
"""Comment above a proposal that is uncertain or lacks a value."""
NAME_LETTERS = LONGEST_NAME - 4
"""A load's name is cut to this many letters, to leave room for a number after it."""
COLUMNS = 110
"""Lines of comments are no longer."""


class Note(NamedTuple):
    """Why something was detected, or what a person has to check of it, and the path in CONFIG that it is about."""

    path: str
    """"" for something that was left out of CONFIG."""
    text: Message

    @property
    def sentence(self) -> Message:
        """The message with its path in front."""
        return with_frame(self.text, "path", self.path) if self.path else self.text


Notes = Sequence[Note]
ConfigPart = Mapping[str, object]
"""A part of CONFIG: its keys and their values."""


@dataclass(slots=True)
class Guess:
    """A part of CONFIG with the reasons for it, the doubts about it and the entities it uses."""

    part: dict[str, object] = field(default_factory=dict)
    reasons: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    proposed: dict[str, object] = field(default_factory=dict)
    """Entries that are uncertain or lack a value only the owner knows. They are written as comments."""

    def add_reason(self, path: str, code: str, **values: Value) -> None:
        """Add the message of a code as a reason."""
        self.reasons.append(Note(path, message(code, **values)))

    def add_doubt(self, path: str, code: str, **values: Value) -> None:
        """Add the message of a code as a doubt."""
        self.doubts.append(Note(path, message(code, **values)))

    def free_name(self, wanted: str) -> str:
        """Return a valid load name based on `wanted`, numbered if another load of this guess has that name."""
        name = slug(wanted)[:NAME_LETTERS].strip("_") or "load"
        name = f"{name}_load" if name in RESERVED_NAMES else name
        names = chain([name], (f"{name}_{number}" for number in count(2)))
        return next(each for each in names if each not in self.part and each not in self.proposed)


@dataclass(frozen=True, slots=True)
class Detection:
    """The detected CONFIG: `config` passes `read_config` unchanged; `text` is `config` to paste, with marks to fill in.

    `proposed`: uncertain or incomplete entries, by section; in `text` they are comments.
    """

    config: ConfigPart
    proposed: Mapping[str, ConfigPart]
    text: str
    reasons: tuple[Message, ...]
    doubts: tuple[Message, ...]
    has_meter: bool

    def as_response(self) -> dict[str, object]:
        """Return the result as plain values for a service response."""
        return {
            "text": self.text,
            "config": dict(self.config),
            "proposed": {section: dict(part) for section, part in self.proposed.items()},
            **self.reasons_and_doubts(),
        }

    def reasons_and_doubts(self) -> dict[str, object]:
        """Return the reasons and the doubts with their codes and values."""
        return as_list_attributes(self.reasons, "reasons") | as_list_attributes(self.doubts, "doubts")


def config_text(
    config: ConfigPart, proposed: Mapping[str, ConfigPart], marks: Mapping[str, str], reasons: Notes, doubts: Notes
) -> str:
    """Return CONFIG as the text of a file, with `proposed` as comments in it. `marks`: path -> a remark at its line.

    Reasons and doubts stand above the line of their path, those whose path it does not have above all. A doubt about a
    marked path is left out.
    """
    whole = dict(config)
    for section, part in proposed.items():
        known = whole.get(section)
        whole[section] = {**(known if isinstance(known, Mapping) else {}), **part}
    guessed = {
        f"{section}.{name}" if section in config else section for section, part in proposed.items() for name in part
    }
    above: dict[str, list[str]] = {}
    for note in (*reasons, *(doubt for doubt in doubts if doubt.path not in marks)):
        is_there = node_at(whole, *note.path.split(".")) is not None
        text = str(note.text if is_there else note.sentence)
        # The entities of a reason stand in the line below.
        shown = f"CHECK: {text}" if note in doubts else re.sub(ENTITIES, "", text)
        above.setdefault(note.path if is_there else "", []).append(shown)
    lines = ["CONFIG = {", *_config_lines(whole, _Remarks(marks, above, frozenset(guessed)), "", 1), "}"]
    return "\n".join([*_comment_lines(above.get("", ()), 0), *lines]) + "\n"


@dataclass(frozen=True, slots=True)
class _Remarks:
    """Path -> the comment at the end of its line, and the one above it; and the paths that are only guessed."""

    behind: Mapping[str, str]
    above: Mapping[str, Sequence[str]]
    guessed: frozenset[str] = frozenset()

    def are_within(self, path: str) -> bool:
        """Return whether any remark or guess is about something below a path."""
        return any(each.startswith(f"{path}.") for each in (*self.behind, *self.above, *self.guessed))


def printable(text: str) -> str:
    """Return a text that can stand in a comment, with a question mark for each character that cannot be printed."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _comment_lines(notes: Iterable[str], depth: int) -> list[str]:
    """Return notes as indented lines of comments, at most `COLUMNS` long; empty notes are left out."""
    indent = "    " * depth
    wrapper = TextWrapper(COLUMNS, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   ")
    return [line for note in filter(None, notes) for line in wrapper.wrap(printable(note))]


def _config_lines(node: ConfigPart, remarks: _Remarks, path: str, depth: int) -> list[str]:
    """Return the lines of a mapping's entries as Python, with the remarks on each; guessed entries become comments.

    Down to three levels, and further where there is a remark, an entry of a mapping has its own lines.
    """
    indent, found = "    " * depth, []
    for key, value in node.items():
        place = f"{path}.{key}" if path else str(key)
        mark = f"  # {remarks.behind[place]}" if place in remarks.behind else ""
        above = remarks.above.get(place, ())
        if place in remarks.guessed:
            found += _comment_lines([GUESS, *above], depth)
            found.append(f"{indent}# {_quoted(key)}: {_quoted(value)},")
            continue
        found += _comment_lines(above, depth)
        if isinstance(value, Mapping) and (depth < 3 or remarks.are_within(place)) and value:
            rows = _config_lines(value, remarks, place, depth + 1)
            found += [f"{indent}{_quoted(key)}: {{{mark}", *rows, f"{indent}}},"]
        elif isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
            found.append(f"{indent}{_quoted(key)}: [{mark}")
            for number, each in enumerate(value):
                rows = _config_lines(each, remarks, f"{place}[{number}]", depth + 2)
                found += [f"{indent}    {{", *rows, f"{indent}    }},"]
            found.append(f"{indent}],")
        else:
            found.append(f"{indent}{_quoted(key)}: {_quoted(value)},{mark}")
    return found


def _quoted(value: object) -> str:
    """Return a value as Python writes it in one line, plain texts in double quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quoted(key)}: {_quoted(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_quoted, value)) + "]"
    is_plain = isinstance(value, str) and value.isprintable() and not set(value) & set('"\\')
    return f'"{value}"' if is_plain else repr(value)
