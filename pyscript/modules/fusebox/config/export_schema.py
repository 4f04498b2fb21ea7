"""Schema of CONFIG["site"]["export"]: the limit on export, and the number that holds the inverter back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..model.export_limit import Curtail, ExportLimit
from .by_time import allow_time_table
from .entities import commanded_entity, required_entity
from .fields import REQUIRED, one_or_list, optional, section
from .tree import as_tuple
from .values import keys_of_record, number


def _share_w(pct: float, of_w: float) -> float:
    """Return a share of a power [W]."""
    return pct / 100 * of_w


_SHARE = section(_share_w, pct=number(REQUIRED, "%", 0, 100), of_w=number(REQUIRED, "W", 1, 1e6))
_MAX_W = allow_time_table(number(None, "W", 0, 1e6))


def _check_max_w(value: object) -> object:
    """Return the checked limit on export: a number [W], a table of hours or a share of a power."""
    is_share = isinstance(value, dict) and value.keys() & {"pct", "of_w"}
    return _SHARE(value) if is_share else _MAX_W.check(value)


def _make_curtail(number: str, **keys: Any) -> Curtail:
    return Curtail(number, **keys)


CURTAIL = section(
    _make_curtail,
    number=required_entity(commanded_entity, "number.inverter_export_limit", "the number that limits the inverter"),
    **keys_of_record(Curtail),
)


def _export(curtail: Any, **keys: Any) -> ExportLimit:
    return ExportLimit(curtail=as_tuple(curtail), **keys)


EXPORT = section(
    _export,
    max_w=replace(_MAX_W, check=_check_max_w, default=0),
    **keys_of_record(ExportLimit, "when_price_below"),
    curtail=optional(one_or_list(CURTAIL)),
)
