"""Tracebacks for the author of a script: only the script's files and lines, not the host's."""

import logging
import os
import traceback

_PARTS = os.path.dirname(os.path.abspath(__file__))
_HOST_FILES = (_PARTS + os.sep, os.path.join(os.path.dirname(_PARTS), "pyscript_host.py"))


def format_exception(error: BaseException) -> str:
    """Return the traceback without the frames of the host, including causes."""
    report = traceback.TracebackException.from_exception(error)
    part: traceback.TracebackException | None = report
    seen: set[int] = set()
    while part is not None and id(part) not in seen:
        seen.add(id(part))
        own = [frame for frame in part.stack if not frame.filename.startswith(_HOST_FILES)]
        part.stack = traceback.StackSummary.from_list(own)
        part = part.__cause__ or part.__context__
    return "".join(report.format()).rstrip()


def log_exception(logger: logging.Logger, error: BaseException) -> None:
    """Log an exception of a script as an error."""
    logger.error("%s", format_exception(error))
