"""The command from a record to its tables, pictures and proposal."""

import pytest

from simhouse.cli.replay import main
from simhouse.house.config_file import read_config_file
from simhouse.replay import study

from .records import Row, sampled, write_export, write_recorder

UNTIL_S = 640
GRID = {f"L{n}": f"sensor.grid_l{n}" for n in (1, 2, 3)}
CAR = {
    "type": "number",
    "current": "number.car_current",
    "switch": "switch.car",
    "draw": "sensor.car_current",
    "status": "sensor.car_status",
}


def car_a(t: float) -> float:
    """Twice 16 A, without control."""
    return 16.0 if 43 <= t < 203 or 273 <= t < 473 else 0.0


def evening(turned: bool = False) -> list[Row]:
    """A house with 14 A on L1 in addition to its car, a gap, and a moment without a number."""
    rows: list[Row] = []
    for n, base_w in enumerate((3200, 700, 500), 1):

        def watts(t: float, n: int = n, base_w: float = base_w) -> float:
            total = base_w + (t * 37 + n) % 91 + 230 * car_a(t)
            return -total if turned and n == 2 else total

        told = sampled(GRID[f"L{n}"], watts, UNTIL_S, 7, n)
        rows += [row for row in told if not (n == 2 and 540 < row[0] < 615)]
    rows += sampled("sensor.car_current", car_a, UNTIL_S, 5, 2)
    rows += [(0, "sensor.car_status", "connected"), (260, GRID["L3"], "unavailable")]
    return rows


UNITS = dict.fromkeys(GRID.values(), "W") | {"sensor.car_current": "A"}


@pytest.fixture
def replayed(tmp_path, capsys):
    """Runs the command on a record with a CONFIG; (status, what was printed, what was complained)."""

    def run(history, *more, site=None, loads=None, **sections):
        config = {
            "site": {"main_fuse_a": 25, "grid": GRID} | (site or {}),
            "loads": {"car": CAR} if loads is None else loads,
            **sections,
        }
        path = tmp_path / "site_config.py"
        path.write_text(f"CONFIG = {config!r}\n")
        status = main([str(history), "--config", str(path), "--out", str(tmp_path / "out"), *more])
        shown = capsys.readouterr()
        return status, " ".join(shown.out.split()), shown.err

    return run


def test_a_recorded_evening_is_lived_through_again(tmp_path, replayed):
    write_recorder(tmp_path / "ha.db", evening(), UNITS).close()
    free = tmp_path / "free.py"
    free.write_text(f"CONFIG = { ({'site': {'main_fuse_a': 63, 'grid': GRID}, 'loads': {'car': CAR}})!r}\n")
    zone = ("--time-zone", "Europe/Brussels")
    status, shown, _ = replayed(tmp_path / "ha.db", *zone, "--compare", str(free), site={"dry_run": True})
    assert status == 0 and "site.dry_run is taken as False here" in shown
    assert "Sat 14 Feb 2026 17:00" in shown and "usually every 7 s" in shown
    assert "CONFIG agrees with what the meter shows" in shown
    assert "Gaps: a phase says nothing for" in shown
    over = cells(shown, "above the fuse's rating")
    assert float(over[0].split()[0]) > 5 and over[1] == over[3] == "0 s"
    was_a, kept_a, free_a, alone_a = (float(cell.split()[0]) for cell in cells(shown, "highest current"))
    assert kept_a < 25 < was_a and alone_a < 15
    assert free_a == pytest.approx(
        was_a, abs=0.7
    )  # an unlimited load draws as recorded: nothing is lost or counted twice
    taken = [float(line.split("│")[1]) for line in shown.split("│ car │ ")[1:4]]
    assert taken[0] == pytest.approx(360 * 16 * 3 * 230 / 3.6e6, rel=0.02)
    assert 0.35 * taken[0] < taken[1] <= taken[0] and taken[2] == taken[0]
    assert (tmp_path / "out" / "replay.png").stat().st_size > 20_000
    assert not (tmp_path / "out" / "site_config_proposed.py").exists()


def cells(shown, row):
    """The cells of a row of the table."""
    return [cell.strip() for cell in shown.split(f"{row} │ ")[1].split("│")[:4]]


