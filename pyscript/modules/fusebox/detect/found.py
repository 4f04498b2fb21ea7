"""What was found: a CONFIG to paste, the reason for each guess, and what a person has to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FILL_IN = "FILL IN: what is printed on your main breaker"
NO_GRID = "FILL IN: your meter; no meter was recognised"


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

    def as_response(self) -> dict[str, object]:
        """Plain values, as a service returns them."""
        return {
            "text": self.text,
            "config": dict(self.config),
            "reasons": list(self.reasons),
            "doubts": list(self.doubts),
        }


def text_of(config: Mapping[str, object], marks: Mapping[str, str], notes: tuple[str, ...]) -> str:
    """CONFIG as one would write it. `marks`: path -> a remark at its line; `notes` stand above."""
    lines = [*(f"# - {note}" for note in notes), "CONFIG = {", *_lines(config, marks, "", 1), "}"]
    return "\n".join(lines) + "\n"


def _lines(node: Mapping[str, object], marks: Mapping[str, str], path: str, depth: int) -> list[str]:
    indent, found = "    " * depth, []
    for key, value in node.items():
        place = f"{path}.{key}" if path else str(key)
        mark = f"  # {marks[place]}" if place in marks else ""
        marked_within = any(mark.startswith(f"{place}.") for mark in marks)
        if isinstance(value, Mapping) and (depth < 3 or marked_within) and value:
            found += [f"{indent}{key!r}: {{{mark}", *_lines(value, marks, place, depth + 1), f"{indent}}},"]
        else:
            found.append(f"{indent}{_quoted(key)}: {_quoted(value)},{mark}")
    return [line.replace("'", '"') if '"' not in line else line for line in found]


def _quoted(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quoted(key)}: {_quoted(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_quoted, value)) + "]"
    return f'"{value}"' if isinstance(value, str) and '"' not in value else repr(value)
