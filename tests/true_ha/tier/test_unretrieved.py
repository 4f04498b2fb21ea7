"""An exception that was never retrieved is logged once, in the test that caused it."""

from __future__ import annotations

import asyncio
import gc

from ..unretrieved import tell_unretrieved


async def fail() -> None:
    raise RuntimeError("nobody asked")


async def end_a_task() -> asyncio.Task[None]:
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    return task


def told(caplog) -> list[str]:
    """The first line of each record about such a task of this test."""
    return [r.getMessage().split("\n")[0] for r in caplog.records if "nobody asked" in str(r.exc_info)]


def test_it_is_logged_while_the_task_exists_and_not_again_when_it_goes(caplog):
    loop, other = asyncio.new_event_loop(), asyncio.new_event_loop()
    kept = [loop.run_until_complete(end_a_task()), other.run_until_complete(end_a_task())]
    tell_unretrieved(loop)
    assert told(caplog) == ["Task exception was never retrieved"]
    del kept[0]
    gc.collect()
    assert len(told(caplog)) == 1
    tell_unretrieved(other)
    assert len(told(caplog)) == 2
    loop.close()
    other.close()
