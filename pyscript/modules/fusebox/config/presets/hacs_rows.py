"""Presets of chargers whose integrations come from HACS or ESPHome. Read from their sources in November 2026."""

from __future__ import annotations

from .core_rows import TESLA_WORDS
from .modbus_rows import OCPP_WORDS
from .row import BY_ZERO, PLUG_WORDS, Action, Pause, PauseBy, PhaseSwitch, Preset, entities, status_words

EASEE_WORDS = status_words(
    # A car that may not charge counts as none.
    unplugged="disconnected | awaiting_authorization | awaiting_authentication | authenticating | de_authorizing",
    charging="charging | start_charging",
    suspended_car="ready_to_charge",
    full="completed",
    paused="awaiting_start | stop_charging | paused_due_to_equalizer | awaiting_load_balancing | awaiting_smart_start"
    " | awaiting_scheduled_start",
    fault="offline | error | erratic_ev | searching_for_master | error_dead_powerboard | error_overcurrent"
    " | error_pen_fault | error_temperature_too_high",
)
"""The states of Easee's chargers, over Home Assistant's integration and over the cloud."""

ALFEN_WORDS = status_words(
    # "Conencted" is how the integration spells it; a later version may correct that.
    unplugged="Available | Cable Connected | Cable Connected Timeout | Cable Conencted Type E | Cable Connected Type E"
    " | Cable Connected Time out Type E | Button Activated | NFC Available | NFC Authorised | Invalid Card"
    " | EV Connected Unauthorized | Wait for EV Connect | Wait for Release Authorisation",
    connected="EV Connected | Wait for Start Metervalue | Charging Test Relays | Charging Wakeup"
    " | Charging Recover from Outage",
    charging="Charging Power On | Charging Power On Simplified | Charging Power Starting | Charging Type E",
    suspended_car="Charging Power Off | Charging Wait for EV Reconnect",
    paused="Charging Power Off Low Max Current | Charging Low Max Current Type E | Charging Power Off Suspended"
    " | Charging Suspended Type E | Charging Power Off Ventilating | Charging Power Off Phase Change | Suspended",
    full="Charging Terminating | Wait for Stop Metervalue | Wait for Disconnect | Wait for Disconnect Type E"
    " | Wait for Disconnect PP",
    fault="Booting | Illegal | Inoperative",
)
"""The main state of Alfen's chargers; errors begin with "Error" and need no row."""

# "Complete" means a full car or one that may not charge, so it does not count as full.
GOE_WORDS = status_words(
    unplugged="Idle", charging="Charging", connected="Wait for car | Complete", fault="Unknown/Error"
)

