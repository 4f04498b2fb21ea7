"""Cross-checks of cars: names that exist, tags and entities that belong to one car, and chargers that can see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.load_plan import LoadPlan
from ..model.messages.message import message
from ..model.vehicle import Vehicle
from .tree import Problem, as_tuple, known_choices, quote_value
from .vehicle_schema import ANY_ONE, normalise_tag
from .wiring import Parts, Values, WiredLoad

OF_ONE_CAR = ("plugged", "soc_pct")
"""Entities that tell cars apart."""


def configured_cars(parts: Parts) -> Mapping[str, Vehicle]:
    """Return name -> car for the cars of CONFIG that have no mistake."""
    found = parts.config["vehicles"]
    cars = found.items() if isinstance(found, Mapping) else ()
    return {name: car for name, car in cars if isinstance(car, Vehicle)}


def known_car_names(node: Values, cars: Mapping[str, Vehicle]) -> tuple[str, ...]:
    """Return the names of the cars that a charger lists (`node`), without names that CONFIG does not define."""
    named = node.get("vehicles")
    return tuple(cars) if named == ANY_ONE else tuple(name for name in cars if name in as_tuple(named))


def has_cars(node: Values) -> bool:
    """Return whether a load's key `vehicles` lists any car or is `any`."""
    return node.get("vehicles") == ANY_ONE or bool(as_tuple(node.get("vehicles")))


def vehicle_errors(parts: Parts) -> Iterator[Problem]:
    """Yield an error for each mistake about cars.

    A car that does not exist, a tag or entity that two cars share, a charger that cannot detect its car, and a guest's
    plan that needs a state of charge.
    """
    cars = configured_cars(parts)
    yield from _shared_tags_and_entities(cars)
    written = parts.config["vehicles"]
    known = tuple(written) if isinstance(written, Mapping) else ()
    for load in parts.loads:
        named = load.node.get("vehicles")
        for index, name in enumerate(() if named == ANY_ONE else as_tuple(named)):
            if isinstance(name, str) and name not in known:
                code = "vehicle_unknown" if known else "vehicles_required"
                values = known_choices(name, known) if known else {}
                yield Problem(f"{load.path}.vehicles[{index}]", message(code, value=quote_value(name), **values))
        if has_cars(load.node) and not _detects_cars(load):
            yield Problem(f"{load.path}.vehicles", message("vehicles_need_status"))
        plan = getattr(load.node.get("guest"), "plan", None)
        if isinstance(plan, LoadPlan):
            for key in ("soc_target_pct", "min_soc_pct"):
                if getattr(plan, key) is not None:
                    yield Problem(f"{load.path}.guest.plan.{key}", message("guest_has_no_soc"))


def _detects_cars(load: WiredLoad) -> bool:
    """Return whether a load shows when a car is plugged in, or an entity names that car."""
    return "charger" in load.node or load.node.get("status") is not None or load.node.get("vehicle") is not None


def _shared_tags_and_entities(cars: Mapping[str, Vehicle]) -> Iterator[Problem]:
    """Yield an error for each tag or entity that two cars have."""
    owners: dict[str, str] = {}
    for name, car in cars.items():
        tags = [(f"tags[{index}]", tag) for index, tag in enumerate(as_tuple(car.tags)) if isinstance(tag, str)]
        named = [(key, getattr(car, key)) for key in OF_ONE_CAR]
        for key, value in (*tags, *named):
            if not isinstance(value, str):
                continue
            path, owned = f"vehicles.{name}.{key}", normalise_tag(value) if "[" in key else f"{key} {value}"
            if owners.setdefault(owned, path) != path:
                yield Problem(path, message("vehicle_value_shared", value=quote_value(value), other=owners[owned]))


def vehicle_warnings(parts: Parts) -> Iterator[Problem]:
    """Yield a warning for each key that has no effect, and each car that no charger lists.

    A key about cars at a charger that lists none, and a charger's own car key where it lists cars.
    """
    for load in parts.loads:
        node = load.node
        if has_cars(node):
            for key in ("soc_pct", "capacity_kwh"):
                if node.get(key) is not None:
                    yield Problem(f"{load.path}.{key}", message("own_car_unused"))
            continue
        for key in ("vehicle", "tag", "guest"):
            if node.get(key) is not None:
                yield Problem(f"{load.path}.{key}", message("vehicles_unused"))
    users = {name for load in parts.loads for name in known_car_names(load.node, configured_cars(parts))}
    for name in configured_cars(parts):
        if name not in users:
            yield Problem(f"vehicles.{name}", message("vehicle_unused"))
