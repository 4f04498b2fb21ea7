"""What is wrong with CONFIG as a whole: its file, values that are not plain, secrets, numbers of tuning."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

CONFIG_WHOLE: Mapping[str, Entry] = {
    "config_not_dict": Entry("is {value}; write CONFIG = {example}", "CONFIG is something else than a dict"),
    "config_empty": Entry(
        "is empty, so nothing is done; copy one of config_examples/ and change it", "a warning: nothing is steered"
    ),
    "config_too_large": Entry(
        "has more than {most} values, or one that contains itself; take out what is repeated", "more than any house has"
    ),
    "config_too_deep": Entry("is nested too deeply; write it flatter, as in config_examples/", "a missing bracket"),
    "number_too_large": Entry("is a number far too large", "a typing mistake"),
    "value_not_plain": Entry(
        "a {kind} is no plain value; write texts, numbers, lists and dicts", "a function or a set, for example"
    ),
    "key_not_text": Entry("is no key; keys are texts, so put it in quotes", "a number or a name as a key"),
    "text_too_long": Entry("is a text of {count} characters; write at most {most}", "a quote is missing somewhere"),
    "unfilled": Entry(
        "is still {value}; write the {what} that belongs here, or remove the key",
        "set-up could not know it; FILL_IN stands there",
    ),
    "no_secret_reference": Entry("is no reference to a secret; write '!secret name'", "a name is missing, or a blank"),
    "secret_unfilled": Entry(
        "secret {value} is still FILL_IN in secrets.yaml; write its value there", "set-up has written the line"
    ),
    "secret_unknown": Entry(
        "secret {value} is not in secrets.yaml; [did you mean {near}?][add the line '{line}' there]",
        "a misspelt name, or a line that is missing",
    ),
    "tuning_unknown": Entry("unknown name; [did you mean {near}? ]docs/tuning.md lists them", "the section `tuning`"),
    "tuning_not_number": Entry("{value} is not a number; write one such as {shipped}", "the section `tuning`"),
    "tuning_not_whole": Entry("{value} is not a whole number; write one such as {shipped}", "the section `tuning`"),
    "tuning_out_of_range": Entry(
        "{value} is out of range; write {allowed}, shipped is {shipped}",
        "a tenth to ten times what is shipped; what keeps fuses safe may only be lowered",
    ),
    "tuning_changed": Entry("{changed}", "a warning: these numbers are not as shipped"),
}

_ALLOWED = "only literals, arithmetic, comprehensions and names of your own belong in it"
_SECRET = "secrets.yaml has lines `name: value`"

CONFIG_FILES: Mapping[str, Entry] = {
    "file_missing": Entry("{file} does not exist; {remedy}", "the file is elsewhere"),
    "file_unreadable": Entry("{file} cannot be read ({error}); {remedy}", "it belongs to another user"),
    "file_not_utf8": Entry(
        "line {line}: is not UTF-8 text; save the file with the encoding UTF-8", "an editor with another encoding"
    ),
    "file_no_python": Entry(
        "{file} cannot be read as Python ({error}); take out zero bytes and what is nested deeply", "a damaged file"
    ),
    "file_without_config": Entry("{file} has no CONFIG; write CONFIG = {example}", "the name is missing"),
    "syntax_end": Entry("line {line}: a {what} is missing at the end of this line; add it", "a comma"),
    "syntax_within": Entry("line {line}: a {what} is missing in this line; add it", "a comma or a colon"),
    "syntax_unclosed": Entry(
        "line {line}: the {value} of line {other_line} is not closed before the next line; add its closing bracket",
        "a bracket",
    ),
    "syntax_wrong": Entry("line {line}: {error}; {remedy}", "any other mistake, in Python's own words"),
    "not_allowed": Entry(f"line {{line}}: {{what}} is not allowed; {_ALLOWED}", "CONFIG is no program"),
    "key_repeated": Entry(
        "line {line}: {key} stands in line {other_line} already; rename or remove one", "a block was copied"
    ),
    "name_not_known": Entry("line {line}: {value} is not known here; write {example}", "a text without quotes"),
    "config_fails": Entry(f"line {{line}}: {{kind}}: {{error}}; {_ALLOWED}", "Python's own words"),
    "secrets_not_yaml": Entry("line {line}: is not YAML; write each secret as name: value", _SECRET),
    "secrets_no_list": Entry("{file} is not a list of secrets; write each as name: value", _SECRET),
    "secrets_no_secret": Entry("line {line}: is not a secret; write it as name: value", _SECRET),
    "config_not_used": Entry(
        "CONFIG cannot be used: {error}; please report it", "a bug, with file and line; the last good CONFIG stays"
    ),
    "package_not_loaded": Entry(
        "modules/fusebox cannot be loaded, the last good version runs on: {error}",
        "the package is incomplete: copy pyscript/ again",
    ),
    "controls_twice": Entry(
        "{file} has the same controls; call fusebox_setup with write, restart", "a warning: MQTT has made them too"
    ),
    "site_missing": Entry("missing, so nothing is balanced", "a warning: a CONFIG without a site"),
}