HACS_ROWS = (
    Preset(
        "easee",
        "Easee Home, Charge, One (HACS)",
        (entities(current="sensor.dynamic_charger_limit", draw="sensor.power", status="sensor.status"),),
        pause=BY_ZERO,
        set_with=Action("easee.set_charger_dynamic_limit", {"charger_id": "{charger}", "current": "{current}"}),
        most_a=32,
        step_a=1,
        min_write_s=30,
        words=EASEE_WORDS,
        also=("easee_hass",),
        note="`charger` is the charger's id (EH...). Enable the entity `Dynamic charger limit`, which is disabled by "
        "default: without it the present limit is unknown. Only the dynamic limit is written, never one in flash "
        "memory. The limit stays when Home Assistant stops: the integration does not resend a value that the "
        "charger already displays, so a limit that expires could not be renewed. With type `easee` limits expire.",
        source="nordicopen/easee_hass 0.9.74",
    ),
    Preset(
        "zaptec",
        "Zaptec Go, Go 2, Pro (HACS)",
        (entities("number.charger_max_current", "switch.charging", "sensor.charge_power", "sensor.charger_mode"),),
        switch_comes_and_goes=True,
        min_write_s=900,
        words=status_words(
            unplugged="disconnected",
            charging="connected_charging",
            # "finished" means a full car or one that was stopped.
            connected="connected_requesting | connected_finished",
        ),
        note="Zaptec asks for at most one change in 15 minutes; cuts for a fuse are sent at once. If it is the only "
        "charger of its installation, you may set the installation's current instead: name "
        "`number.<installation>_available_current` as `current`, and the charger's `status`.",
        source="custom-components/zaptec",
    ),
    Preset(
        "goe",
        "go-e Charger, API v2 over HTTP or cloud (HACS)",
        (entities("number.amp", "select.frc", "sensor.nrg_11", "sensor.car_value"),),
        pause=Pause(PauseBy.SELECT, run=("0", "2"), stop="1"),
        words=GOE_WORDS,
        also=("go_e", "goecharger", "goecharger_api2"),
        phases=PhaseSwitch("select.{p}_psm", "1", "2"),
        note="Enable the HTTP API v2 in its app. The status words are those of an English Home Assistant. In other "
        "languages the status is unknown, and the charger still works.",
        source="marq24/ha-goecharger-api2",
    ),
    Preset(
        "goe_mqtt",
        "go-e Charger over MQTT (HACS)",
        (entities("number.amp", "select.frc", "sensor.nrg_12", "sensor.car"),),
        pause=Pause(PauseBy.SELECT, run=("Neutral", "Charge"), stop="Don't charge"),
        words=GOE_WORDS,
        also=("goecharger_mqtt",),
        phases=PhaseSwitch("select.{p}_psm", "Force single phase", "Force three phases"),
        note="Its `nrg` sensors differ only by a number at the end: find `Power total`, and name it as `draw` if it is "
        "not `_nrg_12`.",
        source="syssi/homeassistant-goecharger-mqtt; the number of the draw sensor is concluded, not seen",
    ),
    Preset(
        "wattpilot",
        "Fronius Wattpilot (HACS)",
        (
            entities(
                current="number.max_charging_current",
                switch="button.start_charging",
                stop="button.stop_charging",
                draw="sensor.charging_power",
                status="sensor.carconnected",
            ),
        ),
        pause=Pause(PauseBy.BUTTONS),
        words=status_words(unplugged="no car", charging="charging", connected="ready | complete"),
        phases=PhaseSwitch("select.{p}_phase_switch", "1 Phase", "3 Phases"),
        note="Set its charging mode to Default. Nothing reports which button was pressed, so Fusebox relies on its "
        "last command.",
        source="mk-maddin/wattpilot-HA; entity ids are concluded from its names, not seen",
    ),
    Preset(
        "alfen",
        "Alfen Eve (HACS)",
        (
            entities(
                current="number.power_connector_max_current_socket_1",
                draw="sensor.active_power_total_socket_1",
                status="sensor.main_state_socket_1",
            ),
        ),
        pause=BY_ZERO,
        min_write_s=60,
        words=ALFEN_WORDS,
        also=("alfen_wallbox",),
        phases=PhaseSwitch("select.{p}_installation_max_allowed_phases", "1 Phase", "3 Phases", rest_s=60),
        note="The charger stores each setting, perhaps in flash memory, which wears out: OCPP is better. Only one "
        "client can be logged in, so close its app.",
        source="leeyuentuen/alfen_wallbox; entity ids are concluded from its names, not seen",
    ),
    Preset(
        "tesla_custom",
        "Tesla cars: alandtse's integration (HACS)",
        (entities("number.charging_amps", "switch.charger", "sensor.charger_power", "binary_sensor.charger"),),
        min_write_s=60,
        words=PLUG_WORDS,
        note="This controls the car, not the charger. It reports power in whole kilowatts only: if the charger has a "
        "meter, name that as `draw`.",
        source="alandtse/tesla",
    ),
    Preset(
        "tesla_ble",
        "Tesla cars over Bluetooth (ESPHome)",
        (entities("number.charging_amps", "switch.charger", "sensor.charger_current", "sensor.charging"),),
        min_write_s=10,
        words=TESLA_WORDS,
        note="This controls the car, not the charger; the car must be at home and awake.",
        source="yoziru/esphome-tesla-ble",
    ),
    Preset(
        "smartevse",
        "SmartEVSE v3 (MQTT)",
        (entities("number.chargecurrentoverride", "select.mode", "sensor.evchargepower", "sensor.state"),),
        pause=Pause(PauseBy.SELECT, run=("Normal",), stop="Off"),
        words=status_words(
            unplugged="Ready to Charge",
            connected="Connected to EV",
            charging="Charging",
            paused="Charging Stopped | Stop Charging",
        ),
        phases=PhaseSwitch("select.{p}_enablec2", "Always Off", "Always On", rest_s=45),
        note="Its own MQTT discovery makes the entities; the HACS integration is deprecated. Fusebox sets its mode "
        "Normal; in Smart and Solar it would balance by itself, and Solar deletes the override. An override of 0 "
        "A means none, so Fusebox sets it again when charging starts. If it has no meter for the car, name "
        "another `draw`.",
        source="dingo35/SmartEVSE-3.5, June 2026",
    ),
    Preset(
        "charge_amps",
        "Charge Amps Halo, Aura, Dawn (HACS)",
        tuple(
            entities(
                current=f"number.connector_{place}_max_current",
                draw=f"sensor.connector_{place}_power",
                status=f"sensor.connector_{place}_status",
            )
            for place in (1, 2)
        ),
        pause=BY_ZERO,
        min_write_s=60,
        words={**OCPP_WORDS, **status_words(connected="Connected", fault="Error")},
        also=("chargeamps",),
        note="Its cloud is polled every 30 s. The current is a setting of the charger and stays when Home Assistant "
        "stops. Leave its switch on. How many commands its cloud accepts is not documented: 60 s is a cautious "
        "choice. An Aura has two connectors: write two loads.",
        source="hass-chargeamps/hass-chargeamps 2.3.0 (379d00d): number, sensor, const, services.yaml, translations",
    ),
    Preset(
        "garo",
        "Garo GLB, GTB (HACS)",
        (
            entities("number.current_limit", "select.{p}", "sensor.charging_power", "sensor.status"),
            entities("number.strombegransning", "select.{p}", "sensor.laddningseffekt", "sensor.status"),
            entities("number.strombegrensning", "select.{p}", "sensor.ladeeffekt", "sensor.status"),
        ),
        pause=Pause(PauseBy.SELECT, run=("ALWAYS_ON",), stop="ALWAYS_OFF"),
        min_write_s=60,
        words=status_words(
            unplugged="NOT_CONNECTED | SEARCH_COMM",
            connected="CHANGING | CONNECTED | CHARGING_CANCELLED",
            charging="CHARGING | OVERHEAT",
            suspended_car="CHARGING_FINISHED",
            # In capitals these two are states of the charger, not Home Assistant's.
            paused="CHARGING_PAUSED | DISABLED | REMOTE_DISABLED | UNAVAILABLE",
            fault="RCD_FAULT | CRITICAL_TEMPERATURE | INITIALIZATION | CABLE_FAULT | LOCK_FAULT | CONTACTOR_FAULT"
            " | VENT_FAULT | DC_ERROR | DC_HARDWARE | CP_FAULT | CP_SHORTED | UNKNOWN",
        ),
        also=("garo_wallbox",),
        note="Switch its `Charge Limiter` on: without it the number is unavailable. The id of its mode select usually "
        "has the charger's name twice; if yours does not, name it as `switch`. Every change writes the charger's "
        "whole configuration, so 60 s is a cautious choice. The limit stays when Home Assistant stops. A twin has "
        "one limit for both outlets. Entity names are known in English, Swedish and Norwegian.",
        source="sockless-coding/garo_wallbox 2024.10.0 (139677b): number, select, sensor, garo/const, garo/apiclient",
    ),
    Preset(
        "openwb",
        "openWB with software 2 (HACS)",
        (
            entities(
                "number.soll_ladestrom_sofortladen",
                "select.lademodus",
                "sensor.ladeleistung",
                "binary_sensor.ladekabel",
            ),
        ),
        pause=Pause(PauseBy.SELECT, run=("Instant Charging",), stop="Stop"),
        min_write_s=10,
        words=PLUG_WORDS,
        also=("openwb2", "openwb2mqtt"),
        note="Connect the integration over the HTTP API: over MQTT openWB has refused most settings since 2.1.8. "
        "Fusebox sets its mode Instant Charging; in the others openWB would balance by itself. openWB regulates "
        "every 10 s, and the integration polls every 15 s. The setting is stored in the charge profile of the "
        "car. The status does not report faults.",
        source="a529987659852/openwb2mqtt 1.0.1 (495e734): const, number, select, binary_sensor, README",
    ),
)
