"""Entity names in the languages in which Home Assistant makes entity ids, where a make has many."""

from __future__ import annotations

from .row import Names


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
