"""Path of the package that Home Assistant gets, for commands that use its logic or links directly."""

import sys
from pathlib import Path

MODULES = Path(__file__).resolve().parents[2] / "pyscript" / "modules"


def reach_package() -> None:
    """Make `import fusebox` work here."""
    if str(MODULES) not in sys.path:
        sys.path.insert(0, str(MODULES))
