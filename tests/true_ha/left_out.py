"""The tests that do not run in real Home Assistant, each with the reason. What is not here runs there."""

from __future__ import annotations

from collections.abc import Mapping

OTHER_WAY = "asks for the way in which the other pyscript ends scripts"
"""Tests of both ways have a parameter `await_shutdown`: 1.7 waits for shutdown triggers, 2.x does not."""

EVERYWHERE: Mapping[str, str] = {
    "tests/host/test_line_protocol.py": "is about the command line of the embedded host",
    "tests/host/test_refusals.py": "is about what the embedded host refuses; pyscript does not refuse, it goes wrong",
    "tests/scripts/test_set_lasts.py::test_nonsense_in_what_was_kept_is_dropped_and_the_rest_holds": (
        "edits the file in which the embedded host keeps states"
    ),
}
"""The beginning of a test's name -> why it cannot run there."""


def why_left_out(name: str, parameters: Mapping[str, object], awaits_shutdown: bool) -> str | None:
    """The reason, or None for a test that runs."""
    if parameters.get("await_shutdown", awaits_shutdown) is not awaits_shutdown:
        return OTHER_WAY
    return next((why for beginning, why in EVERYWHERE.items() if name.startswith(beginning)), None)
