"""`python -m simhouse host` as a real process: one line in, one line out."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
from site_config import CONFIG
print("nothing of this is protocol")

@pyscript_compile
def shout():
    print("native prints neither")

@state_trigger("sensor.a")
def run(value=None):
    shout()
    number.set_value(entity_id="number.x", value=float(value))
    state.set("sensor.out", value, nan=float("nan"), when=sensor.a.last_changed)

@time_trigger("startup")
def tick():
    while True:
        pyscript.ticks = int(pyscript.ticks) + 1 if state.exist("pyscript.ticks") else 1
        task.sleep(10)

@service(supports_response="only")
def config():
    return CONFIG

@time_trigger("startup")
def up():
    from datetime import datetime
    pyscript.started = str(datetime.now())
"""


class Process:
    """The command, spoken to line by line."""

    def __init__(self, folder, *arguments):
        self.config = folder / "config.py"
        self.config.write_text("CONFIG = {'fuse': 25}\n")
        # A checkout of its own, with our script for the shipped ones.
        checkout = folder / "checkout"
        checkout.mkdir()
        (checkout / "simhouse").symlink_to(ROOT / "simhouse")
        (checkout / "run.py").write_text(RUN.format(folder=str(folder / "scripts")))
        (folder / "scripts" / "modules").mkdir(parents=True)
        (folder / "scripts" / "script.py").write_text(SCRIPT)
        self.process = subprocess.Popen(
            [sys.executable, str(checkout / "run.py"), "host", "--config", str(self.config), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )

    def say(self, line):
        self.process.stdin.write((line if isinstance(line, str) else json.dumps(line)) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        out, error = self.process.communicate(timeout=20)
        return self.process.returncode, out, error


RUN = """
import sys
import tempfile
from pathlib import Path
import simhouse.host.pyscript_host
simhouse.host.pyscript_host.DEFAULT_SCRIPTS = Path({folder!r})
from simhouse.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def process(tmp_path):
    started = []

    def start(*arguments):
        started.append(Process(tmp_path, *arguments))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.communicate()


def test_a_conversation(process):
    host = process("--start", "2026-06-01T10:00:00+02:00")
    first = host.say({"t": 0, "states": {"sensor.a": "1"}})
    assert first["t"] == 0
    assert first["states"]["pyscript.started"] == {"state": "2026-06-01 10:00:00", "attributes": {}}
    second = host.say({"t": 25, "states": {"sensor.a": {"state": "2.5", "attributes": {"unit": "A"}}}})
    assert second["calls"] == [{"service": "number.set_value", "data": {"entity_id": "number.x", "value": 2.5}}]
    assert second["states"]["pyscript.ticks"]["state"] == "3"
    assert second["states"]["sensor.out"]["attributes"] == {
        "unit": "A",
        "nan": None,
        "when": "2026-06-01T08:00:25+00:00",
    }
    third = host.say({"t": 25, "calls": [{"service": "pyscript.config"}]})
    assert third == {
        "t": 25,
        "calls": [],
        "states": {},
        "responses": [{"service": "pyscript.config", "response": {"fuse": 25}}],
    }
    status, rest, error = host.end()
    assert (status, rest) == (0, "")
    assert "native prints neither" in error


def test_the_zone_is_the_named_one(process):
    host = process("--start", "2026-06-01T10:00:00+00:00", "--time-zone", "America/New_York")
    assert host.say({"t": 0})["states"]["pyscript.started"]["state"] == "2026-06-01 06:00:00"


def test_without_a_start_it_is_the_documented_instant(process):
    assert process().say({"t": 0})["states"]["pyscript.started"]["state"] == "2026-01-15 12:00:00"


BAD = [
    ("not json", "not a line of JSON"),
    ("", "not a line of JSON"),
    ("[1]", "a line is an object, not a list"),
    ("{}", "t is missing"),
    ('{"t": "1"}', "t is a number of seconds, not '1'"),
    ('{"t": NaN}', "t is a number of seconds"),
    ('{"t": 1e300}', "t is at most 1e+09 seconds"),
    ('{"t": true}', "t is a number of seconds"),
    ('{"t": 4.9}', "t goes back from 5 to 4.9"),
    ('{"t": 6, "states": []}', "states is an object, not a list"),
    ('{"t": 6, "states": {"nothing": "1"}}', "'nothing' is no entity id"),
    ('{"t": 6, "states": {"sensor.a": [1]}}', "states.sensor.a: a state is a text or a number, not a list"),
    ('{"t": 6, "states": {"sensor.a": {}}}', "states.sensor.a has neither state nor attributes"),
    ('{"t": 6, "states": {"sensor.a": {"state": "1", "attributes": 3}}}', "states.sensor.a.attributes is an object"),
    ('{"t": 6, "states": {"sensor.b": "2", "sensor.a": true}}', "not true or false"),
    ('{"t": 6, "calls": {}}', "calls is a list, not an object"),
    ('{"t": 6, "calls": [{"data": {}}]}', "calls[0].service is a name"),
    ('{"t": 6, "calls": [{"service": "pyscript.config", "data": 3}]}', "calls[0].data is an object"),
    ('{"t": 6, "respond": [3]}', "respond[0] is an object"),
]


def test_bad_lines_get_one_answer_each_and_change_nothing(process):
    host = process()
    host.say({"t": 5, "states": {"sensor.a": "1"}})
    for line, problem in BAD:
        reply = host.say(line)
        assert problem in reply["error"], line
        assert (reply["calls"], reply["states"], reply["responses"]) == ([], {}, [])
    # Time has not moved and no state was set: the change below is still one.
    reply = host.say({"t": 5, "states": {"sensor.b": None, "sensor.a": "2"}})
    assert reply["calls"] == [{"service": "number.set_value", "data": {"entity_id": "number.x", "value": 2.0}}]
    assert host.end()[:2] == (0, "")


def test_many_lines_at_once_and_a_last_one_without_an_end(process):
    host = process()
    lines = [json.dumps({"t": t, "states": {"sensor.a": str(t)}}) for t in range(2000)]
    out, _ = host.process.communicate("\n".join(lines), timeout=60)
    replies = [json.loads(line) for line in out.splitlines()]
    assert [reply["t"] for reply in replies] == list(range(2000))
    assert [len(reply["calls"]) for reply in replies] == [0] + [1] * 1999
    assert host.process.returncode == 0


def test_no_line_at_all(process):
    assert process().end()[:2] == (0, "")


def test_editing_the_config_while_it_runs(process):
    host = process()
    host.say({"t": 0})
    host.config.write_text("CONFIG = {'fuse': 35, 'new': 1}\n")
    reply = host.say({"t": 1, "calls": [{"service": "pyscript.config"}]})
    assert reply["responses"][0]["response"] == {"fuse": 35, "new": 1}


def test_a_signal_ends_it_in_order(process):
    host = process()
    host.say({"t": 0})
    host.process.send_signal(signal.SIGTERM)
    assert host.process.wait(timeout=10) == 0


def test_nothing_is_left_behind(process, tmp_path):
    def left():
        return set(Path(tempfile.gettempdir()).glob("simhouse-*"))

    host = process()
    host.say({"t": 0})
    mine = [
        folder
        for folder in left()
        if (folder / "secrets.yaml").is_symlink() and str(tmp_path) in os.readlink(folder / "secrets.yaml")
    ]
    assert len(mine) == 1
    host.end()
    time.sleep(0.05)
    assert not mine[0].exists()


@pytest.mark.parametrize("arguments", [["host"], ["host", "--config", "nowhere.py"], ["nothing"], []])
def test_wrong_usage(arguments):
    run = subprocess.run(
        [sys.executable, "-m", "simhouse", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=20
    )
    assert run.returncode == 2
    assert run.stdout == ""
    assert "usage" in run.stderr


def test_a_leap_brings_what_fell_due_once_and_after_its_states(play):
    played = play("""
        @time_trigger("startup")
        def tick():
            while True:
                pyscript.seen = (pyscript.seen if state.exist("pyscript.seen") else "") + sensor.a
                task.sleep(1)
    """)
    played.line(0, {"sensor.a": "a"})
    played.line(10, {"sensor.a": "b"}, leap=True)
    assert played.state("pyscript.seen") == "ab"
    played.line(12, {"sensor.a": "c"})
    assert played.state("pyscript.seen") == "abbb"
    assert played.line(13, leap=1)["error"] == "leap is true or false, not a number"
