"""The tests that do not run in real Home Assistant, each with the reason. What is not here runs there."""

from __future__ import annotations

from collections.abc import Mapping

OTHER_WAY = "asks for the way in which the other pyscript ends scripts"
"""Tests of both ways have a parameter `await_shutdown`: 1.7 waits for shutdown triggers, 2.x does not."""

EVERYWHERE: Mapping[str, str] = {
    "tests/host/test_line_protocol.py": "is about the command line of the embedded host",
    "tests/host/test_refusals.py": "is about what the embedded host refuses; pyscript does not refuse, it goes wrong",
    "tests/host/test_persistence.py::test_a_malformed_file_is_a_warning": "is about a file of the embedded host",
    "tests/host/test_persistence.py::test_the_first_line_is_set_over_what_was_kept_and_before_the_scripts_load": (
        "sets an entity that scripts keep before pyscript is set up, which restores it then"
    ),
}
"""The beginning of a test's name -> why it cannot run there."""


def why_left_out(name: str, parameters: Mapping[str, object], awaits_shutdown: bool) -> str | None:
    """The reason, or None for a test that runs."""
    if parameters.get("await_shutdown", awaits_shutdown) is not awaits_shutdown:
        return OTHER_WAY
    return next((why for beginning, why in EVERYWHERE.items() if name.startswith(beginning)), None)
