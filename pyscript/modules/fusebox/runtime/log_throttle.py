"""Logs failures with their place in our own files, and so rarely that the log stays readable."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb

from .. import tuning
from ..model.messages.message import Message, message

LONGEST_LETTERS = 200
"""The longest text of a failure, in characters."""

LOG = logging.getLogger("fusebox")


PACKAGE = Path(__file__).parent.parent


def exception_text(error: BaseException) -> str:
    """Return the text of an exception on one line, shortened; its class name if it has none."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in str(error)).split())
    longest = LONGEST_LETTERS
    return (text if len(text) <= longest else f"{text[: longest - 3]}...") or type(error).__name__


def describe_fault(error: BaseException) -> str:
    """Return a bug of Fusebox as text: the exception's type, message and place, such as " (devices/plug.py, line 12)".

    The innermost place in our files counts; no place if its traceback has none.
    """
    places = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
    ours = [(file.relative_to(PACKAGE), line) for file, line in places if file.is_relative_to(PACKAGE)]
    place = f" ({ours[-1][0].as_posix()}, line {ours[-1][1]})" if ours else ""
    return f"{type(error).__name__} {error}{place}"


class LogThrottle:
    """Logs lines, but the same one not too often."""

    def __init__(self, logger: logging.Logger = LOG) -> None:
        self._logger = logger
        self._logged_s: dict[str, float] = {}

    def log(self, level: int, line: str, now_s: float, error: BaseException | None = None) -> None:
        """Log a line, with the traceback of an error if there is one.

        Nothing if the same line was logged within `LOG_AGAIN_S`, or `LOG_MOST_LINES` lines were logged in that time.
        """
        self._logged_s = {text: at_s for text, at_s in self._logged_s.items() if abs(now_s - at_s) < tuning.LOG_AGAIN_S}
        if line not in self._logged_s and len(self._logged_s) < tuning.LOG_MOST_LINES:
            self._logged_s[line] = now_s
            self._logger.log(level, line, exc_info=error, stacklevel=2)


class Failures:
    """The failures of one kind of work, such as "a step". `code`: of the user's message while it fails, "" for none."""

    def __init__(self, work: str, code: str = "") -> None:
        self._work, self._code = work, code
        self._throttle = LogThrottle()
        self.problem: Message | None = None
        self.since_s: float | None = None
        """Since when it has failed each time [s since 1970], None after it succeeded (`end`)."""

    def log_failure(self, error: BaseException, now_s: float) -> str:
        """Return the failure as a sentence with its place; log it with its traceback if that is due. Raises nothing."""
        failure = message("work_failed", work=self._work, error=describe_fault(error))
        self._throttle.log(logging.ERROR, f"{failure}; the next one tries again", now_s, error)
        self.problem = message(self._code, error=failure) if self._code else None
        self.since_s = now_s if self.since_s is None else self.since_s
        return failure

    def end(self) -> None:
        """Note that the work has succeeded."""
        self.problem = self.since_s = None

    @contextmanager
    def logged(self, now_s: float) -> Iterator[None]:
        """Log an exception of the work within, when that is due, and go on after it; note its success (`end`)."""
        try:
            yield
            self.end()
        except Exception as error:
            self.log_failure(error, now_s)
