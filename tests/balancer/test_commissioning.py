"""What the entity of a test says in a sentence."""

from __future__ import annotations

import pytest

from fusebox.balancer.commissioning import Commissioning
from fusebox.control.diagnostics import commissioning_state
from fusebox.control.diagnostics.commissioning_state import DONE, RUNNING
from fusebox.control.diagnostics.commissioning_trial import Trial

TESTED = Trial("car", (), 0.0, 0.0)


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (commissioning_state.Test(RUNNING, 0.0, ("car",)), "begins"),
        (commissioning_state.Test(RUNNING, 0.0, ("pool",), done=(TESTED,)), "goes on"),
        (commissioning_state.Test(RUNNING, 0.0, (), Trial("car", (6.0,), 0.0, 0.0)), "moves car"),
        (commissioning_state.Test(DONE, 0.0, (), done=(TESTED,)), "no line of CONFIG to change"),
        (
            commissioning_state.Test(DONE, 0.0, (), done=(TESTED,), left_out=("pool is not available",)),
            "no line of CONFIG to change; left out: pool is not available",
        ),
    ],
)
def test_the_reason_says_how_far_it_is(test, said):
    shown = Commissioning()
    shown.test = test
    assert shown.attributes()["reason"] == said
