"""Interpreted Python: every call may wait, the clock is virtual, natively compiled code is left alone."""

import pytest

from simhouse.host.pyscript_host import PyscriptOptions

RUN = """
{before}

def run():
{body}

@time_trigger("startup")
def up():
    try:
        pyscript.result = str(run())
    except Exception as error:
        pyscript.result = f"{{type(error).__name__}}: {{error}}"
"""


def result(play, body, before="", **options):
    indented = "\n".join(f"    {line}" for line in body.strip("\n").split("\n"))
    played = play(RUN.format(body=indented, before=before), **options)
    played.line(0, {"sensor.a": "1"})
    played.line(100)
    assert not played.session.host.load_errors
    return played.state("pyscript.result")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return [later(x) for x in range(3) if later(x) != 1]", "[0, 2]"),
        ("return {x: later(x) for x in (1, 2)}", "{1: 1, 2: 2}"),
        ("return sorted({later(x) for x in (1, 2)})", "[1, 2]"),
        ("return f'{later(1)}-{later(2):03d}'", "1-002"),
        ("return later(1) if later(0) else later(2)", "2"),
        ("return later(0) or later(5) and later(6)", "6"),
        ("return later(*[1], **{'seconds': 2})", "1"),
        ("if (n := later(4)) > 3:\n    return n", "4"),
        ("total = 0\nwhile total < 3:\n    total += later(1)\nelse:\n    total += 10\nreturn total", "13"),
        ("for x in range(5):\n    if later(x) == 2:\n        break\nreturn x", "2"),
        ("try:\n    later(1 / 0)\nexcept ZeroDivisionError as error:\n    return str(error)", "division by zero"),
        ("try:\n    x = 1\nfinally:\n    x = later(2)\nreturn x", "2"),
        ("try:\n    raise KeyError(1)\nexcept:\n    return 'bare'", "bare"),
        ("def inner(a, b=later(3), *c, d=4, **e):\n    return b, c, d, e\nreturn inner(1, d=6)", "(3, (), 6, {})"),
        ("x = 1\ndef inner():\n    nonlocal x\n    x += later(1)\ninner()\nreturn x", "2"),
        ("global G\nG = 5\nreturn globals()['G']", "5"),
        ("a, *b = later([1, 2, 3])\nreturn (a, b)", "(1, [2, 3])"),
        ("assert later(0), 'no'", "AssertionError: no"),
        ("return sorted([3, 1], key=lambda x: -x)", "[3, 1]"),
        ("k = 2\nreturn (lambda x, k=k: x * k)(4)", "8"),
        ("return 1 < later(2) < 3", "True"),
        ("x: int = later(3)\nreturn x", "3"),
        ("return native(2, [later(3)])", "5"),
        ("return 'a b'.split()[later(1)]", "b"),
        ("return str.upper('x') + ''.join(['y'])", "Xy"),
        ("with Lock() as lock:\n    x = lock.held\nreturn (x, lock.held)", "(True, False)"),
        ("async def inner():\n    return await later(3)\nreturn await inner()", "3"),
    ],
)  # fmt: skip
def test_language(play, body, expected):
    before = """
def later(value, seconds=0.1):
    task.sleep(seconds)
    return value

@pyscript_compile
def native(a, b):
    return a + sum(x for x in b)

class Lock:
    def __init__(self):
        self.held = False
    def __enter__(self):
        self.held = True
        return self
    def __exit__(self, *exc):
        self.held = False
"""
    assert result(play, body, before) == expected


CLASSES = """
from dataclasses import dataclass, field
from enum import IntEnum

class Base:
    shared = []
    def __init__(self, x, y=2):
        task.sleep(0.1)
        self.x = x + y

    def twice(self):
        return double(self.x)

    @staticmethod
    def plain(a):
        return a

class Derived(Base):
    def __init__(self, x):
        Base.twice
        self.x = x

@dataclass
class Point:
    x: int
    y: list = field(default_factory=list)

class Level(IntEnum):
    LOW = 1
    HIGH = 2

class Oops(Exception):
    pass

def double(x):
    task.sleep(0.1)
    return x * 2
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("b = Base(1)\nreturn (b.x, b.twice(), Base.plain(3))", "(3, 6, 3)"),
        ("d = Derived(5)\nreturn (d.x, d.twice(), isinstance(d, Base))", "(5, 10, True)"),
        ("return Point(1, y=[2])", "Point(x=1, y=[2])"),
        ("return (Level.HIGH > Level.LOW, Level(2).name)", "(True, 'HIGH')"),
        ("try:\n    raise Oops('x')\nexcept (ValueError, Oops) as error:\n    return repr(error)", "Oops('x')"),
    ],
)
def test_classes(play, body, expected):
    assert result(play, body, CLASSES, options=PyscriptOptions(allow_all_imports=True)) == expected


def test_decorators_of_the_file(play):
    before = """
