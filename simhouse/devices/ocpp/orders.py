"""Carry out the scripts' calls to charge points: services, switches and buttons, in order over the sockets."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from simhouse.devices.entities import calls_in_reply

from .central import Central
from .charger import OcppCharger
from .services import SERVICES, Work, charge_control, profile_in_call, reset, set_charge_rate
from .shown import slug


class Orders:
    """Call `take` with a host's calls, then `obey`.

    `log`: time [s], service, data, and whether the charge point did it. `usual`: CONFIG's entity id -> the
    integration's.
    """

    def __init__(self, central: Central, chargers: Mapping[str, OcppCharger], usual: Mapping[str, str]) -> None:
        self.log: list[tuple[float, str, dict[str, Any], bool]] = []
        self._central, self._chargers, self._usual = central, chargers, usual
        self._queue: list[tuple[str, str, dict[str, Any]]] = []  # service, entity, data

    def queue_calls(self, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Queue the calls for charge points; return the other calls."""
        others = []
        for call in calls:
            if call["service"].startswith("ocpp."):
                self._queue.append((call["service"], "", call.get("data") or {}))
                continue
            mine = [c for c in calls_in_reply([call]) if self._charger_of_control(c.entity) is not None]
            self._queue += [(c.service, c.entity, c.data) for c in mine]
            if not mine:
                others.append(call)
        return others

    async def execute_queued(self) -> None:
        """Carry out the queued calls."""
        queue, self._queue = self._queue, []
        for service, entity, data in queue:
            done = await (
                self._operate_control(service, entity, data) if entity else self._execute_service(service, data)
            )
            self.log.append((self._central.now_s, service, data, done))

    def _charger_of_control(self, entity: str) -> tuple[OcppCharger, str] | None:
        """Return the charger and the kind of a control entity (switch, button or slider), None for another entity."""
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

    async def _execute_service(self, service: str, data: dict[str, Any]) -> bool:
        """Carry out a service of the integration; an unknown charger's name selects the first charger."""
        wanted, connector = str(data.get("devid") or ""), int(data.get("conn_id", 0))
        known = list(self._chargers.values())
        named = [c for c in known if c.point.identity == wanted] or [
            c for c in known if c.point.identity == known[0].point.identity
        ]
        addressed = next((c for c in named if connector in (0, c.number)), named[0])
        work = SERVICES.get(service.partition(".")[2])
        if work is None:
            return False
        # A charger may report which units it accepts: then rejecting the other one is no mistake.
        return await self._execute_and_count(
            addressed, lambda ask, seen: work(ask, seen, data), is_question=_is_in_other_unit(addressed, data)
        )

    async def _operate_control(self, service: str, entity: str, data: dict[str, Any]) -> bool:
        """Operate a switch, button or slider. Home Assistant skips unavailable entities."""
        found, action = self._charger_of_control(entity), service.partition(".")[2]
        if found is None:
            return False
        charger, kind = found
        if kind == "button" and action == "press":
            return await self._execute_and_count(charger, reset)
        if charger.point.electronics.faulted:
            return False
        if kind == "switch" and action in ("turn_on", "turn_off"):
            return await self._execute_and_count(
                charger, partial(charge_control, connector=charger.number, on=action == "turn_on")
            )
        if kind == "slider" and action == "set_value":
            return await self._execute_and_count(
                charger, partial(set_charge_rate, data={"limit_amps": float(data["value"])})
            )
        return False

    async def _execute_and_count(self, charger: OcppCharger, work: Work, *, is_question: bool = False) -> bool:
        """Do work over a charger's socket and count it; return whether it succeeded.

        `is_question`: a refusal is an answer and is not counted as one.
        """
        identity, electronics = charger.point.identity, charger.point.electronics
        seen = self._central.seen[identity]
        if not seen.connected:
            return False
        charger.commands += 1
        done = await work(partial(self._central.request_answer, identity, hears=lambda: electronics.connected), seen)
        charger.refused += not (done or is_question) and electronics.connected
        return done


def _is_in_other_unit(charger: OcppCharger, data: dict[str, Any]) -> bool:
    """Whether a call contains a profile in a unit that the charger does not accept."""
    schedule = (profile_in_call(data) or {}).get("chargingSchedule", {})
    firmware = charger.point.electronics.firmware
    return not {"A": firmware.takes_amps, "W": firmware.takes_watts}.get(schedule.get("chargingRateUnit"), True)
