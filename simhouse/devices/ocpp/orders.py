"""What the scripts order of charge points: services, switches and buttons, one after another over the sockets."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from simhouse.devices.entities import calls_of

from .central import Central
from .charger import OcppCharger
from .services import SERVICES, Work, charge_control, reset, set_charge_rate
from .shown import slug


class Orders:
    """`take` calls as a host's reply has them, then `obey`.

    `log` is what became of them: when [s], the service, its data, and whether the charge point did it. `usual` gives
    the integration's name of an entity that CONFIG calls otherwise.
    """

    def __init__(self, central: Central, chargers: Mapping[str, OcppCharger], usual: Mapping[str, str]) -> None:
        self.log: list[tuple[float, str, dict[str, Any], bool]] = []
        self._central, self._chargers, self._usual = central, chargers, usual
        self._queue: list[tuple[str, str, dict[str, Any]]] = []  # service, entity, data

    def take(self, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Keeps the calls that are for charge points, and returns the others."""
        others = []
        for call in calls:
            if call["service"].startswith("ocpp."):
                self._queue.append((call["service"], "", call.get("data") or {}))
                continue
            mine = [c for c in calls_of([call]) if self._control(c.entity) is not None]
            self._queue += [(c.service, c.entity, c.data) for c in mine]
            if not mine:
                others.append(call)
        return others

    async def obey(self) -> None:
        """Serves the calls that were taken."""
        queue, self._queue = self._queue, []
        for service, entity, data in queue:
            done = await (self._operate(service, entity, data) if entity else self._serve(service, data))
            self.log.append((self._central.now_s, service, data, done))

    def _control(self, entity: str) -> tuple[OcppCharger, str] | None:
        """The charger and the kind of one of its controls: switch, button or slider."""
        usual = self._usual.get(entity, entity)
        for charger in self._chargers.values():
            name = slug(charger.point.identity)
            several = max(charger.point.connectors) > 1
            prefix = f"{name}_connector_{charger.number}" if several else name
            kinds = {
                f"switch.{prefix}_charge_control": "switch",
                f"button.{name}_reset": "button",
                f"number.{prefix}_maximum_current": "slider",
            }
            if usual in kinds:
                return charger, kinds[usual]
        return None

    async def _serve(self, service: str, data: dict[str, Any]) -> bool:
        """A service of the integration; without a known charger's name it goes to the first."""
        wanted, connector = str(data.get("devid") or ""), int(data.get("conn_id", 0))
        known = list(self._chargers.values())
        named = [c for c in known if c.point.identity == wanted] or [
            c for c in known if c.point.identity == known[0].point.identity
        ]
        addressed = next((c for c in named if connector in (0, c.number)), named[0])
        work = SERVICES.get(service.partition(".")[2])
        if work is None:
            return False
        refused, done = addressed.refused, await self._done(addressed, partial(work, data=data))
        if _is_in_other_unit(addressed, data):
            addressed.refused = refused  # a charger may be asked which units it takes
        return done

    async def _operate(self, service: str, entity: str, data: dict[str, Any]) -> bool:
        """A switch, a button or the slider. Home Assistant skips those that are not available."""
        found, action = self._control(entity), service.partition(".")[2]
        if found is None:
            return False
        charger, kind = found
        if kind == "button" and action == "press":
            return await self._done(charger, reset)
        if charger.point.electronics.faulted:
            return False
        if kind == "switch" and action in ("turn_on", "turn_off"):
            return await self._done(charger, partial(charge_control, connector=charger.number, on=action == "turn_on"))
        if kind == "slider" and action == "set_value":
            return await self._done(charger, partial(set_charge_rate, data={"limit_amps": float(data["value"])}))
        return False

    async def _done(self, charger: OcppCharger, work: Work) -> bool:
        """Does the work over a charger's socket, and counts it."""
        identity, electronics = charger.point.identity, charger.point.electronics
        seen = self._central.seen[identity]
        if not seen.connected:
            return False
        charger.commands += 1
        done = await work(partial(self._central.ask, identity, hears=lambda: electronics.connected), seen)
        charger.refused += not done and electronics.connected
        return done


def _is_in_other_unit(charger: OcppCharger, data: dict[str, Any]) -> bool:
    """Whether a call brings a profile in a unit that the charger takes no schedule in."""
    profile = data.get("custom_profile")
    schedule = profile.get("chargingSchedule", {}) if isinstance(profile, dict) else {}
    firmware = charger.point.electronics.firmware
    return not {"A": firmware.takes_amps, "W": firmware.takes_watts}.get(schedule.get("chargingRateUnit"), True)
