"""`python -m simhouse detect`."""

from __future__ import annotations

import io
import json

import pytest

from simhouse.__main__ import main

from ..detect.dumps import HOMES, dump


def test_it_prints_a_config_and_its_reasons(tmp_path, capsys):
    file = tmp_path / "states.json"
    file.write_text(json.dumps(dump(HOMES["victron"][0])), encoding="utf-8")
    assert main(["detect", str(file)]) == 0
    told = capsys.readouterr().out
    scope: dict[str, object] = {}
    exec(told, scope)
    assert scope["CONFIG"]["site"]["grid"] == HOMES["victron"][1]["grid"]  # type: ignore[index]
    assert "named the way Victron does" in told


def test_it_gives_json_too_and_reads_the_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(
        "sys.stdin",
        io.StringIO(json.dumps({"sensor.net_l1": {"state": "5", "attributes": {"unit_of_measurement": "A"}}})),
    )
    assert main(["detect", "-", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["config"]["site"]["grid"] == {"L1": "sensor.net_l1"}


@pytest.mark.parametrize("text", ["", "nothing", "5", '"text"', "[1"])
def test_what_is_no_dump_is_refused_in_a_sentence(tmp_path, capsys, text):
    file = tmp_path / "states.json"
    file.write_text(text, encoding="utf-8")
    assert main(["detect", str(file)]) == 2
    assert "not an entity dump" in capsys.readouterr().err
    assert main(["detect", str(tmp_path / "missing.json")]) == 2


def test_what_it_prints_can_be_read_whatever_the_entities_are_called(tmp_path, capsys):
    states = dump(
        {"sensor.net_l1": "1 W", "switch.no\0isy_plug": "on", "switch.pool": "on", "sensor.pool_power": "500 W"}
    )
    states += [{"entity_id": "switch.x", "called": 'switch.koel"kast\\\n\0', "state": "on"}]
    states += [{"entity_id": "sensor.y", "called": 'sensor.koel"kast\\\n\0_power', "state": "5"}]
    states[-1]["attributes"] = {"unit_of_measurement": "W"}
    file = tmp_path / "states.json"
    file.write_text(json.dumps(states), encoding="utf-8")
    assert main(["detect", str(file)]) == 0
    scope: dict[str, object] = {}
    exec(capsys.readouterr().out, scope)
    assert "pool" in scope["CONFIG"]["loads"]  # type: ignore[index]


def test_it_writes_a_whole_file_but_never_over_one_and_not_without_a_meter(tmp_path, capsys):
    states, config = tmp_path / "states.json", tmp_path / "site_config.py"
    states.write_text(json.dumps(dump({"switch.pool": "on"})), encoding="utf-8")
    assert main(["detect", str(states), "--write", str(config)]) == 2
    assert "no meter was found" in capsys.readouterr().err
    assert not config.exists()
    states.write_text(json.dumps(dump({"sensor.net_l1": "1 W"})), encoding="utf-8")
    assert main(["detect", str(states), "--write", str(config)]) == 0
    written = config.read_text(encoding="utf-8")
    scope: dict[str, object] = {}
    exec(written, scope)
    assert scope["CONFIG"]["site"]["grid"] == {"L1": "sensor.net_l1"}  # type: ignore[index]
    assert main(["detect", str(states), "--write", str(config)]) == 2
    assert "not written: File exists" in capsys.readouterr().err
    assert config.read_text(encoding="utf-8") == written
