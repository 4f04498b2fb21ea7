"""Find the columns of a measured file that hold the house's power, with their phases and units."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class InputError(Exception):
    """A user's file cannot be used; the text has the mistake, its place and the remedy."""

    def __init__(self, path: Path | None, line: int | None, problem: str, remedy: str) -> None:
        place = "" if path is None else f"{path}: " if line is None else f"{path}, line {line}: "
        mark = "" if problem.endswith("?") else "."
        super().__init__(f"{place}{problem}{mark} Remedy: {remedy}.")


PER_WATT_UNIT = {"w": 1.0, "va": 1.0, "kw": 1000.0, "kva": 1000.0}
PER_AMP_UNIT = {"a": 1.0, "ma": 0.001}
NOT_POWER = re.compile(
    r"(?:^|[_\s.(\[])(?:v|kwh|wh|hz|var|kvar|pct|temp|temperature|voltage|energy|frequency|soc|price|reactive|pf)"
    r"(?:$|[\s)\]_])"
)
PHASE = re.compile(r"(?:^|[^a-z0-9])(?:l|p|i|phase[_ ]?|ct)([123])(?![0-9])|phase[_ ]([abc])(?![a-z])")
UNIT = re.compile(r"[_\s(\[]+(k?w|k?va|m?a)[)\]]?$")
EXPORT = re.compile(r"export|return|produc|deliver|feed|injection")
IMPORT = re.compile(r"import|consum|usage|demand")
TOTALS = (
    "power_w",
    "total_w",
    "total_power_w",
    "net_w",
    "grid_w",
    "house_w",
    "load_w",
    "consumption_w",
    "power",
    "total",
    "house",
    "watts",
    "w",
)
KW_BELOW = 60.0  # a power without a unit that never reaches 60 is kilowatts


@dataclass(frozen=True)
class Part:
    """One column: its phase ("house" for the whole house), its factor to watts or amps, and its sign."""

    column: str
    phase: str
    factor: float
    amps: bool = False
    sign: int = 1

    def watts(self, value: float, voltage_v: float) -> float:
        """Return a value of the column as power [W], + = towards the house."""
        return self.sign * self.factor * value * (voltage_v if self.amps else 1.0)


def choose_parts(
    path: Path,
    names: Sequence[str],
    wanted: Sequence[str],
    unit: str | None = None,
    largest: Mapping[str, float] | None = None,
) -> tuple[list[Part], list[str]]:
    """Return the columns that make up the house's power, and notes on the assumptions made.

    Columns named for phases (l1_w, power_phase_2, ...) come first, power before current, import minus export; then a
    column for the whole house. `wanted` overrides the choice, in the order of the phases.
    """
    if wanted:
        missing = [name for name in wanted if name.lower() not in names]
        if missing:
            problem = f"there is no column '{missing[0]}' (found: {', '.join(names)})"
            raise InputError(path, 1, problem, "correct --columns")
        phases = ["house"] if len(wanted) == 1 else ["L1", "L2", "L3"]
        if len(wanted) > 3:
            raise InputError(path, 1, f"{len(wanted)} columns chosen, a house has three phases", "choose one to three")
        return [_make_part(name.lower(), phase, unit, largest) for name, phase in zip(wanted, phases, strict=False)], []
    usable = [name for name in names if not NOT_POWER.search(name)]
    by_phase: dict[str, list[str]] = {}
    for name in usable:
        found = PHASE.search(name)
        if found:
            by_phase.setdefault("L" + (found[1] or "123"["abc".index(found[2])]), []).append(name)
    if by_phase:
        parts = [
            part for phase in sorted(by_phase) for part in _parts_of_phase(path, phase, by_phase[phase], unit, largest)
        ]
    else:
        parts = _parts_of_house(path, usable, unit, largest)
    notes = [f"'{part.column}' is read as {part.phase}, {_unit_word(part)}" for part in parts]
    return parts, notes


def _parts_of_phase(
    path: Path, phase: str, names: list[str], unit: str | None, largest: Mapping[str, float] | None
) -> list[Part]:
    """Return one column, or an import and an export one, of a phase.

    Power comes before current, because current has no sign. InputError where several columns remain.
    """
    parts = [_make_part(name, phase, unit, largest) for name in names]
    parts = [part for part in parts if not part.amps] or parts
    if len(parts) == 1:
        return parts
    taken = [part for part in parts if part.sign > 0]
    if len(taken) > 1:
        clear = [part for part in taken if IMPORT.search(part.column) or part.column.startswith(("net", "grid"))]
        taken = clear or taken
    if len(taken) != 1 or sum(part.sign < 0 for part in parts) > 1:
        found = ", ".join(part.column for part in parts)
        raise InputError(path, 1, f"several columns for {phase} ({found})", "choose with --columns")
    return taken + [part for part in parts if part.sign < 0]


def _parts_of_house(
    path: Path, names: Sequence[str], unit: str | None, largest: Mapping[str, float] | None
) -> list[Part]:
    for total in TOTALS:
        if total in names:
            return [_make_part(total, "house", unit, largest)]
    parts = [_make_part(name, "house", unit, largest) for name in names]
    parts = [part for part in parts if not part.amps] or parts
    if len(parts) == 2 and sorted(part.sign for part in parts) == [-1, 1]:
        return parts
    if len(parts) == 1:
        return parts
    if not parts:
        raise InputError(path, 1, "there is no column in watts", "name it power_w, or l1_w, l2_w, l3_w for phases")
    problem = f"several columns could be the house ({', '.join(names)})"
    raise InputError(path, 1, problem, "choose with --columns NAME[,NAME,NAME]")


def _make_part(name: str, phase: str, unit: str | None, largest: Mapping[str, float] | None) -> Part:
    word = (unit or "").lower()
    if not word:
        found = UNIT.search(PHASE.sub(" ", name))  # phase_a is no ampere
        word = found[1] if found else ""
    if not word and re.search(r"current|amp|(?:^|[^a-z])i[123]", name):
        word = "a"
    if not word and largest is not None and largest.get(name, KW_BELOW) < KW_BELOW:
        word = "kw"
    sign = -1 if EXPORT.search(name) and not IMPORT.search(name) else 1
    if word in PER_AMP_UNIT:
        return Part(name, phase, PER_AMP_UNIT[word], True, sign)
    return Part(name, phase, PER_WATT_UNIT.get(word, 1.0), False, sign)


def _unit_word(part: Part) -> str:
    if part.amps:
        return "A" if part.factor == 1 else "mA"
    return "W" if part.factor == 1 else "kW"
