"""Several inverters and batteries of the simulated house, as one roof."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .entities import Call, State
from .meter import NotSimulated
from .roof import Generation, Roof, build_roof
from .source import as_list, source_states, source_unit


class Settings:
    """Settings of several devices, as of one."""

    def __init__(self, parts: Sequence[Any]) -> None:
        self._parts = parts

    @property
    def values(self) -> Mapping[str, str]:
        """The present value of each entity."""
        return {entity: value for part in self._parts for entity, value in part.values.items()}

    def handle(self, call: Call) -> bool:
        """Carry out a service call; return whether it was for one of these devices."""
        return any(part.handle(call) for part in self._parts)


class Roofs(Roof):
    """Several roofs: each battery regulates the house's meter, so it counts what the other roofs deliver."""

    def __init__(self, parts: Sequence[tuple[Mapping[str, Any], Roof]], solar: Sequence[float] | None) -> None:
        battery = next((roof.battery for _, roof in parts if roof.battery), None)
        most_w = sum(roof.inverter_max_w for _, roof in parts if roof.solar is not None)
        super().__init__(solar=solar, inverter_max_w=most_w, battery=battery)
        self.parts = parts
        self.orders = Settings([roof.orders for _, roof in parts])  # type: ignore[assignment]
        self.export = Settings([roof.export for _, roof in parts])  # type: ignore[assignment]

    def step(self, t_s: int, taken_w: float, dark: bool) -> Generation:
        """Advance all roofs to second `t_s` and return their powers together; see `Roof.step`."""
        for _, roof in self.parts:
            others_w = sum(each.now.solar_w - each.now.battery_w for _, each in self.parts if each is not roof)
            roof.is_island = self.is_island
            roof.step(t_s, taken_w - others_w, dark)
        now = [roof.now for _, roof in self.parts]
        stores = [(roof.battery.capacity_kwh, roof.now.soc_pct) for _, roof in self.parts if roof.battery is not None]
        self.now = Generation(
            sum(each.solar_w for each in now),
            sum(each.curtailed_w for each in now),
            sum(each.battery_w for each in now),
            sum(kwh * pct for kwh, pct in stores) / (sum(kwh for kwh, _ in stores) or 1.0),
        )
        return self.now

    def fed_w(self, taken_w: Mapping[str, float]) -> Mapping[str, float]:
        """Return what all roofs deliver to each phase [W]; `taken_w`: what each phase draws."""
        each = [roof.fed_w(taken_w) for _, roof in self.parts]
        return {phase: sum(fed.get(phase, 0.0) for fed in each) for phase in taken_w}

    def states(
        self, site: Mapping[str, Any], units: Mapping[str, str], voltage_v: float, taken_w: Mapping[str, float]
    ) -> dict[str, State]:
        """Return every roof entity of CONFIG's `site`."""
        total = site.get("solar_w")
        found = source_states(total, self.now.solar_w, source_unit(total, units), voltage_v)
        for part, roof in self.parts:
            found |= roof.states(part, units, voltage_v, taken_w)
        return found


def _split_site(site: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the part of CONFIG's `site` about each inverter with its battery; a further battery has no panels."""
    inverters, batteries = as_list(site.get("inverter")) or [{}], as_list(site.get("battery"))
    curtails = as_list((site.get("export") or {}).get("curtail"))
    for place, inverter in enumerate(inverters):
        metered = (site.get("circuits") or {}).get(inverter.get("circuit"), {}).get("grid")
        if metered:
            raise NotSimulated(f"site.inverter[{place}].circuit: a circuit with its own meter is not simulated")
        own = [
            battery
            for at, battery in enumerate(batteries)
            if min(battery["inverter"] if isinstance(battery.get("inverter"), int) else at, len(inverters) - 1) == place
        ]
        part = {"inverter": inverter, "solar_w": inverter.get("solar_w")}
        if place < len(curtails):
            part["export"] = {"curtail": curtails[place]}
        yield {**part, "battery": own[0] if own else None}
        for battery in own[1:]:
            yield {"inverter": {"phases": inverter.get("phases")}, "battery": battery, "has_panels": False}


def build_roofs(site: Mapping[str, Any], solar: Sequence[float] | None, soc_pct: float, phases: int) -> Roof:
    """Return the roofs that lists in a CONFIG `site` describe; the sun is shared by what each inverter can deliver."""
    parts = list(_split_site(site))
    limits_w = [part["inverter"].get("max_w") for part in parts]
    known_w = [w if isinstance(w, int | float) and w else 1.0 for w in limits_w]
    sizes = [0.0 if part.get("has_panels") is False else w for part, w in zip(parts, known_w, strict=True)]
    roofs = []
    for part, size in zip(parts, sizes, strict=True):
        own = None if solar is None or not size else [w * size / sum(sizes) for w in solar]
        roofs.append((part, build_roof(part, own, soc_pct, phases)))
    return Roofs(roofs, solar)
