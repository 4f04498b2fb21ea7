"""task.*: sleeping, unique names, cancelling, waiting, threads."""

import pytest

START = """
def note(what):
    pyscript.seen = (pyscript.seen if state.exist("pyscript.seen") else "") + str(what) + " "

@time_trigger("startup")
def up():
"""


def seen(play, body, until=100, before=""):
    indented = "\n".join(f"    {line}" for line in body.strip("\n").split("\n"))
    played = play(before + START + indented + "\n")
    played.line(0, {"sensor.a": "0"})
    played.line(until)
    return (played.state("pyscript.seen") or "").strip()


CHILD = """
def child(number, after=1):
    task.sleep(after)
    note(number)
    return number * 2
"""


def test_create_and_wait(play):
    body = """
first = task.create(child, 1, after=3)
second = task.create(child, 2)
done, pending = task.wait({first, second})
note(sorted([one.result() for one in done]))
note(len(pending))
"""
    assert seen(play, body, before=CHILD) == "2 1 [2, 4] 0"


def test_waiting_with_a_virtual_timeout(play):
    body = """
first = task.create(child, 1, after=50)
done, pending = task.wait([first], timeout=10)
note(f"{len(done)} {len(pending)}")
"""
    assert seen(play, body, until=20, before=CHILD) == "0 1"


def test_awaiting_a_task_that_sleeps(play):
    assert seen(play, "note(await task.create(child, 4, after=9))", before=CHILD) == "4 8"


def test_cancel_runs_finally_and_callbacks(play):
    before = """
def child():
    try:
        task.sleep(100)
    finally:
        note("finally")

def gone(word):
    note(word)
"""
    body = """
running = task.create(child)
task.add_done_callback(running, gone, "gone")
task.sleep(1)
task.cancel(running)
task.sleep(1)
note(running.cancelled())
"""
    assert seen(play, body, before=before) == "finally gone True"


@pytest.mark.parametrize("handler", ["except:", "except BaseException:"])
def test_no_handler_of_a_script_catches_its_cancellation(play, handler):
    before = f"""
def child():
    try:
        task.sleep(100)
    {handler}
        note("caught")
"""
    assert seen(play, "running = task.create(child)\ntask.sleep(1)\ntask.cancel(running)", before=before) == ""


def test_cancelling_oneself_ends_there(play):
    assert seen(play, "note(1)\ntask.cancel()\nnote(2)") == "1"


def test_unique_ends_the_task_before(play):
    before = """
def child(number):
    task.unique("child")
    task.sleep(10)
    note(number)

def modest(number):
    task.unique("modest", kill_me=True)
    task.sleep(10)
    note(number)
"""
    body = """
for number in range(3):
    task.create(child, number)
    task.create(modest, number + 10)
    task.sleep(1)
note(sorted(task.name2id().keys()))
note(task.name2id("child").done())
"""
    assert seen(play, body, before=before) == "['child', 'modest'] False 10 2"


def test_a_slow_finally_delays_the_next_cancellation(play):
    before = """
def child(name, seconds):
    task.unique(name)
    try:
        task.sleep(100)
    finally:
        task.sleep(seconds)
        note(f"{name}@{time.monotonic():g}")
import time
"""
    body = """
task.create(child, "a", 2)
task.create(child, "b", 0)
task.sleep(1)
task.cancel(task.name2id("a"))
task.cancel(task.name2id("b"))
"""
    assert seen(play, body, before=before) == "a@3 b@3"


def test_unknown_names_and_foreign_tasks(play):
    body = """
try:
    task.name2id("nobody")
except NameError as error:
    note(error)
"""
    assert seen(play, body) == "task name 'nobody' is unknown"


def test_executor_runs_plain_functions_in_a_thread(play):
    before = """
@pyscript_compile
def where(number, more=0):
    import threading
    return threading.current_thread() is threading.main_thread(), number + more

@pyscript_executor
def compiled(number):
    import threading
    return "asyncio" in threading.current_thread().name, number

def interpreted():
    pass
"""
    body = """
note(task.executor(where, 3, more=4))
note(compiled(5))
note(task.executor(pow, 2, 3))
try:
    task.executor(interpreted)
except TypeError as error:
    note(error)
"""
    text = seen(play, body, before=before)
    assert text.startswith("(False, 7) (True, 5) 8 pyscript functions can't be called from task.executor")


def test_task_exceptions_name_file_and_line(play, caplog):
    assert seen(play, "task.create(child)\nnote(1)", before="def child():\n    raise ValueError('oh no')\n") == "1"
    assert 'script.py", line 2, in child' in caplog.text
    assert "hosting" not in caplog.text
    assert "custom_components.pyscript.file.script.child" in caplog.text
