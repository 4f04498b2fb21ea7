"""What a Quasar's Modbus guard may say; V2G-Liberty's names and ranges."""

from __future__ import annotations

import ipaddress

from .entities import source
from .fields import Field, list_of, optional, section
from .texts import host, listen_host, network
from .tree import Wrong, show
from .values import number, yes_no

_GUARD = section(
    enabled=yes_no(False),
    quasar_host=optional(host),
    quasar_port=number(502, "", 1, 65535, whole=True),
    listen_host=Field(listen_host, "127.0.0.1"),
    listen_port=number(5020, "", 1, 65535, whole=True),
    allowed_clients=Field(list_of(network, example="['192.168.1.30']"), ()),
    total_power_entity_id=optional(source("sensor.net_power", split=True)),
    total_power_limit=number(5750, "W", 1380, 7400),
    max_charge_power=number(3680, "W", 1380, 7400),
    adjustment_delay=number(10, "s", 0, 3600),
    cooldown_period=number(15, "s", 0, 3600),
)


def guard(value: object) -> object:
    """A guard that can run as it is written: reachable, and only by those who may."""
    tree = _GUARD(value)
    listens = tree["listen_host"]
    if isinstance(listens, str) and not _is_loopback(listens) and tree["allowed_clients"] == ():
        why = f"required when listen_host is {show(listens)}"
        tree["allowed_clients"] = Wrong(f"{why}; write the controller's address, such as ['192.168.1.30']")
    for key in ("quasar_host", "total_power_entity_id"):
        if tree["enabled"] is not False and tree[key] is None:
            tree[key] = Wrong("required where the guard is enabled")
    port = tree["listen_port"]
    if (str(tree["quasar_host"]), tree["quasar_port"]) == (str(listens), port) and not isinstance(port, Wrong):
        tree["listen_port"] = Wrong(f"{show(port)} is where the Quasar itself listens; take another port")
    return tree


def _is_loopback(name: str) -> bool:
    return name == "localhost" or ipaddress.ip_address(str(name)).is_loopback
