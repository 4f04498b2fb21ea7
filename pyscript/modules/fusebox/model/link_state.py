"""What a link has read, in the shape of a Home Assistant state."""

from __future__ import annotations

from datetime import UTC, datetime


class LinkState(str):
    """A state as text, with its unit and the time it was read [aware UTC]."""

    unit_of_measurement: str
    last_reported: datetime

    def __new__(cls, value: float | str | None, unit: str, read_s: float, **attributes: object) -> LinkState:
        """`value` None is unknown; `read_s`: by the host's clock [s since 1970]."""
        made = super().__new__(cls, "unknown" if value is None else str(value))
        made.unit_of_measurement = unit
        made.last_reported = datetime.fromtimestamp(read_s, UTC)
        made.__dict__.update(attributes)
        return made
