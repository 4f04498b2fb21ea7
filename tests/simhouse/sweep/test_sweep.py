"""Sweeps: their runs, the results left after a kill, and their report."""

import csv
import json
import multiprocessing
import os
import sys
from concurrent.futures import Future
from types import ModuleType

import pytest

from simhouse.cli.sweep import main
from simhouse.house.trace_columns import InputError
from simhouse.sweep import crews
from simhouse.sweep.job import MADE_UP, Job, Source, code_digest, make_jobs, worked
from simhouse.sweep.results import COLUMNS, Journal

CONFIG = "CONFIG = {'site': {'main_fuse_a': 25, 'grid': {'L1': 'sensor.net'}}, 'loads': {}}\n"
GOOD = {
    "held": True, "tripped": 0, "worst_a": 20.5, "over_113_s": 0.0, "peak_quarter_kw": 4.0, "chargers_kwh": 8.0,
    "possible_kwh": 10.0, "starts": 1, "commands": 9, "cpu_s": 1.5,
}  # fmt: skip


def quick(job: Job) -> dict:
    """A row without a run."""
    return {"key": job.key, "house": job.house, "config": job.config.name, "seed": job.seed} | GOOD


@pytest.fixture
def asked(monkeypatch):
    """The seeds requested of a crew; it works in this process."""
    seeds = []

    def crew(jobs, work, _workers):
        for job in jobs:
            seeds.append((job.config.name, job.seed))
            yield work(job)

    monkeypatch.setattr("simhouse.cli.sweep.run_here", crew)
    return seeds


@pytest.fixture
def files(tmp_path):
    """Two configs, a trace, and where results go."""
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text(CONFIG + f"# {name}\n")
    (tmp_path / "house.csv").write_text("time,power_w\n2026-01-01T00:00,300\n2026-01-01T00:01,400\n")
    return tmp_path


def swept(folder, *more, work=quick, configs=("one.py", "two.py")):
    names = [str(folder / name) for name in configs]
    return main(["--config", *names, "--out", str(folder / "sweep.csv"), *more], work)


def table(folder):
    with (folder / "sweep.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_everything_with_everything_once():
    one, two = Source("one.py", "1"), Source("two.py", "2")
    house = Source("house.csv", "3")
    jobs = list(make_jobs([one, two], [house], [1, 2, 3]))
    assert [(j.house, j.config.name, j.seed) for j in jobs] == [
        ("house.csv", name, seed) for name in ("one.py", "two.py") for seed in (1, 2, 3)
    ]
    assert len({job.key for job in jobs}) == 6
    assert [job.house for job in make_jobs([one], [], [1])] == [MADE_UP]


def test_two_files_of_one_name_are_two_configs_and_one_that_is_named_twice_is_one(files, asked, capsys):
    for folder in ("old", "new"):
        (files / folder).mkdir()
        (files / folder / "site_config.py").write_text(CONFIG + f"# {folder}\n")
    assert swept(files, configs=("old/site_config.py", "new/site_config.py", "old/site_config.py")) == 0
    assert [row["config"] for row in table(files)] == ["old/site_config.py", "new/site_config.py"]
    told = capsys.readouterr().out
    assert "old/site_config" in told and "new/site_config" in told


@pytest.mark.parametrize("more", [["--days", "-1"], ["--days", "nan"], ["--days", "0"], ["--workers", "-3"]])
def test_numbers_that_mean_nothing_are_refused_before_anything_is_run(files, asked, more):
    with pytest.raises(SystemExit) as left:
        swept(files, *more)
    assert left.value.code == 2 and asked == []


def test_a_key_is_that_of_contents_and_not_of_names():
    job = Job(Source("one.py", "1"), None, 1)
    assert job.key == Job(Source("one.py", "1"), None, 1).key
    others = [Job(Source("one.py", "2"), None, 1), Job(job.config, None, 2), Job(job.config, None, 1, days=2.0)]
    assert len({job.key, *(each.key for each in others)}) == 4


def test_a_sweep_writes_a_table_and_does_nothing_twice(files, asked, capsys):
    assert swept(files, "--seeds", "1-3") == 0
    rows = table(files)
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["config"], row["seed"]) for row in rows] == [(c, s) for c in ("one.py", "two.py") for s in "123"]
    assert "80.0 %" in capsys.readouterr().out and len(asked) == 6
    assert swept(files, "--seeds", "1-4") == 0
    assert asked[6:] == [("one.py", 4), ("two.py", 4)] and len(table(files)) == 8
    (files / "one.py").write_text(CONFIG)
    assert swept(files, "--seeds", "1-4") == 0
    assert asked[8:] == [("one.py", seed) for seed in (1, 2, 3, 4)] and len(table(files)) == 8


