"""What a number is worth is measured with that number, and with all others as they are."""

from benchmarks.ablation.houses import HOURS, Hour
from benchmarks.ablation.numbers import asked, in_force, names, varied
from benchmarks.ablation.table import printed
from fusebox import tuning


def test_the_numbers_that_are_read_are_noted_and_no_others() -> None:
    with asked() as read:
        assert tuning.RAISE_STEP_A
    assert read == {"RAISE_STEP_A"}
    with asked() as read:
        pass
    assert not read


def test_another_value_is_there_for_a_while() -> None:
    shipped = tuning.RAISE_STEP_A
    with in_force("RAISE_STEP_A", varied("RAISE_STEP_A", 0.5)):
        assert shipped / 2 == tuning.RAISE_STEP_A
    assert shipped == tuning.RAISE_STEP_A


def test_a_count_stays_whole_and_at_least_one() -> None:
    counts = [name for name in names() if isinstance(vars(tuning)[name], int)]
    assert counts
    assert all(isinstance(varied(name, 0.5), int) and varied(name, 0.5) >= 1 for name in counts)


def test_each_hour_is_another_house() -> None:
    assert len(HOURS) == len(set(HOURS)) and all(isinstance(hour, Hour) for hour in HOURS)


def test_the_table_tells_the_change_beside_what_is_shipped(capsys) -> None:  # type: ignore[no-untyped-def]
    shipped = {"house": "a", "seed": 1, "name": "", "factor": 1.0, "mark": "x", "hot_s": 7.0, "heat_a2s": 1.0}
    shipped |= {"energy_pct": 90.0, "starts": [1], "pauses": [0], "writes_h": 4.0}
    printed([shipped, shipped | {"name": "RAISE_STEP_A", "factor": 2.0, "mark": "y", "hot_s": 9.5, "starts": [1, 2]}])
    line = next(line for line in capsys.readouterr().out.splitlines() if "raise_step_a" in line)
    assert "+2.5" in line and "+2.0" in line
