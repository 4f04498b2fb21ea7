"""The table of modes."""

from fusebox.modes import MODES
from fusebox.site import Mode


def test_every_mode_has_its_rule():
    assert set(MODES) == set(Mode)
