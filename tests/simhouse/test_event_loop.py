"""The loop of a host: which thread runs what scripts hand to one, and what comes back."""

import asyncio
import threading
import time
from contextvars import ContextVar

import pytest

from simhouse.host import event_loop
from simhouse.host.event_loop import BRIEF_S, run_in_host_loop


def in_threads(function, *args):
    """Run a function three times as scripts do; return its results."""

    async def run():
        return [await asyncio.to_thread(function, *args) for _ in range(3)]

    return run_in_host_loop(run())


def test_what_was_brief_once_is_run_by_the_loop_itself_and_finds_no_running_loop(monkeypatch):
    monkeypatch.setattr(event_loop, "BRIEF_S", 60)  # however busy the machine is

    def where():
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        return threading.current_thread() is threading.main_thread()

    assert in_threads(where) == [False, True, True]


def test_what_takes_long_never_stops_the_loop():
    def long():
        time.sleep(5 * BRIEF_S)
        return threading.current_thread() is threading.main_thread()

    assert in_threads(long) == [False, False, False]


def test_an_error_arrives_from_either_thread_where_its_result_is_awaited():
    def fails(number):
        raise ValueError(number)

    async def run():
        loop = asyncio.get_running_loop()
        begun = [loop.run_in_executor(None, fails, number) for number in range(3)]
        return [str(error) for error in await asyncio.gather(*begun, return_exceptions=True)]

    assert run_in_host_loop(run()) == ["0", "1", "2"]


def test_context_variables_are_those_of_the_caller():
    known = ContextVar("known")

    async def run():
        found = []
        for number in range(3):
            known.set(number)
            found.append(await asyncio.to_thread(known.get))
        return found

    assert run_in_host_loop(run()) == [0, 1, 2]
