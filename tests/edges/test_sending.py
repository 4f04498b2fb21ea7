"""Service calls: each in a task of its own that does not wait for its turn."""

from __future__ import annotations

import asyncio
import sys

import pytest

from fusebox.sending import begun


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python begins tasks at once since 3.12")
def test_a_call_goes_out_before_everything_else_that_waits():
    order = []

    async def call() -> None:
        order.append("call")

    async def decide() -> None:
        asyncio.get_running_loop().call_soon(order.append, "others")
        task = begun(call())
        order.append("decided")
        await task

    asyncio.run(decide())
    assert order[:2] == ["call", "decided"]
