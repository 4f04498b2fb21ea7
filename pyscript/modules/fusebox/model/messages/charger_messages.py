"""What chargers behind OCPP, Easee's cloud, a preset or the guard of a Quasar report, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_CHECK = "; check that smart charging is on and nothing else controls it, and restart it by its own fuse"
_DRAWS = "ignores its limit: draws {draw_a} A, was sent {sent_a} A"
_OFFERS = "ignores its limit: offers {shown_a} A, was sent {sent_a} A"
_CLEARED = ", also after its profiles were cleared"
_RESET = ", also after a reset"

OCPP: Mapping[str, Entry] = {
    "ocpp_connector_unknown": Entry(
        "connector {connector} of charge point {charger} is unknown: check its id, or name its entities",
        "the OCPP integration has no entity of that charge point and connector",
    ),
    "ocpp_unreachable_lowers": Entry(
        "its charge point cannot be reached: it falls to {failsafe_a} A when its last limit expires", "failsafe_a"
    ),
    "ocpp_unreachable_pauses": Entry(
        "its charge point cannot be reached: it pauses when its last limit expires", "failsafe_a is 0"
    ),
    "ocpp_vendor_unknown": Entry("vendor {vendor} is not known: write one of {vendors}", "vendor"),
    "ocpp_no_ending_limit": Entry(
        "this charger is not safe if Home Assistant stops: it accepts no limit that expires",
        "limits that end by themselves are rejected or ignored",
    ),
    "ocpp_limits_end_early": Entry(
        "its limits expired early, so each now counts from its arrival", "its clock is wrong: nothing to do"
    ),
    "ocpp_one_profile_lowers": Entry(
        "its charger stores one profile only: it falls to {failsafe_a} A when that expires",
        "failsafe_a",
    ),
    "ocpp_one_profile_pauses": Entry(
        "its charger stores one profile only: it pauses when that expires", "failsafe_a is 0"
    ),
    "ocpp_phases_unmeasured": Entry(
        "at its minimum until the meter shows how many phases its car uses", "a limit in watts may all go to one phase"
    ),
    "ocpp_integration_too_old": Entry(
        "the OCPP integration is too old to address this charger: update it to 0.8.0 or newer", "in HACS"
    ),
    "ocpp_draws_more": Entry(_DRAWS + _CHECK, "profiles are taken and not followed"),
    "ocpp_draws_more_when_cleared": Entry(_DRAWS + _CLEARED + _CHECK, "the same"),
    "ocpp_draws_more_when_reset": Entry(_DRAWS + _RESET + _CHECK, "the same"),
    "ocpp_offers_more": Entry(_OFFERS + _CHECK, "profiles are taken and not followed; its car draws nothing now"),
    "ocpp_offers_more_when_cleared": Entry(_OFFERS + _CLEARED + _CHECK, "the same"),
    "ocpp_offers_more_when_reset": Entry(_OFFERS + _RESET + _CHECK, "the same"),
    "ocpp_session_ended": Entry(
        "its session was ended because it drew current while paused: plug the car in again, or reset it",
        "a remote stop was the last way to stop it",
    ),
    "ocpp_does_not_start": Entry(
        "does not start: {starts} remote starts sent; check that it accepts them", "no session begins"
    ),
    "ocpp_no_session": Entry("no charging session is active", "a session was ended, and none has begun since"),
}

EASEE: Mapping[str, Entry] = {
    "easee_never_reported": Entry("Easee's cloud has not reported it yet", "after a start"),
    "easee_silent": Entry(
        "no report from Easee's cloud for more than {silent_min} min", "the cloud cannot be reached, or refuses"
    ),
    "easee_offline": Entry("offline: its offline limit applies", "the charger has lost its network"),
    "easee_no_pulse": Entry(
        "Easee's cloud has had no report from it for more than {silent_min} min: its offline limit applies",
        "the charger has lost its network, and the cloud has not noticed",
    ),
    "easee_waits_for_authorisation": Entry("waits for its authorisation: use the app or a tag", "Easee's access"),
    "easee_circuit_too_low": Entry("Easee: the circuit's maximum is too low", "reported by the charger"),
    "easee_offline_limit_too_low": Entry("Easee: the circuit's offline limit is too low", "reported by the charger"),
    "easee_queues": Entry("Easee: it queues for its circuit", "reported by the charger: chargers share a circuit"),
    "easee_equalizer": Entry("Easee: the Equalizer leaves it too little", "reported by the charger"),
    "easee_fuse": Entry("Easee: the circuit's fuse leaves it too little", "reported by the charger"),
    "easee_disabled": Entry("Easee: the charger is disabled", "reported by the charger"),
    "easee_schedule": Entry("Easee: a schedule or the authorisation keeps it waiting", "reported by the charger"),
    "easee_error": Entry("Easee: the charger reports an error", "reported by the charger"),
    "easee_car_erratic": Entry("Easee: the car starts and stops erratically", "reported by the charger"),
    "easee_car_refuses": Entry("Easee: the car does not charge", "reported by the charger"),
    "easee_offline_limit_too_high": Entry(
        "{load} may draw {offline_a} A, its offline limit, without the cloud, above circuit {circuit} ({room_a} A): "
        "have the installer lower it",
        "the charger's own limit for an hour without network is above its circuit",
    ),
}

_CLOUD = "Easee's cloud "
_LATER = "; Fusebox tries again"

EASEE_CLOUD: Mapping[str, Entry] = {
    "cloud_refuses_login": Entry(
        _CLOUD + "refuses the user name or the password: check secrets.yaml", "tried again after ten minutes"
    ),
    "cloud_gives_no_token": Entry(_CLOUD + "gave no token for this login" + _LATER, "its answer is not as documented"),
    "cloud_login_does_not_last": Entry(
        _CLOUD + "refuses {request}: the login does not last" + _LATER, "it refuses a login that it has just accepted"
    ),
    "cloud_no_access": Entry(
        _CLOUD + "refuses {request}: no access", "the account has no access to this charger or site"
    ),
    "cloud_not_found": Entry(
        _CLOUD + "refuses {request}: no such charger, site or circuit", "CONFIG names another charger, site or circuit"
    ),
    "cloud_refuses": Entry(_CLOUD + "refuses {request} with status {status}", "HTTP"),
    "cloud_not_private": Entry(
        "Easee's cloud is not contacted: base_url has to begin with https://", "base_url in CONFIG"
    ),
    "cloud_spared": Entry(
        _CLOUD + "is asked less often than wanted, to stay within its limits", "too many requests in a short time"
    ),
    "cloud_unreachable": Entry(_CLOUD + "cannot be reached ({error})" + _LATER, "no Internet, or the cloud is down"),
    "cloud_pause": Entry(
        _CLOUD + "wants a pause of {pause_s} s: it was asked too often", "other apps of the same account count too"
    ),
    "cloud_redirects": Entry(
        _CLOUD + "redirects to another address (status {status}), which is never followed; it may be under maintenance",
        "login and password go to base_url only",
    ),
    "cloud_fails": Entry(_CLOUD + "fails with status {status}" + _LATER, "HTTP"),
    "cloud_answer_too_long": Entry(_CLOUD + "answers with more than {longest_mb} MB" + _LATER, "it is no such cloud"),
    "cloud_answer_unknown": Entry(
        _CLOUD + "answers {request} with something unknown; it may be under maintenance",
        "not as documented",
    ),
}


QUASAR: Mapping[str, Entry] = {
    "quasar_away": Entry(
        "the Quasar at {address} cannot be reached ({error}): check that it is on and on the network",
        "no Modbus connection",
    ),
    "quasar_by_app": Entry("the Quasar is controlled by its own app, which nothing here can limit", "its own app"),
    "quasar_refuses": Entry(
        "the Quasar refused {value} for register {register} (code {exception})", "it has not taken a command"
    ),
    "quasar_dry_run": Entry("dry run: all requests pass unchanged", "dry_run"),
    "quasar_failure": Entry("no power may flow: {error}", "a bug of Fusebox, please report it"),
    "quasar_meter_stuck": Entry(
        "no power may flow: {entity} displays the same number although the charger's power has changed",
        "the meter of its phase is stuck",
    ),
    "quasar_meter_silent": Entry("no power may flow: {entity} does not report", "the meter of its phase is silent"),
    "quasar_off": Entry("no power may flow: its mode is off", "its mode is off"),
    "quasar_awaits_allocation": Entry(
        "no power may flow until the site allocates some", "after a start, or while balance_site.py does not run"
    ),
    "quasar_charging_stopped": Entry(
        "charging stopped: less than {least_w} W available; resumes after {pause_s} s with more",
        "the charger cannot run with so little",
    ),
    "quasar_discharging_stopped": Entry(
        "discharging stopped: less than {least_w} W available; resumes after {pause_s} s with more",
        "the charger cannot run with so little",
    ),
    "quasar_may": Entry("may charge with {charge_w} W and discharge with {discharge_w} W", "the guard's limits"),
    "quasar_port_taken": Entry(
        "{address} cannot be listened on ({error}): choose another listen_port or listen_host",
        "another program has the port, or the address is of another host",
    ),
    "quasar_guard_not_enabled": Entry("the guard is not enabled in CONFIG", "guard.enabled is off"),
    "quasar_left_alone": Entry(
        "its guard does not run: it is left alone and counts as part of the house",
        "guard_quasar.py does not run, or its guard is not enabled",
    ),
}
