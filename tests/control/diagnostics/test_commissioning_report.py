"""What a report tells of meters was borne out by what single moves showed."""

from __future__ import annotations

import pytest

from fusebox.control.diagnostics import commissioning
from fusebox.control.diagnostics.commissioning_report import report_of
from fusebox.control.diagnostics.commissioning_trial import Trial
from fusebox.model.electrics import PerPhase
from fusebox.model.phases_memory import Move
from fusebox.model.site import MAIN

from ..houses import car, site

MOVE = Move(PerPhase(4.0), {MAIN: PerPhase(4.0)}, told_a=4.0)


@pytest.mark.parametrize(
    ("single_s", "told"),
    [
        ((22.0, 1.0, 24.0), {"median": 24.0, "worst": 24.0}),
        ((1.0, 2.0), None),  # something else that came and went in the house
        ((), None),
    ],
)
def test_a_lag_is_told_where_single_moves_showed_it_too(single_s, told):
    lags_s = tuple((MAIN, late_s) for late_s in single_s)
    trial = Trial("car", (), 0.0, 0.0, moves=(MOVE,) * 3, lags_s=lags_s, lag_s={MAIN: 22.0})
    test = commissioning.Test(commissioning.DONE, 0.0, (), done=(trial,))
    (_, meter) = report_of(site(car("car")), test).rows
    assert meter["late_s"] == told
