"""The table of modes."""

from fusebox.control.modes import MODES
from fusebox.model.load import Mode


def test_every_mode_has_its_rule():
    assert set(MODES) == set(Mode)
