"""What native code needs of the host: waiting for real work, stop callbacks, and modules of its own."""

import asyncio
import sys

import pytest

from simhouse.host.pyscript_host import Host, HostSession
from tests.host.conftest import Play

LOADER = """
@pyscript_executor
def load():
    import importlib.util, os, sys
    base = os.path.join(os.path.dirname(sys._getframe().f_code.co_filename), "pack")
    spec = importlib.util.spec_from_file_location("pack", base + "/__init__.py", submodule_search_locations=[base])
    module = importlib.util.module_from_spec(spec)
    sys.modules["pack"] = module
    spec.loader.exec_module(module)
    return module

native = load()
"""


def with_pack(play, script, pack, **options):
    return play(
        {"modules/rt.py": LOADER, "modules/pack/__init__.py": pack, "script.py": "from rt import native\n" + script},
        **options,
    )


def test_real_waiting_inside_a_function_is_waited_for(play):
    pack = """
import asyncio
async def slow(set_state):
    await asyncio.sleep(0.05)
    set_state("pyscript.slow", "1")

def blocking(seconds):
    import time
    time.sleep(seconds)
    return "2"
"""
    script = """
@state_trigger("sensor.a")
def run():
    native.slow(state.set)
    pyscript.thread = task.executor(native.blocking, 0.05)
"""
    played = with_pack(play, script, pack)
    played.line(0)
    reply = played.line(1, {"sensor.a": "1"})
    assert {name: written["state"] for name, written in reply["states"].items()} == {
        "pyscript.slow": "1",
        "pyscript.thread": "2",
    }


LOCKED = """
import asyncio
LOCK = asyncio.Lock()

async def hold(sleep, set_state, name):
    async with LOCK:
        await sleep(5)
        set_state(f"pyscript.{name}", "done")

async def together(sleep, set_state):
    await asyncio.gather(sleep(3), asyncio.create_task(sleep(4)))
    set_state("pyscript.together", "done")

async def in_time(sleep, set_state):
    await asyncio.wait_for(sleep(3), 60)
    set_state("pyscript.in_time", "done")
"""


def test_waiting_for_a_lock_whose_holder_sleeps_is_sleeping(play):
    script = """
@state_trigger("sensor.a")
def run(value=None):
    native.hold(task.sleep, state.set, value)
"""
    played = with_pack(play, script, LOCKED)
    played.line(0)
    played.line(1, {"sensor.a": "first"})
    played.line(1, {"sensor.a": "second"})
    played.line(6)
    assert (played.state("pyscript.first"), played.state("pyscript.second")) == ("done", None)
    played.line(11)
    assert played.state("pyscript.second") == "done"


@pytest.mark.parametrize(("function", "after"), [("together", 4), ("in_time", 3)])
def test_native_subtasks_may_sleep_on_the_virtual_clock(play, function, after):
    script = f"""
@state_trigger("sensor.a")
def run(value=None):
    native.{function}(task.sleep, state.set)
"""
    played = with_pack(play, script, LOCKED)
    played.line(0)
    played.line(1, {"sensor.a": "1"})
    played.line(after + 0.5)
    assert played.state(f"pyscript.{function}") is None
    played.line(after + 1)
    assert played.state(f"pyscript.{function}") == "done"


SERVER = """
import asyncio, sys

async def serve(set_state):
    async def answer(reader, writer):
        line = await reader.readline()
        set_state("sensor.heard", line.decode().strip())
        writer.write(b"got " + line)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    set_state("sensor.port", server.sockets[0].getsockname()[1])

    async def stop():
        server.close()
        await asyncio.sleep(0.01)
        with open(sys.modules["_note"].path, "a") as note:
            note.write("stopped ")

    sys.modules["_simhouse_host"].add_stop_callback(stop)
    removed = sys.modules["_simhouse_host"].add_stop_callback(fail)
    removed()
    sys.modules["_simhouse_host"].add_stop_callback(fail)

async def fail():
    raise OSError("cannot stop")
"""


