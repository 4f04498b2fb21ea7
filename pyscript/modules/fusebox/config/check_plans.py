"""Cross-checks of plans, of limits of a session and of cars: nothing is missing, and nothing contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.equipment import Battery
from ..model.load import STOP_KEYS
from ..model.load_plan import LoadPlan
from ..model.site import letters_and_digits
from ..model.vehicle import Vehicle
from .plan_schema import ANY_ONE
from .tree import Problem, as_tuple, known_choices, problem, quote_value
from .wiring import Parts, Values, WiredLoad, number_or_unknown, parts_at

OF_A_CAR = {"soc_pct": "the entity of the car's state of charge", "capacity_kwh": "what the car's battery holds"}
OF_THE_BATTERY = {"capacity_kwh": "what it holds, such as 10", "charge_from_grid": "what makes it charge from the grid"}
"""Key that the battery's plan needs -> its meaning."""


def plan_errors(parts: Parts) -> Iterator[Problem]:
    """Yield an error for each plan, car, session limit or battery plan that lacks a key or contradicts itself."""
    found: dict[str, Problem] = {}
    for path, plan, car_path, car in _plans_by_car(parts):
        for each in _plan_problems(parts, path, plan, car_path, car):
            # A car is checked with the plan of each charger that it may be charged by.
            found.setdefault(str(each), each)
    yield from found.values()
    for name, car in configured_cars(parts).items():
        for key, what in OF_A_CAR.items():
            if car.min_soc_pct is not None and _is_missing(car, key):
                yield problem(f"vehicles.{name}.{key}", "required_by_plan", key="min_soc_pct", example=what)
    yield from _session_limit_errors(parts)
    for path, battery in parts_at(parts.config["site"], "battery", Battery):
        yield from _battery_plan_errors(path, battery, parts.config["prices"])


def _plans_by_car(parts: Parts) -> Iterator[tuple[str, LoadPlan, str, object]]:
    """Yield path and plan with path and keys of the car, once for each car that may be charged by the plan.

    A car's own plan replaces the charger's. A guest's plan has no car; a charger without cars stands for its own.
    """
    cars = configured_cars(parts)
    for name, car in cars.items():
        if isinstance(car.plan, LoadPlan):
            yield f"vehicles.{name}.plan", car.plan, f"vehicles.{name}", car
    for load in parts.loads:
        plan, guests = load.node.get("plan"), getattr(load.node.get("guest"), "plan", None)
        if isinstance(guests, LoadPlan):
            yield f"{load.path}.guest.plan", guests, load.path, None
        for path, keys in _cars_at(load, cars).items():
            if isinstance(plan, LoadPlan) and getattr(keys, "plan", None) is None:
                yield f"{load.path}.plan", plan, path, keys


def _cars_at(load: WiredLoad, cars: Mapping[str, Vehicle]) -> Mapping[str, object]:
    """Return path in CONFIG -> keys of each car that a load charges: those that it lists, or that of its own keys."""
    if not has_cars(load.node):
        return {load.path: load.node}
    return {f"vehicles.{name}": cars[name] for name in known_car_names(load.node, cars)}


def _plan_problems(parts: Parts, path: str, plan: LoadPlan, car_path: str, car: object) -> Iterator[Problem]:
    """Yield an error for each missing price or car key that one plan needs, and for a minimum above its target.

    `car`: where the keys of the car are, None for a guest, whose keys are not checked.
    """
    if plan.has_no_end and parts.config["prices"] is None:
        yield problem(f"{path}.max_price", "prices_required")
    needing_soc = [key for key in ("soc_target_pct", "min_soc_pct") if getattr(plan, key) is not None]
    for key, what in OF_A_CAR.items():
        if needing_soc and car is not None and _is_missing(car, key):
            own = f"plan.{needing_soc[0]}" if path == f"{car_path}.plan" else f"{path}.{needing_soc[0]}"
            yield problem(f"{car_path}.{key}", "required_by_plan", key=own, example=what)
    if number_or_unknown(plan.min_soc_pct) > number_or_unknown(plan.soc_target_pct):
        most = quote_value(plan.soc_target_pct)
        yield problem(f"{path}.min_soc_pct", "min_soc_above_target", plan.min_soc_pct, most=most)


def _is_missing(car: object, key: str) -> bool:
    """Return whether a key of a car, or of a charger without cars, has no value.

    False for a load that has no such key at all.
    """
    return key in car and car[key] is None if isinstance(car, Mapping) else getattr(car, key) is None


