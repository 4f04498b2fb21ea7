"""`python -m simhouse commission`: a planted fault is found, and one that cannot be planted is told."""

from __future__ import annotations

import pytest

from simhouse.cli.commission import main

METERS = {phase: f"sensor.grid_power_{phase.lower()}" for phase in ("L1", "L2", "L3")}
CAR = {
    "type": "number",
    "current": "number.car",
    "switch": "switch.car",
    "draw": "sensor.car_current",
    "status": "sensor.car_status",
    "phases": ["L1"],
}
POOL = {"type": "plug", "switch": "switch.pool", "rated_w": 2000, "mode": "off", "phases": ["L2"]}
HOUSE = {"site": {"main_fuse_a": 25, "grid": METERS}, "loads": {"car": CAR, "pool": POOL}}


def test_the_command_line_plays_it(tmp_path, capsys):
    file = tmp_path / "site_config.py"
    file.write_text(f"CONFIG = {HOUSE!r}\n", encoding="utf-8")
    assert main(["--config", str(file), "--faults", "turned:L1"]) == 0
    said = capsys.readouterr().out
    assert "It moves car, pool by about 3 A" in said
    assert "site.grid.L1 seems to be turned round" in said
    assert "Above a fuse for 0 s." in said


@pytest.mark.parametrize("fault", ["no_such:L1", "turned:L9", "phase:nobody=L1", "rounding:pool=2", "late:soon"])
def test_a_fault_that_cannot_be_planted_is_told(fault, tmp_path, capsys):
    file = tmp_path / "site_config.py"
    file.write_text(f"CONFIG = {HOUSE!r}\n", encoding="utf-8")
    assert main(["--config", str(file), "--faults", fault]) == 2
    assert "Remedy: " in capsys.readouterr().err
