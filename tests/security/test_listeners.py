"""Listeners: only one, on the loopback unless its user names another address and the allowed clients."""

from __future__ import annotations

import ast
import asyncio
import ipaddress
import re
import tomllib
from pathlib import Path

from fusebox.config.read_config import read_config

from ..devices.quasar.homes import Home
from ..scripts.houses import config
from ..shape.sources import FUSEBOX, ROOT, nodes

LISTENS = frozenset({
    "start_server", "start_unix_server", "create_server", "create_datagram_endpoint", "bind", "serve",
    "run_app", "TCPSite", "HTTPServer", "StartAsyncTcpServer", "ModbusTcpServer",
})  # fmt: skip


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call of a file that may open a port, by the name that is called; only such a file is parsed."""
    if LISTENS.isdisjoint(re.findall(r"\w+", path.read_text(encoding="utf-8"))):
        return []
    found = [node for node in nodes(path) if isinstance(node, ast.Call)]
    named = [(str(getattr(node.func, "attr", getattr(node.func, "id", ""))), node) for node in found]
    return [(name, node) for name, node in named if name in LISTENS]


def test_only_the_guard_listens():
    listeners = {name: [called for called, _ in calls(path)] for name, path in FUSEBOX.items()}
    assert {name: each for name, each in listeners.items() if each} == {
        "fusebox.devices.quasar.server": ["start_server"],
    }


def test_every_simulated_device_listens_on_the_loopback():
    found = 0
    for path in (ROOT / "simhouse").rglob("*.py"):
        for name, node in calls(path):
            texts = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
            assert "127.0.0.1" in texts, (path, name)
            found += 1
    assert found >= 4


def test_the_guard_is_on_the_loopback_by_default_and_off_until_enabled():
    guard = {"quasar_host": "192.168.1.40", "total_power_entity_id": "sensor.l1"}
    read = read_config(config(loads={"v2g": {"type": "quasar", "phases": ["L1"], "guard": guard}}), {})
    assert read.errors == ()
    found = read.config.loads_of("quasar")["v2g"]["guard"]
    assert (found["listen_host"], found["enabled"]) == ("127.0.0.1", False)


def test_listening_on_another_address_requires_allowed_clients():
    for host in ("0.0.0.0", "192.168.1.10", "::"):
        guard = {"quasar_host": "192.168.1.40", "total_power_entity_id": "sensor.l1", "listen_host": host}
        load = {"type": "quasar", "phases": ["L1"], "guard": {"enabled": True, **guard}}
        errors = [str(error) for error in read_config(config(loads={"v2g": load}), {}).errors]
        assert any(error.startswith("loads.v2g.guard.allowed_clients: required when") for error in errors), errors


def test_it_really_is_where_it_is_said_to_be():
    async def look() -> None:
        async with Home() as home:
            assert home.guard.server._server is not None
            sockets = home.guard.server._server.sockets
            assert sockets and all(ipaddress.ip_address(s.getsockname()[0]).is_loopback for s in sockets)

    asyncio.run(look())


def test_what_is_needed_is_little_and_has_a_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [re.split(r"[><=~!]", each)[0] for each in project["dependencies"]] == ["voluptuous", "croniter"]
    everything = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    # Time zones and stubs are data: the newest are right. fusebox[...] is ourselves.
    bare = [each for each in everything if not re.search(r"[><=~]=", each) and not each.startswith("fusebox[")]
    assert set(bare) == {"tzdata", "types-PyYAML", "types-croniter"}


def test_no_sentence_asks_a_registry_for_a_package_of_our_name():
    texts = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "simhouse").rglob("*.py"), *FUSEBOX.values()]
    assert [str(file) for file in texts if "pip install 'fusebox" in file.read_text(encoding="utf-8")] == []
