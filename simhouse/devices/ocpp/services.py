"""The services and controls of the Home Assistant OCPP integration, as requests to a charge point."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from ocpp.v16 import call

from .known_point import KnownPoint

Ask = Callable[[Any], Awaitable[Any]]
"""Sends a request to the charge point; None where it failed, which the integration only logs."""
Work = Callable[..., Awaitable[bool]]
"""Coroutine that does something with a charge point (`Ask`, `KnownPoint`) and returns whether it succeeded."""
ALL = (
    "set_charge_rate",
    "clear_profile",
    "configure",
    "get_configuration",
    "trigger_custom_message",
    "update_firmware",
    "get_diagnostics",
    "data_transfer",
)
"""Every service of the integration."""


def profile_in_call(data: dict[str, Any]) -> dict[str, Any] | None:
    """Return the profile of a call, which may be JSON text with either kind of quotes; None for a call without one."""
    profile = data.get("custom_profile")
    if not isinstance(profile, str):
        return profile
    found: dict[str, Any] = json.loads(profile.replace("'", '"'))
    return found


async def set_charge_rate(ask: Ask, seen: KnownPoint, data: dict[str, Any]) -> bool:
    """Carry out `ocpp.set_charge_rate`; return whether the charger accepted.

    The call's own profile is sent unchanged; without one its limit in watts or in amps is set.
    """
    connector, profile = int(data.get("conn_id", 0)), profile_in_call(data)
    if profile is not None:
        return _accepted(await ask(call.SetChargingProfile(connector, profile)))
    if "limit_watts" in data:
        return await _set_limit(ask, seen, connector, "W", float(data["limit_watts"]))
    if "limit_amps" in data:
        return await _set_limit(ask, seen, connector, "A", float(data["limit_amps"]))
    return True


async def clear_profile(ask: Ask, _seen: KnownPoint, data: dict[str, Any]) -> bool:
    """Carry out `ocpp.clear_profile`: clear all profiles."""
    answer = await ask(call.ClearChargingProfile())
    return answer is not None and answer.status in ("Accepted", "Unknown")


async def configure(ask: Ask, seen: KnownPoint, data: dict[str, Any]) -> bool:
    """Carry out `ocpp.configure` for one key."""
    key, value = str(data["ocpp_key"]), str(data["value"])
    done = _accepted(await ask(call.ChangeConfiguration(key, value)))
    if done:
        seen.configuration[key] = value
    return done


async def get_configuration(ask: Ask, seen: KnownPoint, data: dict[str, Any]) -> bool:
    """Carry out `ocpp.get_configuration`: refresh one key or all; the caller already got the earlier values."""
    key = data.get("ocpp_key")
    answer = await ask(call.GetConfiguration([str(key)] if key else None))
    if answer is None:
        return False
    seen.configuration |= {entry["key"]: str(entry.get("value", "")) for entry in answer.configuration_key or []}
    return True


async def trigger(ask: Ask, _seen: KnownPoint, data: dict[str, Any]) -> bool:
    """Carry out `ocpp.trigger_custom_message`."""
    return _accepted(await ask(call.TriggerMessage(str(data["requested_message"]))))


async def charge_control(ask: Ask, seen: KnownPoint, connector: int, on: bool) -> bool:
    """Operate the switch: start or stop a transaction remotely; nothing to stop is a success."""
    if on:
        return _accepted(await ask(call.RemoteStartTransaction("simhouse", connector)))
    transaction = seen.transactions.get(connector)
    return not transaction or _accepted(await ask(call.RemoteStopTransaction(transaction)))


async def reset(ask: Ask, seen: KnownPoint) -> bool:
    """Press the button: a hard reset, which also clears the counter of reconnects."""
    seen.reconnects = 0
    return _accepted(await ask(call.Reset("Hard")))


USUAL_V = 230.0
SERVICES: dict[str, Callable[[Ask, KnownPoint, dict[str, Any]], Awaitable[bool]]] = {
    "set_charge_rate": set_charge_rate,
    "clear_profile": clear_profile,
    "configure": configure,
    "get_configuration": get_configuration,
    "trigger_custom_message": trigger,
}


async def _set_limit(ask: Ask, seen: KnownPoint, connector: int, unit: str, limit: float) -> bool:
    """Set a limit without a profile: the charge point's maximum, kept in flash; else both transaction profiles."""
    only_watts = "Current" not in seen.configuration.get("ChargingScheduleAllowedChargingRateUnit", "Current")
    if unit == "A" and only_watts:
        unit, limit = "W", round(limit * USUAL_V * seen.phases(connector or 1))
    schedule = {"charging_rate_unit": unit, "charging_schedule_period": [{"start_period": 0, "limit": limit}]}
    level = int(seen.configuration.get("ChargeProfileMaxStackLevel", "1"))
    if await _install(ask, 0, _make_profile("ChargePointMaxProfile", 1000, level, schedule)):
        return True
    at = connector or 1
    transaction = seen.transactions.get(at)
    of_session = {**_make_profile("TxProfile", 3000 + at, max(1, level), schedule), "transaction_id": transaction}
    own = bool(transaction) and await _install(ask, at, of_session)
    return await _install(ask, at, _make_profile("TxDefaultProfile", 2000 + at, max(1, level - 1), schedule)) or own


def _make_profile(purpose: str, number: int, level: int, schedule: dict[str, Any]) -> dict[str, Any]:
    return {
        "charging_profile_id": number,
        "stack_level": level,
        "charging_profile_kind": "Relative",
        "charging_profile_purpose": purpose,
        "charging_schedule": schedule,
    }


async def _install(ask: Ask, connector: int, profile: dict[str, Any]) -> bool:
    return _accepted(await ask(call.SetChargingProfile(connector, profile)))


def _accepted(answer: Any) -> bool:
    return answer is not None and answer.status in ("Accepted", "RebootRequired")
