"""Every script that plays a role of its own can be missed: there are words for its end."""

from __future__ import annotations

import re
from pathlib import Path

from fusebox.runtime.watch_files import ENDS

SCRIPTS = Path(__file__).parents[2] / "pyscript"
ROLE = re.compile(r'record_script_file\([^"\n]*"(\w+)"\)')


def test_every_role_of_a_script_has_words_for_its_end():
    roles = {role for script in SCRIPTS.glob("*.py") for role in ROLE.findall(script.read_text(encoding="utf-8"))}
    assert roles == set(ENDS) - {"balancer"}
