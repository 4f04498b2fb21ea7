"""Schema of values that are part of CONFIG's structure and never read live: words, names, hosts, addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable

import voluptuous as vol

from ..model.web_address import is_address, is_private, is_serial
from .fields import Check, Field
from .tree import Secret, one_of_these, show


def choice(*words: str, of: Callable[[str], str] = str) -> Field:
    """Return a field that accepts one of these words in any case; the first is the default. It cannot be an entity."""

    def check(value: object) -> str:
        if isinstance(value, str):
            for word in words:
                if value.strip().lower() == word.lower():
                    return of(word)
        raise vol.Invalid(f"{show(value)} is not known; {one_of_these(value, words)}")

    return Field(check, words[0])


def one_of(words: Iterable[str], what: str) -> Check:
    """Return a check for a name from a fixed set, such as a phase. `what`: its description for the error."""
    known = tuple(words)

    def check(value: object) -> object:
        if isinstance(value, str) and value in known:
            return value
        raise vol.Invalid(f"{show(value)} is not {what}; {one_of_these(value, known)}")

    return check


def text(hint: str) -> Check:
    """Return a check for a text that is not empty. `hint`: an example for the error."""

    def check(value: object) -> object:
        if isinstance(value, str) and value.strip():
            return value
        raise vol.Invalid(f"{show(value)} is not a text; write {hint}")

    return check


def private(hint: str) -> Check:
    """Return a check for a password or user name, which no error shows."""

    def check(value: object) -> object:
        if isinstance(value, str) and value.strip():
            return value if isinstance(value, Secret) else Secret.of(value, "***")
        raise vol.Invalid(f"what is there ({type(value).__name__}) is not a text; write {hint}")

    return check


def written(hint: str, check: Callable[[str], Check] = text) -> Field:
    """Return a required field for a text; `hint` describes it."""
    return Field(check(hint), hint=hint)


def _that(fits: Callable[[str], object], *, unfit: str) -> Check:
    """Return a check for a text that `fits`; `unfit` follows the value in the error for any other."""

    def check(value: object) -> object:
        if isinstance(value, str) and fits(value):
            return value
        raise vol.Invalid(f"{show(value)} {unfit}")

    return check


def matching(pattern: str, *, unfit: str) -> Check:
    """Return a check for a text that fully matches a pattern. `unfit`: the error's predicate."""
    return _that(re.compile(pattern, re.ASCII).fullmatch, unfit=unfit)


def _is_host(name: str) -> bool:
    is_name = re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?", name) and not name[-1].isdigit()
    numbered = re.fullmatch(r"[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]*[0-9]", name)
    return bool(is_name or numbered) or address(name) is not None


def _is_network(name: str) -> bool:
    try:
        ipaddress.ip_network(str(name), strict=False)
    except ValueError:
        return False
    return True


host = _that(_is_host, unfit="is not a host; write an address such as '192.168.1.40', no scheme and no port")
"""A host name or address, without scheme or port."""

listen_host = _that(
    lambda name: name == "localhost" or address(name) is not None,
    unfit="is not an address of this machine; write '127.0.0.1', or '0.0.0.0' for all",
)

network = _that(_is_network, unfit="is not an address or network; write '192.168.1.30' or '192.168.1.0/24'")

_is_url = _that(is_address, unfit="is not a URL; write 'https://api.example.com'")
_is_hidden = _that(is_private, unfit="would show the password to everybody on the way; write https://")


def private_url(value: object) -> object:
    """Check the address of a service that receives a password: https, or http on this machine only."""
    return _is_hidden(_is_url(value))


def serial(hint: str) -> Check:
    """Return a check for a device's serial number, which becomes part of an address."""
    check = _that(is_serial, unfit="is not a serial; write the letters and digits on it, such as 'EH123456'")
    return lambda value: check(text(hint)(value))


def address(value: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the IP address that a text spells, None when it is not one."""
    try:
        return ipaddress.ip_address(str(value))
    except ValueError:
        return None
