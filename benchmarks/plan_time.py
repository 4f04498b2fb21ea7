"""How long a plan takes: two days of five loads, alone, with a home battery, with a peak that is billed, and with both.

    python -m benchmarks.plan_time [--houses 40] [--first 0]

Random houses as the tests have them; each plan is made twice and the quicker counts, in time of the process.
"""

from __future__ import annotations

import argparse
from statistics import median
from time import process_time

from fusebox.planning.need import MOST_SLOTS, PlanProblem
from fusebox.planning.planner import find_plan
from tests.planning.nights import night, with_battery, with_peak

LOADS = 5
FREE_KW, PRICE_PER_KW, MOST_KW = 2.5, 4.17, 9.0
"""As in Flanders: 50 euros per kW and year, billed for at least 2.5 kW."""


def measure_planning_s(problem: PlanProblem) -> float:
    """Return the shorter of two planning times [s]."""
    found = []
    for _ in range(2):
        began_s = process_time()
        find_plan(problem)
        found.append(process_time() - began_s)
    return min(found)


def main() -> None:
    """Print the planning time of each kind of night."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--houses", type=int, default=40)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    numbers = range(options.first, options.first + options.houses)
    plain = [night(number, loads=LOADS, slots=MOST_SLOTS) for number in numbers]
    battery = [with_battery(each) for each in plain]
    peak = [with_peak(each, FREE_KW, PRICE_PER_KW, MOST_KW) for each in plain]
    both = [with_peak(each, FREE_KW, PRICE_PER_KW, MOST_KW) for each in battery]
    for name, problems in {"loads": plain, "and battery": battery, "and peak": peak, "and both": both}.items():
        took_ms = [1000 * measure_planning_s(problem) for problem in problems]
        print(f"{name:12} {median(took_ms):5.0f} ms (median), {max(took_ms):5.0f} at most")


if __name__ == "__main__":
    main()
