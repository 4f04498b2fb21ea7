"""The object behind `publish_mqtt.py`: keeps the broker's topics up to date, and executes commands from controls.

It reads the entities each second, independent of the steps: a broker that is slow or away delays nothing. Only changes
are published.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from .. import tuning
from ..model.durations import NEVER_S, has_passed
from ..model.messages.message import message
from ..model.own_entities import SITE_ENTITY, SITE_NAME, load_entity
from ..runtime.load_files import LoadedConfig
from ..runtime.log_throttle import exception_text
from ..runtime.ports import Ports, present_state
from ..runtime.script import ScriptRuntime
from ..runtime.store import STORE, PersistedRecord, PersistedState
from .balancer import Balancer
from .mqtt_discovery import ALIVE_TOPIC, COMMANDS, control_values, discovery_messages, state_topic
from .mqtt_messages import (
    execute_or_refuse,
    load_of_topic,
    load_settings,
    load_state_message,
    metered_states,
    site_message,
)

BIRTH_TOPIC = "homeassistant/status"
"""Home Assistant publishes `online` there whenever it connects to the broker, unless its user has changed that."""


@dataclass(frozen=True, slots=True)
class StoredTopics:
    """Our topics that the broker may hold, persisted to remove them later."""

    topics: frozenset[str] = frozenset()


STATE = PersistedState("pyscript.fusebox_mqtt", "Fusebox over MQTT", StoredTopics)


class PublishedTopics(PersistedRecord[StoredTopics]):
    """Our topics that the broker may hold; persisted over restarts."""

    state = STATE


class MqttDevices(ScriptRuntime):
    """The MQTT devices of one load of the script."""

    role, work = "mqtt", "publishing devices over MQTT"

    def __init__(self, loaded: LoadedConfig, ports: Ports) -> None:
        super().__init__(loaded, ports)
        self._topics = PublishedTopics(ports)
        self._sent: dict[str, str] = {}
        self._refused: dict[str, str] = {}
        self._discovery: Mapping[str, str] = {}
        self._device_max_a: dict[str, float] = {}
        self._is_configured = loaded.config.site({}).discovery_prefix is not None
        self._decided_s = self._works_s = self._discovery_sent_s = NEVER_S
        self._alive, self._alive_s = False, NEVER_S
        self._unsubscribed = [COMMANDS, BIRTH_TOPIC]
        self._has_ended = False

    @property
    def _known(self) -> frozenset[str]:
        """Our topics that the broker may hold."""
        return self._topics.record.topics

    @property
    def has_work(self) -> bool:
        """Whether this object is active, and CONFIG has MQTT devices or old ones have to be removed."""
        return self.is_active and (self._is_configured or bool(self._known))

    def take_new_topics(self) -> tuple[str, ...]:
        """Return command topics to subscribe to that were not returned before.

        Empty until something was published, because there may be no broker before that, and while another load of the
        script is active.
        """
        found = tuple(self._unsubscribed) if self._sent and self.is_active else ()
        if found:
            self._unsubscribed.clear()
        return found

    async def prepare(self, now_s: float) -> None:
        """Read the topics that an earlier load or process has left at the broker."""
        await self._topics.restore()
        self._decided_s = self._works_s = now_s

    async def run_once(self, now_s: float) -> None:
        """Publish changed messages and clear topics that should no longer exist; without MQTT in CONFIG clear all.

        A failure makes the next run publish all, and becomes a problem after `LASTING_S`.
        """
        try:
            if not self._is_configured:
                await self._publish_changes({}, now_s)
                return
            alive = self._is_decided(now_s) and not self._unsubscribed
            if not alive:
                await self._publish_alive(now_s, alive=False)
            wanted = self._wanted_messages()
            if wanted is not None:
                await self._publish_changes(wanted, now_s)
            if alive:
                await self._publish_alive(now_s, alive=True)
        except Exception as error:
            # The broker may have forgotten earlier messages.
            self._sent.clear()
            is_reported = self._is_configured and now_s - self._works_s >= tuning.LASTING_S
            # A service that Home Assistant does not have: MQTT is not set up.
            is_missing = isinstance(error, KeyError)
            why = message("mqtt_missing") if is_missing else message("mqtt_silent", error=exception_text(error))
            STORE["mqtt_problems"] = (why,) if is_reported else ()
        else:
            self._works_s = now_s
            STORE["mqtt_problems"] = ()

    async def received(self, now_s: float, topic: str, payload: str, retain: bool) -> None:
        """Execute a message on one of our topics, then run; after the birth message everything is published again.

        A retained command is ignored, because it would repeat at each start. Nothing happens while another load of the
        script is active.
        """
        if not self.is_active:
            return
        if topic == BIRTH_TOPIC:
            self._sent.clear()
        elif not retain:
            await self._execute_command(now_s, topic, payload)
        await self.run(now_s)

    async def end(self) -> None:
        """Publish `offline`, because no command is executed until another load of the script takes over.

        Called when the script is unloaded. Publishing continues, so that all topics are removed if the script was
        removed.
        """
        self._has_ended = True
        if self.is_active and self._alive:
            with suppress(Exception):  # the broker may be away, and Home Assistant be ending
                await self._publish_alive(self._alive_s, alive=False)

    async def withdraw(self) -> None:
        """Remove all topics from the broker if the script was removed; the last call."""
        if self.is_gone:
            await self._publish_changes({}, 0)

    async def _execute_command(self, now_s: float, topic: str, payload: str) -> None:
        """Execute a control's message; its state is published again, so that the control displays what is in force.

        A refusal, also while Fusebox is starting, is stored and written to the logbook; success clears it. Messages for
        unknown loads are ignored.
        """
        balancer, name = _balancer(), load_of_topic(topic)
        if state_topic(name) not in self._known:
            return  # any client of the broker may write any topic
        starting = message("just_starting")
        why = starting if balancer is None else await execute_or_refuse(balancer, now_s, topic, payload)
        self._refused[name] = why
        self._sent.pop(state_topic(name), None)
        if why:
            entity = load_entity(name)
            await self.ports.fire("logbook_entry", name="Fusebox", message=f"refused: {why}", entity_id=entity)

    def _is_decided(self, now_s: float) -> bool:
        """Return whether the balancer has decided within `RENEW_S`; also for that long after a start."""
        balancer = _balancer()
        if balancer is not None and balancer.result is not None:
            self._decided_s = balancer.result.snapshot.now_s
        return 0 <= now_s - self._decided_s <= tuning.RENEW_S

    def _wanted_messages(self) -> Mapping[str, str] | None:
        """Return topic -> message that the broker should hold: discovery of all devices, and their states.

        None before the first decision and without a valid CONFIG. Stores the maximums of the devices, which count while
        their entities are unavailable.
        """
        balancer = _balancer()
        if balancer is None or balancer.result is None:
            return None
        states = balancer.result.snapshot.loads
        # A number that is unavailable for a moment has the maximum that it had.
        self._device_max_a |= {name: a for name, state in states.items() if (a := state.device_max_a) is not None}
        config, site, ports = balancer.loaded.config, balancer.as_set, self.ports
        metered = {load.name: metered_states(ports, load.name) for load in site.loads}
        kinds = {name: frozenset(states) for name, states in metered.items()}
        most_a = dict(self._device_max_a)
        self._discovery, values = discovery_messages(config, site, kinds, most_a), control_values(config, site, most_a)
        shown, refused = present_state(ports, SITE_ENTITY), self._refused
        found = {state_topic(SITE_NAME): site_message(shown, values[SITE_NAME], refused.get(SITE_NAME, ""))}
        for load in site.loads:
            name, shown = load.name, present_state(ports, load_entity(load.name))
            own = balancer.plans.plans.progress_of(name).own
            settings = load_settings(load, balancer.boosts.names, own, values[name])
            found[state_topic(name)] = load_state_message(shown, metered[name], settings, refused.get(name, ""))
        return {**self._discovery, **found}

    async def _publish_changes(self, wanted: Mapping[str, str], now_s: float) -> None:
        """Publish the changed ones of these messages, clear all other known topics, and persist which ones remain."""
        # Before anything is published, so that all topics are found after a power cut.
        await self._topics.update_on_disk(StoredTopics(self._known | wanted.keys()))
        # Entities first: one that is still there would complain of an empty state.
        for topic in sorted(self._known - wanted.keys(), key=lambda topic: (not topic.endswith("/config"), topic)):
            await self._publish(topic, "", retain=True)
            self._sent.pop(topic, None)
        await self._topics.update_on_disk(StoredTopics(frozenset(wanted)))
        for topic, text in wanted.items():
            if self._sent.get(topic) != text:
                await self._publish(topic, text, retain=True)
                self._sent[topic] = text
                if topic in self._discovery:
                    self._discovery_sent_s = now_s

    async def _publish_alive(self, now_s: float, *, alive: bool) -> None:
        """Publish `online` or `offline` if that has changed, and every `RENEW_S`.

        For `MQTT_NEW_S` after new discovery messages also at each call, because Home Assistant subscribes late. After
        `end` it is always `offline`.
        """
        alive = alive and not self._has_ended
        is_new = not has_passed(tuning.MQTT_NEW_S, self._discovery_sent_s, now_s)
        if is_new or alive != self._alive or has_passed(tuning.RENEW_S, self._alive_s, now_s):
            await self._publish(ALIVE_TOPIC, "online" if alive else "offline", retain=False)
            self._alive, self._alive_s = alive, now_s

    async def _publish(self, topic: str, text: str, *, retain: bool) -> None:
        """Publish one message."""
        await self.ports.call("mqtt", "publish", topic=topic, payload=text, retain=retain, blocking=True)


def _balancer() -> Balancer | None:
    """Return the active balancer, None for none; it may be of an older version of this package."""
    found: Balancer | None = STORE.get(Balancer.role)
    return found
