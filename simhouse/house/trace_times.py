"""Read the time column of a measured file: ISO 8601, day first, or seconds since 1970."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from .trace_columns import InputError

DAY_FIRST = (
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
)
EPOCH_MS = 1e11  # numbers above are milliseconds


class TimeReader:
    """Reads one file's times in order: all aware, in one zone, never going back."""

    def __init__(self, path: Path, zone: ZoneInfo | None, ordered: bool = True) -> None:
        self._path, self._zone, self._ordered = path, zone, ordered
        self._last: datetime | None = None

    def read(self, text: str, line: int) -> datetime:
        """Return the time of a line; text without an offset is local time of the zone."""
        try:
            at = self._resolve_zone(time_of_any_format(self._path, text, line))
        except OverflowError:
            raise InputError(self._path, line, f"time {text} is at the end of all years", "correct the line") from None
        if self._ordered and self._last is not None and at <= self._last:
            remedy = "sort the file by time"
            remedy += "" if self._zone else ", or name its --time-zone if summer time ends here"
            raise InputError(self._path, line, f"time {text} is not after the line before", remedy)
        self._last = at
        return at

    def _resolve_zone(self, at: datetime) -> datetime:
        if at.tzinfo is not None:
            if self._zone is not None:
                return at.astimezone(UTC)
            return at.astimezone(self._last.tzinfo) if self._last is not None else at
        if self._zone is None:
            return at.replace(tzinfo=UTC)
        local = at.replace(tzinfo=self._zone)
        instant = local.astimezone(UTC)
        if self._last is None or instant > self._last:
            return instant
        again = local.replace(fold=1).astimezone(UTC)  # the hour that summer time doubles
        # Several entities may report at one time, and rows without order may go back a little.
        return again if self._ordered or abs(again - self._last) < self._last - instant else instant


def time_of_any_format(path: Path, text: str, line: int) -> datetime:
    """Return a line's time, from ISO 8601, a day-first date or seconds or milliseconds since 1970; else InputError."""
    text = text.strip()
    if not text[:10].isdigit():  # as ISO 8601, 1790123101234 would be in the year 1790
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
        for pattern in DAY_FIRST:
            try:
                return datetime.strptime(text, pattern)  # noqa: DTZ007  # the caller knows the zone
            except ValueError:
                continue
    try:
        seconds = float(text)
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds / 1000 if seconds > EPOCH_MS else seconds)
    except (ValueError, OverflowError):
        problem = f"'{text}' is not a time in a known format"
        raise InputError(path, line, problem, "write times as 2024-05-31T17:04:00") from None
