"""@mqtt_trigger: messages that a test brings reach the topics that they match."""

from __future__ import annotations

import pytest

SEEN = """
@mqtt_trigger({filter!r})
def heard(topic=None, payload=None, payload_obj=None, retain=None, trigger_type=None, **kwargs):
    pyscript.seen = f"{{trigger_type}} {{topic}} {{payload}} {{payload_obj}} {{retain}}"
"""


@pytest.mark.parametrize(
    ("wanted", "topic", "heard"),
    [
        ("fusebox/+/+/set", "fusebox/car/mode/set", True),
        ("fusebox/+/+/set", "fusebox/car/set", False),
        ("fusebox/+/+/set", "fusebox/car/mode/state", False),
        ("fusebox/#", "fusebox/car/mode/set", True),
        ("fusebox/#", "other/car", False),
        ("homeassistant/status", "homeassistant/status", True),
    ],
)
def test_it_hears_the_topics_that_it_names(play, wanted, topic, heard):
    played = play(SEEN.format(filter=wanted))
    played.line(0, {"sensor.a": "0"})
    played.session.run(played.session.host.mqtt_message, topic, "[1]")
    assert played.state("pyscript.seen") == (f"mqtt {topic} [1] [1] False" if heard else None)
