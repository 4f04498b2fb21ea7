"""Servers and links across reloads: the owner alone stops them, and nothing is left at the end."""

from __future__ import annotations

import asyncio
import sys
from types import ModuleType
from typing import Any

import pytest

from fusebox.config.config import NO_CONFIG
from fusebox.runtime import lifecycle
from fusebox.runtime.load_files import LoadedConfig
from fusebox.runtime.script import ScriptRuntime
from fusebox.runtime.store import STORE

from .home import Home


class Server:
    """Notes what is done to it; closing takes a moment, as sockets do."""

    def __init__(self, log: list[str], name: str, fails: str = "") -> None:
        self.log, self.name, self.fails = log, name, fails

    async def start(self) -> None:
        if self.fails == "start":
            raise OSError("address already in use")
        self.log.append(f"start {self.name}")

    async def stop(self) -> None:
        await asyncio.sleep(0.01)
        if self.fails == "stop":
            raise RuntimeError("stuck")
        self.log.append(f"stop {self.name}")


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """A store and a host of this test's own."""
    kept = dict(STORE)
    for key in ("lifecycle_owned", "lifecycle_loop", "lifecycle_lock", "stop_registered"):
        STORE.pop(key, None)
    door: Any = ModuleType("_simhouse_host")
    door.callbacks = []
    door.add_stop_callback = door.callbacks.append
    monkeypatch.setitem(sys.modules, "_simhouse_host", door)
    yield door
    STORE.clear()
    STORE.update(kept)


@pytest.fixture
def log():
    return []


def test_a_start_closes_what_ran_under_the_same_key_first(log):
    async def play():
        await lifecycle.start("proxy", "old", Server(log, "1"))
        await lifecycle.start("proxy", "new", Server(log, "2"))

    asyncio.run(play())
    assert log == ["start 1", "stop 1", "start 2"]


def test_only_the_owner_stops(log):
    async def play():
        await lifecycle.start("proxy", "mine", Server(log, "1"))
        return await lifecycle.stop("proxy", "theirs"), await lifecycle.stop("proxy", "mine")

    assert asyncio.run(play()) == (False, True)
    assert log == ["start 1", "stop 1"]


def test_a_script_that_was_removed_closes_what_it_opened_and_nothing_else(log, store):
    class Script(ScriptRuntime):
        role, work = "balancer", "a step"

        def hide(self):
            log.append("hide")

    async def play():
        script = Script(LoadedConfig(NO_CONFIG, (), ()), Home().ports)
        script.activate()
        await lifecycle.start("link", script, Server(log, "1"))
        await lifecycle.start("proxy", "theirs", Server(log, "2"))
        await script.leave()
        store["balancer"] = None
        await script.leave()

    asyncio.run(play())
    assert log == ["start 1", "start 2", "hide", "stop 1"]


def test_an_equal_owner_is_not_the_same_owner(log):
    async def play():
        await lifecycle.start("proxy", {}, Server(log, "1"))
        return await lifecycle.stop("proxy", {})

    assert asyncio.run(play()) is False


def test_an_old_shutdown_after_the_new_startup_does_nothing(log):
    async def play():
        await lifecycle.start("proxy", "old", Server(log, "1"))
        await asyncio.gather(lifecycle.start("proxy", "new", Server(log, "2")), lifecycle.stop("proxy", "old"))

    asyncio.run(play())
    assert log == ["start 1", "stop 1", "start 2"]


def test_starts_at_once_leave_one_running(log):
    async def play():
        await asyncio.gather(*(lifecycle.start("proxy", n, Server(log, str(n))) for n in range(5)))

    asyncio.run(play())
    assert [line.split()[0] for line in log] == ["start", *["stop", "start"] * 4]


def test_a_script_that_cannot_start_owns_nothing_and_its_error_is_reported(log):
    async def play():
        await lifecycle.start("proxy", "old", Server(log, "1"))
        with pytest.raises(OSError, match="in use"):
            await lifecycle.start("proxy", "new", Server(log, "2", fails="start"))
        return await lifecycle.stop("proxy", "new")

    assert asyncio.run(play()) is False
    assert log == ["start 1", "stop 1"]


def test_what_does_not_close_keeps_nothing_from_starting(log, caplog):
    async def play():
        await lifecycle.start("proxy", "old", Server(log, "1", fails="stop"))
        await lifecycle.start("proxy", "new", Server(log, "2"))

    asyncio.run(play())
    assert log == ["start 1", "start 2"]
    assert "proxy did not close cleanly" in caplog.text


def test_stop_all_stops_everything_though_one_fails(log):
    async def play():
        await lifecycle.start("a", "me", Server(log, "a"))
        await lifecycle.start("b", "me", Server(log, "b", fails="stop"))
        await lifecycle.start("c", "me", Server(log, "c"))
        await lifecycle.stop_all()
        return await lifecycle.stop("a", "me")

    assert asyncio.run(play()) is False
    assert log[3:] == ["stop c", "stop a"]


def test_the_end_of_the_host_is_left_to_the_newest_generation(log, fresh, monkeypatch):
    newest: Any = ModuleType(lifecycle.__name__)

    async def stop_all():
        log.append("the newest stops all")

    newest.stop_all = stop_all

    async def play():
        await lifecycle.start("a", "me", Server(log, "a"))
        monkeypatch.setitem(sys.modules, lifecycle.__name__, newest)
        await fresh.callbacks[0]()

    asyncio.run(play())
    assert log == ["start a", "the newest stops all"]


def test_the_end_of_the_host_is_listened_to_once_for_each_loop(log, fresh):
    async def play():
        await lifecycle.start("a", "me", Server(log, "a"))
        await lifecycle.start("b", "me", Server(log, "b"))
        assert len(fresh.callbacks) == 1
        await fresh.callbacks[0]()

    asyncio.run(play())
    assert log[2:] == ["stop b", "stop a"]
    asyncio.run(lifecycle.start("a", "me", Server(log, "a")))
    assert len(fresh.callbacks) == 2
