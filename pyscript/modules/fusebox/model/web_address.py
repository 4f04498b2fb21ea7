"""Which web addresses are valid, and to which a password may be sent."""

from __future__ import annotations

import ipaddress
import re

LARGEST_ID = 10**12
"""The largest site and circuit number of a cloud; real ones are far below."""

_ADDRESS = re.compile(r"(https?)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?(?:/[A-Za-z0-9._~/-]*)?")
"""No user, no query, no blank, so that every parser finds the same host in it."""

_SERIAL = re.compile(r"[A-Za-z0-9]{1,40}")


def is_address(text: str) -> bool:
    """Return whether a text is an http or https address, with a path or without."""
    found = _ADDRESS.fullmatch(text)
    return found is not None and int(found[3] or 443) <= 65535


def is_private(address: str) -> bool:
    """Return whether traffic to the address cannot be read on the way: https, or this machine."""
    found = _ADDRESS.fullmatch(address)
    return found is not None and is_address(address) and (found[1] == "https" or is_this_machine(found[2]))


def is_serial(value: object) -> bool:
    """Return whether a value consists of letters and digits only, as a device's serial does."""
    return isinstance(value, str) and _SERIAL.fullmatch(value) is not None


def is_id(value: object) -> bool:
    """Return whether a value is an identifying number: an integer from 1 to `LARGEST_ID`."""
    return type(value) is int and 1 <= value <= LARGEST_ID


def is_this_machine(host: str) -> bool:
    """Return whether a host is `localhost` or a loopback address; False for any other name."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
