"""The words that chargers show for their states, and the names that their integrations give to entities."""

from __future__ import annotations

from ...model.snapshot import Status
from .row import Names

TESLA_WORDS = {
    "Charging": Status.CHARGING,
    "Starting": Status.CHARGING,
    "Stopped": Status.PAUSED,
    "No Power": Status.CONNECTED,
    "Complete": Status.FULL,
    "Disconnected": Status.UNPLUGGED,
}

EASEE_WORDS = {
    "disconnected": Status.UNPLUGGED,
    "charging": Status.CHARGING,
    "start_charging": Status.CHARGING,
    "ready_to_charge": Status.SUSPENDED_CAR,
    "completed": Status.FULL,
    "awaiting_start": Status.PAUSED,
    "stop_charging": Status.PAUSED,
    "paused_due_to_equalizer": Status.PAUSED,
    "awaiting_load_balancing": Status.PAUSED,
    "awaiting_smart_start": Status.PAUSED,
    "awaiting_scheduled_start": Status.PAUSED,
    # A car that may not charge counts as none.
    "awaiting_authorization": Status.UNPLUGGED,
    "awaiting_authentication": Status.UNPLUGGED,
    "authenticating": Status.UNPLUGGED,
    "de_authorizing": Status.UNPLUGGED,
    "offline": Status.FAULT,
    "error": Status.FAULT,
    "erratic_ev": Status.FAULT,
    "searching_for_master": Status.FAULT,
    "error_dead_powerboard": Status.FAULT,
    "error_overcurrent": Status.FAULT,
    "error_pen_fault": Status.FAULT,
    "error_temperature_too_high": Status.FAULT,
}
"""Of Easee's chargers, over Home Assistant's integration and over the cloud alike."""

ALFEN_WORDS = {
    "Available": Status.UNPLUGGED,
    "Cable Connected": Status.UNPLUGGED,
    "Cable Connected Timeout": Status.UNPLUGGED,
    # As the integration spells it, and as it may be mended.
    "Cable Conencted Type E": Status.UNPLUGGED,
    "Cable Connected Type E": Status.UNPLUGGED,
    "Cable Connected Time out Type E": Status.UNPLUGGED,
    "Button Activated": Status.UNPLUGGED,
    "NFC Available": Status.UNPLUGGED,
    "NFC Authorised": Status.UNPLUGGED,
    "Invalid Card": Status.UNPLUGGED,
    "EV Connected Unauthorized": Status.UNPLUGGED,
    "Wait for EV Connect": Status.UNPLUGGED,
    "Wait for Release Authorisation": Status.UNPLUGGED,
    "EV Connected": Status.CONNECTED,
    "Wait for Start Metervalue": Status.CONNECTED,
    "Charging Test Relays": Status.CONNECTED,
    "Charging Wakeup": Status.CONNECTED,
    "Charging Recover from Outage": Status.CONNECTED,
    "Charging Power On": Status.CHARGING,
    "Charging Power On Simplified": Status.CHARGING,
    "Charging Power Starting": Status.CHARGING,
    "Charging Type E": Status.CHARGING,
    "Charging Power Off": Status.SUSPENDED_CAR,
    "Charging Wait for EV Reconnect": Status.SUSPENDED_CAR,
    "Charging Power Off Low Max Current": Status.PAUSED,
    "Charging Low Max Current Type E": Status.PAUSED,
    "Charging Power Off Suspended": Status.PAUSED,
    "Charging Suspended Type E": Status.PAUSED,
    "Charging Power Off Ventilating": Status.PAUSED,
    "Charging Power Off Phase Change": Status.PAUSED,
    "Suspended": Status.PAUSED,
    "Charging Terminating": Status.FULL,
    "Wait for Stop Metervalue": Status.FULL,
    "Wait for Disconnect": Status.FULL,
    "Wait for Disconnect Type E": Status.FULL,
    "Wait for Disconnect PP": Status.FULL,
    "Booting": Status.FAULT,
    "Illegal": Status.FAULT,
    "Inoperative": Status.FAULT,
}
"""Of Alfen's chargers, their main state; its errors all begin with "Error", which needs no row."""

GOE_WORDS = {
    "Idle": Status.UNPLUGGED,
    "Charging": Status.CHARGING,
    "Wait for car": Status.CONNECTED,
    # Said of a full car and of one that was told not to charge alike, so it may not count as full.
    "Complete": Status.CONNECTED,
    "Unknown/Error": Status.FAULT,
}

PLUG_WORDS = {"on": Status.CONNECTED, "off": Status.UNPLUGGED}
"""Of a binary sensor that tells whether a cable is in."""


def _named(current: str, switch: str, draw: str, status: str) -> Names:
    return {
        "current": f"number.{{p}}_{current}",
        "switch": f"switch.{{p}}_{switch}",
        "draw": f"sensor.{{p}}_{draw}",
        "status": f"sensor.{{p}}_{status}",
    }


WALLBOX_NAMES = (
    _named("maximum_charging_current", "pause_resume", "charging_power", "status_description"),
    _named("maximale_laadstroom", "pauzeren_hervatten", "laadvermogen", "statusbeschrijving"),
    _named("maximaler_ladestrom", "pause_fortsetzen", "ladeleistung", "statusbeschreibung"),
    _named("courant_de_charge_maximal", "pause_reprise", "puissance_de_charge", "description_de_l_etat"),
    _named("corriente_de_carga_maxima", "pausar_reanudar", "potencia_de_carga", "descripcion_del_estado"),
    _named("corrente_di_carica_massima", "pausa_riprendi", "potenza_di_carica", "descrizione_dello_stato"),
    _named("maximal_laddningsstrom", "pausa_ateruppta", "laddningseffekt", "status_beskrivning"),
    _named("maksymalny_prad_ladowania", "wstrzymaj_wznow", "moc_ladowania", "stan"),
    _named("corrente_maxima_de_carregamento", "pausa_retomar", "potencia_de_carregamento", "descricao_do_estado"),
    _named("maximalni_nabijeci_proud", "pozastavit_pokracovat", "nabijeci_vykon", "popis_stavu"),
    _named("suurin_latausvirta", "keskeyta_jatka", "latausteho", "tilan_kuvaus"),
    _named("maximalis_toltoaram", "szunet_folytatas", "toltesi_teljesitmeny", "allapot_leiras"),
)
"""English, Dutch, German, French, Spanish, Italian, Swedish, Polish, Portuguese, Czech, Finnish, Hungarian."""

PEBLAR_NAMES = (
    _named("charge_limit", "charge", "power", "state"),
    _named("laadlimiet", "opladen", "vermogen", "status"),
    _named("ladestrombegrenzung", "aufladung", "leistung", "zustand"),
    _named("limite_de_recharge", "recharge", "puissance", "etat"),
)
"""English, Dutch, German, French."""

NRGKICK_NAMES = (
    _named("charging_current", "charging_enabled", "total_active_power", "status"),
    _named("ladestromstarke", "laden_aktiviert", "gesamt_wirkleistung", "status"),
    _named("courant_de_charge", "recharge_activee", "puissance_active_totale", "statut"),
    _named("laddningsstrom", "laddning_aktiverad", "total_aktiv_effekt", "status"),
)
"""English, German, French, Swedish."""
