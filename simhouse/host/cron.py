"""Cron expressions: minute hour day month weekday, and optionally second as a sixth field."""

from datetime import datetime, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_ALIASES = {
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
}  # fmt: skip
_SEARCH_DAYS = 366 * 8 + 2
"""A leap day on a given weekday comes back within eight years but for a century's turn."""


class Cron:
    """One expression; ValueError when it is not valid."""

    def __init__(self, text: str) -> None:
        fields = _ALIASES.get(text.strip().lower(), text).lower().split()
        if len(fields) not in (5, 6):
            raise ValueError(f"a cron expression has five or six fields, not {len(fields)}: {text!r}")
        self._minutes = _numbers(fields[0], 0, 59)
        self._hours = _numbers(fields[1], 0, 23)
        self._last_day = "l" in fields[2].split(",")
        days = ",".join(part for part in fields[2].split(",") if part != "l")
        self._days = set(_numbers(days, 1, 31)) if days else set()
        self._months = set(_numbers(fields[3], 1, 12, _MONTHS, 1))
        self._weekdays = {day % 7 for day in _numbers(fields[4], 0, 7, _DAYS, 0)}
        self._seconds = _numbers(fields[5], 0, 59) if len(fields) == 6 else [0]
        self._any_day = fields[2] in ("*", "?")
        self._any_weekday = fields[4] in ("*", "?")

    def next_after(self, now: datetime) -> datetime | None:
        """The first matching wall time after `now` (naive); None when there is none for years."""
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        for _ in range(_SEARCH_DAYS):
            if self._day_matches(day) and (found := self._first_on(day, now)) is not None:
                return found
            day += timedelta(days=1)
        return None

    def matches(self, now: datetime) -> bool:
        """Whether `now` lies in a matching minute (or second, with six fields)."""
        exact = len(self._seconds) == 1 and self._seconds == [0]
        moment = now.replace(second=0, microsecond=0) if exact else now.replace(microsecond=0)
        return self.next_after(moment - timedelta(microseconds=1)) == moment

    def _first_on(self, day: datetime, now: datetime) -> datetime | None:
        today = day.date() == now.date()
        for hour in self._hours:
            if today and hour < now.hour:
                continue
            for minute in self._minutes:
                if today and (hour, minute) < (now.hour, now.minute):
                    continue
                for second in self._seconds:
                    found = day.replace(hour=hour, minute=minute, second=second)
                    if found > now:
                        return found
        return None

    def _day_matches(self, day: datetime) -> bool:
        if day.month not in self._months:
            return False
        in_month = (
            self._any_day or day.day in self._days or (self._last_day and (day + timedelta(days=1)).month != day.month)
        )
        in_week = day.isoweekday() % 7 in self._weekdays
        # As in every cron: two restrictions on the day mean either, one means that one.
        return in_month and in_week if self._any_day or self._any_weekday else in_month or in_week


def _numbers(field: str, lowest: int, highest: int, words: tuple[str, ...] = (), first: int = 0) -> list[int]:
    chosen: set[int] = set()
    for part in field.split(","):
        span, _, step_text = part.partition("/")
        step = int(step_text) if step_text else 1
        if span in ("*", "?"):
            low, high = lowest, highest
        else:
            start, _, end = span.partition("-")
            low = _number(start, words, first)
            high = _number(end, words, first) if end else (highest if step_text else low)
        if step < 1 or not (lowest <= low <= highest and lowest <= high <= highest):
            raise ValueError(f"{part!r} is outside {lowest}..{highest}")
        # A span such as fri-mon wraps round.
        values = range(low, high + 1) if low <= high else [*range(low, highest + 1), *range(lowest, high + 1)]
        chosen.update(list(values)[::step])
    return sorted(chosen)


def _number(text: str, words: tuple[str, ...], first: int) -> int:
    return words.index(text[:3]) + first if text[:3] in words else int(text)
