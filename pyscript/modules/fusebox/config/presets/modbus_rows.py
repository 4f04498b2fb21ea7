"""Presets of chargers that HACS integrations reach over Modbus. Read from their sources in November 2026."""

from __future__ import annotations

from .row import BY_ZERO, Names, Pause, PauseBy, PhaseSwitch, Preset, entities, status_words

OCPP_WORDS = status_words(
    unplugged="Available | Reserved",
    connected="Preparing",
    charging="Charging",
    suspended_car="SuspendedEV",
    paused="SuspendedEVSE",
    full="Finishing",
    fault="Faulted",
)
"""The states of a connector in OCPP 1.6, which some integrations display without speaking OCPP."""


def _victron(sensor: str) -> Names:
    """Return the names of a charger behind a GX device; `{p}` is its unit id. `sensor` is how a sensor's name begins
    and how it ends."""
    begin, end = sensor.split("*")
    return {
        "current": "number.victron_evcharger_setcurrent_{p}",
        "switch": "switch.victron_evcharger_startstop_{p}",
        "draw": f"sensor.{begin}evcharger_total_power{end}",
        "status": f"sensor.{begin}evcharger_status{end}",
    }


MODBUS_ROWS = (
    Preset(
        "heidelberg",
        "Heidelberg and Amperfied Energy Control, Connect (HACS)",
        (
            entities(
                "number.target_charging_current",
                "switch.charge_enable",
                "sensor.charging_power",
                "sensor.charging_state",
            ),
            entities("number.vorgabe_ladestrom", "switch.ladefreigabe", "sensor.ladeleistung", "sensor.ladestatus"),
        ),
        # C means a car that charges or one that is not allowed to: the switch decides.
        words=status_words(unplugged="A", connected="B", charging="C | D", fault="E | F"),
        also=("heidelberg_energy_control", "amperfied"),
        note="Needs register layout 1.0.7 in the charger: with an older one nothing can be set. If Home Assistant "
        "stops, the charger goes to its `FailSafe Current` after its `Watchdog Timeout` (layout 1.0.8): set both. "
        "It is polled every 10 s unless you change that in its options. Entity names are known in English and "
        "German.",
        source="Schrolli91/heidelberg_energy_control 1.2.1 (438886a): number, switch, core/capabilities, translations",
    ),
    Preset(
        "webasto_next",
        "Webasto Next, Ampure Next; Unite in the same integration (HACS)",
        (
            entities(
                current="number.charging_current_limit",
                draw="sensor.active_power_total",
                status="sensor.charge_point_state",
            ),
            entities(
                current="number.ladestrom_limit",
                draw="sensor.wirkleistung_gesamt",
                status="sensor.ladepunkt_status",
            ),
        ),
        pause=BY_ZERO,
        words={**OCPP_WORDS, **status_words(connected="suspended", fault="error")},
        also=("ampure_next", "webasto_next_modbus"),
        phases=PhaseSwitch("switch.{p}_three_phase_charging", "off", "on"),
        note="Enable Modbus in the charger, which accepts one connection only. If Home Assistant stops, the charger "
        "goes to its `Failsafe Current` after its `Failsafe Timeout`: set both. Only a Unite can switch phases "
        "(confirmed with firmware 3.187). Entity names are known in English and German.",
        source="tomwellnitz/Webasto-Next-Modbus 1.4.0 (6b7b861): const, number, switch, translations",
    ),
    Preset(
        "webasto_unite",
        "Webasto Unite, Ampure Unite, Vestel EVC04 (HACS)",
        (
            entities(
                "number.external_requested_current",
                "switch.charging_enabled",
                "sensor.active_power",
                "sensor.charge_point_state",
            ),
            entities(
                "number.requested_current",
                "switch.charging_allowed",
                "sensor.active_power",
                "sensor.charge_point_state",
            ),
        ),
        words=OCPP_WORDS,
        also=("ampure_unite", "vestel", "vestel_evc04"),
        phases=PhaseSwitch("select.{p}_phase_switch", "1", "3"),
        note="Set its `Integration Charging Control` to `External Controller`, and switch its own solar and load "
        "balancing off. To switch phases, set its `Phase Switching Mode` to `Manual Only`. It accepts no current "
        "while no car is there, so a new car may start with the last car's current for about 20 s. If Home "
        "Assistant stops, the charger goes to its own fail-safe current.",
        source="Dextro86/Webasto-Ampure-Unite-Home-Assistant-custom-integration 0.9.13 (5d8c8cd): number, switch, "
        "select, coordinator, docs/evcc.md",
    ),
    Preset(
        "abl",
        "ABL eMH1 (HACS)",
        (entities(current="number.charging_current", draw="sensor.power_consumption", status="sensor.state"),),
        pause=BY_ZERO,
        words=status_words(
            unplugged="Waiting for EV",
            connected="EV is asking for charging",
            suspended_car="EV has the permission to charge",
            # Two of them name an error, and charge nevertheless.
            charging="EV is charged | C2, reduced current (error F16, F17) | C2, reduced current (imbalance F15)",
            paused="Outlet disabled",
            fault="Production test | EVCC setup mode | Bus idle | Unintended closed contact (Welding) | Internal error"
            " | DC residual current detected | Upstream communication timeout | Lock of socket failed"
            " | CS out of range | State D requested by EV | CP out of range | Overcurrent detected"
            " | Temperature outside limits | Unintended opened contact",
        ),
        current_unread=True,
        also=("abl_emh1", "ev_charger_modbus"),
        note="Leave its switch on. Fusebox does not use it, because it goes off whenever no car is there. The number "
        "is never read from the charger, and displays its maximum after a restart of Home Assistant, so Fusebox "
        "relies on its last command. The power is calculated from the currents with 230 V, every 15 s. What the "
        "charger does when Home Assistant stops is not known.",
        source="matfroh/abl_emh1_modbus 2.1.1 (cb1dee2): const, number, sensor, switch, __init__",
    ),
    Preset(
        "solax",
        "SolaX and Qcells X1/X3-EVC, X1/X3-HAC (HACS)",
        (entities("number.charge_current", "select.charger_use_mode", "sensor.charge_power_total", "sensor.run_mode"),),
        pause=Pause(PauseBy.SELECT, run=("Fast",), stop="Stop"),
        words=status_words(
            unplugged="Available | Reserved | Card Activation",
            # A charger that was stopped is finishing, and starts again.
            connected="Preparing | Finishing | Stopping",
            charging="Charging",
            suspended_car="Suspended EV",
            paused="Suspended EVSE | Start Delay | Charge Paused",
            fault="Faulted | Update",
        ),
        also=("qcells", "solax_ev_charger"),
        note="Set its start charge mode to Plug and Charge. Do not set its charging mode to OCPP, which ignores this "
        "number. With a Datahub, name `number.<name>_max_charge_current` as `current`. Fusebox sets its mode "
        "Fast; in ECO and Green it would balance by itself. Fusebox does not switch its phases: whether `Charge "
        "Phase` works while a car is there is not known.",
        source="wills106/homeassistant-solax-modbus 2026.08.2 (27875b3): plugin_solax_ev_charger, "
        "docs/solax-ev-charger-operation.md",
    ),
    Preset(
        "victron",
        "Victron EV Charging Station behind a GX device (HACS)",
        (_victron("victron_*_{p}"), _victron("victron*{p}")),
        words=status_words(
            unplugged="DISCONNECTED | WAITING_FOR_RFID",
            connected="CONNECTED | CHARGING_LIMIT | START_CHARGING | STOP_CHARGING | SWITCHING_TO_THREE_PHASE"
            " | SWITCHING_TO_SINGLE_PHASE",
            charging="CHARGING",
            full="CHARGED",
            paused="WAITING_FOR_SUN | WAITING_FOR_START | LOW_SOC",
            fault="GROUND_FAULT | WELDED_CONTACTS | CP_INPUT_SHORTED | RESIDUAL_CURRENT_DETECTED"
            " | UNDER_VOLTAGE_DETECTED | OVERVOLTAGE_DETECTED | OVERHEATING_DETECTED",
        ),
        also=("victron_evcs",),
        note="`<name>` is its unit id at the GX device. Enable the integration's advanced options, without which "
        "nothing can be set, and shorten its polling interval of 30 s. Set the charger's mode to MANUAL. Version "
        "0.6.4 gives new sensors ids without underscores: then also name `status`, from which the draw follows.",
        source="sfstar/hass-victron 0.6.4 (3d3ec1e): const, number, switch, sensor",
    ),
    Preset(
        "sigenergy",
        "Sigenergy AC charger (HACS)",
        (
            entities(
                current="number.charger_output_current",
                switch="button.start_charging",
                stop="button.stop_charging",
                draw="sensor.charging_power",
                status="sensor.system_state",
            ),
        ),
        pause=Pause(PauseBy.BUTTONS),
        words=status_words(
            unplugged="Not Connected",
            connected="Reserving | Preparing",
            charging="Charging",
            paused="EV Ready",
            fault="Initializing | Fault | Error",
        ),
        also=("sigen",),
        note="Enable the entity `Charger Output Current`, which is disabled by default, and switch the integration's "
        "read-only option off. Nothing reports which button was pressed, so Fusebox relies on its last command.",
        source="TypQxQ/Sigenergy-Local-Modbus 1.2.7 (51d505c): number, button, switch, sensor, static_sensor",
    ),
)
