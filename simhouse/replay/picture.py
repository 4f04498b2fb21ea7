"""A replay's pictures: all its days, and the hours around its worst moment."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np

from simhouse.report.picture_canvas import FUSE, HOUSE, INK, LOADS, STYLE

from .course import Course
from .figures import QUARTER_S, Figures
from .study import Study
from .timeline import runs

BINS = 1600
AROUND_S = 5400


def draw_days(study: Study, courses: Sequence[Course], figures: Sequence[Figures], path: Path) -> None:
    """Draw each phase with its fuse, the loads, and the quarter hours, over the whole time."""
    _draw_span(study, courses, figures, 0, study.timeline.length_s, path)


def draw_worst(study: Study, courses: Sequence[Course], figures: Sequence[Figures], path: Path) -> None:
    """Draw the hours around the highest current of the recorded house."""
    at = figures[0].worst_s
    _draw_span(study, courses, figures, max(0, at - AROUND_S), min(study.timeline.length_s, at + AROUND_S), path)


def _draw_span(
    study: Study, courses: Sequence[Course], figures: Sequence[Figures], begin: int, end: int, path: Path
) -> None:
    phases = list(study.meters)
    loads = list(dict.fromkeys(name for course in courses for name in course.load_a))
    ratios = [1.6] * len(phases) + [1.0] * len(loads) + [1.2]
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(
            len(ratios), 1, sharex=True, figsize=(13, 1.5 * sum(ratios) + 1.2), gridspec_kw={"height_ratios": ratios}
        )
        for axis, phase in zip(axes, phases, strict=False):
            _draw_phase(axis, study, courses, phase, begin, end)
        for axis, load in zip(axes[len(phases) :], loads, strict=False):
            for i, course in enumerate(courses):
                if load in course.load_a:
                    times, mean = _binned(study, course.total_a(load) * study.voltage_v / 1000, begin, end, np.nanmean)
                    axis.step(times, mean, where="post", **_look(i, course))
            axis.set_ylabel(f"{load}\n[kW]")
            axis.set_ylim(bottom=0)
        _draw_quarters(axes[-1], study, courses, figures, begin, end)
        axes[0].legend(loc="lower right", bbox_to_anchor=(1.0, 1.02), ncols=len(courses) + 2, frameon=False, fontsize=9)
        line = study.timeline
        axes[0].set_title(f"{study.recording.path.name}, {line.at(begin):%a %d %b %Y}", loc="left", fontweight="bold")
        axes[-1].set_xlim(line.at(begin), line.at(end))
        locator = mdates.AutoDateLocator(tz=line.zone)
        axes[-1].xaxis.set_major_locator(locator)
        axes[-1].xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator, tz=line.zone))
        figure.align_ylabels(axes)
        figure.savefig(path, dpi=110, bbox_inches="tight")
        plt.close(figure)


def _look(index: int, course: Course) -> dict[str, Any]:
    """Return the line style of a course: grey for the recorded house, a colour for each run with scripts."""
    colour = "#8d99a6" if index == 0 else LOADS[index - 1]
    return {"color": colour, "linewidth": 1.1, "label": course.label}


def _draw_phase(axis: Any, study: Study, courses: Sequence[Course], phase: str, begin: int, end: int) -> None:
    for i, course in enumerate(courses):
        look = _look(i, course)
        times, high = _binned(study, course.net_a[phase], begin, end, np.nanmax)
        _, low = _binned(study, course.net_a[phase], begin, end, np.nanmin)
        axis.fill_between(times, low, high, step="post", color=look["color"], alpha=0.35, linewidth=0)
        axis.step(times, high, where="post", **look)
    silent = ~study.recorded.known[begin:end]
    if silent.any():
        for n, (a, b) in enumerate(runs(silent)):
            label = "the meter is silent" if n == 0 else None
            axis.axvspan(
                study.timeline.at(begin + a),
                study.timeline.at(begin + b),
                color=HOUSE,
                alpha=0.5,
                linewidth=0,
                label=label,
            )
    axis.axhline(study.fuse.rating_a, color=FUSE, linewidth=1.3, label=f"fuse {study.fuse.rating_a:g} A")
    axis.axhline(0, color=INK, linewidth=0.6)
    axis.set_ylabel(f"{phase}\n[A]")


def _draw_quarters(
    axis: Any, study: Study, courses: Sequence[Course], figures: Sequence[Figures], begin: int, end: int
) -> None:
    for i, (course, each) in enumerate(zip(courses, figures, strict=True)):
        inside = [q for q in each.quarters if begin <= q.begins_s < end]
        times = [study.timeline.at(q.begins_s + QUARTER_S / 2) for q in inside]
        axis.plot(times, [q.mean_kw for q in inside], **_look(i, course))
    target = (study.config.get("tariff") or {}).get("target_kw")
    if isinstance(target, int | float):
        axis.axhline(target, color=FUSE, linewidth=1.3)
    axis.set_ylabel("quarters\n[kW]")
    axis.set_ylim(bottom=0)


def _binned(study: Study, values: np.ndarray, begin: int, end: int, how: Any) -> tuple[list[Any], np.ndarray]:
    """Return times and one value for each of at most BINS parts; NaN for parts without values."""
    width = max(1, -(-(end - begin) // BINS))
    part = np.asarray(values[begin:end], dtype=float)
    padded = np.pad(part, (0, -len(part) % width), constant_values=np.nan).reshape(-1, width)
    filled = np.isfinite(padded).any(axis=1)
    found = np.full(len(padded), np.nan)
    found[filled] = how(padded[filled], axis=1)
    return [study.timeline.at(begin + i * width) for i in range(len(padded))], found
