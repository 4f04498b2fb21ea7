"""What Home Assistant would install by itself when it starts: `python -m tests.true_ha.process.needs` prints it.

The processes of these tests start with `--skip-pip`: nothing is fetched while a test waits.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import homeassistant
from homeassistant import bootstrap
from homeassistant.setup import BASE_PLATFORMS

USED = ("frontend", "history", "logbook", "mqtt", "recorder", "template", "input_number", "input_boolean", "hassio")
"""What the houses of these tests are made of, and what newer versions import although it is never set up."""


def needs() -> list[str]:
    """The requirements of everything that is always set up, and of what the tests use, as `name==version`."""
    components = Path(homeassistant.__file__).parent / "components"
    ahead = [*USED, *bootstrap.DEFAULT_INTEGRATIONS, *bootstrap.CORE_INTEGRATIONS, *BASE_PLATFORMS]
    seen: set[str] = set()
    found: set[str] = set()
    while ahead:
        name = ahead.pop()
        manifest = components / name / "manifest.json"
        if name in seen or not manifest.is_file():
            continue
        seen.add(name)
        told = json.loads(manifest.read_text(encoding="utf-8"))
        found.update(told.get("requirements", ()))
        ahead += told.get("dependencies", ())
    return sorted(found)


if __name__ == "__main__":
    sys.stdout.write("\n".join(needs()) + "\n")
