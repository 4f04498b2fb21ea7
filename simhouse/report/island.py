"""Judge the time without the grid: whether inverter and battery could feed what the house and its loads drew."""

from collections.abc import Iterable

from ..house.record import Record

LEAST_W = 50.0
"""Less cannot be told from the lag of inverter and battery [W]."""
PATIENCE_S = 10
"""A load may draw for this long after the grid is gone [s]: a command and a car take their time."""


def judge_island(record: Record) -> tuple[list[str], list[str]]:
    """Return what the loads did wrong while the grid was gone, and why that time cannot be judged.

    A simulated house does not go dark when it draws more than inverter and battery give.
    """
    volts = record.house.voltage_v
    seconds = range(record.house.outage.start, min(record.house.outage.stop, record.seconds))
    lacks_w = [sum(column[t] for column in record.net_a.values()) * volts for t in seconds]
    ours_w = [sum(column[t] for column in record.load_a.values()) * volts for t in seconds]
    both = list(zip(lacks_w, ours_w, strict=True))
    by_loads_s = _longest_run(lacks > LEAST_W >= lacks - ours for lacks, ours in both)
    alone_s = _longest_run(lacks - ours > LEAST_W for lacks, ours in both)
    more = "more than inverter and battery give while the grid is gone"
    wrong = [f"the loads drew {more}, for {by_loads_s} s without a break"] if by_loads_s > PATIENCE_S else []
    dark = [f"the house alone drew {more}, for {alone_s} s: a true one is dark then"] if alone_s > PATIENCE_S else []
    return wrong, dark


def _longest_run(flags: Iterable[bool]) -> int:
    """Return the length of the longest run of True."""
    longest = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest
