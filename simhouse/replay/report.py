"""Print a replay's report: the record, the house as recorded and with the scripts, mistakes in CONFIG."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from pprint import pformat

from rich.console import Console
from rich.table import Table

from .course import Course
from .draws import Part
from .figures import Figures
from .study import Study
from .timeline import duration_text, runs

MOST_TOLD = 3


def print_report(
    console: Console, study: Study, courses: Sequence[Course], figures: Sequence[Figures], proposal: Path | None
) -> None:
    """Print the whole report; `courses` and `figures` begin with the house as recorded."""
    _print_record(console, study)
    _print_findings(console, study, proposal)
    _print_table(console, study, courses, figures)
    _print_loads(console, study, courses, figures)
    _print_scripts(console, courses)
    _print_fuse(console, study, courses, figures)
    for note in study.notes:
        console.print(f"[dim]· {note}[/]", highlight=False)


def _print_record(console: Console, study: Study) -> None:
    line = study.timeline
    zone = getattr(line.zone, "key", None) or str(line.zone)
    ends = " to ".join(f"{line.at(second):%a %d %b %Y %H:%M}" for second in (0, line.length_s))
    told = f"[bold]{study.recording.path.name}[/]: {ends} ({zone}), {duration_text(line.length_s)}"
    console.print(told, highlight=False)
    for phase, meter in study.meters.items():
        inside = (meter.times_s >= line.start_s) & (meter.times_s < line.start_s + line.length_s)
        text = f"  {phase}: {' and '.join(meter.entities)}, {int(inside.sum())} values"
        text += f", usually every {meter.period_s:.0f} s"
        console.print(text + ("; without a new value it counts as unchanged" if meter.repeats else ""), highlight=False)
    silent_s = int((~study.recorded.known).sum())
    if silent_s:
        longest = sorted(runs(~study.recorded.known), key=lambda run: run[0] - run[1])[:MOST_TOLD]
        told = "; ".join(f"{duration_text(end - begin)} from {line.told(begin)}" for begin, end in longest)
        share = 100 * silent_s / line.length_s
        text = f"  Gaps: a phase says nothing for {duration_text(silent_s)} altogether ({share:.1f} %)"
        console.print(f"{text}, longest {told}. They are left out below.", highlight=False)
    slowest_s = max(meter.period_s for meter in study.meters.values())
    if slowest_s > 10:
        between = f"What happens between two values, {slowest_s:.0f} s apart, is not in the record"
        console.print(f"  {between}: short peaks were higher than shown here.", highlight=False)


def _print_findings(console: Console, study: Study, proposal: Path | None) -> None:
    if not study.findings:
        console.print("\n[bold green]CONFIG agrees with what the meter shows.[/]")
        return
    console.print(f"\n[bold yellow]{study.path.name} does not agree with what the meter shows:[/]")
    for finding in study.findings:
        console.print(f"  [bold]{finding.path}[/] {finding.problem}.", highlight=False)
        console.print(f"    Remedy: {finding.remedy}.", highlight=False)
        if finding.change is not None:
            console.print(f"    Proposed: {finding.path} = {finding.change!r}", highlight=False)
    if any(finding.physical for finding in study.findings):
        console.print(
            "  Below, the house is as the meter shows it, and the scripts read your CONFIG as it is.", highlight=False
        )
    if proposal is not None:
        command = f"python -m simhouse replay ... --compare {proposal}"
        console.print(
            f"  All of it is in {proposal}; see what it would change: {command}", highlight=False, soft_wrap=True
        )


def _print_table(console: Console, study: Study, courses: Sequence[Course], figures: Sequence[Figures]) -> None:
    """Print the house's figures as a table with one column for each course."""
    fuse, line = study.fuse, study.timeline
    table = Table(title=f"\nThe house, main fuse {fuse.rating_a:g} A", title_style="bold", header_style="bold")
    table.add_column("")
    for course in courses:
        table.add_column(course.label, justify="right")
    rows = (
        ("highest current", [f"{f.worst_a:.1f} A, {f.worst_phase}" for f in figures]),
        ("  when", [line.told(f.worst_s) for f in figures]),
        ("above the fuse's rating", [duration_text(f.over_rating_s) for f in figures]),
        ("above 1.13 times it", [duration_text(f.over_113_s) for f in figures]),
        ("near trips of a sensitive breaker", [str(f.near_trips) for f in figures]),
        ("would it have opened?", [", ".join(f.would_trip) or "no" for f in figures]),
        ("highest quarter of an hour", [f"{f.peak.mean_kw:.2f} kW" for f in figures]),
        ("  when", [line.told(f.peak.begins_s) for f in figures]),
        ("from the grid", [f"{f.imported_kwh:.1f} kWh" for f in figures]),
        ("to the grid", [f"{f.exported_kwh:.1f} kWh" for f in figures]),
    )
    for heading, cells in rows:
        table.add_row(heading, *cells)
    console.print(table)


