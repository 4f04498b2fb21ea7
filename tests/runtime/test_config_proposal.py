"""A proposal is written only where the user has written nothing."""

from __future__ import annotations

import pytest

from fusebox.balancer.setup import EXAMPLE, _checksum, is_untouched, write_controls_package, write_proposal
from fusebox.runtime.service_calls import ServiceError

from ..shape.sources import ROOT

TEXT = "CONFIG = {}\n"
EXAMPLE_TEXT = (ROOT / "config_examples" / "first_site.py").read_text(encoding="utf-8")


def test_where_there_is_none_it_is_the_config(tmp_path):
    file = write_proposal(tmp_path, TEXT)
    assert file.name == "site_config.py" and file.read_text().endswith(TEXT)
    assert [each.name for each in tmp_path.iterdir()] == ["site_config.py"]


def test_the_example_as_it_is_shipped_is_nobodys():
    assert _checksum(EXAMPLE_TEXT) == EXAMPLE
    assert is_untouched(EXAMPLE_TEXT) and is_untouched(EXAMPLE_TEXT.replace("\n", "\r\n"))


@pytest.mark.parametrize("changed", ["", "25", " "])
def test_one_changed_letter_makes_the_file_its_users(tmp_path, changed):
    mine = EXAMPLE_TEXT.replace('"main_fuse_a": 25', f'"main_fuse_a": 16{changed}')
    (tmp_path / "site_config.py").write_text(mine)
    file = write_proposal(tmp_path, TEXT)
    assert file.name == "site_config.proposed.py"
    assert (tmp_path / "site_config.py").read_text() == mine


def test_its_own_file_is_rewritten_until_a_line_is_changed(tmp_path):
    first = write_proposal(tmp_path, TEXT)
    assert write_proposal(tmp_path, "CONFIG = {1: 2}\n") == first and "{1: 2}" in first.read_text()
    first.write_text(first.read_text().replace("2}", "3}"))
    assert write_proposal(tmp_path, TEXT).name == "site_config.proposed.py"
    assert "{1: 3}" in first.read_text()


@pytest.mark.parametrize("emptied", ["", "\n \n"])
def test_an_emptied_file_is_written_anew(tmp_path, emptied):
    (tmp_path / "site_config.py").write_text(emptied)
    assert write_proposal(tmp_path, TEXT).read_text().endswith(TEXT)


def test_the_package_is_rewritten_until_a_line_is_changed(tmp_path):
    first = tmp_path / "packages" / "fusebox.yaml"
    assert write_controls_package(tmp_path, "template:\n") and first.read_text().endswith("template:\n")
    assert write_controls_package(tmp_path, "template: []\n") and first.read_text().endswith("template: []\n")
    first.write_text(first.read_text() + "# mine\n")
    assert not write_controls_package(tmp_path, "template:\n")
    assert first.read_text().endswith("# mine\n")


def test_a_proposal_that_was_changed_is_left_alone_too(tmp_path):
    (tmp_path / "site_config.py").write_text("CONFIG = {'site': None}\n")
    write_proposal(tmp_path, TEXT)
    proposed = tmp_path / "site_config.proposed.py"
    proposed.write_text(proposed.read_text() + "# mine\n")
    with pytest.raises(ServiceError, match="have been changed by hand; rename or delete"):
        write_proposal(tmp_path, TEXT)
    assert proposed.read_text().endswith("# mine\n")


def test_a_file_that_cannot_be_read_counts_as_its_users(tmp_path):
    (tmp_path / "site_config.py").write_bytes(b"\xff\xfe")
    assert write_proposal(tmp_path, TEXT).name == "site_config.proposed.py"


def test_where_nothing_can_be_written_it_is_said(tmp_path):
    with pytest.raises(ServiceError, match="cannot be written"):
        write_proposal(tmp_path / "gone", TEXT)