@pytest.mark.usefixtures("unrendered")
def test_a_wrong_sign_is_found_and_proposed_and_nothing_else_is_changed(tmp_path, replayed):
    history = write_export(tmp_path / "history.csv", evening(turned=True))
    status, shown, _ = replayed(history, "--days", "0.007", site={"dry_run": True, "margin_a": "input_number.margin"})
    assert "input_number.margin: nothing of it is in the record; it is taken as '0.5'" in shown
    proposed = tmp_path / "out" / "site_config_proposed.py"
    assert status == 0 and "site.grid.L2 is reversed" in shown
    grid = GRID | {"L2": {"entity": "sensor.grid_l2", "invert": True}}
    site = {"main_fuse_a": 25, "grid": grid, "dry_run": True, "margin_a": "input_number.margin"}
    assert read_config_file(proposed) == {"site": site, "loads": {"car": CAR}}


@pytest.mark.usefixtures("unrendered")
def test_loads_that_are_not_in_the_record_are_made_up_on_top_of_it(tmp_path, replayed, monkeypatch):
    monkeypatch.setattr(study, "SHORTEST_S", 120)
    rows = [row for row in evening() if row[1] in GRID.values()]
    pool = {"type": "plug", "switch": "switch.pool", "rated_w": 1000, "phases": ["L3"]}
    sun = {"solar_w": "sensor.solar"}
    status, shown, _ = replayed(
        write_export(tmp_path / "h.csv", rows), "--days", "0.002", site=sun, loads={"pool": pool}
    )
    assert status == 0
    assert "sensor.solar: nothing of it is in the record; the scripts do not know it here" in shown
    assert "pool: nothing of it is in the record; it is simulated, on top" in shown
    assert "sensor.grid_l1 has no unit in the record; read as W" in shown


@pytest.mark.usefixtures("unrendered")
def test_surplus_that_was_exported_goes_to_a_load_that_waits_for_the_sun(tmp_path, replayed):
    rows = sampled("sensor.net", lambda t: -2400 + t * 37 % 91, 640, 5)
    rows += sampled("sensor.solar", lambda t: 2700 + t * 41 % 87, 640, 20)
    rows += [(0, "switch.pool", "off"), (0, "sensor.pool_power", "0")]
    site = {
        "grid": {"L1": {"entity": "sensor.net", "unit": "W"}},
        "solar_w": "sensor.solar",
    }
    pool = {
        "type": "plug",
        "switch": "switch.pool",
        "power": "sensor.pool_power",
        "rated_w": 1200,
        "mode": "solar_only",
    }
    history = write_export(tmp_path / "history.csv", rows)
    status, shown, _ = replayed(history, site=site, loads={"pool": pool})
    assert status == 0
    was, would_be = (line.split("│") for line in shown.split("│ pool │ ")[1:3])
    assert float(was[1]) == 0.0 and "(100 %)" in would_be[2] and int(would_be[3]) == 1
    assert 0.1 < float(would_be[1]) <= 0.2
    exported = [float(cell.split()[0]) for cell in cells(shown, "to the grid")[:2]]
    assert exported[0] - exported[1] == pytest.approx(float(would_be[1]), abs=0.11)


def test_what_cannot_be_replayed_is_refused_in_a_sentence(tmp_path, replayed):
    history = write_export(tmp_path / "history.csv", evening())
    assert "site.grid.L1: sensor.gird_l1 is not in it; it has sensor.grid_l1" in refused(
        replayed(history, site={"grid": {"L1": "sensor.gird_l1"}})
    )
    assert "cannot be read" in refused(replayed(tmp_path / "nothing.db"))
    linked = replayed(history, site={"grid": {"L1": "huawei"}}, huawei={"host": "192.168.1.20"})
    assert "Fusebox asks the inverter itself" in refused(linked)
    assert "the meter's record is 14 Feb 2026 16:00 to" in refused(replayed(history, "--from", "2027-01-01"))
    astray = write_export(tmp_path / "astray.csv", [*evening(), (2e9, "sensor.grid_l1", "1")])
    assert "more than 400 days" in refused(replayed(astray))
    assert "time zone 'Mars/Base' is unknown" in refused(replayed(history, "--time-zone", "Mars/Base"))
    wrong = replayed(history, site={"stale_after_s": -3})
    assert "the scripts refuse this CONFIG: line 1: site.stale_after_s" in refused(wrong)


def refused(outcome):
    status, _, complaint = outcome
    assert status == 2 and complaint.strip().startswith("simhouse replay: ") and "Remedy: " in complaint
    return complaint


@pytest.mark.parametrize("option", [("--days", "none"), ("--days", "0"), ("--from", "noon")])
def test_options_that_mean_nothing_are_refused(tmp_path, replayed, option):
    with pytest.raises(SystemExit) as stopped:
        replayed(tmp_path / "h.csv", *option)
    assert stopped.value.code == 2
