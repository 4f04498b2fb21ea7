"""`python -m simhouse host`: the embedded host as a process, one JSON line in, one JSON line out."""

import argparse
import asyncio
import json
import logging
import math
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from threading import Semaphore, Thread
from typing import Any, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from simhouse.host.pyscript_host import DEFAULT_START, Host

_CHUNK_BYTES = 65536
_CHUNKS_AHEAD = 16


def main(argv: list[str]) -> int:
    """Run the command; returns the exit status."""
    options = _make_parser().parse_args(argv)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # Whatever a script prints belongs to its author, not into the protocol.
    answers, sys.stdout = sys.stdout, sys.stderr
    try:
        return asyncio.run(_serve_stdin(options, answers))
    finally:
        sys.stdout = answers


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simhouse host", description=__doc__)
    parser.add_argument(
        "--config", type=_file, required=True, metavar="FILE", help="the CONFIG, served as modules/site_config.py"
    )
    parser.add_argument(
        "--start",
        type=_parse_instant,
        default=DEFAULT_START,
        metavar="ISO",
        help=f"instant of t = 0, with offset (default {DEFAULT_START.isoformat()})",
    )
    parser.add_argument(
        "--time-zone", type=_parse_zone, metavar="NAME", help="zone of wall times (default: the offset of --start)"
    )
    return parser


def _file(text: str) -> Path:
    if not Path(text).is_file():
        raise argparse.ArgumentTypeError(f"{text} is not a file")
    return Path(text)


def _parse_instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a time such as 2026-01-15T12:00:00+01:00") from None
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no offset, such as +01:00")
    return instant


def _parse_zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError):
        raise argparse.ArgumentTypeError(f"{text} is not a time zone such as Europe/Amsterdam") from None


async def _serve_stdin(options: argparse.Namespace, answers: TextIO) -> int:
    lines: asyncio.Queue[bytes | None] = asyncio.Queue()
    ahead = Semaphore(_CHUNKS_AHEAD)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lines.put_nowait, None)
    Thread(target=_read_in_thread, args=(sys.stdin.fileno(), loop, lines, ahead), daemon=True).start()
    async with Host(options.config, options.start, options.time_zone) as host:
        rest = b""
        while (chunk := await lines.get()) is not None:
            ahead.release()
            *complete, rest = (rest + chunk).split(b"\n")
            for raw in complete:
                if not await _answer_line(host, raw, answers):
                    return 0
        if rest:
            await _answer_line(host, rest, answers)
    return 0


def _read_in_thread(
    source: int, loop: asyncio.AbstractEventLoop, lines: "asyncio.Queue[bytes | None]", ahead: Semaphore
) -> None:
    """Pass on stdin in pieces, from a separate thread: an event loop cannot watch a plain file."""
    while True:
        ahead.acquire()
        try:
            chunk = os.read(source, _CHUNK_BYTES)
        except OSError:
            chunk = b""
        try:
            loop.call_soon_threadsafe(lines.put_nowait, chunk or None)
        except RuntimeError:  # the loop has ended meanwhile
            return
        if not chunk:
            return


async def _answer_line(host: Host, raw: bytes, answers: TextIO) -> bool:
    """Answer one line; return False when the answers are no longer read."""
    try:
        reply = await host.line(json.loads(raw))
    except (ValueError, RecursionError) as error:
        reply = host.refusal(f"not a line of JSON: {error}")
    try:
        answers.write(_to_json(reply) + "\n")
        answers.flush()
    except BrokenPipeError:
        return False
    return True


def _to_json(reply: dict[str, Any]) -> str:
    try:
        return json.dumps(reply, default=_plain, allow_nan=False)
    except ValueError:  # NaN or an infinity, for which JSON has no word: null
        return json.dumps(_non_finite_as_none(json.loads(json.dumps(reply, default=_plain))))


def _non_finite_as_none(value: Any) -> Any:
    """Return a JSON value with None for each number that is not finite, at any depth."""
    if isinstance(value, dict):
        return {key: _non_finite_as_none(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_non_finite_as_none(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
