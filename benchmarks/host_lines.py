"""What the embedded host itself costs: one-second lines with three changed states, a tick and ten native operations.

`python benchmarks/host_lines.py [LINES]` prints lines per second and what a day of 86,400 lines would take.
"""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from simhouse.host.pyscript_host import HostSession

SCRIPT = """
@pyscript_compile
def work(get, set_state):
    total = sum(float(get(f"sensor.net_l{phase}")) for phase in (1, 2, 3))
    ages = [get(f"sensor.net_l{phase}").last_reported for phase in (1, 2, 3)]
    set_state("sensor.total", total, new_attributes={"age": str(ages[0]), "unit_of_measurement": "W"})
    set_state("sensor.same", "on")
    set_state("sensor.phase", max(("1", "2", "3")))
    set_state("pyscript.kept", round(total))


@state_trigger("sensor.net_l1", "sensor.net_l2", "sensor.net_l3")
def changed(**kwargs):
    pass


@time_trigger("startup")
def tick():
    while True:
        work(state.get, state.set)
        service.call("number", "set_value", entity_id="number.car", value=6)
        task.sleep(1)
"""


def lines_per_second(lines: int) -> float:
    """Run that many one-second lines; returns how many went through in a second of real time."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "script.py").write_text(SCRIPT, encoding="utf-8")
        with HostSession(scripts=Path(folder)) as session:

            async def play() -> float:
                began = time.perf_counter()
                for second in range(lines):
                    states = {f"sensor.net_l{phase}": str(second % 97 + phase) for phase in (1, 2, 3)}
                    await session.host.line({"t": second, "states": states})
                return lines / (time.perf_counter() - began)

            return session.run(play)


def main() -> None:
    """Print the measurement."""
    rate = lines_per_second(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    print(f"{rate:,.0f} lines/s, {1000 / rate:.3f} ms each, a day of one-second lines in {86_400 / rate:.0f} s")


if __name__ == "__main__":
    main()
