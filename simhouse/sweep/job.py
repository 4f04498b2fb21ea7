"""One run of a sweep, with all its inputs, so that it can run on any machine."""

import argparse
import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from simhouse.devices.meter import NotSimulated
from simhouse.host.event_loop import run_in_host_loop
from simhouse.host.pyscript_host import DEFAULT_SCRIPTS, Host
from simhouse.house.plan import Plan, fresh_copy, make_plan
from simhouse.house.record import Record
from simhouse.house.run import run
from simhouse.house.trace_columns import InputError
from simhouse.physics.flows import Node
from simhouse.report.verdict import Verdict, judge

Row = dict[str, Any]
MADE_UP = "made up"
"""The house whose household comes from the seed alone."""

ONE_AT_A_TIME = Lock()
"""A process has one Home Assistant, so the threads of a Dask worker run one job at a time."""


@dataclass(frozen=True)
class Source:
    """A file sent with a job: its name and its text."""

    name: str
    text: str


@dataclass(frozen=True)
class Job:
    """A house (a recorded household, or None for one made up from the seed), a CONFIG and a seed."""

    config: Source
    trace: Source | None
    seed: int
    days: float | None = None
    hours: tuple[int, int] | None = None
    time_zone: str | None = None

    @property
    def house(self) -> str:
        """The house's name."""
        return self.trace.name if self.trace else MADE_UP

    @property
    def key(self) -> str:
        """A hash that identifies this run with this code."""
        told = json.dumps([asdict(self), code_digest()], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def make_jobs(
    configs: Sequence[Source],
    traces: Sequence[Source],
    seeds: Sequence[int],
    days: float | None = None,
    hours: tuple[int, int] | None = None,
    time_zone: str | None = None,
) -> Iterator[Job]:
    """Yield a job for each house, config and seed; without traces the made-up house alone."""
    for trace in traces or (None,):
        for config in configs:
            for seed in seeds:
                yield Job(config, trace, seed, days, hours, time_zone)


@cache
def code_digest() -> str:
    """Return a hash of the scripts, the package and the simulation: rows of different code are not mixed."""
    found = hashlib.sha256()
    for folder in (DEFAULT_SCRIPTS, Path(__file__).parents[1]):
        for path in sorted(folder.rglob("*.py")):
            if path.name != "site_config.py":
                found.update(path.read_bytes())
    return found.hexdigest()


def worked(job: Job) -> Row:
    """Run a job; return a row of results, or of what went wrong (`error`). Never raises because of the job."""
    with ONE_AT_A_TIME:
        return _work_on(job)


def _work_on(job: Job) -> Row:
    began_s = time.process_time()
    row: Row = {"key": job.key, "house": job.house, "config": job.config.name, "seed": job.seed}
    try:
        row |= _run_job(job)
    except (InputError, NotSimulated) as error:
        row["error"] = str(error)
    except Exception as error:  # one broken run must not end a night of them
        row["error"] = f"{type(error).__name__}: {error}"
    return row | {"cpu_s": round(time.process_time() - began_s, 2)}


def _run_job(job: Job) -> Row:
    with TemporaryDirectory(prefix="fusebox-sweep-") as name:
        folder = Path(name)
        config = folder / f"{Path(job.config.name).stem}.py"
        config.write_text(job.config.text, encoding="utf-8")
        trace = None
        if job.trace is not None:
            trace = folder / Path(job.trace.name).name
            trace.write_text(job.trace.text, encoding="utf-8")
        plan = make_plan(
            argparse.Namespace(
                trace=trace,
                config=config,
                seed=job.seed,
                days=job.days,
                hours=job.hours,
                time_zone=job.time_zone,
                pv=None,
                columns="",
                unit=None,
                battery_soc=50.0,
                prices=None,
                cycling=False,
                sluggish=False,
                grid_gone=None,
            )
        )
        record = run_in_host_loop(_play_plan(plan))
    if record.site_states["config_error"]:
        raise InputError(Path(job.config.name), None, "; ".join(record.site_errors), "correct it")
    return _make_row(record, judge(record))


async def _play_plan(plan: Plan) -> Record:
    """Play a plan in a host of its own, with a fresh copy of its CONFIG, and return the record."""
    record = Record(plan.house)
    with TemporaryDirectory(prefix="fusebox-sweep-") as name:
        async with plan.house.linked or nullcontext():
            config = fresh_copy(plan, Path(name))
            async with Host(config, plan.house.start, plan.time_zone) as host:
                await run(plan.house, host, plan.length_s, watch=record.watch)
    return record


def _make_row(record: Record, verdict: Verdict) -> Row:
    main = verdict.circuits[0]
    possible = [load.possible_kwh for load in verdict.loads if load.possible_kwh is not None]
    ledger = record.ledger
    return {
        "simulated_s": record.seconds,
        "held": verdict.held,
        "complaints": "; ".join((*verdict.complaints, *verdict.unjudged)),
        "fuse_a": main.rating_a,
        "worst_a": round(max(circuit.worst_a for circuit in verdict.circuits if circuit.name == main.name), 2),
        "over_rating_s": sum(circuit.over_rating_s for circuit in verdict.circuits),
        "over_113_s": sum(circuit.over_113_s for circuit in verdict.circuits),
        "excess_a2s": round(sum(circuit.excess_a2s for circuit in verdict.circuits), 1),
        "house_alone_s": main.house_alone_s,
        "tripped": sum(circuit.tripped is not None for circuit in verdict.circuits),
        "peak_quarter_kw": round(verdict.worst_quarter_kw, 3),
        "loads_kwh": round(sum(load.taken_kwh for load in verdict.loads), 3),
        "chargers_kwh": round(sum(load.taken_kwh for load in verdict.loads if load.possible_kwh is not None), 3),
        "possible_kwh": round(sum(possible), 3),
        "sun_to_loads_kwh": None if ledger is None else round(sum(ledger.kwh(Node.SUN, n) for n in ledger.loads), 3),
        "starts": sum(load.starts for load in verdict.loads),
        "pauses": sum(load.pauses for load in verdict.loads),
        "commands": sum(load.commands for load in verdict.loads),
    }
