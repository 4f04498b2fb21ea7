"""Functions in threads: a brief one is run without a thread the next time, and cannot tell the difference."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from simhouse.host import event_loop
from simhouse.host.event_loop import run_in_host_loop


def results(function: Callable[..., Any], *calls: tuple[Any, ...]) -> list[Any]:
    """Return what a function returns or raises for each of these arguments, one call after the other."""

    async def call_each() -> list[Any]:
        found: list[Any] = []
        for args in calls:
            found += await asyncio.gather(asyncio.to_thread(function, *args), return_exceptions=True)
        return found

    return run_in_host_loop(call_each())


def test_a_brief_function_needs_no_thread_until_it_takes_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_in_a_thread(brief_s: float) -> bool:
        monkeypatch.setattr(event_loop, "BRIEF_S", brief_s)
        return threading.current_thread() is not threading.main_thread()

    monkeypatch.setattr(event_loop, "BRIEF_S", 60.0)
    assert results(is_in_a_thread, (60.0,), (0.0,), (60.0,), (60.0,), (60.0,)) == [True, False, True, True, False]


def test_without_a_thread_it_sees_no_running_loop() -> None:
    async def answer() -> int:
        return 42

    assert results(lambda: asyncio.run(answer()), (), ()) == [42, 42]


def test_what_it_raises_is_raised() -> None:
    first, second = results(lambda word: {}[word], ("a",), ("b",))
    assert (repr(first), repr(second)) == ("KeyError('a')", "KeyError('b')")


def test_one_that_waits_for_the_loop_stays_in_its_thread() -> None:
    async def play() -> list[bool]:
        loop, found = asyncio.get_running_loop(), []

        def ask_the_loop() -> bool:
            answered = threading.Event()
            loop.call_soon_threadsafe(answered.set)
            return answered.wait(5)

        for _ in range(3):
            found.append(await asyncio.to_thread(ask_the_loop))
        return found

    assert run_in_host_loop(play()) == [True] * 3


def test_a_function_without_code_of_its_own_stays_in_its_thread() -> None:
    assert threading.get_ident() not in results(threading.get_ident, (), (), ())