def test_a_sweep_that_was_killed_continues_where_it_was(files, asked):
    def killed_at_the_third(job):
        if len(asked) == 3:
            raise KeyboardInterrupt
        return quick(job)

    assert swept(files, "--seeds", "1-3", work=killed_at_the_third) == 130
    assert not (files / "sweep.csv").exists()
    journal = files / "sweep.csv.journal"
    journal.write_text(journal.read_text() + '{"key": "half a li')
    assert swept(files, "--seeds", "1-3") == 0
    assert asked[3:] == [("one.py", 3), ("two.py", 1), ("two.py", 2), ("two.py", 3)]
    assert len(table(files)) == 6
    assert len(Journal(files / "sweep.csv").rows) == 6  # the broken line spoiled none after it


def test_a_failed_run_is_reported_and_repeated_and_the_others_are_kept(files, asked, capsys):
    def fails(job):
        return quick(job) | ({"error": "KeyError: 'car'", "held": False} if job.seed == 2 else {})

    assert swept(files, "--seeds", "1-2", work=fails) == 1
    assert "one.py, seed 2: KeyError: 'car'" in capsys.readouterr().out
    assert swept(files, "--seeds", "1-2") == 0
    assert asked[4:] == [("one.py", 2), ("two.py", 2)]


def test_what_cannot_be_run_is_refused_in_a_sentence(files, capsys):
    assert swept(files, configs=("three.py",)) == 2
    assert main(["--config", str(files / "one.py"), "--out", str(files / "sweep.txt")]) == 2
    assert main(["--config", str(files / "one.py"), "--out", str(files / "one.py" / "sweep.csv")]) == 2
    assert swept(files, "--time-zone", "Europe/Nowhere") == 2
    complaints = capsys.readouterr().err
    assert complaints.count("Remedy: ") == 4 and "neither .csv nor .parquet" in complaints
    for option in (("--seeds", "one"), ("--seeds", "3-1")):
        with pytest.raises(SystemExit):
            swept(files, *option)


def test_true_runs_in_processes_of_this_machine(files, capsys):
    (files / "wrong.py").write_text(CONFIG.replace("25", "-25"))
    arguments = ("--seeds", "1", "--hours", "18:00-18:01", "--workers", "1")
    assert swept(files, *arguments, work=worked, configs=("one.py", "wrong.py")) == 1
    good, bad = table(files)
    assert (good["held"], good["simulated_s"], good["fuse_a"], good["error"]) == ("True", "60", "25.0", "")
    assert "site.main_fuse_a: -25" in bad["error"]
    assert float(good["worst_a"]) > 0


def test_a_process_that_dies_is_reported_in_a_sentence(monkeypatch):
    forks = multiprocessing.get_context("fork")  # one that begins without importing anything
    monkeypatch.setattr(crews.multiprocessing, "get_context", lambda _: forks)
    with pytest.raises(InputError, match="a process of the sweep died"):
        list(crews.run_here([9], os._exit, 1))  # as one that the system has killed


class Cluster(ModuleType):
    """What of `distributed` is used, with two workers in this process."""

    def __init__(self, digests):
        super().__init__("distributed")
        self.digests, self.cancelled = digests, []
        self.Client, self.as_completed = self, reversed

    def __call__(self, address, timeout):
        if address != "tcp://here:1":
            raise OSError("timed out")
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def scheduler_info(self):
        return {"workers": dict.fromkeys(self.digests)}

    def run(self, function):
        return {worker: digest or function() for worker, digest in self.digests.items()}

    def map(self, work, jobs, pure, retries):
        assert not pure and retries
        done = [Future() for _ in jobs]
        for future, job in zip(done, jobs, strict=True):
            future.set_result(json.loads(json.dumps(work(job))))
        return done

    def cancel(self, futures):
        self.cancelled += futures


def test_a_cluster_gives_the_same_table_in_the_order_of_the_sweep(files, monkeypatch):
    cluster = Cluster({"tcp://a:1": None, "tcp://b:1": None})
    monkeypatch.setitem(sys.modules, "distributed", cluster)
    assert swept(files, "--seeds", "1-2", "--scheduler", "tcp://here:1") == 0
    assert [row["seed"] for row in table(files)] == ["1", "2", "1", "2"]
    assert len(cluster.cancelled) == 4


@pytest.mark.parametrize(
    ("digests", "address", "words"),
    [
        ({"tcp://a:1": "other"}, "tcp://here:1", "tcp://a:1 has another version of the code"),
        ({}, "tcp://here:1", "has no workers"),
        ({}, "tcp://nowhere:1", "no Dask scheduler answers at tcp://nowhere:1"),
    ],
)
def test_a_cluster_that_is_not_as_this_is_refused(monkeypatch, digests, address, words):
    monkeypatch.setitem(sys.modules, "distributed", Cluster(digests))
    with pytest.raises(InputError, match=words):
        list(crews.run_on_cluster([], quick, address))


def test_without_its_packages_a_sweep_says_what_to_install(files, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"\.\[sweep\]"):
        list(crews.run_on_cluster([], quick, "tcp://here:1"))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert main(["--config", str(files / "one.py"), "--out", str(files / "sweep.parquet")]) == 2


def test_the_digest_is_that_of_the_code():
    assert len(code_digest()) == 64 and code_digest() == code_digest()
