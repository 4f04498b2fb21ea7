"""Files of hosts are links to one copy, or copies where the file system has no links."""

import errno
import os

import pytest

from simhouse.host import shared_files


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source.py"
    path.write_text("A = 1\n", encoding="utf-8")
    return path


def link(source, target):
    facts = source.stat()
    shared_files.link(str(source), (facts.st_mtime_ns, facts.st_size), str(target))


@pytest.mark.parametrize("number", [errno.EXDEV, errno.EPERM])
def test_a_folder_on_another_file_system_gets_copies(source, tmp_path, monkeypatch, number):
    def refuse(*_paths):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("simhouse.host.shared_files.os.link", refuse)
    target = tmp_path / "target.py"
    link(source, target)
    assert target.read_text(encoding="utf-8") == "A = 1\n"
    assert list(tmp_path.glob("__pycache__/target.*.pyc"))


def test_a_full_disk_is_an_error(source, tmp_path, monkeypatch):
    def refuse(*_paths):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("simhouse.host.shared_files.os.link", refuse)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        link(source, tmp_path / "target.py")
