"""The requests that Fusebox makes of Easee's cloud, each a row; there is no other way to write to it.

Limits that the charger keeps in its flash memory (maximum and offline currents) have no row on purpose: they are worn
out by writing, and they are the installer's. Times to live are in minutes. Sources: developer.easee.com. What stands in
a path is looked at first: a ValueError for what would lead elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...model import web_address as web

BASE_URL = "https://api.easee.com"


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request; `body` is sent as JSON."""

    method: str
    path: str
    body: Mapping[str, object] | None = field(default=None, repr=False)


def login(username: str, password: str) -> Request:
    """A token for user name and password."""
    return Request("POST", "/api/accounts/login", {"userName": username, "password": password})


def refresh(access: str, refresh_token: str) -> Request:
    """A new token for an old one."""
    return Request("POST", "/api/accounts/refresh_token", {"accessToken": access, "refreshToken": refresh_token})


def state(charger: str) -> Request:
    """What the cloud last heard of a charger."""
    return Request("GET", f"{_charger(charger)}/state")


def config(charger: str) -> Request:
    """How a charger was installed."""
    return Request("GET", f"{_charger(charger)}/config")


def sites() -> Request:
    """The sites of an account, each with its circuits and their chargers."""
    return Request("GET", "/api/accounts/products")


def circuit_limit(site: int, circuit: int, phases_a: tuple[int, int, int], minutes: int) -> Request:
    """A limit of a circuit [A a phase] that ends by itself; then its offline limit counts."""
    first, second, third = phases_a
    body = {"phase1": first, "phase2": second, "phase3": third, "timeToLive": minutes}
    return Request("POST", f"{_circuit(site, circuit)}/dynamicCurrent", body)


def charger_limit(charger: str, amps: int, minutes: int) -> Request:
    """The same of one charger, where several share a circuit."""
    body = {"amps": amps, "minutes": minutes}
    return Request("POST", f"{_charger(charger)}/commands/set_dynamic_charger_current", body)


def pause(charger: str) -> Request:
    """Pause a session; it keeps its authorisation."""
    return Request("POST", f"{_charger(charger)}/commands/pause_charging")


def resume(charger: str) -> Request:
    """Go on with a paused session."""
    return Request("POST", f"{_charger(charger)}/commands/resume_charging")


def restart(charger: str) -> Request:
    """Restart the charger: the last rung of a reset."""
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
