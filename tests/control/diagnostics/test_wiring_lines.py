"""The proposed lines of CONFIG: one for each meter, and only one where there is a choice."""

from __future__ import annotations

import ast

import pytest

from fusebox.control.diagnostics.wiring_findings import Line, lines_to_write
from fusebox.control.diagnostics.wiring_fit import Fit, has_identical_rival

from ..houses import plug
from .test_wiring_fit import BIG, LOADS, Reality, found, house_of, moves_of

SWAPPED = {"L1": ("L2", 1.0), "L2": ("L1", 1.0)}
POOL = plug("pool", phases="L2")


@pytest.mark.parametrize(
    ("meters", "right"),
    [
        ({**SWAPPED, "L1": ("L2", -1.0)}, '"L1": "sensor.l2", "L2": {"entity": "sensor.l1", "invert": True}'),
        ({**SWAPPED, "L2": ("L1", -1.0)}, '"L1": {"entity": "sensor.l2", "invert": True}, "L2": "sensor.l1"'),
        (
            {**SWAPPED, "L1": ("L2", 0.001)},
            '"L1": "sensor.l2", "L2": {"entity": "sensor.l1", "unit": "kW", "unit_is_wrong": True}',
        ),
    ],
)
def test_phase_sign_and_unit_of_a_meter_are_one_line(meters, right):
    told = found(Reality(meters), *LOADS, BIG)
    assert [(line.place, line.text, line.choice) for line in lines_to_write(told)] == [("site.grid", right, "")]
    assert [each.problem.count(right) for each in told] == [1, 1]
    assert ast.literal_eval(f"{{{right}}}").keys() == {"L1", "L2"}


CHOICE = Reality({"L2": ("L2", -1.0)}, phases={"pool": "L3"})


def test_of_a_choice_the_lines_of_each_way_are_complete():
    right = {(line.choice, line.text) for line in lines_to_write(found(CHOICE, BIG, POOL))}
    assert right == {
        ("1a", '"L2": {"entity": "sensor.l2", "invert": True}'),
        ("1a", '"phases": ["L3"]'),
        ("1b", '"L2": "sensor.l3", "L3": {"entity": "sensor.l2", "invert": True}'),
    }


def test_a_meter_that_is_wrong_in_any_case_is_no_alternative():
    told = found(Reality({**SWAPPED, "L3": ("L3", -1.0)}), BIG, POOL, plug("tank", phases="L3"))
    (turned,) = [each for each in told if each.instead is None]
    assert [line.text for line in turned.lines] == ['"L3": {"entity": "sensor.l3", "invert": True}']
    (either,) = [each for each in told if each.instead is not None]
    written = '"L1": "sensor.l2", "L2": "sensor.l1"'
    assert either.problem.endswith(f"; or the fault is at site.grid.L1, site.grid.L2: write {written}")


@pytest.mark.parametrize(
    ("reality", "loads", "times", "alike"),
    [
        (CHOICE, (BIG, POOL), 6, True),
        (Reality(), LOADS, 6, False),  # it is sure
        (Reality({"L1": ("L1", -1.0)}), LOADS[:1], 1, False),  # or it was a coincidence, and another change decides
    ],
)
def test_what_shows_the_same_in_every_test_is_known(reality, loads, times, alike):
    moves = {name: mine[:times] for name, mine in moves_of(reality, *loads).items()}
    assert has_identical_rival(Fit(house_of(*loads), moves), loads[-1].name) is alike


def test_a_line_says_where_it_is_pasted():
    told = [line.written for line in (Line("loads.car", '"step_a": 2'), Line("site.grid", '"L1": "sensor.a"', "1b"))]
    assert told == ['"step_a": 2,  # in loads.car', '"L1": "sensor.a",  # in site.grid, choice 1b']
    assert [ast.literal_eval(f"{{\n{line}\n}}") for line in told] == [{"step_a": 2}, {"L1": "sensor.a"}]
