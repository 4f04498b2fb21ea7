"""Cron expressions as pyscript reads them: by croniter, with the second as an optional sixth field."""

from datetime import datetime

from croniter import CroniterBadDateError, croniter


class Cron:
    """One expression; ValueError when it is not valid."""

    def __init__(self, text: str) -> None:
        croniter.expand(text)
        self._text = text

    def next_after(self, now: datetime) -> datetime | None:
        """Return the first matching local time after `now` (naive); None when there is none for decades."""
        try:
            found: datetime = croniter(self._text, now, datetime).get_next()
        except CroniterBadDateError:
            return None
        return found
