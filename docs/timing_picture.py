"""Draws docs/timing.png: an oven under three controllers, and how Fusebox learns what comes and goes.

PYTHONPATH=. .venv/bin/python docs/timing_picture.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator
from timing_evenings import ONE_PHASE, SEED, ZONE, Record, recorded

from benchmarks.scenes.measure import HOT
from benchmarks.scenes.play import FUSEBOX
from benchmarks.scenes.scene import FUSE_A

PICTURE = Path(__file__).with_name("timing.png")
INK, SOFT, GRID, HOUSE, OVER, DUE = "#22303c", "#6b7a88", "#e7ebef", "#ccd3da", "#d62f2f", "#b7a3e0"
CONTROLLERS = {FUSEBOX: "#1f9d8a", "Load Juggler": "#e8833a", "naive": "#4a7fc1"}
STYLE: Any = {"font.family": "DejaVu Sans", "font.size": 9.5, "text.color": INK, "xtick.color": SOFT}

OVEN_S = (4260, 5460)
"""From the end of the oven's heating on; twenty minutes."""

LEARNS_S = (4390, 4990)
ZONE_S = (920, 1520)
"""The first turns of the oven and of a radiant zone; ten minutes each."""

COMES = "that comes and goes is due"
Span = tuple[int, int]


def draw(path: Path) -> None:
    """Write the picture."""
    ovens = {name: recorded(ONE_PHASE, name, OVEN_S[1]) for name in CONTROLLERS}
    zone = recorded(ZONE, FUSEBOX, ZONE_S[1])
    with plt.rc_context(STYLE):
        figure, rows = plt.subplots(5, 1, figsize=(11, 13.5))
        for axes, (name, record) in zip(rows, ovens.items(), strict=False):
            _draw_evening(axes, record, OVEN_S, CONTROLLERS[name])
            hot = sum(amps > HOT * FUSE_A for amps in record.flow_a[slice(*OVEN_S)])
            _title(axes, f"{name}: {hot} s above 1.13 In in these 20 minutes")
        for axes, record, span, words in (
            (rows[3], ovens[FUSEBOX], LEARNS_S, "Fusebox, closer: long pauses are used, and left when the oven is due"),
            (rows[4], zone, ZONE_S, "Fusebox and a cooking zone: short pauses are not risen into any more"),
        ):
            _draw_evening(axes, record, span, CONTROLLERS[FUSEBOX])
            _draw_due(axes, record, span)
            _title(axes, words)
        _legend(rows[0])
        _legend_of_due(rows[3])
        for axes in rows:
            axes.xaxis.set_major_locator(MultipleLocator(2.0 if axes in rows[:3] else 1.0))
        rows[-1].set_xlabel("minutes", color=SOFT)
        figure.suptitle(
            f"One phase, {FUSE_A:g} A, a car of up to 25 A, a meter that reports each second (house b, seed {SEED})",
            x=0.045,
            ha="left",
            y=0.995,
            fontsize=11.5,
        )
        figure.tight_layout(rect=(0, 0, 1, 1.0), h_pad=1.4)
        figure.savefig(path, dpi=100, facecolor="white")
        plt.close(figure)


def _draw_evening(axes: Axes, record: Record, span: Span, colour: str) -> None:
    """The house, what flows with the car on top, what the car is offered, and what the breaker takes as too much."""
    part = slice(*span)
    minutes = [(second - span[0]) / 60 for second in range(*span)]
    flow_a, hot_a = record.flow_a[part], HOT * FUSE_A
    axes.fill_between(minutes, record.house_a[part], step="post", color=HOUSE, linewidth=0, label="house")
    axes.plot(minutes, flow_a, color=INK, linewidth=1.1, drawstyle="steps-post", label="house and car")
    axes.plot(
        minutes, record.offer_a[part], color=colour, linewidth=2.2, drawstyle="steps-post", label="offered to the car"
    )
    over = [amps > hot_a for amps in flow_a]
    axes.fill_between(
        minutes, hot_a, flow_a, where=over, step="post", color=OVER, linewidth=0, label="more than 1.13 In"
    )
    axes.axhline(FUSE_A, color=OVER, linewidth=1.2)
    axes.axhline(hot_a, color=OVER, linewidth=1, linestyle=(0, (4, 3)))
    axes.set_xlim(minutes[0], minutes[-1])
    axes.set_ylim(0, 38)
    axes.set_yticks([0, 6, 12, 18, 25], ["0", "6", "12", "18", "25 A"], color=SOFT)
    axes.tick_params(length=0)
    axes.grid(color=GRID)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _draw_due(axes: Axes, record: Record, span: Span) -> None:
    """When the reason says that something is about to come back."""
    minutes = [(second - span[0]) / 60 for second in range(*span)]
    due = [COMES in reason for reason in record.reason[slice(*span)]]
    axes.fill_between(
        minutes, 36, 38, where=due, step="post", color=DUE, linewidth=0, label=f'the reason says "{COMES}"'
    )


def _title(axes: Axes, words: str) -> None:
    axes.set_title(words, loc="left", fontsize=10.5, fontweight="bold", color=INK, pad=6)


def _legend(axes: Axes) -> None:
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 0.985), ncol=5, frameon=False, fontsize=8.5)


def _legend_of_due(axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(handles[-1:], labels[-1:], loc="lower right", bbox_to_anchor=(1.0, 0.985), frameon=False, fontsize=8.5)


if __name__ == "__main__":
    draw(PICTURE)