def test_servers_answer_between_lines_and_stop_callbacks_are_awaited(play, tmp_path, monkeypatch, caplog):
    note = type(sys)("_note")
    note.path = str(tmp_path / "note")
    monkeypatch.setitem(sys.modules, "_note", note)
    played = with_pack(play, "@time_trigger('startup')\ndef up():\n    native.serve(state.set)\n", SERVER)
    played.line(0)

    async def talk() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(played.state("sensor.port")))
        writer.write(b"hello\n")
        answer = await asyncio.wait_for(reader.read(100), timeout=5)
        writer.close()
        return answer

    assert played.session.run(talk) == b"got hello\n"
    assert played.line(1)["states"]["sensor.heard"]["state"] == "hello"
    played.session.run(played.session.host.close)
    assert (tmp_path / "note").read_text() == "stopped "
    assert caplog.text.count("OSError: cannot stop") == 1


def test_modules_of_others_are_put_aside_and_brought_back(tmp_path, monkeypatch):
    mine, store = type(sys)("pack"), type(sys)("_fusebox_store")
    monkeypatch.setitem(sys.modules, "pack", mine)
    monkeypatch.setitem(sys.modules, "_fusebox_store", store)
    # Of two hosts that were closed in the order in which they began, the first one's may be left.
    monkeypatch.delitem(sys.modules, "_simhouse_host", raising=False)
    files = {
        "modules/rt.py": LOADER,
        "modules/pack/__init__.py": "import sys\nassert '_fusebox_store' not in sys.modules\n"
        "sys.modules['_fusebox_new'] = sys\n",
        "script.py": "from rt import native\n",
    }
    with Play(tmp_path, files).session as session:
        session.line({"t": 0})
        assert session.host.load_errors == {}
        assert sys.modules["pack"] is not mine
    assert sys.modules["pack"] is mine
    assert sys.modules["_fusebox_store"] is store
    assert "_fusebox_new" not in sys.modules
    assert "_simhouse_host" not in sys.modules


def test_secrets_are_next_to_the_config(play, tmp_path):
    script = """
@pyscript_compile
def read():
    import os, sys
    base = os.path.dirname(os.path.dirname(sys._getframe().f_code.co_filename))
    return open(os.path.join(base, "secrets.yaml")).read().strip()

pyscript.secret = read()
"""
    (tmp_path / "secrets.yaml").write_text("easee: x\n")
    played = play(script)
    played.line(0)
    assert played.state("pyscript.secret") == "easee: x"


def test_two_hosts_side_by_side(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one = Play(tmp_path / "one", {"script.py": "pyscript.x = 1\n"})
    two = Play(tmp_path / "two", {"script.py": "pyscript.x = 2\n"})
    with one.session, two.session:
        one.line(0)
        two.line(0)
        assert (one.state("pyscript.x"), two.state("pyscript.x")) == ("1", "2")


def test_the_async_interface(tmp_path):
    (tmp_path / "script.py").write_text("@state_trigger('sensor.a')\ndef run(value=None):\n    pyscript.seen = value\n")

    async def play() -> dict:
        async with Host(scripts=tmp_path) as host:
            await host.line({"t": 0})
            return await host.line({"t": 1, "states": {"sensor.a": 3}})

    assert asyncio.run(play()) == {
        "t": 1,
        "calls": [],
        "states": {"pyscript.seen": {"state": "3", "attributes": {}}},
        "responses": [],
    }


def test_a_day_passes_without_sleeping(tmp_path):
    (tmp_path / "script.py").write_text(
        "pyscript.n = 0\n@time_trigger('cron(* * * * *)')\n"
        "def tick():\n    task.sleep(30)\n    pyscript.n = int(pyscript.n) + 1\n"
    )
    with HostSession(scripts=tmp_path) as session:
        session.line({"t": 0})
        # A sleeping call would take a day: the time-out of every test ends that.
        assert session.line({"t": 86400})["states"]["pyscript.n"]["state"] == "1439"


WHERE = """
import sys

def where():
    return sys._getframe().f_code.co_filename
"""


def test_hosts_that_run_the_same_sources_each_have_their_own_folders(play):
    script = "pyscript.native = native.where()\n"
    first, second = with_pack(play, script, WHERE), with_pack(play, script, WHERE)
    for each in (first, second):
        each.line(0)
        mirror = str(each.session.host.mirror.folder)
        assert each.state("pyscript.native") == f"{mirror}/modules/pack/__init__.py"
