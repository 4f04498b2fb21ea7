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
class HttpRequest:
    """An HTTP request; `body` is sent as JSON."""

    method: str
    path: str
    body: Mapping[str, object] | None = field(default=None, repr=False)


def login_request(username: str, password: str) -> HttpRequest:
    """Return the request for a token by user name and password."""
    return HttpRequest("POST", "/api/accounts/login", {"userName": username, "password": password})


def refresh_request(access: str, refresh_token: str) -> HttpRequest:
    """Return the request for a new token in place of an old one."""
    return HttpRequest("POST", "/api/accounts/refresh_token", {"accessToken": access, "refreshToken": refresh_token})


def state_request(charger: str) -> HttpRequest:
    """Return the request for the state that a charger last reported to the cloud."""
    return HttpRequest("GET", f"{_charger_path(charger)}/state")


def config_request(charger: str) -> HttpRequest:
    """Return the request for a charger's installation settings."""
    return HttpRequest("GET", f"{_charger_path(charger)}/config")


def circuit_limit_request(site: object, circuit: object, amps: int, phase_count: int, minutes: int) -> HttpRequest:
    """Return the request that limits a circuit [A] for `minutes`, to 0 A beyond its first `phase_count` phases.

    After that time its offline limit applies.
    """
    keys = ("phase1", "phase2", "phase3")
    body = {**dict.fromkeys(keys, 0), **dict.fromkeys(keys[:phase_count], amps), "timeToLive": minutes}
    return HttpRequest("POST", f"{_circuit_path(site, circuit)}/dynamicCurrent", body)


def charger_limit_request(charger: str, amps: int, minutes: int) -> HttpRequest:
    """Return the request that limits one charger [A] for `minutes`, for chargers that share a circuit."""
    body = {"amps": amps, "minutes": minutes}
    return HttpRequest("POST", f"{_charger_path(charger)}/commands/set_dynamic_charger_current", body)


COMMANDS = {"pause": "pause_charging", "resume": "resume_charging", "restart": "reboot"}
"""Service of the link -> the cloud's command: a paused session stays authorised."""


def command_request(charger: str, service: str) -> HttpRequest:
    """Return the request that pauses, resumes or restarts a charger; KeyError for another service."""
    return HttpRequest("POST", f"{_charger_path(charger)}/commands/{COMMANDS[service]}")


def _charger_path(serial: str) -> str:
    """Return the path of a charger; ValueError for what is no serial number."""
    if not web.is_serial(serial):
        raise ValueError(f"{serial!r} is not a charger's serial")
    return f"/api/chargers/{serial}"


def _circuit_path(site: object, circuit: object) -> str:
    """Return the path of a circuit; ValueError for numbers that are none."""
    for number in (site, circuit):
        if not web.is_id(number):
            raise ValueError(f"{number!r} is not the number of a site or circuit")
    return f"/api/sites/{site}/circuits/{circuit}"
