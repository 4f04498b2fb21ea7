"""The keys of a Quasar's Modbus guard; V2G-Liberty's names and ranges."""

from __future__ import annotations

import ipaddress

from ..model.load import QUASAR_LEAST_W, QUASAR_MOST_W
from ..model.web_address import is_this_machine
from .entities import source
from .fields import Field, list_of, optional, section
from .texts import host, listen_host, network
from .tree import Mistake, mistake
from .values import number, yes_no

_GUARD = section(
    enabled=yes_no(False),
    quasar_host=optional(host),
    quasar_port=number(502, "", 1, 65535, whole=True),
    listen_host=Field(listen_host, "127.0.0.1"),
    listen_port=number(5020, "", 1, 65535, whole=True),
    allowed_clients=Field(list_of(network, example="['192.168.1.30']"), ()),
    total_power_entity_id=optional(source("sensor.net_power", split=True)),
    total_power_limit=number(5750, "W", QUASAR_LEAST_W, QUASAR_MOST_W),
    max_charge_power=number(3680, "W", QUASAR_LEAST_W, QUASAR_MOST_W),
    adjustment_delay=number(10, "s", 0, 3600),
    cooldown_period=number(15, "s", 0, 3600),
)


def check_guard(value: object) -> object:
    """Return the checked keys of a Quasar's guard; each mistake is a `Mistake` at its key.

    Mistakes are an enabled guard without the charger's address or a meter, clients from the network without
    `allowed_clients`, and a port that is the charger's own.
    """
    tree = _GUARD(value)
    listens = tree["listen_host"]
    if isinstance(listens, str) and not is_this_machine(listens) and tree["allowed_clients"] == ():
        tree["allowed_clients"] = mistake("clients_required", listens, example="['192.168.1.30']")
    for key in ("quasar_host", "total_power_entity_id"):
        if tree["enabled"] is not False and tree[key] is None:
            tree[key] = mistake("guard_required")
    port = tree["listen_port"]
    if (str(tree["quasar_host"]), tree["quasar_port"]) == (str(listens), port) and not isinstance(port, Mistake):
        tree["listen_port"] = mistake("guard_port_taken", port)
    return tree


_HOME_NETWORKS = tuple(map(ipaddress.ip_network, (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "100.64.0.0/10",
    "fc00::/7", "fe80::/10", "::1/128",
)))  # fmt: skip
"""Networks that cannot contain strangers from the Internet."""

_SHORTEST_PREFIX = {4: 24, 6: 64}
"""IP version -> shortest prefix of a public network that may belong to one owner."""


def is_wider_than_home(client: object) -> bool:
    """Return whether an entry of `allowed_clients` admits far more addresses than one home has.

    A network of private addresses, which no stranger has, does not; False for what is no text.
    """
    if not isinstance(client, str):
        return False
    named = ipaddress.ip_network(str(client), strict=False)
    own = any(named.version == home.version and named.subnet_of(home) for home in _HOME_NETWORKS)  # type: ignore[arg-type]
    return not own and named.prefixlen < _SHORTEST_PREFIX[named.version]