def twice(function):
    def wrapped(*args):
        return function(*args) * 2
    return wrapped

def times(number):
    def decorate(function):
        def wrapped(*args):
            return function(*args) * number
        return wrapped
    return decorate

@times(3)
@twice
def one(x):
    return x
"""
    assert result(play, "return (one(1), one.__name__)", before) == "(6, 'one')"


def test_factories_make_triggers(play):
    played = play("""
        KEPT = []
        def factory(entity_id):
            @state_trigger(entity_id)
            @service(f"pyscript.poke_{entity_id[-1]}")
            def changed(value=None, **kwargs):
                state.set(f"pyscript.{entity_id[-1]}", value)
            return changed

        for name in ("sensor.a", "sensor.b"):
            KEPT.append(factory(name))
        factory("sensor.c")
    """)
    played.line(0)
    played.line(1, {"sensor.a": "1", "sensor.b": "2", "sensor.c": "3"})
    assert [played.state(f"pyscript.{name}") for name in "abc"] == ["1", "2", "3"]
    assert played.line(2, calls=[{"service": "pyscript.poke_c"}])["responses"] == [
        {"service": "pyscript.poke_c", "response": None}
    ]


def test_a_trigger_around_a_wrapped_function(play):
    played = play("""
        def logged(function):
            def wrapped(**kwargs):
                pyscript.before = 1
                return function(**kwargs)
            return wrapped

        @logged
        @state_trigger("sensor.a")
        def run(value=None, **kwargs):
            pyscript.seen = value
    """)
    played.line(0)
    played.line(1, {"sensor.a": "5"})
    assert (played.state("pyscript.before"), played.state("pyscript.seen")) == ("1", "5")


TIME = "import time\nimport datetime as dt\nfrom datetime import date, datetime\n"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("time.time() - START", "7.5"),
        ("time.monotonic()", "7.5"),
        ("time.time_ns() // 1000 - START * 1000000", "7500000"),
        ("datetime.now()", "2026-01-15 13:00:07.500000"),
        ("dt.datetime.now()", "2026-01-15 13:00:07.500000"),
        ("datetime.now(tz=dt.timezone.utc)", "2026-01-15 12:00:07.500000+00:00"),
        ("datetime.utcnow()", "2026-01-15 12:00:07.500000"),
        ("date.today()", "2026-01-15"),
        ("time.localtime().tm_hour", "13"),
        ("time.strftime('%H:%M')", "13:00"),
        ("native_now() > datetime(2020, 1, 1) and native_now() != datetime.now()", "True"),
    ],
)
def test_the_clock_is_virtual_in_interpreted_code_only(play, expression, expected):
    before = TIME + "START = 1768478400\n@pyscript_compile\ndef native_now():\n    return datetime.now()\n"
    assert result(play, f"task.sleep(7.5)\nreturn {expression}", before, time_zone="Europe/Amsterdam") == expected


def test_blocking_sleep_becomes_a_virtual_one(play, caplog):
    assert result(play, "time.sleep(3)\nreturn time.monotonic()", TIME) == "3.0"
    assert "blocking time.sleep()" in caplog.text


def test_print_and_log_have_the_functions_name(play, caplog):
    with caplog.at_level("DEBUG"):
        result(play, "print('hello')\nlog.warning('careful %s', 1)\nlog.info('i')")
    logged = [
        (record.name, record.levelname, record.getMessage())
        for record in caplog.records
        if record.name.startswith("custom")
    ]
    name = "custom_components.pyscript.file.script.up"
    assert logged == [(name, "DEBUG", "hello"), (name, "WARNING", "careful 1"), (name, "INFO", "i")]


def test_the_files_own_name_and_config(play):
    played = play(
        {
            "apps/heat.py": """
                assert __name__ == "heat"
                config = f"{pyscript.app_config['x']} {pyscript.config['allow_all_imports']}"
                pyscript.result = f"{config} {pyscript.get_global_ctx()}"
            """,
            "apps/other.py": "pyscript.other = 1",
            "scripts/deep/one.py": "pyscript.deep = __name__",
        },
        options=PyscriptOptions({"heat": {"x": 3}}),
    )
    played.line(0)
    assert played.state("pyscript.result") == "3 False apps.heat"
    assert played.state("pyscript.other") is None
    assert played.state("pyscript.deep") == "deep.one"
