"""The content of the files that persist plans, battery orders and lowered numbers, with the type of each value.

The numbers that hold inverters back are in a file of their own and in that of the plans, so that one damaged file loses
none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

from ...config.domains import SET_BY_HAND
from ...devices.driver import ServiceCall
from ...model.durations import LATEST_S
from ...model.load_plan import LoadPlan, PriceSignal
from ...model.numbers import number_of
from ...planning.house_model import PlainHour
from ...planning.plan_progress import PlanProgress
from ...runtime.json_values import DAMAGED, Reader, read_json
from ...runtime.log_throttle import exception_text
from .loan import EntityValue, Loan

Content = TypeVar("Content")
NAME, EXPORT_NAME = "fusebox.plans", "fusebox.export"
"""The files, in Home Assistant's `.storage`."""
MOST_KW = 1000.0
"""The highest credible power of a house [kW]."""


def is_time(at_s: float) -> bool:
    """Return whether a number of seconds since 1970 is from 0 to `LATEST_S`, a credible time."""
    return 0 <= at_s <= LATEST_S


def is_of_plan(path: str) -> bool:
    """Return whether a path of CONFIG is a key of a plan, of a load, a car or a battery."""
    return "." in path.rpartition(".plan.")[0]


def is_credible_hour(hour: tuple[float, ...]) -> bool:
    """Return whether an hour has a credible mean, spread and count, and perhaps a credible highest load."""
    mean_kw, spread_kw, count, *highest = hour
    known = abs(mean_kw) <= MOST_KW and 0 <= spread_kw <= MOST_KW and count >= 0
    return known and all(abs(kw) <= MOST_KW for kw in highest)


LearntHours = Mapping[str, Mapping[str, Annotated[PlainHour, is_credible_hour]]]
"""Phase -> hour of the week -> mean [kW], spread [kW], how often it was observed and, where known, the highest [kW]."""


SHOWN_BY: Mapping[str, str] = {"select_option": "option", "set_value": "value", "turn_on": "", "turn_off": ""}
"""Service of a release -> the field whose value the entity shows afterwards, "" where the service itself implies it."""


def is_release_call(stored: tuple[str, str, Mapping[str, Any]]) -> bool:
    """Return whether domain, service and data from a file are a call that gives an entity back."""
    domain, service, data = stored
    entity, shown = data.get("entity_id"), SHOWN_BY.get(service)
    is_entity = isinstance(entity, str) and entity.startswith(f"{domain}.") and entity != f"{domain}."
    return is_entity and shown is not None and data.keys() == {"entity_id", *filter(None, [shown])}


StoredCall = Annotated[tuple[str, str, Mapping[str, int | float | str]], is_release_call]
"""A call in a file: domain, service, data."""


StoredWrite = Annotated[StoredCall, lambda stored: number_of(stored[2].get("value")) is not None]
"""A call in a file that sets a number."""


def loans_from_file(release: Iterable[StoredCall], blind: Iterable[StoredWrite]) -> dict[str, Loan]:
    """Return entity -> its loan, from the calls that give entities back, and the `blind` writes of others."""
    held = {entity: Loan(entity, value) for entity, value in map(_entity_and_value, release)}
    for entity, value in map(_entity_and_value, blind):
        known = held.get(entity, Loan(entity, None))
        held[entity] = known._replace(sent=(*known.sent, value))
    return held


def _entity_and_value(stored: StoredCall) -> tuple[str, EntityValue]:
    """Return the entity of a call, and the value that it sets."""
    _, service, data = stored
    return str(data["entity_id"]), data.get(SHOWN_BY[service], service.removeprefix("turn_"))


def calls_to_file(calls: Iterable[ServiceCall]) -> list[list[Any]]:
    """Return calls as values for a file."""
    return [[call.domain, call.service, dict(call.data)] for call in calls]


def is_lowered_number(loan: Loan) -> bool:
    """Return whether a loan is of a number that can be set, with its values."""
    domain, _, name = loan.entity.partition(".")
    are_numbers = all(isinstance(each, float) for each in (loan.before, *loan.sent))
    return domain in SET_BY_HAND and name != "" and are_numbers


