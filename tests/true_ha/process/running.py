"""One process of Home Assistant: start, stop, kill, what it logged. It ends with the process that started it."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

import requests

from simhouse.devices.ports import free_port

from .folder import Folder
from .talk import Talk

T = TypeVar("T")

PATIENCE_S = 180.0
"""How long anything may take that is waited for; a busy machine is slow, a fault never comes."""

LIFE_S = 900.0
"""How long one process may run, whatever happens."""

LAUNCHER = Path(__file__).with_name("start_home_assistant.py")
RECORD = re.compile(r"(?:\x1b\[[0-9;]*m)*\d{4}-\d\d-\d\d [\d:.+]+ (\w+) \(")
ALWAYS_THERE = (
    "We found a custom integration",
    "Skipping pip installation",
    "zlib_ng and isal are not available",
    "FFmpeg",
    "libturbojpeg",
    "Dependencies: ",
    "The deprecated constant CONN_CLASS_",
)
"""What has nothing to do with scripts: this way of starting makes it, or what a machine without cameras lacks."""

PYSCRIPTS_OWN = "RuntimeError: cannot join thread before it is started"
"""It ends its observer of files also where that has yet to begin."""


class HomeAssistant:
    """`with HomeAssistant(folder, entities) as home:` runs it; `talk` communicates with it."""

    def __init__(
        self,
        folder: Folder,
        entities: Mapping[str, Any],
        life_s: float = LIFE_S,
        waits_for: tuple[str, str] = ("pyscript", "reload"),
    ) -> None:
        self.folder = folder
        self.waits_for = waits_for
        self.entities = dict(entities)
        self.life_s = life_s
        self.talk: Talk
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.output = folder.path / "output.txt"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start it, and wait until it is running and the service `waits_for` is listed."""
        self.folder.configure(self.port, self.entities)
        command = [sys.executable, str(LAUNCHER), "-c", str(self.folder.path), "--skip-pip", "--log-no-color"]
        with self.output.open("ab") as out:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=self.folder.path,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
                preexec_fn=partial(_end_with_parent, self.life_s),
            )
        try:
            self.wait(self._is_running, "running")
            self.talk = Talk(f"http://127.0.0.1:{self.port}", self.folder.token)
            self.wait(lambda: self.talk.has_service(*self.waits_for), ".".join(self.waits_for))
        except BaseException:
            self.kill()
            raise

    def stop(self) -> int:
        """Ask it to stop, as a restart does, and wait; its exit code."""
        process = self._end_talk()
        process.send_signal(signal.SIGTERM)
        try:
            return process.wait(PATIENCE_S)
        finally:
            self.kill()

    def kill(self) -> None:
        """`kill -9`: no file is written, and nothing is notified."""
        if self.process is None:
            return
        process = self._end_talk()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.process = None

    def wait(self, found: Callable[[], T], what: str, patience_s: float = PATIENCE_S) -> T:
        """What `found` gives as soon as that is something. Raises AssertionError when it never comes."""
        until = time.monotonic() + patience_s
        while True:
            result = found()
            if result:
                return result
            if self.process is None or self.process.poll() is not None:
                raise AssertionError(f"Home Assistant has ended while waiting for {what}\n{self.log()[-4000:]}")
            assert time.monotonic() < until, f"{what} never came\n{self.log()[-4000:]}"
            time.sleep(0.05)

    def log(self) -> str:
        """Everything that it has logged, also before it was started again."""
        return self.output.read_text(encoding="utf-8", errors="replace") if self.output.exists() else ""

    def read(self, path: str) -> str:
        """What its web server has at an address, as a browser gets it."""
        answer = requests.get(f"http://127.0.0.1:{self.port}{path}", timeout=30)
        answer.raise_for_status()
        return answer.content.decode()

    def complaints(self) -> list[str]:
        """Warnings and worse, each with the lines that belong to it, and whatever was written outside the log."""
        records: list[list[str]] = []
        for line in self.log().splitlines():
            if RECORD.match(line) or not records or not _goes_on(records[-1]):
                records.append([line])
            else:
                records[-1].append(line)
        return ["\n".join(lines) for lines in records if not _calm(lines) and lines[-1] != PYSCRIPTS_OWN]

    def _is_running(self) -> bool:
        headers = {"Authorization": f"Bearer {self.folder.token}"}
        try:
            answer = requests.get(f"http://127.0.0.1:{self.port}/api/config", headers=headers, timeout=5)
            told = answer.json()
        except (requests.RequestException, ValueError):
            return False
        assert not told.get("recovery_mode"), f"recovery mode\n{self.log()[-4000:]}"
        return bool(told.get("state") == "RUNNING")

    def _end_talk(self) -> subprocess.Popen[bytes]:
        if hasattr(self, "talk"):
            self.talk.close()
        assert self.process is not None
        return self.process


def _calm(lines: list[str]) -> bool:
    record = RECORD.match(lines[0])
    if record is None:
        return not "".join(lines).strip() or any(text in lines[0] for text in ALWAYS_THERE)
    return record[1] in ("DEBUG", "INFO") or any(text in lines[0] for text in ALWAYS_THERE)


def _goes_on(lines: list[str]) -> bool:
    """What follows a warning belongs to it, also to an error that is always there: that is its traceback.

    What follows a harmless line was written outside the log.
    """
    record = RECORD.match(lines[0])
    return not _calm(lines) or (record is not None and record[1] == "ERROR")


def _end_with_parent(life_s: float) -> None:
    """Where the system can do it, the process dies with the tests, and after its time in any case."""
    signal.alarm(int(life_s))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
