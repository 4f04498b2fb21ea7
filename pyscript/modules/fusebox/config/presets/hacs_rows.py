"""Presets of chargers whose integrations come from HACS or ESPHome. Read from their sources in November 2026."""

from __future__ import annotations

from ...model.snapshot import Status
from .row import BY_ZERO, Action, Pause, PauseBy, PhaseSwitch, Preset
from .words import ALFEN_WORDS, EASEE_WORDS, GOE_WORDS, PLUG_WORDS, TESLA_WORDS

HACS_ROWS = (
    Preset(
        "easee",
        "Easee Home, Charge, One (HACS)",
        (
            {
                "current": "sensor.{p}_dynamic_charger_limit",
                "draw": "sensor.{p}_power",
                "status": "sensor.{p}_status",
            },
        ),
        pause=BY_ZERO,
        set_with=Action("easee.set_charger_dynamic_limit", {"charger_id": "{charger}", "current": "{current}"}),
        most_a=32,
        step_a=1,
        min_write_s=30,
        words=EASEE_WORDS,
        also=("easee_hass",),
        note="`charger` is the charger's id (EH...). Enable the entity `Dynamic charger limit`, which is disabled at "
        "first: without it nothing shows what is set. Only the dynamic limit is written, never one that is kept in "
        "flash. The limit stays when Home Assistant stops: the integration can give it a time to live, but drops every "
        "value that the charger already shows, so nobody could renew it. The type `easee` has limits that end.",
        source="nordicopen/easee_hass 0.9.74",
    ),
    Preset(
        "zaptec",
        "Zaptec Go, Go 2, Pro (HACS)",
        (
            {
                "current": "number.{p}_charger_max_current",
                "switch": "switch.{p}_charging",
                "draw": "sensor.{p}_charge_power",
                "status": "sensor.{p}_charger_mode",
            },
        ),
        switch_comes_and_goes=True,
        min_write_s=900,
        words={
            "disconnected": Status.UNPLUGGED,
            "connected_charging": Status.CHARGING,
            "connected_requesting": Status.CONNECTED,
            # Said of a full car and of one that was stopped alike.
            "connected_finished": Status.CONNECTED,
        },
        note="Zaptec asks for no more than one change in 15 minutes; cuts for a fuse go out at once. A charger that is "
        "alone may be set at its installation: name `number.<installation>_available_current` as `current`, and the "
        "charger's status.",
        source="custom-components/zaptec",
    ),
    Preset(
        "goe",
        "go-e Charger, API v2 over HTTP or cloud (HACS)",
        (
            {
                "current": "number.{p}_amp",
                "switch": "select.{p}_frc",
                "draw": "sensor.{p}_nrg_11",
                "status": "sensor.{p}_car_value",
            },
        ),
        pause=Pause(PauseBy.SELECT, run=("0", "2"), stop="1"),
        words=GOE_WORDS,
        also=("go_e", "goecharger", "goecharger_api2"),
        phases=PhaseSwitch("select.{p}_psm", "1", "2"),
        note="The HTTP API v2 has to be enabled in its app. Status words of an English Home Assistant; other languages "
        "count as unknown, which steers as well.",
        source="marq24/ha-goecharger-api2",
    ),
    Preset(
        "goe_mqtt",
        "go-e Charger over MQTT (HACS)",
        (
            {
                "current": "number.{p}_amp",
                "switch": "select.{p}_frc",
                "draw": "sensor.{p}_nrg_12",
                "status": "sensor.{p}_car",
            },
        ),
        pause=Pause(PauseBy.SELECT, run=("Neutral", "Charge"), stop="Don't charge"),
        words=GOE_WORDS,
        also=("goecharger_mqtt",),
        phases=PhaseSwitch("select.{p}_psm", "Force single phase", "Force three phases"),
        note="All its `nrg` sensors share one name and are numbered as they were made: look which is `Power total`, "
        "and name it as `draw` if it is not `_nrg_12`.",
        source="syssi/homeassistant-goecharger-mqtt; the number of the draw sensor is concluded, not seen",
    ),
    Preset(
        "wattpilot",
        "Fronius Wattpilot (HACS)",
        (
            {
                "current": "number.{p}_max_charging_current",
                "switch": "button.{p}_start_charging",
                "stop": "button.{p}_stop_charging",
                "draw": "sensor.{p}_charging_power",
                "status": "sensor.{p}_carconnected",
            },
        ),
        pause=Pause(PauseBy.BUTTONS),
        words={
            "no car": Status.UNPLUGGED,
            "charging": Status.CHARGING,
            "ready": Status.CONNECTED,
            "complete": Status.CONNECTED,
        },
        phases=PhaseSwitch("select.{p}_phase_switch", "1 Phase", "3 Phases"),
        note="Set its charging mode to Default. Nothing shows which button was pressed: what it was last told counts.",
        source="mk-maddin/wattpilot-HA; entity ids are concluded from its names, not seen",
    ),
    Preset(
        "alfen",
        "Alfen Eve (HACS)",
        (
            {
                "current": "number.{p}_power_connector_max_current_socket_1",
                "draw": "sensor.{p}_active_power_total_socket_1",
                "status": "sensor.{p}_main_state_socket_1",
            },
        ),
        pause=BY_ZERO,
        min_write_s=60,
        words=ALFEN_WORDS,
        also=("alfen_wallbox",),
        phases=PhaseSwitch("select.{p}_installation_max_allowed_phases", "1 Phase", "3 Phases", rest_s=60),
        note="What it is set to is kept by the charger, perhaps in flash memory: over OCPP it is steered better. Only "
        "one session may be logged in, so close its app.",
        source="leeyuentuen/alfen_wallbox; entity ids are concluded from its names, not seen",
    ),
    Preset(
        "tesla_custom",
        "Tesla cars: alandtse's integration (HACS)",
        (
            {
                "current": "number.{p}_charging_amps",
                "switch": "switch.{p}_charger",
                "draw": "sensor.{p}_charger_power",
                "status": "binary_sensor.{p}_charger",
            },
        ),
        min_write_s=60,
        words=PLUG_WORDS,
        note="This steers the car, not the box. Its power is told in whole kilowatts: a meter of the box as `draw` is "
        "better.",
        source="alandtse/tesla",
    ),
    Preset(
        "tesla_ble",
        "Tesla cars over Bluetooth (ESPHome)",
        (
            {
                "current": "number.{p}_charging_amps",
                "switch": "switch.{p}_charger",
                "draw": "sensor.{p}_charger_current",
                "status": "sensor.{p}_charging",
            },
        ),
        min_write_s=10,
        words=TESLA_WORDS,
        note="This steers the car, not the box; the car must be at home and awake.",
        source="yoziru/esphome-tesla-ble",
    ),
    Preset(
        "smartevse",
        "SmartEVSE v3 (MQTT)",
        (
            {
                "current": "number.{p}_chargecurrentoverride",
                "switch": "select.{p}_mode",
                "draw": "sensor.{p}_evchargepower",
                "status": "sensor.{p}_state",
            },
        ),
        pause=Pause(PauseBy.SELECT, run=("Normal",), stop="Off"),
        words={
            "Ready to Charge": Status.UNPLUGGED,
            "Connected to EV": Status.CONNECTED,
            "Charging": Status.CHARGING,
            "Charging Stopped": Status.PAUSED,
            "Stop Charging": Status.PAUSED,
        },
        phases=PhaseSwitch("select.{p}_enablec2", "Always Off", "Always On", rest_s=45),
        note="Its own MQTT discovery makes the entities; the HACS integration is deprecated. It is put into its mode "
        "Normal; in Smart and Solar it would balance by itself, and Solar deletes the override. An override of 0 A "
        "means none: it is set again as soon as it is to charge. Without a meter of its own for the car, name another "
        "`draw`.",
        source="dingo35/SmartEVSE-3.5, June 2026",
    ),
)
