"""Schema of values that are part of CONFIG's structure and never read live: words, names, hosts, addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from functools import partial

from ..model.messages.message import Value
from ..model.web_address import is_address, is_private, is_serial
from .fields import Check, Field
from .tree import Secret, invalid, known_choices


def choice(*words: str, of: Callable[[str], str] = str) -> Field:
    """Return the field for one of these words, in any case; the first is the default. Never an entity.

    Its value is `of` the word; the check raises `vol.Invalid` for any other.
    """

    known = {word.lower(): word for word in words}

    def check(value: object) -> str:
        if isinstance(value, str) and value.strip().lower() in known:
            return of(known[value.strip().lower()])
        raise invalid("word_not_known", value, **known_choices(value, words))

    return Field(check, words[0])


def one_of(words: Iterable[str], what: str) -> Check:
    """Return a check for a name from a fixed set, such as a phase; it raises `vol.Invalid` for any other.

    `what`: a description of the set for the error.
    """
    known = tuple(words)

    def check(value: object) -> object:
        if isinstance(value, str) and value in known:
            return value
        raise invalid("value_not_of", value, what=what, **known_choices(value, known))

    return check


def text(hint: str) -> Check:
    """Return a check for a text that is not empty; it raises `vol.Invalid` for anything else.

    `hint`: an example for the error.
    """
    return text_check(str.strip, "value_not_text", example=hint)


def secret_text(hint: str) -> Check:
    """Return a check for a password or user name, which becomes a `Secret`, so that no error shows it.

    It raises `vol.Invalid` for anything but a text, and for an empty one.
    """

    def check(value: object) -> object:
        if isinstance(value, str) and value.strip():
            return value if isinstance(value, Secret) else Secret.of(value, "***")
        raise invalid("private_not_text", kind=type(value).__name__, example=hint)

    return check


def required_text(hint: str, check: Callable[[str], Check] = text) -> Field:
    """Return a required field for a text; `hint` describes it."""
    return Field(check(hint), hint=hint)


def text_check(fits: Callable[[str], object], unfit: str, **values: Value) -> Check:
    """Return a check for a text for which `fits` is true. `unfit`, `values`: the mistake's code for any other value."""

    def check(value: object) -> object:
        if isinstance(value, str) and fits(value):
            return value
        raise invalid(unfit, value, **values)

    return check


def text_matching(pattern: str, *, unfit: str) -> Check:
    """Return a check for a text that fully matches a pattern. `unfit`: the code of the mistake for any other."""
    return text_check(re.compile(pattern, re.ASCII).fullmatch, unfit)


def _is_host(name: str) -> bool:
    """Return whether a text is an IP address or a host name: not of digits alone, and with dots not ending in one."""
    is_name = re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?", name) and not name[-1].isdigit()
    numbered = re.fullmatch(r"[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]*[0-9]", name)
    return bool(is_name or numbered) or parses(ipaddress.ip_address, name)


def parses(parse: Callable[[str], object], text: str) -> bool:
    """Return whether a function parses a text; a ValueError means that it does not."""
    try:
        parse(str(text))
    except ValueError:
        return False
    return True


host = text_check(_is_host, "no_host")
"""A host name or address, without scheme or port."""

listen_host = text_check(lambda name: name == "localhost" or parses(ipaddress.ip_address, name), "no_own_address")

network = text_check(partial(parses, partial(ipaddress.ip_network, strict=False)), "no_network")
"""An IP address or network; bits beyond its prefix may be set."""

_is_url = text_check(is_address, "no_url")
_is_hidden = text_check(is_private, "url_shows_password")


def check_private_url(value: object) -> object:
    """Return the address of a service that receives a password: https, or http on this machine only.

    Raises `vol.Invalid` for any other.
    """
    return _is_hidden(_is_url(value))


serial_number = text_check(is_serial, "no_serial")
"""A device's serial number, which becomes part of an address."""