LoweredNumber = Annotated[Loan, is_lowered_number]
"""The loan of a number that holds an inverter back."""


class StoredPower(NamedTuple):
    """The learnt power of a load on a number of its phases."""

    load: str
    phase_count: int
    kw: Annotated[float, lambda kw: kw > 0]


class StoredPrices(NamedTuple):
    """The prices of a source: start of each quarter hour [s since 1970] -> price."""

    source: str
    slots: Mapping[Annotated[int, is_time], float]


NO_STORED_PRICES = StoredPrices("", {})


@dataclass(frozen=True, slots=True)
class StoredPlans:
    """The whole file of plans."""

    progress: Mapping[str, PlanProgress] = field(default_factory=dict)
    resting: frozenset[str] = frozenset()
    """The loads whose plan waits, in any mode."""
    ran_from_s: Mapping[str, float] = field(default_factory=dict)
    signals: Mapping[str, PriceSignal] = field(default_factory=dict)
    settings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Path of a key of a plan -> the entity that provides it, and that one's last good value."""
    power: tuple[StoredPower, ...] = ()
    house: LearntHours = field(default_factory=dict)
    circuits: Mapping[str, LearntHours] = field(default_factory=dict)
    import_: StoredPrices = NO_STORED_PRICES
    export: StoredPrices = NO_STORED_PRICES
    release: tuple[StoredCall, ...] = ()
    """The calls that release the battery from orders of an earlier process."""
    lowered: tuple[LoweredNumber, ...] = ()
    """The numbers that hold inverters back: `ExportControl.lowered`."""
    blind: tuple[StoredWrite, ...] = ()
    """The writes of charging powers whose former values were not known: `BatteryControl.blind`."""


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """The whole file of lowered numbers."""

    lowered: tuple[LoweredNumber, ...] = ()
    """The numbers that hold inverters back: `ExportControl.lowered`."""
    suspects: Mapping[str, float] = field(default_factory=dict)
    """Number that may have been lowered by an earlier process whose record was lost -> what it displayed then."""


class Parsed(NamedTuple, Generic[Content]):
    """The content of a file without its damaged parts, and the places of those."""

    content: Content
    damaged: tuple[str, ...] = ()
    """The places of what is damaged, and dropped; the file's name if all of it is."""
    why: str = ""
    """Why nothing could be read, "" where the file or a part of it could."""
    is_absent: bool = False


def parse_values(kind: type[Content], values: object, name: str) -> Parsed[Content]:
    """Return the content of a file's values as `kind`; if all of it is damaged, an empty content. `name`: the file's.

    A damaged plan of a service is dropped, so that CONFIG's counts.
    """
    reader = Reader(whole=(LoadPlan,))
    content = reader.read(kind, values)
    return Parsed(kind(), (name,)) if content is DAMAGED else Parsed(content, tuple(reader.damaged))


def parse_plans(values: object) -> Parsed[StoredPlans]:
    """Return the content of the values of a file of plans."""
    return parse_values(StoredPlans, values, NAME)


def read_file(kind: type[Content], file: Path) -> Parsed[Content]:
    """Read a file as `kind`, empty if there is none yet or it cannot be read. Raises nothing; blocks on the disk."""
    try:
        values = read_json(file, absent=file)
        return Parsed(kind(), is_absent=True) if values is file else parse_values(kind, values, file.name)
    except Exception as error:  # whatever a disk may raise
        return Parsed(kind(), (file.name,), exception_text(error))


def export_record(own: Parsed[ExportRecord], plans: Parsed[StoredPlans]) -> tuple[ExportRecord, bool]:
    """Return the record of lowered numbers, and whether a number may have been lowered that neither file names.

    Where its own file is damaged or absent, its copy in the file of plans counts too.
    """
    record = own.content
    if not own.damaged and not own.is_absent:
        return record, False
    known = {each.entity for each in record.lowered}
    lowered = (*record.lowered, *(each for each in plans.content.lowered if each.entity not in known))
    is_damaged = any(each.startswith(("lowered", NAME)) for each in plans.damaged)
    return ExportRecord(lowered, record.suspects), is_damaged or (plans.is_absent and not own.is_absent)
