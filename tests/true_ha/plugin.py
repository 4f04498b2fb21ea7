"""pytest's `-p tests.true_ha.plugin`: the script tests run in a real Home Assistant instead of the embedded host."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from homeassistant.const import __version__ as home_assistant_version

from simhouse.devices.in_thread import DeviceThread
from tests.host.conftest import Play
from tests.scripts.houses import House

from .home_assistant import use_pyscript
from .left_out import Behaviour, why_left_out
from .neighbours import NeighbourLoop
from .pyscript_source import NoPyscript, behaviour_of, describe, find
from .session import TrueSession

DESCRIBED = pytest.StashKey[str]()
BEHAVIOUR = pytest.StashKey[Behaviour]()
LEFT_OUT = "not in real Home Assistant: "
LONGEST_GAP_S = 5
"""As in `House`: most tests expect devices to obey within this time [s]."""


def pytest_configure(config: pytest.Config) -> None:
    """Find pyscript, or end at once."""
    try:
        component = find()
    except NoPyscript as problem:
        pytest.exit(f"NOT RUN: the tests in real Home Assistant need pyscript: {problem}", returncode=1)
    folder = tempfile.TemporaryDirectory(prefix="true-ha-")
    config.add_cleanup(folder.cleanup)
    use_pyscript(component, Path(folder.name))
    House.session_of = Play.session_of = TrueSession
    House.longest_gap_s = LONGEST_GAP_S
    DeviceThread.new_loop = NeighbourLoop
    # Python 3.14 says it some sixty times a test, of pyscript's own code, and pytest would keep each of them.
    config.addinivalue_line("filterwarnings", "ignore:.*iscoroutinefunction.*:DeprecationWarning:custom_components")
    config.stash[DESCRIBED] = f"Home Assistant {home_assistant_version}, {describe(component)}"
    config.stash[BEHAVIOUR] = behaviour_of(component)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    """Leave out what cannot run there."""
    for item in items:
        parameters = item.callspec.params if hasattr(item, "callspec") else {}
        why = why_left_out(item.nodeid, parameters, config.stash[BEHAVIOUR])
        if why is not None:
            item.add_marker(pytest.mark.skip(LEFT_OUT + why))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What it ran in, and what was left out."""
    terminalreporter.section("in real Home Assistant")
    terminalreporter.line(config.stash[DESCRIBED])
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    for reason, count in Counter(reasons).most_common():
        terminalreporter.line(f"left out: {count} x {reason.removeprefix('Skipped: ').removeprefix(LEFT_OUT)}")
