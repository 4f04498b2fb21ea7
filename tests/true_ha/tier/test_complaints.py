"""What counts as a complaint in the log of a true process."""

from __future__ import annotations

import pytest

from tests.true_ha.process.running import HomeAssistant

FUTURE = (
    "2026-11-21 08:24:05.684 ERROR (MainThread) [homeassistant] Error doing job: Future exception was never retrieved\n"
    "Traceback (most recent call last):\n"
    '  File "threading.py", line 1095, in join\n'
)
LOGS = {
    "pyscript ends its observer before it has begun": (
        FUTURE + "RuntimeError: cannot join thread before it is started",
        0,
    ),
    "another error of the same kind": (FUTURE + "RuntimeError: of ours", 1),
    "an error after that of pyscript": (
        FUTURE + "RuntimeError: cannot join thread before it is started\n" + FUTURE + "RuntimeError: of ours",
        1,
    ),
}


@pytest.mark.parametrize("name", LOGS)
def test_what_is_a_complaint(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    log, count = LOGS[name]
    home = HomeAssistant.__new__(HomeAssistant)
    monkeypatch.setattr(home, "log", lambda: log, raising=False)
    assert len(home.complaints()) == count
