"""Homes by make as Home Assistant shows them, with documented names; and the CONFIG that must be detected.

An entity is written as "12.5 kW": its state and its unit.
"""

from __future__ import annotations

from typing import Any

PHONE = {
    "sensor.annas_phone_battery_level": "71 %",
    "sensor.annas_phone_battery_power": "3.1 W",
    "sensor.annas_phone_charger_type": "none",
    "sensor.thinkpad_battery": "88 %",
    "sensor.hall_door_battery": "54 %",
    "sensor.my_ioniq_ev_battery_level": "63 %",
    "sensor.sunset": "x",
    "light.kitchen": "off",
}
"""Batteries that are none of the house's; in every home."""

# ruff: noqa: E501
HOMES: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "huawei, in German": (
        {
            "sensor.power_meter_phase_a_wirkleistung": "-420 W",
            "sensor.power_meter_phase_b_wirkleistung": "120 W",
            "sensor.power_meter_phase_c_wirkleistung": "80 W",
            "sensor.power_meter_phase_a_strom": "-1.9 A",
            "sensor.power_meter_phase_b_strom": "0.6 A",
            "sensor.power_meter_phase_c_strom": "0.4 A",
            "sensor.power_meter_wirkleistung": "-220 W",
            "sensor.power_meter_phase_a_spannung": "231 V",
            "sensor.inverter_phase_a_strom": "4.5 A",
            "sensor.inverter_eingangsleistung": "3200 W",
            "sensor.inverter_wirkleistung": "3100 W",
            "sensor.batteries_batterieladung": "64 %",
            "sensor.batteries_lade_entladeleistung": "1500 W",
            "number.batteries_maximale_ladeleistung": "5000 W",
            "number.batteries_maximale_entladeleistung": "5000 W",
        },
        {
            "grid": {
                "L1": {"entity": "sensor.power_meter_phase_a_wirkleistung", "invert": True},
                "L2": {"entity": "sensor.power_meter_phase_b_wirkleistung", "invert": True},
                "L3": {"entity": "sensor.power_meter_phase_c_wirkleistung", "invert": True},
            },
            "solar_w": "sensor.inverter_eingangsleistung",
            "battery": {
                "soc_pct": "sensor.batteries_batterieladung",
                "charge_w": "sensor.batteries_lade_entladeleistung",
            },
        },
    ),
    "huawei": (
        {
            "sensor.power_meter_phase_a_active_power": "-420 W",
            "sensor.power_meter_phase_b_active_power": "120 W",
            "sensor.power_meter_phase_c_active_power": "80 W",
            "sensor.power_meter_phase_a_current": "-1.9 A",
            "sensor.power_meter_phase_b_current": "0.6 A",
            "sensor.power_meter_phase_c_current": "0.4 A",
            "sensor.power_meter_active_power": "-220 W",
            "sensor.power_meter_voltage_a": "231 V",
            "sensor.inverter_input_power": "3200 W",
            "sensor.inverter_active_power": "3100 W",
            "sensor.batteries_state_of_capacity": "64 %",
            "sensor.batteries_charge_discharge_power": "1500 W",
            "sensor.battery_maximum_charge_power": "5000 W",
            "sensor.battery_maximum_discharge_power": "5000 W",
        },
        {
            "grid": {
                "L1": {"entity": "sensor.power_meter_phase_a_active_power", "invert": True},
                "L2": {"entity": "sensor.power_meter_phase_b_active_power", "invert": True},
                "L3": {"entity": "sensor.power_meter_phase_c_active_power", "invert": True},
            },
            "solar_w": "sensor.inverter_input_power",
            "battery": {
                "soc_pct": "sensor.batteries_state_of_capacity",
                "charge_w": "sensor.batteries_charge_discharge_power",
                "max_charge_w": "sensor.battery_maximum_charge_power",
                "max_discharge_w": "sensor.battery_maximum_discharge_power",
            },
        },
    ),
    "solaredge": (
        {
            "sensor.solaredge_m1_ac_power": "-2000 W",
            "sensor.solaredge_m1_ac_power_a": "-700 W",
            "sensor.solaredge_m1_ac_power_b": "-600 W",
            "sensor.solaredge_m1_ac_power_c": "-700 W",
            "sensor.solaredge_m1_ac_current_a": "3.1 A",
            "sensor.solaredge_i1_ac_power": "4.1 kW",
            "sensor.solaredge_i1_ac_current_a": "6 A",
            "sensor.solaredge_i1_ac_current_b": "6 A",
            "sensor.solaredge_i1_ac_current_c": "6 A",
            "sensor.solaredge_b1_state_of_energy": "44 %",
            "sensor.solaredge_b1_dc_power": "900 W",
        },
        {
            "grid": {
                p: {"entity": f"sensor.solaredge_m1_ac_power_{x}", "invert": True}
                for p, x in (("L1", "a"), ("L2", "b"), ("L3", "c"))
            },
            "solar_w": "sensor.solaredge_i1_ac_power",
            "inverter": {
                "output": {p: f"sensor.solaredge_i1_ac_current_{x}" for p, x in (("L1", "a"), ("L2", "b"), ("L3", "c"))}
            },
            "battery": {"soc_pct": "sensor.solaredge_b1_state_of_energy", "charge_w": "sensor.solaredge_b1_dc_power"},
        },
    ),
    "solaredge currents": (
        {f"sensor.se_m1_ac_current_{x}": "4 A" for x in "abc"},
        {
            "grid": {
                "L1": "sensor.se_m1_ac_current_a",
                "L2": "sensor.se_m1_ac_current_b",
                "L3": "sensor.se_m1_ac_current_c",
            }
        },
    ),
    "deye external": (
        {
            **{f"sensor.deye_external_ct_l{n}_power": "300 W" for n in "123"},
            **{f"sensor.deye_internal_ct_l{n}_power": "300 W" for n in "123"},
            "sensor.deye_battery_soc": "80 %",
            "sensor.deye_battery_power": "-400 W",
            "sensor.deye_battery_capacity": "200 Ah",
            "sensor.deye_pv1_power": "800 W",
            "sensor.deye_pv2_power": "900 W",
            "sensor.deye_total_dc_power": "1700 W",
        },
        {
            "grid": {f"L{n}": f"sensor.deye_external_ct_l{n}_power" for n in "123"},
            "solar_w": "sensor.deye_total_dc_power",
            "battery": {"soc_pct": "sensor.deye_battery_soc", "charge_w": "sensor.deye_battery_power", "invert": True},
        },
    ),
    "deye internal": (
        {f"sensor.inverter_internal_ct{n}_current": "2 A" for n in "123"},
        {"grid": {f"L{n}": f"sensor.inverter_internal_ct{n}_current" for n in "123"}},
    ),
    "solar assistant": (
        {
            **{f"sensor.solar_assistant_grid_power_{n}": "200 W" for n in "123"},
            "sensor.solar_assistant_pv_power": "2000 W",
            "sensor.solar_assistant_battery_state_of_charge": "51 %",
            "sensor.solar_assistant_battery_power": "-300 W",
        },
        {
            "grid": {f"L{n}": f"sensor.solar_assistant_grid_power_{n}" for n in "123"},
            "solar_w": "sensor.solar_assistant_pv_power",
            "battery": {
                "soc_pct": "sensor.solar_assistant_battery_state_of_charge",
                "charge_w": "sensor.solar_assistant_battery_power",
            },
        },
    ),
    "fronius": (
        {
            **{f"sensor.smart_meter_63a_1_real_power_phase_{n}": "150 W" for n in "123"},
            **{f"sensor.smart_meter_63a_1_apparent_power_phase_{n}": "160 VA" for n in "123"},
            **{f"sensor.smart_meter_63a_1_current_phase_{n}": "0.7 A" for n in "123"},
            "sensor.solarnet_power_photovoltaics": "5100 W",
            "sensor.solarnet_power_battery": "-900 W",
            "sensor.solarnet_power_battery_charge": "900 W",
            "sensor.solarnet_power_grid": "450 W",
            "sensor.byd_battery_box_state_of_charge": "72 %",
        },
        {
            "grid": {f"L{n}": f"sensor.smart_meter_63a_1_real_power_phase_{n}" for n in "123"},
            "solar_w": "sensor.solarnet_power_photovoltaics",
            "battery": {
                "soc_pct": "sensor.byd_battery_box_state_of_charge",
                "charge_w": "sensor.solarnet_power_battery",
                "invert": True,
            },
        },
    ),
    "sofar": (
        {
            **{f"sensor.sofar_current_grid_l{n}": "1.2 A" for n in "123"},
            **{f"sensor.sofar_current_output_l{n}": "1.9 A" for n in "123"},
            "sensor.sofar_battery_soc": "33 %",
            "sensor.sofar_battery_power": "150 W",
            "sensor.sofar_pv_power": "1.7 kW",
        },
        {
            "grid": {f"L{n}": f"sensor.sofar_current_grid_l{n}" for n in "123"},
            "solar_w": "sensor.sofar_pv_power",
            "inverter": {"output": {f"L{n}": f"sensor.sofar_current_output_l{n}" for n in "123"}},
            "battery": {"soc_pct": "sensor.sofar_battery_soc", "charge_w": "sensor.sofar_battery_power"},
        },
    ),
    "sungrow": (
        {
            "sensor.meter_active_power": "900 W",
            **{f"sensor.meter_phase_{x}_active_power": "300 W" for x in "abc"},
            **{f"sensor.meter_phase_{x}_current": "1.3 A" for x in "abc"},
            "sensor.battery_level": "48.2 %",
            "sensor.battery_power": "-700 W",
            "sensor.total_dc_power": "2600 W",
            "sensor.battery_forced_charge_discharge_power": "0 W",
        },
        {
            "grid": {p: f"sensor.meter_phase_{x}_active_power" for p, x in (("L1", "a"), ("L2", "b"), ("L3", "c"))},
            "solar_w": "sensor.total_dc_power",
            "battery": {"soc_pct": "sensor.battery_level", "charge_w": "sensor.battery_power", "invert": True},
        },
    ),
    "victron": (
        {
            **{f"sensor.victron_grid_l{n}_power_30": "410 W" for n in "123"},
            **{f"sensor.victron_grid_l{n}_current_30": "1.8 A" for n in "123"},
            "sensor.victron_system_battery_soc_100": "91 %",
            "sensor.victron_system_battery_power_100": "-200 W",
            "sensor.victron_system_dc_pv_power_100": "1200 W",
        },
        {
            "grid": {f"L{n}": f"sensor.victron_grid_l{n}_power_30" for n in "123"},
            "solar_w": "sensor.victron_system_dc_pv_power_100",
            "battery": {
                "soc_pct": "sensor.victron_system_battery_soc_100",
                "charge_w": "sensor.victron_system_battery_power_100",
            },
        },
    ),
    "goodwe": (
        {
            "sensor.goodwe_on_grid_l1_power": "700 W",
            "sensor.goodwe_on_grid_l2_power": "690 W",
            "sensor.goodwe_on_grid_l3_power": "710 W",
            "sensor.goodwe_on_grid_l1_current": "3 A",
            "sensor.goodwe_on_grid_l2_current": "3 A",
            "sensor.goodwe_on_grid_l3_current": "3 A",
            "sensor.goodwe_meter_active_power_l1": "-300 W",
            "sensor.goodwe_meter_active_power_l2": "100 W",
            "sensor.goodwe_meter_active_power_l3": "250 W",
            "sensor.goodwe_meter_active_power_total": "50 W",
            "sensor.goodwe_active_power": "50 W",
            "sensor.goodwe_house_consumption": "2050 W",
            "sensor.goodwe_pv_power": "2900 W",
            "sensor.goodwe_battery_power": "-700 W",
            "sensor.goodwe_battery_state_of_charge": "44 %",
        },
        {
            "grid": {
                "L1": {"entity": "sensor.goodwe_meter_active_power_l1", "invert": True},
                "L2": {"entity": "sensor.goodwe_meter_active_power_l2", "invert": True},
                "L3": {"entity": "sensor.goodwe_meter_active_power_l3", "invert": True},
            },
            "solar_w": "sensor.goodwe_pv_power",
            "battery": {
                "soc_pct": "sensor.goodwe_battery_state_of_charge",
                "charge_w": "sensor.goodwe_battery_power",
                "invert": True,
            },
        },
    ),
    "enphase": (
        {
            **{f"sensor.envoy_122333_current_net_power_consumption_l{n}": "0.4 kW" for n in "123"},
            **{f"sensor.envoy_122333_current_power_consumption_l{n}": "1.4 kW" for n in "123"},
            **{f"sensor.envoy_122333_current_power_production_l{n}": "1.0 kW" for n in "123"},
            "sensor.envoy_122333_current_power_production": "3.0 kW",
            "sensor.envoy_122333_balanced_net_power_consumption": "1.2 kW",
            "sensor.envoy_122333_current_battery_discharge": "0.2 kW",
            "sensor.encharge_1209_soc": "55 %",
            "sensor.envoy_122333_lifetime_energy_production": "5 MWh",
        },
        {
            "grid": {f"L{n}": f"sensor.envoy_122333_current_net_power_consumption_l{n}" for n in "123"},
            "solar_w": "sensor.envoy_122333_current_power_production",
            "battery": {
                "soc_pct": "sensor.encharge_1209_soc",
                "charge_w": "sensor.envoy_122333_current_battery_discharge",
                "invert": True,
            },
        },
    ),
    "enphase consumption": (
        {
            **{f"sensor.envoy_1_consumption_phase_{x}": "700 W" for x in "abc"},
            **{f"sensor.envoy_1_production_phase_{x}": "500 W" for x in "abc"},
        },
        {
            "grid": {
                p: {"import": f"sensor.envoy_1_consumption_phase_{x}", "export": f"sensor.envoy_1_production_phase_{x}"}
                for p, x in (("L1", "a"), ("L2", "b"), ("L3", "c"))
            },
        },
    ),
    "sma": (
        {
            **{f"sensor.sma_tripower_metering_active_power_draw_l{n}": "200 W" for n in "123"},
            **{f"sensor.sma_tripower_metering_active_power_feed_l{n}": "0 W" for n in "123"},
            "sensor.sma_tripower_metering_power_absorbed": "600 W",
            "sensor.sma_tripower_metering_power_supplied": "0 W",
            "sensor.sma_tripower_pv_power": "900 W",
            "sensor.sma_tripower_battery_soc_total": "40 %",
            "sensor.sma_tripower_battery_power_charge_total": "0 W",
            "sensor.sma_tripower_battery_power_discharge_total": "350 W",
        },
        {
            "grid": {
                f"L{n}": {
                    "import": f"sensor.sma_tripower_metering_active_power_draw_l{n}",
                    "export": f"sensor.sma_tripower_metering_active_power_feed_l{n}",
                }
                for n in "123"
            },
            "solar_w": "sensor.sma_tripower_pv_power",
        },
    ),
    "foxess": (
        {
            **{f"sensor.foxess_grid_ct_{x}": "0.3 kW" for x in "rst"},
            "sensor.foxess_battery_soc": "61 %",
            "sensor.foxess_invbatpower": "0.9 kW",
            "sensor.foxess_pv_power": "2.2 kW",
        },
        {
            "grid": {
                p: {"entity": f"sensor.foxess_grid_ct_{x}", "invert": True}
                for p, x in (("L1", "r"), ("L2", "s"), ("L3", "t"))
            },
            "solar_w": "sensor.foxess_pv_power",
            "battery": {
                "soc_pct": "sensor.foxess_battery_soc",
                "charge_w": "sensor.foxess_invbatpower",
                "invert": True,
            },
        },
    ),
    "dsmr": (
        {
            **{f"sensor.electricity_meter_power_consumption_phase_l{n}": "0.42 kW" for n in "123"},
            **{f"sensor.electricity_meter_power_production_phase_l{n}": "0.0 kW" for n in "123"},
            **{f"sensor.electricity_meter_current_phase_l{n}": "2 A" for n in "123"},
            "sensor.electricity_meter_power_consumption": "1.26 kW",
            "sensor.electricity_meter_power_production": "0 kW",
            "sensor.solaredge_m1_ac_power_a": "3 W",
        },
        {
            "grid": {
                f"L{n}": {
                    "import": f"sensor.electricity_meter_power_consumption_phase_l{n}",
                    "export": f"sensor.electricity_meter_power_production_phase_l{n}",
                }
                for n in "123"
            },
        },
    ),
    "dsmr in Dutch": (
        {
            **{f"sensor.slimme_meter_energieverbruik_fase_l{n}": "0.42 kW" for n in "123"},
            **{f"sensor.slimme_meter_energieproductie_fase_l{n}": "0.0 kW" for n in "123"},
        },
        {
            "grid": {
                f"L{n}": {
                    "import": f"sensor.slimme_meter_energieverbruik_fase_l{n}",
                    "export": f"sensor.slimme_meter_energieproductie_fase_l{n}",
                }
                for n in "123"
            },
        },
    ),
    "one phase P1": (
        {"sensor.p1_meter_power_consumption": "0.4 kW", "sensor.p1_meter_power_production": "0 kW"},
        {"grid": {"L1": {"import": "sensor.p1_meter_power_consumption", "export": "sensor.p1_meter_power_production"}}},
    ),
    "homewizard": (
        {f"sensor.p1_meter_power_phase_{n}": "120 W" for n in "123"} | {"sensor.p1_meter_power": "360 W"},
        {"grid": {f"L{n}": f"sensor.p1_meter_power_phase_{n}" for n in "123"}},
    ),
    "templates of one's own": (
        {"sensor.net_l1": "120 W", "sensor.net_l2": "10 W", "sensor.net_l3": "-5 W", "sensor.power_limit": "11000 W"},
        {"grid": {f"L{n}": f"sensor.net_l{n}" for n in "123"}, "max_import_w": "sensor.power_limit"},
    ),
    "nothing that is known": (
        {"sensor.outside_temperature": "3 °C"},
        {"grid": {"L1": {"entity": "sensor.fill_in_your_meter", "unit": "W"}}},
    ),
}

