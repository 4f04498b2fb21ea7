"""What of CONFIG a bug report leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.config.full import full

from .parts import part

PRIVATE = re.compile(r"^!secret |^\d+\.\d+\.\d+\.\d+(/\d+)?$|^https?://|@")


private = part("private")


def private_keys(node: object, key: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield from private_keys(value, str(name))
    elif isinstance(node, list | tuple):
        for each in node:
            yield from private_keys(each, key)
    elif isinstance(node, str) and PRIVATE.search(node):
        yield key


def test_every_key_that_holds_a_secret_or_an_address_is_left_out():
    found = set(private_keys(full()))
    assert {"username", "password", "host"} <= found
    assert found <= private.SECRETS, found - private.SECRETS
    assert {"charger", "tags"} <= private.SECRETS


def test_a_sentence_names_no_address_and_no_charger():
    config = {"loads": {"car": {"charger": "EH123456"}}, "vehicles": {"zoe": {"tags": ["04A2B3"]}}, "host": "ab"}
    silent = "the inverter at 192.168.1.20 does not answer"
    report = {
        "errors": [silent, "ask erik@example.com at http://ha.local:8123/x", "04A2B3 is already zoe's"],
        "errors_values": ({"address": "10.0.0.7", "charger": "EH123456"},),
        "loads": ["sensor.fusebox_EH123456"],
        "max_a": 16.5,
        "username": "erik",
        "version": "2.1.0",
    }
    hidden = private.REDACTED
    assert private.without_private(report, config) == {
        "errors": [silent.replace("192.168.1.20", hidden), f"ask {hidden} at {hidden}", f"{hidden} is already zoe's"],
        "errors_values": [{"address": hidden, "charger": hidden}],
        "loads": ["sensor.fusebox_EH123456"],
        "max_a": 16.5,
        "username": hidden,
        "version": "2.1.0",
    }
