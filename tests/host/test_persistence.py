"""state.persist: what scripts keep is there at the next start."""

import json

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


def test_only_what_is_persisted_is_kept_and_only_changes_are_written(tmp_path):
    played = Play(tmp_path, {"script.py": "pyscript.other = 1\n" + SCRIPT})
    kept = tmp_path / ".simhouse_states.json"
    with played.session:
        played.line(0)
        before = kept.stat().st_mtime_ns
        played.line(1)
        assert kept.stat().st_mtime_ns == before
    assert list(json.loads(kept.read_text())) == ["pyscript.count"]


def test_a_state_that_nobody_persists_any_more_is_there_once_more_and_then_forgotten(tmp_path):
    with Play(tmp_path, {"script.py": SCRIPT}).session as session:
        session.line({"t": 0})
    other = Play(tmp_path, {"script.py": "state.persist('pyscript.new', default_value='n')\n"})
    with other.session:
        other.line(0)
        assert other.state("pyscript.count") == "0"
    assert list(json.loads((tmp_path / ".simhouse_states.json").read_text())) == ["pyscript.new"]


def test_a_malformed_file_is_a_warning(tmp_path, caplog):
    (tmp_path / ".simhouse_states.json").write_text("{ not json")
    played = Play(tmp_path, {"script.py": SCRIPT})
    with played.session:
        played.line(0)
        assert played.state("pyscript.count") == "0"
    assert "cannot be read" in caplog.text


def test_the_first_line_is_set_over_what_was_kept_and_before_the_scripts_load(tmp_path):
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
