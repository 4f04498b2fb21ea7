"""Values that are part of the structure, never read live: words, names, hosts, addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable

import voluptuous as vol

from ..model.web_address import is_address, is_private, is_serial
from .fields import Check, Field
from .tree import Secret, one_of_these, show


def choice(*words: str, of: Callable[[str], str] = str) -> Field:
    """One of these words, case-blind; the first is the default. Part of the structure, so never an entity."""

    def check(value: object) -> str:
        if isinstance(value, str):
            for word in words:
                if value.strip().lower() == word.lower():
                    return of(word)
        raise vol.Invalid(f"{show(value)} is not known; {one_of_these(value, words)}")

    return Field(check, words[0])


def one_of(words: Iterable[str], what: str) -> Check:
    """A name out of a fixed set, such as a phase."""
    known = tuple(words)

    def check(value: object) -> object:
        if isinstance(value, str) and value in known:
            return value
        raise vol.Invalid(f"{show(value)} is not {what}; {one_of_these(value, known)}")

    return check


def text(hint: str, *, private: bool = False) -> Check:
    """A text that is not empty. A private one is a password or a user name: no error shows it."""

    def check(value: object) -> object:
        if isinstance(value, str) and value.strip():
            return Secret.of(value, "***") if private and not isinstance(value, Secret) else value
        shown = f"what is there ({type(value).__name__})" if private else show(value)
        raise vol.Invalid(f"{shown} is not a text; write {hint}")

    return check


def host(value: object) -> object:
    """A host name or address, without scheme or port."""
    if isinstance(value, str):
        is_name = re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?", value) and not value[-1].isdigit()
        if is_name or address(value) is not None or re.fullmatch(r"[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]*[0-9]", value):
            return value
    raise vol.Invalid(f"{show(value)} is not a host; write an address such as '192.168.1.40', no scheme and no port")


def listen_host(value: object) -> object:
    """An address of this machine, or localhost."""
    if isinstance(value, str) and (value == "localhost" or address(value) is not None):
        return value
    raise vol.Invalid(f"{show(value)} is not an address of this machine; write '127.0.0.1', or '0.0.0.0' for all")


def network(value: object) -> object:
    """An address or a network."""
    try:
        if isinstance(value, str):
            ipaddress.ip_network(str(value), strict=False)
            return value
    except ValueError:
        pass
    raise vol.Invalid(f"{show(value)} is not an address or network; write '192.168.1.30' or '192.168.1.0/24'")


def private_url(value: object) -> object:
    """The address of a service that is told a password: https, or http on this machine."""
    if not isinstance(value, str) or not is_address(value):
        raise vol.Invalid(f"{show(value)} is not a URL; write 'https://api.example.com'")
    if not is_private(value):
        raise vol.Invalid(f"{show(value)} would show the password to everybody on the way; write https://")
    return value


def serial(hint: str) -> Check:
    """A device's serial, which becomes part of an address."""

    def check(value: object) -> object:
        if is_serial(text(hint)(value)):
            return value
        raise vol.Invalid(f"{show(value)} is not a serial; write the letters and digits on it, such as 'EH123456'")

    return check


def address(value: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a text spells, None when it spells none."""
    try:
        return ipaddress.ip_address(str(value))
    except ValueError:
        return None
