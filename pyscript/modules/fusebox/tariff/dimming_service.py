"""The service that returns the record of the grid operator's dimmings."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.durations import DAY_S
from ..model.messages.message import message
from ..runtime.service_errors import Others, ServiceError, refuse_unknown_fields, service
from ..runtime.service_fields import csv_text, parse_days, parse_on_or_off
from .dimmings import FIELDS
from .peak_tracker import PeakTracker
from .watch import tariff_watch


@service
async def dimmings(
    tracker: PeakTracker, now_s: float, days: object, csv: object, others: Others
) -> Mapping[str, object]:
    """Execute `fusebox_dimmings`: return the dimmings of the last days, as rows or as CSV text."""
    refuse_unknown_fields(others, "days", "csv")
    if not tracker.records_dimmings:
        raise ServiceError(message("dimmings_not_recorded"))
    rows = tariff_watch().dimmings.rows(now_s - parse_days(days) * DAY_S)
    return {"csv": csv_text(FIELDS, rows)} if parse_on_or_off("csv", csv) else {"dimmings": rows}
