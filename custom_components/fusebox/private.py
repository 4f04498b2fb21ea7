"""What a download for a bug report leaves out: who and where somebody is, also where a sentence names it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

SECRETS = {
    "allowed_clients", "base_url", "charger", "host", "listen_host", "password", "quasar_host", "site_id", "tags",
    "username",
}  # fmt: skip
"""Keys of CONFIG that say who or where somebody is."""
REDACTED = "**REDACTED**"
SHORTEST = 3
"""Letters of a value that is looked for in sentences; a shorter one would hide words."""
ADDRESS = r"\w+://\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b\d{1,3}(?:\.\d{1,3}){3}\b(?:/\d+)?"
"""Pattern of addresses on a network and of mail."""


def secret_values(config: object, is_secret: bool = False) -> Iterator[str]:
    """Yield the texts of a CONFIG below keys in SECRETS."""
    if isinstance(config, Mapping):
        for key, value in config.items():
            yield from secret_values(value, is_secret or key in SECRETS)
    elif isinstance(config, list | tuple):
        for each in config:
            yield from secret_values(each, is_secret)
    elif is_secret and len(str(config)) >= SHORTEST:
        yield str(config)


def without_private(node: Any, config: object) -> Any:
    """Return a report without the values of secret keys, and without those of CONFIG and addresses in its texts."""
    values = sorted(set(secret_values(config)), key=len, reverse=True)
    # A name that is a part of an entity's id stays: the id would be of no use without it.
    words = [rf"(?<![\w.]){re.escape(each)}(?!\w)" for each in values]
    return _hidden(node, re.compile("|".join([*words, ADDRESS])))


def _hidden(node: Any, private: re.Pattern[str]) -> Any:
    if isinstance(node, Mapping):
        return {
            key: REDACTED if key in SECRETS and value not in (None, "") else _hidden(value, private)
            for key, value in node.items()
        }
    if isinstance(node, list | tuple):
        return [_hidden(each, private) for each in node]
    return private.sub(REDACTED, node) if isinstance(node, str) else node
