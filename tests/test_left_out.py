"""What `make test-ha` leaves out is there to be left out."""

from __future__ import annotations

from pathlib import Path

from .cases import for_each
from .true_ha.left_out import BY_BEHAVIOUR, EVERYWHERE, OTHER_WAY, WITH_1, WITH_2, Behaviour, why_left_out

TESTS = Path(__file__).parent


@for_each("name", [*EVERYWHERE, *WITH_1, *WITH_2])
def test_each_name_is_that_of_a_test(name):
    file, _, test = name.partition("::")
    written = (TESTS / file).read_text()
    assert f"def {test.partition('[')[0]}" in written if test else written


def test_of_both_ways_to_end_scripts_the_real_one_runs():
    name = "tests/scripts/test_one_generation.py::test_x"
    assert why_left_out(name, {"await_shutdown": True}, Behaviour.V1_7) is None
    assert why_left_out(name, {"await_shutdown": True}, Behaviour.V2) == OTHER_WAY
    assert why_left_out(name, {"await_shutdown": False}, Behaviour.V2) is None
    assert why_left_out(name, {}, Behaviour.V2) is None


def test_what_is_left_out_with_an_older_pyscript_runs_with_a_newer():
    only_there = BY_BEHAVIOUR[Behaviour.V1_7].keys() - BY_BEHAVIOUR[Behaviour.V2].keys()
    assert only_there
    for name in only_there:
        assert why_left_out(f"tests/{name}", {}, Behaviour.V1_7)
        assert why_left_out(f"tests/{name}", {}, Behaviour.V2) is None
