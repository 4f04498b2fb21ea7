"""The requests that Fusebox makes to Easee's cloud, one function each; nothing else is ever written there.

Limits in the charger's flash memory (maximum and offline currents) are left out on purpose: flash wears out by writing,
and those limits belong to the installer. Times to live are in minutes. Sources: developer.easee.com. Values in a path
are checked: ValueError for one that would lead to another address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...model import web_address as web

BASE_URL = "https://api.easee.com"


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request; `body` is sent as JSON."""

    method: str
    path: str
    body: Mapping[str, object] | None = field(default=None, repr=False)


def login(username: str, password: str) -> Request:
    """Request a token for user name and password."""
    return Request("POST", "/api/accounts/login", {"userName": username, "password": password})


def refresh(access: str, refresh_token: str) -> Request:
    """Request a new token for an old one."""
    return Request("POST", "/api/accounts/refresh_token", {"accessToken": access, "refreshToken": refresh_token})


def state(charger: str) -> Request:
    """Request what the cloud last heard from a charger."""
    return Request("GET", f"{_charger(charger)}/state")


def config(charger: str) -> Request:
    """Request a charger's installation settings."""
    return Request("GET", f"{_charger(charger)}/config")


def sites() -> Request:
    """Request the account's sites, each with its circuits and their chargers."""
    return Request("GET", "/api/accounts/products")


def circuit_limit(site: int, circuit: int, phases_a: tuple[int, int, int], minutes: int) -> Request:
    """Set a circuit's limit [A a phase] that expires after `minutes`; its offline limit applies after that."""
    first, second, third = phases_a
    body = {"phase1": first, "phase2": second, "phase3": third, "timeToLive": minutes}
    return Request("POST", f"{_circuit(site, circuit)}/dynamicCurrent", body)


def charger_limit(charger: str, amps: int, minutes: int) -> Request:
    """Set one charger's limit [A] that expires after `minutes`, for chargers that share a circuit."""
    body = {"amps": amps, "minutes": minutes}
    return Request("POST", f"{_charger(charger)}/commands/set_dynamic_charger_current", body)


def pause(charger: str) -> Request:
    """Pause a charging session, which stays authorised."""
    return Request("POST", f"{_charger(charger)}/commands/pause_charging")


def resume(charger: str) -> Request:
    """Resume a paused session."""
    return Request("POST", f"{_charger(charger)}/commands/resume_charging")


def restart(charger: str) -> Request:
    """Restart the charger, as a person's reset asks."""
    return Request("POST", f"{_charger(charger)}/commands/reboot")


def _charger(serial: str) -> str:
    if not web.is_serial(serial):
        raise ValueError(f"{serial!r} is not a charger's serial")
    return f"/api/chargers/{serial}"


def _circuit(site: int, circuit: int) -> str:
    for number in (site, circuit):
        if not web.is_number(number):
            raise ValueError(f"{number!r} is not the number of a site or circuit")
    return f"/api/sites/{site}/circuits/{circuit}"
