"""Workers of a sweep: processes of this machine, or an existing Dask cluster."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from typing import Any

from simhouse.house.trace_columns import InputError

from .job import Job, Row, code_digest

Work = Callable[[Any], Row]
CONNECT_S = 15


def run_here(jobs: Sequence[Any], work: Work, workers: int | None) -> Iterator[Row]:
    """Yield the rows of these jobs as they are finished, by processes of this machine.

    As many as processors unless `workers` says so; InputError if one dies.
    """
    context = multiprocessing.get_context("spawn")
    count = min(workers or os.cpu_count() or 1, max(1, len(jobs)))
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_end_with_parent)
    try:
        for future in as_completed([pool.submit(work, job) for job in jobs]):
            yield future.result()
    except BrokenProcessPool:
        remedy = "run it again, with fewer --workers: it goes on where it was"
        raise InputError(None, None, "a process of the sweep died, perhaps for lack of memory", remedy) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _end_with_parent() -> None:
    """End this worker process when its parent is killed, instead of waiting for jobs for ever."""
    parent = multiprocessing.parent_process()

    def end_after_parent() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=end_after_parent, daemon=True).start()


def run_on_cluster(jobs: Sequence[Job], work: Work, address: str) -> Iterator[Row]:
    """Yield the rows of these jobs from the cluster at this address, such as tcp://10.0.0.5:8786.

    Its workers need this checkout. InputError without the package distributed, and when nothing answers.
    """
    try:
        from distributed import Client
        from distributed import as_completed as completed
    except ModuleNotFoundError:
        problem, remedy = "--scheduler needs the package distributed", "pip install -e '.[sweep]' in the checkout"
        raise InputError(None, None, problem, remedy) from None
    try:
        client = Client(address, timeout=CONNECT_S)
    except (OSError, TimeoutError, ValueError) as error:
        problem, remedy = f"no Dask scheduler answers at {address} ({error})", "start one: dask scheduler"
        raise InputError(None, None, problem, remedy) from None
    with client:
        _check_code(client, address)
        futures = client.map(work, list(jobs), pure=False, retries=2)
        try:
            for future in completed(futures):
                yield future.result()
        finally:
            client.cancel(futures)


def _check_code(client: Any, address: str) -> None:
    """Raise InputError unless every worker has this code: rows of different code cannot be compared."""
    remedy = "start each worker in a checkout of this version: PYTHONPATH=. dask worker " + address
    if not client.scheduler_info()["workers"]:
        raise InputError(None, None, f"the scheduler at {address} has no workers", remedy)
    try:
        found = client.run(code_digest)
    except Exception as error:
        problem = f"a worker cannot import simhouse ({type(error).__name__}: {error})"
        raise InputError(None, None, problem, remedy) from None
    others = [worker for worker, digest in found.items() if digest != code_digest()]
    if others:
        raise InputError(None, None, f"the worker {others[0]} has another version of the code", remedy)
