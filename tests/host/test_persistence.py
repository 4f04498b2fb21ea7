"""state.persist: what scripts keep is there at the next start."""

import errno
import json
from pathlib import Path

import pytest

from tests.host.conftest import Play

SCRIPT = """
state.persist("pyscript.count", default_value=0, default_attributes={"unit": "x"})

@state_trigger("sensor.a")
def run():
    state.set("pyscript.count", int(pyscript.count) + 1, last=sensor.a)
"""


def test_states_survive_a_restart(tmp_path):
    for expected in ("1", "2", "3"):
        played = Play(tmp_path, {"script.py": SCRIPT})
        with played.session:
            played.line(0)
            played.line(1, {"sensor.a": expected})
            kept = json.loads((tmp_path / ".simhouse_states.json").read_text())
            assert kept == {"pyscript.count": {"state": expected, "attributes": {"unit": "x", "last": expected}}}


def test_only_persisted_states_are_stored_and_only_changes_are_written(tmp_path):
    played = Play(tmp_path, {"script.py": "pyscript.other = 1\n" + SCRIPT})
    kept = tmp_path / ".simhouse_states.json"
    with played.session:
        played.line(0)
        before = kept.stat().st_mtime_ns
        played.line(1)
        assert kept.stat().st_mtime_ns == before
    assert list(json.loads(kept.read_text())) == ["pyscript.count"]


def test_a_state_no_longer_persisted_is_restored_once_and_then_dropped(tmp_path):
    with Play(tmp_path, {"script.py": SCRIPT}).session as session:
        session.line({"t": 0})
    other = Play(tmp_path, {"script.py": "state.persist('pyscript.new', default_value='n')\n"})
    with other.session:
        other.line(0)
        assert other.state("pyscript.count") == "0"
    assert list(json.loads((tmp_path / ".simhouse_states.json").read_text())) == ["pyscript.new"]


DEEP = 100_000


@pytest.mark.parametrize("damage", ["{ not json", "[" * DEEP + "]" * DEEP], ids=["no JSON", "nested too deep"])
def test_a_malformed_file_is_a_warning(tmp_path, caplog, damage):
    (tmp_path / ".simhouse_states.json").write_text(damage)
    played = Play(tmp_path, {"script.py": SCRIPT})
    with played.session:
        played.line(0)
        assert played.state("pyscript.count") == "0"
    assert "cannot be read" in caplog.text


def nested(depth: int) -> list:
    """A list in a list in a list, as a file may hold it and no JSON can be made of it again."""
    found: list = []
    for _ in range(depth):
        found = [found]
    return found


def full(file: Path, *_: object, **__: object) -> int:
    """A disk that is full takes the name of a file, and nothing of its content."""
    file.touch()
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("why", ["the file is a folder", "the disk is full", "an attribute is nested too deep"])
def test_states_that_cannot_be_stored_are_reported_once_and_the_host_continues(tmp_path, caplog, monkeypatch, why):
    kept, played = tmp_path / ".simhouse_states.json", Play(tmp_path, {"script.py": SCRIPT})
    if why == "the file is a folder":
        kept.mkdir()
    elif why == "the disk is full":
        monkeypatch.setattr(Path, "write_text", full)
    with played.session:
        deep = nested(DEEP) if "deep" in why else "x"
        played.line(0, {"pyscript.count": {"state": "0", "attributes": {"unit": deep}}})
        for t in (1, 2, 3):
            played.line(t, {"sensor.a": str(t)})
        assert played.state("pyscript.count") == "3"
        monkeypatch.undo()
        if kept.is_dir():
            kept.rmdir()
        played.line(4, {"pyscript.count": {"state": "3", "attributes": {"unit": "x"}}, "sensor.a": "4"})
    told = [record for record in caplog.records if "cannot be written" in record.getMessage()]
    assert len(told) == 1
    assert [file.name for file in tmp_path.glob(".simhouse_states*")] == [kept.name]
    assert json.loads(kept.read_text())["pyscript.count"]["state"] == "4"


def test_the_first_line_overrides_stored_states_and_precedes_the_scripts(tmp_path):
    with Play(tmp_path, {"script.py": SCRIPT}).session as session:
        session.line({"t": 0})
    played = Play(tmp_path, {"script.py": SCRIPT + "pyscript.seen = pyscript.count + sensor.b\n"})
    with played.session:
        played.line(0, {"pyscript.count": "7", "sensor.b": "b"})
        assert played.state("pyscript.seen") == "7b"


def test_only_pyscript_entities_persist(tmp_path):
    played = Play(tmp_path, {"script.py": "state.persist('sensor.a')\n"})
    with played.session:
        played.line(0)
        assert "should be 'pyscript.entity'" in str(played.session.host.load_errors["file.script"])