def _session_limit_errors(parts: Parts) -> Iterator[Problem]:
    """Yield an error for each session limit that cannot be measured, and a plan's target above `stop_soc_pct`.

    Without an OCPP or cloud charger a limit needs `status`, and a state of charge needs a known one.
    """
    for load in parts.loads:
        node, plan = load.node, load.node.get("plan")
        limits = [key for key in STOP_KEYS if node.get(key) not in (None, 0)]
        if limits and "charger" not in node and node.get("status") is None:
            yield problem(f"{load.path}.{limits[0]}", "stop_needs_status")
        cars = _cars_at(load, configured_cars(parts)).values()
        if "stop_soc_pct" in limits and cars and all(_is_missing(car, "soc_pct") for car in cars):
            yield problem(f"{load.path}.soc_pct", "required_by_plan", key="stop_soc_pct", example=OF_A_CAR["soc_pct"])
        target = plan.soc_target_pct if isinstance(plan, LoadPlan) else None
        if "stop_soc_pct" in limits and number_or_unknown(target) > number_or_unknown(node["stop_soc_pct"]):
            most = quote_value(node["stop_soc_pct"])
            yield problem(f"{load.path}.plan.soc_target_pct", "target_above_stop", target, most=most)


def _battery_plan_errors(path: str, battery: Battery, prices: object) -> Iterator[Problem]:
    """Yield an error for each key that the battery's plan needs and CONFIG does not have; nothing without a plan.

    Also for a target below the battery's reserve.
    """
    if battery.orders.plan is None:
        return
    for key, what in OF_THE_BATTERY.items():
        if getattr(battery.orders, key) is None:
            yield problem(f"{path}.{key}", "required_by_plan", key="plan", example=what)
    if prices is None:
        yield problem(f"{path}.plan", "battery_plan_needs_prices")
    target = getattr(battery.orders.plan, "soc_target_pct", None)
    if number_or_unknown(target) < battery.soc_min_pct:
        yield problem(f"{path}.plan.soc_target_pct", "target_below_reserve", target, min_pct=battery.soc_min_pct)


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
    yield from _shared_tags_and_entities(configured_cars(parts))
    written = parts.config["vehicles"]
    known = tuple(written) if isinstance(written, Mapping) else ()
    for load in parts.loads:
        named = load.node.get("vehicles")
        for index, name in enumerate(() if named == ANY_ONE else as_tuple(named)):
            if isinstance(name, str) and name not in known:
                code = "vehicle_unknown" if known else "vehicles_required"
                values = known_choices(name, known) if known else {}
                yield problem(f"{load.path}.vehicles[{index}]", code, name, **values)
        shows_plugged = "charger" in load.node or load.node.get("status") is not None
        if has_cars(load.node) and not shows_plugged and load.node.get("vehicle") is None:
            yield problem(f"{load.path}.vehicles", "vehicles_need_status")
        plan = getattr(load.node.get("guest"), "plan", None)
        if isinstance(plan, LoadPlan):
            for key in ("soc_target_pct", "min_soc_pct"):
                if getattr(plan, key) is not None:
                    yield problem(f"{load.path}.guest.plan.{key}", "guest_has_no_soc")


def _shared_tags_and_entities(cars: Mapping[str, Vehicle]) -> Iterator[Problem]:
    """Yield an error for each tag or entity that two cars have."""
    owners: dict[str, str] = {}
    for name, car in cars.items():
        tags = [(f"tags[{index}]", tag) for index, tag in enumerate(as_tuple(car.tags)) if isinstance(tag, str)]
        # Entities that tell cars apart.
        named = [("plugged", car.plugged), ("soc_pct", car.soc_pct)]
        for key, value in (*tags, *named):
            if not isinstance(value, str):
                continue
            path, owned = f"vehicles.{name}.{key}", letters_and_digits(value) if "[" in key else f"{key} {value}"
            if owners.setdefault(owned, path) != path:
                yield problem(path, "vehicle_value_shared", value, other=owners[owned])


def vehicle_warnings(parts: Parts) -> Iterator[Problem]:
    """Yield a warning for each key that has no effect, and each car that no charger lists.

    A key about cars at a charger that lists none, and a charger's own car key where it lists cars.
    """
    for load in parts.loads:
        of_cars = (("vehicle", "tag", "guest"), "vehicles_unused")
        unused, code = (OF_A_CAR, "own_car_unused") if has_cars(load.node) else of_cars
        for key in unused:
            if load.node.get(key) is not None:
                yield problem(f"{load.path}.{key}", code)
    users = {name for load in parts.loads for name in known_car_names(load.node, configured_cars(parts))}
    for name in configured_cars(parts):
        if name not in users:
            yield problem(f"vehicles.{name}", "vehicle_unused")
