"""User names, passwords and tokens are nowhere: not in the log, in states, in answers, nor on disk."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from simhouse.devices.easee_cloud import EaseeCloud
from simhouse.devices.in_thread import DeviceThread

from ..scripts.houses import House, amps, config

USER, PASSWORD = "a.person@example.com", "tr0ub4dor & three"
SECRETS = f'easee_user: {USER}\neasee_password: "{PASSWORD}"\n'


@pytest.fixture
def devices() -> Iterator[DeviceThread]:
    with DeviceThread() as thread:
        yield thread


def written(cloud: EaseeCloud, **load: Any) -> dict[str, Any]:
    account = {"username": "!secret easee_user", "password": "!secret easee_password", "base_url": cloud.url}
    car = {"type": "easee", "charger": "EH123456", "site": 1, "circuit_id": 2, "phases": ["L1"], **account}
    return config(loads={"car": {**car, **load}})


def everything(home: House, caplog: Any, folder: Any) -> str:
    """Return everything that somebody could read."""
    states = home.session.host.world.states
    shown = [states.get(entity).as_dict() for entity in states.entity_ids()]
    kept = [file.read_text() for file in folder.rglob("*") if file.is_file() and file.name != "secrets.yaml"]
    answers = [home.call("fusebox_explain"), home.call("fusebox_detect")]
    log = [record.getMessage() + str(record.exc_text or "") for record in caplog.records]
    return json.dumps([shown, kept, answers, log, home.calls], default=str)


@pytest.mark.parametrize("trouble", ["nothing", "login refused", "token refused", "down", "typo beside it"])
def test_they_are_nowhere(tmp_path, caplog, devices, trouble):
    caplog.set_level(logging.DEBUG)
    cloud = EaseeCloud(username=USER, password=PASSWORD if trouble != "login refused" else "another")
    cloud.answers = {"token refused": [401] * 40, "down": [503] * 40}.get(trouble, [])
    devices.run(cloud)
    (tmp_path / "secrets.yaml").write_text(SECRETS)
    with House(tmp_path, written(cloud)) as home:
        for second in range(30):
            cloud.advance(1_768_478_400 + second)
            home.line(second, {"sensor.l1": amps(2 + second % 3)})
            if trouble == "typo beside it" and second == 10:
                home.save(written(cloud, charger="!secret easee_password", current="!secret easee_user"))
        found = everything(home, caplog, tmp_path)
    assert cloud.log or trouble == "typo beside it"
    tokens = [*cloud._tokens, *(f"r-{token}" for token in cloud._tokens)]
    assert len(found) > 1000
    for secret in (USER, PASSWORD, *tokens):
        assert secret not in found, secret
