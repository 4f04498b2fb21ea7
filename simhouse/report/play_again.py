"""The demo's house once more, with less in CONFIG."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..house.plan import Plan, fresh_copy
from ..house.record import Record
from ..house.run import run

Again = Callable[[Mapping[str, Any]], Any]
"""Plays the house with another CONFIG for the scripts; await it for the record."""


async def play_again(config: Mapping[str, Any], plan: Plan, host_maker: Callable[..., Any]) -> Record:
    """Simulate the house of `plan` for its length with the scripts running on `config`, and return the record."""
    record = Record(plan.house)
    with TemporaryDirectory(prefix="fusebox-demo-") as folder:
        linked = plan.house.linked
        async with linked or nullcontext():
            file = fresh_copy(plan, Path(folder))
            written = config if linked is None else linked.with_addresses(config)
            file.write_text(f"CONFIG = {written!r}\n", encoding="utf-8")
            async with host_maker(config=file, start=plan.house.start, time_zone=plan.time_zone) as host:
                await run(plan.house, host, plan.length_s, watch=record.watch)
    return record
