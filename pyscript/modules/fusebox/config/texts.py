"""Schema of values that are part of CONFIG's structure and never read live: words, names, hosts, addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable

import voluptuous as vol

from ..model.messages.message import message
from ..model.web_address import is_address, is_private, is_serial
from .fields import Check, Field
from .tree import Secret, choices, show


def choice(*words: str, of: Callable[[str], str] = str) -> Field:
    """Return a field that accepts one of these words in any case; the first is the default. It cannot be an entity."""

    def check(value: object) -> str:
        if isinstance(value, str):
            for word in words:
                if value.strip().lower() == word.lower():
                    return of(word)
        raise vol.Invalid(message("word_not_known", value=show(value), **choices(value, words)))

    return Field(check, words[0])


def one_of(words: Iterable[str], what: str) -> Check:
    """Return a check for a name from a fixed set, such as a phase. `what`: its description for the error."""
    known = tuple(words)

    def check(value: object) -> object:
        if isinstance(value, str) and value in known:
            return value
        raise vol.Invalid(message("value_not_of", value=show(value), what=what, **choices(value, known)))

    return check


def text(hint: str) -> Check:
    """Return a check for a text that is not empty. `hint`: an example for the error."""

    def check(value: object) -> object:
        if isinstance(value, str) and value.strip():
            return value
        raise vol.Invalid(message("value_not_text", value=show(value), example=hint))

    return check


def private(hint: str) -> Check:
    """Return a check for a password or user name, which no error shows."""

    def check(value: object) -> object:
        if isinstance(value, str) and value.strip():
            return value if isinstance(value, Secret) else Secret.of(value, "***")
        raise vol.Invalid(message("private_not_text", kind=type(value).__name__, example=hint))

    return check


def written(hint: str, check: Callable[[str], Check] = text) -> Field:
    """Return a required field for a text; `hint` describes it."""
    return Field(check(hint), hint=hint)


def _that(fits: Callable[[str], object], *, unfit: str) -> Check:
    """Return a check for a text that `fits`; `unfit`: the code of the mistake for any other."""

    def check(value: object) -> object:
        if isinstance(value, str) and fits(value):
            return value
        raise vol.Invalid(message(unfit, value=show(value)))

    return check


def matching(pattern: str, *, unfit: str) -> Check:
    """Return a check for a text that fully matches a pattern. `unfit`: the code of the mistake for any other."""
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


host = _that(_is_host, unfit="no_host")
"""A host name or address, without scheme or port."""

listen_host = _that(
    lambda name: name == "localhost" or address(name) is not None,
    unfit="no_own_address",
)

network = _that(_is_network, unfit="no_network")

_is_url = _that(is_address, unfit="no_url")
_is_hidden = _that(is_private, unfit="url_shows_password")


def private_url(value: object) -> object:
    """Check the address of a service that receives a password: https, or http on this machine only."""
    return _is_hidden(_is_url(value))


def serial(hint: str) -> Check:
    """Return a check for a device's serial number, which becomes part of an address."""
    check = _that(is_serial, unfit="no_serial")
    return lambda value: check(text(hint)(value))


def address(value: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the IP address that a text spells, None when it is not one."""
    try:
        return ipaddress.ip_address(str(value))
    except ValueError:
        return None
