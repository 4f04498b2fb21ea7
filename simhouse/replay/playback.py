"""The loop of a replay: a second of the recorded house, a line to the scripts, their calls applied to the house."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from simhouse.host.pyscript_host import Host
from simhouse.house.run import CONNECTED_S
from simhouse.house.trace_columns import InputError

from .course import Course, Watcher
from .scene import NONE, SILENT, Scene
from .timeline import Timeline

GONE = {"state": "unavailable", "attributes": {}}
TOLD_EVERY_S = 300
Progress = Callable[[int], None]


async def replay_scripts(
    scene: Scene, timeline: Timeline, label: str, config_path: Path, known: Any, tell: Progress
) -> Course:
    """Run the scripts in the recorded house and return its course; `tell` gets the progress [s]."""
    house = scene.house
    watcher = Watcher(house)
    zone = timeline.zone if isinstance(timeline.zone, ZoneInfo) else timeline.start.tzinfo
    with TemporaryDirectory(prefix="fusebox-replay-") as folder:
        path = Path(folder) / "site_config.py"
        secrets = config_path.parent / "secrets.yaml"
        if secrets.is_file():
            (Path(folder) / "secrets.yaml").write_bytes(secrets.read_bytes())
        async with house.network or nullcontext(), house.quasars or nullcontext(), house.linked or nullcontext():
            config = scene.config if house.linked is None else house.linked.with_addresses(scene.config)
            path.write_text(f"CONFIG = {dict(config)!r}\n", encoding="utf-8")
            async with Host(path, timeline.start, zone) as host:
                for t in range(timeline.length_s):
                    reply = await host.line(await _line_for_second(scene, t))
                    await house.obey_reply(reply["calls"], t)
                    if house.now is not None:
                        watcher.watch(house.now, reply)
                    if t == 0 and watcher.state == "config_error":
                        problem = f"the scripts refuse this CONFIG: {'; '.join(watcher.errors)}"
                        raise InputError(config_path, None, problem, "correct it")
                    if t % TOLD_EVERY_S == 0:
                        tell(t)
    return watcher.course(label, known)


async def _line_for_second(scene: Scene, t: int) -> dict[str, Any]:
    """Return the line for second `t`: simulated states, and recorded ones for what the loads do not influence."""
    house = scene.house
    house.helpers.values.update(scene.helpers.get(t, {}))
    states = house.step(t) | await house.exchange_with_sockets(t)
    if t == CONNECTED_S:
        states |= house.report_absent_as_unknown()
    for entity, at in scene.meter_at.items():
        if at[t] == SILENT:
            states.pop(entity, None)
        else:
            states[entity] = GONE if at[t] == NONE else house.states[entity]
    for entity, every_s in scene.every_s.items():
        if t % every_s:
            states.pop(entity, None)
    simulated = {entity: state for entity, state in states.items() if entity not in scene.verbatim}
    states = {**simulated, **scene.spoken.get(t, {})}
    return {"t": t, "states": states} | (house.network.answers() if house.network else {})
