"""Read CONFIG, or find all its errors, each with path, value and remedy.

The first pass makes a copy with the secrets filled in, and a `Mistake` for each value that is not plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from types import MappingProxyType
from typing import cast

from .. import tuning
from ..model.load import Mode
from ..model.messages.message import message
from ..model.numbers import LARGEST
from ..model.site import slug
from .check_loads import domain_problems, load_warnings, shared_device_errors, switching_errors, threshold_order_errors
from .check_plans import plan_errors, vehicle_errors, vehicle_warnings
from .check_sections import section_errors, section_warnings
from .check_site import load_errors, site_errors, site_warnings
from .config import NO_CONFIG, SECTIONS, Config
from .fields import node_at
from .load_schemas import LOADS
from .sections import CONFIG
from .tree import (
    LONGEST_WORD,
    SHOWN_LETTERS,
    EntityLeaf,
    Mistake,
    Problem,
    Secret,
    Slot,
    did_you_mean,
    mistake,
    nearest,
    quote_value,
    readable_path,
    resolve,
    steps_of,
    with_paths,
)
from .wiring import Parts


@dataclass(frozen=True)
class ConfigResult:
    """The result of reading CONFIG: `NO_CONFIG` where it has errors; warnings in both cases."""

    config: Config
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def read_config(config: object, secrets: Mapping[str, str] = MappingProxyType({})) -> ConfigResult:
    """Read a CONFIG, or find all its errors, and its warnings; any value is accepted as CONFIG."""
    written = plain_copy(config, secrets)
    if not isinstance(written, dict):
        why = message("config_not_dict", value=quote_value(written), example="{'site': ..., 'loads': ...}")
        return ConfigResult(NO_CONFIG, (Problem("CONFIG", written.text if isinstance(written, Mistake) else why),), ())
    tree = cast(dict[str, object], with_paths(CONFIG(written)))
    parts = Parts.of(tree, written)
    errors, warnings = tuple(_errors(parts)), tuple(chain.from_iterable(check(parts) for check in WARNINGS))
    return ConfigResult(NO_CONFIG if errors else _make_config(tree, parts), errors, warnings)


ERRORS = (
    site_errors, load_errors, partial(domain_problems, wrong=True), shared_device_errors, section_errors, plan_errors,
    threshold_order_errors, switching_errors, vehicle_errors,
)  # fmt: skip
WARNINGS = (site_warnings, partial(domain_problems, wrong=False), load_warnings, section_warnings, vehicle_warnings)
"""The cross-checks: parts of CONFIG -> problems."""


def _errors(parts: Parts) -> Iterator[Problem]:
    """Yield every error. A path that is wrong by itself is not reported again by the cross-checks."""
    wrong = [Problem(path, leaf.text) for path, leaf in parts.leaves if isinstance(leaf, Mistake)]
    yield from wrong
    paths = {problem.path for problem in wrong}
    for check in ERRORS:
        yield from (problem for problem in check(parts) if problem.path not in paths)


@cache
def allowed_modes(load_type: str) -> tuple[str, ...]:
    """Return the modes of a load type, as CONFIG writes them."""
    return tuple(dict.fromkeys(str(mode) for mode in LOADS[load_type].modes.values()))


def parse_mode(load_type: str, mode: object) -> Mode | None:
    """Return the mode that a text means, whatever its case, or None when this load type does not have it."""
    return LOADS[load_type].modes.get(slug(mode)) if isinstance(mode, str) else None


def _make_config(tree: Mapping[str, object], parts: Parts) -> Config:
    """Return the `Config` of a checked tree without errors."""
    written, slots = parts.written, {path: leaf for path, leaf in parts.leaves if isinstance(leaf, Slot)}
    settable = [path for path, slot in slots.items() if slot.settable]
    by_caution = {} if parts.config["site"] is None else tuning.CAUTION[parts.config["site"]["caution"]]
    return Config(
        live=MappingProxyType({path: slot.entity for path, slot in slots.items() if slot.entity is not None}),
        named=MappingProxyType(dict(_named_entities(parts))),
        defaults=MappingProxyType({path: slot.fallback for path, slot in slots.items()}),
        raw_values=MappingProxyType({path: _written_value(written, slots, path) for path in settable}),
        written_paths=frozenset(path for path in settable if _is_written(written, path)),
        sections=MappingProxyType({name: resolve(tree[name], {}) for name in SECTIONS}),
        tuning=MappingProxyType({**by_caution, **parts.config["tuning"]}),
        _tree=tree,
        _slots=MappingProxyType(slots),
    )


def _named_entities(parts: Parts) -> Iterator[tuple[str, str]]:
    """Yield path and id of each entity that CONFIG itself contains.

    Without those from secrets, those that a preset adds, pyscript's own, and those of a guard, which reports missing
    ones itself.
    """
    for path, leaf in parts.leaves:
        if not isinstance(leaf, EntityLeaf) or isinstance(leaf.entity, Secret) or leaf.entity.startswith("pyscript."):
            continue
        section, *way = path.split(".")
        if section != "loads" or (way[1] in parts.written["loads"][way[0]] and way[1] != "guard"):
            yield readable_path(path), leaf.entity


def _written_value(written: object, slots: Mapping[str, Slot], path: str) -> object:
    """Return what CONFIG writes at a path, or the path's default. A secret is returned as its reference."""
    value = node_at(written, *steps_of(path))
    if isinstance(value, Secret):
        return value.reference
    return value if _is_written(written, path) else slots[path].fallback