LOADS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "a charge point over OCPP": (
        {
            "switch.evse1_charge_control": "off",
            "switch.evse1_availability": "on",
            "sensor.evse1_status_connector": "Available",
            "sensor.evse1_current_offered": "0 A",
            "sensor.evse1_power_active_import": "0 kW",
            "number.evse1_maximum_current": "32 A",
        },
        {"evse1": {"type": "ocpp", "charger": "evse1"}},
    ),
    "two connectors": (
        {"switch.cp_connector_1_charge_control": "off", "switch.cp_connector_2_charge_control": "off"},
        {
            "cp_1": {"type": "ocpp", "charger": "cp", "connector": 1},
            "cp_2": {"type": "ocpp", "charger": "cp", "connector": 2},
        },
    ),
    "a Wallbox in Dutch": (
        {
            "number.wallbox_thuis_maximale_laadstroom": "16 A",
            "switch.wallbox_thuis_pauzeren_hervatten": "on",
            "sensor.wallbox_thuis_laadvermogen": "0 kW",
            "sensor.wallbox_thuis_statusbeschrijving": "Ready",
            "sensor.wallbox_thuis_max_laadstroom": "16 A",
        },
        {"wallbox_thuis": {"type": "wallbox", "current": "number.wallbox_thuis_maximale_laadstroom"}},
    ),
    "a go-e": (
        {
            "number.goe_123456_amp": "6 A",
            "number.goe_123456_ama": "16 A",
            "select.goe_123456_frc": "0",
            "sensor.goe_123456_nrg_11": "0 W",
            "sensor.goe_123456_car_value": "Idle",
        },
        {"goe_123456": {"type": "number", "preset": "goe", "current": "number.goe_123456_amp"}},
    ),
    "an Easee": (
        {
            "sensor.garage_dynamic_charger_limit": "16 A",
            "sensor.garage_power": "0 kW",
            "sensor.garage_status": "disconnected",
        },
        {},
    ),
    "a Heidelberg": (
        {
            "number.garage_target_charging_current": "16 A",
            "number.garage_failsafe_current": "0 A",
            "number.garage_watchdog_timeout": "15 s",
            "switch.garage_charge_enable": "off",
            "switch.garage_remote_lock": "on",
            "sensor.garage_charging_power": "0 W",
            "sensor.garage_charging_current": "0 A",
            "sensor.garage_charging_state": "A",
            "binary_sensor.garage_vehicle_connected": "off",
        },
        {"garage": {"type": "number", "preset": "heidelberg", "current": "number.garage_target_charging_current"}},
    ),
    "a Heidelberg in German": (
        {
            "number.wallbox_vorgabe_ladestrom": "16 A",
            "switch.wallbox_ladefreigabe": "on",
            "sensor.wallbox_ladeleistung": "4100 W",
            "sensor.wallbox_ladestrom": "6 A",
            "sensor.wallbox_ladestatus": "C",
        },
        {"wallbox": {"type": "number", "preset": "heidelberg", "current": "number.wallbox_vorgabe_ladestrom"}},
    ),
    "a Webasto Next": (
        {
            "number.webasto_next_charging_current_limit": "16 A",
            "number.webasto_next_failsafe_current": "6 A",
            "number.webasto_next_failsafe_timeout": "20 s",
            "button.webasto_next_start_charging": "unknown",
            "button.webasto_next_stop_charging": "unknown",
            "sensor.webasto_next_charge_point_state": "available",
            "sensor.webasto_next_charging_state": "idle",
            "sensor.webasto_next_active_power_total": "0 W",
            "sensor.webasto_next_current_l1": "0 A",
        },
        {
            "webasto_next": {
                "type": "number",
                "preset": "webasto_next",
                "current": "number.webasto_next_charging_current_limit",
            }
        },
    ),
    "a Webasto Unite": (
        {
            "number.webasto_unite_fixed_current": "6 A",
            "number.webasto_unite_external_requested_current": "6 A",
            "switch.webasto_unite_charging_enabled": "on",
            "switch.webasto_unite_solar_until_unplug": "unavailable",
            "select.webasto_unite_charge_mode": "Normal",
            "sensor.webasto_unite_charge_point_state": "Available",
            "sensor.webasto_unite_active_power": "0 W",
            "sensor.webasto_unite_reported_current_limit": "6 A",
        },
        {
            "webasto_unite": {
                "type": "number",
                "preset": "webasto_unite",
                "current": "number.webasto_unite_external_requested_current",
            }
        },
    ),
    "an ABL": (
        {
            "number.ev_charger_charging_current": "16 A",
            "switch.ev_charger_ev_charger_charging_enable": "off",
            "sensor.ev_charger_state": "Waiting for EV",
            "sensor.ev_charger_current_1": "0 A",
            "sensor.ev_charger_duty_cycle": "100 %",
            "sensor.ev_charger_power_consumption": "0 W",
        },
        {"ev_charger": {"type": "number", "preset": "abl", "current": "number.ev_charger_charging_current"}},
    ),
    "a Charge Amps Aura": (
        {
            f"{domain}.aura_connector_{place}{name}": state
            for place in (1, 2)
            for domain, name, state in (
                ("number", "_max_current", "16 A"),
                ("switch", "", "on"),
                ("switch", "_schedule", "off"),
                ("sensor", "_status", "Available"),
                ("sensor", "_power", "0.0 W"),
                ("sensor", "_l1_current", "0.0 A"),
            )
        },
        {
            "aura": {"type": "number", "preset": "charge_amps", "current": "number.aura_connector_1_max_current"},
            "aura_2": {"type": "number", "preset": "charge_amps", "current": "number.aura_connector_2_max_current"},
        },
    ),
    "a Garo": (
        {
            "number.carport_current_limit": "16 A",
            "switch.carport_charge_limiter": "on",
            "select.carport_carport": "ALWAYS_ON",
            "select.carport_outlet": "UNLOCKED",
            "sensor.carport_carport": "ALWAYS_ON",
            "sensor.carport_status": "NOT_CONNECTED",
            "sensor.carport_charging_current": "0 A",
            "sensor.carport_charging_power": "0 W",
            "sensor.carport_current_limit": "16 A",
        },
        {"carport": {"type": "number", "preset": "garo", "current": "number.carport_current_limit"}},
    ),
    "a SolaX": (
        {
            "number.solax_evc_main_breaker_limit": "25 A",
            "number.solax_evc_charge_current": "16 A",
            "number.solax_evc_max_charge_current": "16 A",
            "select.solax_evc_charger_use_mode": "Fast",
            "select.solax_evc_charge_phase": "Three Phase",
            "select.solax_evc_control_command": "No Command",
            "sensor.solax_evc_charge_power_total": "0 W",
            "sensor.solax_evc_charge_current_l1": "0 A",
            "sensor.solax_evc_run_mode": "Available",
        },
        {"solax_evc": {"type": "number", "preset": "solax", "current": "number.solax_evc_charge_current"}},
    ),
    "a Victron": (
        {
            "number.victron_evcharger_maxcurrent_40": "32 A",
            "number.victron_evcharger_setcurrent_40": "16 A",
            "switch.victron_evcharger_startstop_40": "on",
            "select.victron_evcharger_mode_40": "MANUAL",
            "sensor.victron_evcharger_total_power_40": "0 W",
            "sensor.victron_evcharger_status_40": "DISCONNECTED",
        },
        {"victron_40": {"type": "number", "preset": "victron", "current": "number.victron_evcharger_setcurrent_40"}},
    ),
    "a Victron whose sensors lack underscores": (
        {
            "number.victron_evcharger_setcurrent_40": "16 A",
            "switch.victron_evcharger_startstop_40": "on",
            "sensor.victronevcharger_total_power40": "0 W",
            "sensor.victronevcharger_status40": "DISCONNECTED",
        },
        {
            "victron_40": {
                "type": "number",
                "preset": "victron",
                "current": "number.victron_evcharger_setcurrent_40",
                "draw": "sensor.victronevcharger_total_power40",
                "status": "sensor.victronevcharger_status40",
            }
        },
    ),
    "a Sigenergy": (
        {
            "number.sigen_ac_charger_charger_output_current": "16 A",
            "button.sigen_ac_charger_start_charging": "unavailable",
            "button.sigen_ac_charger_stop_charging": "unavailable",
            "sensor.sigen_ac_charger_system_state": "Not Connected",
            "sensor.sigen_ac_charger_charging_power": "0 kW",
        },
        {
            "sigen_ac_charger": {
                "type": "number",
                "preset": "sigenergy",
                "current": "number.sigen_ac_charger_charger_output_current",
            }
        },
    ),
    "an openWB": (
        {
            "number.openwb_chargepoint_4_soll_ladestrom_sofortladen": "16 A",
            "number.openwb_chargepoint_4_min_dauerstrom_pv_laden": "0 A",
            "select.openwb_chargepoint_4_lademodus": "PV Charging",
            "sensor.openwb_chargepoint_4_ladeleistung": "0 W",
            "sensor.openwb_chargepoint_4_ladestromvorgabe": "0 A",
            "sensor.openwb_chargepoint_4_lademodus": "pv",
            "binary_sensor.openwb_chargepoint_4_ladekabel": "off",
        },
        {
            "openwb_chargepoint_4": {
                "type": "number",
                "preset": "openwb",
                "current": "number.openwb_chargepoint_4_soll_ladestrom_sofortladen",
            }
        },
    ),
    "plugs of five makes": (
        {
            "switch.shellyplug_s_4022": "on",
            "sensor.shellyplug_s_4022_power": "1480 W",
            "switch.sonoff_s31_heater": "off",
            "sensor.sonoff_s31_heater_power": "1960 W",
            "switch.tasmota_boiler": "on",
            "sensor.tasmota_boiler_energy_power": "2010 W",
            "switch.kasa_office": "off",
            "sensor.kasa_office_current_consumption": "0.0 W",
            "switch.tuya_pool_switch": "off",
            "sensor.tuya_pool_power": "0 W",
            "switch.shelly_fridge": "on",
            "sensor.shelly_fridge_power": "80 W",
            "switch.no_meter": "on",
        },
        {
            "sonoff_s31_heater": {"type": "plug", "switch": "switch.sonoff_s31_heater", "power": "sensor.sonoff_s31_heater_power", "rated_w": 2000},
            "tasmota_boiler": {"type": "plug", "switch": "switch.tasmota_boiler", "power": "sensor.tasmota_boiler_energy_power", "rated_w": 2100},
        },
    ),
}  # fmt: skip


def dump(states: dict[str, str]) -> list[dict[str, Any]]:
    """Return these states as the list from /api/states."""
    found = []
    for entity, said in states.items():
        state, _, unit = said.partition(" ") if said[:1] in "-0123456789" else (said, "", "")
        kinds = {"W": "power", "kW": "power", "A": "current", "%": "battery", "V": "voltage", "VA": "apparent_power"}
        attributes = {"unit_of_measurement": unit, "device_class": kinds.get(unit)} if unit else {}
        found.append({"entity_id": entity, "state": state, "attributes": attributes, "last_updated": "2026-03-01"})
    return found
