"""The object behind `publish_mqtt.py`: keeps what the broker holds as it should be, and does what controls ask for.

It looks at the plain entities each second, beside the steps and not in them: a broker that is slow or away keeps
nothing waiting. Only what has changed is published.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from contextlib import suppress
from dataclasses import dataclass

from .. import tuning
from ..config.read_config import Plan
from ..model.durations import NEVER_S, has_passed
from ..model.load_plan import LoadPlan
from ..model.own_entities import SITE_ENTITY, load_entity
from ..model.site import Site
from ..runtime.load_files import Loaded
from ..runtime.log_throttle import said_by
from ..runtime.persisted_state import PersistedState, to_disk
from ..runtime.ports import Ports, shown
from ..runtime.script import ScriptRuntime
from ..runtime.store import STORE
from .balancer import Balancer
from .installed import highest_a
from .mqtt_discovery import ALIVE_TOPIC, COMMANDS, SITE_NAME, discovery, state_topic
from .mqtt_messages import LoadSettings, load_message, load_of, metered_states, refusal, site_message

BIRTH_TOPIC = "homeassistant/status"
"""Home Assistant says `online` there whenever it is connected to the broker anew, unless somebody has changed that."""


@dataclass(frozen=True, slots=True)
class KeptTopics:
    """What the broker may hold of ours, to be taken away one day."""

    topics: frozenset[str] = frozenset()


STATE = PersistedState("pyscript.fusebox_mqtt", "Fusebox over MQTT", KeptTopics)


class MqttDevices(ScriptRuntime):
    """One load of the script that shows devices over MQTT."""

    role, work = "mqtt", "showing devices over MQTT"

    def __init__(self, loaded: Loaded, ports: Ports) -> None:
        super().__init__(loaded, ports)
        self._known: Set[str] = frozenset()
        self._sent: dict[str, str] = {}
        self._refused: dict[str, str] = {}
        self._discovered: tuple[object, object] = (None, None)
        self._discovery: Mapping[str, str] = {}
        self._device_max_a: dict[str, float] = {}
        plan = loaded.plan
        self._is_asked_for = plan is not None and plan.site({}).discovery_prefix is not None
        self._decided_s = self._works_s = self._told_s = NEVER_S
        self._alive, self._alive_s = False, NEVER_S
        self._unheard = [COMMANDS, BIRTH_TOPIC]
        self._has_ended = False

    @property
    def has_work(self) -> bool:
        """Whether this load acts, and CONFIG asks for devices over MQTT or there are old ones to be taken away."""
        return self.is_active and (self._is_asked_for or bool(self._known))

    def unheard(self) -> tuple[str, ...]:
        """Topics to listen to from now on; none before something could be published: there is no broker yet."""
        found = tuple(self._unheard) if self._sent and self.is_active else ()
        if found:
            self._unheard.clear()
        return found

    async def restore(self, now_s: float) -> None:
        """What an earlier load, or one before the restart, has left at the broker."""
        self._known = (await STATE.restore(self.ports)).topics
        self._decided_s = self._works_s = now_s

    async def run_once(self, now_s: float) -> None:
        """Publish what has changed, and take away what is no longer wanted."""
        try:
            if not self._is_asked_for:
                await self._bring_up_to_date({}, now_s)
                return
            alive = self._is_decided(now_s) and not self._unheard
            if not alive:
                await self._tell_alive(now_s, alive=False)
            wanted = self._wanted()
            if wanted is not None:
                await self._bring_up_to_date(wanted, now_s)
            if alive:
                await self._tell_alive(now_s, alive=True)
        except Exception as error:
            # The broker may have forgotten what it was told before.
            self._sent.clear()
            told = self._is_asked_for and now_s - self._works_s >= tuning.LASTING_S
            STORE["mqtt_problems"] = (_problem(error),) if told else ()
        else:
            self._works_s = now_s
            STORE["mqtt_problems"] = ()

    async def received(self, now_s: float, topic: str, payload: str, retain: bool) -> None:
        """A message on one of our topics. A retained command is an old one, and would come again with each start."""
        if not self.is_active:
            return
        if topic == BIRTH_TOPIC:
            self._sent.clear()
        elif not retain:
            await self._command(now_s, topic, payload)
        await self.run(now_s)

    async def end(self) -> None:
        """The script is unloaded, and perhaps for good: nobody hears commands any more, until another load does.

        What is done beside that goes on, so that what is at the broker is taken away where the script was removed."""
        self._has_ended = True
        if self.is_active and self._alive:
            with suppress(Exception):  # the broker may be away, and Home Assistant be ending
                await self._tell_alive(self._alive_s, alive=False)

    async def withdraw(self) -> None:
        """The last act: where the script was removed, nothing is left at the broker."""
        if self.is_gone:
            await self._bring_up_to_date({}, 0)

    async def _command(self, now_s: float, topic: str, payload: str) -> None:
        balancer, name = _balancer(), load_of(topic)
        if state_topic(name) not in self._known:
            return  # whoever writes to the broker may write anything
        why = "Fusebox is just starting" if balancer is None else await refusal(balancer, now_s, topic, payload)
        self._refused[name] = why
        # The control shows again what is in force, also where that has not changed.
        self._sent.pop(state_topic(name), None)
        if why:
            entity = load_entity(name)
            await self.ports.fire("logbook_entry", name="Fusebox", message=f"refused: {why}", entity_id=entity)

    def _is_decided(self, now_s: float) -> bool:
        """Whether somebody decides: who has just begun is given some time for that."""
        balancer = _balancer()
        if balancer is not None and balancer.snapshot is not None:
            self._decided_s = balancer.snapshot.now_s
        return 0 <= now_s - self._decided_s <= tuning.RENEW_S

    def _wanted(self) -> Mapping[str, str] | None:
        """Topic -> message of all that the broker should keep; None while nothing has been decided yet."""
        balancer = _balancer()
        if balancer is None or balancer.as_set is None or balancer.loaded.plan is None:
            return None
        states = {} if balancer.snapshot is None else balancer.snapshot.loads
        # A number that is unavailable for a moment has the maximum that it had.
        self._device_max_a |= {name: a for name, state in states.items() if (a := state.device_max_a) is not None}
        return self._messages(balancer.loaded.plan, balancer.as_set, balancer.boosts.names, balancer.plans.own)

    def _messages(
        self, plan: Plan, site: Site, boosted: frozenset[str], own: Mapping[str, LoadPlan | None]
    ) -> dict[str, str]:
        """Of the site with its loads as they are set, boosts aside. `own`: the plans that services have set."""
        ports = self.ports
        metered = {load.name: metered_states(ports, load.name) for load in site.loads}
        kinds = {name: frozenset(states) for name, states in metered.items()}
        known = (kinds, dict(self._device_max_a))
        if self._discovered[0] is not site or self._discovered[1] != known:
            self._discovered, self._discovery = (site, known), discovery(plan, site, *known)
        told = {name: self._refused.get(name, "") for name in (SITE_NAME, *metered)}
        found = {state_topic(SITE_NAME): site_message(shown(ports, SITE_ENTITY), site, told[SITE_NAME])}
        for load in site.loads:
            plain = shown(ports, load_entity(load.name))
            most_a = highest_a(site, load, self._device_max_a.get(load.name))
            settings = LoadSettings.of(load, boosted, own.get(load.name), most_a)
            found[state_topic(load.name)] = load_message(plain, metered[load.name], settings, told[load.name])
        return {**self._discovery, **found}

    async def _bring_up_to_date(self, wanted: Mapping[str, str], now_s: float) -> None:
        await self._remember(self._known | wanted.keys())
        # Entities first: one that is still there would complain of an empty state.
        for topic in sorted(self._known - wanted.keys(), key=lambda topic: (not topic.endswith("/config"), topic)):
            await self._publish(topic, "", retain=True)
            self._sent.pop(topic, None)
        await self._remember(set(wanted))
        for topic, message in wanted.items():
            if self._sent.get(topic) != message:
                await self._publish(topic, message, retain=True)
                self._sent[topic] = message
                if topic in self._discovery:
                    self._told_s = now_s

    async def _tell_alive(self, now_s: float, *, alive: bool) -> None:
        alive = alive and not self._has_ended
        is_new = not has_passed(tuning.MQTT_NEW_S, self._told_s, now_s)
        if is_new or alive != self._alive or has_passed(tuning.RENEW_S, self._alive_s, now_s):
            await self._publish(ALIVE_TOPIC, "online" if alive else "offline", retain=False)
            self._alive, self._alive_s = alive, now_s

    async def _publish(self, topic: str, message: str, *, retain: bool) -> None:
        await self.ports.call("mqtt", "publish", topic=topic, payload=message, retain=retain, blocking=True)

    async def _remember(self, topics: Set[str]) -> None:
        """Before anything is published: it is to be found again after a power cut too."""
        if topics == self._known:
            return
        self._known = topics
        STATE.write(self.ports, len(topics), KeptTopics(frozenset(topics)))
        await to_disk(self.ports)


def _balancer() -> Balancer | None:
    """The load of the balancer that acts; it may be of an older generation of this package."""
    found: Balancer | None = STORE.get(Balancer.role)
    return found


def _problem(error: Exception) -> str:
    """`mqtt.publish` is there where MQTT is set up, and fails while the broker is away."""
    if isinstance(error, KeyError):
        return "site.mqtt: Home Assistant has no MQTT; set up its integration, or take mqtt out of site"
    return f"site.mqtt: nothing reaches the broker ({said_by(error)}); look whether it runs"
