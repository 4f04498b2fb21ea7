"""Which addresses get a password, and what an address may contain."""

from __future__ import annotations

import asyncio

import pytest

from fusebox.devices.easee import endpoints
from fusebox.devices.easee.cloud import Cloud, CloudError, LaterError
from simhouse.devices.easee_cloud import EaseeCloud

from ..devices.easee.test_cloud import NOON, STATE, played


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_cloud_that_sends_us_elsewhere_is_not_followed_and_no_password_goes_there(status):
    elsewhere = EaseeCloud()

    async def scene(there, here):
        await elsewhere.start()
        try:
            there.elsewhere, there.elsewhere_status = elsewhere.url, status
            with pytest.raises(CloudError, match=f"redirects to another address \\(status {status}\\)"):
                await here.request(NOON, STATE)
            with pytest.raises(LaterError, match="redirects to another"):
                await here.request(NOON + 1, STATE)
            there.elsewhere = ""
            assert (await here.request(NOON + 11, STATE))["chargerOpMode"] == 3
        finally:
            await elsewhere.stop()

    played(scene)
    assert elsewhere.log == []


@pytest.mark.parametrize(
    "base", ["http://api.easee.com", "http://192.168.1.9", "https://127.0.0.1@evil.example", "http://localhost.evil.example",
             "https://api.easee.com?", "ftp://127.0.0.1", "api.easee.com", ""]
)  # fmt: skip
def test_a_password_is_sent_only_over_https_or_on_this_machine(base):
    async def scene():
        cloud = Cloud(base, "someone", "correct horse")
        with pytest.raises(CloudError, match="base_url has to begin with https://"):
            await cloud.request(NOON, STATE)
        assert cloud._session is None

    asyncio.run(scene())


def test_an_answer_of_more_than_a_megabyte_is_given_up():
    async def scene(there, here):
        there.padding = 900_000
        assert (await here.request(NOON, STATE))["chargerOpMode"] == 3
        there.padding = 1_000_001
        with pytest.raises(CloudError, match="more than 1 MB"):
            await here.request(NOON + 1, STATE)
        there.padding = 0
        assert (await here.request(NOON + 11, STATE))["chargerOpMode"] == 3

    played(scene)


@pytest.mark.parametrize(
    "serial", ["", "EH1/../../accounts", "EH1?x=", "EH 1", "EH1\n", "EH%2f1", "..", "ＥＨ１", "E" * 41]
)
def test_no_request_is_made_for_what_is_no_serial(serial):
    for make in (endpoints.state_request, endpoints.config_request):
        with pytest.raises(ValueError, match="is not a charger's serial"):
            make(serial)
    for service in endpoints.COMMANDS:
        with pytest.raises(ValueError, match="is not a charger's serial"):
            endpoints.command_request(serial, service)
    with pytest.raises(ValueError, match="is not a charger's serial"):
        endpoints.charger_limit_request(serial, 6, 1)


@pytest.mark.parametrize("number", ["1/../2", "1", None, 0, -1, 1.5, float("nan"), True, 10**12 + 1])
def test_no_request_is_made_for_what_is_no_number_of_a_site_or_circuit(number):
    for site, circuit in ((number, 2), (1, number)):
        with pytest.raises(ValueError, match="is not the number of a site or circuit"):
            endpoints.circuit_limit_request(site, circuit, 6, 3, 1)
