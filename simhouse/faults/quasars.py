"""Faults of a Quasar behind its guard."""

from __future__ import annotations

from typing import Any

from simhouse.devices.modbus_server import MASK
from simhouse.devices.quasar_load import QuasarLoad

from . import houses
from .chargers import CUT
from .fault import Fault, Trouble
from .links import faulty, habit
from .meters import DEVICE_S
from .predicates import all_well, at_least, at_most, both, under_the_fuse
from .stage import Stage
from .troubles import Does, Oven, Shows, silent


def quasar(stage: Stage) -> QuasarLoad:
    """Return the house's Quasar."""
    load = stage.house.plugs["v2g"]
    assert isinstance(load, QuasarLoad)
    return load


class _ChangesBits(Trouble):
    """Each second the controller requests 5000 W and changes bits of it, to make the value small."""

    async def begin(self, stage: Stage) -> None:
        """Let the charger support function 22."""
        quasar(stage).server.functions += (MASK,)

    async def second(self, stage: Stage) -> None:
        """Send function 22: applied to the charger's register, which is lower than requested, it would give 2047 W."""
        await quasar(stage).controller.change_bits(5000, 0x0400, 0x03FF)

    async def end(self, stage: Stage) -> None:
        """Restore the charger and reconnect the controller."""
        quasar(stage).server.functions = quasar(stage).server.functions[:-1]
        quasar(stage).controller.close()


def _quasar_fault(name: str, happens: str, *troubles: Any, **more: Any) -> Fault:
    facts: dict[str, Any] = {
        "safe_state": "the Quasar at rest",
        "safe": at_most(0.1, "v2g"),
        "fine": both(at_least(14, "v2g"), all_well),
        "fine_within_s": 300,
        "settles_s": 60,
    }
    config = houses.site({"v2g": houses.quasar()})
    return Fault(name, happens, config=config, troubles=troubles, **(facts | more))


QUASARS = (
    _quasar_fault(
        "quasar_oven_alone",
        "nothing is wrong, and the oven comes on",
        Oven(),
        safe_state="the fuse below its rating",
        safe=under_the_fuse,
        within_s=DEVICE_S,
        promise=CUT,
    ),
    _quasar_fault(
        "quasar_meter_stops",
        "the guard's meter stops reporting, and the oven comes on",
        Shows("sensor.l1", silent),
        Oven(),
        within_s=55 + DEVICE_S,
        promise="0 W after 55 s, plus the charger's time",
    ),
    _quasar_fault(
        "quasar_drops",
        "the Quasar closes its connection and continues charging, and the oven comes on",
        Does(lambda stage: quasar(stage).server.stop(), lambda stage: quasar(stage).server.start()),
        Oven(),
        within_s=60 + DEVICE_S,
        promise="it stops by itself after 60 s without a request",
        pace_s=0.03,
    ),
    _quasar_fault(
        "quasar_ignores_its_set_point",
        "the Quasar accepts every set-point and continues as before, and the oven comes on",
        habit(lambda stage: quasar(stage).quasar, "ignores_set_point", True, False),
        Oven(),
        safe_state="the Quasar stopped",
        within_s=15 + 3 + DEVICE_S,
        promise="stopped after drawing too much for 15 s; it takes up to 3 s to stop, and is read each second",
    ),
    _quasar_fault(
        "quasar_masked_writes",
        "each second the controller requests 5000 W and changes bits of it (function 22), and the oven comes on",
        Oven(),
        _ChangesBits(),
        safe_state="the fuse below its rating",
        safe=under_the_fuse,
        within_s=DEVICE_S,
        promise=CUT,
    ),
    _quasar_fault(
        "quasar_exceptions",
        "the Quasar answers with the exception busy, and the oven comes on",
        faulty(lambda stage: quasar(stage).server, "busy", 10**9, 0),
        Oven(),
        within_s=60 + DEVICE_S,
        promise="it stops by itself after 60 s without a request",
    ),
    _quasar_fault(
        "quasar_short_reads",
        "the Quasar answers with too few registers, and the oven comes on",
        faulty(lambda stage: quasar(stage).server, "short_reads", 10**9, 0),
        Oven(),
        safe_state="the fuse below its rating",
        safe=under_the_fuse,
        within_s=DEVICE_S,
        promise=CUT,
    ),
)
