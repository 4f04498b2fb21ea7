"""What was found: a CONFIG to paste, the reason for each guess, and what a person has to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

FILL_IN = "FILL IN: what is printed on your main breaker"
GIVEN = "CHECK: is it printed on your main breaker?"
NO_GRID = "FILL IN: your meter; no meter was recognised"

_ENTITY = r"[a-z_]+\.[a-z0-9_]+"
ENTITIES = rf"^(?:{_ENTITY}|, (?:less )?| with )+(?:: |$)"
COLUMNS = 110
"""Lines of comments are no longer."""


@dataclass(slots=True)
class Guess:
    """A part of CONFIG with the reasons for it and the doubts about it."""

    part: dict[str, object] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Found:
    """`config` passes `read_config` as it is; `text` is the same to be pasted, with marks where one has to fill in."""

    config: Mapping[str, object]
    text: str
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]
    has_meter: bool

    def as_response(self) -> dict[str, object]:
        """Plain values, as a service returns them."""
        return {
            "text": self.text,
            "config": dict(self.config),
            "reasons": list(self.reasons),
            "doubts": list(self.doubts),
        }


def text_of(
    config: Mapping[str, object], marks: Mapping[str, str], reasons: Sequence[str], doubts: Sequence[str]
) -> str:
    """CONFIG as one would write it. `marks`: path -> a remark at its line.

    Reasons and doubts begin with their path and stand above its line, those without one above all.
    """
    above: dict[str, list[str]] = {}
    for note in reasons:
        path, why = _place(note, config)
        # The entities stand in the line below.
        above.setdefault(path, []).append(re.sub(ENTITIES, "", why))
    for note in doubts:
        path, why = _place(note, config)
        if path not in marks:
            above.setdefault(path, []).append(f"CHECK: {why}")
    lines = ["CONFIG = {", *_lines(config, _Remarks(marks, above), "", 1), "}"]
    return "\n".join([*_comment(above.get("", ()), 0), *lines]) + "\n"


@dataclass(frozen=True, slots=True)
class _Remarks:
    """Path -> what is said at the end of its line, and what above it."""

    behind: Mapping[str, str]
    above: Mapping[str, Sequence[str]]

    def are_within(self, path: str) -> bool:
        return any(each.startswith(f"{path}.") for each in (*self.behind, *self.above))


def _place(note: str, config: Mapping[str, object]) -> tuple[str, str]:
    """The path that a note is about, "" where it names none, and what it says."""
    path, _, rest = note.partition(": ")
    node: object = config
    for key in path.split("."):
        node = node.get(key) if isinstance(node, Mapping) else None
    return ("", note) if node is None else (path, rest)


def _comment(notes: Iterable[str], depth: int) -> list[str]:
    indent = "    " * depth
    return [
        line
        for note in filter(None, notes)
        for line in wrap(note, COLUMNS, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   ")
    ]


def _lines(node: Mapping[str, object], remarks: _Remarks, path: str, depth: int) -> list[str]:
    indent, found = "    " * depth, []
    for key, value in node.items():
        place = f"{path}.{key}" if path else str(key)
        mark = f"  # {remarks.behind[place]}" if place in remarks.behind else ""
        found += _comment(remarks.above.get(place, ()), depth)
        if isinstance(value, Mapping) and (depth < 3 or remarks.are_within(place)) and value:
            found += [f"{indent}{_quoted(key)}: {{{mark}", *_lines(value, remarks, place, depth + 1), f"{indent}}},"]
        else:
            found.append(f"{indent}{_quoted(key)}: {_quoted(value)},{mark}")
    return found


def _quoted(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quoted(key)}: {_quoted(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_quoted, value)) + "]"
    return f'"{value}"' if isinstance(value, str) and '"' not in value else repr(value)