def _is_written(written: object, path: str) -> bool:
    """Return whether CONFIG itself has the key at the end of a path, whatever its value."""
    *way, key = steps_of(path)
    holder = node_at(written, *way)
    return isinstance(holder, Mapping) and key in holder


MOST_DEPTH = 12
"""Deeper nesting means that a value contains itself."""
MOST_VALUES = 5000
"""The most values of CONFIG: far more than a house has, and few enough for quick reading."""
LONGEST_TEXT = 4000
"""The longest text, in characters."""
PLACEHOLDER = "FILL_IN"
"""Stands where the user has yet to write a value. A CONFIG that contains it is not used."""
_UNFILLED = re.compile(r"(?:[a-z_]+\.)?(?:fill[_ -]in|<[^<>]+>)", re.IGNORECASE)


def plain_copy(value: object, secrets: Mapping[str, str]) -> object:
    """Return a copy of CONFIG with secrets filled in and a `Mistake` for each value that is not plain.

    Plain are dicts, lists and tuples (both become lists), texts, numbers and None; no placeholder is. A CONFIG of more
    than `MOST_VALUES` values is one `Mistake` as a whole.
    """
    if _is_too_large(value):
        return mistake("config_too_large", most=MOST_VALUES)
    return _copy_plain(value, secrets, 0)


def _is_too_large(value: object) -> bool:
    """Return whether CONFIG has more values than any house; a CONFIG that contains itself is too large as well."""
    left, count = [value], 0
    while left and count <= MOST_VALUES:
        node = left.pop()
        count += 1
        if isinstance(node, dict):
            left.extend(node.values())
        elif isinstance(node, (list, tuple)):
            left.extend(node)
    return count > MOST_VALUES


def _copy_plain(node: object, secrets: Mapping[str, str], depth: int) -> object:
    """Return a plain copy of a node with secrets filled in; a list or tuple becomes a list.

    A `Mistake` for a value of another type, a number that is too large (but not infinity), and whatever is nested
    deeper than `MOST_DEPTH`; for texts see `_fill_in_secret`.
    """
    if depth > MOST_DEPTH:
        return mistake("config_too_deep")
    if isinstance(node, dict):
        return dict(_copy_entry(key, child, secrets, depth + 1) for key, child in node.items())
    if isinstance(node, (list, tuple)):
        return [_copy_plain(child, secrets, depth + 1) for child in node]
    if isinstance(node, str):
        return _fill_in_secret(node, secrets)
    if isinstance(node, (int, float)) and LARGEST < abs(node) < float("inf"):
        return mistake("number_too_large")
    if node is None or isinstance(node, (int, float)):
        return node
    return mistake("value_not_plain", kind=type(node).__name__)


def _copy_entry(key: object, child: object, secrets: Mapping[str, str], depth: int) -> tuple[str, object]:
    """Return key and copied value of a dict's entry; the key is cut to `LONGEST_WORD` letters.

    A `Mistake` as value for a placeholder or a key that is not a text, which becomes a text itself, "?" if it is not
    plain.
    """
    if isinstance(key, str):
        copied = _placeholder_mistake("name", key) if _is_unfilled(key) else _copy_plain(child, secrets, depth)
        return key[:LONGEST_WORD], copied
    known = _copy_plain(key, secrets, depth)
    return "?" if isinstance(known, Mistake) else quote_value(known), mistake("key_not_text")


def _fill_in_secret(text: str, secrets: Mapping[str, str]) -> object:
    """Return a text unchanged, or the secret that it refers to.

    A `Mistake` for a text that is too long or a placeholder, and for a secret that is unknown or not filled in.
    """
    if len(text) > LONGEST_TEXT:
        return mistake("text_too_long", count=len(text), most=LONGEST_TEXT)
    if _is_unfilled(text):
        return _placeholder_mistake("value", text)
    if not text.startswith("!secret"):
        return text
    match = re.fullmatch(r"!secret\s+(\S+)\s*", text)
    if match is None:
        return mistake("no_secret_reference")
    name, shown = match[1], match[1][:SHOWN_LETTERS]
    if PLACEHOLDER in secrets.get(name, ""):
        return mistake("secret_unfilled", name)
    if name in secrets:
        return Secret.of(secrets[name], f"!secret {shown}")
    found = nearest(name, secrets)
    return mistake("secret_unknown", name, **did_you_mean(found) or {"line": f"{shown}: ..."})


def _is_unfilled(text: str) -> bool:
    """Return whether a text is a placeholder that the user has yet to replace.

    It contains FILL_IN, or is only `fill_in` or `<name>`.
    """
    return PLACEHOLDER in text or _UNFILLED.fullmatch(text.strip()) is not None


def _placeholder_mistake(what: str, text: str) -> Mistake:
    """Return the mistake of a placeholder in place of a value or a name."""
    shown = PLACEHOLDER if PLACEHOLDER in text.upper() else text.strip()[:SHOWN_LETTERS]
    return mistake("unfilled", value=shown, what=what)
