"""A reason in another language: by its code and values, from the words of the card."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

_NAMED = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_IN_TEXT = re.compile(r"(?<=\d)\.(?=\d+(?: k?W\b| A\b| to \d))")
"""The point of a number within a text."""
_MAIN = re.compile(r"\bmain(?= L[123] \()")
_PHASES = re.compile(r"(.*?)((?: L[123])*)", re.DOTALL)


FRAMES = ("file", "load", "path", "would")
"""Values that stand before a sentence which does not show them: what it is about."""
PROSE = ("allowed", "example", "known", "make", "other", "pair", "remedy", "rows", "what")
"""Values of a mistake that have English words; all others are as they stand in CONFIG."""
DECIMALS = {"cost": 2, "price": 3}
"""Units that are written with all of their decimals, as money is."""

Words = Mapping[str, Mapping[str, object]]
"""`reasons`: code -> sentence with its values in braces; `values`: name of a value -> English word -> translation;
`card`: what the card itself says, among it the names of modes and the frame of a dry run;
`mistakes`: code -> sentence about CONFIG: a mistake in it, why something was detected, what to check of it; and
`values`: English words in its values -> translation."""

ENGLISH: Words = {"reasons": {}, "values": {}, "card": {}, "mistakes": {}}


def words_of(words: Path, mistakes: Path, language: str) -> Words:
    """Return the words of a language; none for English, which the scripts themselves use. Blocks on the disk.

    `words`: the folder with those of the card; `mistakes`: with the sentences about CONFIG.
    """
    name = f"{language.partition('-')[0]}.json"
    shown, wrong = _read(words / name), _read(mistakes / name)
    return {**{part: shown.get(part, {}) for part in ("reasons", "values", "card")}, "mistakes": wrong}


def _read(file: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def in_language(words: Words, reason: Mapping[str, object]) -> str:
    """Return the sentence of a reason; the scripts' English one where a word is missing.

    `reason`: the attributes `reason`, `reason_code` and `reason_values` of an entity.
    """
    english = str(reason.get("reason") or "")
    code, values = str(reason.get("reason_code")), reason.get("reason_values")
    template = words["reasons"].get(code)
    card = words.get("card", {})
    modes = {name.removeprefix("mode_"): word for name, word in card.items() if name.startswith("mode_")}
    circuits = words["values"].get("limit")
    known, mark = {**words["values"], "mode": modes, "meter": circuits, "meters": circuits}, ","
    if template is None:
        # Its numbers are those of CONFIG, with a point.
        template, known, mark = words["mistakes"].get(code), dict.fromkeys(PROSE, words["mistakes"].get("values")), "."
    if not isinstance(template, str) or not isinstance(values, Mapping):
        return english
    texts = {str(name): _text(str(name), value, known.get(str(name)), mark) for name, value in values.items()}
    sentence = _OPTIONAL.sub(lambda part: part[1] if set(_NAMED.findall(part[1])) <= set(texts) else "", template)
    if not set(_NAMED.findall(sentence)) <= set(texts):
        return english
    sentence = _NAMED.sub(lambda name: texts[name[1]], sentence)
    # The outermost is first.
    for name in reversed([name for name in texts if name in FRAMES and f"{{{name}}}" not in template]):
        frame = str(card.get(name)) if name == "would" else "{0}: {1}"
        sentence = frame.replace("{1}", sentence).replace("{0}", texts[name])
    return sentence


def all_in_language(words: Words, attributes: Mapping[str, object], name: str = "errors") -> list[str]:
    """Return the sentences of a list of reasons, beside which are their codes and values."""
    english, codes, values = (attributes.get(f"{name}{part}") or [] for part in ("", "_code", "_values"))
    if not isinstance(english, list) or not isinstance(codes, list) or not isinstance(values, list):
        return []
    each = zip_longest(english, codes, values)
    return [in_language(words, {"reason": said, "reason_code": c, "reason_values": v}) for said, c, v in each if said]


def _text(name: str, value: object, known: object, mark: str) -> str:
    """Return a value as a sentence shows it. `known`: English word -> translation; `mark`: of decimals."""
    if isinstance(value, str):
        text = _IN_TEXT.sub(mark, value)
        if name == "meters" and isinstance(known, Mapping):
            # Several, each with its entities, are one text.
            return _MAIN.sub(str(known.get("main")), text)
        # Several commands of a dry run are one text.
        parts = re.split("( and |, )", text) if name == "would" else [text]
        return "".join(_word(known, part) for part in parts) if isinstance(known, Mapping) else text
    decimals = DECIMALS.get(name.rpartition("_")[2])
    if decimals is not None and mark == "," and isinstance(value, int | float):
        return f"{value:.{decimals}f}".replace(".", mark)
    return str(value).removesuffix(".0").replace(".", mark)


def _word(known: Mapping[str, str], text: str) -> str:
    """Return the translation of a text by the first pattern that fits, `*` being anything; phases at its end stay."""
    found = _PHASES.fullmatch(text)
    head, phases = found.groups() if found else (text, "")
    for pattern, word in known.items():
        parts = re.fullmatch(re.escape(pattern).replace(r"\*", "(.+)"), head)
        if parts:
            for part in parts.groups():
                word = word.replace("*", part if part == head else _word(known, part), 1)
            return word + phases
    return text
