"""Presets of chargers that Home Assistant itself integrates. Read from its sources, version 2026.10.4."""

from __future__ import annotations

from .row import BY_ZERO, PLUG_WORDS, Action, Names, Pause, PauseBy, PhaseSwitch, Preset, entities, status_words

CORE = "Home Assistant 2026.10.4"

TESLA_WORDS = status_words(
    charging="Charging | Starting", paused="Stopped", connected="No Power", full="Complete", unplugged="Disconnected"
)


def _entity_names(current: str, switch: str, draw: str, status: str) -> Names:
    return entities(f"number.{current}", f"switch.{switch}", f"sensor.{draw}", f"sensor.{status}")


WALLBOX_NAMES = (
    _entity_names("maximum_charging_current", "pause_resume", "charging_power", "status_description"),
    _entity_names("maximale_laadstroom", "pauzeren_hervatten", "laadvermogen", "statusbeschrijving"),
    _entity_names("maximaler_ladestrom", "pause_fortsetzen", "ladeleistung", "statusbeschreibung"),
    _entity_names("courant_de_charge_maximal", "pause_reprise", "puissance_de_charge", "description_de_l_etat"),
    _entity_names("corriente_de_carga_maxima", "pausar_reanudar", "potencia_de_carga", "descripcion_del_estado"),
    _entity_names("corrente_di_carica_massima", "pausa_riprendi", "potenza_di_carica", "descrizione_dello_stato"),
    _entity_names("maximal_laddningsstrom", "pausa_ateruppta", "laddningseffekt", "status_beskrivning"),
    _entity_names("maksymalny_prad_ladowania", "wstrzymaj_wznow", "moc_ladowania", "stan"),
    _entity_names(
        "corrente_maxima_de_carregamento", "pausa_retomar", "potencia_de_carregamento", "descricao_do_estado"
    ),
    _entity_names("maximalni_nabijeci_proud", "pozastavit_pokracovat", "nabijeci_vykon", "popis_stavu"),
    _entity_names("suurin_latausvirta", "keskeyta_jatka", "latausteho", "tilan_kuvaus"),
    _entity_names("maximalis_toltoaram", "szunet_folytatas", "toltesi_teljesitmeny", "allapot_leiras"),
)
"""English, Dutch, German, French, Spanish, Italian, Swedish, Polish, Portuguese, Czech, Finnish, Hungarian."""

PEBLAR_NAMES = (
    _entity_names("charge_limit", "charge", "power", "state"),
    _entity_names("laadlimiet", "opladen", "vermogen", "status"),
    _entity_names("ladestrombegrenzung", "aufladung", "leistung", "zustand"),
    _entity_names("limite_de_recharge", "recharge", "puissance", "etat"),
)
"""English, Dutch, German, French."""

NRGKICK_NAMES = (
    _entity_names("charging_current", "charging_enabled", "total_active_power", "status"),
    _entity_names("ladestromstarke", "laden_aktiviert", "gesamt_wirkleistung", "status"),
    _entity_names("courant_de_charge", "recharge_activee", "puissance_active_totale", "statut"),
    _entity_names("laddningsstrom", "laddning_aktiverad", "total_aktiv_effekt", "status"),
)
"""English, German, French, Swedish."""

