"""`python -m simhouse` without a command."""

import pytest

from simhouse.__main__ import COMMANDS, main


@pytest.mark.parametrize(("argv", "status"), [(["--help"], 0), (["-h"], 0), ([], 2), (["demos"], 2)])
def test_the_commands_are_listed_and_only_help_that_was_asked_for_succeeds(argv, status, capsys):
    assert main(argv) == status
    out, err = capsys.readouterr()
    text = err if status else out
    assert all(command in text for command in COMMANDS) and not (out and err)
