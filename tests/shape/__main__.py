"""Print the figures of the shape with their limits, and fail when one is exceeded: python -m tests.shape"""

from __future__ import annotations

import sys

from .figures import FIGURES, Figure


def row(figure: Figure) -> str:
    """Return one figure with its limit as a line, which marks a figure that exceeds it."""
    mark = f"   EXCEEDED by {figure.count - figure.most}" if figure.excess else ""
    return f"{figure.what:<48} {figure.count:>7}   at most {figure.most:>6}{mark}"


def main() -> int:
    """Print all figures, then what exceeds a limit and what to do; return 1 if any is exceeded."""
    sys.stdout.writelines(f"{row(figure)}\n" for figure in FIGURES)
    excesses = [figure.excess for figure in FIGURES if figure.excess]
    sys.stderr.writelines(f"{excess}\n" for excess in excesses)
    if excesses:
        sys.stderr.write("shorten the code, or raise the limit in tests/shape/figures.py and say why\n")
    return 1 if excesses else 0


if __name__ == "__main__":
    sys.exit(main())