def _print_loads(console: Console, study: Study, courses: Sequence[Course], figures: Sequence[Figures]) -> None:
    names = list(dict.fromkeys(name for each in figures for name in each.loads))
    if not names:
        console.print("No load of CONFIG is replayed.")
        return
    table = Table(title="The loads", title_style="bold", header_style="bold")
    for heading in ("", "", "energy kWh", "from own surplus", "starts", "commands"):
        table.add_column(heading, justify="right" if heading else "left")
    for name in names:
        made_up = study.parts.get(name) is Part.ABSENT
        for course, each in zip(courses, figures, strict=True):
            load = each.loads.get(name)
            if not course.load_a:
                continue
            if load is None:
                table.add_row(f"{name} (made up)" if made_up else name, course.label, "·", "", "", "")
                continue
            share = (
                f"{load.sun_kwh:.1f} kWh ({100 * load.sun_kwh / load.taken_kwh:.0f} %)"
                if load.taken_kwh > 0.05
                else "·"
            )
            commands = str(course.commands[name]) if name in course.commands else ""
            label = f"{name} (made up)" if made_up else name
            table.add_row(label, course.label, f"{load.taken_kwh:.1f}", share, str(load.starts), commands)
        table.add_section()
    console.print(table)


def _print_scripts(console: Console, courses: Sequence[Course]) -> None:
    for course in (each for each in courses if each.states):
        said = ", ".join(
            f"{state} {duration_text(seconds)}"
            for state, seconds in sorted(course.states.items(), key=lambda item: -item[1])
        )
        console.print(f"  {course.label}, the site's state: {said}.", highlight=False)
        for load, reasons in course.reasons.items():
            usual = _most_frequent_reason(reasons)
            if usual:
                console.print(f"  [bold]{load}[/], {usual}", highlight=False)
        for error, times in _merged(course.errors):
            often = f" (so or alike {times} times)" if times > 1 else ""
            console.print(f"  [red]The scripts report:[/] {error}{often}", highlight=False)
        if course.problem:
            console.print(f"  [bold red]The scripts failed:[/] {course.problem}", highlight=False)
        for call, count in course.unheard.items():
            console.print(f"  [yellow]Nothing answers to[/] {call} ({count} times)", highlight=False)


def _group_by_wording(sentences: Iterable[str]) -> dict[str, list[str]]:
    """Return sentences grouped by their text without numbers."""
    kinds: dict[str, list[str]] = {}
    for sentence in sentences:
        kinds.setdefault(re.sub(r"-?\d+(\.\d+)?", "#", sentence), []).append(sentence)
    return kinds


def _merged(errors: Iterable[str]) -> list[tuple[str, int]]:
    """Return, for each kind of error (those that differ only in numbers), the last sentence and how many there are."""
    return [(alike[-1], len(alike)) for alike in _group_by_wording(errors).values()]


def _most_frequent_reason(reasons: object) -> str:
    """Return "NN % of the time, for example: ..." for the most frequent kind of reason, "" without reasons.

    Reasons that differ only in their numbers are of one kind.
    """
    counts = dict(reasons) if isinstance(reasons, dict) else {}
    kinds = _group_by_wording(counts)
    if not kinds:
        return ""
    same = max(kinds.values(), key=lambda each: sum(counts[reason] for reason in each))
    share = 100 * sum(counts[reason] for reason in same) / sum(counts.values())
    example = max(same, key=lambda reason: counts[reason])
    return f"{share:.0f} % of the time, for example: {example}" if example else ""


def _print_fuse(console: Console, study: Study, courses: Sequence[Course], figures: Sequence[Figures]) -> None:
    console.print()
    was, now, rating = figures[0], figures[1], f"{study.fuse.rating_a:g} A"
    if was.would_trip:
        opened = f"As it was, a sensitive {rating} breaker would have opened"
        console.print(f"[bold red]{opened}[/] on {', '.join(was.would_trip)}.", highlight=False)
    if now.would_trip:
        console.print(f"[bold red]With {study.path.stem} too[/], on {', '.join(now.would_trip)}.", highlight=False)
    elif not now.near_trips:
        console.print("[bold green]With Fusebox the fuse never came near a trip[/], as far as this meter shows.")
    moments = sorted((second, phase) for phase, heat in now.heats.items() for second in heat.near_s)
    for second, phase in moments[:MOST_TOLD]:
        all_a, alone_a = (abs(float(course.net_a[phase][second])) for course in (courses[1], study.alone))
        text = f"  Near a trip {study.timeline.told(second)} on {phase}: {all_a:.1f} A"
        text += f", of which the loads {all_a - alone_a:.1f} A"
        console.print(
            text + ("; the house alone was above it" if alone_a > study.fuse.rating_a else ""), highlight=False
        )
    if was.peak.mean_kw and now.peak.mean_kw > was.peak.mean_kw + 0.05:
        console.print(
            f"  The highest quarter of an hour is {now.peak.mean_kw - was.peak.mean_kw:.2f} kW higher than it was"
            + (
                ""
                if study.config.get("tariff")
                else "; where such peaks cost money, a `tariff` section keeps them down"
            )
            + ".",
            highlight=False,
        )


def write_proposal(study: Study, folder: Path) -> Path | None:
    """Write the corrected CONFIG as a file and return its path; None when no change is certain."""
    if not any(finding.change is not None for finding in study.findings):
        return None
    path = folder / "site_config_proposed.py"
    lines = [f"# {finding.path} {finding.problem}." for finding in study.findings if finding.change is not None]
    text = pformat(study.proposed, sort_dicts=False, width=110)
    path.write_text("\n".join(lines) + f"\nCONFIG = {text}\n", encoding="utf-8")
    return path
