"""What is wrong with a value or a key of CONFIG, whatever section it is in."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_MEANT = "[did you mean {near}? ]write {known}"
_NEAR = "[; did you mean {near}?][; known here: {known}]"

CONFIG_VALUES: Mapping[str, Entry] = {
    "key_required": Entry("required[; write {example}]", "the section cannot do without this key"),
    "key_unknown": Entry(f"unknown key{_NEAR}", "misspelt, or one level too high or low"),
    "word_not_known": Entry(f"{{value}} is not known; {_MEANT}", "the key takes one of a few words"),
    "value_not_of": Entry(f"{{value}} is not {{what}}; {_MEANT}[, or {{other}}]", "a name from a fixed set"),
    "value_not_text": Entry("{value} is not a text; write {example}", "a text without its quotes, or an empty one"),
    "private_not_text": Entry("what is there ({kind}) is not a text; write {example}", "a user name or password"),
    "value_not_number": Entry("{value} is not a number; write {example}, or an entity id", "a unit in it, or a word"),
    "value_in_quotes": Entry("{value} is not a number; write it without quotes", "a number in quotes"),
    "value_not_whole": Entry("{value} is not a whole number; write {example}", "a fraction where things are counted"),
    "value_out_of_range": Entry("{value} is out of range; write {allowed}", "below or above what makes sense"),
    "value_not_yes_or_no": Entry("{value} is not a yes or no; write True or False, or an entity id", "anything else"),
    "value_where_dict_belongs": Entry("{value} where a dict belongs; write {example}", "a section is no dict"),
    "value_not_dict": Entry("{value} is not a dict; write {example}", "things with names are no dict"),
    "value_not_list": Entry("{value} is not a list; write {example}", "brackets are missing"),
    "list_length": Entry("has {count} entries; write {least} to {most}, such as {example}", "too many, or none"),
    "dict_length": Entry("has {count} entries; write at most {most}", "more than any house has"),
    "no_host": Entry(
        "{value} is not a host; write an address such as '192.168.1.40', no scheme and no port", "a device's address"
    ),
    "no_own_address": Entry(
        "{value} is not an address of this machine; write '127.0.0.1', or '0.0.0.0' for all", "where a guard listens"
    ),
    "no_network": Entry(
        "{value} is not an address or network; write '192.168.1.30' or '192.168.1.0/24'", "who may connect"
    ),
    "no_url": Entry("{value} is not a URL; write 'https://api.example.com'", "the address of a cloud"),
    "url_shows_password": Entry(
        "{value} would show the password to everybody on the way; write https://", "http to another machine"
    ),
    "no_serial": Entry(
        "{value} is not a serial; write the letters and digits on it, such as 'EH123456'", "a charger's serial"
    ),
    "no_topic": Entry(
        "{value} is not a topic; write the discovery prefix of MQTT, such as 'homeassistant'", "site.mqtt"
    ),
    "no_currency": Entry("{value} is no currency; write its three letters, such as 'EUR'", "site.currency"),
}

_FITS = "; write one of {known}"
_DOMAIN = "another kind of entity is needed there"

CONFIG_ENTITIES: Mapping[str, Entry] = {
    "no_entity_id": Entry("{value} is not an entity id; write one such as {example}", "no dot, or a blank in it"),
    "entity_id_in_capitals": Entry("{value} is not an entity id; entity ids are lower case", "a capital letter"),
    "entity_only_read": Entry(
        "{value} can only be read; write one that can be set, such as {example}", "a sensor cannot be commanded"
    ),
    "entity_not_switched": Entry(f"{{value}} cannot be switched on and off{_FITS}", _DOMAIN),
    "entity_not_set": Entry(f"{{value}} cannot be set to a number{_FITS}", _DOMAIN),
    "entity_no_options": Entry(f"{{value}} is no list of options{_FITS}", _DOMAIN),
    "entity_not_pressed": Entry(f"{{value}} cannot be pressed{_FITS}", _DOMAIN),
    "entity_no_number": Entry(f"{{value}} shows no number{_FITS}", _DOMAIN),
    "entity_no_temperature": Entry(f"{{value}} shows no temperature{_FITS}", _DOMAIN),
    "entity_no_yes_or_no": Entry(f"{{value}} is neither on nor off{_FITS}", _DOMAIN),
    "entity_no_word": Entry(f"{{value}} shows no such word{_FITS}", _DOMAIN),
    "entity_no_time": Entry(f"{{value}} shows no time{_FITS}", _DOMAIN),
    "entity_no_status": Entry(f"{{value}} shows no status{_FITS}", _DOMAIN),
    "entity_unusual": Entry(
        "{value} is unusual here; expected one of {known}", "a warning: check that you meant this kind of entity"
    ),
    "source_without_unit": Entry("needs 'unit'; write the unit that is right beside it", "`unit_is_wrong` alone"),
    "source_without_entity": Entry(
        "has no entity; write 'entity': {example}[, or both {pair}]", "a meter is a dict without its entity"
    ),
    "source_of_both": Entry(
        "has both 'entity' and 'import'/'export'; write one signed entity or a pair", "a meter is named twice"
    ),
}

CONFIG_SETTINGS: Mapping[str, Entry] = {
    "value_is_entity": Entry("{value} is an entity id; give the value itself", "a service takes values only"),
    "which_one": Entry("which one? write {known}", "a field is missing"),
    "no_setting": Entry("{path} is nothing that can be set", "a path that no service may set"),
    "setting_above_max": Entry(
        "{value} is above max_a ({max_a} A); give at most {max_a}[, or {first} first]", "fusebox_set_min_current"
    ),
    "setting_below_min": Entry(
        "{value} is below min_a ({min_a} A); give at least {min_a}[, or {first} first]", "fusebox_set_max_current"
    ),
    "setting_not_judged": Entry(
        "{value} cannot be judged while {entity}, the fuse of '{circuit}', is not known", "a live fuse rating"
    ),
    "live_value_awaited": Entry(
        "{entity} has no usable value yet[, {cause}]", "its default counts until then; a fuse counts as 6 A"
    ),
    "live_value_lost": Entry(
        "{entity} has no usable value[, {cause}]; its last one, {value}, counts", "the entity is unavailable or wrong"
    ),
    "live_shows": Entry("it shows {value}", "a part of the two above"),
    "setting_outgrown": Entry(
        "{cause}; a service has set it, so CONFIG's {own} A counts until it fits", "CONFIG's limits have changed since"
    ),
    "unit_of_key": Entry("it is in {unit}, and this key is in {own_unit}", "the entity of a live value"),
}