CORE_ROWS = (
    Preset(
        "wallbox",
        "Wallbox Pulsar, Copper, Commander",
        WALLBOX_NAMES,
        switch_comes_and_goes=True,
        min_write_s=60,
        words=status_words(
            charging="Charging | Discharging",
            paused="Paused | Scheduled",
            connected="Waiting | Waiting in queue by Power Sharing | Waiting in queue by Power Boost"
            " | Waiting in queue by Eco-Smart | Ready",
            suspended_car="Waiting for car demand",
            fault="Waiting MID failed | Waiting MID safety margin exceeded | Updating | Error",
            unplugged="Disconnected | Locked | Locked, car connected",
        ),
        car_if_switchable=frozenset({"Ready"}),
        note="Its cloud accepts about one command a minute, and answers late. Switch its own Eco-Smart and Power Boost "
        "off. Entity names are known in 12 languages.",
        source=CORE,
    ),
    Preset(
        "tesla",
        "Tesla cars: Tesla Fleet, Teslemetry, Tessie",
        (entities("number.charge_current", "switch.charge", "sensor.charger_current", "sensor.charging"),),
        min_write_s=60,
        words=TESLA_WORDS,
        also=("tesla_fleet", "teslemetry", "tessie"),
        note="This controls the car, so it works with any charger; the car must be at home. Tesla Fleet polls every 10 "
        "minutes, so the draw may be that old. Tesla bills every command. If the entity ids are not English, name "
        "them.",
        source=CORE,
    ),
    Preset(
        "peblar",
        "Peblar Home and Business",
        PEBLAR_NAMES,
        words=status_words(charging="charging", connected="suspended", unplugged="no_ev_connected", fault="invalid"),
        phases=PhaseSwitch("switch.{p}_force_single_phase", "on", "off"),
        note="Enable the REST API in the charger.",
        source=CORE,
    ),
    Preset(
        "keba",
        "KEBA KeContact P20, P30 and BMW wallbox",
        (entities(current="sensor.max_current", draw="sensor.charging_power", status="binary_sensor.plug"),),
        pause=Pause(PauseBy.SERVICE, start_with=Action("keba.enable"), stop_with=Action("keba.disable")),
        set_with=Action("keba.set_current", {"current": "{current}"}),
        min_current_a=6,
        most_a=63,
        step_a=0.1,
        words=PLUG_WORDS,
        note="Use it with one KEBA charger only: its services reach all of them. Nothing reports whether charging is "
        "enabled, so Fusebox relies on its last command. Set its `failsafe` in configuration.yaml for the case "
        "that Home Assistant stops.",
        source=CORE,
    ),
    Preset(
        "v2c",
        "V2C Trydan",
        (entities("number.intensity", "switch.pause_session", "sensor.charge_power", "binary_sensor.connected"),),
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
        words=status_words(unplugged="standby", connected="connected | wakeup"),
        phases=PhaseSwitch("number.{p}_phase_count", 1, 3),
        note="Enable the local API in its app.",
        source=CORE,
    ),
    Preset(
        "lektrico",
        "Lektri.co 1P7K and 3P22K",
        (entities(current="number.dynamic_limit", draw="sensor.power", status="sensor.state"),),
        pause=BY_ZERO,
        words=status_words(
            unplugged="available | need_auth | locked", paused="paused_by_scheduler", fault="updating_firmware"
        ),
        phases=PhaseSwitch("switch.{p}_force_single_phase", "on", "off"),
        note="Set its load balancing mode to disabled.",
        source=CORE,
    ),
    Preset(
        "openevse",
        "OpenEVSE, EmonEVSE: Home Assistant's own and firstof9's integration",
        (entities("number.charge_rate", "select.override_state", "sensor.charging_current", "sensor.charging_status"),),
        pause=Pause(PauseBy.SELECT, run=("active",), stop="disabled"),
        current_hidden_in=frozenset({"active", "disabled"}),
        words=status_words(
            charging="charging",
            connected="connected",
            unplugged="not_connected",
            paused="sleeping | disabled",
            fault="vent_required | diode_check_failed | gfci_fault | gfci_self_test_failure | no_ground | stuck_relay"
            " | over_temperature",
        ),
        note="Needs firmware 4.1. Fusebox uses the override and never selects `auto`, which deletes it. The number "
        "displays the soft limit, not the override, so Fusebox relies on its last command. Switch solar divert "
        "and current shaper off: with solar divert the charge rate is unavailable.",
        source=f"{CORE}; firstof9/openevse; python-openevse-http 1.9.1",
    ),
)
