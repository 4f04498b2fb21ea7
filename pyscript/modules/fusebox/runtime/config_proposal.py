"""Writes the proposals of the setup service, never over a user's changes: site_config.py and the package of controls.

Blocks on the disk.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

from ..model.messages.message import message
from .files import replace_file
from .leftovers import PACKAGE_NAME
from .load_files import CONFIG_NAME
from .service_errors import ServiceError

PROPOSED_NAME = "site_config.proposed.py"
EXAMPLE = "40ee1c25a080"
"""The checksum of config_examples/first_site.py, which install.sh copies where there is no site_config.py."""

STAMP = re.compile(r"^# Set-up ([0-9a-f]{12}): .*$", re.MULTILINE)


def with_checksum(text: str) -> str:
    """Return the text with a first line that holds its checksum, for `is_untouched`."""
    return f"# Set-up {_checksum(text)}: until a line is changed, the next set-up may write this file anew.\n{text}"


def is_untouched(text: str) -> bool:
    """Return whether a site_config.py has only what setup or install.sh wrote, without a user's change."""
    text = text.replace("\r\n", "\n")
    stamp = STAMP.match(text)
    return _checksum(text) == EXAMPLE or (stamp is not None and stamp[1] == _checksum(text[stamp.end() + 1 :]))


def write_proposal(modules: Path, text: str) -> Path:
    """Write a proposal as site_config.py, beside it if a user has changed that, and return the file.

    ServiceError if a user has changed both.
    """
    file = modules / CONFIG_NAME
    if not _may_write(file):
        file = modules / PROPOSED_NAME
    if not _may_write(file):
        raise ServiceError(message("proposal_changed", own=CONFIG_NAME, file=PROPOSED_NAME))
    _write(file, text)
    return file


def write_controls_package(folder: Path, text: str) -> Path | None:
    """Write the package of controls into Home Assistant's folder; return None if a user has changed it."""
    file = folder / PACKAGE_NAME
    if not _may_write(file):
        return None
    with suppress(OSError):  # writing the file reports the problem
        Path(os.path.realpath(file)).parent.mkdir(exist_ok=True)
    _write(file, text)
    return file


def _write(file: Path, text: str) -> None:
    try:
        replace_file(file, with_checksum(text))
    except OSError as error:
        why = message("proposal_unwritten", file=file.name, error=error.strerror or str(error))
        raise ServiceError(why) from error


def _may_write(file: Path) -> bool:
    """Return whether a file may be written: missing, empty, or unchanged since it was written."""
    try:
        text = file.read_text(encoding="utf-8")
        # An empty file means that its user wants to start again.
        return not text.strip() or is_untouched(text)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
