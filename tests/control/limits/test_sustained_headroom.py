"""The least room of the last seconds, and the house load that its message states."""

from __future__ import annotations

import pytest

from fusebox.control.limits.headroom import Ceilings
from fusebox.control.limits.sustained_headroom import sustained_ceilings
from fusebox.model.ceiling import Ceiling
from fusebox.model.memory import Memory
from fusebox.model.messages.message import code_of, values_of
from fusebox.model.meter_memory import HeadroomMemory


@pytest.mark.parametrize(
    ("fuse", "code", "house", "cycling"),
    [
        ("main", "limited_by_fuse_peak", ("house_a", 36.0), ("cycling_a", None)),
        (None, "limited_by_cycling", ("house_kw", 1.0), ("cycling_kw", 8.0)),
    ],
)
def test_a_recent_house_load_is_not_the_present_one_while_an_appliance_cycles(
    fuse: str | None, code: str, house: tuple[str, float], cycling: tuple[str, float | None]
) -> None:
    """A charger that was unavailable had counted as 32 A of house load, and an oven of 3 A is expected back."""
    oven = {"cycling_a": 3.0}
    ceiling = Ceiling(
        "main L3", "limited_by_cycling", 17.5, {"car": 1.0}, used_a=7.0, fuse=fuse, details=oven, voltage_v=250
    )
    memory = Memory(headroom={"main L3": HeadroomMemory(0.0, ((90.0, -11.5), (100.0, 17.5)), 100.0)})
    (lasting,) = sustained_ceilings(Ceilings.with_index([ceiling]), memory, 100.0, 20.0)
    assert lasting.headroom_a == -11.5
    found = values_of(lasting.limit_message())
    assert code_of(lasting.limit_message()) == code
    assert [(name, found.get(name)) for name, _ in (house, cycling)] == [house, cycling]


def test_the_room_of_the_window_before_is_no_house_load_of_this_one() -> None:
    """In the last second of an exceeded window its room was far below 0."""
    details = {"limit_kw": 9.0, "until": "23:00"}
    ceiling = Ceiling(
        "tariff",
        "limited_by_tariff",
        33.0,
        {"car": 3.0},
        used_a=6.0,
        voltage_v=230.0,
        tolerates_s=60.0,
        details=details,
    )
    memory = Memory(headroom={"tariff": HeadroomMemory(0.0, ((99.0, -4900.0), (100.0, 33.0)), 100.0)})
    (lasting,) = sustained_ceilings(Ceilings.with_index([ceiling]), memory, 100.0)
    assert (lasting.headroom_a, values_of(lasting.limit_message())["house_kw"]) == (-4900.0, 1.4)


def test_what_the_house_may_take_is_not_said_to_have_been_taken() -> None:
    """Radiators have just taken turns: a late meter may still miss the new ones, in a house that takes 1 A."""
    ceiling = Ceiling("main L1", "limited_by_fuse", 18.5, {"car": 1.0}, used_a=1.0, fuse="main", uncertainty_a=9.0)
    memory = Memory(headroom={"main L1": HeadroomMemory(0.0, ((90.0, 18.5), (100.0, 18.5)), 100.0)})
    (lasting,) = sustained_ceilings(Ceilings.with_index([ceiling]), memory, 100.0)
    assert (lasting.headroom_a, code_of(lasting.limit_message())) == (9.5, "limited_by_fuse")
    assert values_of(lasting.limit_message())["house_a"] == 1.0
