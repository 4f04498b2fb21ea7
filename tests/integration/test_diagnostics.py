"""What of CONFIG a bug report leaves out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.config.full import full

from .parts import INTEGRATION

PRIVATE = re.compile(r"^!secret |^\d+\.\d+\.\d+\.\d+(/\d+)?$|^https?://|@")


def left_out() -> set[str]:
    tree = ast.parse((INTEGRATION / "diagnostics.py").read_text(encoding="utf-8"))
    (found,) = [n.value for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "SECRETS"]
    return ast.literal_eval(found)


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
    assert found <= left_out(), found - left_out()
    assert {"charger", "tags"} <= left_out()
