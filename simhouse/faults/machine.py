"""The machine that runs Home Assistant: in this process, or in one that can be killed."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from simhouse.host.pyscript_host import Host

ROOT = Path(__file__).resolve().parents[2]
LONGEST_LINE = 1 << 24


class Machine:
    """Runs the scripts with the CONFIG in a file; `line` as in the embedded host, with `t` since the story began."""

    def __init__(self, config: Path, start: datetime, time_zone: str | None, own_process: bool) -> None:
        self.config, self._start, self._zone, self._own = config, start, time_zone, own_process
        self.host: Host | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._began_s = 0

    @property
    def alive(self) -> bool:
        """Whether it is running."""
        return self.host is not None or self._process is not None

    async def start(self, at_s: int) -> None:
        """Switch it on, `at_s` seconds into the story."""
        self._began_s = at_s
        begins = self._start + timedelta(seconds=at_s)
        if not self._own:
            self.host = await Host(self.config, begins, self._zone).__aenter__()
            return
        zone = () if self._zone is None else ("--time-zone", self._zone)
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "simhouse", "host", "--config", str(self.config),
            "--start", begins.isoformat(), *zone,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            limit=LONGEST_LINE, cwd=ROOT,
        )  # fmt: skip

    async def send_line(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Send one line and return the answer; EOFError when the host has ended."""
        own = {**message, "t": message["t"] - self._began_s}
        if self.host is not None:
            return await self.host.line(own)
        assert self._process is not None and self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(own).encode() + b"\n")
        await self._process.stdin.drain()
        answer = await self._process.stdout.readline()
        if not answer:
            raise EOFError("the host has ended")
        found: dict[str, Any] = json.loads(answer)
        return found

    async def kill(self) -> None:
        """Kill the process at once (SIGKILL), like a power cut.

        A host in this process is closed instead, and what it writes to the files next to CONFIG meanwhile is undone.
        """
        if self.host is not None:
            folder = self.config.parent
            files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
            await self.stop()
            for path in folder.rglob("*"):
                if path.is_file() and path not in files:
                    path.unlink()
            for path, content in files.items():
                path.write_bytes(content)
            return
        process, self._process = self._process, None
        assert process is not None, "it is not running"
        process.kill()
        await process.wait()

    async def stop(self) -> None:
        """Shut it down properly."""
        host, self.host = self.host, None
        if host is not None:
            await host.close()
        process, self._process = self._process, None
        if process is not None and process.stdin is not None:
            process.stdin.close()
            await process.wait()
