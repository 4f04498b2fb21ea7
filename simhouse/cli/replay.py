"""`python -m simhouse replay HISTORY --config FILE`: what the scripts would have done in a house as it was recorded."""

import argparse
import logging
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from ..devices.meter import NotSimulated
from ..host.event_loop import run_in_host_loop
from ..house.plan import example_or_file, parse_days
from ..house.trace_columns import InputError

WIDE = 150  # columns where the output is no terminal


def main(argv: Sequence[str] | None = None) -> int:
    """Run the replay; return 0 when it ran, 1 when the scripts failed, 2 when the input cannot be used."""
    options = _parse_options(argv)
    logging.getLogger("fusebox").addHandler(logging.NullHandler())  # the report contains what the scripts log
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        return run_in_host_loop(_replay(options))
    except (InputError, NotSimulated) as error:
        print(f"simhouse replay: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"simhouse replay: {options.out} cannot be written ({error}). Remedy: choose another --out.",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        return 130


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simhouse replay", description=__doc__)
    parser.add_argument("history", type=Path, help="home-assistant_v2.db (only read), or a CSV of the history panel")
    parser.add_argument("--config", type=Path, required=True, help="your site_config.py, or an example's name")
    parser.add_argument("--compare", type=Path, metavar="OTHER", help="another CONFIG, in the same house beside it")
    parser.add_argument(
        "--from", dest="begins", type=_parse_moment, metavar="TIME", help="such as 2026-02-14 or 2026-02-14T17:00"
    )
    parser.add_argument("--days", type=parse_days, help="how many days from there (default: all)")
    parser.add_argument(
        "--time-zone", help="such as Europe/Brussels; default: Home Assistant's beside the database, or UTC"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("replay_out"), help="folder of pictures and proposal (./replay_out)"
    )
    parser.add_argument("--seed", type=int, default=1, help="for loads that are not in the record and are simulated")
    return parser.parse_args(argv)


def _parse_moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a time such as 2026-02-14T17:00") from None


async def _replay(options: argparse.Namespace) -> int:
    from ..replay.figures import compute_figures  # late: bad options should not wait for numpy
    from ..replay.file import read_recording
    from ..replay.playback import replay_scripts
    from ..replay.report import print_report, write_proposal
    from ..replay.scene import build_scene
    from ..replay.study import Span, build_study, wanted_entities

    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    paths = [example_or_file(path) or path for path in (options.config, options.compare) if path is not None]
    wanted = sorted({entity for path in paths for entity in wanted_entities(path)})
    recording = read_recording(options.history, wanted, options.time_zone)
    span = Span(options.begins, options.days, options.time_zone)
    study = build_study(paths[0], recording, None, span)
    studies = [study, *(build_study(path, recording, study.timeline, span) for path in paths[1:])]
    courses = [study.recorded]
    with _make_progress() as progress:
        for each in studies:
            task = progress.add_task(each.path.stem, total=study.timeline.length_s)

            def tell(second: int, task: Any = task) -> None:
                progress.update(task, completed=second, description=study.timeline.told(second))

            label = f"with {each.path.stem}"
            known = study.recorded.known
            courses.append(
                await replay_scripts(build_scene(each, options.seed), each.timeline, label, each.path, known, tell)
            )
    if study.recorded.load_a:
        courses.append(study.alone)
    found = [compute_figures(course, study.fuse, study.timeline, study.voltage_v, study.netted) for course in courses]
    proposal = write_proposal(study, options.out)
    print_report(console, study, courses, found, proposal)
    from ..replay.picture import draw_days, draw_worst  # late: matplotlib takes its time

    drawn = [place for place, course in enumerate(courses) if course is not study.alone]
    shown, figures = [courses[place] for place in drawn], [found[place] for place in drawn]
    for draw, name in ((draw_days, "replay.png"), (draw_worst, "replay_worst.png")):
        draw(study, shown, figures, options.out / name)
        console.print(f"Picture: {options.out / name}", highlight=False, soft_wrap=True)
    return 1 if any(course.problem for course in courses) else 0


def _make_progress() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
