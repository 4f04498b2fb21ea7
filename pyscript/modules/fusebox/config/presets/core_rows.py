"""Presets of chargers that Home Assistant itself integrates. Read from its sources, version 2026.10.4."""

from __future__ import annotations

from ...model.snapshot import Status
from .row import BY_ZERO, Action, Pause, PauseBy, PhaseSwitch, Preset
from .words import NRGKICK_NAMES, PEBLAR_NAMES, PLUG_WORDS, TESLA_WORDS, WALLBOX_NAMES

CORE = "Home Assistant 2026.10.4"

CORE_ROWS = (
    Preset(
        "wallbox",
        "Wallbox Pulsar, Copper, Commander",
        WALLBOX_NAMES,
        switch_comes_and_goes=True,
        min_write_s=60,
        words={
            "Charging": Status.CHARGING,
            "Discharging": Status.CHARGING,
            "Paused": Status.PAUSED,
            "Scheduled": Status.PAUSED,
            "Waiting": Status.CONNECTED,
            "Waiting for car demand": Status.SUSPENDED_CAR,
            "Waiting in queue by Power Sharing": Status.CONNECTED,
            "Waiting in queue by Power Boost": Status.CONNECTED,
            "Waiting in queue by Eco-Smart": Status.CONNECTED,
            "Waiting MID failed": Status.FAULT,
            "Waiting MID safety margin exceeded": Status.FAULT,
            "Disconnected": Status.UNPLUGGED,
            "Ready": Status.CONNECTED,
            "Locked": Status.UNPLUGGED,
            "Locked, car connected": Status.UNPLUGGED,
            "Updating": Status.FAULT,
            "Error": Status.FAULT,
        },
        car_if_switchable=frozenset({"Ready"}),
        note="Its cloud bears about one write a minute, and answers late. Switch its own Eco-Smart and Power Boost "
        "off. Entity names are known in 12 languages.",
        source=CORE,
    ),
    Preset(
        "tesla",
        "Tesla cars: Tesla Fleet, Teslemetry, Tessie",
        (
            {
                "current": "number.{p}_charge_current",
                "switch": "switch.{p}_charge",
                "draw": "sensor.{p}_charger_current",
                "status": "sensor.{p}_charging",
            },
        ),
        min_write_s=60,
        words=TESLA_WORDS,
        also=("tesla_fleet", "teslemetry", "tessie"),
        note="This steers the car, not the box, so it works with any box; the car must be at home. Tesla Fleet "
        "polls every 10 minutes: its draw is then that old. Every command is billed by Tesla. Entities outside English "
        "have to be named.",
        source=CORE,
    ),
    Preset(
        "peblar",
        "Peblar Home and Business",
        PEBLAR_NAMES,
        words={
            "charging": Status.CHARGING,
            "suspended": Status.CONNECTED,
            "no_ev_connected": Status.UNPLUGGED,
            "invalid": Status.FAULT,
        },
        phases=PhaseSwitch("switch.{p}_force_single_phase", "on", "off"),
        note="The REST API has to be enabled in the charger.",
        source=CORE,
    ),
    Preset(
        "keba",
        "KEBA KeContact P20, P30 and BMW wallbox",
        (
            {
                "current": "sensor.{p}_max_current",
                "draw": "sensor.{p}_charging_power",
                "status": "binary_sensor.{p}_plug",
            },
        ),
        pause=Pause(PauseBy.SERVICE, start_with=Action("keba.enable"), stop_with=Action("keba.disable")),
        set_with=Action("keba.set_current", {"current": "{current}"}),
        min_current_a=6,
        most_a=63,
        step_a=0.1,
        words=PLUG_WORDS,
        note="The services reach all KEBA boxes that Home Assistant knows, so have only one. Nothing shows whether it "
        "is enabled: what it was last told counts. Its `failsafe` in configuration.yaml helps when Home Assistant "
        "stops.",
        source=CORE,
    ),
    Preset(
        "v2c",
        "V2C Trydan",
        (
            {
                "current": "number.{p}_intensity",
                "switch": "switch.{p}_pause_session",
                "draw": "sensor.{p}_charge_power",
                "status": "binary_sensor.{p}_connected",
            },
        ),
        pause=Pause(PauseBy.SWITCH, run=("off",), stop="on"),
        words=PLUG_WORDS,
        phases=PhaseSwitch("select.{p}_charge_mode", "monophasic", "threephasic"),
        note="Switch its own dynamic intensity modulation off.",
        source=f"{CORE}; pytrydan 1.0",
    ),
    Preset(
        "nrgkick",
        "NRGkick Gen2",
        NRGKICK_NAMES,
        words={"standby": Status.UNPLUGGED, "connected": Status.CONNECTED, "wakeup": Status.CONNECTED},
        phases=PhaseSwitch("number.{p}_phase_count", 1, 3),
        note="The local API has to be enabled in its app.",
        source=CORE,
    ),
    Preset(
        "lektrico",
        "Lektri.co 1P7K and 3P22K",
        (
            {
                "current": "number.{p}_dynamic_limit",
                "draw": "sensor.{p}_power",
                "status": "sensor.{p}_state",
            },
        ),
        pause=BY_ZERO,
        words={
            "available": Status.UNPLUGGED,
            "need_auth": Status.UNPLUGGED,
            "locked": Status.UNPLUGGED,
            "paused_by_scheduler": Status.PAUSED,
            "updating_firmware": Status.FAULT,
        },
        phases=PhaseSwitch("switch.{p}_force_single_phase", "on", "off"),
        note="Set its load balancing mode to disabled.",
        source=CORE,
    ),
    Preset(
        "openevse",
        "OpenEVSE, EmonEVSE: Home Assistant's own and firstof9's integration",
        (
            {
                "current": "number.{p}_charge_rate",
                "switch": "select.{p}_override_state",
                "draw": "sensor.{p}_charging_current",
                "status": "sensor.{p}_charging_status",
            },
        ),
        pause=Pause(PauseBy.SELECT, run=("active",), stop="disabled"),
        current_hidden_in=frozenset({"active", "disabled"}),
        words={
            "charging": Status.CHARGING,
            "connected": Status.CONNECTED,
            "not_connected": Status.UNPLUGGED,
            "sleeping": Status.PAUSED,
            "disabled": Status.PAUSED,
            "vent_required": Status.FAULT,
            "diode_check_failed": Status.FAULT,
            "gfci_fault": Status.FAULT,
            "gfci_self_test_failure": Status.FAULT,
            "no_ground": Status.FAULT,
            "stuck_relay": Status.FAULT,
            "over_temperature": Status.FAULT,
        },
        note="Needs firmware 4.1 for the override, and is never set to `auto`, which deletes it. The number shows the "
        "highest soft current and not the override: what it was last set to counts. Switch solar divert and current "
        "shaper off: with solar divert the charge rate is unavailable.",
        source=f"{CORE}; firstof9/openevse; python-openevse-http 1.9.1",
    ),
)
