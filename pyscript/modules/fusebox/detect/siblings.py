"""Find the entities that show the same for several devices of one make, such as two inverters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .dump import Entity, entities_named

SAME_W, SAME_SHARE = 20.0, 0.03
"""Two powers that differ by less than 20 W or 3 % are the same power, reported at different moments."""
NUMBER = r"_?(\d+)(?=_|$)"


def named_with_copies(entities: Sequence[Entity], pattern: str) -> list[Entity]:
    """Return the entities whose names match a pattern, and copies that differ by Home Assistant's `_2` only.

    Where there is a `_1` as well, the numbers mean parts of one device: these copies are left out.
    """
    found = entities_named(entities, pattern)
    names, known = {each.name for each in entities}, {each.name for each in found}
    copies = [each for each in entities if each.name not in known and _name_copied(each.name, names) in known]
    return [*found, *copies]


def _name_copied(name: str, names: set[str]) -> str:
    """Return the name of which this one is a copy, "" if it is none."""
    match = re.fullmatch(r"(.+)_([2-9])", name)
    return match[1] if match is not None and f"{match[1]}_1" not in names else ""


def siblings(first: Entity, found: Sequence[Entity]) -> list[Entity]:
    """Return, in order, the entities of `found` that show the same as `first` for other devices, and `first` itself.

    Their names differ only in numbers: `b1_dc_power` and `b2_dc_power`. Where one is the sum of the others, it is
    returned alone: by its power, or because it alone has no number while they are counted from 1.
    """
    group = sorted((each for each in found if _shape(each) == _shape(first)), key=_numbers)
    if len(group) > 2 and first.is_power:
        total = next((each for each in group if is_sum(each, [other for other in group if other != each])), None)
        if total is not None:
            return [total]
    shortest = [each for each in group if len(_numbers(each)) == min(map(len, map(_numbers, group)))]
    longer = [each for each in group if each not in shortest]
    if len(shortest) == 1 and any(_numbers(each)[-1] == 1 for each in longer):
        return shortest
    return group if len(shortest) == 1 or not longer else shortest


def _shape(each: Entity) -> str:
    """Return an entity's name without its numbers."""
    return re.sub(NUMBER, "", each.name)


def _numbers(each: Entity) -> tuple[int, ...]:
    """Return the numbers in an entity's name, in order."""
    return tuple(map(int, re.findall(NUMBER, each.name)))


def is_sum(total: Entity, parts: Sequence[Entity]) -> bool:
    """Return whether an entity shows the sum of the others' powers; False while a power is missing or nothing flows."""
    parts_w = [watts for each in parts if (watts := each.watts) is not None]
    if total.watts is None or len(parts_w) < len(parts):
        return False
    whole_w = sum(parts_w)
    room_w: float = SAME_W + SAME_SHARE * abs(whole_w)
    return room_w < abs(whole_w) and abs(total.watts - whole_w) <= room_w
