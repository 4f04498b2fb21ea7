"""A broker of this test's own: Debian's mosquitto on loopback, which forgets all when it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import pytest
from paho.mqtt.client import CallbackAPIVersion, Client, MQTTMessage

from simhouse.devices.ports import free_port

SETTLES_S = 0.5
"""What is retained comes at once after subscribing."""


class Broker:
    """`with Broker(folder) as broker:` runs it; it can be stopped and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        # Debian keeps it where only root's PATH looks.
        self._program = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
        if self._program is None:
            pytest.skip("NOT RUN: there is no mosquitto; apt-get install mosquitto")
        self.port = free_port()
        self._config = folder / "mosquitto.conf"
        self._config.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence false\n")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen([str(self._program), "-c", str(self._config)], stderr=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < until, "mosquitto does not answer"
            time.sleep(0.05)

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self._process = None

    def retained(self) -> dict[str, str]:
        """Topic -> message of everything that it retains."""
        found: dict[str, str] = {}

        def received(_client: Client, _data: object, message: MQTTMessage) -> None:
            if message.retain:
                found[message.topic] = message.payload.decode()

        client = self._client()
        client.on_message = received
        client.subscribe("#")
        client.loop_start()
        time.sleep(SETTLES_S)
        client.loop_stop()
        client.disconnect()
        return found

    def publish(self, topic: str, message: str, *, retain: bool = False) -> None:
        """As any other client would."""
        client = self._client()
        client.loop_start()
        client.publish(topic, message, qos=1, retain=retain).wait_for_publish(30)
        client.loop_stop()
        client.disconnect()

    def devices(self) -> Mapping[str, Any]:
        """Unique id -> what is discovered."""
        told = {topic: message for topic, message in self.retained().items() if topic.endswith("/config")}
        found = {topic: json.loads(message) for topic, message in told.items()}
        return {each["unique_id"]: each for each in found.values()}

    def _client(self) -> Client:
        client = Client(CallbackAPIVersion.VERSION2)
        client.connect("127.0.0.1", self.port)
        return client

    def _answers(self) -> bool:
        try:
            self._client().disconnect()
        except OSError:
            return False
        return True
